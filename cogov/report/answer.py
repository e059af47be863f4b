"""The answer, in plain words, made from the numbers by rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cogov.analysis.findings import direction
from cogov.report.facts import Facts
from cogov.report.numbers import Quantity, chance, plain, share
from cogov.report.texts import Words
from cogov.report.verdicts import CLEAR, FEW, MARKS, Verdict, leaning
from cogov.words import label

MOST_CARDS = 6
"""Designs (in communities) that are spoken of one by one; of more, outcome by outcome."""
TIED, MOST_TIED = 0.005, 3
"""Difference of probabilities that is none; designs that share the first place and are named."""
SURE, LIKELY = 0.95, 0.5
"""Probabilities of being best from which a design is called the best, or probably the best."""
MIDDLE = (0.05, 0.95)


@dataclass(frozen=True)
class Card:
    """What is said of one design in one community: statements under headings, by verdict."""

    title: str
    groups: list[tuple[str, str, list[str]]] = field(default_factory=list)
    """Verdict, heading, statements."""


@dataclass(frozen=True)
class Cell:
    """One difference in the table at a glance."""

    verdict: str
    mark: str
    word: str
    change: str


@dataclass(frozen=True)
class Glance:
    """A community's differences: a line per outcome and a column per design, or the other way round."""

    title: str
    corner: str
    columns: list[str]
    lines: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class Answer:
    """The first section."""

    headlines: list[tuple[str, list[str]]]
    """Sentences, each with what it lists."""
    cards: list[Card]
    best: list[str]
    tested: bool
    """Whether any difference has an interval."""
    glances: list[Glance]


def answer(facts: Facts, words: Words) -> Answer:
    """Say which design is better in what, by how much, and how sure that is."""
    if not facts.compared:
        key = "nothing_done" if facts.done.empty else "nothing_compared"
        return Answer([(words(key, baseline=facts.called(facts.baseline)), [])], [], [], False, [])
    table = facts.comparison
    where = table.drop_duplicates(["community", "design"])
    one_each = len(where) == facts.settings
    cards: list[Card] = []
    if len(where) <= MOST_CARDS:
        cards = [_card(facts, words, row["community"], row["design"]) for _, row in where.iterrows()]
    return Answer(
        headlines=list(_headlines(facts, words)),
        cards=cards,
        best=list(_best(facts, words)) if one_each else [],
        tested=not untested(facts),
        glances=[_glance(facts, words, name) for name in facts.communities] if one_each else [],
    )


def _headlines(facts: Facts, words: Words) -> Iterator[tuple[str, list[str]]]:
    table = facts.comparison[facts.comparison["verdict"] != Verdict.NONE]
    baseline = facts.called(facts.baseline)
    if (table["verdict"] == Verdict.UNTESTED).all():
        key = "untested" if not facts.tested else "once_each" if facts.parameters else "single"
        yield words(f"headline_{key}", n=plain(len(table))), []
        return
    judged = table[table["outcome"].map(direction) != 0]
    several = facts.settings > len(facts.others)
    kinds: dict[str, list[str]] = {}
    for design in facts.others:
        mine = judged.loc[judged["design"] == design, "verdict"]
        if mine.empty:
            continue
        better, worse = int((mine == Verdict.BETTER).sum()), int((mine == Verdict.WORSE).sum())
        kind = {(True, False): "good", (True, True): "mixed", (False, True): "bad"}.get(
            (better > 0, worse > 0), "open"
        )
        same = int((mine == Verdict.SAME).sum())
        unclear = len(mine) - better - worse - same
        counts = {"better": better, "worse": worse, "n": len(mine), "unclear": unclear}
        if len(facts.others) == 1:
            of = words("comparisons" if several else "outcomes", n=len(mine))
            said = words(f"headline_{kind}", design=facts.called(design), baseline=baseline, of=of, **counts)
            rest = [words("headline_rest", n=unclear)] if unclear and kind != "open" else []
            yield words.joined([said, *rest]), []
        else:
            said = words(f"of_{kind}", design=facts.called(design), **counts)
            said += words("of_same", n=same) if same and kind != "open" else ""
            kinds.setdefault(kind, []).append(said)
    for kind in ("good", "mixed", "bad", "open"):
        if kind in kinds:
            yield words(f"headlines_{kind}", baseline=baseline), kinds[kind]


def _card(facts: Facts, words: Words, community: str, design: str) -> Card:
    table = facts.comparison
    mine = table[(table["community"] == community) & (table["design"] == design)]
    title = words("against", design=facts.called(design), baseline=facts.called(facts.baseline))
    if len(facts.communities) > 1:
        title = words("in_community", text=title, community=facts.called(community))
    if not mine["outcome"].duplicated().any():
        return Card(title, list(_by_verdict(mine, words)))
    return Card(title, [("", "", [_over_settings(facts, words, part) for part in _by_outcome(mine)])])


def _by_outcome(table: pd.DataFrame) -> list[pd.DataFrame]:
    return [part for _, part in table.groupby("outcome", sort=False)]


def _by_verdict(table: pd.DataFrame, words: Words) -> Iterator[tuple[str, str, list[str]]]:
    """Statements grouped as clear or not, better or worse."""
    for kind in (*CLEAR, Verdict.UNCLEAR, Verdict.SAME, Verdict.NONE):
        rows = table[table["verdict"] == kind]
        if len(rows):
            short = kind in (Verdict.SAME, Verdict.NONE)
            say: Callable[[pd.Series, Words], str] = _name if short else statement
            yield kind, words(f"group_{kind}"), [say(row, words) for _, row in rows.iterrows()]
    rows = table[table["verdict"] == Verdict.UNTESTED]
    ways = [leaning(row["outcome"], row["difference"]) for _, row in rows.iterrows()]
    for way in dict.fromkeys(sorted(ways, key=lambda way: list(Verdict).index(way))):
        there = rows[[found == way for found in ways]]
        yield (
            Verdict.UNTESTED,
            words(f"group_once_{way}"),
            [
                _name(row, words) if way == Verdict.SAME else statement(row, words)
                for _, row in there.iterrows()
            ],
        )


def _name(row: pd.Series, words: Words) -> str:
    return label(str(row["outcome"]), words.lang)


def statement(row: pd.Series, words: Words) -> str:
    """One difference: what it is, from what to what, by how much, between which bounds."""
    name = str(row["outcome"])
    numbers = [float(row[key]) for key in ("difference", "low", "high")]
    quantity = Quantity.of(name, numbers, words.lang, numbers if row["verdict"] in CLEAR else ())
    return words(
        "statement",
        outcome=label(name, words.lang),
        mean=quantity.level_with_unit(row["mean"]),
        baseline=quantity.bare(row["baseline"]),
        change=quantity.sentence(*numbers),
    )


def _over_settings(facts: Facts, words: Words, rows: pd.DataFrame) -> str:
    """One outcome of a design over all combinations of parameter values."""
    name, there = str(rows["outcome"].iloc[0]), rows[rows["difference"].notna()]
    if there.empty:
        return words("settings_none", outcome=label(name, words.lang))
    quantity = Quantity.of(name, there["difference"], words.lang)
    order = there.sort_values("difference", kind="stable")
    low, high = order.iloc[0], order.iloc[-1]
    if quantity.change(low["difference"]) == quantity.change(high["difference"]):
        change = quantity.change_with_unit(high["difference"])
        return words("settings_alike", outcome=label(name, words.lang), n=plain(len(there)), change=change)
    if (there["verdict"] == Verdict.UNTESTED).all():
        ways = [leaning(name, change) for change in there["difference"]]
        good, bad = (Verdict.BETTER, Verdict.WORSE) if direction(name) else (Verdict.HIGHER, Verdict.LOWER)
        middle = np.quantile(there["difference"], MIDDLE)
        return words(
            "settings_share_good" if direction(name) else "settings_share_more",
            outcome=label(name, words.lang),
            good=share(ways.count(good) / len(ways), words.lang),
            bad=share(ways.count(bad) / len(ways), words.lang),
            n=plain(len(ways)),
            median=quantity.change_with_unit(float(there["difference"].median())),
            middle=quantity.interval(*middle),
        )
    counts = [
        words(f"settings_{kind}", n=int((there["verdict"] == kind).sum()))
        for kind in dict.fromkeys([*CLEAR, Verdict.UNCLEAR, Verdict.SAME, Verdict.UNTESTED])
        if (there["verdict"] == kind).any()
    ]
    return words(
        "settings",
        outcome=label(name, words.lang),
        counts=words.listed(counts),
        n=len(there),
        low=quantity.change(low["difference"]),
        low_at=facts.setting(low),
        high=quantity.change_with_unit(high["difference"]),
        high_at=facts.setting(high),
    )


def _best(facts: Facts, words: Words) -> Iterator[str]:
    """Which design is best in each outcome, where there is a choice of several."""
    if len(facts.others) < 2:
        return
    for (community, name), rows in facts.comparison.groupby(["community", "outcome"], sort=False):
        chances = rows.dropna(subset=["prob_best"]).set_index("design")["prob_best"]
        if len(chances) < 2 or len(chances) < len(rows.dropna(subset=["difference"])):
            continue
        chances[facts.baseline] = max(0.0, 1.0 - chances.sum())
        text = _first(facts, words, str(name), chances, rows.set_index("design")["verdict"])
        several = len(facts.communities) > 1
        yield words("for_community", text=text, community=facts.called(str(community))) if several else text


def _first(facts: Facts, words: Words, outcome: str, chances: pd.Series, verdict: pd.Series) -> str:
    """Who comes first in an outcome. *The best* also has to be clear against the baseline."""
    top, design = float(chances.max()), str(chances.idxmax())
    values = {"outcome": label(outcome, words.lang), "n": len(chances)}
    tied = chances.index[chances > top - TIED]
    if len(tied) > MOST_TIED:
        return words("best_ties", tied=len(tied), **values)
    if len(tied) > 1:
        return words("best_tie", designs=words.listed(map(facts.called, tied)), **values)
    against = verdict if design == facts.baseline else verdict[[design]]
    settled = against.isin([Verdict.BETTER, Verdict.WORSE]).all()
    key = "best_sure" if top >= SURE and settled else "best_likely" if top >= LIKELY else "best_open"
    return words(key, design=facts.called(design), chance=chance(top, words.lang), **values)


def _glance(facts: Facts, words: Words, community: str) -> Glance:
    table = facts.comparison[facts.comparison["community"] == community]
    designs = [name for name in facts.others if name in set(table["design"])]
    cells = []
    for name in facts.outcomes:
        changes = table[table["outcome"] == name]
        clear = changes.loc[changes["verdict"].isin(CLEAR), "difference"]
        quantity = Quantity.of(name, changes["difference"], words.lang, clear)
        cells.append([_cell(row, quantity, words) for _, row in changes.iterrows()])
    heads = [
        words.with_unit(label(name, words.lang), Quantity(name, words.lang, 0).unit_of_change)
        for name in facts.outcomes
    ]
    columns = [facts.called(design) for design in designs]
    title = facts.called(community)
    if len(designs) <= 4:
        return Glance(title, words("outcome"), columns, list(zip(heads, cells, strict=True)))
    turned = [list(line) for line in zip(*cells, strict=True)]
    return Glance(title, words("design"), heads, list(zip(columns, turned, strict=True)))


def _cell(row: pd.Series, quantity: Quantity, words: Words) -> Cell:
    kind = row["verdict"]
    change = "" if kind in (Verdict.NONE, Verdict.SAME) else quantity.change(row["difference"])
    return Cell(kind, MARKS[kind], words(f"verdict_{kind}"), change)


def untested(facts: Facts) -> bool:
    """Whether no difference has an interval."""
    return bool(facts.comparison["verdict"].isin([Verdict.UNTESTED, Verdict.NONE]).all())


def cautions(facts: Facts, words: Words, assumed: tuple[int, int], failed: int, missing: int) -> list[str]:
    """What limits the answer, the most important first.

    Parameters
    ----------
    facts : Facts
    words : Words
    assumed : tuple of int
        Numbers that are assumed, and all numbers.
    failed, missing : int
        Runs that failed, and that have not been made.
    """
    found = []
    planned = len(facts.runs) + missing
    if missing:
        part = share(missing / planned, words.lang)
        found.append(words("caution_missing", missing=plain(missing), planned=plain(planned), share=part))
    if failed:
        found.append(words("caution_failed", n=plain(failed)))
    if facts.compared:
        pairs = facts.comparison.loc[facts.comparison["pairs"] > 0, "pairs"]
        least = int(pairs.min()) if len(pairs) else 0
        if facts.parameters and untested(facts):
            found.append(words("caution_untested"))
        elif least == 1:
            found.append(words("caution_single"))
        elif least < FEW:
            found.append(words("caution_few", n=least))
    reached = facts.stored.precision()
    if reached is not None and not reached["reached"].all():
        names = words.listed(words.name(name) for name in reached.loc[~reached["reached"], "outcome"])
        found.append(words("caution_precision", outcomes=names))
    if assumed[0]:
        part = share(assumed[0] / assumed[1], words.lang)
        found.append(words("caution_assumed", assumed=plain(assumed[0]), n=plain(assumed[1]), share=part))
    return found

"""The answer: the headline of each design, which is best in what, and all differences at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from cogov.analysis.findings import BY_SIZE, Finding, direction
from cogov.report.designs import summary
from cogov.report.facts import Facts
from cogov.report.headline import Said, said
from cogov.report.numbers import Quantity, chance, plain, share
from cogov.report.over import sure
from cogov.report.texts import Words
from cogov.words import label, say

MOST_SAID = 6
"""Designs (in communities) that are spoken of one by one; of more, those that change most."""
MOST_MOVING = 5
"""Levels that are named where a record began before all stood still: those that moved in most runs."""
SURE, LIKELY = 0.95, 0.5
"""Probabilities of being best from which a design is called the best, or probably the best."""
MARKS: Mapping[Finding, str] = {
    Finding.BETTER: "▲",
    Finding.WORSE: "▼",
    Finding.HIGHER: "↑",
    Finding.LOWER: "↓",
    Finding.DIFFERS: "≠",
    Finding.SMALL: "≈",
    Finding.OPEN: "?",
    Finding.SAME: "=",
    Finding.FEW: "·",
    Finding.SINGLE: "·",
    Finding.NONE: "–",
}


@dataclass(frozen=True)
class Cell:
    """One difference in the table at a glance."""

    finding: str
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

    headlines: list[Said]
    notes: list[str]
    """What is said of all designs together: why nothing is compared, which are left out, how sure it is."""
    against: str = ""
    """What the baseline is."""
    best: list[str] = field(default_factory=list)
    glances: list[Glance] = field(default_factory=list)
    glance_note: str = ""
    """What better and worse mean there."""


def answer(facts: Facts, words: Words, assumed: tuple[int, int]) -> Answer:
    """Say what was found of each design; ``assumed`` are numbers that are assumed, and all numbers."""
    if not facts.compared:
        key = "nothing_done" if facts.done.empty else "nothing_compared"
        return Answer([], [words(key, baseline=facts.called(facts.baseline))])
    chosen, notes = _chosen(facts, words)
    return Answer(
        headlines=[said(facts, words, community, design) for community, design in chosen],
        notes=[*notes, *(sure(facts, words) if facts.robust is not None else _sure(facts, words, assumed))],
        against=_baseline(facts, words),
        best=list(_best(facts, words)),
        glances=[_glance(facts, words, name) for name in facts.communities],
        glance_note=words(
            "glance_note"
            if all(_drawn(facts, name) is None for name in facts.communities)
            else "glance_drawn_note"
        ),
    )


def _baseline(facts: Facts, words: Words) -> str:
    about = summary(facts.arms[facts.baseline], words.lang)
    return words("baseline_about", baseline=facts.called(facts.baseline), about=about) if about else ""


def _chosen(facts: Facts, words: Words) -> tuple[list[tuple[str, str]], list[str]]:
    """Designs that are spoken of, those that change most first, and what is said of the others."""
    table = facts.effects
    pairs = [(str(c), str(d)) for c, d in table[["community", "design"]].drop_duplicates().to_numpy()]
    size = (table["difference"].abs() / table["matters"]).where(table["finding"].isin(BY_SIZE), 0.0)
    largest = size.fillna(0.0).groupby([table["community"], table["design"]]).max()
    pairs.sort(key=lambda pair: -float(largest[pair]))
    chosen = pairs[:MOST_SAID]
    left = pairs[MOST_SAID:]
    if not left:
        return chosen, []
    notes = [words("said_most", n=len(chosen), all=len(pairs))]
    idle = [design for community, design in left if largest[community, design] == 0]
    if idle:
        notes.append(words("said_idle", designs=words.listed(dict.fromkeys(map(facts.called, idle)))))
    if len(left) > len(idle):
        notes.append(words.counted("said_rest", "said_rest_one", len(left) - len(idle)))
    return chosen, notes


def _sure(facts: Facts, words: Words, assumed: tuple[int, int]) -> Iterator[str]:
    """What intervals cover, and what they do not."""
    table = facts.effects
    pairs = table.loc[table["pairs"] > 0, "pairs"]
    if table["low"].notna().any():
        least, most = int(pairs.min()), int(pairs.max())
        covers = set(table.get("covers", pd.Series(["seeds"]))) - {"seeds"}
        key = (
            "sure_seeds"
            if not covers
            else "sure_seeds_settings"
            if len(facts.runs["replicate"].unique()) > 1
            else "sure_settings"
        )
        part = share(assumed[0] / max(assumed[1], 1), words.lang)
        yield words(key, n=plain(most) if least == most else f"{least}–{most}", share=part)
    else:
        yield words("sure_nothing")


def statement(row: pd.Series, words: Words) -> str:
    """One difference: what it is, from what to what, by how much, how sure, and what that comes to."""
    name = str(row["outcome"])
    numbers = [float(row[key]) for key in ("difference", "low", "high")]
    quantity = Quantity.of(name, numbers, words.lang, numbers if row["finding"] in BY_SIZE else ())
    return words(
        "statement",
        outcome=label(name, words.lang),
        mean=quantity.level_with_unit(row["mean"]),
        baseline=quantity.bare(row["baseline"]),
        change=quantity.sentence(*numbers),
        finding=say(f"finding_{row['finding']}", words.lang),
    )


def _best(facts: Facts, words: Words) -> Iterator[str]:
    """Which design is best in each outcome, where there is a choice of several."""
    if len(facts.others) < 2 or facts.parameters:
        return
    keys = ["community", "outcome"]
    for (community, name), seeds in facts.comparison.groupby(keys, sort=False):
        drawn = _drawn(facts, str(community))
        rows = seeds if drawn is None else drawn[drawn["outcome"] == name]
        chances = rows.dropna(subset=["prob_best"]).set_index("design")["prob_best"]
        if len(chances) < 2 or len(chances) < len(rows.dropna(subset=["difference"])):
            continue
        chances[facts.baseline] = max(0.0, 1.0 - chances.sum())
        changes = rows.set_index("design")["difference"]
        changes[facts.baseline] = 0.0
        gains, matters = direction(str(name)) * changes, float(rows["matters"].iloc[0])
        text = _first(facts, words, str(name), chances, gains, matters, drawn is not None)
        several = len(facts.communities) > 1
        yield words("for_community", text=text, community=facts.called(str(community))) if several else text


def _first(
    facts: Facts,
    words: Words,
    outcome: str,
    chances: pd.Series,
    gains: pd.Series,
    matters: float,
    over_draws: bool,
) -> str:
    """Who comes first in an outcome, unless others are as good but for what does not matter."""
    design = str(gains.idxmax())
    values = {"outcome": label(outcome, words.lang), "n": len(chances)}
    near = gains.index[gains >= gains.max() - (matters if np.isfinite(matters) else 0.0)]
    if len(near) > 1:
        if len(near) == len(gains):
            return words("best_all", **values)
        return words("best_near", designs=words.listed(map(facts.called, near)), **values)
    if over_draws:
        often = str(chances.idxmax())
        part = share(float(chances[often]), words.lang)
        return words("best_drawn", design=facts.called(often), share=part, **values)
    top = float(chances[design])
    key = "best_sure" if top >= SURE else "best_likely" if top >= LIKELY else "best_open"
    return words(key, design=facts.called(design), chance=chance(top, words.lang), **values)


def _start(facts: Facts, words: Words) -> Iterator[str]:
    """Whether the baseline stood still when the record began."""
    if not facts.study.run_in:
        yield words("caution_no_run_in")
        return
    moving = facts.done["unsettled"].dropna()
    if len(moving):
        names = Counter(name for text in moving for name in text.split(", ")).most_common(MOST_MOVING)
        listed = words.listed(words.name(name) for name, _ in names)
        yield words("caution_unsettled", n=plain(len(moving)), runs=plain(len(facts.done)), names=listed)


def _drawn(facts: Facts, community: str) -> pd.DataFrame | None:
    """Differences over the draws of all that is assumed; None where none are, or none have been run yet."""
    if facts.robust is None:
        return None
    mine = facts.robust[facts.robust["community"] == community]
    return None if mine.empty else mine


def _glance(facts: Facts, words: Words, community: str) -> Glance:
    seeds = facts.effects[facts.effects["community"] == community]
    drawn = _drawn(facts, community)
    table = seeds if drawn is None else drawn
    designs = [name for name in facts.others if name in set(table["design"])]
    cells = []
    for name in facts.outcomes:
        changes = table[table["outcome"] == name]
        large = changes.loc[changes["finding"].isin(BY_SIZE), "difference"]
        quantity = Quantity.of(name, changes["difference"], words.lang, large)
        by_seeds = seeds[seeds["outcome"] == name].set_index("design")["difference"]
        line = []
        for _, row in changes.iterrows():
            cell = _cell(row, quantity, words)
            if drawn is not None:
                cell = _with_defaults(cell, row, quantity, words, float(by_seeds.get(row["design"], np.nan)))
            line.append(cell)
        cells.append(line)
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
    kind = row["finding"]
    change = "" if kind in (Finding.NONE, Finding.SAME) else quantity.change(row["difference"])
    return Cell(str(kind), MARKS[kind], say(f"finding_{kind}", words.lang), change)


def _with_defaults(cell: Cell, row: pd.Series, quantity: Quantity, words: Words, difference: float) -> Cell:
    """A difference over draws, with how often its sign holds and what it is at the default values."""
    word = cell.word
    if np.isfinite(row["holds"]):
        word = words("glance_holds", word=word, holds=share(row["holds"], words.lang))
    if np.isfinite(difference):
        word = words("glance_defaults", word=word, seeds=quantity.change(difference))
    return replace(cell, word=word)


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
        kinds = set(facts.effects["finding"])
        if Finding.SINGLE in kinds:
            found.append(words("caution_single"))
        if Finding.FEW in kinds:
            found.append(words("caution_few"))
    found += _start(facts, words)
    reached = facts.stored.precision()
    if reached is not None and not reached["reached"].all():
        names = words.listed(words.name(name) for name in reached.loc[~reached["reached"], "outcome"])
        found.append(words("caution_precision", outcomes=names))
    if assumed[0]:
        part = share(assumed[0] / assumed[1], words.lang)
        found.append(words("caution_assumed", assumed=plain(assumed[0]), n=plain(assumed[1]), share=part))
    return found

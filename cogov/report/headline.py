"""The headline: what was found of each design, in sentences that can be repeated without being wrong.

Report and terminal have their sentences from here. Sizes come first: an outcome is said to be better or worse
only by a size that matters, what changes by less is said to be unchanged, and what is not decided to be that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cogov.analysis.attribute import EXACT, players
from cogov.analysis.findings import BY_SIZE, Finding
from cogov.analysis.gains import group_in_words
from cogov.outcomes.measures import MEASURES
from cogov.report.bill import bill, price
from cogov.report.designs import summary
from cogov.report.facts import BILL, FAMILIES, Facts
from cogov.report.numbers import Quantity, share
from cogov.report.over import lead, over_assumptions, what_turns_it
from cogov.report.settings import contrasts, over_settings
from cogov.report.texts import Words
from cogov.report.vocabulary import group
from cogov.report.when import over, when
from cogov.words import mechanism

FIRST = ("satisfaction", "resolution_rate", "weeks_to_resolve")
"""Outcomes that are spoken of before all others."""
MOST_NUMBERS = 4
"""Outcomes of one kind that are given with their numbers; the rest by name."""
MOST_LEADING = 2
"""Changes in the headline."""
MOST_MECHANISMS = 3
MOST_ATTRIBUTED = 2
"""Outcomes of which is said through what they change."""
JUDGED = (Finding.BETTER, Finding.WORSE)
UNEVEN = 0.5
"""Groups differ in what they gain if their gains differ by more than this share of the mean gain."""


@dataclass(frozen=True)
class Part:
    """One sentence under a word or two that say what it is about."""

    kind: str
    head: str
    text: str
    command: str = ""
    """What is typed to learn more, if anything."""


@dataclass(frozen=True)
class Said:
    """What is said of one design in one community."""

    title: str
    about: str
    """What the design is."""
    lead: str
    """The headline: one sentence."""
    parts: list[Part]


def said(facts: Facts, words: Words, community: str, design: str) -> Said:
    """How large, for whom, through what, bought with what, unchanged in what, not decided in what."""
    table = facts.effects
    mine = table[(table["community"] == community) & (table["design"] == design)]
    title = words("against", design=facts.called(design), baseline=facts.called(facts.baseline))
    if len(facts.communities) > 1:
        title = words("in_community", text=title, community=facts.called(community))
    effects = ordered(mine[~mine["outcome"].isin(BILL)])
    parts: list[tuple[str, ...]] = [
        *over_assumptions(facts, words, effects, community, design),
        *_changes(effects, words),
        *when(facts, words, effects, community, design),
        *over_settings(facts, words, effects, community, design),
        *contrasts(facts, words, community, design),
        *_whence(facts, words, effects, community, design),
        *_whom(facts, words, effects, community, design),
        *what_turns_it(facts, words, effects, community, design),
        *_through(facts, words, effects, community, design),
        *bill(facts, words, community, design),
        *_rest(effects, words),
    ]
    found = [Part(kind, words(f"head_{kind}"), words.capital(text), *rest) for kind, text, *rest in parts]
    arm = facts.arms[design]
    about = summary(arm, words.lang)
    if claimed := arm.claim if words.lang == "en" else arm.claim_zh or arm.claim:
        about = f"{about} {words('claimed', seed=arm.seed, text=claimed)}".strip()
    return Said(title, about, _lead(facts, words, effects, community, design), found)


def _lead(facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str) -> str:
    """The headline: the largest changes and who has them, what stays, and what it costs."""
    large = effects[effects["finding"].isin(BY_SIZE)]
    told = [_short(facts, words, row, community, design) for _, row in large.iloc[:MOST_LEADING].iterrows()]
    same = effects[effects["finding"].isin([Finding.SMALL, Finding.SAME])]
    kept = [words.name(name) for name in same["outcome"] if name in FIRST]
    if not told and effects["finding"].isin([Finding.SMALL, Finding.SAME, Finding.OPEN]).any():
        told.append(words("lead_nothing"))
    elif told and kept:
        told.append(words("lead_kept", names=words.listed(kept)))
    if not told:  # single pairs, too few to tell
        return ""
    told += price(facts, words, community, design)
    first = over(facts, words, words("sentence", text=words.parts(told)))
    return words.joined(filter(None, (first, lead(facts, words, effects, community, design))))


def _short(facts: Facts, words: Words, row: pd.Series, community: str, design: str) -> str:
    name = str(row["outcome"])
    quantity = Quantity.of(name, [row["difference"]], words.lang, [row["difference"]])
    change = quantity.change_with_unit(row["difference"])
    if name == "satisfaction" and (groups := _mainly(facts, words, community, design)):
        return words("lead_mainly", outcome=words.name(name), change=change, groups=groups)
    return words("lead_change", outcome=words.name(name), change=change)


def ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Satisfaction and resolution first, then what changes most in units of what matters."""
    first = rows["outcome"].map(lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    size = (rows["difference"].abs() / rows["matters"]).fillna(-1.0)
    return rows.assign(first=first, size=-size).sort_values(["first", "size"], kind="stable")


def change(row: pd.Series, words: Words) -> str:
    """One outcome: what it is, from what to what, by how much."""
    name, numbers = str(row["outcome"]), [float(row[key]) for key in ("difference", "low", "high")]
    visible = numbers if row["finding"] in BY_SIZE else ()
    quantity = Quantity.of(name, numbers, words.lang, visible)
    scale = MEASURES[name].unit == "0-1" if name in MEASURES else False
    return words(
        "said_change_of_scale" if scale else "said_change",
        outcome=words.name(name),
        mean=quantity.level_with_unit(row["mean"]),
        baseline=quantity.bare(row["baseline"]),
        change=_between(quantity, numbers, words),
    )


def _between(quantity: Quantity, numbers: list[float], words: Words) -> str:
    """A change and the bounds between which it lies, where there are any."""
    shown = quantity.change_with_unit(numbers[0])
    if not np.isfinite(numbers[1:]).all():
        return shown
    return words("said_between", change=shown, interval=quantity.interval(*numbers[1:]))


def _several(rows: pd.DataFrame, words: Words, one: Callable[[pd.Series, Words], str]) -> str:
    """The first rows with numbers, the rest by name."""
    found = [one(row, words) for _, row in rows.iloc[:MOST_NUMBERS].iterrows()]
    rest = [words.name(str(name)) for name in rows["outcome"].iloc[MOST_NUMBERS:]]
    return words.parts([*found, *([words("said_also", names=words.capped(rest))] if rest else [])])


def _changes(effects: pd.DataFrame, words: Words) -> Iterator[tuple[str, str]]:
    """What is better, worse, more or less by a size that matters; what single runs or few pairs look like."""
    found = set(effects["finding"])
    for kind in (Finding.BETTER, Finding.WORSE, Finding.HIGHER, Finding.LOWER):
        rows = effects[effects["finding"] == kind]
        if len(rows):
            yield str(kind), words("sentence", text=_several(rows, words, change))
    if not found & set(BY_SIZE) and found & {Finding.SMALL, Finding.OPEN, Finding.SAME}:
        yield "nothing", words("said_nothing")
    elif Finding.WORSE not in found and Finding.BETTER in found:
        yield "unharmed", words("said_no_worse")


def _rest(effects: pd.DataFrame, words: Words) -> Iterator[tuple[str, str]]:
    """What does not change, and what is not decided."""
    same = effects[effects["finding"].isin([Finding.SMALL, Finding.SAME])]
    if len(same):
        yield "small", words("sentence", text=words.listed(map(words.name, same["outcome"])))
    for kind, say in (
        (Finding.OPEN, undecided),
        (Finding.FEW, undecided),
        (Finding.SINGLE, change),
        (Finding.NONE, lambda row, words: words.name(str(row["outcome"]))),
    ):
        rows = effects[effects["finding"] == kind]
        if len(rows):
            yield str(kind), words("sentence", text=_several(rows, words, say))


def undecided(row: pd.Series, words: Words) -> str:
    """An outcome that may or may not change by a size that matters, and what would decide."""
    name, numbers = str(row["outcome"]), [float(row[key]) for key in ("difference", "low", "high")]
    quantity = Quantity.of(name, numbers, words.lang)
    text = words("said_open", outcome=words.name(name), change=quantity.sentence(*numbers))
    if np.isfinite(row["more"]):
        return words.counted("said_more", "said_more_one", row["more"], text=text)
    return text


def _whence(
    facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str
) -> Iterator[tuple[str, str]]:
    """What a change in satisfaction is the sum of: services, problems, works."""
    table = facts.satisfying
    rows = table[(table["community"] == community) & (table["design"] == design)]
    changed = effects[(effects["outcome"] == "satisfaction") & effects["finding"].isin(BY_SIZE)]
    if rows.empty or changed.empty:
        return
    total = float(changed["difference"].iloc[0])
    quantity = Quantity.of("satisfaction", [total, *rows["difference"]], words.lang)
    parts = [
        words(f"whence_{name}", change=quantity.change(difference))
        for name, difference in zip(rows["outcome"], rows["difference"], strict=True)
    ]
    yield "whence", words("whence", total=quantity.change(total), parts=words.listed(parts))


def _whom(
    facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str
) -> Iterator[tuple[str, str]]:
    """Which groups of people have most of the change in satisfaction, and which lose."""
    rows = _people(facts, community, design)
    if not rows["finding"].isin(BY_SIZE).any():
        return
    uneven = _uneven(rows)
    if uneven is None:
        quantity = Quantity.of("satisfaction", rows["difference"], words.lang)
        ends = rows["difference"].min(), rows["difference"].max()
        told = [words("whom_alike", change=quantity.interval(*ends))]
    else:
        told = [_spread(words, *uneven)]
    lost = rows[rows["finding"] == Finding.WORSE].sort_values("difference", kind="stable")
    told.append(words("whom_lose", groups=_named(lost, words)) if len(lost) else words("whom_lose_none"))
    yield "whom", words.joined(told)


def _people(facts: Facts, community: str, design: str) -> pd.DataFrame:
    """Changes in satisfaction by group of people."""
    table = facts.people
    mine = (table["community"] == community) & (table["design"] == design)
    return table[mine & (table["outcome"] == "satisfaction")].dropna(subset=["difference", "finding"])


def _uneven(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Of the first division of residents that is uneven: who has more than the mean change; the others."""
    for _, part in rows.groupby("by", sort=False):
        people, changes = part["residents"].to_numpy(), part["difference"].to_numpy()
        mean = float(people @ changes) / people.sum()
        if np.ptp(changes) <= max(UNEVEN * abs(mean), float(part["matters"].max())):
            continue
        more = part[part["difference"] * np.sign(mean) > abs(mean)]
        if more["finding"].isin(BY_SIZE).any():
            return more, part.drop(more.index)
    return None


def _spread(words: Words, more: pd.DataFrame, others: pd.DataFrame) -> str:
    """Who has most of a change, and what share of the whole that is."""
    both = pd.concat([more, others])
    whole = float((both["residents"] * both["difference"]).sum())
    part = float((more["residents"] * more["difference"]).sum()) / whole
    rest = others["difference"]
    quantity = Quantity.of("satisfaction", both["difference"], words.lang)
    way = "more" if whole > 0 else "less"
    return words(
        f"whom_mixed_{way}" if (rest * whole < 0).any() else f"whom_mainly_{way}",
        groups=_named(more, words),
        people=share(float(more["residents"].sum() / both["residents"].sum()), words.lang),
        share=share(min(part, 1.0), words.lang),
        others=quantity.interval(float(rest.min()), float(rest.max()))
        if rest.nunique() > 1
        else quantity.change(float(rest.iloc[0])),
    )


def _mainly(facts: Facts, words: Words, community: str, design: str) -> str:
    """Who has most of the change in satisfaction, by name; empty if all have about the same."""
    uneven = _uneven(_people(facts, community, design))
    if uneven is None:
        return ""
    return words.capped([_group(row, words) for _, row in _largest(uneven[0]).iterrows()])


def _group(row: pd.Series, words: Words) -> str:
    by, name = str(row["by"]), str(row["group"])
    return group_in_words(by, name) if words.lang == "en" else group(name, words.lang)


def _named(rows: pd.DataFrame, words: Words) -> str:
    """Groups with their changes, the largest first."""
    quantity = Quantity.of("satisfaction", rows["difference"], words.lang)
    return words.capped(
        [
            words("group_change", group=_group(row, words), change=quantity.change(row["difference"]))
            for _, row in _largest(rows).iterrows()
        ]
    )


def _largest(rows: pd.DataFrame) -> pd.DataFrame:
    """Groups by the size of their change, the largest first."""
    return rows.loc[rows["difference"].abs().sort_values(ascending=False, kind="stable").index]


def _changed(effects: pd.DataFrame) -> list[str]:
    """Outcomes that are better or worse by a size that matters."""
    return [str(name) for name in effects.loc[effects["finding"].isin(JUDGED), "outcome"]]


def _cheap(facts: Facts, design: str) -> dict[str, str]:
    """How many mechanisms are attributed at a price that can be paid."""
    many = len(players(facts.study.baseline, facts.arms[design])) > EXACT
    return {"players": FAMILIES, "orders": "2"} if many else {}


def _through(
    facts: Facts, words: Words, effects: pd.DataFrame, community: str, design: str
) -> Iterator[tuple[str, ...]]:
    """The mechanisms that carry the largest changes; where that has not been worked out, what would do it."""
    changed, found = _changed(effects), facts.attribution(community, design)
    if found is None:
        if changed and community == facts.study.communities[0].name:
            yield (
                "through",
                words("through_unasked"),
                facts.command("study attribute", design=design, **_cheap(facts, design)),
            )
        return
    told = []
    for name in [name for name in changed if name in set(found.effects["outcome"])][:MOST_ATTRIBUTED]:
        total = float(found.total.loc[found.total["outcome"] == name, "difference"].iloc[0])
        rows = found.effects[found.effects["outcome"] == name]
        rows = rows[((rows["low"] > 0) | (rows["high"] < 0)) & (rows["value"] * total > 0)]
        order = rows["value"].abs().sort_values(ascending=False, kind="stable").index
        quantity = Quantity.of(name, [total, *rows["value"]], words.lang)
        listed = words.listed(
            words(
                "through_one",
                mechanism=mechanism(row["mechanism"], words.lang),
                change=quantity.change(row["value"]),
            )
            for _, row in rows.loc[order[:MOST_MECHANISMS]].iterrows()
        )
        whole = quantity.change_with_unit(total)
        key = "through_of" if listed else "through_none"
        told.append(words(key, outcome=words.name(name), mechanisms=listed, total=whole))
    if told:
        yield "through", words("sentence", text=words.parts(told))

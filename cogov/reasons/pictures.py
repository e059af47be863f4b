"""The figures of an answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cogov.figures import flow, waterfall
from cogov.figures import paths as one_path
from cogov.reasons import words
from cogov.reasons.answer import Why
from cogov.reasons.cases import COUNTED, REMAINDER
from cogov.reasons.paths import SAME
from cogov.reasons.spread import COLUMNS, spread, together
from cogov.words import say

ROWS = 8
"""Posts, duties and classes that have a bar of their own; the rest is together."""


def pictures(why: Why, lang: str = "en") -> dict[str, Figure]:
    """Every figure of an answer by its name.

    ``channels``: the waterfall of the outcome, from A to B. ``paths``: issues from their end under A over
    where their paths part to their end under B. ``hours``: who spends hours on what, under both.
    ``story_1`` ...: the way of an issue that is told, under both.
    """
    found = {"channels": channels(why, lang), "paths": paths(why, lang), "hours": hours(why, lang)}
    return found | {f"story_{number}": story(why, number, lang) for number in why.stories["story"].unique()}


def _names(why: Why, lang: str) -> tuple[str, str]:
    """What the designs are called."""
    return why.called("a", lang), why.called("b", lang)


def channels(why: Why, lang: str = "en") -> Figure:
    """Waterfall from the value under A to that under B: by channel, or by where paths of issues part."""
    total = why.total()
    if why.outcome in COUNTED:
        table, gaps = _by_path(why, lang)
    else:
        rows = why.channels[why.channels["outcome"] == why.outcome]
        table = rows.assign(label=[words.channel(name, lang) for name in rows["channel"]])
        gaps = why.channels_by_seed.loc[why.outcome].loc[rows["channel"]].to_numpy().T

    def rest(places: Sequence[int]) -> tuple[float, float]:
        known = together(gaps[:, places])
        return known["low"], known["high"]

    return waterfall(
        table,
        rest=rest,
        ends=(total["a"], total["b"]),
        names=_names(why, lang),
        outcome=why.outcome,
        lang=lang,
    )


def _by_path(why: Why, lang: str) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """What classes, whoever decided there, and the remainder did to the outcome; the same in each seed."""
    each = why.cases.groupby(["path", "seed"])["difference"].sum().unstack().fillna(0.0)
    table = pd.DataFrame(spread(each.to_numpy().T))
    table["label"] = [words.short(str(name), lang, *_names(why, lang)) for name in each.index]
    rest = why.classes[why.classes["path"] == REMAINDER][list(COLUMNS)]
    table = pd.concat([table, rest.assign(label=words.channel(REMAINDER, lang))], ignore_index=True)
    # The remainder is rounding, too small to be in a bar: its mean stands for it in every seed.
    rounding = np.full((each.shape[1], len(rest)), rest["difference"].to_numpy())
    return table, np.hstack([each.to_numpy().T, rounding])


def paths(why: Why, lang: str = "en") -> Figure:
    """Sankey diagram of the issues whose paths part, in all seeds together."""
    part = why.cases[why.cases["path"] != SAME]
    sizes = part["path"].value_counts()
    rest = say("waterfall_rest", lang)
    names = {str(name): words.short(str(name), lang, *_names(why, lang)) for name in sizes.index[:ROWS]}
    ends = {name: both[lang == "zh"] for name, both in words.FATES.items()}
    found = pd.DataFrame(
        {
            "end_a": pd.Categorical(part["end_a"].map(ends), list(ends.values())),
            "path": pd.Categorical(part["path"].map(names).fillna(rest), [*names.values(), rest]),
            "end_b": pd.Categorical(part["end_b"].map(ends), list(ends.values())),
        }
    )
    a, b = _names(why, lang)
    stages = ["end_a", "path", "end_b"]
    flows = found.groupby(stages, observed=True).size().rename("value").reset_index()
    same = f"{len(why.cases) - len(part):,}"
    return flow(
        {"": flows},
        stages,
        heads=(a, say("paths_part", lang), b),
        note=say("paths_note", lang, parted=f"{len(part):,}", same=same, n=len(why.seeds), a=a),
        lang=lang,
    )


def hours(why: Why, lang: str = "en") -> Figure:
    """Two Sankey diagrams, one a design: from who spends hours to what on."""
    called = {"post": words.post, "duty": words.duty}
    most = why.hours.assign(most=why.hours[["a", "b"]].max(axis=1))
    names: dict[str, dict[str, str]] = {}
    for stage, call in called.items():
        largest = most.groupby(stage)["most"].sum().sort_values(ascending=False).index[:ROWS]
        names[stage] = {str(name): call(str(name), lang) for name in largest}
    rest, panels = say("waterfall_rest", lang), {}
    for side in ("a", "b"):
        table = why.hours[why.hours[side] > 0]
        columns = {
            stage: pd.Categorical(table[stage].map(known).fillna(rest), [*known.values(), rest])
            for stage, known in names.items()
        }
        flows = pd.DataFrame({**columns, "value": table[side]}).sort_values(list(called), kind="stable")
        total = f"{table[side].sum():,.0f}"
        panels[say("hours_title", lang, design=why.called(side, lang), hours=total)] = flows
    heads = (say("hours_who", lang), say("hours_what", lang))
    return flow(panels, list(called), heads=heads, note=say("hours_note", lang), lang=lang, columns=1)


def story(why: Why, number: int, lang: str = "en") -> Figure:
    """The way of an issue that is told, under A and under B: who had it, week by week."""
    case = why.stories.loc[why.stories["story"] == number, "case_id"].iloc[0]
    return one_path(dict(zip(_names(why, lang), why.events, strict=True)), case, lang=lang)

"""Figures of a report: which are drawn, and as what they are put into the page."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import matplotlib.style
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from cogov.analysis.findings import direction
from cogov.figures import attribution as attribution_bars
from cogov.figures import (
    drift,
    effects,
    heatmap,
    place_map,
    response,
    screening,
    sensitivity,
    tradeoff,
    trajectories,
)
from cogov.figures import interactions as interaction_matrix
from cogov.figures.drift import NOISE, changes
from cogov.figures.means import value
from cogov.kit.errors import StudyError
from cogov.outcomes.measures import BY_COMPOUND
from cogov.report.answer import statement
from cogov.report.facts import Facts
from cogov.report.numbers import Quantity
from cogov.report.tables import summed
from cogov.report.texts import Words
from cogov.terms import YEAR
from cogov.words import generated, label, mechanism, parameter

MOST_SVG = 400_000
"""Bytes of a drawing; a bigger one becomes a picture."""
DPI = 200
MOST_COMMUNITIES = 3
MOST_MAPS = 6
"""Designs of which places are drawn."""
MOST_OUTCOMES = 3
"""Outcomes that are drawn one a figure."""
MOST_SAID = 24
"""Statements in the description of a figure; tables have all numbers."""
MOST_LEVELS = 12
"""Levels of a parameter of a heat map."""

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "cogov",
    "svg.fonttype": "path",
}


@dataclass(frozen=True)
class Picture:
    """A figure in the page."""

    caption: str
    alt: str
    """What it shows, with its numbers, for who cannot see it."""
    source: str = ""
    """A ``data:`` address; empty if it could not be drawn."""
    problem: str = ""


def picture(draw: Callable[[], Figure], caption: str, alt: str) -> Picture:
    """Draw a figure; one that refuses its data becomes a note, so that the report is made."""
    try:
        # A report is the same whatever its maker has set for figures of their own.
        with matplotlib.style.context(["default", _SETTINGS]), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            figure = draw()
            for form, most in (("svg", MOST_SVG), ("png", None)):
                file = io.BytesIO()
                about = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
                figure.savefig(file, format=form, dpi=DPI, facecolor="white", metadata=about)
                if most is None or file.tell() <= most:
                    break
    except StudyError as error:
        return Picture(caption, alt, problem=str(error))
    kind = {"svg": "image/svg+xml", "png": "image/png"}[form]
    return Picture(caption, alt, f"data:{kind};base64,{base64.b64encode(file.getvalue()).decode()}")


def result_pictures(facts: Facts, words: Words) -> Iterator[Picture]:
    """Effects, trajectories, trade-off, response or heat maps, sensitivity, attribution."""
    shown: dict[str, Any] = {"lang": words.lang, "names": facts.names}
    if facts.compared and not summed(facts):
        table = facts.comparison
        said = [statement(row, words) for _, row in table.iterrows() if np.isfinite(row["difference"])]
        yield picture(
            lambda: effects(table, facts.baseline, **shown),
            words("figure_effects", baseline=facts.called(facts.baseline)),
            _described(words("figure_effects", baseline=facts.called(facts.baseline)), said, words),
        )
    if not facts.sampled:
        for community in filter(facts.there, facts.communities[:MOST_COMMUNITIES]):
            yield _trajectories(facts, words, community, shown)
            if facts.compared:
                yield from _tradeoff(facts, words, community, shown)
            yield from _drift(facts, words, community, shown)
    if len(facts.parameters) == 1:
        for community in facts.communities[:MOST_COMMUNITIES]:
            yield _response(facts, words, community, shown)
    if len(facts.parameters) == 2 and not facts.sampled:
        yield from _heatmaps(facts, words, shown)
    yield from _sensitivity(facts, words)
    yield from _attribution(facts, words)


def _described(what: str, said: list[str], words: Words) -> str:
    """Text in the place of a figure: what it is, then its numbers."""
    if len(said) > MOST_SAID:
        said = [*said[:MOST_SAID], words("alt_more", n=len(said) - MOST_SAID)]
    return words("alt", what=what, said=words.parts(said))


def _captioned(facts: Facts, words: Words, key: str, community: str, **values: object) -> str:
    """A caption, with the community and the combination of values if there are several."""
    text = words(key, **values)
    if len(facts.communities) > 1:
        text = words("in_community", text=text, community=facts.called(community))
    if facts.point and key not in ("figure_response", "figure_heatmap"):
        text = words("at_setting", text=text, setting=facts.where_point())
    return text


def _trajectories(facts: Facts, words: Words, community: str, shown: dict[str, Any]) -> Picture:
    measures = list(facts.study.trajectories)
    series = facts.series(measures, community)
    caption = _captioned(facts, words, "figure_trajectories", community)
    last = series["week"] > series["week"].max() - 13
    ends = series[last].groupby("design", observed=True)[measures].mean()
    said = []
    for name in measures:
        quantity = Quantity.of(name, ends[name], words.lang)
        said += [
            words(
                "alt_end",
                outcome=label(name, words.lang),
                design=facts.called(design),
                value=quantity.level(end),
            )
            for design, end in ends[name].items()
        ]
    return picture(
        lambda: trajectories(series, measures, facts.study.reform_week, **shown),
        caption,
        _described(words("alt_trajectories", what=caption), said, words),
    )


def _drift(facts: Facts, words: Words, community: str, shown: dict[str, Any]) -> Iterator[Picture]:
    """Whether the baseline stands still, where it was run for two years in several replicates."""
    measures = list(facts.study.trajectories)
    series = facts.series(measures, community)
    mine = series[series["design"] == facts.baseline]
    if mine["week"].max() < 2 * YEAR or mine["replicate"].nunique() < 2:
        return
    caption = _captioned(facts, words, "figure_drift", community, design=facts.called(facts.baseline))
    said = []
    for name in measures:
        table = changes(mine, name)
        quantity = Quantity.of(name, table.iloc[-1], words.lang)
        noise = NOISE * float(table.iloc[-1].std())
        within = "alt_within" if abs(float(table.iloc[-1].mean())) <= noise else "alt_beyond"
        last = quantity.change(float(table.iloc[-1].mean()))
        said.append(words(within, outcome=label(name, words.lang), value=last, noise=quantity.level(noise)))
    yield picture(lambda: drift(mine, measures, **shown), caption, _described(caption, said, words))


def _tradeoff(facts: Facts, words: Words, community: str, shown: dict[str, Any]) -> Iterator[Picture]:
    """Cost against the first outcome that is not money."""
    goods = [name for name in ("satisfaction", *facts.outcomes) if name != "cost" and direction(name)]
    runs = facts.at_point(facts.done[facts.done["community"] == community])
    goods = [name for name in goods if name in runs and runs[name].notna().any()]
    if not goods or "cost" not in runs or not runs["cost"].notna().any():
        return
    names = {"x": label("cost", words.lang), "y": label(goods[0], words.lang)}
    means = runs.groupby("design", sort=False)[["cost", goods[0]]].mean()
    if means["cost"].nunique() < 2:  # nothing is traded
        return
    cost, good = (Quantity.of(name, means[name], words.lang) for name in ("cost", goods[0]))
    said = [
        words(
            "alt_point",
            design=facts.called(str(name)),
            **names,
            a=cost.level(row["cost"]),
            b=good.level(row[goods[0]]),
        )
        for name, row in means.iterrows()
    ]
    caption = _captioned(facts, words, "figure_tradeoff", community, **names)
    yield picture(
        lambda: tradeoff(runs, "cost", goods[0], **shown), caption, _described(caption, said, words)
    )


def _response(facts: Facts, words: Words, community: str, shown: dict[str, Any]) -> Picture:
    path = facts.parameters[0]
    runs = facts.done[facts.done["community"] == community]
    means = runs.groupby(["design", path], sort=False)[facts.outcomes].mean()
    said = []
    for name in facts.outcomes:
        quantity = Quantity.of(name, means[name], words.lang)
        table = means[name].reset_index()
        said += [
            words(
                "alt_response",
                outcome=label(name, words.lang),
                design=facts.called(row["design"]),
                at=value(row[path]),
                value=quantity.level(row[name]),
            )
            for _, row in table.iterrows()
        ]
    caption = _captioned(facts, words, "figure_response", community, parameter=parameter(path, words.lang))
    return picture(
        lambda: response(runs, facts.outcomes, path, **shown), caption, _described(caption, said, words)
    )


def _heatmaps(facts: Facts, words: Words, shown: dict[str, Any]) -> Iterator[Picture]:
    """Differences over two parameters, of designs that have both."""
    x, y = facts.parameters
    community = facts.communities[0] if facts.communities else ""
    runs = facts.done[facts.done["community"] == community]
    for design in facts.others:
        mine = runs[runs["design"] == design].dropna(subset=[x, y])
        if mine.empty or max(mine[x].nunique(), mine[y].nunique()) > MOST_LEVELS:
            continue
        for name in facts.outcomes[:MOST_OUTCOMES]:
            table = facts.comparison
            rows = table[
                (table["design"] == design) & (table["outcome"] == name) & (table["community"] == community)
            ]
            said = [
                words("alt_at", text=statement(row, words), at=facts.setting(row))
                for _, row in rows.iterrows()
            ]
            values = {"outcome": label(name, words.lang), "design": facts.called(design)}
            caption = _captioned(facts, words, "figure_heatmap", community, **values)
            yield picture(
                lambda name=name, design=design: heatmap(  # type: ignore[misc]
                    runs, name, x, y, design=design, baseline=facts.baseline, **shown
                ),
                caption,
                _described(caption, said, words),
            )


def _sensitivity(facts: Facts, words: Words) -> Iterator[Picture]:
    """Which parameters outcomes depend on, where the plan was made for that."""
    kind = facts.study.plan.kind
    if kind not in ("saltelli", "morris") or len(facts.communities) != 1:
        return
    drawn, column = (sensitivity, "total") if kind == "saltelli" else (screening, "mu_star")
    for design in facts.arms:
        varied = facts.done.loc[facts.done["design"] == design, facts.parameters]
        if varied.empty or not varied.notna().all(axis=None):
            continue
        for name in facts.outcomes[:MOST_OUTCOMES]:
            values = {"outcome": label(name, words.lang), "design": facts.called(design)}
            caption = words(f"figure_{kind}", **values)
            try:
                table = facts.stored.sensitivity([name], design)
            except StudyError as error:
                yield Picture(caption, caption, problem=str(error))
                continue
            said = [
                words(
                    "alt_parameter",
                    parameter=parameter(row["parameter"], words.lang),
                    value=f"{row[column]:.3g}",
                )
                for _, row in table.iterrows()
            ]
            yield picture(
                lambda name=name, table=table: drawn(table, outcome=name, lang=words.lang),  # type: ignore[misc]
                caption,
                _described(caption, said, words),
            )


def _attribution(facts: Facts, words: Words) -> Iterator[Picture]:
    """What each mechanism contributes, and pairs of them, where that has been worked out."""
    for design, found in facts.attributions.items():
        there = [name for name in facts.outcomes if name in set(found.effects["outcome"])]
        for name in there[:MOST_OUTCOMES]:
            rows = found.effects[found.effects["outcome"] == name]
            quantity = Quantity.of(name, rows["value"], words.lang)
            said = [
                words(
                    "alt_mechanism",
                    mechanism=mechanism(row["mechanism"], words.lang),
                    value=quantity.sentence(row["value"], row["low"], row["high"]),
                )
                for _, row in rows.sort_values("value", ascending=False).iterrows()
            ]
            values = {"outcome": label(name, words.lang), "design": facts.attributed(design)}
            caption = words("figure_attribution", **values)
            yield picture(
                lambda name=name, found=found: attribution_bars(  # type: ignore[misc]
                    found.effects, found.total, outcome=name, lang=words.lang
                ),
                caption,
                _described(caption, said, words),
            )
            if (found.interactions["outcome"] == name).sum() > 1:  # a matrix of one pair says nothing
                caption = words("figure_interactions", **values)
                yield picture(
                    lambda name=name, found=found: interaction_matrix(  # type: ignore[misc]
                        found.interactions, outcome=name, lang=words.lang
                    ),
                    caption,
                    _described(caption, _pairs(found.interactions, name, words), words),
                )


def _pairs(interactions: pd.DataFrame, name: str, words: Words) -> list[str]:
    """Pairs of mechanisms whose interaction is sure, the largest first."""
    rows = interactions[interactions["outcome"] == name]
    rows = rows[(rows["low"] > 0) | (rows["high"] < 0)]
    order = rows["value"].abs().sort_values(ascending=False).index
    quantity = Quantity.of(name, rows["value"], words.lang)
    return [
        words(
            "alt_pair",
            first=mechanism(row["first"], words.lang),
            second=mechanism(row["second"], words.lang),
            value=quantity.sentence(row["value"], row["low"], row["high"]),
        )
        for _, row in rows.loc[order].iterrows()
    ] or [words("alt_no_pair")]


def place_picture(facts: Facts, words: Words) -> Picture | None:
    """Map of the first community's places, if places were kept."""
    community = next(filter(facts.there, facts.communities), None)
    if not facts.study.places or facts.sampled or community is None:
        return None
    there = set(facts.done["design"])
    places = facts.places(community, [name for name in facts.arms if name in there][:MOST_MAPS])
    kept = [name for name in facts.outcomes if name in BY_COMPOUND]
    name = "satisfaction" if "satisfaction" in kept or not kept else kept[0]
    caption = _captioned(facts, words, "figure_places", community, outcome=label(name, words.lang))
    said = []
    for design, rows in places.groupby("design", sort=False, observed=True):
        means = rows.groupby("compound", observed=True)[name].mean()
        quantity = Quantity.of(name, means, words.lang)
        said.append(
            words(
                "alt_places",
                design=facts.called(str(design)),
                lowest=generated(str(means.idxmin()), words.lang),
                low=quantity.level(float(means.min())),
                highest=generated(str(means.idxmax()), words.lang),
                high=quantity.level(float(means.max())),
            )
        )
    shown: dict[str, Any] = {"lang": words.lang, "names": facts.names}
    return picture(lambda: place_map(places, name, **shown), caption, _described(caption, said, words))

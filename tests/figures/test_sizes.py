"""Every figure in the columns of a journal: nothing lies on anything else, nothing is cut."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from cogov import GovernanceModel
from cogov.figures import (
    attribution,
    drift,
    effects,
    heatmap,
    interactions,
    lorenz,
    network,
    paths,
    place_map,
    response,
    screening,
    sensitivity,
    tradeoff,
    trajectories,
)
from tests.figures import (
    test_attribution,
    test_drift,
    test_lorenz,
    test_paths,
    test_place_map,
    test_sensitivity,
    test_waterfall,
)
from tests.figures.frames import (
    BLOCKS,
    DESIGNS,
    LONG,
    MANY,
    NAMES,
    UPKEEP,
    clashes,
    comparison,
    runs,
    series,
    swept,
)
from tests.figures.test_network import model_of
from tests.figures.test_tradeoff import four

SINGLE, DOUBLE = 3.35, 7.0
"""Widths of one and two columns, in inches."""
FOUR = ("satisfaction", "cost", "lifts_built", "arrived")


@cache
def small(design: str) -> GovernanceModel:
    return model_of(design)


def one_upkeep():
    table = swept()
    return table[table[UPKEEP].isna() | (table[UPKEEP] == 1)].drop(columns=UPKEEP)


FIGURES: dict[str, Callable[..., Figure]] = {
    "attribution": lambda names, **how: attribution(
        test_attribution.effects(test_attribution.TWELVE),
        test_attribution.total(),
        outcome="satisfaction",
        **how,
    ),
    "drift": lambda **how: drift(
        test_drift.yearly().assign(open=lambda table: 3 * table["satisfaction"]),
        ["satisfaction", "open"],
        **how,
    ),
    "effects": lambda **how: effects(comparison(FOUR), DESIGNS[0], **how),
    "effects of many": lambda names, **how: effects(comparison(FOUR, MANY[1:]), MANY[0], names=LONG, **how),
    "heatmap": lambda **how: heatmap(
        swept(6),
        "satisfaction",
        BLOCKS,
        UPKEEP,
        design="wuliqiao_2020",
        baseline="line_hierarchy",
        **how,
    ),
    "interactions": lambda names, **how: interactions(
        test_attribution.pairs(test_attribution.TWELVE), outcome="satisfaction", **how
    ),
    "interactions of three": lambda names, **how: interactions(
        test_attribution.pairs(), outcome="satisfaction", **how
    ),
    "lorenz": lambda **how: lorenz(test_lorenz.places(), "satisfaction", **how),
    "network": lambda names, **how: network(small("wuliqiao_2020"), **how),
    "network of pairs": lambda names, **how: network(small("quyang_2014"), **how),
    "paths": lambda **how: paths(test_paths.events(), test_paths.CASE, **how),
    "place map": lambda **how: place_map(test_place_map.places(), "satisfaction", **how),
    "response": lambda **how: response(one_upkeep(), "satisfaction", BLOCKS, **how),
    "screening": lambda names, **how: screening(
        test_sensitivity.morris(test_sensitivity.MANY), outcome="cost", **how
    ),
    "sensitivity": lambda names, **how: sensitivity(
        test_sensitivity.indices(), outcome="satisfaction", **how
    ),
    "tradeoff": lambda **how: tradeoff(four(), "cost", "satisfaction", **how),
    "tradeoff of many": lambda names, **how: tradeoff(runs(MANY), "cost", "satisfaction", names=LONG, **how),
    "trajectories": lambda **how: trajectories(
        series().assign(open=lambda table: 3 * table["satisfaction"]), ["satisfaction", "open"], 3, **how
    ),
    "waterfall": lambda names, **how: test_waterfall.drawn(**how),
}

QUICK = [(SINGLE, 8.0, "zh")]
ALL = [
    (width, size, lang)
    for width in (SINGLE, DOUBLE)
    for size in (6.0, 7.0, 8.0, 9.0)
    for lang in ("en", "zh")
]


@pytest.mark.parametrize(
    ("width", "size", "lang"),
    [pytest.param(*case, marks=() if case in QUICK else pytest.mark.slow) for case in ALL],
)
@pytest.mark.parametrize("name", FIGURES)
def test_in_a_column_nothing_covers_anything_and_nothing_is_cut(name, width, size, lang):
    with mpl.rc_context({"font.size": size}):
        figure = FIGURES[name](lang=lang, names=NAMES, figsize=(width, None))
    assert figure.get_figwidth() == width
    assert clashes(figure) == []

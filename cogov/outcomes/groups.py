"""What a run came to for parts of the community: groups of people and places, after the reform."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cogov.outcomes.measures import BY_COMPOUND, BY_GROUP, MEASURES
from cogov.outcomes.record import TENURES, Record
from cogov.terms import ADULT, ELDER, QUARTER, Age

if TYPE_CHECKING:
    import pandas as pd

    from cogov.rules.areas import Area

Array = NDArray[np.float64]
OF_ADULTS = "participation"
"""The one measure by group that is a share of adults, not a mean over residents."""
AGGREGATES = ("elders",)
"""Divisions whose groups are those of another put together: shown, and not counted a second time."""

NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "under_60": ("under 60", "60岁以下"),
        "age_60_plus": ("60 and over", "60岁及以上"),
        "tenant": ("tenants", "租户"),
        "owner": ("owners", "业主"),
        "old": ("old compounds", "老旧小区"),
        "new": ("newer compounds", "较新小区"),
        "rest": ("all other compounds", "其余小区"),
    }
)
"""Groups in English and Chinese; bands of age and the worst tenth are named where they are told of."""


def group_table(record: Record) -> pd.DataFrame:
    """Means by group of people, over the weeks after the reform.

    - ``age`` (bands of `cogov.terms.Age`) and ``tenure`` (tenant, owner): recorded once a quarter, so the
      mean over the last weeks of the quarters that end after the reform; NaN if none does.
    - ``elders`` (under_60, age_60_plus): the bands of age put together, as one of ``AGGREGATES``.
    - ``compound_age`` (old, new: built before or after the profile's ``old_before``) and ``start``
      (worst_tenth, rest): of compounds, so over every week. The worst tenth are the compounds with the
      lowest mean satisfaction over the last 13 weeks before the reform, at least one; the same compounds
      under every design, as the weeks before the reform are. Without such weeks there are no such rows.

    Levels are means over the residents of a group, ``participation`` is its share of adults (NaN where a
    group has none). Weighted by residents (by adults), the parts of a ``by`` give what the series gives over
    the same weeks, but for the rounding of the record's columns (float32).

    Returns
    -------
    DataFrame
        ``by``, ``group``, ``residents``, then the measures of ``BY_GROUP``; groups nobody is in are left out.
    """
    import pandas as pd

    people = record.community.residents
    first = _first(record)
    cell = people.age.astype(np.intp) * len(TENURES) + people.owner
    by_cell = (
        np.bincount(cell, minlength=len(Age) * len(TENURES)).reshape(len(Age), len(TENURES)).astype(float)
    )
    quarters = np.arange(len(record.groups[: record.weeks // QUARTER]))
    means = record.groups[: len(quarters)][(quarters + 1) * QUARTER > first]
    total = (np.where(by_cell > 0, means, 0.0) * by_cell).mean(0) if len(means) else means.sum(0) * np.nan
    adults = np.where(np.arange(len(Age))[:, None] >= ADULT, by_cell, 0.0)
    rows = _rows("age", Age.labels(), total.sum(2), by_cell.sum(1), adults.sum(1))
    halves = (np.add.reduceat(array.sum(-1), (0, ELDER), axis=-1) for array in (total, by_cell, adults))
    rows += _rows("elders", ("under_60", "age_60_plus"), *halves)
    rows += _rows("tenure", TENURES, total.sum(1), by_cell.sum(0), adults.sum(0))

    compounds, by_compound = record.community.places.compounds, record.community.places.compound_rows
    residents = np.diff(by_compound).astype(float)
    grown = np.add.reduceat(people.age >= ADULT, by_compound[:-1], dtype=np.int64).astype(float)
    levels = record.places[first : record.weeks, [BY_COMPOUND.index(name) for name in BY_GROUP]]
    weight = np.array([grown if name == OF_ADULTS else residents for name in BY_GROUP])
    total = levels.mean(0, dtype=float) * weight if len(levels) else weight * np.nan
    parts = [("compound_age", ("old", "new"), compounds.old)]
    if first:
        parts.append(("start", ("worst_tenth", "rest"), worst_tenth(record)))
    for by, names, true in parts:
        member = np.column_stack([true, ~true]).astype(float)
        rows += _rows(by, names, *((of[..., None] * member).sum(-2) for of in (total, residents, grown)))
    return pd.DataFrame(rows, columns=["by", "group", "residents", *BY_GROUP])


def worst_tenth(record: Record) -> NDArray[np.bool_]:
    """Whether compounds are among the tenth that was least satisfied in the 13 weeks before the reform."""
    before = record.places[: record.reform_week, BY_COMPOUND.index("satisfaction")][-QUARTER:]
    worst = np.zeros(before.shape[1], dtype=bool)
    lowest = np.argsort(before.mean(0, dtype=float), kind="stable")
    worst[lowest[: max(len(worst) // 10, 1)]] = True
    return worst


def _first(record: Record) -> int:
    """Weeks before those that count, as for the outcomes of a run."""
    return record.reform_week if record.weeks > record.reform_week else 0


def _rows(
    by: str, names: tuple[str, ...], total: Array, residents: Array, adults: Array
) -> list[tuple[str | float, ...]]:
    """Rows of the table from totals, shape (measures, groups); none for a group that nobody is in."""
    share = np.array([adults if name == OF_ADULTS else residents for name in BY_GROUP])
    means = np.divide(total, share, out=np.full_like(total, np.nan), where=share > 0)
    return [
        (by, name, float(residents[group]), *means[:, group].tolist())
        for group, name in enumerate(names)
        if residents[group] > 0
    ]


def place_table(record: Record, blocks: Area | None) -> pd.DataFrame:
    """Measures by compound, over the weeks after the reform: counts added up, levels averaged.

    Parameters
    ----------
    record : Record
    blocks : Area or None
        The blocks of the design in force at the end; None if it has none.

    Returns
    -------
    DataFrame
        ``compound``, ``neighbourhood``, ``block`` ("" without blocks), ``subdistrict``, ``old``,
        ``residents``, then the measures of ``BY_COMPOUND``.
    """
    import pandas as pd

    about = record.community.places
    table = pd.DataFrame(
        {
            "compound": about.compounds.names,
            "neighbourhood": [about.neighbourhoods.names[row] for row in about.compound_neighbourhood],
            "block": [f"block {number + 1}" for number in blocks.of_compound] if blocks else "",
            "subdistrict": [about.subdistricts.names[row] for row in about.compound_subdistrict],
            "old": about.compounds.old,
            "residents": np.diff(about.compound_rows).astype(np.int32),
        }
    )
    weeks = record.places[_first(record) : record.weeks].astype(float)
    for index, name in enumerate(BY_COMPOUND):
        counted = MEASURES[name].unit.endswith("/week")
        table[name] = weeks[:, index].sum(0) if counted else weeks[:, index].mean(0)
    return table

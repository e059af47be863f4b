"""Weekly measures of a study as labelled arrays (xarray)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.kit.errors import StudyError, unknown
from cogov.outcomes import MEASURES
from cogov.study.tables import Tables

if TYPE_CHECKING:
    import xarray as xr

SPARSE = 2
"""A grid with more than so many cells per combination of levels that was run is none."""


def cube(
    tables: Tables, measures: Sequence[str] | None = None, where: Mapping[str, Any] | None = None
) -> xr.Dataset:
    """Lay weekly measures out over community, design, parameters, replicate and week.

    A design without a parameter has the same values at all its levels, so that differences between designs
    are those of partners: ``ds.sel(design=a) - ds.sel(design=b)``. Where levels were sampled and make no
    grid, there is one dimension ``point`` in place of the parameters, with them as its coordinates. What was
    not run is NaN.

    Needs 8 bytes for each measure, run (counted again at each level it stands for) and week.

    Parameters
    ----------
    measures : sequence of str, optional
        Only these.
    where : mapping, optional
        Only some runs; see `cogov.study.tables.Tables.series`.

    Raises
    ------
    StudyError
        If xarray is not installed, or as `Tables.series`.
    """
    try:
        import xarray  # noqa: F401 - asked for before anything is read
    except ImportError:
        raise StudyError("to_xarray needs xarray: pip install xarray") from None
    rows = tables.select(where)
    rows = rows[rows["status"] == "done"].reset_index(drop=True)
    points, grid = _points(rows[tables.parameters], tables)
    axes = {name: list(dict.fromkeys(rows[name])) for name in ("community", "design")}
    axes["replicate"] = sorted(set(rows["replicate"]))
    place = {name: pd.Index(values).get_indexer(pd.Index(rows[name])) for name, values in axes.items()}
    weeks = int(rows["weeks"].max()) if len(rows) else 0
    shape = (len(axes["community"]), len(axes["design"]), len(points), len(axes["replicate"]), weeks)
    available = tables.columns("series")[2:]
    for name in measures or ():
        if name not in available:
            raise StudyError(unknown("measure", name, available, f"{tables.folder}: series"))
    arrays = {name: np.full(shape, np.nan) for name in (available if measures is None else measures)}
    targets: dict[tuple[Any, ...], NDArray[np.int64]] = {}
    parameters = list(rows[tables.parameters].itertuples(index=False, name=None))
    for which, piece in tables.pieces("series", rows, ["week", *arrays]):
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(which)], strict=True):
            run = which[start]
            values = tuple(None if pd.isna(value) else value for value in parameters[run])
            if values not in targets:
                targets[values] = _matching(points, values)
            for name, array in arrays.items():
                week = piece[name].slice(start, end - start).to_numpy()
                for point in targets[values]:
                    at = place["community"][run], place["design"][run], point, place["replicate"][run]
                    array[at][: len(week)] = week
    return _dataset(arrays, axes, points, grid)


def _points(values: pd.DataFrame, tables: Tables) -> tuple[pd.DataFrame, bool]:
    """Combinations of levels, sorted, and whether they are all there are."""
    if values.columns.empty:
        return pd.DataFrame(index=[0]), True
    levels = [sorted(set(values[name].dropna())) for name in values]
    size = int(np.prod([len(some) for some in levels], dtype=float))
    full = values.dropna().drop_duplicates().sort_values(list(values.columns), ignore_index=True)
    if size <= SPARSE * len(values.drop_duplicates()):
        return pd.DataFrame(list(product(*levels)), columns=values.columns), True
    if full.empty:
        raise StudyError(
            f"{tables.folder}: no design has all parameters, and their levels make no grid; use series()"
        )
    return full, False


def _matching(points: pd.DataFrame, values: tuple[Any, ...]) -> NDArray[np.int64]:
    """The points that a run stands for: all levels of the parameters that its design does not have."""
    same = np.ones(len(points), dtype=bool)
    for name, value in zip(points, values, strict=True):
        if value is not None:
            same &= (points[name] == value).to_numpy()
    return np.flatnonzero(same)


def _dataset(
    arrays: dict[str, NDArray[np.float64]],
    axes: dict[str, list[Any]],
    points: pd.DataFrame,
    grid: bool,
) -> xr.Dataset:
    import xarray as xr

    if grid:
        middle = {str(name): list(dict.fromkeys(points[name])) for name in points}
        coordinates: dict[str, Any] = dict(middle)
        dimensions = list(middle)
    else:
        coordinates = {"point": range(len(points))} | {
            str(name): ("point", points[name].to_numpy()) for name in points
        }
        dimensions = ["point"]
    names = ("community", "design", *dimensions, "replicate", "week")
    weeks = next(iter(arrays.values())).shape[-1] if arrays else 0
    sizes = [len(coordinates[name]) for name in dimensions]
    ends = [len(axes["replicate"]), weeks]
    begins = [len(axes["community"]), len(axes["design"])]
    about = {name: MEASURES[name] for name in arrays if name in MEASURES}
    return xr.Dataset(
        {
            name: (
                names,
                array.reshape([*begins, *sizes, *ends]),
                {"units": about[name].unit, "long_name": about[name].doc} if name in about else {},
            )
            for name, array in arrays.items()
        },
        coords={**axes, **coordinates, "week": np.arange(1, weeks + 1)},
    )

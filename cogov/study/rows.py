"""Rows of a study's tables, from the results of its runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from cogov.kit.errors import StudyError
from cogov.outcomes import MEASURES, WEEKLY
from cogov.outcomes.measures import BY_COMPOUND, BY_GROUP
from cogov.study.cell import RunResult, Value
from cogov.study.study import Study

BEFORE = {
    "run": pa.string(),
    "community": pa.string(),
    "design": pa.string(),
    "replicate": pa.int32(),
    "seed": pa.int64(),
}
"""Columns of ``runs`` before the parameters."""
AFTER = {
    "status": pa.string(),
    "error": pa.string(),
    "seconds": pa.float64(),
    "peak_mb": pa.float64(),
    "machine": pa.string(),
    "residents": pa.int64(),
    "weeks": pa.int32(),
    "digest": pa.string(),
    "run_in": pa.int32(),
    "unsettled": pa.string(),
}
"""Columns after them; then come the outcomes."""


class Rows:
    """Makes tables of results, with the columns that a study's plan settles.

    Attributes
    ----------
    schemas : dict of str to Schema
        Columns by table.
    """

    def __init__(self, study: Study) -> None:
        self._communities = [community.name for community in study.communities]
        self._designs = [design.name for design in study.arms]
        self._parameters = {
            path.text: pa.float64() if path.kind in (int, float) else pa.string() for path in study.paths
        }
        self._outcomes = tuple(
            name
            for name, measure in MEASURES.items()
            if measure.outcome and (study.shocks or not name.startswith("shock_"))
        )
        self.schemas = {
            "runs": pa.schema({**BEFORE, **self._parameters, **AFTER, **_floats(self._outcomes)}),
            "series": pa.schema({"run": pa.string(), "week": pa.int32(), **_floats(WEEKLY)}),
            "groups": pa.schema(
                {
                    **dict.fromkeys(("run", "by", "group"), pa.string()),
                    **_floats(("residents", *BY_GROUP)),
                }
            ),
        }
        if study.places:
            self.schemas["places"] = pa.schema(
                {
                    **dict.fromkeys(
                        ("run", "compound", "neighbourhood", "block", "subdistrict"), pa.string()
                    ),
                    "old": pa.bool_(),
                    "residents": pa.int32(),
                    **_floats(BY_COMPOUND),
                }
            )

    def check(self, result: RunResult) -> None:
        """See that a result can be written.

        Raises
        ------
        StudyError
            If it has no series, or measures that its study does not have.
        """
        if result.error:
            return
        series, outcomes = result.series, result.outcomes or {}
        if series is None or series.shape != (result.weeks, len(WEEKLY)):
            raise StudyError(
                f"run {result.cell.run}: its series must have {result.weeks} x {len(WEEKLY)} values"
            )
        if strange := sorted(set(outcomes) - set(self._outcomes)):
            raise StudyError(f"run {result.cell.run}: {', '.join(strange)} are no outcomes of its study")
        for table in self.schemas.keys() - {"runs", "series"}:
            frame = getattr(result, table)
            lacking = [] if frame is None else set(self.schemas[table].names[1:]) - set(frame.columns)
            if frame is None or lacking:
                raise StudyError(
                    f"run {result.cell.run}: {table} lacks {', '.join(sorted(lacking)) or 'rows'}"
                )

    def tables(self, results: Sequence[RunResult]) -> dict[str, pa.Table]:
        """The rows of results by table, in their order."""
        done = [result for result in results if not result.error]
        tables = {"runs": self._runs(results), "series": self._series(done)}
        for table in self.schemas.keys() - tables.keys():
            tables[table] = self._frames(table, done)
        return tables

    def _runs(self, results: Sequence[RunResult]) -> pa.Table:
        columns = [
            [result.cell.run for result in results],
            [self._communities[result.cell.community] for result in results],
            [self._designs[result.cell.design] for result in results],
            [result.cell.replicate for result in results],
            [result.cell.seed for result in results],
            *(
                [stored(result.cell.values[place]) for result in results]
                for place in range(len(self._parameters))
            ),
            [result.status for result in results],
            [result.error or None for result in results],
            [result.seconds for result in results],
            [result.peak_mb for result in results],
            [result.machine or None for result in results],
            *([getattr(result, name) for result in results] for name in ("residents", "weeks")),
            [result.digest or None for result in results],
            [result.run_in for result in results],
            [result.unsettled or None for result in results],
            *([(result.outcomes or {}).get(name) for result in results] for name in self._outcomes),
        ]
        return _table(columns, self.schemas["runs"])

    def _series(self, done: Sequence[RunResult]) -> pa.Table:
        schema = self.schemas["series"]
        if not done:
            return schema.empty_table()
        weeks = np.array([result.weeks for result in done])
        values = np.concatenate([result.series for result in done if result.series is not None])
        runs = pa.array([result.cell.run for result in done]).take(
            pa.array(np.repeat(np.arange(len(done)), weeks))
        )
        week = np.concatenate([np.arange(1, length + 1, dtype=np.int32) for length in weeks])
        return _table([runs, week, *values.T], schema)

    def _frames(self, table: str, done: Sequence[RunResult]) -> pa.Table:
        schema = self.schemas[table]
        frames = [getattr(result, table).assign(run=result.cell.run) for result in done]
        if not frames:
            return schema.empty_table()
        return pa.Table.from_pandas(pd.concat(frames)[schema.names], schema, preserve_index=False)


def stored(value: Value) -> Value:
    """A parameter's value as a table has it: yes and no are words there."""
    return str(value).lower() if isinstance(value, bool) else value


def _floats(names: Sequence[str]) -> dict[str, pa.DataType]:
    return dict.fromkeys(names, pa.float64())


def _table(columns: Sequence[object], schema: pa.Schema) -> pa.Table:
    """A table; NaN, which stands for a value that does not exist, is null in it."""
    return pa.table(
        [
            pa.array(column, field.type, from_pandas=True)
            for column, field in zip(columns, schema, strict=True)
        ],
        schema=schema,
    )

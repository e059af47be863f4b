"""Reading the tables of a study (结果表): what its files say, whatever wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from cogov.kit.errors import StudyError, unknown
from cogov.study.folder import read_config, read_versions
from cogov.study.parts import Part, find_parts
from cogov.study.rows import AFTER, BEFORE, stored

CHUNK = 200
"""Runs of which all rows are held in memory together."""


class Tables:
    """The tables in the folder of a study, as they were when this was made; the study may still be running.

    Columns come from the files, so that studies of other versions of the model can be read too. Every run
    counts once.

    Parameters
    ----------
    folder : str or Path

    Attributes
    ----------
    config : dict
        The study in plain values, from ``study.yaml``.
    versions : dict
        What it was made with, from ``versions.json``.
    parts : list of Part
    problems : list of str
        Files that are damaged or not of this study, in words.

    Raises
    ------
    StudyError
        If the folder holds no study.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.config = read_config(self.folder)
        self.versions = read_versions(self.folder)
        found = find_parts(self.folder, self.versions.get("identity"))
        self.parts: list[Part] = found.parts
        self.problems: list[str] = found.problems

    @property
    def communities(self) -> list[str]:
        """Names of the communities, in the order of the study."""
        return [str(community["name"]) for community in self.config["communities"]]

    @property
    def designs(self) -> list[str]:
        """Names of the designs, in the order of the study, the baseline first."""
        names = [self.config["baseline"]["name"], *(design["name"] for design in self.config["designs"])]
        return list(dict.fromkeys(map(str, names)))

    @cached_property
    def parameters(self) -> list[str]:
        """Columns of the parameters that vary."""
        if self.parts:
            names = self.columns("runs")
            return names[len(BEFORE) : names.index("status")]
        plan = self.config.get("plan") or {}
        points = plan.get("points") if isinstance(plan, dict) else None
        return list(points[0] if points else self.config.get("parameters") or {})

    @property
    def keys(self) -> list[str]:
        """Columns that say what a run is of, besides ``run``."""
        return ["community", "design", *self.parameters, "replicate"]

    @cached_property
    def _order(self) -> dict[str, list[str]]:
        """Names that are sorted as the study lists them, by column."""
        return {"community": self.communities, "design": self.designs}

    def columns(self, table: str) -> list[str]:
        """Names of the columns of a table, as it is on disk; empty if there is nothing."""
        part = next((part for part in self.parts if table in part.tables), None)
        return list(part.schema(table).names) if part else []

    @cached_property
    def index(self) -> pd.DataFrame:
        """Every run once: ``run``, the keys, ``status``, ``weeks`` and ``part`` (position in `parts`).

        Sorted by community and design in the order of the study, then parameter values, then replicate.
        """
        columns = ["run", *self.keys, "status", "weeks"]
        if not self.parts:
            return self.runs().loc[:, columns].assign(part=pd.Series(dtype=np.int32))
        rows = pa.concat_tables([part.rows for part in self.parts]).select(columns).to_pandas()
        sizes = [len(part.rows) for part in self.parts]
        rows["part"] = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        kept = np.concatenate([part.kept for part in self.parts])
        return self._sorted(rows[kept].reset_index(drop=True))

    @property
    def made(self) -> pd.DataFrame:
        """The rows of `index` as they were made: replicate after replicate."""
        return self.index.sort_values("replicate", kind="stable", ignore_index=True)

    def runs(self) -> pd.DataFrame:
        """One row a run, in the order of `index`: keys, seed, status, error, seconds and outcomes."""
        tables = [table for part in self.parts for table in part.read("runs")]
        if not tables:
            names = {**BEFORE, **dict.fromkeys(self.parameters, pa.float64()), **AFTER}
            names |= dict.fromkeys(self.config.get("outcomes") or (), pa.float64())
            frame: pd.DataFrame = pa.schema(names).empty_table().to_pandas()
            return frame
        return self._sorted(pa.concat_tables(tables, promote_options="default").to_pandas())

    def series(
        self,
        measures: Sequence[str] | None = None,
        where: Mapping[str, Any] | None = None,
        keys: bool = False,
    ) -> pd.DataFrame:
        """One row per run and week: ``run``, ``week`` and weekly measures.

        Needs 8 bytes a value and little besides; ``run``, ``community`` and ``design`` are categorical.

        Parameters
        ----------
        measures : sequence of str, optional
            Only these; the others are not read.
        where : mapping, optional
            Only some runs: ``{"design": "wuliqiao_2020", "replicate": [0, 1]}``; for a parameter that
            does not apply, None.
        keys : bool
            Whether to put community, design, parameters and replicate beside ``run``.

        Raises
        ------
        StudyError
            If there is no such measure or column, no run has such a value, or a file is damaged.
        """
        rows = self.select(where)
        rows = rows[rows["status"] == "done"]
        measures = self._chosen("series", ("run", "week"), measures)
        weeks = rows["weeks"].to_numpy()
        starts = np.cumsum(weeks) - weeks
        values = {name: np.full(int(weeks.sum()), np.nan) for name in measures}
        week = (np.arange(weeks.sum()) - np.repeat(starts, weeks) + 1).astype(np.int32)
        for run, table in self.pieces("series", rows, ["week", *measures]):
            at = starts[run] + table["week"].to_numpy() - 1
            for name in measures:
                values[name][at] = table[name].to_numpy()
        which = np.repeat(np.arange(len(rows)), weeks)
        frame = {"run": pd.Categorical.from_codes(which, pd.Index(rows["run"]))}
        return pd.DataFrame(
            {**frame, **(self._keys(rows, which) if keys else {}), "week": week, **values}, copy=False
        )

    def groups(self, where: Mapping[str, Any] | None = None, keys: bool = False) -> pd.DataFrame:
        """One row per run and group of people: ``run``, ``by``, ``group``, ``residents`` and measures.

        See `series` for ``where``, ``keys`` and errors.
        """
        return self._read("groups", ("run", "by", "group", "residents"), None, where, keys)

    def places(
        self,
        measures: Sequence[str] | None = None,
        where: Mapping[str, Any] | None = None,
        keys: bool = False,
    ) -> pd.DataFrame:
        """One row per run and compound; see `series` for the arguments.

        Raises
        ------
        StudyError
            Also if the study keeps no places (``places: true``).
        """
        if not self.config.get("places"):
            raise StudyError(f"{self.folder}: the study keeps no places; make one with places=true")
        about = ("run", "compound", "neighbourhood", "block", "subdistrict", "old", "residents")
        return self._read("places", about, measures, where, keys)

    def select(self, where: Mapping[str, Any] | None) -> pd.DataFrame:
        """The rows of `index` where columns have one of the values given.

        Raises
        ------
        StudyError
            For an unknown column, or a value that no run has.
        """
        rows = self.index
        chosen = np.ones(len(rows), dtype=bool)
        allowed = [*self.keys, "run", "status"]
        for name, wanted in (where or {}).items():
            if name not in allowed:
                raise StudyError(unknown("column", name, allowed, f"{self.folder}: where"))
            here = np.zeros(len(rows), dtype=bool)
            single = isinstance(wanted, str) or not isinstance(wanted, Sequence)
            for value in [wanted] if single else wanted:
                same = rows[name].isna() if value is None else rows[name] == stored(value)
                if not same.any():
                    values = sorted({str(known) for known in rows[name].dropna()})[:20]
                    raise StudyError(unknown(name, str(value), values, f"{self.folder}: where"))
                here |= same.to_numpy(dtype=bool)
            chosen &= here
        return rows[chosen].reset_index(drop=True)

    def pieces(
        self, table: str, rows: pd.DataFrame, columns: list[str] | None = None
    ) -> Iterator[tuple[NDArray[np.int64], pa.Table]]:
        """Rows of some runs as they are on disk, a row group at a time.

        Parameters
        ----------
        rows : DataFrame
            Rows of `index`, numbered from 0.
        columns : list of str, optional
            Only these, besides ``run``.

        Yields
        ------
        run : ndarray of int, shape (length of the piece,)
            Which of ``rows`` each row belongs to.
        piece : Table
        """
        lookup = pd.Index(rows["run"])
        for position in sorted(set(rows["part"])):
            part = self.parts[position]
            if table not in part.tables:
                continue
            wanted = None if len(rows) == len(self.index) else set(rows["run"][rows["part"] == position])
            for piece in part.read(table, columns, wanted):
                encoded = piece["run"].combine_chunks().dictionary_encode()
                known = lookup.get_indexer(pd.Index(encoded.dictionary.to_pandas()))
                yield known[encoded.indices.to_numpy()], piece

    def chunks(self, table: str, rows: pd.DataFrame) -> Iterator[pa.Table]:
        """Rows of some runs in the order of these, few runs at a time: memory does not grow with them."""
        for start in range(0, len(rows), CHUNK):
            some = rows.iloc[start : start + CHUNK].reset_index(drop=True)
            pieces = list(self.pieces(table, some))
            if pieces:
                order = np.argsort(np.concatenate([run for run, _ in pieces]), kind="stable")
                yield pa.concat_tables([piece for _, piece in pieces]).take(pa.array(order))

    def _read(
        self,
        table: str,
        about: tuple[str, ...],
        measures: Sequence[str] | None,
        where: Mapping[str, Any] | None,
        keys: bool,
    ) -> pd.DataFrame:
        rows = self.select(where)
        columns = [*about, *self._chosen(table, about, measures)]
        pieces = list(self.pieces(table, rows, columns))
        if not pieces:
            return pd.DataFrame(columns=[*columns[:1], *(self.keys if keys else ()), *columns[1:]])
        which = np.concatenate([run for run, _ in pieces])
        order = np.argsort(which, kind="stable")
        found = pa.concat_tables([piece for _, piece in pieces]).select(columns)
        frame: pd.DataFrame = found.take(pa.array(order)).to_pandas()
        for place, (name, column) in enumerate(self._keys(rows, which[order]).items() if keys else ()):
            frame.insert(1 + place, name, column)
        return frame

    def _chosen(self, table: str, about: tuple[str, ...], measures: Sequence[str] | None) -> list[str]:
        names = [name for name in self.columns(table) if name not in about]
        for name in measures or () if names else ():
            if name not in names:
                raise StudyError(unknown("measure", name, names, f"{self.folder}: {table}"))
        return names if measures is None else list(measures)

    def _keys(self, rows: pd.DataFrame, which: NDArray[np.int64]) -> dict[str, Any]:
        """Columns of keys for rows of these runs."""
        found: dict[str, Any] = {}
        for name in self.keys:
            column = rows[name]
            if name in self._order:
                names = list(dict.fromkeys([*self._order[name], *column]))
                codes = pd.Index(names).get_indexer(pd.Index(column))
                found[name] = pd.Categorical.from_codes(codes[which], pd.Index(names))
            else:
                found[name] = column.to_numpy()[which]
        return found

    def _sorted(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of runs in the order of the study."""
        order = pd.DataFrame(
            {
                name: _rank(frame[name], self._order[name]) if name in self._order else frame[name]
                for name in [*self.keys, "run"]
            }
        ).sort_values([*self.keys, "run"], na_position="first", kind="stable")
        return frame.iloc[order.index.to_numpy()].reset_index(drop=True)


def _rank(column: pd.Series, names: Sequence[str]) -> pd.Series:
    """Positions of names in a list; others after it, by name."""
    others = sorted(set(column) - set(names))
    return column.map({name: rank for rank, name in enumerate([*names, *others])}).astype(np.int64)

"""A study that was run: its tables, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from cogov.analysis.arms import one_design
from cogov.analysis.compare import compare
from cogov.analysis.contrasts import Contrast, contrast
from cogov.analysis.gains import gains
from cogov.analysis.horizons import YEARS, at_horizons, read
from cogov.analysis.pooled import Pooled, pooled
from cogov.analysis.precision import precision_reached
from cogov.analysis.sensitivity import screen, sobol
from cogov.kit.errors import StudyError, unknown
from cogov.outcomes import BY_GROUP
from cogov.study.opened import OpenedStudy
from cogov.study.over import Drawn
from cogov.study.plan import SAMPLED
from cogov.study.points import at_points

if TYPE_CHECKING:
    pass


def open_study(folder: str | Path) -> StoredStudy:
    """Open the folder of a study; it may still be running.

    Raises
    ------
    StudyError
        If the folder holds no study.

    Examples
    --------
    >>> stored = open_study("results/compare_designs")  # doctest: +SKIP
    >>> stored.compare("satisfaction")  # doctest: +SKIP
    """
    return StoredStudy(Path(folder))


class StoredStudy(OpenedStudy):
    """A study in its folder, as it was when it was opened, and all that can be asked of it."""

    def compare(
        self,
        outcomes: str | Sequence[str] | None = None,
        baseline: str | None = None,
        matters: Mapping[str, float] | None = None,
    ) -> pd.DataFrame:
        """Paired differences of every design from the baseline; see `cogov.analysis.compare.compare`.

        Parameters
        ----------
        outcomes : str or sequence of str, optional
            Those of the study unless others are asked for.
        baseline : str, optional
            Name of a design; the study's baseline unless another is asked for.
        matters : mapping, optional
            Smallest differences that matter by outcome, in place of those of the study and the measures.
        """
        chosen = self.known_outcomes(outcomes)
        return compare(
            self.runs, chosen, baseline or self.baseline, self.parameters, self.matters_with(matters)
        )

    def horizons(
        self,
        outcomes: str | Sequence[str] | None = None,
        baseline: str | None = None,
        matters: Mapping[str, float] | None = None,
        years: Sequence[int] = YEARS,
        where: Mapping[str, Any] | None = None,
    ) -> pd.DataFrame:
        """Differences at one, three and ten years after adoption, as far as the runs go.

        Parameters
        ----------
        outcomes, baseline, matters
            As for `compare`; of the study's own, those that are known at a time
            (`cogov.analysis.horizons.at_horizons`).
        years : sequence of int
            Years after adoption.
        where : mapping, optional
            Only some runs: ``{"community": "small"}``.

        Returns
        -------
        DataFrame
            As of `compare`, with a column ``years``; p-values are adjusted over all rows.

        Examples
        --------
        >>> stored.horizons("satisfaction", years=[1, 3])  # doctest: +SKIP
        """
        chosen = self.known_outcomes(outcomes)
        if outcomes is None:
            chosen = list(read(chosen))
        weekly = sorted({name for parts in read(chosen).values() for name in parts})
        series = self.tables.series(weekly, where, keys=True)
        runs = at_horizons(series, chosen, self.study.reform_week, years)
        if runs.empty:
            raise StudyError(f"no run is done that lasts {min(years)} years after adoption; give more weeks")
        parameters = [*self.parameters, "years"]
        return compare(runs, chosen, baseline or self.baseline, parameters, self.matters_with(matters))

    def pooled(
        self,
        outcomes: str | Sequence[str] | None = None,
        baseline: str | None = None,
        matters: Mapping[str, float] | None = None,
        together: bool = False,
    ) -> Pooled:
        """Differences from the baseline over all settings and seeds; see `cogov.analysis.pooled.pooled`.

        The settings are taken for drawn if the plan draws them.

        Parameters
        ----------
        outcomes, baseline, matters
            As for `compare`.
        together : bool
            Whether communities are pooled too.

        Raises
        ------
        StudyError
            If nothing varies.
        """
        return pooled(
            self.runs,
            self.known_outcomes(outcomes),
            baseline or self.baseline,
            self.parameters,
            sampled=bool(self.parameters) and self.study.plan.kind in SAMPLED,
            together=together,
            matters=self.matters_with(matters),
        )

    @cached_property
    def robustness(self) -> Drawn:
        """What draws of the assumptions say; without runs if the study has none."""
        return Drawn(self)

    def contrast(
        self,
        parameter: str,
        outcomes: str | Sequence[str] | None = None,
        reference: Any = None,
        matters: Mapping[str, float] | None = None,
    ) -> Contrast:
        """Levels of a parameter against each other; see `cogov.analysis.contrasts.contrast`.

        Parameters
        ----------
        parameter : str
            Path of a parameter that varies, or its last word.
        outcomes, matters
            As for `compare`.
        reference : optional
            A level that all others are compared with; every pair of levels without one.

        Examples
        --------
        >>> stored.contrast("blocks", "satisfaction").whole  # doctest: +SKIP
        """
        short = [path for path in self.parameters if path.rpartition(".")[2] == parameter]
        return contrast(
            self.runs,
            self.known_outcomes(outcomes),
            short[0] if len(short) == 1 else parameter,
            self.parameters,
            reference=reference,
            matters=self.matters_with(matters),
        )

    def gains(
        self,
        outcomes: str | Sequence[str] | None = None,
        baseline: str | None = None,
        matters: Mapping[str, float] | None = None,
    ) -> pd.DataFrame:
        """Who gains and who loses; see `cogov.analysis.gains.gains`.

        Parameters
        ----------
        outcomes : str or sequence of str, optional
            Measures by group; those of the study's outcomes that are kept by group unless asked for.
        baseline, matters
            As for `compare`.
        """
        chosen = self.known_outcomes(outcomes)
        if outcomes is None:
            chosen = [name for name in chosen if name in BY_GROUP] or ["satisfaction"]
        groups = self.tables.groups()
        return gains(
            self.runs, groups, baseline or self.baseline, chosen, self.parameters, self.matters_with(matters)
        )

    def precision(self) -> pd.DataFrame | None:
        """What precision was reached, if replicates were added for one; None if their number was given."""
        if isinstance(self.study.replicates, int):
            return None
        return precision_reached(self.runs, self.study.replicates, self.baseline, self.parameters)

    def sensitivity(
        self,
        outcomes: str | Sequence[str] | None = None,
        design: str | None = None,
        difference: bool = False,
    ) -> pd.DataFrame:
        """Which parameters outcomes depend on under a design, of a ``saltelli`` or ``morris`` plan.

        Replicates are averaged: their seeds are the same at every point.

        Parameters
        ----------
        outcomes : str or sequence of str, optional
        design : str, optional
            The only one besides the baseline unless one is asked for.
        difference : bool
            Whether it is not the outcome that is asked of, but its difference from the baseline's.

        Returns
        -------
        DataFrame
            As `cogov.analysis.sensitivity.sobol` or `screen` give it.

        Raises
        ------
        StudyError
            If the plan is another one, or no design is named where there are several.
        """
        kind = self.study.plan.kind
        if kind not in ("saltelli", "morris"):
            raise StudyError(
                f"{self.folder}: sensitivity needs a plan of kind saltelli or morris, not {kind}"
            )
        design = one_design(design, self.designs, self.baseline, f"{self.folder}: sensitivity")
        if design not in self.designs:
            raise StudyError(unknown("design", design, self.designs, "sensitivity"))
        if len(self.study.communities) > 1:
            raise StudyError(f"{self.folder}: sensitivity is of one community, and this study has several")
        chosen = self.known_outcomes(outcomes)
        values = at_points(self, chosen, design)
        if difference:
            values = values - at_points(self, chosen, self.baseline)
        if kind == "saltelli":
            return sobol(values, self.parameters)
        return screen(values, self.study.plan.unit(self.parameters), self.parameters)

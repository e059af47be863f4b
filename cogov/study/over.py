"""What the draws of the assumptions of a stored study say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.analysis.arms import one_design
from cogov.analysis.corner import MOST, Corner, corner
from cogov.analysis.decides import difference_at_draws, groups_of, what_decides, worth_knowing
from cogov.analysis.findings import direction
from cogov.analysis.robust import robust
from cogov.analysis.sensitivity import screen_groups
from cogov.kit.errors import StudyError, unknown
from cogov.kit.files import folder_name
from cogov.study.drawn import FOLDER, SCREENING
from cogov.study.opened import OpenedStudy
from cogov.study.points import at_points
from cogov.study.tables import Tables


class Drawn:
    """The draws of the assumptions of a study, as they were when this was made.

    In all methods ``design`` is the only one besides the baseline, ``outcome`` the study's first, and
    ``community`` the first that has draws, unless another is asked for. All raise StudyError if there is no
    such thing, or no draw at all.

    Examples
    --------
    >>> stored.robustness.compare("satisfaction")  # doctest: +SKIP
    >>> stored.robustness.what_decides(outcome="satisfaction")  # doctest: +SKIP
    """

    def __init__(self, stored: OpenedStudy) -> None:
        self._stored = stored

    @cached_property
    def runs(self) -> dict[str, pd.DataFrame]:
        """One row a run, by community; ``replicate`` is the draw, paths of assumptions are columns.

        Empty if the study has no draws, or none is made yet.
        """
        found = {}
        names = [str(community["name"]) for community in self._stored.config["communities"]]
        for name in names if self._stored.config.get("robustness") else ():
            folder = self._stored.folder / FOLDER / folder_name(name)
            if folder.is_dir():
                runs = Tables(folder).runs()
                if (runs["status"] == "done").any():
                    found[name] = runs
        return found

    def compare(
        self,
        outcomes: str | Sequence[str] | None = None,
        baseline: str | None = None,
        matters: Mapping[str, float] | None = None,
    ) -> pd.DataFrame:
        """Differences from the baseline over assumptions; see `cogov.analysis.robust.robust`.

        Parameters
        ----------
        outcomes, baseline, matters
            As for `StoredStudy.compare`.
        """
        self._check()
        stored = self._stored
        names = stored.known_outcomes(outcomes)
        columns = ["community", "design", "replicate", "status", *names]
        runs = pd.concat([table[columns] for table in self.runs.values()], ignore_index=True)
        at_defaults = None if stored.parameters else stored.runs
        return robust(runs, names, baseline or stored.baseline, at_defaults, stored.matters_with(matters))

    def what_decides(
        self, design: str | None = None, outcome: str | None = None, community: str | None = None
    ) -> pd.DataFrame:
        """Which assumptions a difference turns on; see `cogov.analysis.decides.what_decides`."""
        return what_decides(*self.differences(design, outcome, community))

    def worth_knowing(
        self, design: str | None = None, outcome: str | None = None, community: str | None = None
    ) -> pd.DataFrame:
        """Which assumption is worth finding out; see `cogov.analysis.decides.worth_knowing`."""
        better = direction(self._outcome(outcome)) or 1
        return worth_knowing(*self.differences(design, outcome, community), better)

    def corner(
        self, design: str | None = None, outcome: str | None = None, community: str | None = None
    ) -> Corner | None:
        """In which corner of the assumptions a design loses; see `cogov.analysis.corner.corner`.

        Only the assumptions are looked at that explain most of the difference.
        """
        drawn, each = self.differences(design, outcome, community)
        better = direction(self._outcome(outcome)) or 1
        found = what_decides(drawn, each)
        most = found.loc[found["group"] != "", "of"].tolist()[:MOST]
        there = np.isfinite(each)
        return corner(drawn.loc[there, most], better * each[there] < 0)

    def screening(
        self, design: str | None = None, outcome: str | None = None, community: str | None = None
    ) -> pd.DataFrame:
        """How far each group of assumptions moves the difference, by itself and with what it goes together.

        All points of a trajectory have one seed, so that luck is in the moves only as far as another number
        brings other luck. How far another seed moves the difference is in the column ``luck``, from the
        replicates, to compare with.

        Returns
        -------
        DataFrame
            As of `cogov.analysis.sensitivity.screen_groups`, of the difference from the baseline.

        Raises
        ------
        StudyError
            If the study has no screening, or no run of it is there.
        """
        stored = self._stored
        place = community or next(iter(self.screenings), "")
        if place not in self.screenings:
            raise StudyError(
                f"{stored.folder}: nothing has been screened"
                + (f" in {place}" if place else "")
                + "; give the study again with robustness={draws: 256, screening: 10}"
            )
        mine, name, other = self.screenings[place], self._outcome(outcome), self.design(design)
        sides = [at_points(mine, [name], which)[name] for which in (stored.baseline, other)]
        plan, paths = mine.study.plan, list(mine.parameters)
        found = screen_groups((sides[1] - sides[0]).to_numpy(), plan.unit(paths), groups_of(paths))
        return found.assign(luck=self._luck(other, name, place))

    def _luck(self, design: str, outcome: str, community: str) -> float:
        """Mean size of the change of a difference from one seed to another, at the default values."""
        runs = self._stored.runs
        if self._stored.parameters:
            return float("nan")
        mine = runs[(runs["community"] == community) & (runs["status"] == "done")]
        table = mine.pivot(index="replicate", columns="design", values=outcome)
        each = (table[design] - table[self._stored.baseline]).dropna().to_numpy()
        pairs = np.abs(each[:, None] - each[None])[np.triu_indices(len(each), 1)]
        return float(pairs.mean()) if len(pairs) else float("nan")

    @cached_property
    def screenings(self) -> dict[str, OpenedStudy]:
        """The studies of screenings with runs, by community."""
        found = {}
        names = [str(community["name"]) for community in self._stored.config["communities"]]
        for name in names if self._stored.config.get("robustness") else ():
            folder = self._stored.folder / SCREENING / folder_name(name)
            if folder.is_dir():
                study = OpenedStudy(folder)
                if (study.runs["status"] == "done").any():
                    found[name] = study
        return found

    def differences(
        self, design: str | None = None, outcome: str | None = None, community: str | None = None
    ) -> tuple[pd.DataFrame, NDArray[np.float64]]:
        """Values of the assumptions at the draws, a column a path, and the differences from the baseline."""
        self._check()
        stored = self._stored
        chosen = self.design(design)
        place = community or next(iter(self.runs))
        if place not in self.runs:
            raise StudyError(unknown("community", place, list(self.runs), f"{stored.folder}: robustness"))
        runs = self.runs[place]
        paths = [str(column) for column in runs if "." in str(column)]
        return difference_at_draws(runs, self._outcome(outcome), stored.baseline, chosen, paths)

    def design(self, design: str | None = None) -> str:
        """The design that is asked of."""
        stored = self._stored
        others = [name for name in stored.designs if name != stored.baseline]
        chosen = one_design(design, stored.designs, stored.baseline, f"{stored.folder}: robustness")
        if chosen not in others:
            raise StudyError(unknown("design", chosen, others, f"{stored.folder}: robustness"))
        return chosen

    def _outcome(self, outcome: str | None) -> str:
        return self._stored.known_outcomes(outcome)[0]

    def _check(self) -> None:
        if not self.runs:
            raise StudyError(
                f"{self._stored.folder}: no assumption has been drawn; give the study again with"
                " robustness=256"
            )

"""A stored study as its report looks at it: what was planned, what is there, and what is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cogov import words
from cogov.analysis.arms import lay_out
from cogov.analysis.compare import STATISTICS, compare
from cogov.analysis.gains import gains
from cogov.errors import StudyError, unknown
from cogov.figures.means import value
from cogov.outcomes.measures import BY_GROUP
from cogov.report.verdicts import verdicts
from cogov.study.plan import SAMPLED

if TYPE_CHECKING:
    from cogov.rules import Design
    from cogov.study.stored import StoredStudy
    from cogov.study.study import Study

MOST_TESTED = 200
"""Arms beyond which differences are shown without intervals: adjusted for so many, nothing would be clear."""
GROUPS = ("run", "by", "group", "residents", *BY_GROUP)


@dataclass(frozen=True)
class Facts:
    """What sections of a report are made from.

    Attributes
    ----------
    stored : StoredStudy
    lang : str
    baseline : str
        The design that the others are compared with.
    """

    stored: StoredStudy
    lang: str
    baseline: str

    @classmethod
    def of(cls, stored: StoredStudy, lang: str, baseline: str | None) -> Facts:
        """Look at a study.

        Raises
        ------
        StudyError
            If it has no design of the baseline's name, or the language is unknown.
        """
        words.check_language(lang)
        chosen = baseline or stored.baseline
        if chosen not in stored.designs:
            raise StudyError(unknown("design", chosen, stored.designs, "baseline"))
        return cls(stored, lang, chosen)

    @property
    def study(self) -> Study:
        return self.stored.study

    @cached_property
    def arms(self) -> dict[str, Design]:
        """Designs by name, the baseline of comparison first."""
        found = {design.name: design for design in self.study.arms}
        return {self.baseline: found.pop(self.baseline), **found}

    @property
    def others(self) -> list[str]:
        return list(self.arms)[1:]

    @cached_property
    def names(self) -> dict[str, str]:
        """What designs and communities are called in the report's language."""
        if self.lang != "zh":
            return {}
        zh = {community.name: community.zh for community in self.study.communities}
        found = {name: shown for name, shown in {**zh, **self.stored.names(self.lang)}.items() if shown}
        shown = list(found.values())  # variants of a design keep its Chinese name
        return {name: zh if shown.count(zh) == 1 else f"{zh}（{name}）" for name, zh in found.items()}

    def called(self, name: str) -> str:
        return words.design(name, self.lang, self.names)

    @cached_property
    def parameters(self) -> list[str]:
        return [path.text for path in self.study.paths]

    @property
    def sampled(self) -> bool:
        """Whether the plan draws points from ranges."""
        return bool(self.parameters) and self.study.plan.kind in SAMPLED

    @cached_property
    def runs(self) -> pd.DataFrame:
        """All runs, failed ones too, those of the baseline first."""
        return self._ordered(self.stored.runs)

    @cached_property
    def done(self) -> pd.DataFrame:
        return self.runs[self.runs["status"] == "done"]

    def _ordered(self, frame: pd.DataFrame) -> pd.DataFrame:
        place = frame["design"].map({name: position for position, name in enumerate(self.arms)})
        return frame.iloc[np.argsort(place.to_numpy(dtype=int), kind="stable")].reset_index(drop=True)

    @cached_property
    def communities(self) -> list[str]:
        """Those with runs that are done, in the order of the study."""
        there = set(self.done["community"])
        return [community.name for community in self.study.communities if community.name in there]

    @cached_property
    def outcomes(self) -> list[str]:
        """Outcomes that the study names and some run has."""
        named = [name for name in self.study.outcomes if name in self.runs]
        return [name for name in named if self.done[name].notna().any()]

    @property
    def compared(self) -> bool:
        """Whether there is anything to compare."""
        there = set(self.done["design"])
        return bool(self.outcomes) and self.baseline in there and len(there) > 1

    @cached_property
    def settings(self) -> int:
        """Arms that are compared: other designs in every community at every combination of values."""
        arms = self.done[self.done["design"] != self.baseline]
        return len(arms[["community", *self.parameters, "design"]].drop_duplicates())

    @property
    def tested(self) -> bool:
        """Whether differences have intervals and p-values."""
        return self.settings <= MOST_TESTED

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """`cogov.analysis.compare` of the study's outcomes, with verdicts."""
        if not self.tested:
            return verdicts(self._differences(self.runs, self.outcomes))
        return verdicts(self.stored.compare(self.outcomes, self.baseline))

    def _differences(
        self, frame: pd.DataFrame, outcomes: Sequence[str], within: Sequence[str] = ()
    ) -> pd.DataFrame:
        """Mean paired differences as `compare` lays them out, without saying how sure they are."""
        arms = lay_out(frame, outcomes, self.baseline, self.parameters, within)
        base, other = arms.pairs()
        pairs = np.isfinite(base).sum(0)
        tables = []
        for position, outcome in enumerate(outcomes):
            table = arms.cells.assign(**dict.fromkeys(STATISTICS, np.nan))
            table.insert(0, "outcome", outcome)
            table["pairs"] = pairs[:, position]
            for name, values in (("baseline", base), ("mean", other), ("difference", other - base)):
                total = np.nansum(values[:, :, position], axis=0)
                table[name] = total / np.where(pairs[:, position] > 0, pairs[:, position], np.nan)
            tables.append(table)
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def point(self) -> dict[str, float | str]:
        """The first combination of values of the plan, as tables have it; empty if nothing varies."""
        first = self.study.points[0] if self.parameters else ()
        return {
            path: str(level).lower() if isinstance(level, bool) else level
            for path, level in zip(self.parameters, first, strict=True)
        }

    def at_point(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of the first combination of values (and of what does not have these parameters)."""
        chosen = np.ones(len(frame), dtype=bool)
        for path, level in self.point.items():
            chosen &= (frame[path].isna() | (frame[path] == level)).to_numpy()
        return frame[chosen]

    def there(self, community: str) -> bool:
        """Whether a run of the first combination of values is done in a community."""
        return not self.at_point(self.done[self.done["community"] == community]).empty

    def series(self, measures: Sequence[str], community: str) -> pd.DataFrame:
        """Weekly measures in one community at the first combination of values."""
        return self._ordered(self.stored.tables.series(measures, self._where(community), keys=True))

    def places(self, community: str, designs: Sequence[str]) -> pd.DataFrame:
        """Compounds of one community at the first combination of values, under some designs."""
        where = {**self._where(community), "design": list(designs)}
        return self._ordered(self.stored.tables.places(where=where, keys=True))

    def _where(self, community: str) -> dict[str, Any]:
        where: dict[str, Any] = {"community": community}
        for path, level in self.point.items():
            where[path] = [level, None] if self.runs[path].isna().any() else level
        return where

    def where_point(self) -> str:
        """The first combination of values as text; ``""`` if nothing varies."""
        return self.setting(self.point)

    def side(self, outcomes: Sequence[str]) -> pd.DataFrame:
        """Differences in further outcomes by community and design.

        At the first combination of values of the plan, with intervals; of a plan that draws its points, means
        over all of them without intervals.
        """
        there = [name for name in outcomes if name in self.runs and self.done[name].notna().any()]
        if not self.sampled:
            found = compare(self.at_point(self.runs), there, self.baseline, self.parameters)
            return found.drop(columns=self.parameters)
        return _averaged(self._differences(self.runs, there), ["outcome", "community", "design"])

    def groups(self, outcomes: Sequence[str]) -> pd.DataFrame:
        """Differences by group of people, as `side` has those of outcomes; may have no rows."""
        table = self.stored.groups
        if table.empty:
            return pd.DataFrame(columns=["outcome", "community", "design", "by", "group", "residents"])
        table = table[list(GROUPS)]
        if not self.sampled:
            runs = self.at_point(self.runs)
            return gains(runs, table, self.baseline, outcomes, self.parameters).drop(columns=self.parameters)
        about = ["run", "community", "status", "design", "replicate", *self.parameters]
        frame = self.done[about].merge(table, on="run")
        found = self._differences(frame, outcomes, ("by", "group"))
        keys = ["outcome", "community", "design", "by", "group"]
        people = frame.groupby(["community", "design", "by", "group"], sort=False)["residents"].mean()
        return _averaged(found, keys).join(people, on=keys[1:])

    def setting(self, row: Mapping[str, Any] | pd.Series) -> str:
        """Values of the parameters of a row, as text; ``""`` if it has none."""
        short = [path.rpartition(".")[2] for path in self.parameters]
        if len(set(short)) < len(short):
            short = [words.parameter(path, self.lang) for path in self.parameters]
        return words.say("comma", self.lang).join(
            f"{name} = {value(row[path])}"
            for name, path in zip(short, self.parameters, strict=True)
            if pd.notna(row[path])
        )


def _averaged(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Means over the combinations of values."""
    columns = {"pairs": "sum", **dict.fromkeys(("baseline", "mean", "difference"), "mean")}
    found = table.groupby(keys, sort=False, dropna=False).agg(columns).reset_index()
    return found.assign(low=np.nan, high=np.nan)

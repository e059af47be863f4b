"""A stored study as its report looks at it: what was planned, what is there, and what is compared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cogov import words
from cogov.analysis.compare import compare
from cogov.analysis.contrasts import MOST_LEVELS
from cogov.analysis.gains import STATISTICS, gains
from cogov.analysis.horizons import reached, read
from cogov.figures.means import value
from cogov.kit.errors import StudyError, unknown
from cogov.kit.typed import typed
from cogov.outcomes.measures import BY_GROUP, MEASURES, PAYERS
from cogov.study.attribution import stored_attributions
from cogov.study.plan import SAMPLED

if TYPE_CHECKING:
    from cogov.analysis.attribute import Attribution
    from cogov.analysis.pooled import Pooled
    from cogov.rules import Design
    from cogov.study.stored import StoredStudy
    from cogov.study.study import Study

MOST_BY_GROUP = 3
"""Measures by group that are looked at: satisfaction first, then those of the study."""
BY_PAYER = tuple(f"cost_{payer}" for payer in PAYERS)
"""What the hours of each payer are worth."""
IN_ALL = ("cost", "cost_money", *BY_PAYER)
MONEY = tuple(name for name in MEASURES if name.startswith("money_") and MEASURES[name].weekly)
BY_WHOM = (
    "hours_committee",
    "hours_office",
    "hours_departments",
    "hours_firm",
    "hours_posts",
    "hours_volunteers",
    "seat_hours",
)
PAID = ("money_paid", "hours_paid")
"""How far purses, and the hours of those who keep rules alive, went."""
FOR_WHAT = tuple(name for name in MEASURES if name.startswith("hours_") and name not in (*BY_WHOM, *PAID))
BILL = (*IN_ALL, *MONEY, *BY_WHOM, *FOR_WHAT, *PAID)
"""Measures that are on the bill of a design, and not among what it buys."""
SATISFYING = ("satisfaction_services", "satisfaction_issues", "satisfaction_works")
"""What satisfaction is the sum of, beside what is the same under every design."""
FAMILIES = "families"
"""What joins in an attribution if it is not mechanisms one by one."""
ARM = ("community", "design", "replicate")
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

    @property
    def question(self) -> str:
        """What the study asks, in the report's language as far as it says so."""
        return (self.lang == "zh" and self.study.question_zh) or self.study.question

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

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """`cogov.analysis.compare` of the study's outcomes, a row per outcome, design and setting."""
        return self.stored.compare(self.outcomes, self.baseline)

    @cached_property
    def horizons(self) -> pd.DataFrame:
        """Differences at times after adoption, at the first combination of values; empty if none is reached.

        Rows as of `cogov.analysis.compare`, with a column ``years``.
        """
        there = set(self.at_point(self.done)["design"])
        known = list(read(self.outcomes))
        if not known or self.baseline not in there or len(there) < 2:
            return pd.DataFrame()
        if not reached(self.study.weeks, int(self.point.get("reform_week", self.study.reform_week))):
            return pd.DataFrame()
        return self.stored.horizons(known, self.baseline, where=self._where())

    @cached_property
    def pool(self) -> Pooled | None:
        """All settings as one question; None if nothing varies."""
        return self.stored.pooled(self.outcomes, self.baseline) if self.parameters else None

    @cached_property
    def robust(self) -> pd.DataFrame | None:
        """Differences over draws of the assumptions; None if there are none."""
        drawn = self.stored.robustness
        there = all(self.baseline in set(runs["design"]) for runs in drawn.runs.values())
        return drawn.compare(self.outcomes, self.baseline) if drawn.runs and there else None

    @property
    def effects(self) -> pd.DataFrame:
        """What is found of each outcome and design in a community, over all settings."""
        return self.comparison if self.pool is None else self.pool.effects

    @cached_property
    def contrasts(self) -> dict[str, pd.DataFrame]:
        """Whether levels of a parameter differ, by its path; of parameters with few levels."""
        levels = {path: self.done[path].nunique() for path in self.parameters}
        few = [path for path, number in levels.items() if 2 <= number <= MOST_LEVELS and not self.sampled]
        return {path: self.stored.contrast(path, self.outcomes).whole for path in few}

    @cached_property
    def people(self) -> pd.DataFrame:
        """`cogov.analysis.gains` in satisfaction and those of the study's outcomes that are kept by group.

        Over all settings, if there are several; may have no rows.
        """
        named = [name for name in self.outcomes if name in BY_GROUP and name != "satisfaction"]
        groups = self._groups()
        if groups.empty:
            return pd.DataFrame(columns=["outcome", "community", "design", "by", "group", *STATISTICS])
        asked = ["satisfaction", *named][:MOST_BY_GROUP]
        return gains(
            self.one_setting, groups[list(GROUPS)], self.baseline, asked, matters=self.stored.matters
        )

    @cached_property
    def expenses(self) -> pd.DataFrame:
        """Differences in what is on the bill, over all settings, if there are several."""
        there = [name for name in BILL if name in self.runs and self.done[name].notna().any()]
        return compare(self.one_setting, there, self.baseline, matters=self.stored.matters)

    @cached_property
    def satisfying(self) -> pd.DataFrame:
        """Differences in what satisfaction is the sum of, over all settings, if there are several."""
        there = [name for name in SATISFYING if name in self.runs and self.done[name].notna().any()]
        return compare(self.one_setting, there, self.baseline, matters=self.stored.matters)

    def level(self, outcome: str, community: str, design: str) -> float:
        """Mean of an outcome under a design, whether or not the baseline has it; NaN if there is none."""
        if outcome not in self.done:
            return math.nan
        mine = self.done[(self.done["community"] == community) & (self.done["design"] == design)]
        return float(mine[outcome].mean())

    @cached_property
    def one_setting(self) -> pd.DataFrame:
        """Runs, averaged over settings in replicates that have all of them, if there are several."""
        if not self.parameters:
            return self.runs
        numbers = [name for name in self.runs if name in MEASURES]
        table = self.done.groupby(list(ARM), sort=False)
        found = table[numbers].mean().assign(settings=table.size(), status="done").reset_index()
        most = found.groupby(["community", "design"])["settings"].transform("max")
        found = found[found["settings"] == most]
        return found.assign(run=["/".join(map(str, key)) for key in found[list(ARM)].to_numpy().tolist()])

    def _groups(self) -> pd.DataFrame:
        """Groups of people of the runs of `one_setting`."""
        groups = self.stored.groups
        if groups.empty or not self.parameters:
            return groups
        by = self.done[["run", *ARM]].merge(groups[list(GROUPS)], on="run").drop(columns="run")
        by = by.groupby([*ARM, "by", "group"], sort=False).mean().reset_index()
        return self.one_setting[["run", *ARM]].merge(by, on=list(ARM)).drop(columns=list(ARM))

    @cached_property
    def attributions(self) -> dict[str, Attribution]:
        """What mechanisms contribute, where that has been worked out."""
        return stored_attributions(self.stored)

    def attribution(self, community: str, design: str) -> Attribution | None:
        """What the mechanisms of a design contribute in a community, if that has been worked out."""
        several = [community] if len(self.study.communities) > 1 else []
        for about in (several, [*several, FAMILIES]):
            found = self.attributions.get(f"{design} ({', '.join(about)})" if about else design)
            if found is not None:
                return found
        return None

    def attributed(self, key: str) -> str:
        """What the attribution of that key is of, in words."""
        design, _, rest = key.removesuffix(")").partition(" (")
        about = [
            words.say("families", self.lang) if part == FAMILIES else self.called(part)
            for part in filter(None, rest.split(", "))
        ]
        return words.say("comma", self.lang).join([self.called(design), *about])

    def command(self, verb: str, **settings: str) -> str:
        """What is typed to have something done with the study."""
        words_ = [f"{key}={typed(value)}" for key, value in settings.items()]
        return " ".join(["cogov", *verb.split(), typed(self.stored.folder), *words_])

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

    def _where(self, community: str | None = None) -> dict[str, Any]:
        where: dict[str, Any] = {} if community is None else {"community": community}
        for path, level in self.point.items():
            where[path] = [level, None] if self.runs[path].isna().any() else level
        return where

    def where_point(self) -> str:
        """The first combination of values as text; ``""`` if nothing varies."""
        return self.setting(self.point)

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

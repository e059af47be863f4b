"""What a study is asked to do: its keys, and what they come to by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.analysis.precision import Replicates
from cogov.community import Profile
from cogov.kit.fields import Parameters, param
from cogov.processes import Epidemic, Processes
from cogov.rules import Design
from cogov.run_in import RUN_IN, RUN_IN_DOC
from cogov.study.parameters import Levels
from cogov.study.plan import Plan
from cogov.study.robustness import Robustness

OUTCOMES = (
    "resolution_rate",
    "weeks_to_resolve",
    "satisfaction",
    "trust_committee",
    "participation",
    "needs_met",
    "unit_engagement",
    "lifts_built",
    "cost",
)
TRAJECTORIES = (
    "satisfaction",
    "trust_committee",
    "participation",
    "open",
    "unit_engagement",
    "fee_collection",
)


@dataclass(frozen=True, kw_only=True)
class Asked(Parameters):
    """The keys of a study; see `cogov.Study`."""

    name: str = param("study", doc="name of the study, and of its folder")
    question: str = param("", doc="what it asks, for its report")
    question_zh: str = param("", doc="the same in Chinese, for its report in Chinese")
    communities: tuple[Profile, ...] = param(doc="names, tables or profiles")
    designs: tuple[Design, ...] = param(doc="names, files or designs; the baseline is run in any case")
    baseline: Design = param("line_hierarchy", doc="design of the first weeks, and of comparison")
    parameters: dict[str, Levels] = param(None, doc="levels by path into the configuration of a run")
    plan: Plan = param("grid", doc="how levels are combined")
    replicates: int | Replicates = param(
        8, low=1, high=1_000_000, doc="runs of each condition, or a precision"
    )
    robustness: Robustness | None = param(None, doc="draws of the assumptions; none: default values only")
    seed: int = param(7, low=0, high=2**62, doc="seed of the first replicate; the next has the next")
    weeks: int = param(
        182, low=1, high=5200, unit="weeks", doc="recorded weeks of a run, those under the baseline included"
    )
    reform_week: int = param(26, low=0, high=5200, unit="weeks", doc="week in which a design is adopted")
    run_in: int = param(RUN_IN, low=0, high=5200, unit="weeks", doc=RUN_IN_DOC)
    processes: Processes = param(Processes(), doc="parameters of the ten processes")
    shocks: tuple[Epidemic, ...] = param((), doc="what comes from outside")
    outcomes: tuple[str, ...] = param(OUTCOMES, doc="outcomes compared unless others are asked for")
    trajectories: tuple[str, ...] = param(TRAJECTORIES, doc="weekly measures drawn")
    matters: dict[str, float] = param(
        None, doc="smallest differences that matter by outcome, in place of the measures' own"
    )
    places: bool = param(False, doc="whether outcomes by compound are kept too")

    @property
    def arms(self) -> tuple[Design, ...]:
        """The baseline and then the other designs, as given."""
        return (self.baseline, *(design for design in self.designs if design.name != self.baseline.name))

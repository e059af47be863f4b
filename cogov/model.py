"""The model: holds the state, adopts designs, runs the week."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

import mesa
import numpy as np

from cogov.agents import Committee, Department, JointUnit, OwnersCommittee, Population, PropertyFirm, Resident
from cogov.community import Community, Profile
from cogov.kit.errors import ConfigError
from cogov.kit.streams import Streams
from cogov.outcomes import WEEKLY, Record
from cogov.processes import Epidemic, Processes
from cogov.processes.aid import help_cohort
from cogov.processes.begin import begin
from cogov.processes.books import hand_over
from cogov.processes.fees import collect_fees, staff_firms
from cogov.processes.fill import fill_posts, keep_found
from cogov.processes.model_state import ModelState
from cogov.processes.secretaries import set_committee_skill
from cogov.processes.visits import begin_practices
from cogov.processes.week import PROCESSES, processes_of
from cogov.rules import Design
from cogov.rules.institutions import Institutions
from cogov.rules.shipped import load_design
from cogov.run import Run
from cogov.run_in import RUN_IN, live_in
from cogov.state.channels import Channels
from cogov.state.tables import Homes, opened
from cogov.terms import COHORTS
from cogov.trace import Trace

COLLECTED = (
    "satisfaction",
    "trust_committee",
    "trust_firm",
    "trust_neighbours",
    "belonging",
    "participation",
    "arrived",
    "resolved",
    "open",
    "unit_engagement",
    "fee_collection",
)
"""Weekly measures that the model's own Mesa ``DataCollector`` holds."""


class GovernanceModel(ModelState, mesa.Model):  # type: ignore[misc]
    """A community under a governance design, week by week.

    Parameters
    ----------
    community : str, Profile or Community
        Name of a profile (or path of a compound table), a profile, or a community built from one.
        Nothing is written into a community: many models may begin from one.
    design : str or Design
        The design under study, adopted at ``reform_week``.
    rng : int, optional
        Seed; None takes one from the operating system. The same seed gives the same community, the same
        problems and the same bad luck.
    weeks : int
        Weeks the record is laid out for; ``running`` ends there. Default 26 + 156.
    reform_week : int
        Recorded weeks under the baseline before the design is adopted.
    baseline : str or Design
        The design before the reform.
    timeline : mapping of week to design, optional
        Further designs, adopted after that week; 0 is the start.
    processes : Processes or mapping, optional
        Parameters of the processes.
    shocks : sequence of Epidemic
        From the first week of the first one the model has a ``twin``.
    run_in : int
        Most weeks of run-in under the baseline (`cogov.run_in`), lived before the model is handed out.
    trace : Trace, optional
        What is to be followed from the start of the record on; no result depends on it.

    Attributes
    ----------
    week : int
        The week under way, or the last one run, the run-in included: the clock of all processes.
    start : int
        Weeks of the run-in. All that is given or comes out by week (``reform_week``, record) counts from it.
    run_in : Record or None
        The weeks of the run-in, which no outcome counts; None without one.
    unsettled : dict of str to float
        Levels that still moved at the end of the run-in, and by how much in a year; empty if all stood still.
    settings : Run
        Everything that determines the run, as one value.
    residents : Population
        Columns, and agents over them.
    record : Record
    institutions : Institutions
        The rules in force, laid over the community.
    issues : Issues
        Latent and open issues.
    trace : Trace or None
        Events of what is followed.
    twin : GovernanceModel or None
        The same model without its shocks, run along from the week of the first one on: what a shock did is
        the difference. None before, and where there is no shock.

    Raises
    ------
    CogovError
        If anything given cannot be used.
    """

    residents: Population

    def __init__(
        self,
        community: str | Path | Profile | Community = "small",
        design: str | Path | Design = "line_hierarchy",
        *,
        rng: int | None = 7,
        weeks: int = 182,
        reform_week: int = 26,
        baseline: str | Design = "line_hierarchy",
        timeline: Mapping[int, str | Design] | None = None,
        processes: Processes | Mapping[str, Any] | None = None,
        shocks: Sequence[Epidemic] = (),
        run_in: int = RUN_IN,
        trace: Trace | None = None,
    ) -> None:
        if rng is None:  # as Mesa has it: a seed from the operating system
            rng = int(np.random.SeedSequence().generate_state(1)[0])
        if isinstance(rng, bool) or not isinstance(rng, (int, np.integer)) or rng < 0:
            raise ConfigError(f"rng = {rng!r}: must be a whole number of at least 0")
        self.settings = run = Run.of(
            community=community,
            design=design,
            baseline=baseline,
            timeline=timeline or {},
            processes=processes or {},
            shocks=shocks,
            seed=int(rng),
            weeks=weeks,
            reform_week=reform_week,
            run_in=run_in,
        )
        super().__init__(rng=run.seed)
        self.parameters, self.shocks, self.week, self.start = run.processes, (), 0, 0
        self.twin: Self | None = None
        self.run_in: Record | None = None
        self.trace: Trace | None = None
        self.unsettled: dict[str, float] = {}
        self.streams = Streams(run.seed)
        self.community = run.built()
        self.places = self.community.places
        self.residents = Population(self, opened(self.community.residents))
        self.ties, self.homes = opened(self.community.ties), Homes.of(self.places)
        self.units, self.firms = opened(self.community.units), opened(self.community.firms)
        begin(self)
        self._organisations()
        self.seconds = dict.fromkeys((process.__name__ for process in PROCESSES), 0.0)
        for cohort in range(COHORTS):
            help_cohort(self, cohort)
        self.adopt(run.baseline if run.run_in else run.adopted()[0])
        collect_fees(self)
        # A subclass may put its own in its place, and then collects itself.
        self.datacollector = self._collector = mesa.DataCollector(
            model_reporters={name: partial(latest, place=WEEKLY.index(name)) for name in COLLECTED}
        )
        self._set_out(run)
        if trace is not None:
            self.follow(trace)

    def follow(self, trace: Trace) -> Trace:
        """Follow issues from now on, in place of what was followed before; returns the trace under way."""
        self.trace = trace.begin(self)
        return self.trace

    @classmethod
    def of(cls, run: Run) -> Self:
        """The model of a run; the last run-in is kept for runs that differ in what comes after it only."""
        kept = _KEPT.get(cls)
        if kept is None or not kept.settings.same_run_in(run):
            _KEPT.clear()  # before the next is there: one at a time
            rest = ("weeks", "reform_week", "baseline", "timeline", "processes", "shocks", "run_in")
            kept = cls(run.community, run.design, rng=run.seed, **{name: getattr(run, name) for name in rest})
            if not run.run_in:
                return kept
            _KEPT[cls] = kept
        model = kept._copied()
        model._set_out(run)
        return model

    def _set_out(self, run: Run) -> None:
        """Come to the start of a run's record."""
        for entry in run.adopted().values():  # a design that does not fit fails now
            Institutions(entry, self.community, self.world.needs, self.homes.firm)
        if run.run_in and not self.start:
            self.unsettled = live_in(self, self.live, run.run_in)
            self.run_in, self.start = self.record, self.week
        self.settings = run
        self.design, self.baseline, self.timeline = run.design, run.baseline, run.timeline
        self.last_week, self.reform_week = run.weeks, run.reform_week
        self.struck = min((shock.week for shock in run.shocks), default=0)
        self.shocks = tuple(shock.after(self.start) for shock in run.shocks)
        self.world.begin(self.start, self.shocks)
        self.record = Record(self.community, run.weeks, run.reform_week)
        self.seconds = dict.fromkeys((process.__name__ for process in PROCESSES), 0.0)
        self._planned = run.adopted()
        if not run.run_in or self._planned[0].mechanisms == run.baseline.mechanisms:
            del self._planned[0]  # it is in force

    def __repr__(self) -> str:
        """Where it stands, in one line."""
        return (
            f"<{type(self).__name__} {self.community.name}, seed {self.community.seed}:"
            f" week {self.week - self.start} of {self.last_week}, under {self.institutions.design.name},"
            f" {len(self.residents):,} residents>"
        )

    @property
    def datacollector(self) -> mesa.DataCollector:
        """Mesa's collector: the model's own, which it calls every week, or one that was put in its place.

        A collector with reporters for `Resident` or `PartyMember` finds agents: if none has been asked for
        yet, putting it here makes those over all rows, once.
        """
        return self._datacollector

    @datacollector.setter
    def datacollector(self, collector: mesa.DataCollector) -> None:
        self._datacollector = collector
        wanted = any(issubclass(kind, Resident) for kind in collector.agenttype_reporters or ())
        if wanted and not self.residents.made:
            self.residents.agents()

    def _organisations(self) -> None:
        """Make the Mesa agents of all organisations."""
        community = self.community
        self.neighbourhood_committees = Committee.over(self, community.committees)
        self.property_firms = PropertyFirm.over(self, self.firms)
        self.joint_units = JointUnit.over(self, self.units)
        self.owners_committees = OwnersCommittee.over(self, community.owners_committees)
        self.departments = Department.over(self, community.departments)

    def adopt(self, design: str | Design) -> None:
        """Put a design in force, from the next week on, in the twin too; people, issues and promises stay.

        Raises
        ------
        DesignError
            If the design does not fit this community.
        """
        if self.twin is not None:
            self.twin.adopt(design)
        laid = Institutions(
            design if isinstance(design, Design) else load_design(design),
            self.community,
            self.world.needs,
            self.homes.firm,
        )
        if self.week:
            self.issues.carry_refusals(self.institutions.council_names, laid.council_names)
            laid.go_on(self.institutions, self.week - self.adopted)
        self.institutions: Institutions = laid
        self.adopted = self.week
        self.purses.adopt(self.institutions.purses)
        given = self.parameters.participate.given
        self.volunteers.look_at(self.residents, self.places, given, *self.institutions.pools())
        keep_found(self)
        staff_firms(self)
        set_committee_skill(self)
        begin_practices(self)
        fill_posts(self)
        hand_over(self)

    def step(self) -> None:
        """One week: the processes in their order (`cogov.processes.week`); the twin's week after it."""
        week = self.week - self.start
        if week + 1 == self.struck:
            self.twin = self._without_shocks()
        if week in self._planned:
            self.adopt(self._planned.pop(week))
        self.live()
        if self.datacollector is self._collector:
            self.datacollector.collect(self)
        if self.twin is not None:  # Mesa's clock drives the model, and the model its twin
            self.twin.time, self.twin.steps = self.time, self.steps
            type(self).step(self.twin)
        if week + 1 >= self.last_week:
            self.running = False

    def live(self) -> None:
        """Let the processes of the next week take place, and nothing else."""
        self.week += 1
        for process in processes_of(self.week):
            began = time.perf_counter()
            process(self)
            self.seconds[process.__name__] += time.perf_counter() - began
            if self.trace:
                self.trace.look(process.__name__)

    def keep_channels(self) -> Channels:
        """Begin to keep account of by what satisfaction, trust and belonging move; changes nothing else."""
        appraise, bond = self.parameters.appraise, self.parameters.bond
        references = {
            "trust_committee": appraise.indifference,
            "trust_firm": appraise.indifference,
            "trust_neighbours": bond.trust_stranger,
            "belonging": bond.belonging_stranger,
        }
        self.channels = Channels(self.residents, self.domains, self.world.personal.cell, references)
        return self.channels

    def _copied(self) -> Self:
        """A copy, which shares the columns of the community: each stands for its own copy."""
        return copy.deepcopy(self, {id(column): column for column in self.community.columns()})

    def _without_shocks(self) -> Self:
        """A copy that no shock strikes. Draws are addressed, not consumed: it goes on as if it had run so."""
        try:
            twin = self._copied()
        except TypeError as error:
            raise ConfigError(
                f"{type(self).__name__}: has something that cannot be copied, which the twin without the"
                f" shocks needs ({error}); keep it outside of the model, or give the class a __deepcopy__"
            ) from error
        twin.shocks, twin.world = (), twin.world.without_shocks()
        twin.struck = 0
        twin._planned = {}  # it adopts what this one adopts
        return twin

    def outcomes(self) -> dict[str, float]:
        """What the run has come to so far: see ``cogov.outcomes.MEASURES``."""
        if self.twin is None:
            return self.record.outcomes()
        return self.record.outcomes(self.twin.record, self.struck)


def latest(model: GovernanceModel, place: int) -> float:
    """What was recorded last of the weekly measure at that place."""
    return float(model.record.series[model.record.weeks - 1, place])


_KEPT: dict[type[GovernanceModel], GovernanceModel] = {}
"""The last model at the end of its run-in, by class; at most one."""

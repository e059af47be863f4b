"""Births (问题来源): problems and needs that come from outside, the same under every design."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.fields import Parameters, param
from cogov.kit.runs import runs
from cogov.kit.streams import Poisson, Streams, exponential_of
from cogov.processes.ahead import Ahead
from cogov.processes.needs import NeedHours, PersonalNeeds
from cogov.processes.shocks import Epidemic, shock_factor
from cogov.rules.kinds import PUBLIC, marked
from cogov.rules.seats import priorities
from cogov.state.causes import Breeding
from cogov.state.issues import FATES, Births
from cogov.terms import YEAR, Kind, Level, Line


@dataclass(frozen=True, kw_only=True)
class IssueType(Parameters):
    """What issues of one kind are like."""

    rate: float = param(
        low=0,
        unit="1/(household x year)",
        doc="births at average exposure, causes and firm quality",
        plausible=(0.5, 2),
    )
    affected: float = param(low=1, unit="households", doc="households affected, mean", plausible=(0.6, 1.6))
    work: float = param(low=0.1, unit="h", doc="work it takes, mean", plausible=(0.6, 1.6))
    urgency: float = param(low=0.01, high=1, doc="how badly it presses, mean", plausible=(0.75, 1.3))
    visibility: float = param(
        low=0, high=1, doc="chance that an observer who comes by sees it", plausible=(0.6, 1.5)
    )
    levels: tuple[float, ...] = param(
        low=0, high=1, length=(6, 6), doc="chance that authority lies with each level, building first"
    )
    departments: float = param(low=0, high=3, doc="departments it needs, mean", plausible=(0.6, 1.6))
    lines: tuple[str, ...] = param(
        ("urban_management",), choices=Line.labels(), length=(1, 3), doc="departments it may need"
    )
    resource: float = param(
        low=0,
        high=1,
        doc="chance that it needs a unit's resource",
        source="assumed: of public space nearly all, since it takes ground, rooms, hands or skill that"
        " offices lack; of renewal half, whose money and permits are the departments'",
        plausible=(0.75, 1.2),
    )
    elders: float = param(
        low=0,
        high=3,
        doc="how much a share of old people above 0.25 raises the rate",
        plausible=(0.3, 2),
    )
    children: float = param(
        low=0, high=3, doc="how much a share of children above 0.09 raises the rate", plausible=(0.3, 2)
    )
    firm: float = param(
        low=0,
        high=1,
        doc="how much a property firm's quality lowers the rate",
        plausible=(0.5, 1.5),
    )
    settle: float = param(
        low=0,
        high=1,
        doc="how much it lowers the rate that neighbours know and trust each other",
        plausible=(0.3, 1.6),
    )


def _type(levels: dict[Level, float], **values: Any) -> Any:
    shares = tuple(float(levels.get(level, 0.0)) for level in Level)
    none = dict.fromkeys(("departments", "resource", "elders", "children", "firm", "settle"), 0.0)
    return param(IssueType(levels=shares, **{**none, **values}), doc="issues of this kind")


C, N, S, D = Level.COMPOUND, Level.NEIGHBOURHOOD, Level.SUBDISTRICT, Level.DISTRICT


@dataclass(frozen=True, kw_only=True)
class Arise(NeedHours):
    """Births of issues and service needs.

    Rates are assumed so that a baseline subdistrict sees some 0.7 issues per household and year, of which
    the hotline gets a number of orders per 1,000 households between those of 2016 and 2023 (facts).
    """

    repair: IssueType = _type(
        {C: 0.93, S: 0.05, D: 0.02},
        rate=0.20,
        affected=3,
        work=5,
        urgency=0.5,
        visibility=0.3,
        departments=0.05,
        lines=("housing",),
        firm=0.35,
    )
    sanitation: IssueType = _type(
        {C: 0.55, N: 0.3, S: 0.15},
        rate=0.13,
        affected=10,
        work=4,
        urgency=0.4,
        visibility=0.8,
        departments=0.25,
        lines=("urban_management",),
    )
    dispute: IssueType = _type(
        {N: 0.8, S: 0.2},
        rate=0.052,
        affected=2,
        work=6,
        urgency=0.5,
        visibility=0.15,
        departments=0.05,
        lines=("public_security",),
        settle=0.5,
    )
    safety: IssueType = _type(
        {C: 0.35, N: 0.2, S: 0.4, D: 0.05},
        rate=0.06,
        affected=8,
        work=6,
        urgency=0.7,
        visibility=0.4,
        departments=0.7,
        lines=("emergency_management", "public_security", "housing"),
    )
    public_space: IssueType = _type(
        {N: 1.0},
        rate=0.005,
        affected=35,
        work=20,
        urgency=0.35,
        visibility=0.6,
        departments=0.3,
        lines=("urban_management", "civil_affairs"),
        resource=0.9,
        children=1.0,
    )
    property_conflict: IssueType = _type(
        {N: 0.35, S: 0.65},
        rate=0.07,
        affected=12,
        work=8,
        urgency=0.5,
        visibility=0.2,
        departments=0.5,
        lines=("housing",),
        firm=0.6,
    )
    renewal: IssueType = _type(
        {S: 0.9, D: 0.1},
        rate=0.003,
        affected=25,
        work=30,
        urgency=0.35,
        visibility=0.4,
        departments=1.2,
        lines=("housing", "urban_management", "emergency_management"),
        resource=0.5,
    )
    emergency: IssueType = _type(
        {N: 0.75, S: 0.25},
        rate=0.05,
        affected=2,
        work=3,
        urgency=1.0,
        visibility=0.3,
        departments=0.3,
        lines=("emergency_management", "civil_affairs"),
        elders=1.5,
    )
    causes: Breeding = param(Breeding(), doc="lasting states of compounds that breed issues")
    department_work: float = param(
        3.0, low=0, unit="h", doc="hours of one department's part, mean", plausible=(1.5, 6)
    )
    resource_hours: float = param(
        12.0, low=0, unit="h", doc="unit hours an issue needs, mean", plausible=(6, 24)
    )

    def types(self) -> tuple[IssueType, ...]:
        """The issue types in the order of ``Kind``."""
        return tuple(getattr(self, kind.label) for kind in Kind)


def parts_below(ends: NDArray[np.float64], number: NDArray[np.floating]) -> NDArray[np.int8]:
    """Which part of [0, 1) each number is in, of those that end at ``ends``, shape (parts, numbers)."""
    return (number > ends[:-1]).view(np.int8).sum(0, dtype=np.int8)  # what is beyond the last is in it


IS_PUBLIC = marked(PUBLIC)
"""By kind: whether issues are above compound scale and need a council's agreement."""


class World(Ahead[Births]):
    """The exogenous births of one seed: what happens whatever institutions do.

    Parameters
    ----------
    community : Community
    parameters : Arise
    streams : Streams
    shocks : sequence of Epidemic
    """

    def __init__(
        self, community: Community, parameters: Arise, streams: Streams, shocks: Sequence[Epidemic] = ()
    ) -> None:
        self.community, self.parameters, self.streams, self.shocks = (
            community,
            parameters,
            streams,
            tuple(shocks),
        )
        self.start = 0
        places = community.places
        self.types = parameters.types()
        self.households = places.households_by_compound
        elders = places.compounds.elder_share.astype(float) - 0.25
        children = places.compounds.child_share.astype(float) - 0.09
        self.rates = np.array(
            [
                kind.rate
                / YEAR
                * self.households
                * places.compounds.exposure
                * (1 + kind.elders * elders).clip(0.2)
                * (1 + kind.children * children).clip(0.2)
                * (1 + kind.firm)
                * (1 + kind.settle)
                * rise
                for kind, rise in zip(self.types, parameters.causes.rise(), strict=True)
            ]
        )
        self._calm = Poisson(self.rates)
        self.personal = PersonalNeeds.of(community, parameters)
        self.needs = self.personal.of_compound
        self._table = {
            name: np.array([getattr(kind, name) for kind in self.types])
            for name in (
                "affected",
                "work",
                "urgency",
                "departments",
                "resource",
                "firm",
                "settle",
                "visibility",
            )
        }
        self.settled = self._table["settle"] > 0
        # Where the part of each level, or field, ends in [0, 1): a row for each of them.
        self._levels = np.cumsum(
            [np.array(kind.levels) / max(sum(kind.levels), 1e-12) for kind in self.types], axis=1
        ).T.copy()
        about = priorities(self.needs, self.households)
        self._fields = np.cumsum(about / about.sum(1, keepdims=True).clip(1e-12), axis=1).T.copy()
        self._lines = np.array(
            [[Line[kind.lines[i % len(kind.lines)].upper()] for i in range(3)] for kind in self.types]
        )
        self.visibility = self._table["visibility"]
        self._cells = np.indices(self.rates.shape).reshape(2, -1)

    def births(self, week: int) -> Births:
        """All issues of a week with every cause at its worst, before firms or neighbours prevent any.

        Returns
        -------
        Births
            One row per issue. Depends on seed, community, shocks and week only.
        """
        return self._in_week(week)

    def without_shocks(self) -> World:
        """The same world as it is when nothing strikes it."""
        calm = copy.copy(self)
        calm.begin(self.start)
        return calm

    def begin(self, start: int, shocks: Sequence[Epidemic] = ()) -> None:
        """Have the week after ``start`` be the first of the births' own count, and these shocks strike.

        The births of a recorded week are the same however long the run-in before it was; a run-in has births
        of its own (``start`` far below 0).
        """
        self.start, self.shocks = start, tuple(shocks)
        self._forget()  # it has the old ones in it

    def _of_weeks(self, weeks: range) -> list[Births]:
        drawn = [self._draw(week) for week in weeks]
        kind, compound, u, e = (np.concatenate(parts) for parts in zip(*drawn, strict=True))
        e = exponential_of(e).astype(np.float32)
        sizes = [len(kinds) for kinds, *_ in drawn]
        week = np.repeat(np.array(weeks, dtype=np.int64), sizes)
        serial = np.concatenate([np.arange(size) for size in sizes])
        born = Births.of(self._work_out(kind, compound, u, e) | {"id": week * 2**32 + serial, "born": week})
        return [born.part(of) for of in runs(sizes)]

    def _draw(self, week: int) -> tuple[NDArray[Any], ...]:
        """What is random in a week: kinds and compounds of the births, and uniform numbers of two sorts."""
        factor, address = shock_factor(self.shocks, week), week - self.start
        law = self._calm if factor == 1 else self._struck(factor)
        counts = law.draw(self.streams.generator("arise/counts", address))
        kind, compound = (np.repeat(index, counts.ravel()) for index in self._cells)
        # Two generators, and emergencies last: those that a shock adds leave every other issue as it is.
        u = self.streams.generator("arise/issues", address).random((len(kind), 10), dtype=np.float32)
        fates = self.streams.generator("arise/fates", address).random((len(kind), len(FATES) + 7))
        return kind, compound, u, fates

    def _struck(self, factor: float) -> Poisson:
        """How many issues are born when emergencies are so many times as frequent."""
        rates = self.rates.copy()
        rates[Kind.EMERGENCY] *= factor
        return Poisson(rates)

    def _work_out(
        self, kind: NDArray[Any], compound: NDArray[Any], u: NDArray[Any], e: NDArray[Any]
    ) -> dict[str, NDArray[Any]]:
        """What the random numbers mean: the columns of issues but for ``id`` and ``born``."""
        table = {name: values[kind] for name, values in self._table.items()}
        places = self.community.places
        first, n_households = places.compound_households[compound], self.households[compound]
        origin = first + (u[:, 0] * n_households).astype(np.int64).clip(max=n_households - 1)
        size = (1 + (table["affected"] - 1) * e[:, -1]).round().astype(np.int64).clip(1, n_households)
        start = (origin - size // 2).clip(first, first + n_households - size)
        needed = table["departments"][:, None] > 3 * u[:, 1:4]
        needs_resource = u[:, 4] < table["resource"]
        field = parts_below(self._fields.take(compound, axis=1), u[:, 5])
        task = table["work"] * (0.5 + 0.5 * e[:, -2])
        cause, root = self.parameters.causes.bred_by(kind, u[:, 9])
        born = {
            "kind": kind,
            "level": parts_below(self._levels.take(kind, axis=1), u[:, 6]),
            "field": np.where(needs_resource | IS_PUBLIC[kind], field, -1),
            "building": np.searchsorted(places.building_households, origin, side="right") - 1,
            "compound": compound,
            "household": start,
            "households": size,
            "row0": places.household_rows[start],
            "row1": places.household_rows[start + size],
            "urgency": (table["urgency"] * (0.6 + 0.8 * u[:, 7])).clip(0.01, 1),
            "work": task,
            "task": task,
            "resource": np.where(needs_resource, self.parameters.resource_hours * (0.5 + 0.5 * e[:, -3]), 0),
            "line": np.where(needed, self._lines[kind], -1),
            "wait": e[:, -6:-3],
            "firm": u[:, 8],
            "cause": cause,
            "root": root,
            "share": np.where(needed, self.parameters.department_work * (0.5 + 0.5 * e[:, -7, None]), 0),
        }
        return born | {fate: e[:, index] for index, fate in enumerate(FATES)}

    def prevented(
        self,
        born: Births,
        quality: NDArray[np.floating[Any]],
        terms: NDArray[np.floating[Any]],
    ) -> NDArray[np.bool_]:
        """Which births a good property firm prevents, or neighbours who are on good terms.

        Thinning of a stream drawn at the highest rate: a birth stands if its own number is below the product
        of (1 + effect x (1 - 2 level)) / (1 + effect) over both; at levels of 0.5 the rate is the stated one.

        Parameters
        ----------
        quality : ndarray, shape (compounds,)
            Quality of the firm that serves each compound, in [0, 1].
        terms : ndarray, shape (births,)
            On how good terms those affected are with their neighbours, in [0, 1].
        """
        firm, settle = (self._table[name][born["kind"]] for name in ("firm", "settle"))
        bound = (1 + firm * (1 - 2 * quality[born["compound"]])) * (1 + settle * (1 - 2 * terms))
        return np.asarray(born["firm"] * (1 + firm) * (1 + settle) >= bound)

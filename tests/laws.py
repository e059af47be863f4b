"""What is true of every week of every run: conservation, bounds, sound people and problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cogov import model as model_module
from cogov.community import Ties
from cogov.model import GovernanceModel
from cogov.outcomes import BY_COMPOUND, MEASURES, WEEKLY
from cogov.processes.fill import hours_there
from cogov.processes.week import processes_of
from cogov.rules.kinds import SOURCES
from cogov.state.issues import State
from cogov.state.purses import USES
from cogov.terms import ADULT, QUARTER, Age

LITTLE = 1e-6
LEVELS = ("trust_committee", "trust_firm", "trust_neighbours", "satisfaction", "belonging")
PARTS = ("satisfaction_issues", "satisfaction_works")
"""What can take from satisfaction."""
SIGNED = np.isin(WEEKLY, PARTS)
BOUNDED = [MEASURES[name].unit in ("share", "0-1") for name in WEEKLY]


class Watch:
    """Looks at a model after every process of the week and at the end of it."""

    def __init__(self) -> None:
        self.given = self.seated = self.promised = np.zeros(0)
        self.lifts = np.zeros(0, dtype=bool)
        self.ids: set[int] = set()
        self.model: GovernanceModel | None = None

    def week(self, number: int) -> tuple[Callable[[GovernanceModel], None], ...]:
        """A week with a look after each process."""

        def looking(process: Callable[[GovernanceModel], None]) -> Callable[[GovernanceModel], None]:
            def look(model: GovernanceModel) -> None:
                process(model)
                self.model = self.model or model
                if model is not self.model:  # its twin without the shock
                    return
                hours_are_there(model)
                getattr(self, f"after_{process.__name__}", lambda model: None)(model)

            look.__name__ = process.__name__
            return look

        return tuple(looking(process) for process in processes_of(number))

    def after_arise(self, model: GovernanceModel) -> None:
        born = model.issues.id[model.issues.born == model.week].tolist()
        assert len(set(born)) == len(born)
        assert not self.ids & set(born)
        self.ids |= set(born)
        volunteers_hours_are_there(model)  # as the week opens: during it people come and go

    def after_deliberate(self, model: GovernanceModel) -> None:
        offers = model.offers
        self.given, self.seated, self.promised = (
            offers.given.copy(),
            offers.seated.copy(),
            offers.promised.copy(),
        )

    def after_match(self, model: GovernanceModel) -> None:
        """Units keep promises first; beyond them they give what they offer less the hours of their seats."""
        offers = model.offers
        offered, kept = offers.weekly.sum(1), (self.promised - offers.promised).sum(1)
        assert np.all(offers.given - self.given <= np.maximum(offered - self.seated, kept) + LITTLE)
        assert np.all((kept >= 0) & (kept <= offered + LITTLE))
        assert np.all(offers.promised >= 0)

    def at_the_end_of_the_week(self, model: GovernanceModel) -> None:
        record = model.record
        assert record.weeks == model.week
        issues_are_conserved(model)
        tasks_are_conserved(model)
        money_is_there(model)
        people_are_sound(model)
        issues_are_sound(model)
        week = record.series[model.week - 1]
        assert np.isfinite(week).all()
        assert np.isfinite(record.places[model.week - 1]).all()
        assert np.all(week[~SIGNED] >= -LITTLE)
        assert np.all(week[SIGNED] >= -1 - LITTLE)
        assert np.all(week[BOUNDED] <= 1 + LITTLE)
        lifts = model.homes.has_lift
        assert len(self.lifts) == 0 or np.all(lifts >= self.lifts)  # nobody takes one out again
        self.lifts = lifts.copy()


def hours_are_there(model: GovernanceModel) -> None:
    """No post works more than it has, and every hour gone was spent on something."""
    ledger = model.institutions.ledger
    assert np.all(ledger.available >= 0)
    assert np.all(ledger.left >= 0)
    assert np.all(ledger.left <= ledger.available)
    assert all(np.all(hours >= 0) for hours in ledger.spent.values())
    spent = sum(ledger.spent.values(), np.zeros(len(ledger.left)))
    assert np.all(np.abs(spent - (ledger.available - ledger.left)) <= LITTLE)
    assert np.all(model.tally.hours_by_line <= model.community.departments.hours + 1e-3)


def volunteers_hours_are_there(model: GovernanceModel) -> None:
    """Posts filled by volunteers have no more hours than residents, and people of units by day, give."""
    institutions = model.institutions
    pools = {laid.rule.post for laid in institutions.boundaries.values() if laid.rule.pools != ("staff",)}
    hours = sum(
        float(institutions.ledger.available[institutions.posts.at(post)].sum())
        for post in pools | {"volunteers"}
    )
    assert hours <= float(hours_there(model).sum()) + LITTLE


def issues_are_conserved(model: GovernanceModel) -> None:
    """Whatever arrived is latent, open, resolved or lost: in all, and in every compound."""
    record = model.record
    week = dict(zip(WEEKLY, record.series[record.weeks - 1], strict=True))
    so_far = dict(zip(WEEKLY, record.series[: record.weeks].sum(0), strict=True))
    assert so_far["arrived"] == week["latent"] + week["open"] + so_far["resolved"] + so_far["lost"]
    assert so_far["noticed"] == so_far["arrived"] - week["latent"]
    there = dict(zip(BY_COMPOUND, record.places[record.weeks - 1], strict=True))
    total = dict(zip(BY_COMPOUND, record.places[: record.weeks].sum(0), strict=True))
    assert np.array_equal(
        total["arrived"], there["latent"] + there["open"] + total["resolved"] + total["lost"]
    )
    for name in ("arrived", "noticed", "resolved", "lost", "in_norm", "latent", "open"):
        assert there[name].sum() == week[name]
    assert record.durations[: record.weeks].sum() == so_far["resolved"]


def tasks_are_conserved(model: GovernanceModel) -> None:
    """Whatever came from above is done or still there, and as much of it is late as was said to be."""
    series = model.record.series[: model.record.weeks]
    arrived, done, late = (
        series[:, WEEKLY.index(name)].sum() for name in ("tasks_arrived", "tasks_done", "tasks_late")
    )
    assert arrived == done + len(model.tasks)
    assert model.tasks.late.sum() <= late


def money_is_there(model: GovernanceModel) -> None:
    """Of every purse what came in was spent, is there or went back; and the record has what was spent."""
    weeks, profile = model.record.weeks, model.community.profile
    week = dict(zip(WEEKLY, model.record.series[weeks - 1], strict=True))
    budget = profile.programme_budget * model.places.households / 52
    assert week["money_from_budget"] <= budget + 0.01
    for account in model.purses.accounts.values():
        assert np.array_equal(
            account.received, account.spent + account.balance + account.held + account.returned
        )
        assert np.all((account.balance >= 0) & (account.held >= 0))
    spent = sum(week[f"money_{use}"] for use in USES)
    assert spent == pytest.approx(sum(week[f"money_from_{source}"] for source in SOURCES))
    fund = model.purses.account("lift_fund")
    subsidies = model.record.series[:weeks, WEEKLY.index("money_lifts")].sum()
    assert subsidies <= fund.spent.sum() / 100 + LITTLE


def people_are_sound(model: GovernanceModel) -> None:
    """Levels stay in [0, 1], only adults volunteer, and organisations keep their bounds."""
    residents, community, institutions = model.residents, model.community, model.institutions
    firms, units = community.firms, community.units
    levels = [getattr(residents, name) for name in LEVELS]
    levels += [firms.quality, firms.reputation, units.engagement, units.consciousness, units.tie]
    levels += [
        model.secretaries.level,
        model.causes.level,
        model.collection,
        model.met,
        institutions.posts.filled,
    ]
    levels += [np.concatenate([laid.paid for laid in institutions.laid.values()])]
    for level in levels:
        assert np.all((level >= 0) & (level <= 1 + LITTLE))
    assert np.all(residents.age[residents.volunteering] >= ADULT)
    assert np.all(model.volunteers.people.sum(0) <= model.adults_by_building)
    for talk in [project.talk for project in model.works.projects if project.talk is not None]:
        assert np.all(np.abs(talk.opinion) <= 2)
        assert talk.gain.sum() == pytest.approx(talk.worth.sum(), abs=1)


def issues_are_sound(model: GovernanceModel) -> None:
    """Each issue lies within its compound, and whoever works on it exists."""
    issues, places = model.issues, model.places
    assert np.all(issues.row0 >= places.compound_rows[issues.compound])
    assert np.all(issues.row1 <= places.compound_rows[issues.compound + 1])
    assert np.all(issues.row0 < issues.row1)
    assert np.all((issues.urgency > 0) & (issues.urgency <= 1))
    assert np.all(issues.server < model.institutions.posts.rows)
    assert np.all((issues.seen >= 0) == (issues.state != State.LATENT))
    closed = issues.state >= State.RESOLVED
    assert np.array_equal(issues.closed >= 0, closed)
    assert np.all(issues.closed <= model.week)
    assert np.all(issues.work[~closed & (issues.state != State.LATENT)] >= 0)


def ties_are_symmetric(ties: Ties) -> None:
    """Both ends of a tie know the same of it; nobody is tied to himself, or to another twice."""
    filled = np.flatnonzero(ties.strength != 0)
    i, j = ties.owners(filled), ties.neighbour[filled].astype(np.int64)
    assert np.all((ties.strength >= 0) & (ties.strength <= 1))
    assert np.all(i != j)
    one, other = i * ties.n + j, j * ties.n + i
    assert len(np.unique(one)) == len(one)
    there, back = np.argsort(one), np.argsort(other)
    assert np.array_equal(one[there], other[back])
    assert np.array_equal(ties.strength[filled][there], ties.strength[filled][back])


def groups_are_named(model: GovernanceModel) -> None:
    """Groups have a mean in every quarter, unless nobody is in them."""
    groups = model.record.groups[: model.record.weeks // QUARTER]
    residents = model.residents
    somebody = np.zeros((len(Age), 2), dtype=bool)
    somebody[residents.age, residents.owner.astype(int)] = True
    assert np.array_equal(np.isfinite(groups), np.broadcast_to(somebody, groups.shape))
    assert np.all((groups[np.isfinite(groups)] >= 0) & (groups[np.isfinite(groups)] <= 1 + LITTLE))


def live(
    weeks: int, look: Callable[[GovernanceModel], None] = lambda model: None, **run: Any
) -> GovernanceModel:
    """Run week by week and check everything on the way; ``look`` has a look of its own after every week."""
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_module, "processes_of", watch.week)
        model = GovernanceModel(**run, weeks=weeks)
        for week in range(1, weeks + 1):
            model.run_until(week)
            watch.at_the_end_of_the_week(model)
            look(model)
    ties_are_symmetric(model.ties)
    groups_are_named(model)
    for name, value in model.outcomes().items():
        assert not np.isinf(value), name
        if MEASURES[name].unit in ("share", "0-1") and not np.isnan(value):
            assert (-1 if name in PARTS else 0) - LITTLE <= value <= 1 + LITTLE, name
    return model

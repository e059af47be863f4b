"""A payoff weighs what happened: with nobody acting it changes nothing but the hours that its rules took."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from cogov import GovernanceModel, load_design
from cogov.outcomes import WEEKLY
from cogov.rules import Appraisal, Exchange, Honour, Payoff, Position, Rule
from tests.helpers import Written, small

WEEKS = 27
SERVICE = Payoff(name="service", to="units", term="service", weight=0.5)
VERDICT = Payoff(name="verdict", to="units", term="appraisal", weight=0.5)
PRAISE = Payoff(name="praise", to="volunteers", term="recognition", weight=0.5)
SCORE = Payoff(name="score", to="firms", term="appraisal", weight=0.15)
SEEN = Payoff(name="seen", to="units", term="recognition", weight=0.5)
KEPT = {"keeper": "office", "upkeep": 2.0}


@cache
def run(*rules: Rule, weeks: int = WEEKS) -> GovernanceModel:
    """The baseline with these rules more, with so few problems that hours are left."""
    base = load_design("line_hierarchy")
    design = base.with_(Written(given=rules)) if rules else base
    model = GovernanceModel(
        small(residents=600, programme_budget=10_000.0),
        design,
        baseline=design,
        reform_week=0,
        rng=4,
        weeks=weeks,
    )
    model.run_until(weeks)
    return model


def differs(*rules: Rule) -> set[str]:
    """Weekly measures that the rules change."""
    ours, theirs = run(*rules).record, run().record
    changed = (ours.series[: ours.weeks] != theirs.series[: theirs.weeks]).any(0)
    return {name for name, differs in zip(WEEKLY, changed, strict=True) if differs}


HOURS = {
    "upkeep_paid",
    "hours_office",
    "hours_upkeep",
    "hours_meetings",
    "hours_volunteers",
    "hours_committee",
}
HOURS |= {"hours_posts", "committee_load", *(name for name in WEEKLY if name.startswith("cost_"))}


def server(**values) -> Position:
    """Somebody in every neighbourhood who has hours for units."""
    return Position(**({"name": "server", "heads": 1, "hours": 20, "serve": 1.0} | values))


@pytest.mark.parametrize(
    "rules",
    [
        (SERVICE,),
        (VERDICT,),
        (SEEN,),
        (PRAISE,),
        (SCORE,),
        (server(hours=0.0), SERVICE),
        (Appraisal(name="appraisal", of="firms", by="residents", every=13, hours=1_000.0), SCORE),
        (Honour(name="day", post="nobody", share=0.2), Position(name="nobody"), PRAISE),
        (Payoff(name="learning", to="firms", term="learning", weight=0.3),),
        (Payoff(name="standing", to="firms", term="reputation", weight=0.3),),
    ],
    ids=lambda rules: "+".join(rule.name for rule in rules),
)
def test_a_payoff_that_nobody_acts_on_leaves_the_run_as_it_is(rules):
    assert run(*rules).record.digest() == run().record.digest()


@pytest.mark.parametrize(
    "rules",
    [
        (SERVICE.updated(KEPT),),
        (SCORE.updated(KEPT),),
        (PRAISE.updated(KEPT),),
        # firms are judged behind closed doors, and nothing makes them mind it
        (Appraisal(name="b", of="firms", by="committees", every=13, publish=False),),
    ],
    ids=["service", "score", "praise", "firms"],
)
def test_and_one_that_takes_hours_takes_no_more_than_hours(rules):
    assert differs(*rules) <= HOURS
    assert differs(*rules)


def mean(values) -> float:
    return float(np.mean(values))


def test_units_that_are_served_engage_more():
    served, without = run(server(), SERVICE), run(server())
    assert mean(served.units.engagement) > mean(without.units.engagement)
    # and those whom nobody served do not, but for what the others do
    alone = run(server(area="neighbourhood", wants=("permits",)), SERVICE)
    lunch = served.units.engagement - alone.units.engagement
    assert mean(lunch) > 0


def test_units_that_want_nothing_do_not_react():
    model = run(server(), SERVICE, weeks=12)
    assert (model.accounts.share()[model.accounts.wanted.sum(1) == 0] == 0).all()


def test_firms_that_were_scored_move_and_no_others():
    rule = Appraisal(name="meeting", of="firms", by="residents", heads=1_000, every=13, hours=0.01)
    scored, without = run(rule, SCORE), run(rule)
    moved = scored.firms.quality != without.firms.quality
    assert moved.any()
    assert (scored.lessons.slope()[moved] > 0).all()
    assert scored.firms.quality[moved].sum() > without.firms.quality[moved].sum()


def test_who_is_honoured_stays():
    rule = Honour(name="day", post="office", share=0.5, every=8)
    praised, without = run(rule, PRAISE.updated({"weight": 4.0})), run(rule)
    assert len(praised.honours.people)
    assert praised.residents.volunteering.sum() > without.residents.volunteering.sum()
    assert differs(rule) <= HOURS


def test_verdicts_move_units_whose_superior_asks_for_them():
    rule = Appraisal(name="yearly", of="units", by="committees", every=13)
    judged, without = run(rule, VERDICT), run(rule)
    assert differs(rule) <= HOURS
    lead = judged.verdicts.lead("units", judged.units.subdistrict)
    assert lead.any()
    assert (judged.units.engagement != without.units.engagement).any()


def test_alliances_work_through_meetings():
    rule = Exchange(name="alliance", members="all", hours=2.0)
    learning = Payoff(name="learning", to="firms", term="learning", weight=0.3)
    met, without = run(rule, learning), run(rule)
    assert mean(met.firms.efficiency) < mean(without.firms.efficiency)

from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import DesignError
from cogov.processes.appraise import live_through_issues
from cogov.processes.sittings import hold_sittings, take_note
from cogov.rules import Appraisal
from cogov.state.issues import State
from cogov.terms import Kind, Level
from tests.helpers import post, put, situation

FIRM = post("firm", area="compound", staffed_by="firm")
VOLUNTEERS = post("volunteers", staffed_by="volunteers", handles=())
WEEK = 26


def meeting(**values) -> Appraisal:
    """Residents who score firms, so many that everybody is drawn."""
    return Appraisal(**({"name": "meeting", "of": "firms", "by": "residents", "heads": 5_000} | values))


def sitting(rule, *cases, hours=100_000.0, before=lambda model: None, week=WEEK, **parameters):
    """A sitting of appraisers with hours, after cases (columns of issues) that ended this week."""
    model = situation(post(), FIRM, VOLUNTEERS, rule, week=week, sittings=parameters)
    ledger = model.institutions.ledger
    ledger.left[model.institutions.posts.at(rule_payer(rule))] = hours
    for case in cases:
        firm = model.institutions.posts.at("firm").start
        values = {"state": State.RESOLVED, "closed": week, "at": Level.COMPOUND, "urgency": 1.0, "seen": 1}
        compound = int(model.places.building_compound[building_of(model, case)])
        put(model, **(values | {"kind": Kind.REPAIR, "server": firm + compound} | case))
    before(model)
    live_through_issues(model)
    take_note(model)
    hold_sittings(model)
    return model


def rule_payer(rule) -> str:
    return "committee" if rule.by == "committees" else "volunteers"


def building_of(model, case) -> int:
    household = case.get("household", 0)
    return int(np.searchsorted(model.places.building_households, household, side="right")) - 1


def of_first_compound(model) -> int:
    return int(model.homes.firm[0])


def test_those_who_lived_through_good_and_bad_say_so():
    good = sitting(meeting(), {"born": WEEK - 1})
    assert good.verdicts.score("firms")[of_first_compound(good)] == 1
    bad = sitting(meeting(), {"born": WEEK - 1, "state": State.LOST})
    assert bad.verdicts.score("firms")[of_first_compound(bad)] == 0
    late = sitting(meeting(), {"born": WEEK - 11})  # three weeks are expected, eight are late
    assert late.verdicts.score("firms")[of_first_compound(late)] == pytest.approx(np.exp(-1), rel=1e-6)


def test_each_gives_one_mark_whatever_he_saw_more_of():
    cases = [{"born": WEEK - 1}, {"born": WEEK - 1, "state": State.LOST}]
    model = sitting(meeting(), *cases, {"household": 1, "born": WEEK - 1})
    first, second = np.diff(model.places.household_rows)[:2]
    adults = [
        int((model.residents.age[rows] >= 2).sum())
        for rows in (slice(0, first), slice(first, first + second))
    ]
    score = model.verdicts.score("firms")[of_first_compound(model)]
    assert score == pytest.approx((adults[0] * 0.5 + adults[1]) / sum(adults))


def test_who_saw_nothing_abstains_and_without_any_mark_there_is_no_verdict():
    model = sitting(meeting())
    assert np.isnan(model.verdicts.score("firms")).all()
    assert model.institutions.ledger.hours["meetings"] > 0  # they came and sat


def test_nobody_with_hours_means_no_sitting():
    model = sitting(meeting(), {"born": WEEK - 1}, hours=0.0)
    assert np.isnan(model.verdicts.score("firms")).all()
    assert model.institutions.ledger.hours.get("meetings", 0) == 0


def test_a_design_without_the_post_that_pays_has_no_sitting():
    model = situation(post(), FIRM, meeting(), week=WEEK)
    put(model, kind=Kind.REPAIR, state=State.RESOLVED, closed=WEEK, born=WEEK - 1, seen=1)
    live_through_issues(model)
    take_note(model)
    hold_sittings(model)
    assert np.isnan(model.verdicts.score("firms")).all()


def test_a_sitting_takes_hours_of_each():
    model = sitting(meeting(heads=6, hours=2.0))
    spent = model.institutions.ledger.hours["meetings"]
    assert 0 < spent <= 3 * 6 * 2
    assert spent % 2 == 0
    few = sitting(meeting(hours=2.0), hours=5.0)
    assert few.institutions.ledger.hours["meetings"] == pytest.approx(3 * 4)  # two come in each neighbourhood


def test_owners_speak_for_owners():
    model = sitting(meeting(by="owners"), {"born": WEEK - 1})
    rows = slice(0, int(model.places.household_rows[1]))
    owner = bool((model.residents.owner[rows] & (model.residents.age[rows] >= 2)).any())
    assert np.isnan(model.verdicts.score("firms")[of_first_compound(model)]) != owner


def test_it_sits_when_it_is_due_and_remembers_since_the_last_time():
    rule = meeting(every=13)
    early = sitting(rule, {"born": 10, "closed": 12}, week=12)
    assert np.isnan(early.verdicts.score("firms")).all()
    early.week = 13
    early.institutions.ledger.left[:] = 1e6
    hold_sittings(early)
    assert early.verdicts.score("firms")[of_first_compound(early)] == 1
    early.week = 26
    hold_sittings(early)  # nothing has happened since
    assert np.isnan(early.verdicts.score("firms")).all()


def test_a_committee_scores_what_is_on_record_in_its_neighbourhood():
    rule = meeting(by="committees")
    cases = [{"born": WEEK - 1}, {"born": WEEK - 1, "state": State.LOST}]
    model = sitting(rule, *cases, {"born": WEEK - 9, "state": State.SERVICE, "closed": -1})
    assert model.verdicts.score("firms")[of_first_compound(model)] == 0.5  # what is open is not closed yet
    assert model.institutions.ledger.hours["meetings"] == pytest.approx(6)


UNITS = {"of": "units", "by": "committees", "every": WEEK}


def test_a_unit_is_scored_by_hours_that_came_against_what_is_enough():
    def gave(model):
        model.verdicts.hours[0, 1] += WEEK * 0.25
        model.verdicts.hours[0, 2] += WEEK * 5

    model = sitting(meeting(**UNITS), before=gave, enough=1.0)
    np.testing.assert_allclose(model.verdicts.score("units")[:3], [np.nan, 0.25, 1.0])


def test_an_agreement_of_which_nothing_came_is_seen():
    model = sitting(
        meeting(**UNITS), before=lambda model: model.agreements.make(np.array([2]), np.array([1]))
    )
    assert model.verdicts.score("units")[2] == 0


def test_empty_seats_are_seen():
    def called(model):
        for came in (True, False, False, False):
            model.verdicts.seat(np.array([0]), np.array([1]), np.array([came]), np.array([True]))
        nobody = np.array([False])
        model.verdicts.seat(np.array([3]), np.array([-1]), nobody, ~nobody)  # the subdistrict's table
        model.verdicts.seat(np.array([4]), np.array([1]), nobody, nobody)  # nobody was called

    model = sitting(meeting(**UNITS), before=called)
    assert model.verdicts.score("units")[0] == 0.25
    assert np.isnan(model.verdicts.score("units")[3:5]).all()


def test_who_cannot_have_seen_somebody_cannot_judge_him():
    with pytest.raises(DesignError, match="of must be one of firms"):
        Appraisal(name="x", of="units", by="residents")


@pytest.mark.parametrize("of", ["departments", "committees"])
def test_nobody_is_judged_who_decides_nothing_by_it(of):
    with pytest.raises(DesignError, match="must be one of firms, units"):
        Appraisal(name="x", of=of, by="committees")


def test_a_sitting_without_appraisers_is_none():
    assert meeting(heads=0).null

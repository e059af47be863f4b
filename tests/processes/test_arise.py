from __future__ import annotations

import numpy as np
import pytest

from cogov import GovernanceModel
from cogov.community.ties import FULL
from cogov.processes.arise import arise, terms_of
from cogov.processes.shocks import Epidemic
from cogov.state.issues import BORN, BORN_BY_DEPARTMENT
from cogov.terms import Cause, Kind
from tests.helpers import built, post, situation

QUIET = {kind.label: {"rate": 0.0} for kind in Kind}
UNBRED = {"causes": {cause.label: {"breeds": [0.0] * len(Kind)} for cause in Cause}}


def only(kind: Kind, **values: float) -> dict:
    """Parameters under which issues of one kind alone are born."""
    plain = {"elders": 0.0, "children": 0.0, "firm": 0.0, "settle": 0.0}
    return QUIET | UNBRED | {kind.label: plain | values}


def busy(seed: int = 1, **values: object) -> GovernanceModel:
    """Ten issues of every kind in a household and year."""
    return situation(seed=seed, arise={kind.label: {"rate": 10.0} for kind in Kind}, **values)


def test_rate_is_households_times_exposure():
    model = situation(arise=only(Kind.DISPUTE, rate=0.52))
    places = model.places
    # 0.52 a household and year: one a week in 100 households of average exposure
    expected = np.diff(places.compound_households) / 100 * places.compounds.exposure
    np.testing.assert_allclose(model.world.rates[Kind.DISPUTE], expected, rtol=1e-6)
    assert model.world.rates.sum() == model.world.rates[Kind.DISPUTE].sum()


def test_old_people_and_children_raise_the_rate():
    community = built()
    community.places.compounds.year_built[:] = 2020
    community.places.compounds.year_built[0] = 1980  # forty years older than the newest
    community.places.compounds.elder_share[:] = 0.25
    community.places.compounds.elder_share[1] = 0.45
    community.places.compounds.child_share[:] = 0.09
    community.places.compounds.child_share[0] = 0.19
    model = GovernanceModel(
        community,
        rng=1,
        processes={
            "arise": {
                "emergency": {"elders": 2.0, "children": 0.0},
                "public_space": {"elders": 0.0, "children": 3.0},
            }
        },
    )
    households = np.diff(community.places.compound_households) * community.places.compounds.exposure
    of = {kind: model.world.rates[kind] / households for kind in Kind}
    # 1 + 2 x (0.45 - 0.25)
    assert of[Kind.EMERGENCY][1] / of[Kind.EMERGENCY][2] == pytest.approx(1.4)
    # 1 + 3 x (0.19 - 0.09)
    assert of[Kind.PUBLIC_SPACE][0] / of[Kind.PUBLIC_SPACE][1] == pytest.approx(1.3)


def test_a_good_firm_prevents_what_a_bad_one_lets_happen():
    model = situation(arise=only(Kind.REPAIR, rate=10.0, firm=0.6))
    # With an effect of 0.6 a birth stands up to 1.6 / 1.6 = 1 at quality 0, 1 / 1.6 = 0.625 at quality 0.5
    # and 0.4 / 1.6 = 0.25 at quality 1.
    born = {
        "kind": np.array([Kind.REPAIR] * 3),
        "compound": np.zeros(3, int),
        "firm": np.array([0.24, 0.6, 0.99]),
    }
    for quality, prevented in ((0.0, [0, 0, 0]), (0.5, [0, 0, 1]), (1.0, [0, 1, 1])):
        assert model.world.prevented(born, np.full(6, quality), np.zeros(3)).tolist() == [
            bool(p) for p in prevented
        ]


def test_without_an_effect_a_firm_prevents_nothing():
    model = situation(arise=only(Kind.DISPUTE, rate=10.0))
    born = model.world.births(1)
    assert not model.world.prevented(born, np.ones(6), np.ones(len(born["id"]))).any()


def test_neighbours_on_good_terms_settle_what_others_quarrel_about():
    model = situation(arise=only(Kind.DISPUTE, rate=10.0, settle=0.5))
    # A dispute stands up to 1.5 / 1.5 = 1 among strangers, 1 / 1.5 = 0.667 at 0.5 and 0.5 / 1.5 = 0.333 at 1.
    born = {
        "kind": np.array([Kind.DISPUTE] * 3),
        "compound": np.zeros(3, int),
        "firm": np.array([0.3, 0.6, 0.9]),
    }
    for terms, prevented in ((0.0, [0, 0, 0]), (0.5, [0, 0, 1]), (1.0, [0, 1, 1])):
        found = model.world.prevented(born, np.ones(6), np.full(3, terms))
        assert found.tolist() == [bool(p) for p in prevented]


def test_terms_are_ties_and_trust_of_those_affected():
    model = situation(arise=only(Kind.DISPUTE, settle=0.5), bond={"circle": 1.0})
    model.ties.tied[:] = FULL
    model.ties.tied[[0, 1]] = [0, 3 * FULL]  # embedded by 0, 3 / 4, and 1 / 2
    model.residents.trust_neighbours[:] = 0.6
    born = {
        "id": np.arange(3),
        "kind": np.array([Kind.DISPUTE, Kind.DISPUTE, Kind.REPAIR]),
        "row0": np.array([0, 5, 5]),
        "row1": np.array([2, 9, 9]),
    }
    np.testing.assert_allclose(terms_of(model, born), [0.6 * 0.375, 0.6 * 0.5, 0], rtol=1e-6)


def test_weaker_ties_breed_more_disputes_unless_nobody_settles_anything():
    arrived = {}
    for settle in (0.0, 0.5):
        for weaker in (1.0, 0.3):
            model = situation(arise=only(Kind.DISPUTE, rate=5.0, settle=settle))
            model.ties.tied = np.rint(model.ties.tied * weaker).astype(np.int32)
            for model.week in range(1, 14):
                arise(model)
            arrived[settle, weaker] = model.tally.of("arrived").sum()
    assert arrived[0.5, 0.3] > arrived[0.5, 1.0]
    assert arrived[0.0, 0.3] == arrived[0.0, 1.0]


def test_only_issues_that_stand_are_counted_and_kept():
    model = situation(arise=only(Kind.REPAIR, rate=10.0, firm=1.0))
    model.homes.firm[:] = [0, 0, 0, 1, 1, 1]
    model.firms.quality[:2] = [1.0, 0.0]  # with full effect, quality 1 prevents everything
    arise(model)
    candidates = np.bincount(model.world.births(1)["compound"], minlength=6)
    assert candidates.min() > 0
    np.testing.assert_array_equal(model.tally.of("arrived"), [0, 0, 0, *candidates[3:]])
    np.testing.assert_array_equal(np.bincount(model.issues.compound, minlength=6), model.tally.of("arrived"))


def test_births_come_as_often_as_stated():
    model = situation(arise=only(Kind.SAFETY, rate=5.2))
    expected = model.world.rates.sum() * 200  # Poisson: its standard deviation is its root
    counts = sum(len(model.world.births(week)["id"]) for week in range(200))
    assert abs(counts - expected) < 4 * np.sqrt(expected)


def test_an_issue_knows_where_it_is():
    model = busy()
    places, born = model.places, model.world.births(3)
    assert set(born) == set(BORN) | set(BORN_BY_DEPARTMENT)
    assert len(born["id"]) > 500
    np.testing.assert_array_equal(places.building_compound[born["building"]], born["compound"])
    last = born["household"] + born["households"]
    assert (born["household"] >= places.compound_households[born["compound"]]).all()
    assert (last <= places.compound_households[born["compound"] + 1]).all()
    np.testing.assert_array_equal(born["row0"], places.household_rows[born["household"]])
    np.testing.assert_array_equal(born["row1"], places.household_rows[last])
    assert (born["urgency"] > 0).all()
    assert (born["urgency"] <= 1).all()
    assert (born["work"] > 0).all()
    # a department's part has hours if and only if there is a department
    np.testing.assert_array_equal(born["share"] > 0, born["line"] >= 0)
    # a resource is of some field
    assert (born["field"][born["resource"] > 0] >= 0).all()


def test_authority_lies_where_the_shares_say():
    levels = (0.0, 0.2, 0.3, 0.0, 0.5, 0.0)
    model = situation(arise=only(Kind.SAFETY, rate=20.0, levels=levels))
    level = np.concatenate([model.world.births(week)["level"] for week in range(10)])
    n = len(level)
    share = np.bincount(level, minlength=6) / n
    assert (np.abs(share - levels) <= 4 * np.sqrt(0.25 / n)).all()
    assert share[[0, 3, 5]].tolist() == [0, 0, 0]


def test_births_depend_on_the_week_and_not_on_what_went_before():
    one, other = busy(), busy()
    for week in range(1, 9):
        other.world.births(week)
    for name, column in one.world.births(9).items():
        np.testing.assert_array_equal(column, other.world.births(9)[name])
    assert not np.array_equal(one.world.births(9)["urgency"], one.world.births(10)["urgency"])


def test_designs_meet_the_same_problems():
    # apart from what firms prevent, which is theirs to do
    arise = {kind.label: {"firm": 0.0} for kind in Kind}
    met: dict[str, list[tuple[int, int, int]]] = {}
    for design in ("line_hierarchy", "wuliqiao_2020"):
        model = GovernanceModel("small", design, rng=3, reform_week=0, processes={"arise": arise})
        met[design] = []
        for week in range(1, 9):
            model.run_until(week)
            new = model.issues.born == week
            columns = (model.issues.id, model.issues.building, model.issues.household)
            met[design] += list(zip(*(column[new].tolist() for column in columns), strict=True))
    assert len(met["line_hierarchy"]) > 50
    assert met["line_hierarchy"] == met["wuliqiao_2020"]


def test_an_epidemic_adds_emergencies_and_changes_no_other_issue():
    shock = Epidemic(week=4, length=2, factor=6)
    calm, struck = busy(), busy(shocks=(shock,))
    for week in (3, 4, 6):
        before, after = calm.world.births(week), struck.world.births(week)
        for name in before:
            mine, theirs = (born[name][born["kind"] != Kind.EMERGENCY] for born in (before, after))
            np.testing.assert_array_equal(mine, theirs, err_msg=name)
        emergencies = [int((born["kind"] == Kind.EMERGENCY).sum()) for born in (before, after)]
        if shock.on(week):
            assert 4 < emergencies[1] / emergencies[0] < 8
        else:
            assert emergencies[1] == emergencies[0]


def test_a_world_without_problems():
    model = situation(post(), arise=QUIET)
    arise(model)
    assert len(model.issues) == 0
    assert model.tally.of("arrived").sum() == 0

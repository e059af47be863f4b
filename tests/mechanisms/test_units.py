"""Mechanisms about units: what each sets going, and the cut that stops it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from cogov import GovernanceModel, load_design
from cogov.community import Community
from cogov.terms import UnitKind, Want
from tests.helpers import small

WEEKS = 27
"""Two quarters and a week, so that what units decided shows."""


@cache
def place() -> Community:
    """A small community without money troubles; nothing is written into it."""
    return small(residents=600, programme_budget=10_000.0).build(4)


def start(weeks: int = WEEKS, **mechanisms: dict[str, Any]) -> GovernanceModel:
    """The baseline with these mechanisms, at its beginning."""
    base = load_design("line_hierarchy")
    design = base.with_(mechanisms) if mechanisms else base
    return GovernanceModel(place(), design, baseline=design, reform_week=0, run_in=0, rng=4, weeks=weeks)


@cache
def _ran(weeks: int, given: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]) -> GovernanceModel:
    model = start(weeks, **{name: dict(values) for name, values in given})
    model.run_until(weeks)
    return model


def ran(weeks: int = WEEKS, **mechanisms: dict[str, Any]) -> GovernanceModel:
    """The same after so many weeks; each run is made once."""
    given = tuple((name, tuple(sorted(values.items()))) for name, values in sorted(mechanisms.items()))
    return _ran(weeks, given)


def total(model: GovernanceModel, measure: str) -> float:
    """A weekly measure, summed over the run."""
    return float(model.record.to_frame()[measure].sum())


def engagement(model: GovernanceModel) -> np.ndarray:
    return model.units.engagement.astype(float)


# ---------------------------------------------------------------- two-way service

SERVED = {"committee": 0.1, "office": 0.0, "helpers": 4.0, "hours": 2.0, "willing": 0.5}


def test_hours_for_units_come_from_committees_and_volunteers():
    served, alone = ran(two_way_service=SERVED), ran()
    assert total(served, "hours_serving") > 0
    assert total(alone, "hours_serving") == 0
    assert total(served, "volunteer_care_hours") < total(alone, "volunteer_care_hours")


def test_a_unit_answers_to_what_it_was_given_itself():
    served, unmoved = ran(two_way_service=SERVED), ran(two_way_service=SERVED | {"weight": 0.0})
    gain = engagement(served) - engagement(unmoved)
    inside = served.units.neighbourhood >= 0
    assert (gain[inside] > 0).all()
    assert gain[~inside].max(initial=0) < gain[inside].min()  # no post of theirs reaches those outside


def test_units_without_wants_do_not_react_and_nobody_serves_them():
    model, unmoved = start(two_way_service=SERVED), start(two_way_service=SERVED | {"weight": 0.0})
    for run in (model, unmoved):
        run.accounts.wanted[:] = 0
        run.run_until(14)
    assert total(model, "hours_serving") == 0
    np.testing.assert_array_equal(engagement(model), engagement(unmoved))


def test_without_hours_a_weight_moves_nobody():
    idle = ran(two_way_service={"committee": 0.0, "office": 0.0, "helpers": 0.0, "weight": 2.0})
    np.testing.assert_array_equal(engagement(idle), engagement(ran()))


def test_volunteers_give_what_is_theirs_to_give():
    model = ran(two_way_service={"committee": 0.0, "office": 0.0, "helpers": 4.0, "willing": 0.5}, weeks=12)
    given = model.accounts.received.sum(0)
    assert given[Want.ELDER_CARE] > 0
    assert given[Want.PERMITS] == given[Want.PARKING] == 0


# ---------------------------------------------------------------- appraisal of units

JUDGED = {"every": 13, "weight": 1.5}


def test_a_score_moves_public_bodies_and_not_private_firms():
    judged, unmoved = ran(unit_appraisal=JUDGED), ran(unit_appraisal=JUDGED | {"weight": 0.0})
    assert not np.isnan(judged.verdicts.score("units")).all()
    moved = np.abs(engagement(judged) - engagement(unmoved))
    kind = judged.units.kind
    public = np.isin(kind, [UnitKind.SCHOOL, UnitKind.HOSPITAL, UnitKind.AGENCY])
    private = kind == UnitKind.SOCIAL_ORGANISATION  # nobody's superior asks, and nothing is published
    assert moved[public].max() > 0.01
    assert moved[private].max() < moved[public].max() / 5  # what others do moves it, no verdict


def test_without_a_superior_who_asks_nothing_follows():
    base = load_design("line_hierarchy")
    nobody = {"units": {"superior": (0.0,) * len(UnitKind)}}
    ends = []
    for weight in (0.0, 1.5):
        design = base.with_("unit_appraisal", every=13, weight=weight)
        model = GovernanceModel(
            place(), design, baseline=design, reform_week=0, run_in=0, rng=4, weeks=27, processes=nobody
        )
        model.run_until(27)
        ends.append(engagement(model))
    np.testing.assert_array_equal(*ends)


def test_a_published_score_reaches_those_no_superior_asks():
    secret, open_to_all = ran(unit_appraisal=JUDGED), ran(unit_appraisal=JUDGED | {"publish": True})
    private = secret.units.kind == UnitKind.SOCIAL_ORGANISATION
    assert (engagement(secret)[private] != engagement(open_to_all)[private]).any()

"""Services: each part reaches those it is for in its own hours and money; without it nobody is reached."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cogov.mechanisms import AgeingInPlace, ChildServices, Mechanism, NpoIncubation
from cogov.processes.books import open_books
from cogov.processes.enquire import enquire
from cogov.processes.match import match
from cogov.processes.participate import participate
from cogov.terms import Service
from tests.helpers import post, situation

ELDERS, CHILDREN, CULTURE = Service.ELDER_CARE, Service.CHILD_CARE, Service.CULTURE
NEEDED = (
    post(handles=()),
    post("volunteers", staffed_by="volunteers", handles=()),
    post("office", area="subdistrict", handles=()),
)


def under(mechanism: Mechanism, weeks: int = 2, week: int = 1):
    """The small community after some weeks of services, their posts filled and people heard."""
    model = situation(*NEEDED, *mechanism.rules(), week=week, enquire={"start": 0.0}, aid={"help": 0.0})
    for now in range(week, week + weeks):
        model.week = now
        participate(model)  # which fills posts
        open_books(model)
        match(model)
        enquire(model)
    return model


def met(model, service: Service = ELDERS) -> float:
    """Hours of need of a service that were met in the last week."""
    return float((model.met * model.neighbourhood_needs)[:, service].sum())


# ---------------------------------------------------------------- ageing in place

NOTHING = replace(AgeingInPlace(weeks_to_fill=0, purse=2000.0), **AgeingInPlace.zero)
PARTS = {"carers": 0.2, "canteens": 0.2, "meal_points": 1.0, "lent": 1.0, "day_care": 1.0}
"""So little of each that need is left."""


@pytest.mark.parametrize("part", PARTS)
def test_each_part_meets_need_of_the_old_and_at_zero_none_does(part):
    assert met(under(replace(NOTHING, **{part: PARTS[part]}))) > 0
    assert met(under(NOTHING)) == 0


def test_parts_add_up_and_take_money():
    every = under(replace(NOTHING, **PARTS))
    alone = [met(under(replace(NOTHING, **{part: value}))) for part, value in PARTS.items()]
    assert max(alone) < met(every) <= sum(alone) * (1 + 1e-9)
    assert met(under(replace(NOTHING, **PARTS, purse=1.0))) < 0.5 * met(every)


def test_day_care_looks_after_several_at_a_time():
    one, six = (met(under(replace(NOTHING, day_care=0.5, day_guests=guests))) for guests in (1.0, 6.0))
    assert six == pytest.approx(6 * one)


def test_advisers_give_no_care_and_find_out_who_needs_it():
    adviser = under(replace(NOTHING, advisers=1.0), weeks=20)
    assert met(adviser) == 0
    assert adviser.known.found[:, ELDERS].min() > 0.1
    assert adviser.known.found[:, CULTURE].max() == 0


def test_advisers_and_services_do_more_together_than_each_alone():
    plenty = replace(NOTHING, carers=30.0, admin_share=0.0)
    served = met(under(plenty, weeks=20))
    advised = met(under(replace(NOTHING, advisers=1.0), weeks=20))
    both = met(under(replace(plenty, advisers=1.0), weeks=20))
    assert both > served + advised + 1
    deaf = met(under(replace(plenty, advisers=1.0, advised=0.0), weeks=20))
    assert deaf == pytest.approx(served)


# ---------------------------------------------------------------- children

CHILDREN_OFF = replace(ChildServices(weeks_to_fill=0, willing=0.5, purse=2000.0), **ChildServices.zero)


@pytest.mark.parametrize("part", ["nursery", "centre", "homes"])
def test_children_are_looked_after_in_nurseries_centres_and_open_homes(part):
    model = under(replace(CHILDREN_OFF, **{part: 0.2}))
    assert met(model, CHILDREN) > 0
    assert (met(model, CULTURE) > 0) == (part == "centre")
    assert met(under(CHILDREN_OFF), CHILDREN) == 0


def test_open_homes_need_neighbours_who_will_and_nurseries_money():
    assert met(under(replace(CHILDREN_OFF, homes=2.0, willing=0.0)), CHILDREN) == 0
    assert met(under(replace(CHILDREN_OFF, nursery=0.2, purse=0.0)), CHILDREN) == 0


# ---------------------------------------------------------------- social organisations

ONE = NpoIncubation(workers=1.0, weeks=0, purse=1000.0, host=0.15)


def served(mechanism: NpoIncubation, **about) -> float:
    return sum(met(under(mechanism, **about), service) for service in Service)


def test_rooms_of_the_base_let_workers_serve_more_at_a_time():
    without, base = served(replace(ONE, group=1.0)), served(replace(ONE, group=1.0, base=0.5))
    assert without < base <= 1.5 * without
    unpaid = replace(ONE, group=1.0, base=0.5, base_rent=1e6)
    assert served(unpaid) < base


def test_the_fair_tells_of_needs_while_it_lasts():
    def known(**values) -> np.ndarray:
        model = under(replace(ONE, **values), weeks=1, week=1)
        model.institutions.ledger.spend(slice(None), model.institutions.posts.host * 10, "hosting")
        enquire(model)
        return model.known.found[:, CULTURE]

    assert (known(fair=20.0) > 0).all()
    assert known().max() == 0
    later = under(replace(ONE, fair=20.0), weeks=1, week=3)
    later.institutions.ledger.spend(slice(None), later.institutions.posts.host * 10, "hosting")
    enquire(later)
    assert later.known.found.max() == 0


def test_what_is_bought_comes_out_of_the_budget_and_ends_with_it():
    nobody = replace(ONE, workers=0.0)
    bought = under(replace(nobody, bought=1.0))
    posts, ledger = bought.institutions.posts, bought.institutions.ledger
    assert ledger.available[posts.at("npo_contract")].sum() > 0
    poor = situation(*NEEDED, *replace(nobody, bought=1.0).rules(), profile={"programme_budget": 0.0})
    assert poor.institutions.ledger.available[poor.institutions.posts.at("npo_contract")].sum() == 0
    assert served(nobody) == 0

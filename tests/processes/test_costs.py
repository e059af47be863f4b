"""What the hours of a week are worth, and to whom they are put down."""

from __future__ import annotations

import pytest

from cogov import GovernanceModel, load_design
from cogov.outcomes.measures import PAYERS
from cogov.processes.costs import costs
from tests.helpers import post, situation, small

PRICES = dict(zip(PAYERS, (1.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0), strict=True))


def test_hours_are_put_down_to_who_gives_them_and_paid_posts_to_their_purse():
    model = situation(
        post(staffed_by="committee"),
        post("office", area="subdistrict", heads=1, hours=10),
        post("district", area="district", heads=1, hours=10),
        post("firm", area="compound", staffed_by="firm"),
        post("volunteers", staffed_by="volunteers"),
        post("guide", heads=1, hours=10),
        post("carer", heads=1, hours=10, wage=30.0),
        profile={"programme_budget": 1e6},
        costs=PRICES,
    )
    assert set(costs(model).values()) == {0.0}
    posts, ledger = model.institutions.posts, model.institutions.ledger
    given = {"committee": 1.0, "office": 2.0, "district": 3.0, "guide": 4.0, "carer": 5.0}
    for name, hours in given.items():
        rows = posts.at(name)
        ledger.spend(slice(rows.start, rows.start + 1), hours, "handling")
    firm = ledger.spend(posts.at("firm"), 1.0, "handling").sum()
    volunteers = ledger.spend(posts.at("volunteers"), 1.0, "handling").sum()
    model.tally.hours_by_line[0] = 6.0
    model.tally.count("unit_hours", 7.0)
    hours = (1.0, 2.0 + 3.0, 6.0, firm, 7.0, volunteers, 4.0)  # the carer's are in the purse's money
    expected = zip(PAYERS, hours, strict=True)
    assert costs(model) == pytest.approx({f"cost_{name}": spent * PRICES[name] for name, spent in expected})


def test_cost_is_the_money_of_all_purses_and_the_worth_of_all_hours():
    design = load_design("wuliqiao_2020")
    model = GovernanceModel(small().build(1), design, baseline=design, reform_week=0, rng=1, weeks=13)
    model.run_until(13)
    weeks, found = model.record.to_frame(), model.record.outcomes()
    households, years = model.places.households, 13 / 52
    money = sum(weeks[name].sum() for name in weeks if name.startswith("money_from_"))
    hours = sum(weeks[f"cost_{payer}"].sum() for payer in PAYERS)
    assert money > 0
    assert found["cost_money"] == pytest.approx(money / households / years)
    assert found["cost"] == pytest.approx((money + hours) / households / years)
    # Hours of units are those they gave needs, promises and tables.
    assert weeks["cost_units"].sum() >= weeks["matched"].sum() * model.parameters.costs.units - 1e-6

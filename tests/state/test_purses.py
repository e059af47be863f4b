"""Money is conserved, purses do not take from each other, gifts go back where they are too few."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogov.kit.errors import ConfigError, DesignError
from cogov.processes.books import open_books
from cogov.rules import Listing, Purse
from cogov.state.purses import Purses
from tests.helpers import post, reals, situation, small, written

HOUSEHOLDS = small().build(1).places.households


def sound(purses: Purses) -> None:
    """Of every purse, in every area, to the fen: what came in was spent, is there, is held or went back."""
    for account in purses.accounts.values():
        assert np.array_equal(
            account.received, account.spent + account.balance + account.held + account.returned
        )
        for column in (account.received, account.spent, account.balance, account.held, account.returned):
            assert np.all(column >= 0)
    assert sum(purses.spent_on.values()) == sum(purses.spent_from.values())


def has(model, name: str) -> list[float]:
    return (model.purses.account(name).balance / 100).tolist()


# Who pays what


def test_a_purse_pays_its_own_in_full_and_leaves_the_others_alone():
    grant = Purse(name="care", income=60 * 30.0 * 52 / HOUSEHOLDS, pays=("wages",))
    carer = post("carer", heads=2, hours=10, wage=30.0, purse="care")
    clerk = post("clerk", heads=2, hours=10, wage=30.0)
    model = situation(grant, carer, clerk, profile={"programme_budget": 900.0 * 52 / HOUSEHOLDS})
    posts, ledger = model.institutions.posts, model.institutions.ledger
    assert ledger.available[posts.at("carer")] == pytest.approx([20, 20, 20])
    assert ledger.available[posts.at("clerk")] == pytest.approx([10, 10, 10])  # half of 1,800 yuan
    assert model.purses.spent_from == {"budget": 900_00, "grant": 1800_00, "fees": 0, "gifts": 0}
    assert model.purses.spent_on["wages"] == 2700_00
    assert model.purses.books() == {"money_wanted": 3600.0, "money_paid": 2700.0}


def test_a_purse_of_each_neighbourhood_pays_there():
    shares = situation().places.neighbourhood_households
    smallest = int(np.diff(shares).min())
    grant = Purse(name="care", area="neighbourhood", income=52 * 300.0 / smallest)
    carer = post("carer", heads=2, hours=10, wage=60.0, purse="care")  # 1,200 yuan in each
    model = situation(grant, carer)
    got = np.minimum(300.0 / smallest * np.diff(shares), 1200.0)
    available = model.institutions.ledger.available[model.institutions.posts.at("carer")]
    np.testing.assert_allclose(available, got / 60.0, rtol=1e-4)


def test_a_purse_pays_only_for_what_it_is_meant():
    grant = Purse(name="care", income=1e5, pays=("rules",))
    carer = post("carer", heads=2, hours=10, wage=30.0, purse="care")
    list_ = Listing(name="fair", area="subdistrict", money=600.0, purse="care")
    model = situation(grant, carer, list_)
    assert model.institutions.ledger.available.tolist() == [0, 0, 0]
    assert model.institutions.laid["listing", "fair"].paid.tolist() == [1]
    assert (model.purses.spent_on["wages"], model.purses.spent_on["programmes"]) == (0, 600_00)


def test_a_purse_without_money_pays_nobody():
    carer = post("carer", heads=2, hours=10, wage=30.0, purse="care")
    model = situation(Purse(name="care"), carer)
    assert model.institutions.ledger.available.tolist() == [0, 0, 0]


def test_an_empty_purse_that_nobody_draws_on_is_absent():
    assert written(post(), Purse(name="care")).rules() == written(post()).rules()


def test_what_a_purse_cannot_do_is_refused():
    with pytest.raises(DesignError, match=r"paid from a purse that no mechanism brings.*carre.*care"):
        written(Purse(name="care", income=1.0), post(wage=1.0, purse="carre"))
    with pytest.raises(DesignError, match="purse 'budget' is the community's own"):
        written(Purse(name="budget", income=1.0))
    with pytest.raises(DesignError, match="gifts come by pledges"):
        Purse(name="gifts", source="gifts", income=1.0)
    wide = Listing(name="fair", area="subdistrict", money=6.0, purse="care")
    with pytest.raises(DesignError, match="listing 'fair': one for each subdistrict, which purse 'care'"):
        situation(Purse(name="care", area="neighbourhood", income=1.0), wide)
    with pytest.raises(ConfigError, match=r"purse 'cair'.*care"):
        situation(Purse(name="care", income=1.0)).purses.account("cair")


# Where money is from


def test_money_is_put_by_for_lifts():
    model = situation(post(), profile={"lift_fund": 52.0})  # a yuan a household and week
    for model.week in (2, 3):
        open_books(model)
    assert has(model, "lift_fund") == [3 * model.places.households]


def test_the_budget_lapses_and_a_purse_that_keeps_does_not():
    kept, lapsing = Purse(name="kept", income=52.0), Purse(name="lapsing", income=52.0, keeps=False)
    model = situation(post(), kept, lapsing, profile={"programme_budget": 52.0})
    model.week = 2
    open_books(model)
    assert has(model, "kept") == [2 * HOUSEHOLDS]
    assert has(model, "lapsing") == has(model, "budget") == [HOUSEHOLDS]
    assert model.purses.account("lapsing").returned.tolist() == [100 * HOUSEHOLDS]


def test_income_from_the_budget_is_taken_out_of_it():
    care = Purse(name="care", income=39.0, source="budget")
    model = situation(post(), care, profile={"programme_budget": 52.0})
    assert has(model, "care") == [pytest.approx(0.75 * HOUSEHOLDS)]
    assert has(model, "budget") == [pytest.approx(0.25 * HOUSEHOLDS)]
    two = (care, Purse(name="culture", income=39.0, source="budget", area="neighbourhood"))
    model = situation(post(), *two, profile={"programme_budget": 52.0})
    total = sum(sum(has(model, name)) for name in ("care", "culture", "budget"))
    assert has(model, "care") == [pytest.approx(HOUSEHOLDS / 2, abs=0.02)]  # rounded down to a fen
    assert total == pytest.approx(HOUSEHOLDS)


def test_income_from_fees_comes_as_far_as_fees_are_paid():
    fund = Purse(name="fund", area="compound", income=52.0, source="fees")
    model = situation(post(), fund)
    before = model.purses.account("fund").balance.copy()
    model.collection[:] = [1.0, 0.5, 0.0, 1.0, 1.0, 1.0]
    model.week = 2
    open_books(model)
    households = np.diff(model.places.compound_households)
    income = (model.purses.account("fund").balance - before) / 100
    np.testing.assert_allclose(income, households * model.collection, atol=0.01)


def test_a_start_is_given_once():
    model = situation(post(), Purse(name="care", start=10.0))
    model.adopt(model.institutions.design)
    assert has(model, "care") == [10.0 * HOUSEHOLDS]


def test_a_purse_that_ends_gives_back_what_it_has():
    model = situation(post(), Purse(name="care", start=10.0))
    account = model.purses.account("care")
    model.adopt(written(post()))
    assert "care" not in model.purses.accounts
    assert account.returned.tolist() == account.received.tolist() == [1000 * HOUSEHOLDS]


# Gifts


def test_pledges_are_held_until_they_are_enough():
    model = situation(post(), Purse(name="gifts", source="gifts", area="neighbourhood"))
    purses, account = model.purses, model.purses.account("gifts")
    appeal = purses.ask("gifts", 1, 500.0, until=9)
    purses.pledge(appeal, "firm", 300.0)
    purses.settle(8)
    assert (account.held.tolist(), account.balance.tolist()) == ([0, 300_00, 0], [0, 0, 0])
    assert purses.set_aside("gifts", 1, 100.0, "works") is None
    purses.pledge(appeal, "household 7", 150.0)
    purses.pledge(appeal, "household 7", 50.0)
    purses.settle(8)
    assert appeal.state == "collected"
    assert appeal.pledged == {"firm": 300_00, "household 7": 200_00}
    assert has(model, "gifts") == [0, 500, 0]
    purses.pay_out(purses.set_aside("gifts", 1, 500.0, "works"))
    sound(purses)


def test_pledges_go_back_when_the_time_is_up():
    model = situation(post(), Purse(name="gifts", source="gifts"))
    purses, account = model.purses, model.purses.account("gifts")
    appeal = purses.ask("gifts", 0, 500.0, until=9)
    purses.pledge(appeal, "firm", 499.99)
    purses.settle(9)
    assert (appeal.state, purses.appeals) == ("refunded", [])
    assert account.returned.tolist() == [499_99]
    assert has(model, "gifts") == [0]
    sound(purses)


def test_pledges_go_back_when_the_purse_ends():
    model = situation(post(), Purse(name="gifts", source="gifts"))
    appeal = model.purses.ask("gifts", 0, 500.0, until=9)
    model.purses.pledge(appeal, "firm", 10.0)
    account = model.purses.account("gifts")
    model.adopt(written(post()))
    assert appeal.state == "refunded"
    assert account.held.tolist() == [0]


# What is agreed to


def test_what_is_set_aside_is_there_for_one_thing_alone():
    model = situation(post(), Purse(name="care", income=52.0, keeps=False))
    purses, account = model.purses, model.purses.account("care")
    there = has(model, "care")[0]
    pledge = purses.set_aside("care", 0, there - 1, "works")
    assert (account.held.tolist(), has(model, "care")) == ([round((there - 1) * 100)], [1.0])
    assert purses.set_aside("care", 0, 2.0, "works") is None  # that one is not there
    assert purses.spent_on["works"] == 0
    purses.open_week(np.full(len(model.places.compounds), 50.0), model.collection)
    assert has(model, "care") == [300.0]  # what nobody counts on lapses
    purses.pay_out(pledge)
    assert (pledge.state, purses.pledges, account.held.tolist()) == ("paid", [], [0])
    assert purses.spent_on["works"] == purses.spent_from["grant"] == pledge.amount
    sound(purses)


def test_what_is_set_aside_goes_back_with_the_purse():
    model = situation(post(), Purse(name="care", start=1.0))
    account = model.purses.account("care")
    pledge = model.purses.set_aside("care", 0, 10.0, "works")
    model.adopt(written(post()))
    assert (pledge.state, model.purses.pledges) == ("returned", [])
    assert account.returned.tolist() == account.received.tolist()
    assert account.held.tolist() == [0]


# Conservation

PURSES = st.lists(
    st.builds(
        Purse,
        name=st.sampled_from(["a", "b", "c"]),
        area=st.sampled_from(["compound", "neighbourhood", "block", "subdistrict"]),
        source=st.sampled_from(["budget", "grant", "fees"]),
        income=reals(0, 3000),
        start=reals(0, 100),
        keeps=st.booleans(),
        pays=st.sets(st.sampled_from(["wages", "rules", "works"])).map(lambda pays: tuple(sorted(pays))),
    ),
    max_size=3,
    unique_by=lambda purse: purse.name,
)
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "set_aside", "pay_out", "ask", "pledge", "settle", "open"]),
        st.integers(0, 4),
        reals(0, 1e6),
        reals(0, 1e6),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(rules=PURSES, deeds=DEEDS, budget=reals(0, 2000))
def test_money_is_conserved_to_the_fen_whatever_is_done_with_it(rules, deeds, budget):
    model = situation(
        post(), *rules, Purse(name="gifts", source="gifts"), profile={"programme_budget": budget}
    )
    purses = model.purses
    names = list(purses.accounts)
    for week, (deed, which, one, two) in enumerate(deeds):
        account = purses.accounts[names[which % len(names)]]
        name, n = account.laid.rule.name, len(account.balance)
        if deed == "pay":
            wanted = {"wages": np.full(n, one), "programmes": np.linspace(0, two, n)}
            shares = purses.pay(name, wanted)
            assert all(np.all((share >= 0) & (share <= 1)) for share in shares.values())
        elif deed == "set_aside":
            purses.set_aside(name, which % n, one, "works")
        elif deed == "pay_out" and purses.pledges:
            purses.pay_out(purses.pledges[which % len(purses.pledges)])
        elif deed == "ask":
            purses.ask(name, which % n, one, week + which)
        elif deed == "pledge" and purses.appeals:
            purses.pledge(purses.appeals[which % len(purses.appeals)], str(which), two)
        elif deed == "settle":
            purses.settle(week)
        elif deed == "open":
            purses.open_week(np.full(len(model.places.compounds), 50.0), model.collection)
        sound(purses)
    model.adopt(written(post()))
    sound(purses)

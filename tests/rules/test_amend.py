"""Amendments: how much of a rule, in whatever order, and never more than the rule allows."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogov import GovernanceModel
from cogov.kit.errors import DesignError
from cogov.rules import (
    RULE_KINDS,
    Amend,
    Choice,
    Council,
    Design,
    Listing,
    Observation,
    OwnersConsent,
    Payoff,
    Position,
    Rule,
)
from cogov.rules.amend import NEUTRAL, combined, open_fields
from tests.helpers import Written, council, post, situation, small, written

RELIEF = Amend(name="relief", of=Position, target="committee", field="wage", by=0.8)


def committee(**values) -> Position:
    return post(wage=0.5, **values)


def test_how_changes_combine():
    assert combined(0.5, "scale", [0.8, 0.5]) == pytest.approx(0.2)
    assert combined(1.0, "add", [0.25, 0.5]) == 1.75
    assert combined(0.5, "cover", [0.5, 0.5]) == 0.875
    assert combined(("repair",), "union", [("safety",), ("dispute", "repair")]) == (
        "repair",
        "dispute",
        "safety",
    )


numbers = st.floats(0, 1, allow_nan=False)


@given(
    numbers,
    st.sampled_from(["scale", "add", "cover"]),
    st.lists(numbers, min_size=2, max_size=5),
    st.randoms(),
)
def test_order_cannot_matter_to_the_bit(base, fold, changes, chance):
    shuffled = list(changes)
    chance.shuffle(shuffled)
    assert combined(base, fold, changes) == combined(base, fold, shuffled)


@given(numbers, st.lists(numbers, max_size=5))
def test_what_is_covered_stays_a_share_and_only_grows(base, changes):
    assert base - 1e-12 <= combined(base, "cover", changes) <= 1


@pytest.mark.parametrize("fold", NEUTRAL)
def test_the_neutral_change_is_none(fold):
    base = ("repair",) if fold == "union" else 0.3
    assert combined(base, fold, [NEUTRAL[fold]] * 3) == base


def test_heads_and_hours_are_closed():
    for field in ("heads", "hours", "per_households", "least"):
        with pytest.raises(DesignError, match=f"position 'committee': {field} is closed"):
            Amend(name="more", of=Position, target="committee", field=field, by=2.0)


def test_what_is_fixed_by_law_or_map_is_closed():
    assert not {"turnout", "majority", "veto"} & open_fields(OwnersConsent).keys()
    assert not {"area", "rank", "every"} & open_fields(Council).keys()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"of": int}, "must be a class of rule: Scope, Position"),
        ({"of": Amend}, "must be a class of rule"),
        ({"field": "wge"}, "did you mean 'wage'?"),
        ({"by": ("repair",)}, "must be a number (scale)"),
        ({"by": -0.5}, "must be at least 0 (scale)"),
        ({"field": "handles", "by": 2.0}, "must be a list of words (union)"),
        ({"field": "competence", "by": 1.5}, "must be between 0 and 1 (cover)"),
        ({"by": float("nan")}, "must be a finite number"),
        ({"field": "handles", "by": ("repair",), "keeper": "office", "upkeep": 1}, "whole or not at all"),
    ],
)
def test_a_wrong_amendment_is_refused(values, message):
    about = {"name": "relief", "of": Position, "target": "committee", "field": "wage", "by": 0.8}
    with pytest.raises(DesignError) as refused:
        Amend(**(about | values))
    assert message in str(refused.value)


def test_amendments_are_laid_over_the_rule_of_another_mechanism():
    law = written(committee(), RELIEF).amended()["position", "committee"]
    assert law.rule.wage == 0.5
    assert law.result.wage == pytest.approx(0.4)
    assert law.says().endswith("[wage amended by written: x 0.8]")
    assert written(committee(), RELIEF).idle() == ()


def test_an_amendment_without_its_rule_is_idle_and_no_error():
    design = written(post("office", area="subdistrict"), RELIEF)
    assert [entry.name for _, entry in design.idle()] == ["relief"]
    assert design.amendments() == ()
    situation(post("office", area="subdistrict"), RELIEF)


def test_a_result_that_is_not_allowed_names_every_contributor():
    more = Amend(name="rounds", of=Position, target="committee", field="observe", by=0.6)
    again = Amend(name="calls", of=Position, target="committee", field="ask", by=0.6)
    with pytest.raises(DesignError) as refused:
        written(committee(), more, again)
    text = str(refused.value)
    assert "position 'committee'" in text
    assert "observe + 0.6" in text
    assert "ask + 0.6" in text
    assert "add up to more than 1" in text


def test_what_only_some_of_them_would_give_is_checked_too():
    heavy = Amend(name="reports", of=Position, target="committee", field="wage", by=3e4)
    light = Amend(name="relief", of=Position, target="committee", field="wage", by=0.3)
    with pytest.raises(DesignError, match="where only they are in force"):
        written(committee(), heavy, light)  # together 4,500, but the first alone 15,000


def test_a_rules_own_weight_may_be_amended_and_money_follows():
    free = situation(committee())
    cheaper = situation(committee(), RELIEF)
    assert free.purses.spent_on["wages"] == 3 * 20 * 50  # fen
    assert cheaper.purses.spent_on["wages"] == 3 * 20 * 40


def test_no_amendment_makes_hours_out_of_administration():
    assert not {"heads", "hours", "admin_share"} & open_fields(Position).keys()


def test_a_committee_has_all_hours_of_its_people():
    base = post(staffed_by="committee")
    community = small().build(1).committees
    gross = (community.staff * community.hours).astype(float)
    assert situation(base).institutions.ledger.available == pytest.approx(gross)  # what tasks take is booked


def test_an_amendment_costs_like_a_rule_and_works_as_far_as_it_is_paid():
    office = post("office", area="subdistrict", heads=1, hours=10)
    costly = Amend(
        name="relief",
        of=Position,
        target="committee",
        field="wage",
        by=0.5,
        keeper="office",
        upkeep=8.0,
    )
    model = situation(committee(), office, costly)
    # Three committees take 24 hours of the office's ten: five twelfths of the relief.
    assert model.institutions.ledger.left[model.institutions.posts.at("office")].sum() == pytest.approx(0)
    posts = model.institutions.posts
    assert posts.wage[posts.at("committee")] == pytest.approx([0.5 * (1 - 0.5 * 10 / 24)] * 3)
    assert model.institutions.ledger.hours["upkeep"] == pytest.approx(10)


def test_an_amendment_nobody_has_hours_to_keep_changes_nothing():
    nobody = post("office", area="subdistrict", heads=1, hours=0.0001, handles=())
    kept = Amend(
        name="relief",
        of=Position,
        target="committee",
        field="wage",
        by=0.5,
        keeper="office",
        upkeep=1e6,
    )
    with_it = situation(committee(), nobody, kept).institutions.posts.wage[:3]
    assert with_it == pytest.approx([0.5] * 3, abs=1e-6)


def test_an_amendment_of_upkeep_is_what_the_keeper_pays():
    visits = Observation(name="visits", post="committee", keeper="committee", upkeep=4.0)
    half = Amend(name="app", of=Observation, target="visits", field="upkeep", by=0.5)
    assert situation(committee(), visits).institutions.ledger.hours["upkeep"] == pytest.approx(12)
    assert situation(committee(), visits, half).institutions.ledger.hours["upkeep"] == pytest.approx(6)


def test_items_are_added_to_a_list():
    more = Amend(name="brief", of=Position, target="committee", field="handles", by=("repair",))
    (rule,) = written(committee(handles=("dispute",)), more).rules()
    assert rule.handles == ("dispute", "repair")


AMENDMENTS: tuple[Rule, ...] = (
    RELIEF,
    Amend(name="reform", of=Position, target="committee", field="wage", by=0.9),
    Amend(name="slots", of=Council, target="council", field="slots", by=1.5),
    Amend(name="quorum", of=Council, target="council", field="quorum", by=0.7),
    Amend(name="weight", of=Payoff, target="peers", field="weight", by=0.3),
    Amend(name="cover", of=Listing, target="menu", field="share", by=0.3),
)
BASE: tuple[Rule, ...] = (
    committee(),
    council(),
    Payoff(name="peers", to="units", term="peers", weight=2.0),
    Listing(name="menu", area="subdistrict", share=0.4),
)


def digest(*rules: Rule) -> str:
    design = written(*rules)
    model = GovernanceModel(small().build(1), design, baseline=design, reform_week=0, rng=1, weeks=14)
    model.run_until(14)
    return model.record.series[:14].tobytes().hex()


def test_a_run_is_the_same_to_the_bit_in_whatever_order_amendments_come():
    expected = digest(*BASE, *AMENDMENTS)
    for order in itertools.islice(itertools.permutations(AMENDMENTS), 1, 720, 240):
        assert digest(*order, *BASE) == expected
    assert expected != digest(*BASE)


def test_identity_is_absence():
    neutral = [
        Amend(name=f"none_{kind.kind}_{field}", of=kind, target=target, field=field, by=NEUTRAL[fold])
        for kind, target in (
            (Position, "committee"),
            (Council, "council"),
            (Payoff, "peers"),
            (Listing, "menu"),
        )
        for field, fold in open_fields(kind).items()
    ]
    assert digest(*BASE, *neutral) == digest(*BASE)


@given(st.sets(st.sampled_from(range(len(BASE) + len(AMENDMENTS)))))
def test_any_part_of_a_design_loads(chosen):
    rules = [(*BASE, *AMENDMENTS)[index] for index in sorted(chosen)]
    design = Design(tuple(Written(given=(rule,)) for rule in ()) or (Written(given=tuple(rules)),))
    targets = {rule.key for rule in rules}
    assert {entry.changes for _, entry in design.idle()} == {
        rule.changes for rule in rules if isinstance(rule, Amend) and rule.changes not in targets
    }


def test_every_open_field_has_a_fold_that_suits_it():
    for kind in RULE_KINDS:
        for name, fold in open_fields(kind).items():
            default = kind.__dataclass_fields__[name].default
            assert fold in NEUTRAL
            assert isinstance(default, tuple) == (fold == "union"), (kind, name)


def test_powers_follow_amended_hours():
    choice = Choice(name="call", level="neighbourhood", power="summon", hours=2.0)
    dearer = Amend(name="dear", of=Choice, target="call", field="hours", by=1.5)
    model = situation(committee(), choice, dearer)
    assert np.nanmax(model.institutions.powers.summons) == 3.0


def test_powers_follow_as_far_as_the_amendment_was_paid_for():
    choice = Choice(name="call", level="neighbourhood", power="summon", hours=2.0)
    office = post("office", area="subdistrict", heads=1, hours=6)
    dearer = Amend(name="dear", of=Choice, target="call", field="hours", by=1.5, keeper="office", upkeep=4.0)
    model = situation(committee(), office, choice, dearer)  # twelve hours of six
    assert np.nanmax(model.institutions.powers.summons) == pytest.approx(2.5)

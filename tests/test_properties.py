"""What is true in every week of every run, whatever the community, the design and the shocks."""

from __future__ import annotations

import csv
import dataclasses
import typing
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from cogov.community import Profile, load_community
from cogov.kit.errors import DesignError
from cogov.mechanisms import Mechanism, registry
from cogov.model import GovernanceModel
from cogov.processes import Epidemic
from cogov.processes.record import EVENTS
from cogov.rules import Amend, Design, When, Where
from cogov.rules.amend import open_fields
from cogov.rules.shipped import load_design
from cogov.state.issues import State
from cogov.terms import Party
from tests.helpers import Written, own, reals
from tests.laws import LEVELS, issues_are_conserved, live

SHARE = reals(0, 1)


# ---------------------------------------------------------------- what a run is made of


@cache
def small() -> Profile:
    return load_community("small")


@cache
def line_hierarchy() -> Design:
    return load_design("line_hierarchy")


@cache
def wuliqiao_2020() -> Design:
    return load_design("wuliqiao_2020")


EMPTY: dict[str, dict[str, Any]] = {
    "no party members": {"party_share": 0},
    "no units": {"unit_rates": [0] * 8, "units": ()},
    "one household": {"residents": 1, "compounds": 1, "neighbourhoods": 1},
    "one person": {"residents": 1, "compounds": 1, "neighbourhoods": 1, "household_sizes": [1]},
    "a household a compound": {"residents": 6},
    "two subdistricts": {"subdistricts": 2, "neighbourhoods": 4},
    "no children": {"child_share": 0, "teen_share": 0},
    "elders only": {"elder_share": 1, "child_share": 0, "teen_share": 0},
    "no firms": {"founding_firms": (), "old_share": 1, "without_firm_old": 1},
    "no owners' committees": {"owners_committee_old": 0, "owners_committee_new": 0},
    "no ties": {"tie_degree": 0},
    "all isolates": {"isolates": 1, "tie_spare": 0},
    "no volunteers": {"volunteer_share": 0, "party_share": 0},
    "everybody volunteers": {"volunteer_share": 1},
    "no free hours": {"free_hours": [0] * 8},
    "no staff hours": {"staff_hours": 0},
    "nothing but administration": {"admin_share": 1},
    "no departments": {"department_hours": [0] * 5, "department_answer": [0] * 5},
    "no money": {"programme_budget": 0, "lift_fund": 0},
    "lifts for nothing": {"lift_cost": 0, "lift_subsidy": 0, "old_share": 1},
    "no fees": {"fee_old": 0, "fee_new": 0},
    "lowest levels": dict.fromkeys(LEVELS, 0),
    "highest levels": dict.fromkeys(LEVELS, 1),
    "lifts everywhere": {"old_share": 1, "lifts_built": 100_000},
    "bungalows": {"storeys_old": [1, 1], "storeys_new": [1, 1]},
    "tenants only": {"owner_share_old": 0, "owner_share_new": 0},
}

NUMBERS = st.fixed_dictionaries(
    {
        "neighbourhoods": st.integers(1, 4),
        "compounds": st.integers(4, 8),
        "residents": st.integers(1, 500),
        "old_share": SHARE,
        "elder_share": reals(0, 0.6),
        "child_share": reals(0, 0.3),
    },
    optional={
        "party_share": SHARE,
        "in_service_share": SHARE,
        "volunteer_share": SHARE,
        "isolates": SHARE,
        "tie_degree": reals(0, 20),
        "household_sizes": st.sampled_from([(1,), (0, 0, 1), (0.25, 0.36, 0.24, 0.10, 0.05)]),
        "unit_rates": st.lists(reals(0, 2), min_size=8, max_size=8),
        "unit_ranks": st.lists(reals(-1, 3), min_size=8, max_size=8),
        "unit_engagement": SHARE,
        "compounds_per_firm": reals(0.5, 10),
        "without_firm_old": SHARE,
        "founding_firms": st.sampled_from([(), ("A",), ("A", "B")]),
        "firm_quality": SHARE,
        "owners_committee_old": SHARE,
        "trust_committee": SHARE,
        "trust_firm": SHARE,
        "admin_share": SHARE,
        "capability": SHARE,
        "programme_budget": reals(0, 2000),
        "lift_fund": reals(0, 5000),
        "lift_subsidy": reals(0, 20_000),
        "lift_cost": reals(0, 500_000),
        "department_hours": st.lists(reals(0, 40), min_size=5, max_size=5),
        "department_bounce": st.lists(SHARE, min_size=5, max_size=5),
        "exposure_spread": reals(0, 2),
    },
)
PROFILES = st.one_of(
    st.sampled_from(list(EMPTY.values())).map(lambda e: {"residents": 300} | e), NUMBERS
).map(lambda numbers: dataclasses.replace(small(), ranges={}, **numbers))

SHOCKS = st.lists(
    st.builds(
        Epidemic,
        week=st.integers(1, 40),
        length=st.integers(1, 20),
        factor=reals(1, 30),
        need_factor=reals(1, 5),
        staff_absent=SHARE,
    ),
    max_size=2,
)


def values_of(field: dataclasses.Field[Any], annotation: Any) -> st.SearchStrategy[Any]:
    """Valid values of one parameter of a mechanism, its default and its bounds often among them."""
    about, default = field.metadata, st.just(field.default)
    if annotation is bool:
        return st.booleans()
    if annotation is str:
        return st.sampled_from(about["choices"])
    if annotation in (int, float):
        low = about["low"] or 0
        high = min(about["high"], max(4 * field.default, 8))
        drawn = st.integers(low, high) if annotation is int else reals(low, high)
        return st.one_of(default, st.sampled_from([annotation(low), annotation(high)]), drawn)
    if about["choices"] is None:  # names of posts, say, which only the design knows
        return default
    fewest, most = about["length"] or (0, None)
    several = st.lists(st.sampled_from(about["choices"]), min_size=fewest, max_size=most, unique=True)
    return st.one_of(default, several.map(tuple))


def any_mechanism(kind: type[Mechanism]) -> st.SearchStrategy[Mechanism]:
    hints = typing.get_type_hints(kind)
    fields = {field.name: values_of(field, hints[field.name]) for field in own(kind)}
    for drawn in ("blocks", "areas"):
        if drawn in fields:
            fields[drawn] = st.integers(0, 2)  # what a community has no neighbourhoods for is refused
    return st.builds(kind, **fields)


@st.composite
def designs(draw: st.DrawFn, neighbourhoods: int) -> Design:
    """Any mechanisms with any parameters, on top of the baseline."""
    names = draw(st.sets(st.sampled_from(list(registry())), max_size=len(registry())))
    mechanisms = [draw(any_mechanism(registry()[name])) for name in sorted(names)]
    for drawn in ("blocks", "areas"):
        mechanisms = [
            dataclasses.replace(mechanism, **{drawn: min(getattr(mechanism, drawn), neighbourhoods)})
            if hasattr(mechanism, drawn)
            else mechanism
            for mechanism in mechanisms
        ]
    try:
        plain = line_hierarchy().with_(*mechanisms, name="any")
        return plain.with_(Written(given=tuple(draw(st.lists(amendments(plain), max_size=4)))), name="any")
    except DesignError:  # a baseline without a post that others need, or an amendment beyond what is allowed
        reject()


@st.composite
def amendments(draw: st.DrawFn, design: Design) -> Amend:
    """Any change to any open field of any rule of a design, in some places or weeks, paid for or not."""
    rule = draw(st.sampled_from([rule for rule in design.rules() if open_fields(type(rule))]))
    field, fold = draw(st.sampled_from(sorted(open_fields(type(rule)).items())))
    about = type(rule).__dataclass_fields__[field].metadata
    by = {
        "scale": reals(0, 2),
        "add": reals(-0.1, 0.1),
        "cover": SHARE,
        "union": st.lists(st.sampled_from(about["choices"] or ("repair",)), unique=True).map(tuple),
    }[fold]
    given = {} if fold == "union" else draw(st.fixed_dictionaries({}, optional={
        "where": st.sampled_from([Where(homes=("old",)), Where(worst=1)]),
        "when": st.sampled_from([When(start=2, length=5), When(surge=2.0)]),
    }))  # fmt: skip
    paid = (
        {"keeper": "committee", "upkeep": draw(reals(0, 5))}
        if fold != "union" and draw(st.booleans())
        else {}
    )
    name = f"amended_{draw(st.integers(0, 10**6))}"
    return Amend(name=name, of=type(rule), target=rule.name, field=field, by=draw(by), **given, **paid)


@st.composite
def settings_of_a_run(
    draw: st.DrawFn, most_weeks: int, profiles: st.SearchStrategy[Profile]
) -> dict[str, Any]:
    profile = draw(profiles)
    here = designs(profile.neighbourhoods * profile.scale)
    weeks = draw(st.integers(1, most_weeks))
    timeline = draw(st.dictionaries(st.integers(0, weeks - 1), here, max_size=2))
    return {
        "community": profile,
        "baseline": draw(st.one_of(st.just(line_hierarchy()), here)),
        "design": draw(here),
        "reform_week": draw(st.integers(0, weeks - 1)),
        "timeline": timeline,
        "shocks": [shock for shock in draw(SHOCKS) if shock.week <= weeks],
        "weeks": weeks,
        "rng": draw(st.integers(0, 2**31)),
    }


# ---------------------------------------------------------------- tests


@settings(max_examples=40, report_multiple_bugs=False)
@given(settings_of_a_run(30, PROFILES))
def test_every_week_of_any_run_is_sound(run):
    live(**run)


@pytest.mark.slow
@settings(max_examples=400, report_multiple_bugs=False)
@given(settings_of_a_run(160, PROFILES))
def test_every_week_of_any_long_run_is_sound(run):
    live(**run)


@pytest.mark.parametrize("numbers", EMPTY.values(), ids=EMPTY.keys())
def test_nothing_to_govern_with_breaks_nothing(numbers):
    """Six weeks under the baseline, eight under the reform."""
    profile = dataclasses.replace(small(), ranges={}, **{"residents": 300} | numbers)
    reform = wuliqiao_2020()
    blocks = min(2, profile.neighbourhoods)
    platform = dataclasses.replace(reform.mechanism("three_level_platform"), blocks=blocks)
    model = live(
        14, community=profile, baseline=line_hierarchy(), design=reform.with_(platform), reform_week=6, rng=1
    )
    residents = model.residents
    if numbers is EMPTY["no party members"]:
        assert not np.any(residents.party != Party.NONE)
    if numbers is EMPTY["no departments"]:
        assert model.record.to_frame()["hours_departments"].sum() == 0
    if numbers is EMPTY["no money"]:
        spent = model.record.to_frame()[["money_from_budget", "money_lifts"]]
        assert spent.to_numpy().sum() == 0  # programmes have grants of their own
    if numbers is EMPTY["no staff hours"]:
        assert model.record.to_frame()["hours_committee"].sum() == 0
    if numbers is EMPTY["no units"]:
        assert model.record.to_frame()[["offered", "matched"]].to_numpy().sum() == 0


def test_a_run_in_which_everything_happens_is_sound():
    profile = dataclasses.replace(
        small(),
        ranges={},
        residents=800,
        old_share=1,
        lift_fund=5000,
        lift_subsidy=1000,
        admin_share=0.7,
        venues=0,
    )
    mechanisms = {
        "lift_programme": {
            "consent": "civil_code",
            "promote": 1.0,
            "slots": 9.0,
            "revision": 1.0,
            "permits": 1,
        },
        "three_level_platform": {"blocks": 2, "listing": 1.0, "slots": 4.0},
        "three_plus_x_committee": {"slots": 4.0},
        "joint_building": {"share": 1.0},
        "grid_linkage": {"hours": 20.0, "willing": 1.0},
    }
    design = wuliqiao_2020().with_(*(registry()[m](**given) for m, given in mechanisms.items()))
    model = live(
        76,
        community=profile,
        design=design,
        reform_week=2,
        rng=3,
        shocks=[Epidemic(week=20, length=8, factor=9.0, staff_absent=0.5)],
        processes={
            "firms": {"replace_below": 1.0, "replace_rate": 1.0},
            "tasks": {"weeks": 0},
            "arise": {"public_space": {"rate": 0.5}, "renewal": {"rate": 0.5}},
        },
    )
    happened = model.record.to_frame().sum()
    # no mechanism builds anything but lifts; what is refused is dropped where councils ask for more
    without = {"works_built", "agenda_dropped"}
    for name in (
        *(set(EVENTS) - without),
        "lost",
        "bounced",
        "reworked",
        "orders",
        "money_wages",
        "money_programmes",
    ):
        assert happened[name] > 0, name


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "neighbourhood": st.sampled_from(["东", "西", "N, 3"]),
            "households": st.integers(1, 60),
            "year_built": st.integers(1900, 2020),
            "storeys": st.integers(1, 40),
            "fee": reals(0, 10),
            "property_firm": st.sampled_from(["", "永理", "B"]),
            "owners_committee": st.sampled_from(["yes", "no"]),
            "elder_share": st.one_of(st.just(""), reals(0, 0.5)),
            "child_share": st.one_of(st.just(""), reals(0, 0.5)),
            "party_share": st.one_of(st.just(""), SHARE),
            "lifts": st.one_of(st.just(""), st.integers(0, 4)),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=8)
@given(ROWS, st.data())
def test_every_week_of_any_table_of_compounds_is_sound(tmp_path_factory, rows, data):
    path: Path = tmp_path_factory.mktemp("table") / "compounds.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["compound", *rows[0]])
        writer.writeheader()
        writer.writerows({"compound": f"C{number}", **row} for number, row in enumerate(rows))
    run = data.draw(settings_of_a_run(14, st.just(load_community(path))))
    model = live(**run)
    assert model.places.households == sum(row["households"] for row in rows)


def test_conservation_can_fail():
    """The watch sees an issue that vanishes."""
    model = GovernanceModel(small(), rng=1, weeks=2)
    model.run_until(1)
    issues_are_conserved(model)
    gone = np.flatnonzero(model.issues.state == State.LATENT)[0]
    model.issues.state[gone] = State.RESOLVED  # without being counted
    model.run_until(2)
    with pytest.raises(AssertionError):
        issues_are_conserved(model)

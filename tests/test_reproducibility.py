"""Same seed, same world; same design, same run: to the bit, in any process and any order."""

from __future__ import annotations

import copy
import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogov import model as model_module
from cogov.community import Profile, load_community
from cogov.kit.errors import DesignError
from cogov.kit.streams import Streams
from cogov.mechanisms import Mechanism, registry
from cogov.model import GovernanceModel
from cogov.processes import Epidemic, World
from cogov.processes.arise import arise, terms_of
from cogov.processes.week import processes_of
from cogov.rules import Design
from cogov.rules.shipped import load_design
from cogov.simulation import simulate
from cogov.terms import Kind

WEEKS = 17
"""Long enough for council meetings, the end of a quarter, and a second look of everybody at volunteering."""


@cache
def profile() -> Profile:
    return load_community("small", residents=300)


@cache
def design(name: str) -> Design:
    found = load_design(name)
    if name == "wuliqiao_2020":  # two blocks: as many blocks as neighbourhoods would be none
        return found.with_(dataclasses.replace(found.mechanism("three_level_platform"), blocks=2), name=name)
    return found


def run(of: Design, weeks: int = WEEKS, **given: Any) -> GovernanceModel:
    model = begin(of, weeks, **given)
    model.run_until(weeks)
    return model


def begin(of: Design, weeks: int = WEEKS, **given: Any) -> GovernanceModel:
    usual = {"rng": 3, "weeks": weeks, "reform_week": 2, "baseline": design("line_hierarchy")}
    return GovernanceModel(profile(), of, **usual | given)


@cache
def digest(of: Design) -> str:
    """Digest of one run; designs with the same rules are still run apart."""
    return run(of).record.digest()


def weekly(of: Design, **given: Any) -> Iterator[str]:
    """Digests of one run's record after every week."""
    model = begin(of, **given)
    for week in range(1, WEEKS + 1):
        model.run_until(week)
        yield model.record.digest()


@cache
def without_any(of: Design) -> list[str]:
    """The same of a whole run, for all designs that are held against it."""
    return list(weekly(of))


# ---------------------------------------------------------------- same seed, same digest


def test_same_seed_same_digest_and_another_seed_another():
    of = design("wuliqiao_2020")
    one, again, other = (run(of, rng=seed).record.digest() for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_same_digest_in_another_process(tmp_path):
    program = (
        "from cogov import simulate;"
        "print(simulate('small', 'wuliqiao_2020', seed=5, weeks=16, reform_week=2, run_in=0).digest)"
    )
    out = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": "4242"},  # here it is drawn anew every time
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert out.strip() == simulate("small", "wuliqiao_2020", seed=5, weeks=16, reform_week=2).digest


def test_the_digest_is_of_every_part_of_the_record():
    record = run(design("line_hierarchy")).record
    before = record.digest()
    for array in (record.series, record.places, record.durations, record.groups):
        kept = array[0].copy()
        array[0].flat[0] += 1
        assert record.digest() != before
        array[0] = kept
    assert record.digest() == before


@pytest.mark.parametrize("planned", [3, 14, WEEKS, 60])
def test_the_weeks_planned_for_do_not_matter(planned):
    of = design("wuliqiao_2020")
    model = begin(of, planned)
    model.run_until(WEEKS)
    assert model.record.digest() == digest(of)


def test_week_by_week_or_in_one_go():
    of = design("wuliqiao_2020")
    model = begin(of)
    for _ in range(WEEKS):
        model.step()
    assert model.record.digest() == digest(of)


def test_looking_changes_nothing():
    of = design("wuliqiao_2020")
    model = begin(of)
    for week in range(1, WEEKS + 1):
        model.run_until(week)
        model.residents.agents().shuffle().get("satisfaction")
        model.world.births(week + 1)
        model.outcomes()
        model.record.to_frame()
        model.rng.random()
        model.random.random()
    assert model.record.digest() == digest(of)


# ---------------------------------------------------------------- same seed, same world


class Arrivals:
    """Runs a model and keeps what arrived each week, and what a firm's quality should let through."""

    def __init__(self, of: Design, **given: Any) -> None:
        self.arrived: list[dict[str, np.ndarray]] = []
        self.expected: list[np.ndarray] = []

        def looking(model: GovernanceModel) -> None:
            born = model.world.births(model.week)
            prevented = model.world.prevented(born, model.quality_by_compound(), terms_of(model, born))
            causes = copy.deepcopy(model.causes)
            causes.worsen()
            bred = causes.breed(born["cause"], born["compound"], born["root"])
            self.expected.append(born["id"][bred & ~prevented])
            arise(model)
            new = np.flatnonzero(model.issues.born == model.week)
            self.arrived.append({name: getattr(model.issues, name)[new].copy() for name in born})

        looking.__name__ = "arise"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                model_module,
                "processes_of",
                lambda week: [looking if process is arise else process for process in processes_of(week)],
            )
            self.model = run(of, **given)


@pytest.fixture(scope="module")
def worlds() -> tuple[Arrivals, Arrivals]:
    """Two designs, the second with firms that soon become much better."""
    more = {"arise": {"repair": {"rate": 2.0}, "property_conflict": {"rate": 2.0}}}
    given = {"weeks": 32, "processes": more, "shocks": [Epidemic(week=5, length=4, factor=8.0)]}
    alliance = registry()["red_property_alliance"](learning=1.0, reputation=10.0)
    return (
        Arrivals(design("line_hierarchy"), **given),
        Arrivals(design("wuliqiao_2020").with_(alliance), **given),
    )


def test_births_are_the_same_under_every_design(worlds):
    one, other = (arrivals.model.world for arrivals in worlds)
    for week in range(1, 60):
        mine, theirs = one.births(week), other.births(week)
        assert all(np.array_equal(mine[name], theirs[name]) for name in mine)


def test_births_do_not_depend_on_what_happened_before(worlds):
    used = worlds[1].model.world
    fresh = World(profile().build(3), used.parameters, Streams(3), used.shocks)
    for week in (1, 7, 30):
        mine, theirs = used.births(week), fresh.births(week)
        assert all(np.array_equal(mine[name], theirs[name]) for name in mine)


def test_arrivals_differ_only_by_what_firms_and_neighbours_prevent(worlds):
    for arrivals in worlds:
        for born, expected in zip(arrivals.arrived, arrivals.expected, strict=True):
            assert np.array_equal(born["id"], expected)
    # before the first quarter's end firms are the same, later they are not; neighbours may settle disputes
    one, other = (
        [born["id"][born["kind"] != Kind.DISPUTE] for born in arrivals.arrived] for arrivals in worlds
    )
    assert all(np.array_equal(mine, theirs) for mine, theirs in zip(one[:13], other[:13], strict=True))
    differing = set(np.concatenate(one)) ^ set(np.concatenate(other))
    assert differing
    kinds = np.concatenate([born["kind"] for arrivals in worlds for born in arrivals.arrived])
    ids = np.concatenate([born["id"] for arrivals in worlds for born in arrivals.arrived])
    assert set(kinds[np.isin(ids, list(differing))]) <= {Kind.REPAIR, Kind.PROPERTY_CONFLICT}


def test_an_issue_that_arrives_under_both_designs_is_the_same_issue(worlds):
    for mine, theirs in zip(worlds[0].arrived, worlds[1].arrived, strict=True):
        _, here, there = np.intersect1d(mine["id"], theirs["id"], return_indices=True)
        assert all(np.array_equal(mine[name][here], theirs[name][there]) for name in mine)


def test_people_and_places_are_the_same_under_every_design():
    models = [begin(design(name)) for name in ("line_hierarchy", "quyang_2014")]
    for name in vars(models[0].community.residents):
        mine, theirs = (vars(model.residents)[name] for model in models)
        assert np.array_equal(mine, theirs), name


# ---------------------------------------------------------------- zero strength is absence


def without(of: Design, name: str) -> Design | None:
    """The design without a mechanism; None where others need its posts."""
    if name not in {mechanism.name for mechanism in of.mechanisms}:
        return of
    try:
        return of.without(name)
    except DesignError:
        return None


NEEDED = {
    "wuliqiao_2020": {"neighbourhood_committee", "line_departments"},
    "line_hierarchy": {"neighbourhood_committee"},
}
"""Base mechanisms whose posts keep rules of others alive."""


def base_without(name: str) -> Design:
    """The baseline without a mechanism, and without what that one's posts keep alive."""
    kept = {"neighbourhood_committee": "unit_party_building"}
    base = design("line_hierarchy")
    absent = without(base.without(kept[name]) if name in kept else base, name)
    assert absent is not None
    return absent


@pytest.mark.parametrize("name", registry())
@pytest.mark.parametrize("start", ["line_hierarchy", "wuliqiao_2020"])
def test_zero_strength_is_absence(start, name):
    of = design(start)
    absent = without(of, name)
    assert (absent is None) == (name in NEEDED[start])
    if absent is None:
        return
    present = next((m for m in of.mechanisms if m.name == name), registry()[name]())
    at_zero = absent.with_(present.at_zero())
    assert len(at_zero.mechanisms) == len(absent.mechanisms) + 1
    assert digest(at_zero) == digest(absent)


@pytest.mark.parametrize("name", sorted(set(registry()) - {"grid_linkage"}))
@settings(max_examples=5)
@given(st.data())
def test_zero_strength_has_no_rules_whatever_the_other_parameters(name, data):
    from_any = data.draw(any_mechanism(registry()[name]))
    absent = base_without(name)
    assert not absent.diff(absent.with_(from_any.at_zero()))


def any_mechanism(kind: type[Mechanism]) -> st.SearchStrategy[Mechanism]:
    """Numbers somewhere between half and twice their defaults; words as they are."""

    def values(field: dataclasses.Field[Any]) -> st.SearchStrategy[Any]:
        low, high, default = field.metadata["low"], field.metadata["high"], field.default
        if isinstance(default, bool) or not isinstance(default, (int, float)):
            return st.just(default)
        half = max(low or 0, default / 2)
        twice = 2 * default if high is None else min(high, 2 * default)
        return st.floats(half, twice) if isinstance(default, float) else st.integers(int(half), int(twice))

    return st.builds(kind, **{field.name: values(field) for field in dataclasses.fields(kind)}).filter(
        allowed
    )


def allowed(mechanism: Mechanism) -> bool:
    """Whether its numbers go together: no post refuses more than all, no works end before they start."""
    try:
        return bool(mechanism.rules())
    except DesignError as error:
        return not any(said in str(error) for said in ("add up to more than 1", "first must not be longer"))


@pytest.mark.parametrize("name", registry())
def test_full_strength_is_not_absence(name):
    """So that the tests of zero strength can fail."""
    absent = base_without(name)
    strong = {
        "lift_programme": {"promote": 1.0},
        "neighbourly_gate": {"proposed": 1.0},
        "party_visits": {"visits": 12},
        "red_property_alliance": {"learning": 0.5, "reputation": 2.0},
        "three_level_platform": {"blocks": 2},
    }
    # where so few live, all live next to the gate, and nobody would have one for the noise
    quiet = {"processes": {"projects": {"consent": {"work_nuisance": 0.0}}}}
    given = quiet if name == "neighbourly_gate" else {}
    present = weekly(absent.with_(registry()[name](**strong.get(name, {}))), **given)
    missing = weekly(absent, **given) if given else without_any(absent)
    assert any(one != other for one, other in zip(present, missing, strict=True))  # no further than it shows


# ---------------------------------------------------------------- order and time of adoption


def test_the_order_of_mechanisms_does_not_matter():
    of = design("wuliqiao_2020")
    turned = Design(of.mechanisms[::-1], name="turned")
    assert turned.rules() == of.rules()
    assert digest(turned) == digest(of)


@pytest.mark.parametrize("week", [1, 5, 13, 16])
def test_three_ways_to_adopt_a_design_in_a_week(week):
    base, reform = design("line_hierarchy"), design("wuliqiao_2020")
    planned = run(reform, reform_week=week)
    by_timeline = run(base, reform_week=0, timeline={week: reform})
    by_hand = begin(base, reform_week=0)
    by_hand.run_until(week)
    by_hand.adopt(reform)
    by_hand.run_until(WEEKS)
    assert planned.record.digest() == by_timeline.record.digest() == by_hand.record.digest()
    never = run(base, reform_week=0)
    assert np.array_equal(planned.record.series[:week], never.record.series[:week])
    assert not np.array_equal(planned.record.series[week:], never.record.series[week:])


@pytest.mark.parametrize("week", [3, 8, 13, 15])
def test_to_adopt_the_design_in_force_changes_nothing(week):
    of = design("wuliqiao_2020")
    assert run(of, timeline={week: of}).record.digest() == digest(of)


def test_a_timeline_goes_there_and_back():
    base, reform = design("line_hierarchy"), design("quyang_2014")
    model = run(base, timeline={6: reform, 10: base}, weeks=12)
    names = []
    again = begin(base, 12, timeline={6: reform, 10: base})
    for week in range(1, 13):
        again.run_until(week)
        names.append(again.institutions.design.name)
    # the design of week 6 is in force from week 7 on
    assert names == ["line_hierarchy"] * 6 + ["quyang_2014"] * 4 + ["line_hierarchy"] * 2
    assert again.record.digest() == model.record.digest()

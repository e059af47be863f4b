"""Every assumed number says in which range it may well lie; a run can be made anywhere in those ranges."""

from __future__ import annotations

import dataclasses
import math
import typing
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pytest

from cogov import Design, Processes, load_community, load_design
from cogov.assumptions import KEPT, Assumption, assumptions
from cogov.community import Profile
from cogov.community.profile import QUANTITIES
from cogov.kit import resources
from cogov.kit.errors import ProfileError
from cogov.kit.fields import Parameters, param
from cogov.mechanisms import OWN
from cogov.processes import Epidemic
from cogov.sources import is_assumed

COMMUNITIES = resources.names("community")
DESIGNS = resources.names("design")


class Declared(NamedTuple):
    path: str
    value: Any
    required: bool
    kind: Any
    about: Mapping[str, Any]


def declared(values: Parameters, where: str) -> Iterator[Declared]:
    """Every field of a set of parameters that is a number or a list of numbers."""
    hints = typing.get_type_hints(type(values))
    for field in dataclasses.fields(values):
        value, path = getattr(values, field.name), f"{where}.{field.name}"
        if isinstance(value, Parameters):
            if field.name != "where":
                yield from declared(value, path)
            continue
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        listed = isinstance(value, tuple) and any(isinstance(entry, (int, float, tuple)) for entry in value)
        if number or listed:
            required = field.default is dataclasses.MISSING
            yield Declared(path, value, required, hints[field.name], field.metadata)


def everything() -> list[Declared]:
    found = [*declared(Processes(), "processes"), *declared(Epidemic(), "epidemic")]
    for kind in OWN:
        found += declared(kind(), f"design.mechanisms.{kind.name}")
    return found


def test_every_assumed_number_has_a_range_or_a_reason() -> None:
    bare = {
        entry.path
        for entry in everything()
        if is_assumed(entry.about["source"]) and not entry.about["plausible"] and entry.value != 0
    }
    profiles = [load_community(name) for name in COMMUNITIES]
    about = {field.name: field.metadata for field in dataclasses.fields(Profile)}
    bare |= {
        f"community.{key}"
        for profile in profiles
        for key in QUANTITIES
        if is_assumed(profile.sources[key]) and not (about[key]["plausible"] or about[key]["choices"])
        if not isinstance(getattr(profile, key), str) and key != "founding_firms"
    }
    assert bare - set(KEPT) == set()
    assert set(KEPT) <= {entry.path for entry in everything()} | {f"community.{key}" for key in QUANTITIES}


def test_ranges_lie_within_limits_and_about_the_default() -> None:
    with_range = [entry for entry in everything() if entry.about["plausible"]]
    assert len(with_range) > 900
    for path, value, required, kind, about in with_range:
        low, high = about["plausible"]
        assert low < high, path
        assert low > 0 or not about["log"], path
        if required or isinstance(value, tuple):
            assert 0 <= low <= 1 <= high, path
            continue
        floor = -math.inf if about["low"] is None else about["low"]
        assert floor <= low < high <= (math.inf if about["high"] is None else about["high"]), path
        assert low <= value <= high or value == 0, path
        if kind is int:
            assert (low, high) == (int(low), int(high)), path


def test_what_was_said_in_words_is_said_once() -> None:
    for entry in everything():
        assert "plausible" not in entry.about["doc"] + entry.about["source"], entry.path


def test_equal_ratios_where_the_range_is_wide() -> None:
    def log(lowest: float, highest: float, **more: Any) -> bool:
        field = param(1.0, low=0, doc="", plausible=(lowest, highest), **more)
        return bool(field.metadata["log"])

    assert [log(1, 2.9), log(1, 3), log(0, 3)] == [False, True, False]
    assert [log(0.2, 0.8, high=1), log(0.1, 0.8, high=1)] == [False, True]
    assert [log(1, 9, log=False), log(1, 2, log=True)] == [False, True]


@pytest.fixture(scope="module")
def small() -> Profile:
    return load_community("small")


def found_of(
    *designs: Design, community: Profile, processes: Processes | None = None
) -> dict[str, Assumption]:
    found = assumptions(designs, community, processes or Processes())
    by_path = {entry.path: entry for entry in found}
    assert len(by_path) == len(found)
    return by_path


def test_default_is_the_value_there(small: Profile) -> None:
    found = found_of(load_design("quyang_2014"), community=small)
    for entry in found.values():
        assert entry.low <= entry.default <= entry.high, entry
        assert entry.low < entry.high, entry
        assert not entry.log or entry.low > 0, entry
    assert found["processes.sense.report_rate"].default == Processes().sense.report_rate
    assert found["community.tie_degree"].default == small.tie_degree
    assert found["processes.arise.repair.rate"].default == Processes().arise.repair.rate
    free = found["community.free_hours"]
    assert (free.default, free.factor) == (1, True)
    assert all(path not in found for path in KEPT)


def test_a_value_elsewhere_takes_the_range_with_it(small: Profile) -> None:
    ours = Processes.from_mapping({"route": {"endurance": 80}, "units": {"base": 2.0}})
    usual = found_of(community=small)
    found = found_of(community=small, processes=ours)
    far, near = found["processes.route.endurance"], usual["processes.route.endurance"]
    assert (far.low / near.low, far.high / near.high) == pytest.approx((10, 10))
    far, near = found["processes.units.base"], usual["processes.units.base"]
    assert (far.low - near.low, far.high - near.high) == pytest.approx((2.3, 2.3))


def test_what_designs_set_differently_is_no_assumption(small: Profile) -> None:
    ours, theirs = (
        Design.from_mapping({"name": name, "mechanisms": {**MINIMUM, "joint_building": {"share": share}}})
        for name, share in (("ours", 0.5), ("theirs", 0.6))
    )
    path = "design.mechanisms.joint_building.share"
    assert path in found_of(ours, community=small)
    assert path not in found_of(ours, theirs, community=small)
    assert path.replace("share", "upkeep") in found_of(ours, theirs, community=small)


def test_what_has_no_force_is_no_assumption(small: Profile) -> None:
    mechanisms = load_design("quyang_2014").mechanisms
    off = Design(tuple(entry.at_zero() if entry.name == "joint_building" else entry for entry in mechanisms))
    assert not any(".joint_building." in path for path in found_of(off, community=small))


MINIMUM: dict[str, Any] = {entry.name: entry.as_dict() for entry in load_design("line_hierarchy").mechanisms}


def drawn(entry: Assumption, unit: float) -> float:
    span = entry.high - entry.low
    found = entry.low * (entry.high / entry.low) ** unit if entry.log else entry.low + span * unit
    return min(max(found, entry.low), entry.high)


def put(values: dict[str, Any], path: list[str], entry: Assumption, number: float) -> None:
    for key in path[:-1]:
        values = values[key]
    if entry.factor:

        def times(old: Any) -> Any:
            return [times(each) for each in old] if isinstance(old, (list, tuple)) else old * number

        values[path[-1]] = times(values[path[-1]])
    else:
        values[path[-1]] = round(number) if entry.whole else number


def nested(values: Parameters) -> dict[str, Any]:
    return {
        key: nested(entry) if isinstance(entry, Parameters) else entry
        for key, entry in values.as_dict().items()
    }


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("units", ["lowest", "highest", "anywhere"])
def test_a_run_can_be_made_anywhere_in_them(design: str, units: str) -> None:
    made, rng = load_design(design), np.random.default_rng(len(design))
    profile = load_community("wuliqiao" if "w" in design else "small")
    values: dict[str, Any] = {
        "processes": nested(Processes()),
        "community": {key: getattr(profile, key) for key in QUANTITIES},
        "mechanisms": {entry.name: dict(entry.as_dict()) for entry in made.mechanisms},
    }
    for entry in assumptions([made], profile, Processes()):
        unit = {"lowest": 0.0, "highest": 1.0, "anywhere": rng.random()}[units]
        put(values, entry.path.removeprefix("design.").split("."), entry, drawn(entry, unit))
    Processes.from_mapping(values["processes"])
    profile.with_(**values["community"])
    dataclasses.replace(made, mechanisms=tuple(replaced(made, values["mechanisms"])))


def replaced(design: Design, values: dict[str, dict[str, Any]]) -> Iterator[Any]:
    for mechanism in design.mechanisms:
        yield dataclasses.replace(mechanism, **values[mechanism.name])


PLAUSIBLE: list[tuple[str, Any, str, str]] = [
    ("tie_degree", [9, 12], "assumed", "must have 8 in it"),
    ("tie_degree", [6, 120], "assumed", "from 0 to 100"),
    ("tie_degree", [12, 6], "assumed", "the lower first"),
    ("tie_degree", [6], "assumed", r"two numbers, \[low, high\]"),
    ("tie_degree", [6, 10], "facts: whb.cn 2017-04-20", "begins with 'assumed'"),
    ("free_hours", [2, 3], "assumed", "with 1 in it"),
]


@pytest.mark.parametrize(("key", "plausible", "source", "message"), PLAUSIBLE)
def test_a_profiles_range_is_checked(
    key: str, plausible: Any, source: str, message: str, small: Profile
) -> None:
    plain = small.plain()
    plain[key] = {**plain[key], "source": source, "plausible": plausible}
    with pytest.raises(ProfileError, match=message) as caught:
        Profile.from_mapping(plain, "mine.yaml")
    assert "mine.yaml" in str(caught.value)
    assert key in str(caught.value)


def test_a_profiles_range_is_its_own(small: Profile) -> None:
    plain = small.plain()
    plain["tie_degree"] = {**plain["tie_degree"], "plausible": [7, 20]}
    mine = Profile.from_mapping(plain)
    found = found_of(community=mine)["community.tie_degree"]
    assert (found.low, found.high) == (7, 20)
    assert Profile.from_mapping(mine.plain()) == mine
    assert "community.tie_degree" not in found_of(community=mine.with_(tie_degree=8))
    assert mine.with_(tie_degree=8).ranges.keys() == small.ranges.keys()


def test_numbers_of_the_place_that_are_published_have_none() -> None:
    found = found_of(community=load_community("wuliqiao"))
    assert "community.elder_share" not in found
    assert (found["community.residents"].low, found["community.residents"].high) == (58_000, 78_000)

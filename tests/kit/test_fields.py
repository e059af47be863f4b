"""Validated parameters: what is taken, what is refused and how it is said."""

from __future__ import annotations

import dataclasses
import importlib
import math
import pkgutil
import types
import typing
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cogov
from cogov.kit.errors import CogovError, ConfigError, DesignError, shown
from cogov.kit.fields import HIGHEST_ELSE, Parameters, check_value, name_fault, param
from cogov.processes import Processes


@dataclass(frozen=True, kw_only=True)
class Inner(Parameters):
    rate: float = param(0.5, low=0, high=1, doc="a share")
    many: int = param(3, low=1, doc="a number")


@dataclass(frozen=True, kw_only=True)
class Outer(Parameters):
    error: ClassVar[type[CogovError]] = DesignError

    name: str = param(doc="required")
    inner: Inner = param(Inner(), doc="parameters in parameters")
    on: bool = param(True, doc="a switch")
    word: str = param("near", choices=("near", "far"), doc="a choice")
    words: tuple[str, ...] = param((), choices=("a", "b"), doc="choices")
    pair: tuple[float, ...] = param((0.0, 1.0), low=0, length=(2, 2), doc="two numbers")
    some: tuple[int, ...] = param((1,), length=(1, 3), doc="one to three numbers")
    maybe: float | None = param(None, low=0, doc="a number or nothing")
    free: float = param(0.0, doc="any number", unit="h/week", source="facts")

    @classmethod
    def title(cls) -> str:
        return "outer"


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("free", 3, 3.0),
        ("free", np.float32(0.5), 0.5),
        ("free", np.int64(4), 4.0),
        ("free", Fraction(1, 4), 0.25),
        ("free", -1e300, -1e300),
        ("maybe", None, None),
        ("maybe", 2, 2.0),
        ("words", ["a", "b"], ("a", "b")),
        ("words", [], ()),
        ("pair", [1, 2], (1.0, 2.0)),
        ("some", (2.0, 3), (2, 3)),
        ("on", False, False),
    ],
)
def test_values_are_taken_in_their_own_type(key, value, kept):
    taken = getattr(Outer(name="x", **{key: value}), key)
    assert taken == kept
    assert type(taken) is type(kept)


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("free", "1", "must be a number"),
        ("free", None, "must be a number"),
        ("free", True, "must be a number"),
        ("free", np.True_, "must be a number"),
        ("free", 1j, "must be a number"),
        ("free", [1.0], "must be a number"),
        ("free", math.nan, "must be a finite number"),
        ("free", -math.inf, "must be a finite number"),
        ("free", 10**400, "must be a finite number"),
        ("maybe", -1, "must be between 0 and 1000"),
        ("maybe", "none", "must be a number"),
        ("on", 1, "must be true or false"),
        ("on", "yes", "must be true or false"),
        ("word", "nar", "must be one of near, far; did you mean 'near'?"),
        ("word", 3, "must be text"),
        ("name", None, "must be text"),
        ("words", "ab", "must be a list"),
        ("words", {"a": 1}, "must be a list"),
        ("words", ["a", "c"], "must be one of a, b"),
        ("words", ["a", 1], "must be text"),
        ("pair", [1.0], "must have 2 entries"),
        ("pair", [], "must have 2 entries"),
        ("pair", [1.0, -1.0], "must be between 0 and 1000"),
        ("some", [], "must have 1 to 3 entries"),
        ("some", [1, 2, 3, 4], "must have 1 to 3 entries"),
        ("some", [1.5], "must be a whole number"),
        ("inner", 5, "must be a mapping of Inner"),
        ("inner", {"rate": 0.5}, "must be a mapping of Inner"),  # a mapping is for from_mapping
    ],
)
def test_what_cannot_be_used_is_refused_by_name(key, value, complaint):
    with pytest.raises(DesignError) as refused:
        Outer(**{"name": "x", key: value})
    assert str(refused.value) == f"outer.{key} = {shown(value)}: {complaint}"


@pytest.mark.parametrize(
    ("low", "high", "value", "complaint"),
    [
        (0, 1, 0, ""),
        (0, 1, 1, ""),
        (0, 1, 1.0000001, "must be between 0 and 1"),
        (0, None, -1e-9, "must be at least 0"),
        (None, 5, 6, "must be at most 5"),
        (None, None, -6, ""),
    ],
)
def test_ranges_include_their_ends(low, high, value, complaint):
    assert check_value(value, float, {"low": low, "high": high}) == (float(value), complaint)


def test_every_problem_is_told_at_once():
    with pytest.raises(DesignError) as refused:
        Outer(name=1, on=2, pair=[3])
    assert [line.split(" = ")[0] for line in str(refused.value).splitlines()] == [
        "outer.name",
        "outer.on",
        "outer.pair",
    ]


def test_parameters_do_not_change():
    given_ = Outer(name="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        given_.free = 1.0
    with pytest.raises(TypeError):
        Inner(0.5)  # by name only


# ---------------------------------------------------------------- from mappings


def test_from_a_mapping_with_parameters_in_parameters():
    made = Outer.from_mapping({"name": "x", "inner": {"many": 7}, "words": ["b"]})
    assert made == Outer(name="x", inner=Inner(many=7), words=("b",))
    assert Inner.from_mapping(None) == Inner.from_mapping({}) == Inner()
    assert made.updated({"inner": {"rate": 0.25}}).inner == Inner(rate=0.25, many=7)
    assert Outer.from_mapping(made.as_dict()) == made


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        (5, ["here: outer must be a mapping of parameters, not 5"]),
        (["name"], ["here: outer must be a mapping of parameters, not ['name']"]),
        ({}, ["here: outer needs a value for 'name'"]),
        (
            {"nam": "x", "zzz": 1},
            [
                "here: outer has no parameter 'nam'; did you mean 'name'? (allowed: name, inner, on, word,",
                "here: outer has no parameter 'zzz' (allowed: name, inner, on, word, words, pair, some,",
                "here: outer needs a value for 'name'",
            ],
        ),
        ({"name": "x", "on": 1, "free": "y"}, ["here: outer.on = 1", "here: outer.free = 'y'"]),
        ({"name": "x", 3: 1}, ["here: outer has no parameter 3"]),
        ({"name": "x", "inner": {"rat": 1}}, ["here: outer.inner: Inner has no parameter 'rat'; did"]),
        ({"name": "x", "inner": {"rate": 2}}, ["here: outer.inner: Inner.rate = 2: must be between 0 and 1"]),
        ({"name": "x", "inner": [1]}, ["here: outer.inner = [1]: must be a mapping of Inner"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_mapping_is_named_with_its_place(values, lines):
    with pytest.raises(CogovError) as refused:
        Outer.from_mapping(values, "here")
    found = str(refused.value).splitlines()
    assert len(found) == len(lines)
    assert all(line.startswith(start) for line, start in zip(found, lines, strict=True))


def test_a_field_knows_what_it_is():
    about = next(field for field in dataclasses.fields(Outer) if field.name == "free").metadata
    assert (about["doc"], about["unit"], about["source"]) == ("any number", "h/week", "facts")
    assert (about["low"], about["high"], about["choices"], about["length"]) == (None, None, None, None)


@given(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.floats())
    )
)
def test_anything_given_is_taken_or_refused(value):
    for key in ("free", "maybe", "on", "word", "words", "pair", "some", "inner"):
        try:
            made = Outer(**{"name": "x", key: value})
        except DesignError as refused:
            assert f"outer.{key} = " in str(refused)  # noqa: PT017
        else:
            assert getattr(made, key) is not None or key == "maybe"


# ---------------------------------------------------------------- the parameters of the processes


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"sens": {}}, "processes has no parameter 'sens'; did you mean 'sense'?"),
        ({"sense": {"report_rat": 0.1}}, "Sense has no parameter 'report_rat'; did you mean 'report_rate'?"),
        ({"sense": {"report_rate": 2}}, "Sense.report_rate = 2: must be between 0 and 1"),
        ({"sense": 5}, "processes.sense = 5: must be a mapping of Sense"),
        ({"arise": {"repair": {"rate": -1}}}, "IssueType.rate = -1: must be between 0 and 1000"),
        ({"arise": {"repair": {"levels": [1]}}}, "IssueType.levels = [1]: must have 6 entries"),
        ({"arise": {"repair": {"lines": []}}}, "IssueType.lines = []: must have 1 to 3 entries"),
        ({"projects": {"consent": {"rounds": 0}}}, "Consent.rounds = 0: must be between 1 and 5200"),
        ({"participate": {"age": [0, 1]}}, "Participate.age = [0, 1]: must have 8 entries"),
        ({"secretaries": {"recruit": ()}}, "Secretaries.recruit = (): must have 2 entries"),
    ],
)
def test_parameters_of_processes_are_checked_to_the_bottom(values, message):
    with pytest.raises(ConfigError) as refused:
        Processes.from_mapping(values)
    assert message in str(refused.value)


def test_parameters_of_processes_keep_what_is_not_given():
    usual = Processes()
    made = Processes.from_mapping({"arise": {"repair": {"rate": 9.0}}})
    assert made.arise.repair == dataclasses.replace(usual.arise.repair, rate=9.0)
    assert made.arise.safety == usual.arise.safety
    assert made.sense == usual.sense


# ---------------------------------------------------------------- every parameter there is


def declared() -> list[tuple[type, dataclasses.Field, object]]:
    """Every field of every set of parameters in cogov, with its type."""
    for module in pkgutil.walk_packages(cogov.__path__, "cogov."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kinds, found = [Parameters], []
    for kind in kinds:
        kinds += [below for below in kind.__subclasses__() if below.__module__.startswith("cogov.")]
        hints = typing.get_type_hints(kind)
        found += [(kind, field, hints[field.name]) for field in dataclasses.fields(kind)]
    return found


def is_number(annotation: object) -> bool:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is tuple:
        return any(map(is_number, typing.get_args(annotation)))
    return annotation in (int, float)


def test_every_number_has_finite_bounds_and_a_default_within_them():
    numbers = [(kind, field) for kind, field, annotation in declared() if is_number(annotation)]
    assert len(numbers) > 300
    for kind, field in numbers:
        low, high = field.metadata["low"], field.metadata["high"]
        place = f"{kind.__name__}.{field.name}"
        assert low is not None, place
        assert high is not None, place
        assert -math.inf < low <= high < math.inf, place
        if isinstance(field.default, (int, float)):
            assert low <= field.default <= high, place


def test_a_number_without_a_highest_value_has_that_of_its_unit():
    assert param(low=0, doc="", unit="weeks").metadata["high"] == 5200
    assert param(low=0, doc="", unit="furlongs").metadata["high"] == HIGHEST_ELSE
    assert param(doc="a word").metadata["high"] is None


@pytest.mark.parametrize("value", [5e-324, -1e-12])
def test_numbers_too_near_to_nothing_are_refused(value):
    assert "must be 0, or at least 1e-09" in check_value(value, float, {})[1]
    assert check_value(0.0, float, {}) == (0.0, "")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("五里桥 2020", ""),
        ("A/B test", ""),
        ("a=b", ""),
        ("x/../../y", "not a path"),
        ("..", "not a path"),
        ("/etc", "not a path"),
        ("a\\..\\b", "not a path"),
        ("~root", "not a path"),
        ("", "must not be empty"),
        (" a", "begin or end with a blank"),
        ("a\nb", "line break"),
        ("a\x07", "control character"),
        ("a\ud800", "half of a letter"),
        ("x" * 501, "at most 500 letters"),
        (5, "must be text"),
        (None, "must be text"),
    ],
)
def test_names_are_one_line_and_no_path(name, fault):
    assert (fault in name_fault(name)) if fault else name_fault(name) == ""

"""The model where NumPy's own integers have 32 bits, as in a browser's Python: the same to the bit.

Positions, counts and whole numbers of no stated width are as wide as NumPy makes them on the machine. The
model is run here with a NumPy that makes them narrow: what enters a result, or outgrows 32 bits, has to say
int64; what `bincount` and `repeat` are given has to be intp, for they take nothing wider. Methods of arrays
are as they are.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from cogov.model import GovernanceModel
from cogov.outcomes import group_table
from cogov.processes import Epidemic
from tests.helpers import small
from tests.test_bits import SOURCES

POSITIONS = {
    *("argmax", "argmin", "argsort", "argwhere", "bincount"),
    *("digitize", "flatnonzero", "lexsort", "nonzero", "searchsorted"),
}
"""Functions that return positions or counts, as wide as NumPy makes them whatever they are given."""
OWN = {
    *("add", "arange", "array", "asarray", "column_stack", "concatenate", "cumprod", "cumsum", "diff"),
    *("full", "indices", "multiply", "ones", "prod", "repeat", "stack", "sum", "tile", "where", "zeros"),
}
"""Functions whose whole numbers are as wide as those they are given, but at least as NumPy makes them."""


COUNTED = {"bincount": 0, "repeat": 1}
"""Functions that take no positions or counts wider than NumPy's own, and which argument those are."""


class Narrow:
    """NumPy with 32-bit integers of its own."""

    def __getattr__(self, name: str) -> Any:
        if name == "intp":
            return np.int32
        found = getattr(np, name)
        if name == "unique":
            return _unique
        if name in COUNTED:
            return _counted(found, COUNTED[name], name in POSITIONS)
        return _narrowed(found, name in POSITIONS) if name in POSITIONS | OWN else found


def _narrowed(function: Callable[..., Any], always: bool) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        made = function(*given, **named)
        own = named.get("dtype") in (None, int) and not _wide([*given, *named.values()])
        if not (always or own):
            return made
        return tuple(map(_narrow, made)) if isinstance(made, tuple) else _narrow(made)

    return _Ufunc(function) if isinstance(function, np.ufunc) else call


def _counted(function: Callable[..., Any], place: int, always: bool) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        if isinstance(given[place], np.ndarray | np.generic):
            kind = given[place].dtype
            assert np.can_cast(kind, np.int32), f"{function.__name__} of {kind}, which is too wide for it"
        return _narrowed(function, always)(*given, **named)

    return call


class _Ufunc:
    """A ufunc whose sums of whole numbers are narrow."""

    def __init__(self, ufunc: np.ufunc) -> None:
        self.ufunc = ufunc

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.ufunc, name)
        return _narrowed(method, False) if name in ("reduce", "accumulate", "reduceat") else method

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self.ufunc(*given, **named)


def _unique(values: Any, **named: Any) -> Any:
    made = np.unique(values, **named)
    if not isinstance(made, tuple):
        return made if _wide([values]) else _narrow(made)
    return (made[0] if _wide([values]) else _narrow(made[0]), *map(_narrow, made[1:]))


def _narrow(made: Any) -> Any:
    if isinstance(made, np.ndarray) and made.dtype == np.int64:
        narrow = made.astype(np.int32)
        assert (narrow == made).all(), "outgrows 32 bits"
        return narrow
    return np.int32(made) if isinstance(made, np.int64) else made


def _wide(given: Iterable[Any]) -> bool:
    """Whether something of 64 bits was given, or asked for."""
    for value in given:
        if isinstance(value, np.ndarray | np.generic):
            if value.dtype in (np.int64, np.uint64):
                return True
        elif isinstance(value, list | tuple) and _wide(value):
            return True
    return False


@contextmanager
def narrow() -> Iterator[None]:
    """Give all rooms of the library the narrow NumPy."""
    mine = [
        module for name, module in sys.modules.items() if name.startswith("cogov") and hasattr(module, "np")
    ]
    for module in mine:
        module.np = Narrow()
    try:
        yield
    finally:
        for module in mine:
            module.np = np


@pytest.mark.parametrize("design", ["line_hierarchy", "quyang_2014", "wuliqiao_2020"])
def test_a_run_does_not_depend_on_the_width_of_integers(design):
    def run() -> str:
        shock = Epidemic(week=10, length=3, factor=3.0, staff_absent=0.2)
        given = {"rng": 4, "weeks": 17, "reform_week": 2, "shocks": [shock]}
        model = GovernanceModel(small(residents=900), design, **given)
        model.run_until(17)
        group_table(model.record)
        return model.record.digest()

    wide = run()
    with narrow():
        assert run() == wide


def test_neither_does_a_large_neighbourhood():
    """Keys of pairs of 50,000 residents are larger than 32 bits hold."""
    profile = small(neighbourhoods=1, compounds=4, residents=50_000)
    wide = profile.build(3)
    with narrow():
        other = profile.build(3)
    assert np.array_equal(wide.ties.neighbour, other.ties.neighbour)
    assert np.array_equal(wide.ties.strength, other.ties.strength)


def own_widths(source: str) -> Iterator[str]:
    """Where whole numbers are asked for without a width."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="astype"), args=[ast.Name(id="int"), *_]):
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.keyword(arg="dtype", value=ast.Name(id="int")):
                yield f"{node.value.lineno}: {ast.unparse(node)}"
            case ast.Attribute(value=ast.Name(id="np"), attr="int_" | "uint" | "long" | "ulong"):
                yield f"{node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_whole_numbers_have_a_width(path):
    """Positions and counts are intp, what enters a result or grows large int64."""
    assert list(own_widths(path.read_text(encoding="utf-8"))) == []


def test_the_search_for_own_widths_finds_them():
    assert len(list(own_widths("a.astype(int); np.zeros(3, dtype=int); np.int_(3); b.astype(np.int64)"))) == 3

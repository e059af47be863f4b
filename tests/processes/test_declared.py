"""Every process keeps to what it says it reads and writes: the first law as a check."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import mesa
import numpy as np
import pytest

from cogov import Epidemic, GovernanceModel
from cogov.kit.fields import Parameters
from cogov.processes.declared import DECLARED, GIVEN, Declared, process
from cogov.processes.week import PROCESSES, processes_of
from tests.helpers import ATOMS, arrays, small

OUTSIDE = {"twin", "datacollector", "seconds", "random", "rng", "running", "time", "steps"}
"""What Mesa and the clock keep; nothing in a result comes from it."""


def parts(model: GovernanceModel) -> list[str]:
    """Every part of the model that can change in a run: its own attributes, tables column by column."""
    found = []
    for name, value in vars(model).items():
        if (
            name.startswith("_")
            or name in OUTSIDE
            or name in GIVEN
            or (isinstance(value, list) and not value)
        ):
            continue
        if isinstance(value, list) and isinstance(value[0], mesa.Agent):
            continue  # a view of a table
        if name in ("residents", "units", "firms", "homes", "institutions", "issues"):
            hidden = ("_model", "_made", "_blocks")  # blocks hold the columns, which stand by name
            found += [f"{name}.{key}" for key in vars(value) if key not in hidden]
        else:
            found.append(name)
    return found


def at(model: GovernanceModel, path: str) -> Any:
    for name in path.split("."):
        model = getattr(model, name)
    return model


def allowed(path: str, said: tuple[str, ...]) -> bool:
    return any(path == name or path.startswith(name + ".") for name in said)


def state(model: GovernanceModel, path: str) -> bytes:
    """The bytes of a part, to see whether it has changed."""
    return pickle.dumps(_plain(at(model, path), set()))


def _plain(value: Any, above: set[int]) -> Any:
    if isinstance(value, ATOMS):
        return repr(value)
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, dict):
        return [(str(key), _plain(entry, above)) for key, entry in value.items()]
    if isinstance(value, (list, tuple)):
        return [_plain(entry, above) for entry in value]
    if isinstance(value, Parameters):
        return id(value)  # rules and parameters are frozen: only another can be put in their place
    if type(value).__module__.startswith("cogov.") and not isinstance(value, (mesa.Agent, mesa.Model)):
        if id(value) in above or not hasattr(value, "__dict__"):
            return repr(type(value))
        return [(key, _plain(entry, above | {id(value)})) for key, entry in vars(value).items()
                if not key.startswith("_")]  # fmt: skip
    return repr(type(value))


class Watched:
    """A model or a table that notes which of its parts are looked at."""

    def __init__(self, inner: Any, seen: set[str], above: str = "") -> None:
        object.__setattr__(self, "_inner", (inner, seen, above))

    def __getattr__(self, name: str) -> Any:
        inner, seen, above = object.__getattribute__(self, "_inner")
        seen.add(above + name)
        value = getattr(inner, name)
        if not above and name in ("residents", "units", "firms", "homes"):
            return Watched(value, seen, f"{name}.")
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        inner, seen, above = object.__getattribute__(self, "_inner")
        seen.add(above + name)
        setattr(inner, name, value)

    def __len__(self) -> int:
        return len(object.__getattribute__(self, "_inner")[0])


@contextmanager
def held_to(model: GovernanceModel, said: Declared, states: dict[str, bytes]) -> Iterator[None]:
    """Let nothing be written but what is declared.

    ``states`` are those of parts after the process before, as far as they are known; it is kept up to date.
    """
    closed = [path for path in parts(model) if not allowed(path, said.writes)]
    free: set[int] = set()
    for path in parts(model):
        if allowed(path, said.writes):
            free |= {id(array) for array in arrays(at(model, path), set())}
    locked = []
    before = {path: states[path] if path in states else state(model, path) for path in closed}
    states.clear()
    for path in closed:
        for array in arrays(at(model, path), set()):
            if array.flags.writeable and id(array) not in free:
                array.flags.writeable = False
                locked.append(array)
    try:
        yield
    finally:
        for array in sorted(locked, key=lambda array: array.base is not None):  # before views, what they show
            array.flags.writeable = True
    states |= {path: state(model, path) for path in closed}
    changed = [path for path in closed if before[path] != states[path]]
    assert not changed, f"{said.name} writes {', '.join(changed)}, which it does not declare"


METHODS = {"compound_mean", "quality_by_compound"}
"""Ways of reading the model; what they look at is noted as well."""
THROUGH = {"compound_mean": (), "quality_by_compound": ("homes.firm", "firms.quality")}


def run_held(model: GovernanceModel, run: Any, states: dict[str, bytes] | None = None) -> None:
    said = DECLARED[run.__name__]
    seen: set[str] = set()
    with held_to(model, said, {} if states is None else states):
        run(Watched(model, seen))
    for name in seen & METHODS:
        seen |= set(THROUGH[name])
    tables = ("residents", "units", "firms", "homes")
    looked = {name for name in seen - METHODS if name.split(".")[0] not in GIVEN}
    looked = {name for name in looked if name not in tables}  # its columns are noted one by one
    given = {f"{table}.{key}" for table in tables for key in vars(getattr(model, table))
             if key not in getattr(type(getattr(model, table)), "CHANGES", ())}  # fmt: skip
    said_to = (*said.reads, *said.writes)
    surprise = sorted(
        name for name in looked
        if not allowed(name, said_to) and not any(entry.startswith(f"{name}.") for entry in said_to)
        and (name in at_columns(model) or name not in given) and name in known(model)
    )  # fmt: skip
    assert not surprise, f"{said.name} reads {', '.join(surprise)}, which it does not declare"


def known(model: GovernanceModel) -> set[str]:
    """Names a process can look at that are state: parts, and their owners."""
    names = set(parts(model))
    return names | {name.split(".")[0] for name in names} | set(vars(model))


def at_columns(model: GovernanceModel) -> set[str]:
    return {f"homes.{name}" for name in vars(model.homes)}


HELD = (1, 3, 4, 13, 26)
"""The first week, the first under the design, a month's and two quarters' ends."""


@pytest.mark.parametrize("design", ["line_hierarchy", "quyang_2014", "wuliqiao_2020"])
def test_every_process_keeps_to_what_it_declares(design):
    model = GovernanceModel(
        small(residents=400, lift_fund=400.0), design, rng=1, weeks=30, reform_week=2,
        shocks=[Epidemic(week=50, length=4)] if design == "none" else (),
    )  # fmt: skip
    for week in range(1, 29):
        model.week = week
        if week - 1 in model._planned:
            model.adopt(model._planned.pop(week - 1))
        states: dict[str, bytes] = {}
        for run in processes_of(week):
            if week in HELD:  # to hold a process takes many times as long as to run it
                run_held(model, run, states)
            else:
                run(model)


def test_every_process_is_declared():
    assert {run.__name__ for run in PROCESSES} == set(DECLARED)


def test_a_process_that_writes_what_it_does_not_declare_is_caught():
    model = GovernanceModel(small(residents=300), rng=1, weeks=4)

    @process(writes=("tally",))
    def nudge(model: Any) -> None:
        """Adds a little satisfaction."""
        model.residents.satisfaction[:] += 0.1

    @process(reads=(), writes=("tally",))
    def peep(model: Any) -> None:
        """Looks at what nobody observes."""
        float(model.residents.satisfaction.mean())

    @process(writes=("tally",))
    def count(model: Any) -> None:
        """Keeps a book of its own."""
        model.since["me"] = model.week

    try:
        with pytest.raises(ValueError, match="read-only"):
            run_held(model, nudge)
        with pytest.raises(AssertionError, match=r"peep reads residents\.satisfaction"):
            run_held(model, peep)
        with pytest.raises(AssertionError, match="count writes since"):
            run_held(model, count)
    finally:
        for name in ("nudge", "peep", "count"):
            del DECLARED[name]


def test_a_held_run_is_the_same_run():
    free, held = (GovernanceModel(small(residents=300), rng=1, weeks=8) for _ in range(2))
    free.run_until(5)
    for week in range(1, 6):
        held.week, states = week, {}
        for run in processes_of(week):
            run_held(held, run, states)
    assert copy.copy(free.record).digest() == held.record.digest()

"""Hand-made situations: a small community under rules that a test writes down, with issues it puts in."""

from __future__ import annotations

import dataclasses
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import mesa
import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from cogov import GovernanceModel, load_community
from cogov.community import Community, Profile, Ties
from cogov.kit.fields import SMALLEST, param
from cogov.mechanisms import Mechanism
from cogov.processes import Epidemic
from cogov.processes.books import open_books
from cogov.processes.consent import Tied
from cogov.rules import Council, Design, Position, Rule
from cogov.state.issues import BORN, BORN_BY_DEPARTMENT, CHANGING, FATES, Births, State
from cogov.terms import Kind, Level


def own(kind: type[Mechanism]) -> list[dataclasses.Field[Any]]:
    """A mechanism's own parameters: all but the places in which any may be tried."""
    return [field for field in dataclasses.fields(kind) if field.name != "where"]


NEVER = np.inf
"""A fate that does not happen."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Written(Mechanism):
    """Rules as a test writes them down."""

    name, zh, seed, family = "written", "手写", "none", "tests"
    zero = {"given": ()}

    given: tuple[Rule, ...] = param((), doc="the rules")

    def rules(self) -> tuple[Rule, ...]:
        return self.given


@cache
def small(**overrides: Any) -> Profile:
    """Profile of the small community: 3 neighbourhoods of 2 compounds each, about 2,000 residents."""
    return load_community("small", **overrides)


@lru_cache(maxsize=64)
def _packed(seed: int, **overrides: Any) -> bytes:
    return pickle.dumps(loose(small(**overrides).build(seed)), protocol=5)


def built(seed: int = 1, **overrides: Any) -> Community:
    """A small community of the caller's own to arrange: to unpack one takes a thirtieth of building it."""
    community: Community = pickle.loads(_packed(seed, **overrides))
    return community


def written(*rules: Rule) -> Design:
    """The design that has exactly these rules."""
    return Design((Written(given=rules),), name="written")


def situation(
    *rules: Rule,
    week: int = 1,
    seed: int = 1,
    shocks: Sequence[Epidemic] = (),
    profile: Mapping[str, Any] | None = None,
    **processes: Mapping[str, Any],
) -> GovernanceModel:
    """The small community in a week under exactly these rules: no issues, the week's hours laid out.

    ``processes`` are parameters of processes, such as ``sense={"report_rate": 0.2}``; ``profile`` are
    overrides of the community's profile.
    """
    design = written(*rules)
    community = built(seed, **(profile or {}))
    model = GovernanceModel(
        community,
        design,
        baseline=design,
        reform_week=0,
        run_in=0,
        rng=seed,
        processes=processes,
        shocks=shocks,
    )
    loose(model)
    model.week = week
    open_books(model)
    return model


def loose[T: (GovernanceModel, Community)](given: T) -> T:
    """Let a test arrange what is given: columns of the community that a run never writes."""
    community = given if isinstance(given, Community) else given.community
    places = community.places
    tables = [getattr(community, name) for name in ("firms", "units", "owners_committees", "departments")]
    tables += [community.committees, community.residents, community.ties]
    tables += [places.compounds, places.buildings, places.neighbourhoods]
    for table in tables:
        for value in vars(table).values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = True
    return given


def untied(model: GovernanceModel) -> Ties:
    """Ties of the same people with the same places for them, all empty."""
    ties = model.ties
    return Ties.empty(np.diff(ties.indptr)[ties.row(np.arange(ties.n))])


def connect(ties: Ties, i: ArrayLike, j: ArrayLike, strength: ArrayLike) -> int:
    """Tie pairs of residents, as far as both have a slot; how many ties came of it."""
    near = ties.near(np.unique(np.concatenate([i, j])).astype(np.int64))
    made = ties.connect(near, i, j, strength)
    ties.keep(near)
    return made


def put(
    model: GovernanceModel, *, household: int = 0, households: int = 1, copies: int = 1, **columns: Any
) -> int:
    """Put one issue into a model and return its row; of copies, which columns may tell apart, the last one's.

    Unless told otherwise it is a dispute that its neighbourhood has authority over, latent, affects one
    household, takes 4 hours and no department, and nothing ever happens to it by fate.
    """
    places, issues = model.places, model.issues
    building = int(np.searchsorted(places.building_households, household, side="right")) - 1
    rows = places.household_rows
    issue = dict.fromkeys(BORN, 0) | dict.fromkeys(FATES, NEVER)
    issue |= {
        "id": len(issues),
        "kind": Kind.DISPUTE,
        "level": Level.NEIGHBOURHOOD,
        "field": -1,
        "building": building,
        "compound": int(places.building_compound[building]),
        "household": household,
        "households": households,
        "row0": int(rows[household]),
        "row1": int(rows[household + households]),
        "urgency": 0.5,
        "work": 4.0,
        "task": columns.get("work", 4.0),
        "born": model.week,
        "line": (-1, -1, -1),
        "wait": (NEVER, NEVER, NEVER),
        "share": (0.0, 0.0, 0.0),
    }
    assert columns.keys() <= issue.keys() | CHANGING.keys()
    born = {name: columns.get(name, value) for name, value in issue.items()}
    before = issues.state.copy()
    issues.state[:] = State.LATENT  # closed issues stay as well
    shape = {name: (copies, 3) if name in BORN_BY_DEPARTMENT else (copies,) for name in born}
    issues.renew(Births.of({name: np.broadcast_to(value, shape[name]) for name, value in born.items()}))
    issues.state[:-copies] = before
    for name in CHANGING.keys() & columns.keys():
        getattr(issues, name)[-copies:] = columns[name]
    return len(issues) - 1


def post(name: str = "committee", **values: Any) -> Position:
    """A post that handles everything: 20 hours a week in each neighbourhood, unless told otherwise."""
    own = {} if "staffed_by" in values else {"heads": 2, "hours": 10}
    return Position(**{"name": name, "handles": Kind.labels(), **own, **values})


def council(**values: Any) -> Council:
    """A council of the subdistrict in which every neighbourhood has a seat, unless told otherwise."""
    return Council(
        **{"name": "council", "area": "subdistrict", "seats": ("neighbourhoods",), "slots": 5.0, **values}
    )


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """Make standard output a terminal of so many columns, as far as the library can tell."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))


def reals(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers as parameters may have them: none so near to 0 that it is written 0."""
    return st.floats(low, high).map(lambda number: number if abs(number) >= SMALLEST else 0.0)


ATOMS = (int, float, str, type(None))


def arrays(value: Any, seen: set[int]) -> Iterator[np.ndarray]:
    """All arrays in a value, through cogov's own objects and containers."""
    if isinstance(value, ATOMS) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from arrays(entry, seen)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from arrays(entry, seen)
    elif type(value).__module__.startswith("cogov.") and not isinstance(value, (mesa.Agent, mesa.Model)):
        for entry in vars(value).values() if hasattr(value, "__dict__") else ():
            yield from arrays(entry, seen)


def tied(weights) -> Tied:
    """Households tied as strongly as a matrix says, who hears by whom."""
    who, whom = np.nonzero(weights)
    return Tied(who, whom, np.asarray(weights, dtype=float)[who, whom])


def weights_of(ties: Tied, households: int) -> np.ndarray:
    """The matrix of how strongly households are tied, who hears by whom."""
    weights = np.zeros((households, households))
    np.add.at(weights, (ties.who, ties.whom), ties.weight)
    return weights

"""Seeking: designs are proposed and screened, the best are raced, the front is run again on fresh seeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from cogov.analysis.intervals import Array, Flags
from cogov.analysis.racing import Dropped, Race, ranks, spread
from cogov.kit.errors import DesignError, StudyError
from cogov.outcomes import MEASURES
from cogov.rules import Design
from cogov.search.judge import judged
from cogov.search.propose import MANY, Proposer, proposed
from cogov.search.runs import Evaluate
from cogov.search.search import Search
from cogov.search.space import Point, marked


class Fate(StrEnum):
    """What became of a design that was tried."""

    FRONT = "front"
    ALIKE = "alike"  # hardly differs from a simpler one of the front, or a better one
    BEATEN = "beaten"  # another is better in every goal: shown by the race
    OVER = "over"  # over the budget
    SCREENED = "screened"  # looked worse in the first runs; no promise
    FAILED = "failed"  # a run failed, or a goal has no value


@dataclass
class Candidate:
    """A design that was tried, and what became of it.

    Attributes
    ----------
    design : Design
    fate : Fate
    replicates : int
        Runs of it so far.
    by : str
        Name of the design that is better, if the race showed it.
    """

    design: Design
    fate: Fate = Fate.SCREENED
    replicates: int = 0
    by: str = ""


@dataclass
class Sought:
    """What a search came to, before it is put in words.

    Attributes
    ----------
    candidates : dict of str to Candidate
        All designs that were tried, by name.
    screen : dict of str to ndarray
        What goals are judged by (more is better) and means of what is beyond each limit, on the screening's
        seeds, against the base.
    front : list of str
        Names of the designs of the front, best in the first goal first.
    race, fresh : dict of str to ndarray
        Measures of the designs that went through the race, and of those that were run again on fresh seeds;
        shape (replicates, measures) each.
    refused : int
        Proposals whose mechanisms do not go together.
    entrants : int
        Designs that entered the race.
    complete : bool
        Whether every design of the space was tried.
    """

    candidates: dict[str, Candidate] = field(default_factory=dict)
    screen: dict[str, Array] = field(default_factory=dict)
    front: list[str] = field(default_factory=list)
    race: dict[str, Array] = field(default_factory=dict)
    fresh: dict[str, Array] = field(default_factory=dict)
    refused: int = 0
    entrants: int = 0
    complete: bool = False


def seek(search: Search, evaluate: Evaluate) -> Sought:
    """Search; what it does next depends on the seed and on what runs came to, on nothing else.

    Parameters
    ----------
    search : Search
    evaluate : callable
        Runs designs (`cogov.search.runs.Evaluate`).

    Raises
    ------
    StudyError
        If a goal has no value under the base.
    """
    found = Sought()
    scale = Scale(search)
    _screen(search, evaluate, scale, found)
    entrants = _shortlist(search, found)
    found.entrants = len(entrants)
    left, values = _race(search, evaluate, scale, found, entrants)
    _choose(search, scale, found, entrants, left, values)
    again = [found.candidates[name].design for name in _again(search, found)]
    start = search.screening + search.replicates
    runs = evaluate(again, range(start, start + search.fresh))
    for place, design in enumerate(again):
        found.fresh[design.name] = runs[:, place]
        found.candidates[design.name].replicates += search.fresh
    return found


class Scale:
    """Turns measures of runs into goals of which more is better, and what is beyond the limits."""

    def __init__(self, search: Search) -> None:
        column = {name: place for place, name in enumerate(search.measured)}
        self._goals = [column[name] for name in search.goals]
        self._ways = np.array([MEASURES[name].better for name in search.goals], dtype=float)
        self._limits = [[column[name] for name in names] for names in search.limits.values()]
        self._most = np.array([float(search.budget[key]) for key in search.limits])

    def __call__(self, runs: Array, base: Array) -> tuple[Array, Array]:
        """Differences from the base under the same seeds.

        Parameters
        ----------
        runs : ndarray, shape (replicates, designs, measures)
        base : ndarray, shape (replicates, measures)

        Returns
        -------
        goals : ndarray, shape (replicates, designs, goals)
        excess : ndarray, shape (replicates, designs, limits)
        """
        more = runs - base[:, None]
        parts = [more[:, :, columns].sum(2) for columns in self._limits]
        excess = np.stack(parts, 2) - self._most if parts else np.empty((*more.shape[:2], 0))
        return more[:, :, self._goals] * self._ways, excess


def _screen(search: Search, evaluate: Evaluate, scale: Scale, found: Sought) -> None:
    """Try designs with a few seeds: those that take part in any case, then what the optimiser proposes."""
    space, seeds = search.space, range(search.screening)
    base = evaluate([search.baseline], seeds)[:, 0]
    _see_values(search, base)

    def tried(designs: Sequence[Design]) -> None:
        new = [design for design in designs if design.name not in found.candidates]
        if not new:
            return
        goals, excess = scale(evaluate(new, seeds), base)
        for place, design in enumerate(new):
            value = judged(goals[:, place], search.quantile)
            values = np.concatenate([value, excess[:, place].mean(0)])
            failed = not np.isfinite(values).all()
            found.candidates[design.name] = Candidate(
                design, Fate.FAILED if failed else Fate.SCREENED, search.screening
            )
            found.screen[design.name] = values

    tried(list({marked(d.mechanisms): d for d in (search.baseline, *search.designs)}.values()))
    named = [point for d in (search.baseline, *search.designs) if (point := space.point(d)) is not None]
    whole = space.size <= search.evaluations
    proposer = Proposer(space, len(search.goals), search.seed, search.batch, list(dict.fromkeys(named)))
    told: dict[Point, tuple[list[float], list[float]]] = {}
    found.complete = whole
    for points in proposed(space, search.batch) if whole else _asked(proposer):
        room = search.evaluations + len(search.designs) + 1 - len(found.candidates)
        designs: dict[Point, Design] = {}
        for point in points:
            try:
                designs[point] = space.design(point)
            except DesignError:
                found.refused += 1
        late = [one for one in designs.values() if one.name not in found.candidates][room:]
        tried([one for one in designs.values() if one not in late])
        if late:
            return
        for point in points:
            told[point] = _worth(search, found, designs.get(point))
        if not whole:
            proposer.tell({point: told[point] for point in points})


def _asked(proposer: Proposer) -> Iterator[list[Point]]:
    while points := proposer.ask():
        yield points


def _worth(search: Search, found: Sought, design: Design | None) -> tuple[list[float], list[float]]:
    """What the optimiser is told of a point: goals, and what is beyond the limits and what cannot be."""
    number = len(search.goals)
    if design is None or found.candidates[design.name].fate is Fate.FAILED:
        return [0.0] * number, [MANY] * (len(search.limits) + 1)
    values = found.screen[design.name].tolist()
    return values[:number], [*values[number:], -1.0]


def _see_values(search: Search, base: Array) -> None:
    for place, goal in enumerate(search.goals):
        if not np.isfinite(base[:, place]).all():
            raise StudyError(
                f"goals: {goal!r} has no value under {search.baseline.name} in some runs (nothing of its kind"
                " happened, or the run failed); choose another, or longer runs: weeks=182"
            )


def _shortlist(search: Search, found: Sought) -> list[Design]:
    """The designs that enter the race: the first fronts of the screening, and those named in any case."""
    number = len(search.goals)
    names = [name for name, one in found.candidates.items() if one.fate is not Fate.FAILED]
    values = np.array([found.screen[name] for name in names])
    over = np.maximum(values[:, number:], 0).sum(1)
    rank = np.full(len(names), np.iinfo(np.int64).max)
    rank[over == 0] = ranks(values[over == 0, :number])
    few = [len(found.candidates[name].design.mechanisms) for name in names]
    order = np.lexsort(np.array([np.arange(len(names)), few, over, rank]))
    for place in np.flatnonzero(over > 0):
        found.candidates[names[place]].fate = Fate.OVER
    always = {search.baseline.name, *(design.name for design in search.designs)} & set(names)
    chosen = [names[place] for place in order if names[place] not in always]
    return [found.candidates[name].design for name in (*sorted(always), *chosen[: search.shortlist])]


def _race(
    search: Search, evaluate: Evaluate, scale: Scale, found: Sought, entrants: list[Design]
) -> tuple[Flags, Array]:
    """Race the shortlist on seeds of its own: its designs were chosen before, so the promise holds."""
    beat = search.quantile is None  # the test is of means
    race = Race(len(entrants), len(search.goals), len(search.limits), search.replicates, beat=beat)
    there = np.ones(len(entrants), dtype=bool)
    values = np.full((search.replicates, len(entrants), len(search.measured)), np.nan)
    base = next(place for place, one in enumerate(entrants) if one.name == search.baseline.name)
    done = 0
    for look in race.looks:
        running = there.copy()
        running[base] = True  # what all are compared with
        seeds = range(search.screening + done, search.screening + look)
        places = np.flatnonzero(running).tolist()
        values[done:look, places] = evaluate([entrants[place] for place in places], seeds)
        for place in places:
            found.candidates[entrants[place].name].replicates += look - done
        done = look
        goals, excess = scale(values[:done], values[:done, base])
        for place in np.flatnonzero(there).tolist():
            if not (np.isfinite(goals[:, place]).all() and np.isfinite(excess[:, place]).all()):
                there[place] = False
                found.candidates[entrants[place].name].fate = Fate.FAILED
        for place, why in race.drop(goals, excess, there).items():
            there[place] = False
            _dropped(found, entrants, place, why)
    for one, ran, mine in zip(entrants, running, values.swapaxes(0, 1), strict=True):
        if ran:
            found.race[one.name] = mine
    return there, values


def _dropped(found: Sought, entrants: list[Design], place: int, why: Dropped) -> None:
    candidate = found.candidates[entrants[place].name]
    candidate.fate = Fate.OVER if why.by < 0 else Fate.BEATEN
    candidate.by = "" if why.by < 0 else entrants[why.by].name


def _choose(
    search: Search, scale: Scale, found: Sought, entrants: list[Design], there: Flags, values: Array
) -> None:
    """The front of what the race left: the simplest designs of those that hardly differ."""
    base = next(place for place, one in enumerate(entrants) if one.name == search.baseline.name)
    goals, excess = scale(values, values[:, base])
    goals, excess = judged(goals, search.quantile), excess.mean(0)
    within = (excess <= 0).all(1)
    for place in np.flatnonzero(there):
        found.candidates[entrants[place].name].fate = Fate.ALIKE if within[place] else Fate.OVER
    left = np.flatnonzero(there & within)
    few = [len(entrants[place].mechanisms) for place in left]
    kept = spread(goals[left], search.matter, np.lexsort(np.array([left, -goals[left, 0], few])))
    front = sorted(left[kept], key=lambda place: -goals[place, 0])
    found.front = [entrants[place].name for place in front]
    for name in found.front:
        found.candidates[name].fate = Fate.FRONT


def _again(search: Search, found: Sought) -> list[str]:
    """What is run on fresh seeds: the front, the base, and designs that take part in any case."""
    always = [design.name for design in (search.baseline, *search.designs)]
    names = [name for name in always if name in found.candidates and found.candidates[name].fate != "failed"]
    return list(dict.fromkeys([*found.front, *names]))

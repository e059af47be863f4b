"""Queues: posts and departments whose work comes by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from cogov.processes.arise import arise
from cogov.processes.books import open_books
from cogov.processes.deliver import deliver
from cogov.processes.route import route
from cogov.state.issues import State
from cogov.terms import Kind, Level
from tests.helpers import NEVER, post, put, situation
from tests.limits.limit import Row, limit, mean

NOBODY = {kind.label: {"rate": 0.0} for kind in Kind}
SWEEP = 20
"""Weeks after which what is done leaves: nothing is born, so that this is all that `arise` does."""
Draws = np.random.Generator
Work = Callable[[Draws, int], NDArray[np.float64]]


def queues(
    load: tuple[float, ...], work: Work, *, people: int = 1, weeks: int, warm_up: int, seed: int
) -> NDArray[np.float64]:
    """Issues with a post when a week's have come and none is done yet: shape (classes, posts), means of
    weeks.

    Every building has a post of so many people of one hour a week each, and gets Poisson numbers of issues
    of each class (``load`` has their means) with ``work`` hours. Earlier classes come first.
    """
    keeper = post("keeper", area="building", heads=people, hours=1)
    model = situation(keeper, profile={"residents": 12_000}, arise=NOBODY)
    posts = model.institutions.posts
    posts.competence[:], posts.trained[:] = 1.0, 0
    draws = np.random.default_rng(seed)
    n, classes = posts.rows, len(load)
    total = np.zeros((classes, n))
    for model.week in range(1, warm_up + weeks + 1):
        open_books(model)
        if model.week % SWEEP == 0:
            arise(model)
        came = draws.poisson(np.repeat(load, n)).reshape(classes, n)
        cell = np.repeat(np.arange(classes * n), came.ravel())
        draws.shuffle(cell)
        if len(cell):
            task = work(draws, len(cell))
            urgency = 10.0 * (classes - 1 - cell // n)
            put(model, copies=len(cell), state=State.SERVICE, server=cell % n, urgency=urgency,
                work=task, task=task, hold=1e-9)  # fmt: skip
        if model.week > warm_up:
            there = model.issues.where(State.SERVICE)
            kind = classes - 1 - (model.issues.urgency[there] / 10).astype(int)
            total += np.bincount(kind * n + model.issues.server[there], minlength=classes * n).reshape(
                classes, n
            )
        deliver(model)
    return total / weeks


def an_hour(draws: Draws, n: int) -> NDArray[np.float64]:
    """Unit work."""
    return np.ones(n)


def one_or_four(draws: Draws, n: int) -> NDArray[np.float64]:
    """Three of four jobs take an hour, one takes four: mean 1.75, mean square 4.75."""
    return np.where(draws.random(n) < 0.25, 4.0, 1.0)


SIZE, SQUARE = 1.75, 4.75


@limit(
    "One post, unit work",
    "E[N] = a + a² / (2 (1 − a))",
    "Pollaczek (1930), Khinchine (1932), in weekly time",
)
def one_post() -> Iterator[Row]:
    """Posts of one hour a week get Poisson numbers of issues of one hour, a on average. N counts the issues
    with a post when the week's have come. `deliver` works them off."""
    for load, weeks in ((0.5, 150), (0.8, 400), (0.9, 800)):
        found = queues((load,), an_hour, weeks=weeks, warm_up=weeks // 2, seed=round(10 * load))
        yield Row(f"a = {load:g}: issues with a post", load + load**2 / (2 * (1 - load)), *mean(found[0]))


@limit(
    "One post, two classes of priority",
    "T₁ = E[S] + λ₁E[S²] / (2 (1 − ρ₁));"
    " T₂ = (E[S] + λE[S²] / (2 (1 − ρ)) − ρ₁ / 2) / (1 − ρ₁); N = λT (Little)",
    "Cobham (1954), White and Christie (1958). Work is interrupted for what is more urgent, from week to"
    " week; the term ρ₁ / 2, of urgent work that comes in the same week, goes as weeks get short beside jobs",
    least=0.2,
)
def two_classes() -> Iterator[Row]:
    """Issues take one hour (three of four) or four, S; half of the load is urgent. Posts have an hour a
    week."""
    for load in (0.6, 0.8):
        rate = load / SIZE / 2
        found = queues((rate, rate), one_or_four, weeks=400, warm_up=100, seed=round(20 * load))
        urgent, other = by_class(load)
        yield Row(f"ρ = {load:g}: urgent issues with a post", urgent, *mean(found[0]))
        yield Row(f"ρ = {load:g}: other issues with a post", other, *mean(found[1]))


def by_class(load: float) -> tuple[float, float]:
    """Urgent and other issues with a post at a load of which half is urgent, in weekly time."""
    rate = load / SIZE / 2
    urgent = SIZE + rate * SQUARE / (2 * (1 - load / 2))
    other = (SIZE + 2 * rate * SQUARE / (2 * (1 - load)) - load / 4) / (1 - load / 2)
    return rate * urgent, rate * other


def erlang(people: int, load: float) -> float:
    """Mean number with a post of so many people at a load each: Erlang's C, continuous time."""
    offered = people * load
    term = np.cumprod(np.append(1.0, offered / np.arange(1, people + 1)))
    waits = term[-1] / (1 - load)
    return float(offered + waits / (waits + term[:-1].sum()) * load / (1 - load))


def weekly_erlang(people: int, load: float, size: float) -> float:
    """The same in weekly time, from the chain of the number with the post when the week's have come.

    Poisson numbers come; of those that are served each is done with chance 1 / size.
    """
    states = 120
    come = stats.poisson.pmf(np.arange(states), people * load / size)
    chain = np.zeros((states, states))
    for n in range(states):
        done = np.arange(min(n, people) + 1)
        for k, chance in zip(done, stats.binom.pmf(done, min(n, people), 1 / size), strict=True):
            chain[n, n - k :] += chance * come[: states - (n - k)]
    left = np.linalg.solve(np.eye(states) - chain.T + 1 / states, np.full(states, 1 / states))
    return float(left / left.sum() @ np.arange(states))


@limit(
    "A post of several people",
    "M/M/c: E[N] = cρ + C(c, cρ) ρ / (1 − ρ), C Erlang's; in weekly time from the chain with Poisson numbers"
    " that come and Binomial(min(N, c), 1/m) that are done",
    "Erlang (1917)",
)
def several_people() -> Iterator[Row]:
    """Posts of c people of one hour a week each; issues take a geometric number of hours, four on average,
    and nobody can put more than one person's hours into one of them in a week. `deliver` works them off."""
    size = 4

    def hours(draws: Draws, n: int) -> NDArray[np.float64]:
        return draws.geometric(1 / size, n).astype(float)

    for people, load in ((2, 0.7), (4, 0.7)):
        found = queues((people * load / size,), hours, people=people, weeks=300, warm_up=100, seed=people)
        continuous = f"in continuous time {erlang(people, load):.3f}"
        yield Row(f"c = {people}, ρ = {load:g} ({continuous})", weekly_erlang(people, load, size),
                  *mean(found[0]))  # fmt: skip


def before_departments(chance: tuple[float, ...], **parameters: dict[str, float]):
    """A model whose first departments answer with these chances a week, and have all hours for the work."""
    office = post("office", area="subdistrict", heads=10_000, hours=40)
    model = situation(office, arise=NOBODY, **parameters)
    posts = model.institutions.posts
    posts.competence[:], posts.trained[:] = 1.0, 0
    model.community.departments.answer[: len(chance)] = chance
    model.community.departments.bounce[:] = 0.0
    return model


def call(model, lines: tuple[int, ...], wait: NDArray[np.float64], **values: object) -> None:
    """Put issues before departments: their lines, one after another, and the draws (issues, lines)."""
    n, none = len(wait), 3 - len(lines)
    put(model, copies=n, state=State.DEPARTMENTS, at=Level.SUBDISTRICT, level=Level.SUBDISTRICT,
        target=Level.SUBDISTRICT, line=(*lines, *(-1,) * none), hold=1e-9,
        wait=np.hstack([wait, np.full((n, none), NEVER)]),
        share=np.broadcast_to((0.01,) * len(lines) + (0.0,) * none, (n, 3)), **values)  # fmt: skip


@limit(
    "Two departments, one after another, a case at a time",
    "E[N] = λ (1 − λ) / (p − λ) at each",
    "Hsu and Burke (1976): what leaves a queue in discrete time comes to the next as by chance (tandem)",
    least=0.25,
)
def tandem() -> Iterator[Row]:
    """In a week with chance λ a case comes that needs two departments. Each has the hours to look at one case
    a week, and then answers with chance p. `route` and `deliver` move the cases on."""
    rate, chance, look, weeks, batches = 0.2, (0.6, 0.5), 0.25, 3000, 25
    model = before_departments((*chance, *chance), attention={"look": look}, route={"give_up": 0.0})
    draws = np.random.default_rng(5)
    number = np.zeros((batches, 2))  # two such pairs of departments side by side
    for model.week in range(1, weeks + 1):
        if model.week % SWEEP == 1:
            open_books(model)
            arise(model)
        model.attention.left[:], model.attention.files[:] = 1000.0, look
        for pair in ((0, 1), (2, 3)):
            if draws.random() < rate:
                call(model, pair, draws.standard_exponential((1, 2)))
        share = model.issues.share[model.issues.where(State.DEPARTMENTS)]
        first = np.count_nonzero(share[:, 0] > 0)
        number[(model.week - 1) * batches // weeks] += first, len(share) - first
        route(model)
        deliver(model)
    number /= 2 * weeks / batches
    for at, p in enumerate(chance):
        exact = rate * (1 - rate) / (p - rate)
        yield Row(f"λ = {rate:g}, p = {p:g}: cases at department {at + 1}", exact, *mean(number[:, at]))


@limit(
    "Three departments, in sequence and in parallel",
    "in sequence Σ 1 / pᵢ; together Σₖ (1 − Πᵢ (1 − (1 − pᵢ)ᵏ)), the mean of the latest, k = 0, 1, …",
    "sum and maximum of geometric times",
)
def sequence_and_parallel() -> Iterator[Row]:
    """Cases need three departments that look at all of them and answer with chances p a week: called one
    after another, or summoned together."""
    chance, n = np.array([0.5, 0.25, 0.4]), 10_000
    k = np.arange(400)[:, None]
    exact = {False: (1 / chance).sum(), True: (1 - (1 - (1 - chance) ** k).prod(1)).sum()}
    for joint, title in ((False, "one after another"), (True, "together")):
        model = before_departments(tuple(chance), route={"give_up": 0.0})
        call(model, (0, 1, 2), np.random.default_rng(6).standard_exponential((n, 3)), joint=joint)
        weeks = np.zeros(n)
        while len(rows := model.issues.where(State.DEPARTMENTS)):
            weeks[rows] += 1
            model.attention.left[:], model.attention.files[:] = 1e9, 1e9
            route(model)
            deliver(model)
            model.week += 1
        yield Row(f"p = 0.5, 0.25, 0.4, {title}: weeks", float(exact[joint]), *mean(weeks))


LIMITS = (one_post, two_classes, several_people, tandem, sequence_and_parallel)

"""One post, Poisson unit work a per step, capacity 1: the queue has the mean of the textbook.

Counted when the step's work has come and none is done yet: E[queue] = a + a^2 / (2 (1 - a)).
A post of c people is c servers with one queue: Erlang C, where jobs take one of them many weeks.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from cogov.processes.arise import arise
from cogov.processes.books import open_books
from cogov.processes.deliver import deliver
from cogov.state.issues import State
from cogov.state.ledger import serve
from cogov.terms import Kind
from tests.helpers import post, put, situation

LOADS = [0.5, 0.8, 0.9]


def expected(load: float) -> float:
    return load + load**2 / (2 * (1 - load))


def assert_mean(queues: np.ndarray, load: float, precision: float) -> None:
    """Mean queues of independent posts: their mean is the formula's, to four standard errors."""
    error = queues.std(ddof=1) / np.sqrt(len(queues))
    assert error < precision * expected(load)  # else the test could not tell
    assert abs(queues.mean() - expected(load)) < 4 * error


def test_formula():
    assert [expected(load) for load in LOADS] == pytest.approx([0.75, 2.4, 4.95])


@pytest.mark.parametrize("load", LOADS)
def test_serving_is_a_textbook_queue(load):
    # 800 posts side by side; the standard error comes to about 2 % at the heaviest load
    posts, warm_up, steps = 800, 400, 1200
    draws = np.random.default_rng(11)
    server = np.zeros(0, dtype=np.int64)
    total = np.zeros(posts)
    for step in range(warm_up + steps):
        server = np.concatenate([server, np.repeat(np.arange(posts), draws.poisson(load, posts))])
        if step >= warm_up:
            total += np.bincount(server, minlength=posts)
        # equal priority: the oldest stand first
        done = serve(np.ones(len(server)), server, np.zeros(len(server)), np.ones(posts)) >= 1
        server = server[~done]
    assert_mean(total / steps, load, precision=0.025)


def test_a_post_that_delivers_is_a_textbook_queue():
    # a post of one hour a week in every building, whose work always holds
    load, warm_up, weeks = 0.8, 100, 900
    keeper = post("keeper", area="building", heads=1, hours=1)
    model = situation(keeper, arise={kind.label: {"rate": 0.0} for kind in Kind})
    model.institutions.posts.competence[:], model.institutions.posts.trained[:] = 1.0, 0
    posts = model.institutions.posts.rows
    draws = np.random.default_rng(12)
    total = np.zeros(posts)
    for week in range(1, warm_up + weeks + 1):
        model.week = week
        open_books(model)
        arise(model)  # nothing is born, but what is done leaves
        server = np.repeat(np.arange(posts), draws.poisson(load, posts))
        if len(server):
            put(model, copies=len(server), state=State.SERVICE, server=server, work=1.0, hold=1e-9)
        if week > warm_up:
            waiting = model.issues.where(State.SERVICE)
            total += np.bincount(model.issues.server[waiting], minlength=posts)
        deliver(model)
    assert_mean(total / weeks, load, precision=0.06)


def erlang(people: int, load: float) -> float:
    """Mean number of jobs in an M/M/c system at a load of each server (Erlang 1917)."""
    offered = people * load
    terms = [offered**k / math.factorial(k) for k in range(people + 1)]
    last = terms[people] / (1 - load)
    return last / (sum(terms[:people]) + last) * load / (1 - load) + offered


def test_erlang():
    assert erlang(4, 0.7) == pytest.approx(3.80, abs=0.005)
    assert erlang(1, 0.7) == pytest.approx(7 / 3)  # and one fast server in the place of four


@pytest.mark.parametrize("people", [4, 1])
def test_a_post_of_several_people_is_as_many_servers(people):
    # jobs of 4 weeks of one person on average; counts before and after each week's work, averaged
    load, mean, posts, warm_up, weeks = 0.7, 4.0, 400, 200, 1200
    draws = np.random.default_rng(13)
    server, need = np.zeros(0, dtype=np.int64), np.zeros(0)
    total = np.zeros(posts)
    for week in range(warm_up + weeks):
        new = np.repeat(np.arange(posts), draws.poisson(people * load / mean, posts))
        server, need = np.append(server, new), np.append(need, draws.exponential(mean, len(new)))
        before = np.bincount(server, minlength=posts)
        need -= serve(need, server, np.zeros(len(need)), np.full(posts, float(people)), np.ones(len(need)))
        server, need = server[need > 1e-9], need[need > 1e-9]
        total += (before + np.bincount(server, minlength=posts)) / 2 * (week >= warm_up)
    expected, error = erlang(people, load), total.std(ddof=1) / np.sqrt(posts) / weeks
    assert error < 0.03 * expected
    assert abs(total.mean() / weeks - expected) < 4 * error + 0.01 * expected


def test_a_post_of_four_people_that_delivers_is_four_servers():
    load, mean, warm_up, weeks = 0.7, 6.0, 100, 500
    keeper = post("keeper", area="building", heads=4, hours=1)
    model = situation(keeper, arise={kind.label: {"rate": 0.0} for kind in Kind})
    model.institutions.posts.competence[:], model.institutions.posts.trained[:] = 1.0, 0
    posts, draws = model.institutions.posts.rows, np.random.default_rng(14)

    def there():
        return np.bincount(model.issues.server[model.issues.where(State.SERVICE)], minlength=posts)

    total = np.zeros(posts)
    for week in range(1, warm_up + weeks + 1):
        model.week = week
        open_books(model)
        arise(model)  # nothing is born, but what is done leaves
        server = np.repeat(np.arange(posts), draws.poisson(4 * load / mean, posts))
        if len(server):
            work = draws.exponential(mean, len(server))
            put(model, copies=len(server), state=State.SERVICE, server=server, work=work, hold=1e-9)
        before = there()
        deliver(model)
        total += (before + there()) / 2 * (week > warm_up)
    expected, error = erlang(4, load), total.std(ddof=1) / np.sqrt(posts) / weeks
    assert error < 0.06 * expected  # one fast server would be off by 0.39
    assert abs(total.mean() / weeks - expected) < 4 * error + 0.01 * expected

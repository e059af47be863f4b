"""A search finds the designs that are best, keeps to the budget, and goes the same way again."""

from __future__ import annotations

import numpy as np
import pytest

from cogov.kit.errors import StudyError
from cogov.search.seek import Fate, seek
from tests.search.toys import OVER, Toy, asked


@pytest.mark.parametrize("seed", range(4))
def test_of_few_designs_the_front_that_enumeration_has_is_found_with_fewer_runs(seed: int) -> None:
    search = asked(budget={"yuan": 180}, evaluations=32)
    toy = Toy(search, seed, noise=0.002)
    found = seek(search, toy)
    assert found.complete
    assert set(found.front) <= toy.front()
    assert all(found.candidates[name].fate is Fate.ALIKE for name in toy.front() - set(found.front))
    assert toy.runs < 0.4 * len(found.candidates) * search.most


def test_of_more_designs_than_are_tried_the_front_is_found_in_part() -> None:
    over = (*OVER, "festivals", "responsibility_day", "recognition")
    search = asked(over=over, budget={"yuan": 250}, evaluations=80, batch=10, shortlist=16)
    toy = Toy(search, 3, noise=0.0005)
    found = seek(search, toy)
    assert search.space.size == 256
    assert not found.complete
    assert len(found.candidates) <= 81
    assert len(toy.front() & set(found.front)) >= len(toy.front()) / 2


def test_the_same_search_goes_the_same_way_and_another_seed_another() -> None:
    def tried(seed: int) -> list[str]:
        search = asked(evaluations=20, seed=seed)
        return list(seek(search, Toy(search)).candidates)

    assert tried(7) == tried(7) != tried(8)


def test_a_longer_search_begins_as_the_shorter_did() -> None:
    def tried(evaluations: int) -> list[str]:
        search = asked(evaluations=evaluations)
        return list(seek(search, Toy(search)).candidates)

    shorter = tried(14)
    assert tried(26)[: len(shorter)] == shorter


def test_nothing_over_the_budget_is_on_the_front_and_it_is_reported() -> None:
    search = asked(budget={"yuan": 60}, evaluations=32)
    toy = Toy(search)
    found = seek(search, toy)
    column = search.measured.index("cost_money")
    fates = {name: one.fate for name, one in found.candidates.items()}
    assert found.front
    assert all(toy.truth(found.candidates[name].design)[column] <= 60 for name in found.front)
    assert Fate.OVER in fates.values()


def test_designs_that_take_part_in_any_case_are_raced_and_run_on_fresh_seeds() -> None:
    search = asked(designs=["wuliqiao_2020"], evaluations=12)
    found = seek(search, Toy(search))
    assert {"line_hierarchy", "wuliqiao_2020"} <= set(found.fresh)
    assert found.fresh["wuliqiao_2020"].shape == (search.fresh, len(search.measured))


def test_the_front_is_judged_on_seeds_that_chose_nothing() -> None:
    search = asked(evaluations=12)
    used: dict[str, set[int]] = {}
    toy = Toy(search)

    def watched(designs, replicates):
        for design in designs:
            used.setdefault(design.name, set()).update(replicates)
        return toy(designs, replicates)

    found = seek(search, watched)
    fresh = set(range(search.screening + search.replicates, search.most))
    assert all(fresh <= used[name] for name in found.front)
    assert not any(fresh & used[name] for name in set(used) - set(found.fresh))


def test_of_designs_that_hardly_differ_the_simplest_is_shown() -> None:
    search = asked(evaluations=32, matters={"satisfaction": 1.0, "needs_met": 1.0})
    found = seek(search, Toy(search, noise=0.2))
    assert found.front == ["line_hierarchy"]


def test_a_design_whose_run_fails_is_out_and_the_search_goes_on() -> None:
    search = asked(evaluations=32)
    toy = Toy(search)
    bad = search.space.design([1] * 5).name

    def failing(designs, replicates):
        values = toy(designs, replicates)
        values[:, [design.name == bad for design in designs]] = np.nan
        return values

    found = seek(search, failing)
    assert found.candidates[bad].fate is Fate.FAILED
    assert found.front


def test_a_goal_without_a_value_under_the_baseline_is_refused() -> None:
    search = asked()
    with pytest.raises(StudyError, match="'satisfaction' has no value under line_hierarchy"):
        seek(search, lambda designs, replicates: np.full((len(replicates), len(designs), 7), np.nan))

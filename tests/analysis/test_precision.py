"""Replicates are added until intervals are narrow enough, in the same steps whatever was killed."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from cogov.analysis import Replicates, compare, half_widths, next_replicates, precision_reached
from cogov.kit.errors import ConfigError, StudyError
from tests.analysis.test_intervals import drawn


def rule(**values: object) -> Replicates:
    return Replicates(**{"precision": 0.1, "of": ("satisfaction",), "at_least": 8, "at_most": 200, **values})


def runs(replicates: int, spread: float = 1.0, designs: str = "ab") -> pd.DataFrame:
    """Designs whose differences from a have a standard deviation of about ``spread``."""
    draw = np.random.default_rng(1).normal(size=(1000, len(designs)))[:replicates]
    draw[:, 0] = 0.0
    return pd.DataFrame(
        [
            {
                "community": "x",
                "design": design,
                "replicate": replicate,
                "status": "done",
                "satisfaction": spread * draw[replicate, position],
                "cost": 0.1 * spread * draw[replicate, position],
            }
            for replicate in range(replicates)
            for position, design in enumerate(designs)
        ]
    )


def steps(spread: float, asked: Replicates) -> list[int]:
    """The numbers of replicates that a study goes through."""
    taken = [asked.at_least]
    while (number := next_replicates(runs(taken[-1], spread), asked, "a")) is not None:
        assert number > taken[-1]
        taken.append(number)
    return taken


def test_half_widths_are_those_of_the_comparison():
    table = runs(12, designs="abc")
    whole = compare(table, ["cost", "satisfaction"], "a")
    found = half_widths(table, ["cost", "satisfaction"], "a")
    assert found[["outcome", "design", "pairs"]].equals(whole[["outcome", "design", "pairs"]])
    assert found.half_width.to_numpy() == pytest.approx(((whole.high - whole.low) / 2).to_numpy())


def test_it_ends_when_the_interval_is_as_narrow_as_asked():
    taken = steps(1.0, rule(precision=0.3))
    assert taken[0] == 8
    assert len(taken) > 1
    level = rule(precision=0.3).confidence
    widths = [half_widths(runs(n), ["satisfaction"], "a", (), level).half_width[0] for n in taken]
    assert all(width > 0.3 for width in widths[:-1])
    assert widths[-1] <= 0.3
    # 9 looks, hence 2.77 / sqrt(n) = 0.3 at n = 85; the spread of this sample is not quite 1
    assert 40 < taken[-1] < 170


def test_steps_follow_the_spread_within_their_bounds():
    assert steps(0.0, rule()) == [8, 16, 32, 64, 128, 200]  # without spread nothing is known
    assert steps(1e-6, rule()) == [8]
    taken = steps(50.0, rule(at_most=100))
    assert taken == [8, 16, 32, 64, 100]
    n = 40
    level = rule(at_least=n).confidence
    width = half_widths(runs(n), ["satisfaction"], "a", (), level).half_width[0]
    for factor, expected in ((1.3, math.ceil(n * 1.69)), (1.01, 60), (9.0, 80), (0.99, None)):
        asked = rule(precision=width / factor, at_least=n)
        assert next_replicates(runs(n), asked, "a") == expected


def test_it_looks_only_at_the_replicates_it_had():
    asked = rule(precision=0.3)
    taken = steps(1.0, asked)
    everything = runs(taken[-1] + 50)
    for before, after in zip(taken, [*taken[1:], None], strict=True):
        begun = everything[everything.replicate < before + 9].drop(
            index=2 * before
        )  # a of replicate `before`
        assert next_replicates(begun, asked, "a") == after
        assert next_replicates(begun.sample(frac=1, random_state=1), asked, "a") == after
    assert next_replicates(everything, asked, "a") is None


def test_runs_that_are_not_there_are_asked_for_again():
    asked = rule(precision=0.3)
    assert next_replicates(runs(3), asked, "a") == 8
    assert next_replicates(runs(8).drop(index=5), asked, "a") == 8
    second = steps(1.0, asked)[1]
    assert next_replicates(runs(second).drop(index=2 * second - 1), asked, "a") == second


def test_failed_runs_count_as_there_and_leave_a_pair_less():
    table = runs(8, spread=0.01, designs="abc")
    table.loc[table.design == "c", "status"] = "failed"  # nothing would help
    assert next_replicates(table, rule(), "a") is None
    reached = precision_reached(table, rule(), "a").iloc[0]
    assert (reached.design, reached.pairs, reached.reached) == ("c", 0, False)
    table.loc[table.index[2], "status"] = "done"  # one pair says nothing of the spread: go on
    assert next_replicates(table, rule(), "a") == 16


def test_every_arm_and_outcome_has_to_be_precise():
    table = pd.concat(
        [runs(8, spread=0.001).assign(blocks=1.0), runs(8, spread=1.0).assign(blocks=2.0)], ignore_index=True
    )
    assert next_replicates(table[table.blocks == 1], rule(), "a", ["blocks"]) is None
    assert next_replicates(table, rule(), "a", ["blocks"]) == 16
    width = half_widths(runs(8), ["satisfaction"], "a", (), rule().confidence).half_width[0]
    assert next_replicates(runs(8), rule(precision=width / 2, of=("cost",)), "a") is None
    assert next_replicates(runs(8), rule(precision=width / 2, of=("cost", "satisfaction")), "a") == 16


def test_what_was_reached_is_told_for_the_worst_arm():
    table = pd.concat(
        [runs(8, spread=spread).assign(blocks=blocks) for blocks, spread in ((1.0, 0.2), (2.0, 1.0))]
    )
    asked = rule(precision=0.3, of=("satisfaction", "cost"))
    found = precision_reached(table, asked, "a", ["blocks"])
    assert found[["outcome", "design", "blocks", "pairs", "precision", "reached"]].to_numpy().tolist() == [
        ["satisfaction", "b", 2.0, 8, 0.3, False],
        ["cost", "b", 2.0, 8, 0.3, True],
    ]
    assert found.half_width[0] == pytest.approx(10 * found.half_width[1])


def test_a_precision_needs_a_difference():
    with pytest.raises(StudyError, match="needs a design to compare with a"):
        next_replicates(runs(8, designs="a"), rule(), "a")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"precision": 0}, "replicates.precision = 0: must be more than 0"),
        ({"precision": -1}, "replicates.precision = -1: must be between 0 and"),
        ({"of": ()}, "replicates.of = (): must have 1 to"),
        ({"of": ("satisfactoin",)}, "unknown outcome 'satisfactoin'; did you mean 'satisfaction'?"),
        ({"of": ("orders",)}, "replicates.of: unknown outcome 'orders'"),
        ({"at_least": 1}, "replicates.at_least = 1: must be between 6"),
        ({"at_most": 7}, "replicates.at_most = 7: must be at least at_least = 8"),
    ],
)
def test_wrong_rules_are_refused(values, message):
    with pytest.raises(ConfigError) as refused:
        rule(**values)
    assert message in str(refused.value)


def test_a_rule_as_a_file_has_it():
    read = Replicates.from_mapping({"precision": 0.02, "of": ["resolution_rate"], "at_most": 50})
    assert read == Replicates(precision=0.02, of=("resolution_rate",), at_least=8, at_most=50)


# ---------------------------------------------------------------- coverage


@pytest.mark.parametrize(
    ("low", "high", "looks"), [(8, 8, 1), (8, 12, 2), (8, 18, 3), (8, 19, 4), (8, 200, 9)]
)
def test_the_error_is_shared_out_over_the_looks(low, high, looks):
    asked = rule(at_least=low, at_most=high)
    assert asked.looks == looks
    assert asked.confidence == pytest.approx(1 - 0.05 / looks)
    assert len(steps(1e9, rule(precision=1e-3, at_least=low, at_most=high))) <= looks


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "precision"),
    [("normal", 0.6), ("lognormal", 0.6), ("rare", 0.1), ("tied", 0.25), ("zeros", 0.3)],
)
def test_intervals_at_the_end_cover(kind, precision):
    """Of 150 studies that ended as precise as asked, in how many the interval holds the true mean."""
    asked, held, numbers = rule(precision=precision), [], []
    for study in range(150):
        values, true = drawn(kind, 200, 1, seed=study)
        table = runs(200)
        table["satisfaction"] = np.where(table.design == "b", np.repeat(values[:, 0], 2), 0.0)
        number = asked.at_least
        while (wanted := next_replicates(table[table.replicate < number], asked, "a")) is not None:
            number = wanted
        found = precision_reached(table[table.replicate < number], asked, "a").iloc[0]
        numbers.append(number)
        if found.reached:
            held.append(abs(values[:number, 0].mean() - true) <= found.half_width)
    print(
        f"{kind}: {len(held)} of 150 reached it, median {np.median(numbers):.0f}; {np.mean(held):.3f} hold it"
    )
    assert len(held) > 100
    assert np.mean(held) > 0.9

"""The catalogue of measures."""

from __future__ import annotations

from cogov.outcomes import BY_COMPOUND, BY_GROUP, MEASURES, WEEKLY


def test_every_measure_is_described():
    for name, measure in MEASURES.items():
        assert measure.name == name
        assert measure.doc
        assert measure.unit
        assert measure.zh
        assert measure.better in (-1, 0, 1)
        assert measure.how in ("mean", "sum", "rate", "run", "none")


def test_rates_are_of_weekly_measures_and_everything_else_is_not():
    for measure in MEASURES.values():
        assert (measure.over is not None) == (measure.how == "rate"), measure.name
        for part in measure.over or ():
            assert part in WEEKLY


def test_what_is_recorded_and_what_a_run_comes_to():
    assert set(WEEKLY) == {
        name for name, measure in MEASURES.items() if measure.how in ("mean", "sum", "none")
    }
    assert all(measure.outcome == (measure.how != "none") for measure in MEASURES.values())
    assert set(BY_COMPOUND) <= set(WEEKLY)
    assert set(BY_GROUP) <= set(BY_COMPOUND)
    assert len(set(WEEKLY)) == len(WEEKLY)


def test_sums_over_weeks_are_of_things_that_happen_in_a_week():
    assert all(measure.unit.endswith("/week") for measure in MEASURES.values() if measure.how == "sum")

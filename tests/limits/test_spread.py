"""How volunteering spreads by default: as an S-curve, for want of whose neighbours it would not."""

from __future__ import annotations

from tests.limits.participation import years_of


def test_volunteering_spreads_as_an_s_curve_that_needs_neighbours_who_ask():
    spread, alone = years_of(0.0, 16), years_of(0.0, 8, invite=0.0)
    first, next_ones, last = spread[1], (spread[5] - spread[1]) / 4, (spread[16] - spread[12]) / 4
    assert next_ones > 1.5 * first
    assert next_ones > 1.5 * last
    assert alone[1] > 1.5 * (alone[5] - alone[1]) / 4  # as ever fewer are left who would of themselves
    assert alone[-3:].mean() < 0.2 * spread[-3:].mean()

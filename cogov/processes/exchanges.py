"""Exchanges (交流): managers of firms sit together and see how the others work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.processes.declared import process
from cogov.processes.model_state import ModelState


@process(
    reads=("firms", "homes", "institutions.exchanges", "institutions.posts"),
    writes=("exchanges", "institutions.ledger"),
)
def hold_exchanges(model: ModelState) -> None:
    """Firms that have the hours meet; each is shown the others' ways, by rivals only in part."""
    institutions, homes, n = model.institutions, model.homes, len(model.firms)
    post = institutions.posts.at("firm")
    for laid in institutions.exchanges:
        rule, area = laid.rule, laid.area
        if model.week % rule.every or post.stop == post.start:
            continue
        shown, hours = np.zeros((n, n)), laid.value("hours")
        for at in np.flatnonzero(laid.force):  # firms of one subdistrict meet
            served = np.flatnonzero((homes.firm >= 0) & (area.of_compound == at))
            compounds = np.bincount(homes.firm[served], minlength=n)
            each = np.divide(hours[at], compounds, out=np.zeros(n), where=compounds > 0)
            asked = np.zeros(post.stop - post.start)
            asked[served] = (each * members(model, rule.members))[homes.firm[served]]
            given = institutions.ledger.spend(post, asked, "meetings")
            came = np.bincount(homes.firm[served], given[served], n) / hours[at]
            shown = np.maximum(shown, came[:, None] * came[None, :] * laid.force[at])
        shown *= np.where(rivals(model), rule.rivals, 1.0)
        np.fill_diagonal(shown, 0.0)
        model.exchanges.meet(shown)


def members(model: ModelState, which: str) -> NDArray[np.bool_]:
    """Firms of an alliance: those with a base of party building, or all; where none has a base, all."""
    founding = model.firms.founding
    if which == "founding" and founding.any():
        return np.asarray(founding)
    return np.ones(len(founding), dtype=bool)


def rivals(model: ModelState) -> NDArray[np.bool_]:
    """Which firms serve compounds of one neighbourhood, shape (firms, firms)."""
    places, homes = model.places, model.homes
    served = np.flatnonzero(homes.firm >= 0)
    there = np.zeros((len(places.neighbourhoods), len(model.firms)), dtype=bool)
    there[places.compound_neighbourhood[served], homes.firm[served]] = True
    return np.asarray((there[:, :, None] & there[:, None, :]).any(0))

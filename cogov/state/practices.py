"""Practices (做法): who has seen which, who is setting it up, and who holds it.

Owner of ``Practices``. A practice spreads only to a neighbourhood whose people have seen it, and runs only
once the hours that it takes to set up were spent there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Practices:
    """By practice and neighbourhood.

    Attributes
    ----------
    seen : dict of str to ndarray of bool, shape (neighbourhoods,)
        Whether somebody there has seen it.
    to_do : dict of str to ndarray, shape (neighbourhoods,)
        Hours that are left until it runs; infinite where it was not taken up.
    """

    def __init__(self, neighbourhoods: int) -> None:
        self.neighbourhoods = neighbourhoods
        self.seen: dict[str, Mask] = {}
        self.to_do: dict[str, Floats] = {}

    def __repr__(self) -> str:
        """In one line: how many hold each."""
        counts = ", ".join(f"{name} in {int(self.held(name).sum())}" for name in sorted(self.to_do))
        return f"<Practices: {counts or 'none'}>"

    def begin(self, name: str, holders: Mask) -> None:
        """A practice is there, held by some; one that is there already stays as it is."""
        if name not in self.to_do:
            self.seen[name] = holders.copy()
            self.to_do[name] = np.where(holders, 0.0, np.inf)

    def held(self, name: str) -> Mask:
        """Where it runs; nowhere if there is no such practice."""
        return self.to_do.get(name, np.full(self.neighbourhoods, np.inf)) <= 0

    def see(self, name: str, rows: NDArray[np.integer]) -> None:
        """Somebody of these neighbourhoods has seen it."""
        self.seen[name][rows] = True

    def take_up(self, name: str, rows: NDArray[np.integer], hours: Floats) -> None:
        """These neighbourhoods, which have seen it, begin to set it up; who began before goes on."""
        fresh = self.seen[name][rows] & np.isinf(self.to_do[name][rows])
        self.to_do[name][rows[fresh]] = hours[fresh]

    def work(self, name: str, hours: Floats) -> None:
        """Hours spent on setting it up, by neighbourhood."""
        self.to_do[name] = (self.to_do[name] - hours).clip(0)

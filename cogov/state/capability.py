"""Capability (书记能力) of secretaries: by domain, and by the kind of neighbourhood it was learned in.

Owner of ``Capabilities``. What is learned in one kind of place is of use in another as far as the two are
alike: the others follow with ``similarity``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cogov.terms import Capability, Site

Floats = NDArray[np.float64]


class Capabilities:
    """The secretaries in office, one a neighbourhood.

    Parameters
    ----------
    capability : ndarray, shape (neighbourhoods, domains)
        What they can do where they are, at the start.
    site : ndarray of int, shape (neighbourhoods,)
        `Site` of each neighbourhood.
    tenure : ndarray of int, shape (neighbourhoods,)
        Weeks in office.
    similarity : float
        How far what was learned in one kind of place is of use in another, in [0, 1].

    Attributes
    ----------
    level : ndarray, shape (neighbourhoods, domains, sites)
        In [0, 1].
    tenure : ndarray of int, shape (neighbourhoods,)
    leaves : ndarray, shape (neighbourhoods,)
        Chance to go, against the usual one, of the channel each came by.
    cases : ndarray, shape (neighbourhoods, domains)
        Cases of the quarter that called for each domain.
    """

    def __init__(
        self,
        capability: NDArray[np.floating],
        site: NDArray[np.integer],
        tenure: NDArray[np.integer],
        similarity: float,
    ) -> None:
        n = len(capability)
        self.site, self.similarity = site.astype(np.int64), similarity
        self.level = np.zeros((n, len(Capability), len(Site)))
        self.tenure = tenure.astype(np.int64)
        self.leaves = np.ones(n)
        self.cases = np.zeros((n, len(Capability)))
        for row in range(n):
            self._bring(row, capability[row].astype(float), int(self.site[row]))

    def __len__(self) -> int:
        return len(self.site)

    def __repr__(self) -> str:
        """In one line: what they can do at home, by domain."""
        means = ", ".join(f"{domain.label} {self.own(domain).mean():.2f}" for domain in Capability)
        return f"<Capabilities: {len(self)}, {means}>" if len(self) else "<Capabilities: none>"

    def at_home(self) -> Floats:
        """Capability of each in the kind of place where they are: shape (neighbourhoods, domains)."""
        return np.asarray(self.level[np.arange(len(self)), :, self.site])

    def own(self, domain: Capability) -> Floats:
        """The same in one domain: shape (neighbourhoods,)."""
        return np.asarray(self.level[np.arange(len(self)), domain, self.site])

    def learn(
        self,
        rows: NDArray[np.integer],
        domain: Capability,
        site: NDArray[np.integer] | int,
        share: Floats,
        towards: Floats | float = 1.0,
    ) -> None:
        """Close a share of the gap to ``towards`` in one domain and kind of place, others following.

        Parameters
        ----------
        rows : ndarray of int
            Neighbourhoods, each once.
        site : int or ndarray of int
            Kind of place in which it is learned.
        share : ndarray
            Of the gap, in [0, 1].
        towards : float or ndarray
            What there is to be learned; who can do more forgets nothing.
        """
        alike = np.where(np.arange(len(Site)) == np.reshape(site, (-1, 1)), 1.0, self.similarity)
        here = self.level[rows, domain]
        gap = (np.reshape(towards, (-1, 1)) - here).clip(0)
        self.level[rows, domain] = here + np.reshape(share, (-1, 1)) * alike * gap

    def succeed(self, row: int, capability: Floats, site: int, leaves: float) -> None:
        """A new one takes office, with what was learned in a kind of place."""
        self._bring(row, capability, site)
        self.tenure[row], self.leaves[row] = 0, leaves

    def _bring(self, row: int, capability: Floats, site: int) -> None:
        self.level[row] = self.similarity * capability[:, None]
        self.level[row, :, site] = capability

"""Attention: the hours that departments have in a week, and how many of them go to files (注意力)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Attention:
    """Hours of departments this week: for opening and answering files first, what is left for their work.

    Attributes
    ----------
    left : ndarray, shape (departments,)
        Hours not spent yet.
    files : ndarray, shape (departments,)
        Of these, hours that may still go to files.
    """

    def __init__(self, departments: int) -> None:
        self.left = np.zeros(departments)
        self.files = np.zeros(departments)

    def open(self, hours: NDArray[np.floating], share: NDArray[np.floating]) -> None:
        """Begin a week with these hours, of which so large a share at most goes to files."""
        self.left[:] = hours
        self.files[:] = self.left * share

    def give(self, hours: Floats) -> None:
        """Give hours away, by department, no more than are left: files keep their share of the rest."""
        kept = np.divide(self.left - hours, self.left, out=np.ones(len(hours)), where=self.left > 0)
        self.left *= kept
        self.files *= kept

    def look(self, hours: Floats) -> None:
        """Spend hours on files, by department: no more than there are for files."""
        self.files -= hours
        self.left -= hours

    def work(self, hours: Floats) -> None:
        """Spend hours on parts of the work, by department: no more than are left."""
        self.left -= hours

"""Cases (个案): what is followed, by a number that is the same under every design."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cogov.kit.errors import ConfigError, shown

Numbers = NDArray[np.int64]
Rows = NDArray[np.intp]
SERIAL = 32
"""Bits of the serial number within its week in the number of an issue."""
_CASE = re.compile(r"w(-?\d{1,6})n(\d{1,9})")


def case_id(number: int) -> str:
    """The case of an issue: the recorded week of its birth, and its number among the births of that week.

    >>> case_id((31 << 32) + 5), case_id((-2 << 32) + 7)
    ('w31n5', 'w-2n7')
    """
    return f"w{number >> SERIAL}n{number & ((1 << SERIAL) - 1)}"


def issue_number(case: str) -> int:
    """The number of an issue from its case.

    Raises
    ------
    ConfigError
        If it is none.
    """
    match = _CASE.fullmatch(case)
    if match is None:
        raise ConfigError(
            f"issue {shown(case)}: an issue is called by the week of its birth and its number in it, such as"
            " w31n5 (w-2n7 for one born before the record began)"
        )
    return (int(match[1]) << SERIAL) + int(match[2])


@dataclass(frozen=True)
class Choice:
    """Which cases of a kind are followed.

    Attributes
    ----------
    size : int
        So many of them, about: which ones depends on their numbers alone. -1: all.
    numbers : ndarray of int
        Those named.
    below : int
        Of 2^64: whose hash is below is in the sample.
    """

    size: int = 0
    numbers: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    below: int = 0

    def __bool__(self) -> bool:
        return self.size != 0 or len(self.numbers) > 0

    def among(self, expected: float) -> Choice:
        """The same, where so many cases are expected in all."""
        share = min(self.size / max(expected, 1.0), 1.0)
        if self.size > 0 and share >= 1:
            return Choice(size=-1)
        return Choice(self.size, self.numbers, int(share * 2**64) if self.size > 0 else 0)

    def has(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of some cases are followed."""
        if self.size < 0:
            return np.ones(len(numbers), dtype=bool)
        if self.size > 0:
            return np.asarray(mixed(numbers) < np.uint64(self.below))
        return np.isin(numbers, self.numbers)


def mixed(numbers: Numbers) -> NDArray[np.uint64]:
    """A number between 0 and 2^64 - 1 for each, as good as random: SplitMix64 (Steele et al. 2014)."""
    z = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)))


def read_choice(given: str | Sequence[str] | None, what: str = "issues") -> Choice:
    """Which issues are followed, from ``"all"``, ``"sample:200"``, a case, several, or nothing.

    Raises
    ------
    ConfigError
        For anything else.
    """
    if given is None or given == "":
        return Choice()
    if given == "all":
        return Choice(size=-1)
    if isinstance(given, str) and given.startswith("sample"):
        size = given.removeprefix("sample").removeprefix(":")
        if not size.isdecimal() or not 0 < int(size) < 10**9:
            raise ConfigError(f"{what} = {shown(given)}: a sample is written with its size, as sample:200")
        return Choice(size=int(size))
    named = given.split(",") if isinstance(given, str) else given
    if not isinstance(named, (list, tuple)) or not all(isinstance(name, str) for name in named):
        raise ConfigError(f"{what} = {shown(given)}: must be all, sample:200, or cases such as w31n5")
    if not named or (len(named) == 1 and not named[0].startswith("w")):
        raise ConfigError(f"{what} = {shown(given)}: must be all, sample:200, or cases such as w31n5")
    return Choice(numbers=np.array([issue_number(name.strip()) for name in named], dtype=np.int64))

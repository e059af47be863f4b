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
ISSUE, RESIDENT, UNIT, FIRM, PROJECT, POST = OF = ("issue", "resident", "unit", "firm", "project", "post")
"""What can be followed."""
LETTERS = {RESIDENT: "r", UNIT: "u", FIRM: "f"}
EXAMPLES = {
    "issues": "w31n5",
    "residents": "r120",
    "organisations": "u3 or f1",
    "projects": "lift120w31",
    "posts": "'committee 3'",
}
_ISSUE = re.compile(r"w(-?\d{1,6})n(\d{1,9})")
_ROW = re.compile(r"([ruf])(\d{1,9})")
_BY_NAME = {
    "projects": re.compile(r"[a-z_]+\d{1,9}w-?\d{1,6}"),
    "posts": re.compile(r"[a-z_0-9]+ \d{1,9}"),
}
"""What can be followed that has no number of its own."""


def case_id(number: int, of: str = ISSUE) -> str:
    """The name of a case.

    Of an issue the recorded week of its birth and its number among the births of that week; of residents and
    organisations a letter and the row.

    >>> case_id((31 << 32) + 5), case_id((-2 << 32) + 7), case_id(120, "resident")
    ('w31n5', 'w-2n7', 'r120')
    """
    if of != ISSUE:
        return f"{LETTERS[of]}{number}"
    return f"w{number >> SERIAL}n{number & ((1 << SERIAL) - 1)}"


def issue_number(case: str) -> int:
    """The number of an issue from its case.

    Raises
    ------
    ConfigError
        If it is none.
    """
    match = _ISSUE.fullmatch(case)
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
        So many of them, about: which ones depends on their numbers alone. -1: all. 0: those named.
    names : tuple of str
    """

    size: int = 0
    names: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return self.size != 0 or bool(self.names)

    def has(self, name: str) -> bool:
        """Whether a case that is known by its name is followed."""
        return self.size < 0 or name in self.names

    def below(self, expected: float) -> float:
        """Share of the cases that are followed where their number is not known beforehand."""
        return 1.0 if self.size < 0 else min(self.size / max(expected, 1.0), 1.0)

    def rows(self, of: str, there: int) -> Rows:
        """Rows that are followed of so many residents or organisations.

        Raises
        ------
        ConfigError
            If one that is named is not there.
        """
        if self.size < 0:
            return np.arange(there)
        if self.size > 0:
            return np.sort(np.argsort(mixed(np.arange(there)), kind="stable")[: self.size])
        found = [int(name[1:]) for name in self.names if name[0] == LETTERS[of]]
        letter = LETTERS[of]
        for row in found:
            if row >= there:
                raise ConfigError(
                    f"{of} {letter}{row}: there are {there:,}, {letter}0 to {letter}{there - 1}"
                )
        return np.unique(np.array(found, dtype=np.intp))


def mixed(numbers: Numbers) -> NDArray[np.uint64]:
    """A number between 0 and 2^64 - 1 for each, as good as random: SplitMix64 (Steele et al. 2014)."""
    z = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)))


def read_choice(given: str | Sequence[str], what: str) -> Choice:
    """What is followed, from ``"all"``, ``"sample:200"``, a case, several, or nothing.

    Parameters
    ----------
    given : str or sequence of str
    what : str
        ``issues``, ``residents``, ``organisations``, ``projects`` or ``posts``.

    Raises
    ------
    ConfigError
        For anything else.
    """
    example = EXAMPLES[what]
    wrong = ConfigError(f"{what} = {shown(given)}: must be all, sample:200, or cases such as {example}")
    if isinstance(given, str):
        if given in ("", "all"):
            return Choice(size=-1 if given else 0)
        if given.startswith("sample") and what in _BY_NAME:
            raise ConfigError(f"{what} = {shown(given)}: are few; give all, or cases such as {example}")
        if given.startswith("sample"):
            size = given.removeprefix("sample").removeprefix(":")
            if not size.isdecimal() or not 0 < int(size) < 10**9:
                raise ConfigError(f"{what} = {shown(given)}: a sample is written with its size: sample:200")
            return Choice(size=int(size))
        given = [name.strip() for name in given.split(",")]
    if not isinstance(given, (list, tuple)) or not all(isinstance(name, str) for name in given):
        raise wrong
    letters = {"residents": "r", "organisations": "uf"}
    if what in _BY_NAME:
        if not all(_BY_NAME[what].fullmatch(name) for name in given):
            raise wrong
        return Choice(names=tuple(given))
    for name in given:
        match = _ROW.fullmatch(name)
        if not name or (what == "issues" and name[0] != "w"):
            raise wrong
        if what == "issues":
            issue_number(name)
        elif match is None or match[1] not in letters[what]:
            raise wrong
    return Choice(names=tuple(given))

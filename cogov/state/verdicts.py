"""Verdicts (评议结果): what appraisers have seen since they last sat, and what they said of whom.

Nothing here reads satisfaction or trust. Residents remember the cases they lived through, committees what is
on record: cases closed in time, late or lost, hours that came, seats that stayed empty.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.runs import expand

Floats = NDArray[np.float64]
Rows = NDArray[np.integer]


class Seen:
    """Scores on record of pairs of a place and somebody judged, with where each appraisal has read to.

    Parameters
    ----------
    places, judged : int
        How many there are of each.
    """

    def __init__(self, places: int, judged: int) -> None:
        self._all = np.zeros((2, places, judged))
        self._read: dict[str, Floats] = {}

    def add(self, places: Rows, judged: Rows, score: Floats | float) -> None:
        """Put scores in [0, 1] on record; pairs may be repeated."""
        np.add.at(self._all[0], (places, judged), score)
        np.add.at(self._all[1], (places, judged), 1.0)

    def since(self, appraisal: str) -> tuple[Floats, Floats]:
        """Sum of scores and their number since an appraisal last read them, shapes (places, judged)."""
        new = self._all - self._read.get(appraisal, 0.0)
        self._read[appraisal] = self._all.copy()
        return new[0], new[1]


@dataclass(frozen=True)
class Lived:
    """Cases of a week that residents lived through: those in rows ``first`` to ``last`` - 1 of each.

    Beside them the firm that is judged for it, and how good that was, in [0, 1].
    """

    week: int
    first: Rows
    last: Rows
    judged: Rows
    score: Floats


@dataclass(frozen=True)
class Verdict:
    """What one appraisal came to: a score in [0, 1] of each judged, NaN of those whom nobody had seen.

    ``black`` is the share of those judged that it puts on a black list (黑榜).
    """

    of: str
    score: Floats
    published: bool
    until: int
    black: float = 0.0

    def lowest(self) -> NDArray[np.bool_]:
        """Who stands on the black list: the lowest, and nobody who did as well as the best."""
        given = np.sort(self.score[~np.isnan(self.score)])
        number = min(math.ceil(self.black * len(given)), len(given))
        if not number:
            return np.zeros(len(self.score), dtype=bool)
        with np.errstate(invalid="ignore"):
            return np.asarray((self.score <= given[number - 1]) & (self.score < given[-1]))


class Verdicts:
    """Evidence and verdicts.

    Parameters
    ----------
    judged : dict of str to int
        How many there are to be judged, by kind.
    neighbourhoods : int

    Attributes
    ----------
    cases : Seen
        Cases of firms on record, by neighbourhood.
    seats : Seen
        Seats of units: 1 taken, 0 left empty, by the neighbourhood that convened.
    hours : ndarray, shape (neighbourhoods, units)
        Hours that units gave each neighbourhood, from the start.
    """

    def __init__(self, judged: dict[str, int], neighbourhoods: int) -> None:
        self.judged = judged
        self.cases = Seen(neighbourhoods, judged["firms"])
        self.seats = Seen(neighbourhoods, judged["units"])
        self.hours = np.zeros((neighbourhoods, judged["units"]))
        self._hours_read: dict[str, Floats] = {}
        self._lived: list[Lived] = []
        self._sat: dict[str, int] = {}
        self._stand: dict[str, Verdict] = {}

    def seat(self, units: Rows, hosts: Rows, came: NDArray[np.bool_], called: NDArray[np.bool_]) -> None:
        """Put on record which units called to a neighbourhood's table came; the subdistrict's are not its."""
        near = (hosts >= 0) & called
        self.seats.add(hosts[near], units[near], came[near].astype(float))

    def live_through(self, lived: Lived) -> None:
        """Let residents remember the cases of a week."""
        if len(lived.score):
            self._lived.append(lived)

    def remembered(self, since: int, people: Rows) -> tuple[Rows, Rows, Floats]:
        """What people (ascending rows) lived through since the end of the meetings of a week.

        Returns
        -------
        who : ndarray of int
            Place in ``people``; one entry for each case of each of them.
        judged : ndarray of int
        score : ndarray
        """
        whole: list[tuple[Rows, Rows, Floats]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
        for lived in self._lived:
            if lived.week >= since:
                who, case = expand(np.searchsorted(people, lived.first), np.searchsorted(people, lived.last))
                whole.append((who, lived.judged[case], lived.score[case]))
        who, judged, score = (np.concatenate(part) for part in zip(*whole, strict=True))
        return who, judged, score

    def forget(self, before: int) -> None:
        """Drop memories of weeks before one: every appraisal that could ask for them has sat since."""
        self._lived = [entry for entry in self._lived if entry.week >= before]

    def hours_since(self, appraisal: str) -> Floats:
        """Hours that units gave since an appraisal last read them, shape (neighbourhoods, units)."""
        new = self.hours - self._hours_read.get(appraisal, 0.0)
        self._hours_read[appraisal] = self.hours.copy()
        return np.asarray(new)

    def sat(self, appraisal: str, week: int) -> int:
        """Note that an appraisal sits; returns the week in which it sat before, 0 if never."""
        last = self._sat.get(appraisal, 0)
        self._sat[appraisal] = week
        return last

    def give(self, appraisal: str, verdict: Verdict) -> None:
        """A verdict takes the place of the last one of the same appraisal."""
        self._stand[appraisal] = verdict

    def lapse(self, week: int) -> None:
        """Drop verdicts that were not renewed in time."""
        self._stand = {name: verdict for name, verdict in self._stand.items() if week < verdict.until}

    def score(self, of: str, published: bool = False) -> Floats:
        """Mean score of each judged over the verdicts that stand, NaN without any.

        Parameters
        ----------
        of : str
            ``units`` or ``firms``.
        published : bool
            Only what the public knows.
        """
        stand = [v.score for v in self._stand.values() if v.of == of and (v.published or not published)]
        total, number = np.zeros(self.judged[of]), np.zeros(self.judged[of])
        for scores in stand:
            given = ~np.isnan(scores)
            total[given] += scores[given]
            number += given
        none = np.full(self.judged[of], np.nan)
        return np.asarray(np.divide(total, number, out=none, where=number > 0))

    def blacklisted(self, of: str) -> NDArray[np.bool_]:
        """Who stands on a black list, shape (judged,)."""
        listed = np.zeros(self.judged[of], dtype=bool)
        for verdict in self._stand.values():
            if verdict.of == of and verdict.published and verdict.black:
                listed |= verdict.lowest()
        return listed

    def lead(self, of: str, group: Rows, published: bool = False) -> Floats:
        """Score less the mean of the others of one's group who were judged; 0 for who was not, or alone.

        Parameters
        ----------
        of : str
        group : ndarray of int, shape (judged,)
            Peers are those of one group: units of a subdistrict, since its sittings compare no others.
        published : bool
        """
        score = self.score(of, published)
        given = np.flatnonzero(~np.isnan(score))
        peers = np.bincount(group[given])[group[given]] - 1
        total = np.bincount(group[given], score[given])[group[given]]
        lead = np.zeros(len(score))
        mine = score[given]
        lead[given] = np.where(peers > 0, mine - (total - mine) / peers.clip(1), 0.0)
        return lead

    def compared(self, of: str, published: bool = False) -> NDArray[np.bool_]:
        """Who has a verdict that can be held against those of others."""
        given = ~np.isnan(self.score(of, published))
        return np.asarray(given & (int(given.sum()) > 1))

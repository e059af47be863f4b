"""Who handles what on which level, and what may be settled, summoned or dispatched there, by compound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.rules.kinds import KINDS, Choice, Rule, marked
from cogov.rules.laid import Laid
from cogov.rules.posts import Posts
from cogov.rules.seats import SeatedCouncil
from cogov.terms import Kind, Level, Line

PUBLIC = 4
"""Which of ``Powers.target`` is of public cases: those before it need none to three departments."""


class Powers:
    """Tables that issues are routed by; made anew whenever a rule comes into force or goes out of it.

    Attributes
    ----------
    handler : ndarray of int, shape (kinds, levels, compounds)
        Row of the post that handles a kind on a level, or -1.
    next_rung : ndarray of int, shape (kinds, levels, compounds)
        The next level up where a post handles the kind; the district always does.
    authority : ndarray of int, shape (kinds, levels, compounds)
        The level that may act in place of each level.
    target : ndarray of int8, shape (cases, kinds, levels, compounds)
        The level where each case can be acted on, if no council takes it up. Cases are those that need so
        many departments, from none on, and last (``PUBLIC``) public ones that are not agreed on.
    settling : ndarray, shape (kinds, levels, compounds)
        Hours more that acting in its place takes.
    summons : ndarray, shape (levels, kinds, compounds)
        Hours a summons of departments takes; NaN where there is no such power.
    least : ndarray of int, shape (levels, kinds, compounds)
        Departments that a case must need to be summoned for: all of them, which none does, without the power.
    overdue, taking : ndarray, shape (kinds, levels, compounds)
        Weeks after which a level takes over what stands with a post below it, infinite where it does not or
        has no post, and the hours that takes its post.
    soonest : float
        The fewest of these weeks.
    deadlines : ndarray, shape (kinds, compounds)
        Weeks until a dispatched order is due; infinite without.
    councils : ndarray of int64, shape (kinds, levels, compounds)
        Which councils of a level are in force and take up a kind there, a bit each, in the order given. One
        without a single seat there is none.
    """

    def __init__(
        self,
        rules: Iterable[Laid[Rule]],
        councils: Sequence[SeatedCouncil],
        posts: Posts,
        community: Community,
    ) -> None:
        kinds, levels, compounds = len(Kind), len(Level), len(community.places.compounds)
        self.councils = np.zeros((kinds, levels, compounds), dtype=np.int64)
        self._narrower = np.zeros(levels, dtype=np.int64)
        self._referred = 0
        for bit, council in enumerate(councils):
            met = council.laid.active & (np.bincount(council.seat_area, minlength=council.area.n) > 0)
            there = met[council.area.of_compound] & marked(council.rule.kinds)[:, None]
            self.councils[:, council.area.level] |= there.astype(np.int64) << bit
            self._narrower[council.area.level + 1 :] |= 1 << bit
            self._referred |= council.rule.referred << bit
        self._nearest = first_level(self.councils != 0)
        self.deadlines = np.full((kinds, compounds), np.inf)
        self.summons = np.full((levels, kinds, compounds), np.nan)
        self.least = np.full((levels, kinds, compounds), len(Line))
        self.authority = np.broadcast_to(np.arange(levels)[None, :, None], (kinds, levels, compounds)).copy()
        self.settling, self.taking = np.zeros((2, kinds, levels, compounds))
        self.overdue = np.full((kinds, levels, compounds), np.inf)
        self._grant([cast(Laid[Choice], entry) for entry in rules if isinstance(entry.rule, Choice)])
        self.handler = self._handlers(posts, community)
        self.overdue[self.handler < 0] = np.inf
        self.soonest = float(self.overdue.min())
        self.next_rung = self._next_rung()
        self.target = self._targets()

    def open_councils(
        self,
        kind: NDArray[np.integer],
        compound: NDArray[np.integer],
        refused: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Councils that may still take up public issues, a bit each: shape (issues, levels).

        Not one that is done with an issue, nor one of a wider area than that, unless such items are referred
        to it.

        Parameters
        ----------
        kind, compound : ndarray of int, shape (issues,)
        refused : ndarray of int64, shape (issues,)
            Councils that are done with each, a bit each.
        """
        there = self.councils[kind, :, compound] & ~refused[:, None]
        wider = (refused[:, None] & self._narrower) != 0
        return np.where(wider, there & self._referred, there)

    def nearest_council(
        self,
        kind: NDArray[np.integer],
        compound: NDArray[np.integer],
        refused: NDArray[np.int64],
    ) -> NDArray[np.int8]:
        """The lowest level where a council may still take up each issue, shape (issues,); -1 where none may.

        Parameters as of `open_councils`.
        """
        level = np.asarray(self._nearest[kind, compound])
        again = refused.nonzero()[0]
        if len(again):
            level[again] = first_level(self.open_councils(kind[again], compound[again], refused[again]) != 0)
        return level

    def _grant(self, choices: Iterable[Laid[Choice]]) -> None:
        """Lay the choice rules into the tables; of two on one level the cheaper serves."""
        for entry in sorted(choices, key=lambda entry: (entry.rule.hours, entry.rule.name)):
            rule = entry.rule
            level, of_compound = Level[rule.level.upper()], entry.area.of_compound
            here = entry.active[of_compound]
            weeks, hours = entry.value("weeks")[of_compound], entry.value("hours")[of_compound]
            for kind in (KINDS.index(name) for name in rule.kinds):
                if rule.power == "dispatch":
                    due = np.where(here, weeks, np.inf)
                    self.deadlines[kind] = np.minimum(self.deadlines[kind], due)
                elif rule.power == "summon":
                    cost = np.where(here, hours, np.nan)
                    self.summons[level, kind] = np.fmin(self.summons[level, kind], cost)
                    fewest = np.where(here, rule.parts, len(Line))
                    self.least[level, kind] = np.minimum(self.least[level, kind], fewest)
                elif rule.power == "take_over":
                    sooner = here & (weeks < self.overdue[kind, level])
                    self.overdue[kind, level][sooner] = weeks[sooner]
                    self.taking[kind, level][sooner] = hours[sooner]
                elif rule.power == "resolve":
                    for above in range(level + 1, Level.DISTRICT):
                        moves = here & (self.authority[kind, above] > level)
                        self.authority[kind, above][moves] = level
                        self.settling[kind, above][moves] = hours[moves]

    def _handlers(self, posts: Posts, community: Community) -> NDArray[np.intp]:
        """Posts that only help with small issues are not handlers; of two on one level the abler handles."""
        compounds = community.places.compounds
        handler = np.full((len(Kind), len(Level), len(compounds)), -1, dtype=np.intp)
        for entry in sorted(posts.laid, key=lambda entry: (entry.rule.competence, entry.rule.name)):
            rule, area = entry.rule, entry.area
            if rule.small or not rule.handles:
                continue
            there = entry.active[area.of_compound]
            if rule.staffed_by == "firm":
                there = there & (compounds.firm >= 0)
            rows = posts.start[rule.name].start + area.of_compound.astype(np.intp)
            for kind in (KINDS.index(name) for name in rule.handles):
                if rule.staffed_by == "firm":  # where no firm serves, nobody of the level does
                    handler[kind, area.level] = np.where(there, rows, -1)
                else:
                    handler[kind, area.level] = np.where(there, rows, handler[kind, area.level])
        return handler

    def _next_rung(self) -> NDArray[np.intp]:
        levels = np.arange(len(Level))
        manned = self.handler >= 0
        manned[:, Level.DISTRICT] = True
        above = manned[:, None, :, :] & (levels[None, :] > levels[:, None])[None, :, :, None]
        return np.where(above.any(2), above.argmax(2), Level.DISTRICT)

    def _targets(self) -> NDArray[np.int8]:
        """The lowest level at or above the one with authority that has a post handling the kind.

        Public cases go to the subdistrict at least, which decides alone; those that need departments to the
        lowest level that may summon them, else to the subdistrict, which calls them one after another.
        """
        manned, lowest = self.handler >= 0, self.authority
        rung = np.where(manned, np.arange(len(Level))[:, None], self.next_rung)
        above = np.maximum(lowest, Level.SUBDISTRICT)
        target = np.empty((PUBLIC + 1, *lowest.shape), dtype=np.int8)
        target[0] = np.take_along_axis(rung, lowest, 1)
        target[PUBLIC] = np.take_along_axis(rung, above, 1)
        for number in range(1, PUBLIC):
            target[number] = above
            for level in reversed(range(Level.SUBDISTRICT)):
                may_call = (self.least[level] <= number) & manned[:, level]
                target[number][may_call[:, None] & (lowest <= level)] = level
        return target


def first_level(meets: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The first level (second axis) on which something is true; -1 without."""
    return np.where(meets.any(1), meets.argmax(1), -1).astype(np.int8)

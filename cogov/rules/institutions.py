"""Institutions: the rules of a design laid over one community, as arrays that processes read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.errors import DesignError
from cogov.rules.amend import Amend
from cogov.rules.areas import Area, draw_areas
from cogov.rules.design import Design
from cogov.rules.filling import Filling
from cogov.rules.given import area_named, given_purses
from cogov.rules.keeping import Keeping
from cogov.rules.kinds import (
    RULE_KINDS,
    Appraisal,
    Backing,
    Boundary,
    Choice,
    Compact,
    Council,
    Enquiry,
    Exchange,
    Hearing,
    Honour,
    Liaison,
    Listing,
    Move,
    Notice,
    Observation,
    OwnersConsent,
    Payoff,
    Position,
    Practice,
    Priority,
    Programme,
    Proposal,
    Purse,
    Recruitment,
    Regard,
    Reports,
    Rule,
    Tasks,
    Title,
    Visit,
)
from cogov.rules.laid import Floats, Laid, lay, named, noticed_in
from cogov.rules.moves import detach, smaller, transfer
from cogov.rules.pools import STAFF
from cogov.rules.posts import Posts
from cogov.rules.powers import Powers
from cogov.rules.seats import SeatedCouncil, seat
from cogov.state.attention import Attention
from cogov.state.ledger import Ledger

MOST_COUNCILS = 63
"""Kinds of council that a design may have: an issue holds a bit for each that refused it."""
ORDER = {kind.kind: position for position, kind in enumerate(RULE_KINDS)}
if TYPE_CHECKING:
    from cogov.state.purses import Purses


class Institutions:
    """A design's rules and amendments laid over a community.

    Parameters
    ----------
    design : Design
    community : Community
    needs : ndarray, shape (compounds, services)
        Weekly hours of need, by which seats know what they want.
    firm : ndarray of int, shape (compounds,)
        Row of the firm that serves each compound today, -1 none: firms of the day hold seats.

    Attributes
    ----------
    laid : dict of (kind, name) to Laid
        Every rule over its areas.
    amendments : list of Laid
        Every amendment over the areas of the rule it changes.
    posts, ledger
        The posts, and their hours of the week.
    purses : dict of str to Laid
        The rules of all purses: those of the design, and the community's governance budget and lift fund.
    filling : Filling
        The posts that residents and people of units hold.
    keeping : Keeping
        What a week takes of hours and money to keep rules alive.
    powers : Powers
        Tables by compound, made anew when rules come into force or go, or amendments of them cost something.

    Raises
    ------
    DesignError
        If a rule does not fit this community (more blocks than neighbourhoods).
    """

    def __init__(
        self, design: Design, community: Community, needs: Floats, firm: NDArray[np.integer]
    ) -> None:
        self.design, self.community, self._firm = design, community, firm.copy()
        self.rules = design.rules()
        self.areas = draw_areas(self.rules, community)
        self.positions = {rule.name: rule for rule in self.rules if isinstance(rule, Position)}
        # Posts by name; other rules by what they say and not by what they are called: names decide nothing.
        said = {
            key: "" if isinstance(entry.rule, Position) else entry.says()
            for key, entry in design.amended().items()
        }
        ordered = sorted(self.rules, key=lambda rule: (ORDER[rule.kind], said[rule.key], rule.name))
        self.laid: dict[tuple[str, str], Laid[Rule]] = {
            rule.key: Laid(rule, self.area_of(rule)) for rule in ordered
        }
        self.amendments = [Laid(entry, self.laid[entry.changes].area) for _, entry in design.amendments()]
        lay(self.amendments, self.laid)
        self.conditional = [entry for entry in self.all_laid() if entry.rule.conditional]
        self.posts = Posts(list(self._of(Position)), self.areas, community)
        self.ledger = Ledger(self.posts.rows)
        self.boundaries = {
            entry.rule.post: entry for entry in self._of(Boundary) if entry.rule.post != "volunteers"
        }
        self.filling = Filling(self.boundaries.values(), self.posts, self.areas, community.places)
        self.admissions = [entry for entry in self._of(Boundary) if entry.rule.post == "volunteers"]
        self.observations = list(self._of(Observation))
        self.enquiries = list(self._of(Enquiry))
        self.hearings = list(self._of(Hearing))
        self.titles = list(self._of(Title))
        self.liaisons = list(self._of(Liaison))
        self.listings = sorted(self._of(Listing), key=lambda entry: (entry.area.level, entry.rule.name))
        self.paired = any(entry.rule.paired for entry in self.listings)
        self.regards = list(self._of(Regard))
        self.notices = list(self._of(Notice))
        self.reports = list(self._of(Reports))
        self.tasks = list(self._of(Tasks))
        self.consents = {entry.rule.name: entry for entry in self._of(OwnersConsent)}
        self.priorities = list(self._of(Priority))
        self.panels = [entry for entry in self._of(Choice) if entry.rule.panel]
        self._moves = [entry for entry in self._of(Move) if not entry.rule.from_line]
        self._detached = [entry for entry in self._of(Move) if entry.rule.from_line]
        self.programmes = list(self._of(Programme))
        self.purses = {
            laid.rule.name: laid for laid in (*given_purses(community, self.areas), *self._of(Purse))
        }
        keepers = {name: self.areas[position.area] for name, position in self.positions.items()}
        self.keeping = Keeping(
            self.amendments,
            list(self.laid.values()),
            self.purses,
            self.posts,
            keepers,
            community,
            self._firm,
        )
        self.appraisals = list(self._of(Appraisal))
        self.honours = list(self._of(Honour))
        self.exchanges = list(self._of(Exchange))
        self.compacts = list(self._of(Compact))
        self.proposals = list(self._of(Proposal))
        self.backings = list(self._of(Backing))
        self.recruitments = list(self._of(Recruitment))
        self.practices = list(self._of(Practice))
        self.visits = list(self._of(Visit))
        sites: list[tuple[Rule, tuple[str, ...], Area]] = [
            (entry.rule, entry.rule.sites, entry.area) for entry in self.practices
        ]
        sites += [(entry.rule, entry.rule.sites, entry.area) for entry in self.visits]
        for rule, names, area in sites:
            named(rule, names, area, community)  # a name that is not there fails now
        self._payoffs = list(self._of(Payoff))
        self.held_by_neighbours = self._held_by_neighbours()
        self.councils = [seat(entry, self.posts, community, needs, firm) for entry in self._of(Council)]
        self.councils.sort(key=lambda council: council.area.level)
        if len(self.councils) > MOST_COUNCILS:
            raise DesignError(
                f"design {design.name}: {len(self.councils)} kinds of council; at most {MOST_COUNCILS}"
            )
        self.powers = self._powers()
        self._powers_cost = any(
            entry.rule.of is Choice and bool(entry.rule.upkeep or entry.rule.money)
            for entry in self.amendments
        )

    @property
    def council_names(self) -> tuple[str, ...]:
        """Names of the councils, in their order."""
        return tuple(council.rule.name for council in self.councils)

    def _powers(self) -> Powers:
        return Powers(self.laid.values(), self.councils, self.posts, self.community)

    def all_laid(self) -> list[Laid[Any]]:
        """Amendments and rules over their areas."""
        return [*self.amendments, *self.laid.values()]

    def _of[R: Rule](self, kind: type[R]) -> Iterator[Laid[R]]:
        return (cast(Laid[R], entry) for entry in self.laid.values() if isinstance(entry.rule, kind))

    def area_of(self, rule: Rule) -> Area:
        """The areas a rule is laid over: its own, those of its post or level, or the whole subdistrict."""
        if isinstance(rule, Move):
            return smaller(rule, self.positions, self.areas)
        return self.areas[area_named(rule, self.rules, self.positions)]

    def _held_by_neighbours(self) -> NDArray[np.bool_]:
        """For each post row, whether volunteers hold it."""
        held = np.zeros(self.posts.rows + 1, dtype=bool)  # one more, so that a design without posts has a row
        for rule in self.posts.rules:
            boundary = self.boundaries.get(rule.name)
            held[self.posts.at(rule.name)] = rule.staffed_by == "volunteers" or (
                boundary is not None and STAFF not in boundary.rule.pools
            )
        return held

    def pools(self) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
        """Unions of pools from which posts are filled, and pools that are asked to take part."""
        filling = {union for laid in self.boundaries.values() for union in laid.rule.unions}
        return filling - {(STAFF,)}, {laid.rule.pools for laid in self.admissions}

    def payoff(self, to: str, term: str) -> Floats:
        """Weight of one term in decisions made in each neighbourhood, shape (neighbourhoods,).

        The sum over rules, each as far as it is in force there and paid for.
        """
        weight = np.zeros(len(self.community.places.neighbourhoods))
        for entry in self._payoffs:
            if (entry.rule.to, entry.rule.term) == (to, term):
                weight += (entry.value("weight") * entry.force)[entry.area.of_neighbourhood]
        return weight

    def go_on(self, old: Institutions, weeks: int) -> None:
        """Let rules on conditions that the design before had too go on: it was in force ``weeks`` weeks."""
        before = {entry.rule.key: entry for entry in old.conditional}
        for entry in self.conditional:
            if entry.rule.key in before:
                entry.go_on(before[entry.rule.key], weeks)
        if self.conditional:
            self._reread(self.conditional)
            self.powers = self._powers()

    def look(
        self,
        week: int,
        emergencies: NDArray[np.integer],
        open_issues: Floats,
        practices: Mapping[str, NDArray[np.bool_]],
        built: Mapping[str, NDArray[np.bool_]],
    ) -> bool:
        """Bring rules into force and out of it; says whether any has changed.

        Parameters as in `Laid.look`; emergencies are by building, shape (weeks, buildings). The tables by
        compound are made anew where it matters.
        """
        if not self.conditional:
            return False
        noticed = cache(lambda area: noticed_in(area, emergencies))
        changed = [
            entry
            for entry in self.conditional
            if entry.look(week, noticed, open_issues, practices, self.community, built)
        ]
        if changed:
            self._reread(changed)
            if any(of_powers(entry.rule) for entry in changed):
                self.powers = self._powers()
        return bool(changed)

    def _reread(self, changed: Iterable[Laid[Any]]) -> None:
        """Work out anew what rules say that have come into force or gone, or whose amendments have."""
        said = dict.fromkeys(
            found
            for entry in changed
            for found in (
                [entry, self.laid[entry.rule.changes]] if isinstance(entry.rule, Amend) else [entry]
            )
        )
        if said:
            for entry in said:
                entry.reread()
            self.posts.read(entry for entry in said if isinstance(entry.rule, Position))
            self.keeping.read(said)

    def present(self, staff: Floats) -> Floats:
        """Hours of each post that is in force this week, shape (rows,), for the share of heads there."""
        return np.asarray(self.posts.gross * self.posts.filled * staff * self.posts.active)

    def pay(self, purses: Purses, staff: Floats) -> None:
        """Open the week's books: who is there, who is paid, which rules are kept alive and how far.

        A purse is divided in proportion among all that is wanted of it. Amendments are kept first, since
        they say how much the others take.

        Parameters
        ----------
        purses : Purses
        staff : ndarray, shape (rows,)
            Share of the people of each post who are there.
        """
        keeping, ledger = self.keeping, self.ledger
        self._reread(keeping.count_amendments_paid())
        wages = keeping.pay(purses)
        ledger.open(self.present(staff) * wages, {"hours_wanted": keeping.hours_wanted})
        self._reread(keeping.keep_amendments(ledger))  # they say as much as was paid for
        if self._powers_cost:
            self.powers = self._powers()
        keeping.keep_rules(ledger)
        transfer(self._moves, self.posts, ledger)

    def detach(self, attention: Attention) -> Floats:
        """Let departments send hours of theirs into posts, once the week's books are open.

        Returns
        -------
        ndarray, shape (departments,)
            Hours that they lose on the way.
        """
        return detach(self._detached, self.posts, self.ledger, attention)

    @property
    def detached(self) -> tuple[str, ...]:
        """Posts whose hours are of departments."""
        return tuple(entry.rule.into for entry in self._detached)

    def hours_wanted(self, entry: Laid[Any]) -> Floats:
        """Hours a rule wants of each row of its keeper."""
        return self.keeping.wanted(entry)


def of_powers(rule: Rule) -> bool:
    """Whether who may do what depends on where a rule is in force."""
    if isinstance(rule, Position):  # of posts, on those that take up what a level handles
        return bool(rule.handles) and not rule.small
    return isinstance(rule, Choice | Council) or (isinstance(rule, Amend) and rule.of is Choice)


__all__ = ["Institutions", "SeatedCouncil"]

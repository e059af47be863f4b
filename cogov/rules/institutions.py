"""Institutions: the rules of a design laid over one community, as arrays that processes read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.errors import DesignError
from cogov.rules.areas import Area, draw_areas, inside
from cogov.rules.design import Design
from cogov.rules.given import area_named, given_purses
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
from cogov.rules.laid import Floats, Laid, lay, named, together
from cogov.rules.moves import detach, smaller, transfer
from cogov.rules.pools import STAFF
from cogov.rules.posts import Posts
from cogov.rules.powers import Powers
from cogov.rules.seats import SeatedCouncil, seat
from cogov.rules.upkeep import kept
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
    costly : list of Laid
        Rules and amendments that take hours of a keeper or money.
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
        # No other rule wants other hours, or says anything else, in one week than in another.
        self._changing = [entry for entry in self.all_laid() if entry.amendments or entry.rule.conditional]
        self.posts = Posts(list(self._of(Position)), self.areas, community)
        self.ledger = Ledger(self.posts.rows)
        self.boundaries = {
            entry.rule.post: entry for entry in self._of(Boundary) if entry.rule.post != "volunteers"
        }
        self.admissions = [entry for entry in self._of(Boundary) if entry.rule.post == "volunteers"]
        self.observations = list(self._of(Observation))
        self.enquiries = list(self._of(Enquiry))
        self.hearings = list(self._of(Hearing))
        self.titles = list(self._of(Title))
        self.liaisons = list(self._of(Liaison))
        self.listings = sorted(self._of(Listing), key=lambda entry: (entry.area.level, entry.rule.name))
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
        self._drawing = self._draw_on_purses()
        # Most rules take neither hours nor money. Those that do are kept week by week.
        drawn = {entry for drawing in self._drawing.values() for entry, _ in drawing}
        self._wanted: dict[Laid[Any], tuple[Floats, NDArray[np.intp]]] = {}
        self.costly = [entry for entry in self.all_laid() if entry.rule.upkeep or entry.rule.money]
        self._upheld = [entry for entry in self.all_laid() if entry.rule.keeper and entry.rule.upkeep]
        self._kept = [entry for entry in self.laid.values() if entry in drawn or entry in self._upheld]
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
        self._together: dict[tuple[str, str], NDArray[np.intp]] = {}
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
            self._reread()
            self.powers = self._powers()

    def look(
        self,
        week: int,
        emergencies: Floats,
        open_issues: Floats,
        practices: Mapping[str, NDArray[np.bool_]],
        built: Mapping[str, NDArray[np.bool_]],
    ) -> bool:
        """Bring rules into force and out of it; says whether any has changed.

        Parameters as in `Laid.look`. The tables by compound are made anew where it matters.
        """
        if not self.conditional:
            return False
        changed = [
            entry.look(week, emergencies, open_issues, practices, self.community, built)
            for entry in self.conditional
        ]
        if any(changed):
            self._reread()
            self.powers = self._powers()
        return any(changed)

    def _reread(self) -> None:
        """Work out anew what amendments make of the rules and of the posts."""
        for entry in self._changing:
            self._wanted.pop(entry, None)
            entry.reread()
        self.posts.read()

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
        posts, ledger = self.posts, self.ledger
        for entry in self.amendments:
            entry.paid = np.ones(entry.area.n)
        if self.amendments or self.conditional:
            self._reread()
        wages = self._pay_all(purses)
        upkeep = sum((float(self.hours_wanted(entry)[0].sum()) for entry in self._upheld), 0.0)
        ledger.open(self.present(staff) * wages, {"hours_wanted": upkeep})
        for entry in self.amendments:
            self._keep(entry)
        if self.amendments:  # they say as much as was paid for
            self._reread()
        if self._powers_cost:
            self.powers = self._powers()
        for laid in self._kept:
            kept = self._keep(laid)
            if isinstance(laid.rule, Position):
                # What a post lacks it cannot work with; the wages of those paid are cut already.
                where = posts.at(laid.rule.name)
                ledger.cut(where, kept if laid.rule.wage or laid.rule.supplies else laid.paid)
        transfer(self._moves, posts, ledger)

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

    def _pay_all(self, purses: Purses) -> Floats:
        """Pay the week's wages and running costs out of the purses that rules name.

        Leaves in each rule the share of its running costs that was paid, by area.

        Returns
        -------
        ndarray, shape (rows,)
            Share of the wages and supplies of each post row that was paid, 1 where there are none.
        """
        posts = self.posts
        there = posts.filled * posts.active  # the absent are paid as well, and for administration
        wages, supplies = there * posts.contract * posts.wage, there * posts.gross * posts.used_up
        share = np.ones(posts.rows)
        for name, drawing in self._drawing.items():
            bills = {use: np.zeros(self.purses[name].area.n) for use in ("wages", "programmes")}
            for entry, home in drawing:
                cost = entry.value("money") * entry.active
                bills["programmes"] += np.bincount(home, cost, len(bills["programmes"]))
                if isinstance(entry.rule, Position):
                    rows = posts.at(entry.rule.name)
                    bills["wages"] += np.bincount(home, wages[rows], len(bills["wages"]))
                    bills["programmes"] += np.bincount(home, supplies[rows], len(bills["wages"]))
            paid = purses.pay(name, bills)
            for entry, home in drawing:
                entry.funded = np.where(entry.value("money") > 0, paid["programmes"][home], 1.0)
                if isinstance(entry.rule, Position):
                    rows = posts.at(entry.rule.name)
                    staffed = np.where(posts.wage[rows] > 0, paid["wages"][home], 1.0)
                    supplied = np.where(posts.used_up[rows] > 0, paid["programmes"][home], 1.0)
                    share[rows] = np.minimum(staffed, supplied)
        return share

    def _draw_on_purses(self) -> dict[str, list[tuple[Laid[Any], NDArray[np.intp]]]]:
        """By purse, the rules paid from it, and in which of its areas each of theirs lies.

        Raises
        ------
        DesignError
            If a rule's areas are larger than those of the purse that pays it.
        """
        drawing: dict[str, list[tuple[Laid[Any], NDArray[np.intp]]]] = {}
        for entry in self.all_laid():
            rule = entry.rule
            if rule.money or getattr(rule, "wage", 0.0) or getattr(rule, "supplies", 0.0):
                purse = self.purses[rule.purse]
                try:
                    home = inside(entry.area, purse.area)
                except DesignError as error:
                    raise DesignError(
                        f"{rule.kind} {rule.name!r}: one for each {entry.area.name}, which purse"
                        f" {rule.purse!r} of a {purse.area.name} cannot pay: {error}"
                    ) from None
                drawing.setdefault(rule.purse, []).append((entry, home))
        return drawing

    def hours_wanted(self, entry: Laid[Any]) -> tuple[Floats, NDArray[np.intp]]:
        """Hours a rule wants of each row of its keeper, and which areas and rows belong together."""
        if not (entry.rule.keeper and entry.rule.upkeep):
            return np.zeros(0), np.zeros((2, 0), dtype=np.intp)
        if entry not in self._wanted:  # until an amendment or a condition of it changes what is wanted
            self._wanted[entry] = self._hours_wanted(entry)
        return self._wanted[entry]

    def _hours_wanted(self, entry: Laid[Any]) -> tuple[Floats, NDArray[np.intp]]:
        keeper = self.areas[self.positions[entry.rule.keeper].area]
        names = entry.area.name, keeper.name
        if names not in self._together:  # the same every week
            self._together[names] = together(entry.area, keeper)
        area, row = pairs = self._together[names]
        each = entry.value("upkeep") * entry.rule.dose(entry.value) * entry.active
        if entry.rule.upkeep_per != "area":  # what there is, divided among those who keep it
            each = each * kept(entry, self.posts, self.community, self._firm)
            each = each / np.bincount(area, minlength=entry.area.n)
        return np.bincount(row, each[area], keeper.n), pairs

    def _keep(self, entry: Laid[Any]) -> Floats:
        """Take the hours of its keeper that a rule needs; returns the share of them given, by area."""
        rule, kept = entry.rule, np.ones(entry.area.n)
        wanted, (area, row) = self.hours_wanted(entry)
        if len(wanted):
            given = self.ledger.spend(self.posts.at(rule.keeper), wanted, "upkeep")
            asked = np.bincount(area, wanted[row], entry.area.n)
            got = np.bincount(area, given[row], entry.area.n)
            kept = np.divide(got, asked, out=kept, where=asked > 0)
        entry.paid = kept * entry.funded
        return kept


__all__ = ["Institutions", "SeatedCouncil"]

"""Keeping (维持): what a week takes of hours and money to keep rules alive, and how far they are kept.

Rules take turns: in each turn all that is asked of one post comes one after another in the order of the
rules, post by post at once. A new turn begins only where a rule is kept by a post whose own hours are cut in
the one before, so that a week costs a few passes over arrays however many rules there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.errors import DesignError
from cogov.kit.runs import chained, occurrence, runs, whole
from cogov.rules.areas import Area, inside
from cogov.rules.kinds import Position
from cogov.rules.laid import Floats, Laid
from cogov.rules.posts import Posts
from cogov.rules.upkeep import Upkeep
from cogov.state.ledger import Ledger

if TYPE_CHECKING:
    from cogov.state.purses import Purses

Ints = NDArray[np.intp]


class Turn:
    """Rules that ask for hours one after another, while no post's hours are cut.

    Parameters
    ----------
    entries : sequence of Laid
    upkeep : mapping of Laid to Upkeep
        Of those that take hours.
    posts : Posts
    """

    def __init__(
        self, entries: Sequence[Laid[Any]], upkeep: Mapping[Laid[Any], Upkeep], posts: Posts
    ) -> None:
        self.entries = entries
        self.of = runs(entry.area.n for entry in entries)
        self.paid = np.ones(self.of[-1].stop if entries else 0)
        self._rule = np.repeat(np.arange(len(entries)), [entry.area.n for entry in entries])
        asking = [(entry, of) for entry, of in zip(entries, self.of, strict=True) if entry in upkeep]
        cells = runs(len(upkeep[entry].rows) for entry, _ in asking)
        self._upkeep = {
            entry: (upkeep[entry], its, of) for (entry, of), its in zip(asking, cells, strict=True)
        }
        held = self._upkeep.values()
        self._pair_area = chained(each.area + of.start for each, _, of in held)
        self._pair_cell = chained(each.row + its.start for each, its, _ in held)
        self._rows, column = np.unique(chained(each.rows for each, _, _ in held), return_inverse=True)
        self._cell = occurrence(column), column
        self._queue = np.zeros((int(self._cell[0].max(initial=-1)) + 1, len(self._rows)))
        self._asked = np.zeros(len(self.paid))
        # What a post lacks it cannot work with; the wages of those paid are cut already.
        own = [
            (entry, of)
            for entry, of in zip(entries, self.of, strict=True)
            if isinstance(entry.rule, Position)
        ]
        self._cut_rows = chained(rows_of(posts, entry) for entry, _ in own)
        self._cut_of = chained(whole(of) for _, of in own)
        waged = [bool(entry.rule.wage or entry.rule.supplies) for entry, _ in own]
        self._waged = np.repeat(np.array(waged, dtype=bool), [entry.area.n for entry, _ in own])
        self.read(entries)

    def read(self, entries: Iterable[Laid[Any]]) -> None:
        """Take over what some rules want, of those that ask in this turn."""
        for entry in entries:
            if entry in self._upkeep:
                upkeep, cells, of = self._upkeep[entry]
                self._queue[self._cell[0][cells], self._cell[1][cells]] = upkeep.wanted
                self._asked[of] = upkeep.asked

    def keep(self, ledger: Ledger, funded: Floats) -> list[Laid[Any]]:
        """Take the hours, and `pay`."""
        kept = np.ones(len(funded))
        if self._upkeep:
            given = ledger.spend_in_turn(self._rows, self._queue, "upkeep")[self._cell]
            got = np.bincount(self._pair_area, given[self._pair_cell], len(kept))
            np.divide(got, self._asked, out=kept, where=self._asked > 0)
        changed = self.pay(kept * funded)
        if len(self._cut_rows):
            share = np.where(self._waged, kept[self._cut_of], self.paid[self._cut_of])
            ledger.cut(self._cut_rows, share)
        return changed

    def pay(self, paid: Floats) -> list[Laid[Any]]:
        """Leave in each rule how far it was kept and its money paid, by area; returns those it is news to."""
        changed, self.paid = list(dict.fromkeys(self._rule[paid != self.paid].tolist())), paid
        for rule in changed:
            self.entries[rule].paid = paid[self.of[rule]].copy()
        return [self.entries[rule] for rule in changed]


class Bill:
    """What is wanted of all purses for one use: amounts added up rule by rule, in their order."""

    def __init__(self) -> None:
        self._amounts: list[Ints] = []
        self._keys: list[Ints] = []
        self._account: list[Ints] = []
        self._sums = 0

    def add(self, amounts: Ints, home: Ints, account: Ints) -> None:
        """Add amounts (places in the list of all) of the areas ``home`` of a purse with these accounts."""
        self._amounts.append(amounts)
        self._keys.append(home + self._sums)
        self._account.append(account)
        self._sums += len(account)

    def lay(self) -> None:
        """Put what was added into arrays."""
        self._amount, self._key = chained(self._amounts), chained(self._keys)
        self._of_account = chained(self._account)

    def total(self, amounts: Floats, accounts: int) -> Floats:
        """Yuan wanted of each account, shape (accounts,)."""
        by_rule = np.bincount(self._key, amounts[self._amount], self._sums)
        return np.bincount(self._of_account, by_rule, accounts).astype(float)


class Money:
    """What rules and posts draw from purses, week by week.

    Parameters
    ----------
    entries : sequence of Laid
        Rules that draw on a purse, those of one purse together.
    purses : mapping of str to Laid
    posts : Posts

    Raises
    ------
    DesignError
        If a rule's areas are larger than those of the purse that pays it.
    """

    def __init__(self, entries: Sequence[Laid[Any]], purses: Mapping[str, Laid[Any]], posts: Posts) -> None:
        self.entries = entries
        self.purses = tuple(dict.fromkeys(entry.rule.purse for entry in entries))
        accounts = [whole(of) for of in runs(purses[name].area.n for name in self.purses)]
        self._accounts = sum(map(len, accounts))
        self._of = dict(zip(entries, runs(entry.area.n for entry in entries), strict=True))
        cells = sum(entry.area.n for entry in entries)
        self._bills = {"wages": Bill(), "programmes": Bill()}
        homes, post_rows, post_homes = [], [], []
        for entry, of in self._of.items():
            account = accounts[self.purses.index(entry.rule.purse)]
            home = home_of(entry, purses[entry.rule.purse].area)
            homes.append(home + account[0])
            # Amounts stand together: money of rules, then wages, then supplies, by rows of posts.
            self._bills["programmes"].add(whole(of), home, account)
            if isinstance(entry.rule, Position):
                rows = rows_of(posts, entry)
                self._bills["wages"].add(rows + cells, home, account)
                self._bills["programmes"].add(rows + cells + posts.rows, home, account)
                post_rows.append(rows)
                post_homes.append(home + account[0])
        for bill in self._bills.values():
            bill.lay()
        self._home, self._rows, self._row_home = chained(homes), chained(post_rows), chained(post_homes)
        self._price, self._cost = np.zeros((2, cells))
        self.read(entries)

    def read(self, entries: Iterable[Laid[Any]]) -> None:
        """Take over what some rules cost by what they say now, and where they are in force."""
        for entry in entries:
            if entry in self._of:
                of = self._of[entry]
                self._price[of] = entry.value("money")
                self._cost[of] = self._price[of] * entry.active

    def pay(self, purses: Purses, posts: Posts) -> tuple[Floats, Floats]:
        """Pay the week's wages and running costs.

        Returns
        -------
        funded : ndarray
            Share of the running costs of each rule that was paid, one rule's areas after another's.
        share : ndarray, shape (rows,)
            Share of the wages and supplies of each post row that was paid, 1 where there are none.
        """
        share = np.ones(posts.rows)
        if not self.entries:
            return np.ones(0), share
        there = posts.filled * posts.active  # the absent are paid as well, and for administration
        wages, supplies = there * posts.contract * posts.wage, there * posts.gross * posts.used_up
        amounts = np.concatenate([self._cost, wages, supplies])
        bills = {use: bill.total(amounts, self._accounts) for use, bill in self._bills.items()}
        paid = purses.pay_all(self.purses, bills)
        rows, home = self._rows, self._row_home
        staffed = np.where(posts.wage[rows] > 0, paid["wages"][home], 1.0)
        supplied = np.where(posts.used_up[rows] > 0, paid["programmes"][home], 1.0)
        share[rows] = np.minimum(staffed, supplied)
        return np.where(self._price > 0, paid["programmes"][self._home], 1.0), share


class Keeping:
    """The week's books of all rules that take hours or money.

    Parameters
    ----------
    amendments, rules : sequence of Laid
        Kept in this order, amendments first, since they say how much the others take.
    purses : mapping of str to Laid
    posts : Posts
    areas : mapping of post to Area
        Of the posts that keep rules.
    community : Community
    firm : ndarray of int, shape (compounds,)
        Row of the firm that serves each compound, -1 none.

    Attributes
    ----------
    costly : list of Laid
        Rules and amendments that take hours of a keeper or money.
    """

    def __init__(
        self,
        amendments: Sequence[Laid[Any]],
        rules: Sequence[Laid[Any]],
        purses: Mapping[str, Laid[Any]],
        posts: Posts,
        areas: Mapping[str, Area],
        community: Community,
        firm: NDArray[np.integer],
    ) -> None:
        everything = [*amendments, *rules]
        self._posts = posts
        self.costly = [entry for entry in everything if entry.rule.upkeep or entry.rule.money]
        self._upkeep = {
            entry: Upkeep(entry, areas[entry.rule.keeper], posts, community, firm)
            for entry in everything
            if entry.rule.keeper and entry.rule.upkeep
        }
        drawing = [entry for entry in everything if draws(entry)]
        order = list(dict.fromkeys(entry.rule.purse for entry in drawing))
        drawing.sort(key=lambda entry: order.index(entry.rule.purse))
        self._money = Money(drawing, purses, posts)
        # Most rules take neither hours nor money. Those that do are kept week by week.
        kept = [entry for entry in rules if entry in self._upkeep or draws(entry)]
        self._amendments = Turn(amendments, self._upkeep, posts)
        self._turns = [Turn(entries, self._upkeep, posts) for entries in in_turns(kept)]
        turns = [self._amendments, *self._turns]
        self._of = runs(len(turn.paid) for turn in turns)
        place = {
            entry: slice(whole.start + of.start, whole.start + of.stop)
            for whole, turn in zip(self._of, turns, strict=True)
            for entry, of in zip(turn.entries, turn.of, strict=True)
        }
        self._drawn = chained(whole(place[entry]) for entry in drawing)
        self._funded = np.ones(self._of[-1].stop)

    def wanted(self, entry: Laid[Any]) -> Floats:
        """Hours a rule wants of each row of its keeper."""
        return self._upkeep[entry].wanted if entry in self._upkeep else np.zeros(0)

    def read(self, entries: Collection[Laid[Any]]) -> None:
        """Take over what rules say that has changed."""
        for entry in entries:
            if entry in self._upkeep:
                self._upkeep[entry].read()
        for turn in (self._amendments, *self._turns):
            turn.read(entries)
        self._money.read(entries)

    def pay(self, purses: Purses) -> Floats:
        """Pay the week's wages and running costs; returns the share of each post row's that was paid."""
        self._funded[self._drawn], share = self._money.pay(purses, self._posts)
        return share

    @property
    def hours_wanted(self) -> float:
        """Hours of upkeep that all rules together want."""
        return sum((each.in_all for each in self._upkeep.values()), 0.0)

    def count_amendments_paid(self) -> list[Laid[Any]]:
        """Let amendments say all they would if paid for in full; returns those that did not so far."""
        return self._amendments.pay(np.ones(len(self._amendments.paid)))

    def keep_amendments(self, ledger: Ledger) -> list[Laid[Any]]:
        """Keep amendments as far as there are hours and money; returns those that say less than before."""
        return self._amendments.keep(ledger, self._funded[self._of[0]])

    def keep_rules(self, ledger: Ledger) -> None:
        """Keep all other rules as far as there are hours and money."""
        for turn, of in zip(self._turns, self._of[1:], strict=True):
            turn.keep(ledger, self._funded[of])


def draws(entry: Laid[Any]) -> bool:
    """Whether a rule takes money of a purse."""
    rule = entry.rule
    return bool(rule.money or getattr(rule, "wage", 0.0) or getattr(rule, "supplies", 0.0))


def home_of(entry: Laid[Any], purse: Area) -> Ints:
    """In which area of its purse each of a rule's areas lies."""
    try:
        return inside(entry.area, purse)
    except DesignError as error:
        rule = entry.rule
        raise DesignError(
            f"{rule.kind} {rule.name!r}: one for each {entry.area.name}, which purse"
            f" {rule.purse!r} of a {purse.name} cannot pay: {error}"
        ) from None


def in_turns(entries: Iterable[Laid[Any]]) -> list[list[Laid[Any]]]:
    """Rules in turns: none is kept by a post that is itself among those before it in its turn."""
    turns: list[list[Laid[Any]]] = []
    cut: set[str] = set()
    for entry in entries:
        if not turns or entry.rule.keeper in cut:
            turns.append([])
            cut.clear()
        turns[-1].append(entry)
        if isinstance(entry.rule, Position):
            cut.add(entry.rule.name)
    return turns


def rows_of(posts: Posts, entry: Laid[Position]) -> Ints:
    """Rows of a post."""
    return whole(posts.at(entry.rule.name))

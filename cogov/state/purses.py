"""Purses (资金账户): money by purpose, with what came in, what was spent and what went back.

Money is counted in whole fen (分), a hundredth of a yuan, so that nothing is lost in rounding: of every
purse, in every area,

    received == spent + balance + held + returned

to the fen. Nobody spends what is not there: a purse that is short pays all that draw on it at one share, and
leaves the other purses alone.

Gifts are pledged towards a threshold: they are held apart until it is reached, and go back to their givers
when the time is up before it is.

Source of the guarantee: Cadsby and Maynes 1999; Rondeau, Schulze and Poe 1999 (thresholds with refunds).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
from numpy.typing import NDArray

from cogov.kit.errors import ConfigError, unknown
from cogov.kit.runs import runs
from cogov.rules.areas import inside, same
from cogov.rules.kinds import BUDGET, SOURCES, Purse
from cogov.rules.laid import Laid
from cogov.terms import YEAR

Floats = NDArray[np.float64]
Fen = NDArray[np.int64]
YUAN = 100
"""Fen of a yuan."""
MOST = 4e18
"""Fen that a whole number of 64 bits holds, with room to add."""
USES: Mapping[str, str] = {"wages": "wages", "programmes": "rules", "lifts": "works", "works": "works"}
"""What money is spent on, and what a purse must be allowed to pay (`Purse.pays`) for it."""


@overload
def fen(yuan: float) -> int: ...
@overload
def fen(yuan: Floats) -> Fen: ...
def fen(yuan: Floats | float) -> Fen | int:
    """Yuan in whole fen."""
    if isinstance(yuan, np.ndarray):
        return np.rint(np.minimum(yuan * YUAN, MOST)).astype(np.int64)
    return round(min(yuan * YUAN, MOST))


class Account:
    """What one purse has in each of its areas, in fen; arrays have shape (n,).

    Attributes
    ----------
    laid : Laid of Purse
        The rule, over its areas.
    received, spent, returned, held, balance : ndarray of int64
        Over its whole life: what came in, was spent, and went back where it came from; and, now, what is
        pledged or set aside for one thing and not there for another, and what can be spent.
    wanted, paid : ndarray of int64
        What rules and posts have wanted of it since the week opened, and what of that it had.
    """

    def __init__(self, laid: Laid[Purse]) -> None:
        self.laid = laid
        n = laid.area.n
        self.received, self.spent, self.returned, self.held, self.balance = np.zeros((5, n), dtype=np.int64)
        self.wanted, self.paid = np.zeros((2, n), dtype=np.int64)

    def receive(self, amount: Fen) -> None:
        """Money comes in."""
        self.received += amount
        self.balance += amount

    def give_back(self, amount: Fen) -> None:
        """Money that is there goes back where it came from."""
        self.returned += amount
        self.balance -= amount

    def spend(self, amount: Fen) -> None:
        """Money that is there is gone."""
        self.spent += amount
        self.balance -= amount


@dataclass
class Appeal:
    """Gifts asked for towards a threshold (筹款): all of them together reach it, or all go back.

    Attributes
    ----------
    purse, area : str, int
        The account that they go to.
    threshold : int
        Fen that must be pledged.
    until : int
        Last week in which they can be.
    pledged : dict of str to int
        Fen by giver.
    """

    purse: str
    area: int
    threshold: int
    until: int
    pledged: dict[str, int] = field(default_factory=dict)
    state: str = "open"
    """open, collected or refunded"""

    @property
    def total(self) -> int:
        """Fen pledged so far."""
        return sum(self.pledged.values())


@dataclass(eq=False)
class Pledge:
    """Money set aside for one thing that is agreed to: it is there when the thing begins, and for that only.

    Attributes
    ----------
    purse, area : str, int
        The account that holds it.
    amount : int
        Fen.
    use : str
        What it is for (``USES``).
    state : str
        held, paid, or returned with the purse that ended.
    """

    purse: str
    area: int
    amount: int
    use: str
    state: str = "held"


class Purses:
    """The purses of a community, by name.

    Attributes
    ----------
    accounts : dict of str to Account
    appeals : list of Appeal
        Those that are open.
    pledges : list of Pledge
        Those that are held.
    spent_on, spent_from : dict of str to int
        Fen spent this week, by use (``USES``) and by source (``SOURCES``).
    """

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.appeals: list[Appeal] = []
        self.pledges: list[Pledge] = []
        self._clear()

    def books(self) -> dict[str, float]:
        """Yuan that rules and posts wanted of all purses this week, and that these paid of it."""
        accounts = self.accounts.values()
        return {
            "money_wanted": sum(int(account.wanted.sum()) for account in accounts) / YUAN,
            "money_paid": sum(int(account.paid.sum()) for account in accounts) / YUAN,
        }

    def _clear(self) -> None:
        self.spent_on = dict.fromkeys(USES, 0)
        self.spent_from = dict.fromkeys(SOURCES, 0)

    def account(self, name: str) -> Account:
        """The account of that name.

        Raises
        ------
        ConfigError
            If there is none, with the nearest name.
        """
        if name not in self.accounts:
            raise ConfigError(unknown("purse", name, self.accounts))
        return self.accounts[name]

    def adopt(self, purses: Mapping[str, Laid[Purse]]) -> None:
        """Put the purses of a design in the place of those before it.

        A purse that goes on keeps its money. One that ends, or whose areas are drawn anew, gives back what it
        has, pledges first; a new one begins with what its rule says it starts with.
        """
        for name, account in list(self.accounts.items()):
            laid = purses.get(name)
            if laid is not None and same(laid.area, account.laid.area):
                account.laid = laid
            else:
                for appeal in [appeal for appeal in self.appeals if appeal.purse == name]:
                    self.refund(appeal)
                for pledge in [pledge for pledge in self.pledges if pledge.purse == name]:
                    account.returned[pledge.area] += pledge.amount
                    self._let_go(pledge, "returned")
                account.give_back(account.balance.copy())
                del self.accounts[name]
        for name, laid in purses.items():
            if name not in self.accounts:
                self.accounts[name] = Account(laid)
                self.accounts[name].receive(fen(laid.value("start") * laid.area.households))

    def open_week(self, households: Floats, collected: Floats) -> None:
        """What was not to be kept goes back, and the week's income comes in.

        Parameters
        ----------
        households : ndarray, shape (compounds,)
        collected : ndarray, shape (compounds,)
            Share of property fees that is paid.
        """
        self._clear()
        yearly, active, asked = [], [], []
        for account in self.accounts.values():
            rule, area = account.laid.rule, account.laid.area
            if not rule.keeps:
                account.give_back(account.balance.copy())
            account.wanted[:], account.paid[:] = 0, 0
            weight = households * collected if rule.source == "fees" else households
            yearly.append(account.laid.value("income") * np.bincount(area.of_compound, weight, area.n))
            active.append(account.laid.active)
        income = fen(np.concatenate(yearly) / YEAR) * np.concatenate(active)
        for (name, account), of in zip(self.accounts.items(), runs(map(len, yearly)), strict=True):
            if name == BUDGET or account.laid.rule.source != "budget":
                account.receive(income[of])
            else:
                asked.append((account, income[of]))
        if asked:
            self._allot(asked)

    def _allot(self, asked: list[tuple[Account, Fen]]) -> None:
        """Purses filled from the governance budget take theirs out of it, alike where it is short."""
        budget = self.accounts[BUDGET]
        whose = [inside(account.laid.area, budget.laid.area) for account, _ in asked]
        total = np.zeros_like(budget.balance)
        for home, (_, income) in zip(whose, asked, strict=True):
            np.add.at(total, home, income)
        # A little less than the quotient, so that rounded down they never come to more than there is.
        short = np.nextafter(budget.balance / np.maximum(total, 1), 0)
        share = np.where(total > budget.balance, short, 1.0)
        for home, (account, income) in zip(whose, asked, strict=True):
            part = np.where(share[home] >= 1, income, np.floor(income * share[home]).astype(np.int64))
            account.receive(part)
            taken = np.zeros_like(total)
            np.add.at(taken, home, part)
            budget.received -= taken
            budget.balance -= taken

    def pay(self, name: str, wanted: Mapping[str, Floats]) -> dict[str, Floats]:
        """Pay what is wanted of one purse, as `pay_all` of several."""
        return self.pay_all([name], wanted)

    def pay_all(self, names: Sequence[str], wanted: Mapping[str, Floats]) -> dict[str, Floats]:
        """Pay what is wanted of some purses, all that is wanted of one at one share where it is short.

        Parameters
        ----------
        names : sequence of str
            Of the purses, each once.
        wanted : mapping of use to ndarray, shape (n,)
            Yuan by area of the purses, one purse after another, by what they are for (``USES``).

        Returns
        -------
        dict of str to ndarray, shape (n,)
            Share paid of each use, in [0, 1]: 0 where the purse may not pay it, 1 where nothing is wanted.
        """
        accounts = [self.account(name) for name in names]
        sizes = [len(account.balance) for account in accounts]
        parts = runs(sizes)
        starts = [of.start for of in parts]
        balance = np.concatenate([account.balance for account in accounts])
        allowed = {
            use: np.repeat([USES[use] in account.laid.rule.pays for account in accounts], sizes)
            for use in wanted
        }
        asked = {use: fen(yuan) for use, yuan in wanted.items()}
        bills = {use: np.where(allowed[use], bill, 0) for use, bill in asked.items()}
        total = sum(bills.values(), np.zeros_like(balance))
        share = np.where(total > balance, balance / np.maximum(total, 1), 1.0)
        rest = np.minimum(total, balance)
        ahead = total.copy()
        for use, bill in bills.items():
            ahead -= bill
            # What those after it want bounds it from below: together they get the whole of what there is.
            part = np.rint(bill * share).astype(np.int64).clip(rest - ahead, np.minimum(bill, rest))
            rest -= part
            amounts = np.add.reduceat(part, starts).tolist()
            for account, of, amount in zip(accounts, parts, amounts, strict=True):
                if amount:
                    account.spend(part[of])
                    account.paid += part[of]
                    self._note(account, amount, use)
        for account, of in zip(accounts, parts, strict=True):
            account.wanted += total[of]
        return {
            use: np.where(allowed[use], share, np.where(bill > 0, 0.0, 1.0)) for use, bill in asked.items()
        }

    def set_aside(self, name: str, area: int, yuan: float, use: str) -> Pledge | None:
        """Hold a price in full, so that nobody else spends it, if the purse may pay it and has it."""
        account, price = self.account(name), fen(yuan)
        if USES[use] not in account.laid.rule.pays or account.balance[area] < price:
            return None
        account.balance[area] -= price
        account.held[area] += price
        pledge = Pledge(name, area, price, use)
        self.pledges.append(pledge)
        return pledge

    def pay_out(self, pledge: Pledge) -> None:
        """Spend what was set aside on what it was for."""
        account = self.account(pledge.purse)
        account.spent[pledge.area] += pledge.amount
        self._let_go(pledge, "paid")
        self._note(account, pledge.amount, pledge.use)

    def _let_go(self, pledge: Pledge, state: str) -> None:
        self.account(pledge.purse).held[pledge.area] -= pledge.amount
        pledge.state = state
        self.pledges.remove(pledge)

    def _note(self, account: Account, amount: int, use: str) -> None:
        self.spent_on[use] += amount
        self.spent_from[account.laid.rule.source] += amount

    def ask(self, name: str, area: int, yuan: float, until: int) -> Appeal:
        """Begin to ask for gifts to a purse, up to a week, towards a threshold."""
        self.account(name)
        appeal = Appeal(name, area, fen(yuan), until)
        self.appeals.append(appeal)
        return appeal

    def pledge(self, appeal: Appeal, giver: str, yuan: float) -> None:
        """A giver promises money and hands it over, to be held until the threshold is reached."""
        account, amount = self.account(appeal.purse), fen(yuan)
        appeal.pledged[giver] = appeal.pledged.get(giver, 0) + amount
        account.received[appeal.area] += amount
        account.held[appeal.area] += amount

    def collect(self, appeal: Appeal) -> None:
        """The threshold is reached: what was pledged can be spent."""
        account = self.account(appeal.purse)
        account.held[appeal.area] -= appeal.total
        account.balance[appeal.area] += appeal.total
        self._end(appeal, "collected")

    def refund(self, appeal: Appeal) -> None:
        """The threshold was not reached: what was pledged goes back to those who gave it."""
        account = self.account(appeal.purse)
        account.held[appeal.area] -= appeal.total
        account.returned[appeal.area] += appeal.total
        self._end(appeal, "refunded")

    def _end(self, appeal: Appeal, state: str) -> None:
        appeal.state = state
        self.appeals.remove(appeal)

    def settle(self, week: int) -> None:
        """Collect the appeals that have reached their threshold; refund those whose time is up."""
        for appeal in list(self.appeals):
            if appeal.total >= appeal.threshold:
                self.collect(appeal)
            elif week >= appeal.until:
                self.refund(appeal)

from __future__ import annotations

import numpy as np

from cogov.state.accounts import Accounts
from cogov.terms import Want


def wants(*units) -> Accounts:
    table = np.zeros((len(units), len(Want)))
    for row, hours in enumerate(units):
        table[row, Want.LUNCH] = hours
    return Accounts(table)


def given(account: Accounts, *hours: float) -> None:
    table = np.zeros_like(account.wanted)
    table[:, Want.LUNCH] = hours
    account.give(table)


def test_what_was_given_counts_against_what_was_wanted_so_far():
    account = wants(4.0, 2.0, 0.0)
    for _ in range(3):
        account.open_week()
        given(account, 1.0, 2.0, 0.0)
    np.testing.assert_allclose(account.share(), [0.25, 1.0, 0.0])  # who wants nothing minds nothing


def test_a_week_without_is_not_made_up_for():
    account = wants(4.0)
    account.open_week()
    given(account, 3.0)
    assert account.left()[0, Want.LUNCH] == 1
    account.open_week()
    assert account.left()[0, Want.LUNCH] == 4


def test_the_quarter_closes_the_account():
    account = wants(4.0)
    account.open_week()
    given(account, 4.0)
    account.close()
    assert account.share()[0] == 0
    account.open_week()
    given(account, 2.0)
    assert account.share()[0] == 0.5

from __future__ import annotations

import pytest

from cogov.kit.errors import ConfigError
from cogov.outcomes import MEASURES, WEEKLY
from cogov.state.duties import _DUTIES, OWN, Duty, add_duty, duties, duty


def test_every_duty_has_its_measure():
    names = [f"hours_{entry.name}" for entry in OWN]
    assert [name for name in WEEKLY if name in names] == names
    assert MEASURES["hours_replies"].doc == "hours spent on answering hotline orders"
    assert MEASURES["hours_replies"].doc_zh == "用于答复热线工单的工时"


def test_a_duty_is_added_once():
    mine = Duty("teaching", "teaching", "授课")
    assert add_duty(mine) is add_duty(mine) is duty("teaching") is duties()[-1]
    for taken in (Duty("teaching", "else", "其他"), Duty("care", "x", "x"), Duty("office", "x", "x")):
        with pytest.raises(ConfigError, match="the name is taken"):
            add_duty(taken)
    del _DUTIES["teaching"]


def test_names_that_are_none():
    with pytest.raises(ConfigError, match="did you mean 'summons'"):
        duty("sumons")
    with pytest.raises(ConfigError, match="lower-case letters"):
        Duty("To teach", "teaching", "授课")

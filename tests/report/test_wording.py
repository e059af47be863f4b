"""Rules in words: where and when they are in force, and what others make of them."""

from __future__ import annotations

import pytest

from cogov.report.wording import amendment, rule_field, rule_value
from cogov.rules import Amend, Council, Position, Programme, Reports, When, Where

TRIAL = Reports(
    name="trial",
    channel="hotline",
    where=Where(homes=("old",), worst=3),
    when=When(start=4, length=8, every=26, surge=2.0),
)


@pytest.mark.parametrize(
    ("key", "en", "zh"),
    [
        (
            "where",
            "where homes are old in the 3 areas with most open issues for each household",
            "适用片区 以老旧住房为主的片区，户均未结问题最多的3片",
        ),
        (
            "when",
            "from week 5 for 8 weeks every 26 weeks in a surge (2 times the mean)",
            "适用时段 第5周起，为期8周，每26周一轮，突发事件达均值2倍时",
        ),
    ],
)
def test_where_and_when_in_words(key, en, zh):
    assert rule_field(TRIAL, key, getattr(TRIAL, key), "en") == en
    assert rule_field(TRIAL, key, getattr(TRIAL, key), "zh") == zh


def test_no_condition_and_no_rank_of_its_own():
    assert (rule_value(TRIAL, "where", Where(), "zh"), rule_value(TRIAL, "when", When(), "zh")) == (
        "全部",
        "始终",
    )
    council = Council(name="council", slots=1.0)
    assert rule_field(council, "rank", council.rank, "en") == "rank that of the area"
    assert rule_field(council, "rank", council.rank, "zh") == "召集人级别 按所在层级"


def test_a_time_from_shortest_to_longest():
    shed = Programme(name="shed", what="shed", weeks=(8, 8))
    assert rule_field(shed, "weeks", shed.weeks, "en") == "weeks 8 to 8 weeks"
    assert rule_field(shed, "weeks", shed.weeks, "zh") == "期限 8至8周"


def test_an_amendment_in_words():
    about = {"name": "relief", "of": Position, "target": "committee"}
    relief = Amend(**about, field="wage", by=0.8, keeper="office", upkeep=2.0)
    assert amendment(relief, "relief", "en") == ("wage × 0.8 (relief, keeper office, upkeep 2 h/week)")
    assert amendment(relief, "减负", "zh") == "时薪 × 0.8（减负；维持岗位 街道办事处；维持工时 2小时/周）"
    brief = Amend(**about, field="handles", by=("repair",))
    assert amendment(brief, "brief", "en") == "handles and repair (brief)"
    assert amendment(brief, "减负", "zh") == "可办事项 另加报修（减负）"

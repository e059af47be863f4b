"""The look at the patterns: its cases run, its contrasts read them, its section replaces the old."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest

from docs import patterns
from docs.patterns import CASES, CONTRASTS, Contrast, section, verdict, written


@pytest.mark.parametrize("name", ["baseline", "3 blocks", "shock, report-in", "poor firms"])
def test_a_case_tells_all_that_contrasts_read(name):
    told = CASES[name].run(1, {}, weeks=12)
    cases = defaultdict(lambda: told)
    values = {contrast.says: contrast.value(cases) for contrast in CONTRASTS
              if name.startswith("shock") or contrast.pattern != "P10"}  # fmt: skip
    assert {says for says, value in values.items() if math.isinf(value)} == set()


def test_every_case_can_begin_in_the_community_of_the_look():
    for case in CASES.values():
        model = case.model(1, patterns.MIDDLE | {"residents": 600})
        assert model.last_week == case.weeks


class Level(dict):
    """Outcomes of a case that are all alike."""

    def __init__(self, level):
        self.level = level

    def __missing__(self, _):
        return self.level


def test_contrasts_read_only_cases_that_are_run_and_every_case_is_read():
    read = set()

    class Cases(dict):
        def __getitem__(self, name):
            read.add(name)
            assert name in CASES
            return Level(0.5)

    for contrast in CONTRASTS:
        contrast.value(Cases())
    assert read == set(CASES)


def test_a_section_says_what_the_interval_says():
    many = {name: Level(0.0) for name in CASES} | {"3 blocks": Level(1.0)}
    found = []
    for seed in range(10):
        told = dict(many)
        told["8 blocks"] = Level(0.1 * seed)
        told["1 blocks"] = Level(2 + 0.01 * seed)
        found.append(told)
    rows = {
        line.split("|")[2].strip(): line
        for line in section(found, {}).splitlines()
        if line.startswith("| P1 |")
    }
    assert len(rows) == 6
    small, large, _, _, _, matched = rows.values()
    assert "| 0.55 |" in small
    assert small.endswith("| yes |")
    assert large.endswith("| **no, the reverse** |")
    assert matched.endswith("| yes |")
    assert "always the same" in section([many] * 10, {})


@pytest.mark.parametrize(
    ("low", "high", "equal", "says"),
    [(-1, 1, False, "not to be told"), (-1, 1, True, "yes, as far as can be told"), (1, 2, True, "**no**")],
)
def test_what_cannot_be_told_says_so(low, high, equal, says):
    assert verdict(Contrast("P0", "", lambda told: 0.0, equal), low, high) == says


def test_the_section_takes_the_place_of_the_one_before():
    page = patterns.PAGE.read_text(encoding="utf-8")
    new = written(page, section([{name: Level(0.0) for name in CASES}] * 2, {}))
    assert new.count(patterns.TITLE) == 1
    assert "first look at the patterns shows\n" not in new
    assert new.split(patterns.TITLE)[0] == page.split("## What a")[0]
    assert new.split("\n## ")[-1] == page.split("\n## ")[-1]

"""What is said of a search, in both languages."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from cogov.search.found import SearchResult
from cogov.search.seek import seek
from cogov.search.tell import sentences
from cogov.search.texts import TEXTS
from tests.search.toys import Toy, asked


@pytest.fixture(scope="module")
def found() -> SearchResult:
    search = asked(budget={"yuan": 180}, evaluations=32, designs=["wuliqiao_2020"])
    return SearchResult(search, seek(search, Toy(search, 3)), Path("results/search"))


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_has_both_languages_with_the_same_values(key: str) -> None:
    english, chinese = TEXTS[key]
    assert english
    assert chinese
    fields = [{part[1] for part in string.Formatter().parse(text) if part[1]} for text in (english, chinese)]
    assert fields[0] == fields[1]


def test_the_answer_names_the_best_in_each_goal_with_its_interval(found) -> None:
    said = sentences(found)
    assert said[0].startswith("Of all 33 designs")
    assert "within 180 yuan a household and year beyond line_hierarchy" in said[0]
    assert any(
        one.startswith("Best in satisfaction: design 1, +0.") and "95 % interval" in one for one in said
    )
    assert any(one.startswith("wuliqiao_2020 ") for one in said)


def test_in_chinese_nothing_is_left_in_english(found) -> None:
    text = "".join(sentences(found, "zh"))
    assert not [
        word for word in ("satisfaction", "line_hierarchy", "wuliqiao", "home_visits") if word in text
    ]


def test_the_front_comes_from_the_race_and_its_numbers_from_fresh_seeds(found) -> None:
    rows = found.points[(found.points["front"] == 1) & (found.points["measure"] == "satisfaction")]
    (row,) = rows.to_dict("records")
    fresh = found.sought.fresh
    more = fresh[row["design"]][:, 0] - fresh["line_hierarchy"][:, 0]
    assert row["difference"] == pytest.approx(more.mean())
    assert row["low"] < row["difference"] < row["high"]
    assert row["raced"] != row["difference"]


def test_mechanisms_of_all_and_of_none(found) -> None:
    everywhere, nowhere = found.common()
    for design in found.designs:
        has = {mechanism.name for mechanism in design.mechanisms}
        assert set(everywhere) <= has
        assert not has & set(nowhere)

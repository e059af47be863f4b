"""Every sentence exists in both languages, and every key is there and used."""

import re
from dataclasses import fields
from pathlib import Path
from string import Formatter

import pandas as pd
import pytest

from cogov.kit.names import UNITS
from cogov.report import texts
from cogov.report.headline import _named
from cogov.report.texts import TEXTS, Words
from cogov.report.vocabulary import FIELDS, RULE_UNITS, VALUES, group, source
from cogov.rules import RULE_KINDS
from cogov.terms import Age

ROOM = Path(texts.__file__).parent
SPEAK = [*ROOM.glob("*.py"), *ROOM.glob("templates/*.j2"), ROOM.parent / "search" / "report.py"]
SOURCES = "".join(path.read_text() for path in SPEAK)
"""All that speaks with `Words`."""


def test_both_languages_say_the_same_things():
    for key, texts_of_key in TEXTS.items():
        english, chinese = (
            {name for _, name, *_ in Formatter().parse(text) if name} for text in texts_of_key
        )
        assert english == chinese, key
        assert all(texts_of_key), key


def test_chinese_is_chinese_with_full_width_punctuation():
    for key, (_, chinese) in TEXTS.items():
        text = re.sub(r"\{\w+\}", "", chinese)
        assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]", text), key
        assert not re.search(r"[A-Za-z]{4,}", text), key


def test_every_key_that_is_asked_for_exists():
    asked = set(re.findall(r'\b(?:words|t|phrase)\(\s*"(\w+)"', SOURCES))
    assert len(asked) > 100
    assert asked <= TEXTS.keys()


def test_every_key_is_used():
    begun = tuple(re.findall(r'f"(\w+_)\{', SOURCES))
    unused = [
        key
        for key in TEXTS
        if len(re.findall(rf"""["']{key}["']""", SOURCES)) < 2 and not key.startswith(begun)
    ]
    assert not unused


def test_rules_have_chinese_for_every_field_value_and_unit():
    for kind in RULE_KINDS:
        for field in fields(kind):
            if field.name == "name":
                continue
            assert field.name in FIELDS
            assert set(field.metadata["choices"] or ()) <= VALUES.keys()
            unit = field.metadata["unit"]
            assert unit in UNITS or unit in RULE_UNITS


def test_groups_in_words():
    assert group("worst_tenth", "zh") == "改革前最差一成小区"
    assert group("age_18_29", "en") == "18 to 29"
    assert {group(label, "zh") for label in Age.labels()} == {band.zh for band in Age}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("assumed: invented", "assumed"),
        ("assumed, near facts", "assumed"),
        ("facts: zh.wikipedia.org", "facts"),
        ("seed 001: 81个小区", "documents"),
        ("seed 001; rank assumed", "partly"),
        ("wuliqiao (seed 001)", "borrowed"),
        ("given", "given"),
        ("derived", "other"),
        ("my survey of 2023", "other"),
    ],
)
def test_kinds_of_source(text, kind):
    assert source(text) == kind


def test_an_outcome_within_a_sentence():
    assert Words("en").name("needs_met") == "needs met"
    assert Words("zh").name("needs_met") == "需求满足率"


@pytest.mark.parametrize(
    ("lang", "n", "said"),
    [
        ("en", 1, "x: one more replicate would tell"),
        ("en", 2, "x: some 2 more replicates would tell"),
        ("en", 1200, "x: some 1,200 more replicates would tell"),
        ("zh", 1, "x：约再重复1次可见分晓"),
        ("zh", 12, "x：约再重复12次可见分晓"),
    ],
)
def test_what_would_tell_agrees_in_number(lang, n, said):
    assert Words(lang).counted("said_more", "said_more_one", float(n), text="x") == said


@pytest.mark.parametrize(
    ("lang", "n", "said"),
    [("en", 1, "The other one is in the tables."), ("en", 3, "The other 3 are in the tables.")],
)
def test_what_is_left_for_tables_agrees_in_number(lang, n, said):
    assert Words(lang).counted("said_rest", "said_rest_one", n) == said


@pytest.mark.parametrize(
    ("lang", "parts", "said"),
    [
        ("en", "", ""),
        ("en", "a", "a"),
        ("en", "abc", "a, b, c"),
        ("en", "abcd", "a, b, c and 1 more"),
        ("en", "abcdefgh", "a, b, c and 5 more"),
        ("zh", "abc", "a、b、c"),
        ("zh", "abcde", "a、b、c，另2项"),
    ],
)
def test_long_lists_end_with_how_many_more_there_are(lang, parts, said):
    assert Words(lang).capped(list(parts)) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["tenants", "owners"], r"Losing by a size that matters: owners.*, tenants.*\.$"),
        (["tenants", "owners", "old", "new"], r"owners.*tenants.* and 1 more\.$"),
    ],
)
def test_groups_are_named_the_largest_change_first(names, said):
    rows = pd.DataFrame({"by": "tenure", "group": ["tenant", "owner", "old", "new"][: len(names)]})
    rows["difference"] = [-0.03, -0.04, -0.02, -0.01][: len(names)]
    words = Words("en")
    told = words("whom_lose", groups=_named(rows, words))
    assert re.search(said, told), told

"""Every sentence exists in both languages, and every key is there and used."""

import re
from dataclasses import fields
from pathlib import Path
from string import Formatter

import pytest

from cogov.kit.names import UNITS
from cogov.report import texts
from cogov.report.texts import TEXTS, Words
from cogov.report.vocabulary import FIELDS, RULE_UNITS, VALUES, group, source
from cogov.rules import RULE_KINDS
from cogov.terms import Age

ROOM = Path(texts.__file__).parent
SOURCES = "".join(path.read_text() for path in [*ROOM.glob("*.py"), *ROOM.glob("templates/*.j2")])


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

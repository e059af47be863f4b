"""Rules, amendments and settings in words, English and Chinese, as a report shows them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from cogov.community.tables import OUTSIDE, UnitRow
from cogov.kit.fields import Parameters
from cogov.kit.typed import word
from cogov.report.vocabulary import FIELDS, RULE_UNITS, VALUES, Code
from cogov.rules.amend import Amend
from cogov.rules.conditions import When, Where
from cogov.rules.kinds import Rule
from cogov.words import unit


def kind_of_rule(rule: Rule, lang: str) -> str:
    """The kind of a rule, as a heading."""
    return rule.zh + "规则" if lang == "zh" else rule.kind.capitalize() + " rules"


def rule_fields(rule: Rule) -> dict[str, Any]:
    """Fields of a rule that say something: not their defaults, not empty."""
    defaults = {entry.name: entry.default for entry in fields(rule)}
    return {
        key: value
        for key, value in rule.as_dict().items()
        if key != "name" and value != defaults[key] and value not in ("", ())
    }


def rule_field(rule: Rule, key: str, value: Any, lang: str) -> str:
    """One field of a rule in words: ``hours 40 h/week``."""
    if lang != "zh" and isinstance(value, Where | When):
        return str(value)
    return f"{field_name(key, lang)} {rule_value(rule, key, value, lang)}"


def field_name(key: str, lang: str) -> str:
    """What a field of a rule is called."""
    return FIELDS.get(key, key) if lang == "zh" else key.replace("_", " ")


def rule_value(rule: Rule, key: str, value: Any, lang: str) -> str:
    """The value of a field of a rule in words, with its unit."""
    if isinstance(value, Where | When):
        return str(value) if lang != "zh" else _areas(value) if isinstance(value, Where) else _weeks(value)
    if value is None:
        return "按所在层级" if lang == "zh" else "that of the area"
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if isinstance(value, str):
        return _word(value, lang) if value else ("无" if lang == "zh" else "none")
    if isinstance(value, tuple) and all(isinstance(entry, str) for entry in value):
        # A type named several times has so many shares.
        counts = {entry: value.count(entry) for entry in value}
        parts = [_word(entry, lang) + (f" ×{n}" if n > 1 else "") for entry, n in counts.items()]
        return ("、" if lang == "zh" else ", ").join(parts) or ("无" if lang == "zh" else "none")
    given = {entry.name: entry.metadata["unit"] for entry in fields(rule)}[key]
    shown = RULE_UNITS.get(given) or unit(given, lang) if lang == "zh" else given
    ends = value if isinstance(value, tuple) else (value,)  # the least and the most
    said = ("至" if lang == "zh" else " to ").join(f"{end:.4g}" for end in ends)
    return said + (f" {shown}" if shown and lang != "zh" else shown)


def amendment(change: Amend, by: str, lang: str) -> str:
    """An amendment of a rule and the mechanism that makes it: ``admin share × 0.8 (relief)``."""
    if isinstance(change.by, tuple):
        how = ("另加" if lang == "zh" else "and ") + rule_value(change, "by", change.by, lang)
    else:
        sign = {"scale": "×", "add": "+", "cover": "补足" if lang == "zh" else "covers"}[change.fold]
        how = f"{sign} {change.by:.4g}"
    costs = {
        key: value
        for key, value in rule_fields(change).items()
        if key in ("keeper", "upkeep", "money", "purse", "where", "when")
    }
    said = [by, *(rule_field(change, key, value, lang) for key, value in costs.items())]
    name = field_name(change.field, lang)
    return f"{name} {how}（{'；'.join(said)}）" if lang == "zh" else f"{name} {how} ({', '.join(said)})"


def _areas(where: Where) -> str:
    """Where a rule is in force, in Chinese."""
    said = ["、".join(where.names)] if where.names else []
    homes = {"old": "老旧住房", "new": "较新住房"}
    said += [f"以{'或'.join(homes[kind] for kind in where.homes)}为主的片区"] if where.homes else []
    said += [f"户均未结问题最多的{where.worst}片"] if where.worst else []
    return "，".join(said) or "全部"


def _weeks(when: When) -> str:
    """When a rule is in force, in Chinese."""
    said = [f"第{when.start + 1}周起"] if when.start else []
    said += [f"为期{when.length}周"] if when.length else []
    said += [f"每{when.every}周一轮"] if when.every else []
    said += [f"突发事件达均值{when.surge:g}倍时"] if when.surge else []
    return "，".join(said) or "始终"


def setting(value: Any, lang: str) -> str:
    """The value of a number that goes into the runs, without its unit; `Code` where it has no words."""
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if isinstance(value, str):
        return _word(value, lang)
    if isinstance(value, tuple) and value and all(isinstance(entry, str) for entry in value):
        return ("、" if lang == "zh" else ", ").join(_word(entry, lang) for entry in value)
    if isinstance(value, Parameters):
        return Code(", ".join(f"{key} {word(entry)}" for key, entry in value.as_dict().items()))
    return word(value)


def unit_value(row: UnitRow, lang: str) -> str:
    """A named joint-building unit: its kind, rank and place."""
    place = "outside" if row.neighbourhood in OUTSIDE else row.neighbourhood or "inside"
    if lang == "zh":
        return f"{_word(row.kind, lang)}，级别{row.rank:g}，{_word(place, lang)}"
    return f"{_word(row.kind, lang)}, rank {row.rank:g}, {place}"


def _word(text: str, lang: str) -> str:
    return VALUES.get(text, text) if lang == "zh" else text.replace("_", " ")

"""What channels and groups are called, in English and Chinese."""

from __future__ import annotations

from cogov.outcomes.measures import MEASURES
from cogov.state.duties import duty as named_duty
from cogov.terms import Age, Kind, Service
from cogov.words import check_language, rule

CHANNELS: dict[str, tuple[str, str]] = {
    **{kind.label: (f"issues: {kind.label.replace('_', ' ')}", f"问题：{kind.zh}") for kind in Kind},
    **{one.label: (f"services: {one.label.replace('_', ' ')}", f"服务：{one.zh}") for one in Service},
    "reference": ("reference", "基准"),
    "start": ("what is left of the start", "初始水平的余留"),
    "no_need": ("people who need no service", "无服务需求者"),
    "calls": ("calls on people at events of their lives", "生活事件走访关怀"),
    "works": ("lifts and other works", "加梯与其他设施"),
    "new_firm": ("a new property firm", "更换物业"),
    "activities": ("joint activities", "共同活动"),
    "ties": ("ties to neighbours", "邻里联系"),
    "remainder": ("remainder (rounding)", "余数（舍入）"),
}
"""Channels by name."""


def _age(label: str) -> str:
    """A band of age: ``age_12_17`` -> ``12–17``."""
    plain = label.removeprefix("age_").replace("_plus", "+")
    return plain.replace("_", "–" if plain[0].isdigit() else " ")


GROUPS: dict[str, tuple[str, str]] = {
    "age": ("age", "年龄"),
    "elders": ("age, two groups", "年龄两组"),
    "tenure": ("tenure", "住房性质"),
    "compound_age": ("age of the compound", "小区新旧"),
    "start": ("compounds by where they began", "小区初始水平"),
    **{age.label: (_age(age.label), age.zh) for age in Age},
    "under_60": ("under 60", "60岁以下"),
    "age_60_plus": ("60 and over", "60岁及以上"),
    "tenant": ("tenants", "租户"),
    "owner": ("owners", "业主"),
    "old": ("old compounds", "老旧小区"),
    "new": ("newer compounds", "较新小区"),
    "worst_tenth": ("worst tenth of compounds", "起点最差一成小区"),
    "rest": ("all other compounds", "其余小区"),
}
"""Divisions of people and their groups."""


def channel(name: str, lang: str = "en") -> str:
    """What a channel is called."""
    check_language(lang)
    return CHANNELS[name][lang == "zh"]


def group(name: str, lang: str = "en") -> str:
    """What a division of people, or a group, is called."""
    check_language(lang)
    return GROUPS[name][lang == "zh"]


def outcome(name: str, lang: str = "en") -> str:
    """An outcome within a sentence."""
    check_language(lang)
    return MEASURES[name].zh if lang == "zh" else name.replace("_", " ")


def post(name: str, lang: str = "en") -> str:
    """What a post, or all departments together, are called."""
    if name == "departments":
        return "条线部门" if lang == "zh" else "departments"
    return rule(name, lang).replace("_", " ")


def duty(name: str, lang: str = "en") -> str:
    """What hours are spent on."""
    found = named_duty(name)
    return found.zh if lang == "zh" else found.doc


BOUGHT: dict[str, tuple[str, str]] = {
    "issues": ("issues resolved, for 100 hours on issues", "每100小时问题工作所解决的问题"),
    "care": ("hours of need met, for 100 hours of care", "每100小时服务所满足的需求小时"),
    "asking": ("volunteer hours, for 100 hours of asking", "每100小时动员所带来的志愿时长"),
    "meetings": ("public issues passed, for 100 hours of meetings", "每100小时会议所通过的议题"),
    "hosting": ("people at activities, for 100 hours of hosting", "每100小时活动组织的参加人次"),
    "tasks": ("tasks done, for 100 hours on tasks from above", "每100小时上级事务所办结的事务"),
}
"""What came of hours, by `cogov.reasons.hours.BOUGHT`."""

"""What channels and groups are called, in English and Chinese."""

from __future__ import annotations

import re

from cogov.outcomes.groups import NAMES
from cogov.outcomes.measures import MEASURES
from cogov.state.duties import duty as named_duty
from cogov.terms import Age, Kind, Line, Service
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
    **NAMES,
    "worst_tenth": ("worst tenth of compounds", "起点最差一成小区"),
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


OUTCOMES: dict[str, str] = {
    "resolved": "issues resolved",
    "lost": "issues lost",
    "trust_committee": "trust in the committee",
    "trust_firm": "trust in the property firm",
    "trust_neighbours": "trust in neighbours",
}
"""Outcomes within an English sentence, where their names will not do."""


def outcome(name: str, lang: str = "en") -> str:
    """An outcome within a sentence."""
    check_language(lang)
    if lang == "zh":
        return MEASURES[name].zh
    return OUTCOMES.get(name, name.replace("_", " "))


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


PATHS: dict[str, tuple[str, str]] = {
    "noticed_sooner": ("that were noticed sooner", "更早被发现"),
    "noticed_later": ("that were noticed later", "更晚被发现"),
    "noticed_otherwise": ("that were noticed by other means", "由其他途径发现"),
    "noticed_only_b": ("that were noticed only under {b}", "仅在{b}下被发现"),
    "noticed_only_a": ("that were noticed only under {a}", "仅在{a}下被发现"),
    "never_noticed": ("that nobody noticed", "始终未被发现"),
    "summons_b": ("for which departments were now summoned together", "改为约请各部门共同到场"),
    "summons_a": ("for which departments were no longer summoned together", "不再约请各部门共同到场"),
    "taken_over_b": ("that were now taken over", "改由提级或共同处置"),
    "taken_over_a": ("that were no longer taken over", "不再提级或共同处置"),
    "council_agreed": ("that a council now agreed to", "改获议事会议定"),
    "council_refused": ("that a council now refused", "改被议事会否决"),
    "council_otherwise": ("that a council dealt with otherwise", "议事会另行处理"),
    "agenda_sooner": ("that came to an agenda sooner, or only now", "更早列入或才列入议程"),
    "agenda_later": ("that came to an agenda later, or no longer", "更晚列入或不再列入议程"),
    "hours_short": ("for which hours ran short", "工时不足"),
    "hours_enough": ("for which there were hours sooner", "更早有工时办理"),
    "work_a": ("whose work now held", "不再返工"),
    "work_b": ("whose work no longer held", "出现返工"),
    "departments_sooner": ("that departments answered sooner", "部门更早受理"),
    "departments_later": ("that departments answered later", "部门更晚受理"),
    "departments_otherwise": ("that departments dealt with otherwise", "部门另行处理"),
    "desk_otherwise": ("that went to another desk", "转到另一岗位"),
    "desk_sooner": ("that were passed on sooner", "更早流转"),
    "desk_later": ("that were passed on later", "更晚流转"),
    "orders_sooner": ("that were ordered or chased sooner, or only now", "更早或才被派单督办"),
    "orders_later": ("that were ordered or chased later, or no longer", "更晚或不再被派单督办"),
    "replies_sooner": ("whose callers were told sooner", "更早答复来电人"),
    "replies_later": ("whose callers were told later", "更晚答复来电人"),
    "replies_otherwise": ("whose callers were told otherwise", "另行答复来电人"),
    "given_up_a": ("that were no longer given up or lost there", "不再放弃或丢失"),
    "given_up_b": ("that were now given up or lost there", "放弃或丢失"),
    "other_rule": ("that went on by another rule", "改依另一规则"),
    "other": ("whose paths part in another way", "以其他方式分岔"),
    "only_a": ("born only under {a}", "仅在{a}下产生"),
    "only_b": ("born only under {b}", "仅在{b}下产生"),
    "same": ("with one history under both", "两种方案下经历相同"),
}
"""Where the paths of an issue part, as it follows on "issues"."""


def short(name: str, lang: str = "en", a: str = "A", b: str = "B") -> str:
    """The same where nothing stands before it: ``that were noticed later`` -> ``noticed later``."""
    whole = path(name, lang, a, b)
    return re.sub(r"^(that were|that|for which|whose) ", "", whole) if lang == "en" else whole


FATES: dict[str, tuple[str, str]] = {
    "in_time": ("resolved in time", "按期解决"),
    "late": ("resolved late", "逾期解决"),
    "open": ("still open", "期末未结"),
    "lost": ("lost or given up", "丢失或放弃"),
    "none": ("not born", "未产生"),
}
"""How issues end."""


def path(name: str, lang: str = "en", a: str = "A", b: str = "B") -> str:
    """What a class of issues is called, by the names of the designs."""
    return PATHS[name][lang == "zh"].format(a=a, b=b)


def decider(name: str, lang: str = "en") -> str:
    """Who or what decided where paths part: a rule, a post, a department."""
    plain = name.rpartition("/")[2]
    if plain.upper() in Line.__members__:
        line = Line[plain.upper()]
        return f"{line.zh}部门" if lang == "zh" else f"department of {line.label.replace('_', ' ')}"
    if plain == "residents" and lang == "zh":
        return "居民"
    return rule(plain, lang).replace("_", " ")

"""Story (个案故事): what happened to one issue, week by week, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from cogov.activities.cases import FIRM, ISSUE, POST, PROJECT, RESIDENT, UNIT
from cogov.activities.vocabulary import ACTIVITIES
from cogov.kit.errors import ConfigError, nearest
from cogov.kit.names import RULES
from cogov.rules.kinds import RULE_KINDS, Position
from cogov.terms import Age, Kind, Level, Line, UnitKind

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "tell": ("told the committee", "向居委会反映"),
    "call": ("called the hotline", "拨打热线"),
    "spot": ("on the spot", "巡查走访"),
    "unit_hours": ("too few hours of units", "单位资源不足"),
    "support": ("too little support", "支持不足"),
    "unknown": ("nobody in charge knew of it", "尚无人掌握"),
    "on_the_way": ("on its way", "流转中"),
    "with_departments": ("with departments", "部门办理中"),
    "for_an_agenda": ("waiting for an agenda", "等待列入议程"),
    "in_hand": ("being worked on", "办理中"),
    "duty": ("and offered a duty that fits", "，并安排合适岗位"),
    "satisfaction": ("satisfaction", "获得感"),
    "trust_committee": ("trust in the committee", "对居委会信任"),
    "trust_firm": ("trust in the property firm", "对物业信任"),
    "trust_neighbours": ("trust in neighbours", "对邻里信任"),
    "belonging": ("belonging", "归属感"),
    "volunteering": ("volunteering", "志愿参与"),
    "engagement": ("engagement", "参与度"),
    "consciousness": ("territorial consciousness", "属地意识"),
    "quality": ("quality", "服务质量"),
    "efficiency": ("cost of quality", "质量成本"),
    "reputation": ("reputation", "声誉"),
    "base": ("what it does anyway", "基础意愿"),
    "recognition": ("recognition at a public day", "公开表彰"),
    "peers": ("what other units do", "其他单位的做法"),
    "service": ("what it got of what it wants", "所获服务"),
    "appraisal": ("its verdict", "评议结果"),
    "title": ("a title within reach", "争创称号"),
    "rank": ("its rank above", "级别差距"),
    "effort": ("hours that it gave", "付出工时"),
    "committee": ("the committee", "居委会"),
    "firm": ("the property firm", "物业公司"),
    "neighbours": ("neighbours", "邻里"),
    "nobody": ("nobody", "无人"),
    "unanswered": ("done, the caller not yet told", "已办结，待答复"),
    "published": ("made public", "公开"),
    "not_published": ("not made public", "不公开"),
    "black_listed": ("made public, on the black list", "公开，列入黑榜"),
    "plan": ("being planned", "设计中"),
    "consent": ("before its owners", "业主商议中"),
    "money": ("waiting for money", "待落实资金"),
    "permits": ("waiting for permits", "审批中"),
    "works": ("being built", "施工中"),
    "consented": ("they consent", "同意"),
    "not_yet": ("no consent yet", "尚未同意"),
    "no_consent": ("owners did not consent", "业主未同意"),
    "too_few_gifts": ("too few gifts", "募集不足"),
    **{level.label: (level.label, level.zh) for level in Level},
}
"""What came of an event, as a story says it: English and Chinese."""
OTHERS: Mapping[str, tuple[str, str]] = {
    "residents": ("residents", "居民"),
    "owners": ("owners", "业主"),
    "committees": ("committees", "各居委会"),
    "": ("nobody", "（无人）"),
    **{name: OUTCOMES[name] for name in ("committee", "firm", "neighbours", "nobody")},
}
"""Those who are neither one of the posts, nor a council, nor a department."""
WIDE = 10
"""Letters that the week takes in a line; a Chinese one takes two."""
TYPES: Mapping[str, tuple[str, str]] = {
    RESIDENT: ("Resident", "居民"),
    UNIT: ("Joint-building unit", "驻区单位"),
    FIRM: ("Property firm", "物业公司"),
}
KINDS_EN: Mapping[str, str] = {
    **{age.label: "aged " + age.zh.removesuffix("岁").replace("岁以上", "+") for age in Age},
    **{kind.label: kind.label.replace("_", " ") for kind in UnitKind},
}
KINDS_ZH: Mapping[str, str] = {term.label: term.zh for term in (*Age, *UnitKind)}
WORKS_ZH: Mapping[str, str] = {
    "venue": "活动场地",
    "lift": "加装电梯",
    "garden": "花园",
    "gate": "睦邻门",
    "shed": "充电棚",
    "parking": "停车位",
    "sensors": "感知设备",
    "renewal": "更新改造",
    "stairs": "美丽楼道",
}
"""What projects build."""
RULE_ZH: Mapping[str, str] = {kind.kind: kind.zh for kind in RULE_KINDS}


def story(events: pd.DataFrame, case: str, lang: str = "en") -> list[str]:
    """What happened to one issue, a line for each event.

    Parameters
    ----------
    events : DataFrame
        As of `cogov.trace.Trace.to_frame` or `cogov.trace.read_events`.
    case : str
        As in ``case_id``.
    lang : str
        ``en`` or ``zh``.

    Raises
    ------
    ConfigError
        If there is nothing of that issue in the events.
    """
    mine = events[events.case_id == case]
    if mine.empty:
        cases = events.case_id.astype(str).unique().tolist()
        raise ConfigError(
            f"issue {case!r}: is not among the {len(cases):,} that were followed{nearest(case, cases)}"
        )
    rows = mine.to_dict("records")
    lines, week = [heading(rows, lang)], None
    for row in rows:
        when = when_of(row["week"], lang) if row["week"] != week else ""
        week = row["week"]
        lines.append(f"{when}{' ' * (WIDE - width(when))}{told(row, lang)}")
    if rows[0]["case_type"] in (ISSUE, PROJECT) and not ACTIVITIES[rows[-1]["activity"]].ends:
        lines.append("It is still open at the end." if lang == "en" else "到期末仍未了结。")
    return lines


def heading(rows: list[dict[Any, Any]], lang: str) -> str:
    """What the issue is and where, and what it took in all."""
    first, hours = rows[0], sum(row["hours"] for row in rows)
    case = first["case_id"]
    if first["case_type"] == PROJECT:
        return _project_heading(first, hours, sum(row["yuan"] for row in rows), lang == "zh")
    if first["case_type"] == POST:
        return f"岗位 {name_of(first, zh=True)}" if lang == "zh" else f"Post {case}"
    if first["case_type"] != ISSUE:
        about = KINDS_ZH.get(first["kind"], "") if lang == "zh" else KINDS_EN.get(first["kind"], "")
        of = TYPES[first["case_type"]][lang == "zh"]
        return f"{of} {case}" + (f" ({about})" if about and lang == "en" else f"（{about}）" if about else "")
    kind = Kind[first["kind"].upper()]
    if lang == "zh":
        return (
            f"个案 {case}：{kind.zh}，第 {first['compound']} 小区"
            f"（第 {first['neighbourhood']} 居民区），共用 {hours:.1f} 小时"
        )
    return (
        f"Issue {case}: {kind.label.replace('_', ' ')} in compound {first['compound']} of"
        f" neighbourhood {first['neighbourhood']}; {hours:.1f} hours in all"
    )


def _project_heading(first: Mapping[Any, Any], hours: float, yuan: float, zh: bool) -> str:
    """What is to be built, where, and what it took in all."""
    case, what, compound, home = (first[key] for key in ("case_id", "kind", "compound", "neighbourhood"))
    if zh:
        place = f"第 {compound} 小区（第 {home} 居民区）"
        return f"项目 {case}：{WORKS_ZH[what]}，{place}，共用 {hours:.1f} 小时、{yuan:,.0f} 元"
    place = f"in compound {compound} of neighbourhood {home}"
    return f"Project {case}: {what} {place}; {hours:.1f} hours and {yuan:,.0f} yuan in all"


def width(text: str) -> int:
    """Columns that a text takes on a screen."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def when_of(week: int, lang: str) -> str:
    """A week of the record."""
    if lang == "zh":
        return f"第{week}周" if week else "开始时"
    return f"week {week}" if week else "before"


def told(row: Mapping[Any, Any], lang: str) -> str:
    """One event as a sentence, with the rule it was by and the hours it took."""
    activity, zh = ACTIVITIES[row["activity"]], lang == "zh"
    value = float(row["value"])
    due = (
        "" if not math.isfinite(value) else (f"，第{value:.0f}周到期" if zh else f", due in week {value:.0f}")
    )
    outcome = OUTCOMES.get(row["outcome"], (row["outcome"],) * 2)[zh]
    says, before = activity.says_zh if zh else activity.says, float(row["before"])
    name = name_of(row, zh)
    agent = "" if not row["role"] else f"由{name}" if zh else f" by {name}"
    weeks = f"{value:.0f} 周" if zh else f"{value:.0f} week{'' if value == 1 else 's'}"
    text = says.format(
        by=name, agent=agent, value=value, weeks=weeks, outcome=outcome, due=due, before=before
    ).strip()
    own = f"{Position.kind}/{row['role']}"  # that a post does it by being one goes without saying
    more = [rule_of(row["rule"], zh)] if row["rule"] not in ("", own) else []
    if row["hours"]:
        more.append(f"{row['hours']:.1f}小时" if zh else f"{row['hours']:.1f} h")
    if row["yuan"]:
        more.append(f"{row['yuan']:,.0f}元" if zh else f"{row['yuan']:,.0f} yuan")
    if zh:
        return text + "。" + (f"（{'；'.join(more)}）" if more else "")
    return f"{text[0].upper()}{text[1:]}." + (f" [{'; '.join(more)}]" if more else "")


def name_of(row: Mapping[Any, Any], zh: bool) -> str:
    """Who did it."""
    role, number = str(row["role"]), str(row["resource"]).removeprefix(str(row["role"])).strip()
    if role.upper() in Line.__members__:
        line = Line[role.upper()]
        return f"{line.zh}部门" if zh else f"the department of {line.label.replace('_', ' ')}"
    if not number and role in OTHERS:
        return OTHERS[role][zh]
    if zh:
        return RULES.get(role, role) + number
    return f"{role.replace('_', ' ')} {number}".strip() or "nobody"


def rule_of(rule: str, zh: bool) -> str:
    """A rule by kind and name."""
    kind, _, name = rule.partition("/")
    return f"依据{RULE_ZH[kind]}规则「{RULES.get(name, name)}」" if zh else f"by {rule}"

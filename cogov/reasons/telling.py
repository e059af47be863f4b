"""The answer in words, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cogov.reasons import words
from cogov.reasons.cases import COUNTED, REMAINDER
from cogov.reasons.found import Found
from cogov.terms import Kind
from cogov.trace.story import WIDE, when_of, width

MOST = 6
"""Rows of a table that are told; the rest is added up."""
ROUNDING = 1e-9
"""A difference below it is none."""
SAYS: dict[str, tuple[str, str]] = {
    "level": (
        "{outcome} is {difference} under {b} against {a} ({least} to {most} over {n} seeds); {parts}.",
        "{b}与{a}相比，{outcome}相差{difference}（{n}个种子间{least}至{most}）；{parts}。",
    ),
    "single": (
        "{outcome} is {difference} under {b} against {a} (one seed: may be chance); {parts}.",
        "{b}与{a}相比，{outcome}相差{difference}（仅一个种子，可能偶然）；{parts}。",
    ),
    "class": ("{value} comes by {issues} {path}{by}", "{value}来自{issues}{path}{by}的问题"),
    "by": (" ({by})", "（{by}）"),
    "by_path": (
        "where the paths of issues part, what that did to {outcome}, and weeks without a solution x people:",
        "问题的路径在何处分岔，对{outcome}的影响，以及未解决周数×受影响人数：",
    ),
    "path_row": (
        "  {value}  {issues} {path}{by}: {resolved} resolved, {person_weeks} person-weeks",
        "  {value}  {issues}{path}{by}的问题：解决{resolved}件，{person_weeks}人周",
    ),
    "path_rest": ("  {value}  {issues} in {n} other classes", "  {value}  其他{n}类{issues}问题"),
    "path_remainder": ("  {value}  remainder", "  {value}  余数"),
    "path_total": ("  {value}  in all", "  {value}  合计"),
    "story": (
        "{n}. Issue {case} ({kind}, {people} people), seed {seed}: one of those {path}{by}",
        "{n}. 个案{case}（{kind}，{people}人），种子{seed}：{path}{by}的问题之一",
    ),
    "both": ("  under both", "  两种方案下相同"),
    "under": ("  under {design}", "  {design}"),
    "stories": ("three issues, week by week:", "三件个案，逐周讲述："),
    "part": ("{value} comes by {channel}", "{channel}带来{value}"),
    "groups": (
        "most for {best} ({most}), least for {worst} ({least})",
        "变化最大的是{best}（{most}），最小的是{worst}（{least}）",
    ),
    "community": (
        "{community}, {weeks} weeks after the reform, seeds {seeds}",
        "{community}，改革后{weeks}周，种子{seeds}",
    ),
    "by_channel": ("by channel:", "按渠道："),
    "by_group": ("by group of people, and its part in the whole:", "按人群（及其对总差异的贡献）："),
    "by_hours": ("hours a week that changed most:", "每周工时变化最大的："),
    "bought": ("what 100 hours bought:", "每100小时换来："),
    "others": ("all others", "其余合计"),
    "total": ("in all", "合计"),
    "row": ("  {value}  {name}", "  {value}  {name}"),
    "hours_row": ("  {value} h  {post}: {duty}", "  {value}小时  {post}：{duty}"),
    "bought_row": ("  {what}: {a} → {b}", "  {what}：{a} → {b}"),
    "comma": ("; ", "；"),
}
"""Sentences by key."""


def say(key: str, lang: str, **values: object) -> str:
    """A sentence of `SAYS` with its values."""
    return SAYS[key][lang == "zh"].format(**values)


def signed(value: float, places: int = 3) -> str:
    """A number with its sign."""
    return f"{value:+,.{places}f}".replace("-", "−")


def headline(why: Found, lang: str) -> str:
    """The difference, its largest channels, and who has most of it."""
    rows = _channels(why)
    if rows.empty:
        return _sentence(why, lang, _largest_classes(why, lang))
    largest = rows.reindex(rows["difference"].abs().sort_values(ascending=False).index)[:2]
    parts = [
        say("part", lang, value=signed(row["difference"]), channel=words.channel(row["channel"], lang))
        for row in largest.to_dict("records")
        if abs(row["difference"]) >= 0.0005
    ]
    ages = _groups(why, "age").sort_values("difference")
    if len(ages) > 1:
        worst, best = ages.iloc[0], ages.iloc[-1]
        parts.append(
            say(
                "groups",
                lang,
                best=words.group(best["group"], lang),
                most=signed(best["difference"]),
                worst=words.group(worst["group"], lang),
                least=signed(worst["difference"]),
            )
        )
    return _sentence(why, lang, parts)


def _sentence(why: Found, lang: str, parts: list[str]) -> str:
    """The difference with its spread over seeds, and what makes it."""
    places = 0 if why.outcome in ("resolved", "lost") else 3
    numbers = {key: signed(why.total()[key], places) for key in ("difference", "least", "most")}
    text = say(
        "level" if len(why.seeds) > 1 else "single",
        lang,
        outcome=words.outcome(why.outcome, lang),
        a=why.a,
        b=why.b,
        n=len(why.seeds),
        parts=say("comma", lang).join(parts),
        **numbers,
    )
    return text[:1].upper() + text[1:] if lang == "en" else text


def lines(why: Found, lang: str) -> list[str]:
    """The headline and the tables behind it, the largest rows first."""
    seeds = ", ".join(map(str, why.seeds))
    found = [
        headline(why, lang),
        say("community", lang, community=why.community, weeks=why.weeks, seeds=seeds),
    ]
    found += ["", say("by_path", lang, outcome=words.outcome(counted(why), lang)), *_by_path(why, lang)]
    if why.outcome in set(why.channels["outcome"]):
        found += ["", say("by_channel", lang), *_by_channel(why, lang)]
        found += ["", say("by_group", lang), *_by_group(why, lang)]
    found += ["", say("by_hours", lang), *_by_hours(why, lang)]
    found += ["", say("bought", lang), *_bought(why, lang)]
    return [*found, "", say("stories", lang), *_stories(why, lang)] if len(why.stories) else found


def counted(why: Found) -> str:
    """The outcome that issues are classed by."""
    return why.outcome if why.outcome in COUNTED else COUNTED[0]


def _path(why: Found, row: Mapping[Any, Any], lang: str) -> dict[str, str]:
    """A class and who or what decided, in words."""
    by = words.decider(row["by"], lang)
    path = words.path(row["path"], lang, why.a, why.b)
    return {"path": path, "by": say("by", lang, by=by) if by else ""}


def _issues(number: float, lang: str) -> str:
    """So many issues, a mean over seeds; of one and less it is not known whether it is one."""
    if lang == "zh":
        return f"{number:,.0f}件"
    return f"{number:,.0f} {'issues' if number >= 1.5 else 'issue(s)'}"


def _largest_classes(why: Found, lang: str) -> list[str]:
    """The classes that make most of the difference."""
    rows = why.classes[(why.classes["path"] != REMAINDER) & (why.classes["difference"] != 0)][:3]
    places = 3 if counted(why) == "resolution_rate" else 1
    return [
        say(
            "class",
            lang,
            value=signed(row["difference"], places),
            issues=_issues(row["issues"], lang),
            **_path(why, row, lang),
        )
        for row in rows.to_dict("records")
    ]


def _by_path(why: Found, lang: str) -> list[str]:
    """The largest classes, all others together, the remainder, the sum."""
    places = 4 if counted(why) == "resolution_rate" else 1
    rest = why.classes["path"] == REMAINDER
    rows, remainder = why.classes[~rest], float(why.classes[rest]["difference"].sum())
    told = rows["difference"].abs() > ROUNDING
    shown, others = rows[told][: 2 * MOST], pd.concat([rows[told][2 * MOST :], rows[~told]])
    found = [
        say(
            "path_row",
            lang,
            value=signed(row["difference"], places),
            issues=_issues(row["issues"], lang),
            resolved=signed(row["resolved"], 1),
            person_weeks=signed(row["person_weeks"], 0),
            **_path(why, row, lang),
        )
        for row in shown.to_dict("records")
    ]
    if len(others):
        value = signed(float(others["difference"].sum()), places)
        issues = _issues(float(others["issues"].sum()), lang)
        found.append(say("path_rest", lang, value=value, issues=issues, n=len(others)))
    found.append(say("path_remainder", lang, value=signed(remainder, places)))
    total = why.total(counted(why))["difference"]
    return [*found, say("path_total", lang, value=signed(total, places))]


def _stories(why: Found, lang: str) -> list[str]:
    """Three issues, what they have in common under both designs before what differs."""
    found = []
    for number, told in why.stories.groupby("story", sort=False):
        first = told.iloc[0]
        kind = Kind[first["kind"].upper()]
        found.append(
            say(
                "story",
                lang,
                n=number,
                case=first["case_id"],
                seed=first["seed"],
                people=first["people"],
                kind=kind.zh if lang == "zh" else kind.label.replace("_", " "),
                **_path(why, first.to_dict(), lang),
            )
        )
        for side, lines in told.groupby("side", sort=False):
            found.append(
                say("both", lang) if side == "both" else say("under", lang, design=getattr(why, str(side)))
            )
            week = None
            for row in lines.to_dict("records"):
                when = when_of(row["week"], lang) if row["week"] != week else ""
                week = row["week"]
                says = row["says_zh" if lang == "zh" else "says"]
                found.append(f"    {when}{' ' * (WIDE - width(when))}{says}")
    return found


def _channels(why: Found) -> pd.DataFrame:
    return why.channels[why.channels["outcome"] == why.outcome]


def _groups(why: Found, by: str) -> pd.DataFrame:
    """Differences by group of one division, over all channels."""
    rows = why.groups[(why.groups["outcome"] == why.outcome) & (why.groups["by"] == by)]
    return rows.groupby("group", sort=False)[["difference", "contribution"]].sum().reset_index()


def _by_channel(why: Found, lang: str) -> list[str]:
    rows = _channels(why)
    rows = rows.reindex(rows["difference"].abs().sort_values(ascending=False, kind="stable").index)
    shown, rest = rows[:MOST], rows[MOST:]
    named = [(row["difference"], words.channel(row["channel"], lang)) for row in shown.to_dict("records")]
    named += [(float(rest["difference"].sum()), say("others", lang))]
    named += [(why.total()["difference"], say("total", lang))]
    return [say("row", lang, value=signed(value, 4), name=name) for value, name in named]


def _by_group(why: Found, lang: str) -> list[str]:
    found = []
    for by in dict.fromkeys(why.groups["by"]):
        for row in _groups(why, by).to_dict("records"):
            value = f"{signed(row['difference'], 4)} ({signed(row['contribution'], 4)})"
            found.append(say("row", lang, value=value, name=words.group(row["group"], lang)))
    return found


def _by_hours(why: Found, lang: str) -> list[str]:
    rows = why.hours.reindex(why.hours["difference"].abs().sort_values(ascending=False, kind="stable").index)
    return [
        say(
            "hours_row",
            lang,
            value=signed(row["difference"], 1),
            post=words.post(row["post"], lang),
            duty=words.duty(row["duty"], lang),
        )
        for row in rows[:MOST].to_dict("records")
    ]


def _bought(why: Found, lang: str) -> list[str]:
    return [
        say(
            "bought_row",
            lang,
            what=words.BOUGHT[row["duty"]][lang == "zh"],
            a=f"{row['per_100_a']:,.1f}",
            b=f"{row['per_100_b']:,.1f}",
        )
        for row in why.bought.to_dict("records")
        if row["hours_a"] or row["hours_b"]
    ]

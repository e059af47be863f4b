"""The answer in words, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cogov.reasons import words
from cogov.reasons.cases import COUNTED, REMAINDER
from cogov.reasons.found import Found
from cogov.reasons.spread import together
from cogov.terms import Kind
from cogov.trace.story import WIDE, when_of, width

MOST = 6
"""Rows of a table that are told; the rest is added up."""
ROUNDING = 1e-9
"""A difference below it is none."""
SAYS: dict[str, tuple[str, str]] = {
    "level": (
        "{outcome} is {difference} under {b} against {a} ({known}); {parts}.",
        "{b}与{a}相比，{outcome}相差{difference}（{known}）；{parts}。",
    ),
    "apart": ("95 % interval {low} to {high} over {n} seeds", "{n}个种子的95%区间{low}至{high}"),
    "not_apart": (
        "95 % interval {low} to {high} over {n} seeds: cannot be told from 0",
        "{n}个种子的95%区间{low}至{high}，与0无法区分",
    ),
    "no_interval": (
        "{least} to {most} over {n} seeds: too few that differ for an interval",
        "{n}个种子间{least}至{most}，有差异的种子过少，不给区间",
    ),
    "constant": ("the same in all {n} seeds", "{n}个种子均相同"),
    "one_seed": ("one seed: may be chance", "仅一个种子，可能偶然"),
    "row_apart": ("{value} ({low} to {high})", "{value}（{low}至{high}）"),
    "row_not_apart": ("{value} ({low} to {high}: not told from 0)", "{value}（{low}至{high}，与0无法区分）"),
    "row_constant": ("{value} (in every seed)", "{value}（各种子相同）"),
    "row_one_seed": ("{value}", "{value}"),
    "row_no_interval": ("{value} (no interval)", "{value}（无区间）"),
    "covers": (
        "in brackets the 95 % interval over {n} seeds, of each row by itself: it covers chance of the seeds,"
        " not what is assumed of the model; of 20 rows that are nothing, about one looks as if it were"
        " something; no interval where fewer than five seeds differ from the commonest value",
        "括号内为{n}个种子的95%区间，逐行各自成立：仅涵盖种子的偶然性，不涵盖模型假设；20行实际为零的差异中，"
        "约有一行看似不为零；与最常见值不同的种子少于五个时不给区间",
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
    "part": ("{value} comes by {channel}", "{value}来自{channel}"),
    "groups": (
        "most for {best} ({most}), least for {worst} ({least})",
        "变化最大的是{best}（{most}），最小的是{worst}（{least}）",
    ),
    "community": (
        "{community}, {weeks} weeks after the reform, seeds {seeds}",
        "{community}，改革后{weeks}周，种子{seeds}",
    ),
    "by_channel": ("by channel:", "按渠道："),
    "by_group": ("by group of people, and its part in the whole:", "按人群，及其对总差异的贡献："),
    "group_row": ("  {value}; {part} of the whole: {name}", "  {value}；贡献{part}：{name}"),
    "by_hours": ("hours a week that changed most:", "每周工时（小时）变化最大的："),
    "bought": ("what 100 hours bought:", "每100小时换来："),
    "others": ("all others", "其余合计"),
    "total": ("in all", "合计"),
    "row": ("  {value}  {name}", "  {value}  {name}"),
    "hours_row": ("  {value}  {post}: {duty}", "  {value}  {post}：{duty}"),
    "bought_row": ("  {what}: {a} → {b}", "  {what}：{a} → {b}"),
    "comma": ("; ", "；"),
}
"""Sentences by key."""


def say(key: str, lang: str, **values: object) -> str:
    """A sentence of `SAYS` with its values."""
    return SAYS[key][lang == "zh"].format(**values)


def known(row: Mapping[Any, Any], places: int, lang: str) -> str:
    """A difference with its interval over seeds, and whether it can be told from 0."""
    numbers = {key: signed(row[key], places) for key in ("low", "high")}
    return say(f"row_{row['from_zero']}", lang, value=signed(row["difference"], places), **numbers)


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
        say("part", lang, value=known(row, 3, lang), channel=words.channel(row["channel"], lang))
        for row in largest.to_dict("records")
        if abs(row["difference"]) >= 0.0005
    ]
    ages = _people(why)
    ages = ages[ages["by"] == "age"].sort_values("difference", kind="stable")
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
    """The difference with its interval over seeds, and what makes it."""
    places, total = 0 if why.outcome in ("resolved", "lost") else 3, why.total()
    numbers = {key: signed(total[key], places) for key in ("low", "high", "least", "most")}
    text = say(
        "level",
        lang,
        outcome=words.outcome(why.outcome, lang),
        difference=signed(total["difference"], places),
        a=why.called("a", lang),
        b=why.called("b", lang),
        known=say(total["from_zero"], lang, n=len(why.seeds), **numbers),
        parts=say("comma", lang).join(parts),
    )
    return text[:1].upper() + text[1:] if lang == "en" else text


def lines(why: Found, lang: str) -> list[str]:
    """The headline and the tables behind it, the largest rows first."""
    seeds = ("、" if lang == "zh" else ", ").join(map(str, why.seeds))
    found = [
        headline(why, lang),
        say("community", lang, community=why.called("community", lang), weeks=why.weeks, seeds=seeds),
    ]
    if len(why.seeds) > 1:
        found.append(say("covers", lang, n=len(why.seeds)))
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
    path = words.path(row["path"], lang, why.called("a", lang), why.called("b", lang))
    return {"path": path, "by": say("by", lang, by=by) if by else ""}


def _issues(number: float, lang: str) -> str:
    """So many issues, a mean over seeds."""
    amount = f"{number:,.{0 if number >= 10 or number == round(number) else 1}f}"
    if lang == "zh":
        return f"{amount}件"
    return f"{amount} {'issue' if amount == '1' else 'issues'}"


def _largest_classes(why: Found, lang: str) -> list[str]:
    """The classes that make most of the difference."""
    rows = why.classes[(why.classes["path"] != REMAINDER) & (why.classes["difference"] != 0)][:3]
    places = 3 if counted(why) == "resolution_rate" else 1
    return [
        say(
            "class",
            lang,
            value=known(row, places, lang),
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
            value=known(row, places, lang),
            issues=_issues(row["issues"], lang),
            resolved=signed(row["resolved"], 1),
            person_weeks=signed(row["person_weeks"], 0),
            **_path(why, row, lang),
        )
        for row in shown.to_dict("records")
    ]
    if len(others):
        each = why.cases.pivot_table("difference", ["path", "by"], "seed", "sum", fill_value=0.0)
        gaps = each.reindex(columns=list(why.seeds), fill_value=0.0).loc[
            list(zip(others["path"], others["by"], strict=True))
        ]
        value = known(together(gaps.to_numpy().T), places, lang)
        issues = _issues(float(others["issues"].sum()), lang)
        found.append(say("path_rest", lang, value=value, issues=issues, n=len(others)))
    remainder = 0.0 if abs(remainder) < ROUNDING else remainder
    found.append(say("path_remainder", lang, value=signed(remainder, places)))
    return [*found, say("path_total", lang, value=known(why.total(counted(why)), places, lang))]


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
                say("both", lang)
                if side == "both"
                else say("under", lang, design=why.called(str(side), lang))
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


def _people(why: Found) -> pd.DataFrame:
    return why.people[why.people["outcome"] == why.outcome]


def _by_channel(why: Found, lang: str) -> list[str]:
    rows = _channels(why)
    rows = rows.reindex(rows["difference"].abs().sort_values(ascending=False, kind="stable").index)
    shown, rest = rows[:MOST], rows[MOST:]
    named = [(known(row, 4, lang), words.channel(row["channel"], lang)) for row in shown.to_dict("records")]
    if len(rest):
        gaps = why.channels_by_seed.loc[why.outcome].loc[rest["channel"]]
        named += [(known(together(gaps.to_numpy().T), 4, lang), say("others", lang))]
    named += [(known(why.total(), 4, lang), say("total", lang))]
    return [say("row", lang, value=value, name=name) for value, name in named]


def _by_group(why: Found, lang: str) -> list[str]:
    return [
        say(
            "group_row",
            lang,
            value=known(row, 4, lang),
            part=signed(row["contribution"], 4),
            name=words.group(row["group"], lang),
        )
        for row in _people(why).to_dict("records")
    ]


def _by_hours(why: Found, lang: str) -> list[str]:
    rows = why.hours.reindex(why.hours["difference"].abs().sort_values(ascending=False, kind="stable").index)
    return [
        say(
            "hours_row",
            lang,
            value=known(row, 1, lang),
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

"""The answer in words, in English and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cogov.reasons import words

if TYPE_CHECKING:
    from cogov.reasons.answer import Why

MOST = 6
"""Rows of a table that are told; the rest is added up."""
SAYS: dict[str, tuple[str, str]] = {
    "level": (
        "{outcome} is {difference} under {b} against {a} ({least} to {most} over {n} seeds); {parts}.",
        "{b}与{a}相比，{outcome}相差{difference}（{n}个种子间{least}至{most}）；{parts}。",
    ),
    "single": (
        "{outcome} is {difference} under {b} against {a} (one seed: may be chance); {parts}.",
        "{b}与{a}相比，{outcome}相差{difference}（仅一个种子，可能偶然）；{parts}。",
    ),
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


def headline(why: Why, lang: str) -> str:
    """The difference, its largest channels, and who has most of it."""
    total = why.total()
    rows = _channels(why)
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
    numbers = {key: signed(total[key]) for key in ("difference", "least", "most")}
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


def lines(why: Why, lang: str) -> list[str]:
    """The headline and the tables behind it, the largest rows first."""
    seeds = ", ".join(map(str, why.seeds))
    found = [
        headline(why, lang),
        say("community", lang, community=why.community, weeks=why.weeks, seeds=seeds),
    ]
    if why.outcome in set(why.channels["outcome"]):
        found += ["", say("by_channel", lang), *_by_channel(why, lang)]
        found += ["", say("by_group", lang), *_by_group(why, lang)]
    return [
        *found,
        "",
        say("by_hours", lang),
        *_by_hours(why, lang),
        "",
        say("bought", lang),
        *_bought(why, lang),
    ]


def _channels(why: Why) -> pd.DataFrame:
    return why.channels[why.channels["outcome"] == why.outcome]


def _groups(why: Why, by: str) -> pd.DataFrame:
    """Differences by group of one division, over all channels."""
    rows = why.groups[(why.groups["outcome"] == why.outcome) & (why.groups["by"] == by)]
    return rows.groupby("group", sort=False)[["difference", "contribution"]].sum().reset_index()


def _by_channel(why: Why, lang: str) -> list[str]:
    rows = _channels(why)
    rows = rows.reindex(rows["difference"].abs().sort_values(ascending=False, kind="stable").index)
    shown, rest = rows[:MOST], rows[MOST:]
    named = [(row["difference"], words.channel(row["channel"], lang)) for row in shown.to_dict("records")]
    named += [(float(rest["difference"].sum()), say("others", lang))]
    named += [(why.total()["difference"], say("total", lang))]
    return [say("row", lang, value=signed(value, 4), name=name) for value, name in named]


def _by_group(why: Why, lang: str) -> list[str]:
    found = []
    for by in dict.fromkeys(why.groups["by"]):
        for row in _groups(why, by).to_dict("records"):
            value = f"{signed(row['difference'], 4)} ({signed(row['contribution'], 4)})"
            found.append(say("row", lang, value=value, name=words.group(row["group"], lang)))
    return found


def _by_hours(why: Why, lang: str) -> list[str]:
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


def _bought(why: Why, lang: str) -> list[str]:
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

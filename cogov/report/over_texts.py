"""What a report says of draws of the assumptions, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OVER: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "head_assumed": ("Over assumptions", "假定变动时"),
        "assumed_change": (
            "{outcome} {change}, 95 % interval {interval}, {sign} in {holds} of draws{best}",
            "{outcome}{change}，95%区间{interval}，{holds}的抽样中{sign}{best}",
        ),
        "assumed_up": ("higher", "升高"),
        "assumed_down": ("lower", "降低"),
        "assumed_best": (", best of all designs in {share}", "，{share}的抽样中为各方案之首"),
        "assumed_of": (
            "{text} ({n} draws of all that is assumed)",
            "{text}（对全部假定抽样{n}次）",
        ),
        "lead_assumed": (
            "Over {n} draws of all that is assumed, {text}.",
            "对全部假定抽样{n}次：{text}。",
        ),
        "lead_assumed_better": (
            "{outcome} is {change} on average, better by a size that matters in {better} and worse in"
            " {worse}",
            "{outcome}平均{change}，明显更好的占{better}，明显更差的占{worse}",
        ),
        "lead_assumed_more": (
            "{outcome} is {change} on average, clearly higher in {better} and clearly lower in {worse}",
            "{outcome}平均{change}，明显更高的占{better}，明显更低的占{worse}",
        ),
        "head_decides": ("What decides", "何者定胜负"),
        "head_find": ("Find out", "值得查明"),
        "head_screened": ("Screened", "分组筛查"),
        "screened_some": (
            "Of {all} groups of assumptions, each moved as a whole {n} times, these may move the difference"
            " in {outcome} by a size that matters: {groups}.",
            "{all}组假定各整组变动{n}次，其中可能使{outcome}的差异变动达到要紧幅度的有：{groups}。",
        ),
        "screened_none": (
            "None of {all} groups of assumptions, each moved as a whole {n} times, moves the difference in"
            " {outcome} by a size that matters.",
            "{all}组假定各整组变动{n}次，没有一组使{outcome}的差异变动达到要紧幅度。",
        ),
        "decides_of": (
            "The difference in {outcome} follows {parts}.",
            "{outcome}的差异取决于：{parts}。",
        ),
        "decides_one": ("{what} ({share} of its variance)", "{what}（占其方差的{share}）"),
        "decides_turns": (
            "{what} ({share} of its variance; its ends turn the ranking)",
            "{what}（占其方差的{share}，取两端时排名翻转）",
        ),
        "decides_nothing": (
            "No single assumption is found to decide {outcome}; with so many draws only one that explains"
            " about {share} or more is likely to be seen.",
            "未发现哪一项假定单独决定{outcome}；按此抽样次数，只有解释约{share}以上者才可能被看到。",
        ),
        "find_out": (
            "Judged by {outcome}, the choice is wrong in {wrong} of the draws; {parts}.",
            "以{outcome}论，{wrong}的抽样中会选错；{parts}。",
        ),
        "find_doc": ("the {doc} ({name})", "{doc}（{name}）"),
        "find_one": ("knowing {what}, in {after}", "若知道{what}，则为{after}"),
        "sure_assumptions": (
            "How sure: the first interval is over assumptions, {n} draws of every assumed number from its"
            " plausible range, the same draws and seeds under every design. It holds the difference with a"
            " chance of 95 % if the numbers are as unknown as these ranges say, and does not say whether the"
            " model itself is right. Intervals in all other sentences are over seeds, at the default values.",
            "有多可靠：第一个区间取自对假定的{n}次抽样，每个假定数值取自其合理范围，各方案的抽样与随机种子相同。若这些数值的不确定程度即其范围，差异有95%的机会落在其中；模型本身是否正确不在其内。其余各句的区间只取自随机种子，假定取默认值。",
        ),
        "sure_chance": (
            "Of the variance between draws, {share} is chance (median over outcomes), judged by the"
            " replicates at the default values.",
            "按默认取值的各次重复判断，抽样之间的方差有{share}出于偶然（各项结果的中位数）。",
        ),
        "glance_holds": ("{word}; sign holds in {holds}", "{word}；{holds}的抽样中方向不变"),
        "glance_defaults": ("{word}; at the default values {seeds}", "{word}；假定取默认值时{seeds}"),
        "glance_drawn_note": (
            "First stands the mean over the draws of all that is assumed. Better, worse: the whole 95 %"
            " interval over draws is beyond a size that matters. Which sizes matter, and why, stands under"
            " “How sure this is”.",
            "先列各次假定抽样的均值。“更好”“更差”：抽样的整个95%区间都超过要紧的幅度。多大的差异才要紧及其理由见“结论有多可靠”。",
        ),
        "best_drawn": (
            "{outcome}: {design} is the best of {n} designs most often, in {share} of the draws of all that"
            " is assumed.",
            "{outcome}：{n}个方案中最常居首的是{design}，占假定抽样的{share}。",
        ),
        "over_caption": (
            "Differences from {baseline} over assumptions, and over seeds",
            "与{baseline}之差：先为假定变动时，后为仅随机种子变动时",
        ),
        "over_note": (
            "Over assumptions: mean over the draws, and the interval that one more draw would lie in with a"
            " chance of 95 %; chance within a draw is in it. Sign holds, better, worse, best: shares of"
            " draws, better and worse by a size that matters. Over seeds: at the default values.",
            "假定变动时：各次抽样的均值，以及再抽一次有95%机会落入的区间，抽样内的偶然性亦在其中。方向不变、更好、更差、最优均为抽样占比，更好、更差指达到要紧幅度。仅随机种子变动时：假定取默认值。",
        ),
        "column_over": ("Over assumptions", "假定变动时"),
        "column_over_interval": ("95 % interval", "95%区间"),
        "column_holds": ("Sign holds", "方向不变"),
        "column_better": ("Better", "更好"),
        "column_worse": ("Worse", "更差"),
        "column_seeds": ("Over seeds", "随机种子变动时"),
        "file_robustness": (
            "runs at draws of the assumptions",
            "对假定抽样的运行",
        ),
    }
)
"""Texts by key: English and Chinese."""

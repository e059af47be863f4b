"""What is said of draws of the assumptions, in English and Chinese; part of `cogov.words.TEXTS`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ROBUST: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "robust_covers": (
            "The first interval of each design is over the assumptions: if every assumed number is as unknown"
            " as its plausible range says, the difference lies in it with a chance of 95 %. Chance within a"
            " draw is in it too. It does not shrink with more draws.",
            "每个方案的第一个区间取自对全部假定的抽样：若每个假定数值的不确定程度即其合理范围，则差异有95%的机会落在其中。每次抽样内的偶然性也包含在内。增加抽样次数不会使它变窄。",
        ),
        "robust_seeds": (
            "The second is over seeds, at the default values: how exactly the model's mean difference was"
            " computed, not how well it is known.",
            "第二个区间只取自随机种子，假定均取默认值：它表示模型平均差异算得多精确，而不是我们对它了解多少。",
        ),
        "default_where": (
            "At the default values the difference in {outcome} is {default}, the mean over seeds. Over the"
            " draws it is {mean} on average, and smaller than {default} in {below} of them.",
            "假定取默认值时，{outcome}的差异为{default}（各种子平均）；各次抽样平均为{mean}，其中{below}小于{default}。",
        ),
        "screened": (
            "Each group of assumptions was moved by half of its ranges, all of it at once, {n} times."
            " Another seed alone moves the difference by {luck} on average.",
            "每组假定整体移动其合理范围的一半，共{n}次。仅换随机种子，差异平均移动{luck}。",
        ),
        "screened_more": (
            "May move it by {size} or more, each by itself: {names}. What within them decides, all else at"
            " its default:"
            " the study again under another name, with 'robustness={{draws: 256, only: [{names}]}}'.",
            "单独即可使其移动{size}或更多者：{names}。组内何者起作用（其余取默认值）：另起名称再做一次，"
            "并给出 'robustness={{draws: 256, only: [{names}]}}'。",
        ),
        "screened_none": (
            "No group by itself moves it by {size}.",
            "没有哪一组单独使其移动达到{size}。",
        ),
        "decides_says": (
            "- {what} ({path}): taken to be {default}, may well lie between {low} and {high}{unit}. The"
            " difference is {first} in the lowest third of its draws, {second} in the highest.",
            "- {what}（{path}）：取{default}，可能在{low}与{high}之间{unit}。"
            "抽样最低三分之一时差异为{first}，最高三分之一时为{second}。",
        ),
        "decides_few": (
            "What decides: too few draws, or no spread, to say; give at least 64.",
            "何者定胜负：抽样太少或没有离散，无法判断；请至少抽样64次。",
        ),
        "decides_found": (
            "Assumptions found to decide: {n} (p below 0.05, adjusted for all). One that explains less"
            " than about {share} is likely to be missed with so many draws.",
            "发现{n}项假定起决定作用（经全部校正后p小于0.05）。按此抽样次数，解释不足约{share}的假定很可能被漏掉。",
        ),
        "decides_none": (
            "No single assumption is found to decide: with so many draws only one that explains about {share}"
            " or more is likely to be seen. Give more draws to see smaller ones.",
            "未发现哪一项假定单独起决定作用：按此抽样次数，只有解释约{share}以上的假定才可能被看到。欲见更小者，请增加抽样。",
        ),
        "worth_now": (
            "Who chooses what is better on average over the draws, {design}, chooses wrongly in {wrong} of"
            " them.",
            "按抽样平均更好者（{design}）选择，在{wrong}的抽样中会选错。",
        ),
        "worth_one": (
            "Find out: {what} ({path}). Who knows it chooses wrongly in {after} instead of {wrong}.",
            "值得查明：{what}（{path}）。知道它之后，选错的占{after}，而非{wrong}。",
        ),
        "worth_none": (
            "Nothing is found whose measurement alone would make the choice better.",
            "没有发现哪一项测量能单独改进选择。",
        ),
        "corner_none": (
            "Where it loses: in too few draws (or nearly all) to look for a corner.",
            "何处失利：失利（或得利）的抽样太少，无从寻找。",
        ),
        "corner_found": (
            "Where it loses: in the corner below in {density} of the draws (in all: {loses}). The corner"
            " holds {coverage} of the losses and {support} of all draws.",
            "何处失利：在下列范围内，{density}的抽样失利（全部抽样为{loses}）。此范围含全部失利的{coverage}、全部抽样的{support}。",
        ),
        "corner_nowhere": (
            "Where it loses: in {loses} of the draws; no corner of the assumptions is found in which it does"
            " more than elsewhere.",
            "何处失利：{loses}的抽样失利，未发现特别集中的范围。",
        ),
        "corner_tree": (
            "A tree (CART) puts it so: {rule}; it loses there in {density}, with {coverage} of the losses.",
            "分类树（CART）的说法：{rule}；其中{density}失利，含全部失利的{coverage}。",
        ),
        "column_moves": ("what moves {outcome}: groups", "何者移动{outcome}：各组"),
        "column_assumptions": ("assumptions", "假定数"),
        "column_moved": ("moves it by [95 %]", "移动多少[95%]"),
        "column_groups_decide": ("what decides {outcome}: groups", "何者决定{outcome}：各组"),
        "column_assumptions_decide": ("what decides {outcome}: assumptions", "何者决定{outcome}：各项假定"),
        "column_share": ("share [95 %]", "占比[95%]"),
        "column_p": ("p", "p值"),
        "column_lowest": ("lowest third", "最低三分之一"),
        "column_highest": ("highest third", "最高三分之一"),
        "column_turns": ("turns it", "逆转"),
        "column_corner": ("corner (PRIM)", "范围（PRIM）"),
        "column_from": ("from", "自"),
        "column_to": ("to", "至"),
        "column_quasi_p": ("quasi-p", "准p值"),
        "corner_undrawn": ("There is no corner to draw: no figure.", "没有可画的范围：未作图。"),
        "corner_title": ("Where the design loses: {outcome}", "方案在何处失利：{outcome}"),
        "corner_note": (
            "loses in {density} % of the box; {coverage} % of losses, {support} % of draws in it",
            "框内{density}%失利；含全部失利的{coverage}%、全部抽样的{support}%",
        ),
        "corner_more": ("also bounded by {names}", "另受限于{names}"),
        "corner_wins": ("better than the baseline", "优于基准"),
        "corner_loses": ("worse", "劣于基准"),
        "corner_box": ("corner in which it loses", "失利的范围"),
    }
)
"""Texts by key: English and Chinese."""

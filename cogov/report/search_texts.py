"""What the report of a search says beside the sentences of its answer, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SEARCH: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "search_question": (
            "Which design should {community} choose for {goals}, {budget}?",
            "就{goals}而言，{budget}，{community}应选哪个方案？",
        ),
        "search_front": ("The designs worth choosing between", "值得取舍的方案"),
        "search_figure": (
            "All designs that were tried, as differences from {baseline} in {x} and {y}",
            "全部试验过的方案：与{baseline}相比，{x}与{y}的差异",
        ),
        "search_alt": ("A scatter of {n} designs; {front}", "{n}个方案的散点图；{front}"),
        "search_alt_one": ("design {n}: {x}, {y}", "方案{n}：{x}，{y}"),
        "search_caption": (
            "Differences from {baseline} on {fresh} fresh seeds, with 95 % intervals",
            "与{baseline}的差异（{fresh}个新种子），附95%区间",
        ),
        "search_design": ("Design", "方案"),
        "search_adds": ("What each adds to {baseline}", "各方案在{baseline}之上增加什么"),
        "search_adds_none": ("nothing: it is {baseline} itself", "无：即{baseline}本身"),
        "search_adds_line": ("Design {n}: {adds}", "方案{n}：{adds}"),
        "search_less": ("without {names}", "不含{names}"),
        "search_named": ("The documents' own designs", "文件中的方案"),
        "search_fate": ("What became of it", "结果"),
        "search_tried": ("What became of the designs that were tried", "试验过的方案去向"),
        "search_number": ("Designs", "方案数"),
        "search_price": ("What it took", "代价"),
        "search_runs": (
            "{runs} runs of {weeks} weeks: {screening} of every design tried, up to {replicates} of those in"
            " the race, {fresh} of each design above",
            "共模拟{runs}次，每次{weeks}周：每个试验方案{screening}次，竞速方案至多{replicates}次，上列方案各{fresh}次",
        ),
        "search_files": (
            "The designs of the front are files beside this page ({designs}); tables: {tables}; what was"
            " asked: {asked}",
            "前沿方案另存为文件（{designs}）；数据表：{tables}；所问内容：{asked}",
        ),
        "fate_front": ("on the front", "位于前沿"),
        "fate_alike": ("hardly differs from one of the front", "与前沿方案相差无几"),
        "fate_beaten": ("beaten", "被超过"),
        "fate_over": ("over the budget", "超出预算"),
        "fate_screened": ("looked worse in the first runs", "初筛时看来较差"),
        "fate_failed": ("a run failed", "有模拟失败"),
    }
)

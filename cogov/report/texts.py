"""Every sentence of a report, in English and Chinese, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cogov import words as shared
from cogov.outcomes.measures import MEASURES
from cogov.report.chapters import CHAPTERS

_OWN: dict[str, tuple[str, str]] = {
    # Numbers
    "with_unit": ("{number} {unit}", "{number}{unit}"),
    "points": ("percentage points", "个百分点"),
    "per_cent": ("{number} %", "{number}%"),
    "range": ("{low} to {high}", "{low}至{high}"),
    "with_interval": ("{change} (95 % interval {interval})", "{change}（95%置信区间{interval}）"),
    "no_spread": ("no spread", "无离散"),
    "without_spread": ("{change} (the same in every pair)", "{change}（每对均相同）"),
    "cell_interval": ("{change} [{interval}]", "{change}［{interval}］"),
    "in_brackets": ("{text}: ", "{text}："),
    # What a comparison allows to be said
    "verdict_better": ("clearly better", "明显更好"),
    "verdict_worse": ("clearly worse", "明显更差"),
    "verdict_higher": ("clearly higher", "明显更高"),
    "verdict_lower": ("clearly lower", "明显更低"),
    "verdict_unclear": ("not clear", "差异不明确"),
    "verdict_same": ("the same", "无差异"),
    "verdict_untested": ("not tested", "未检验"),
    "verdict_none": ("no value", "无数值"),
    "group_better": ("Clearly better", "明显更好"),
    "group_worse": ("Clearly worse", "明显更差"),
    "group_higher": ("Clearly higher (neither good nor bad by itself)", "明显更高（本身无好坏之分）"),
    "group_lower": ("Clearly lower (neither good nor bad by itself)", "明显更低（本身无好坏之分）"),
    "group_unclear": ("No clear difference", "差异不明确"),
    "group_same": ("No difference at all in these runs", "各次运行中毫无差异"),
    "group_none": ("No value", "无数值"),
    "group_once_better": ("Better in this run; may be chance", "本次运行中更好，可能出于偶然"),
    "group_once_worse": ("Worse in this run; may be chance", "本次运行中更差，可能出于偶然"),
    "group_once_higher": ("Higher in this run; may be chance", "本次运行中更高，可能出于偶然"),
    "group_once_lower": ("Lower in this run; may be chance", "本次运行中更低，可能出于偶然"),
    "group_once_same": ("The same in this run", "本次运行中相同"),
    "statement": (
        "{outcome}: {mean} instead of {baseline}, {change}",
        "{outcome}：由{baseline}变为{mean}，变化{change}",
    ),
    # Headlines
    "nothing_done": (
        "No run of this study is done yet, so there is nothing to report.",
        "本研究尚无完成的运行，暂无结果可报告。",
    ),
    "nothing_compared": (
        "There are no runs of both the baseline ({baseline}) and another design, so nothing is compared.",
        "尚无基准方案（{baseline}）与其他方案均已完成的运行，无法比较。",
    ),
    "headline_single": (
        "Each design was run only once under the same conditions. What follows is how that one run went:"
        " with a single replicate nothing can be said about how sure the {n} differences are.",
        "相同条件下各方案仅运行一次。以下只是这一次运行的情况：仅有一次重复，无法判断这{n}项差异是否可靠。",
    ),
    "headline_once_each": (
        "Each combination of parameter values was run only once, so that no single difference can be tested;"
        " what follows sums up {n} differences over all combinations.",
        "每种参数组合仅运行一次，无法逐一检验差异；以下为{n}项差异在全部组合上的汇总。",
    ),
    "headline_untested": (
        "So many combinations of parameter values were run that single differences are not tested; what"
        " follows sums up {n} differences over all combinations.",
        "参数组合众多，不逐一检验差异；以下为{n}项差异在全部组合上的汇总。",
    ),
    "outcomes": ("{n} outcomes", "{n}项结果"),
    "comparisons": ("{n} comparisons (outcomes at every setting)", "{n}项比较（各种取值下的各项结果）"),
    "headline_good": (
        "{design} is clearly better than {baseline} in {better} of {of}, and clearly worse in none.",
        "与{baseline}相比，{design}在{of}中有{better}项明显更好，没有一项明显更差。",
    ),
    "headline_mixed": (
        "{design} is clearly better than {baseline} in {better} of {of} and clearly worse in {worse}. Which"
        " of them weighs more is a judgement that these numbers cannot make.",
        "与{baseline}相比，{design}在{of}中有{better}项明显更好、{worse}项明显更差；孰轻孰重需由决策者权衡，数据本身不能回答。",
    ),
    "headline_bad": (
        "{design} is clearly worse than {baseline} in {worse} of {of}, and clearly better in none.",
        "与{baseline}相比，{design}在{of}中有{worse}项明显更差，没有一项明显更好。",
    ),
    "headline_open": (
        "There is no clear difference between {design} and {baseline} in any of {of}. That does not show"
        " that there is none: the intervals say how large it may be.",
        "{design}与{baseline}在{of}中均无明确差异。这并不说明没有差异：置信区间给出了差异可能的大小。",
    ),
    "headline_rest": ("Not clear: {n}.", "差异不明确的有{n}项。"),
    "of_good": (
        "{design}: better in {better} of {n}, not clear in {unclear}",
        "{design}：{n}项中{better}项更好，{unclear}项不明确",
    ),
    "of_mixed": (
        "{design}: better in {better} of {n}, worse in {worse}, not clear in {unclear}",
        "{design}：{n}项中{better}项更好、{worse}项更差，{unclear}项不明确",
    ),
    "of_bad": (
        "{design}: worse in {worse} of {n}, not clear in {unclear}",
        "{design}：{n}项中{worse}项更差，{unclear}项不明确",
    ),
    "of_open": ("{design}", "{design}"),
    "of_same": (", the same in {n}", "，{n}项相同"),
    "headlines_good": (
        "Clearly better than {baseline} in some outcomes and clearly worse in none:",
        "与{baseline}相比，部分结果明显更好且无一明显更差：",
    ),
    "headlines_mixed": (
        "Clearly better than {baseline} in some outcomes and clearly worse in others, so that it depends on"
        " what weighs more:",
        "与{baseline}相比，有的结果明显更好、有的明显更差，取舍在于看重什么：",
    ),
    "headlines_bad": (
        "Clearly worse than {baseline} in some outcomes and clearly better in none:",
        "与{baseline}相比，部分结果明显更差且无一明显更好：",
    ),
    "headlines_open": (
        "No clear difference from {baseline} in any outcome:",
        "与{baseline}相比，各项结果均无明确差异：",
    ),
    "against": ("{design} against {baseline}", "{design}与{baseline}相比"),
    "in_community": ("{text}, {community}", "{text}（{community}）"),
    "for_community": ("{community}: {text}", "{community}：{text}"),
    "at_setting": ("{text}, at {setting}", "{text}（{setting}）"),
    # Over many combinations of values
    "settings": (
        "{outcome}: {counts} of {n} settings; from {low} ({low_at}) to {high} ({high_at})",
        "{outcome}：{n}种参数取值中{counts}；差异从{low}（{low_at}）到{high}（{high_at}）",
    ),
    "settings_alike": (
        "{outcome}: about {change} at all {n} settings",
        "{outcome}：{n}种参数取值下均约为{change}",
    ),
    "settings_better": ("clearly better at {n}", "{n}种明显更好"),
    "settings_worse": ("clearly worse at {n}", "{n}种明显更差"),
    "settings_higher": ("clearly higher at {n}", "{n}种明显更高"),
    "settings_lower": ("clearly lower at {n}", "{n}种明显更低"),
    "settings_unclear": ("not clear at {n}", "{n}种差异不明确"),
    "settings_same": ("the same at {n}", "{n}种无差异"),
    "settings_untested": ("not tested at {n}", "{n}种未检验"),
    "settings_none": ("{outcome}: no value", "{outcome}：无数值"),
    "settings_share_good": (
        "{outcome}: better in {good} of {n} settings, worse in {bad}; median {median}, the middle nine tenths"
        " {middle}",
        "{outcome}：{n}种参数取值中{good}更好、{bad}更差；中位数{median}，中间九成为{middle}",
    ),
    "settings_share_more": (
        "{outcome}: higher in {good} of {n} settings, lower in {bad}; median {median}, the middle nine tenths"
        " {middle}",
        "{outcome}：{n}种参数取值中{good}更高、{bad}更低；中位数{median}，中间九成为{middle}",
    ),
    # Best of several
    "best_sure": (
        "{outcome}: {design} is the best of all {n} designs (probability {chance}).",
        "{outcome}：{n}个方案中{design}最好（概率{chance}）。",
    ),
    "best_likely": (
        "{outcome}: {design} has the best mean of {n} designs (probability {chance}), but not every"
        " difference is clear.",
        "{outcome}：{n}个方案中{design}的均值最好（概率{chance}），但并非所有差异都明确。",
    ),
    "best_open": (
        "{outcome}: no design stands out; {design} comes first of {n} with probability {chance}.",
        "{outcome}：没有明显领先的方案；{n}个方案中{design}居首的概率为{chance}。",
    ),
    "best_tie": (
        "{outcome}: {designs} share the first place of {n} designs.",
        "{outcome}：{n}个方案中{designs}并列第一。",
    ),
    "best_ties": (
        "{outcome}: {tied} of {n} designs share the first place.",
        "{outcome}：{n}个方案中有{tied}个并列第一。",
    ),
    # Cautions
    "caution_missing": (
        "The study is incomplete: {missing} of {planned} runs ({share}) are missing. What is said here may"
        " change.",
        "研究尚未完成：{planned}次运行中还缺{missing}次（{share}）。以下结论可能改变。",
    ),
    "caution_failed": (
        "Runs that failed: {n}. They are left out; if they failed because of what a design does, the"
        " comparison is biased.",
        "有{n}次运行失败，未计入比较；若失败与方案本身有关，比较会有偏差。",
    ),
    "caution_single": (
        "Some differences rest on a single pair of runs: they have no interval and may be chance. Run more"
        " replicates.",
        "部分差异仅来自一对运行，没有置信区间，可能出于偶然。请增加重复次数。",
    ),
    "caution_few": (
        "There are only {n} pairs of runs for some differences. Bootstrap intervals from fewer than 10 pairs"
        " tend to be too narrow: take what is barely clear as a hint.",
        "部分差异仅有{n}对运行。少于10对时自助法区间往往偏窄：勉强明确的差异只宜视为线索。",
    ),
    "caution_untested": (
        "Differences at single combinations of values are not tested: shares and ranges over them say how"
        " results depend on the parameters, not how sure a single difference is.",
        "未对单个参数组合的差异作检验：比例和范围反映结果如何随参数变化，而非单项差异是否可靠。",
    ),
    "caution_precision": (
        "The precision that was asked for has not been reached for {outcomes}.",
        "以下结果尚未达到要求的精度：{outcomes}。",
    ),
    "caution_assumed": (
        "{assumed} of {n} numbers behind the model ({share}) are assumed or borrowed, not measured here."
        " Unless it has been calibrated, this is a demonstration of what follows from the assumptions, not a"
        " forecast.",
        "模型所用的{n}个数值中有{assumed}个（{share}）为假设或借用，并非本地实测。未经校准之前，本报告只演示这些假设的推论，不是预测。",
    ),
    # Designs
    "design_baseline": ("The baseline of comparison, with {n} rules.", "比较的基准方案，共{n}条规则。"),
    "design_diff": (
        "Against {baseline}: {added} rules added, {removed} removed, {changed} changed.",
        "与{baseline}相比：新增{added}条规则，取消{removed}条，修改{changed}条。",
    ),
    "design_same": (
        "Its rules are those of the baseline.",
        "其规则与基准方案相同。",
    ),
    "added": ("added", "新增"),
    "removed": ("removed", "取消"),
    "changed": ("changed", "修改"),
}

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({**_OWN, **CHAPTERS})
"""Every text by its key: English and Chinese."""


def phrase(key: str, lang: str, **values: object) -> str:
    """A text in a language, with its values filled in."""
    shared.check_language(lang)
    return TEXTS[key][shared.LANGUAGES.index(lang)].format(**values)


class Words:
    """The texts in one language, as sections and the template ask for them."""

    def __init__(self, lang: str) -> None:
        shared.check_language(lang)
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        return phrase(key, self.lang, **values)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts of a sentence, one after the other."""
        return (", " if self.lang == "en" else "、").join(parts)

    def parts(self, parts: Iterable[str]) -> str:
        """Statements, one after the other."""
        return shared.say("semicolon", self.lang).join(parts)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences, one after the other."""
        return (" " if self.lang == "en" else "").join(sentences)

    def name(self, outcome: str) -> str:
        """An outcome within a sentence."""
        found = shared.label(outcome, self.lang)
        return found[:1].lower() + found[1:]

    def described(self, outcome: str) -> str:
        """An outcome by what it is; measures have descriptions in English only, and names in Chinese."""
        about = MEASURES[outcome].doc if self.lang == "en" and outcome in MEASURES else ""
        return about[:1].upper() + about[1:] or shared.label(outcome, self.lang)

    def with_unit(self, text: str, unit: str) -> str:
        return shared.with_unit(text, unit, self.lang)

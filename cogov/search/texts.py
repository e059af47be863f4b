"""What is said of a search, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cogov.words import LANGUAGES, check_language, say

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "full_stop": (". ", "。"),
        "last": ("{before} and {last}", "{before}和{last}"),
        "hours": ("hours of those who govern", "治理人员工时"),
        "yuan": ("yuan paid", "支出"),
        "within": ("within {limits} beyond {baseline}", "比{baseline}多用不超过{limits}的条件下"),
        "limit_hours": ("{most:g} hours a week", "每周{most:g}工时"),
        "limit_yuan": ("{most:g} yuan a household and year", "每户每年{most:g}元"),
        "limit": ("{most:g} of {measure}", "{measure}{most:g}"),
        "without": ("without a limit to what they cost", "不限花费的条件下"),
        "all": ("all {n} designs (there are no others)", "全部{n}个可行方案"),
        "some": ("{n} designs (of {size} there are)", "{n}个方案（共{size}个）"),
        "one": (
            "Of {tried} tried in {community}, one is best in {goals} at once, {budget}: design 1",
            "在{community}试验了{tried}，{budget}，有一个方案在{goals}上同时最好：方案1",
        ),
        "several": (
            "Of {tried} tried in {community}, {n} are worth choosing between for {goals}, {budget}",
            "在{community}试验了{tried}，{budget}，就{goals}而言有{n}个值得取舍",
        ),
        "nobody": (
            "Of {tried} tried in {community}, none is found {budget}",
            "在{community}试验了{tried}，{budget}，没有可选的方案",
        ),
        "best": (
            "Best in {goal}: design {n}, {change} against {baseline}; it takes {hours} and {yuan} more",
            "{goal}最好的是方案{n}：与{baseline}相比{change}；多用{hours}、{yuan}",
        ),
        "best_baseline": (
            "Best in {goal}: design {n}, which is {baseline} itself",
            "{goal}最好的是方案{n}，即{baseline}本身",
        ),
        "in_all": ("All of them have {names}", "各方案都有{names}"),
        "in_none": ("None has {names}", "各方案都没有{names}"),
        "named_front": ("{name} is design {n} of the front", "{name}就是前沿方案{n}"),
        "named_over": ("{name} is over the budget ({by})", "{name}超出预算（{by}）"),
        "named_beaten": (
            "{name} is beaten: {by} is better in every goal",
            "{name}被超过：{by}在各项目标上都更好",
        ),
        "named_alike": (
            "{name} is not worse in every goal, but others are better or simpler by what matters",
            "{name}并非各项都差，但另有更好或更简单的方案",
        ),
        "named_failed": ("{name} could not be judged: a run failed", "{name}无法评判：有模拟失败"),
        "design_n": ("design {n}", "方案{n}"),
        "tried_one": ("another design ({name})", "另一方案（{name}）"),
        "over_by": ("{name}: {value} of {most:g}", "{name}：{value}，上限{most:g}"),
        "judged": (
            "Goals are judged by their {part} % quantile over draws of what is assumed: of 100 draws, in"
            " {part} a design does worse against the baseline than is said here",
            "各目标按模型假设抽样的{part}%分位数评判：100次抽样中约有{part}次，方案与基准相比不如此处所述",
        ),
        "judged_note": ("{part} % quantiles over draws", "抽样的{part}%分位数"),
        "covers_quantile": (
            "Each interval of a goal alone covers that quantile in 19 of 20 such searches, by order"
            " statistics of {fresh} fresh seeds and draws, which chose nothing",
            "各目标的区间按{fresh}个未参与选择的新种子与抽样的次序统计量估计，各自在20次中有19次包含该分位数",
        ),
        "covers_no_quantile": (
            "{fresh} fresh seeds and draws are too few for an interval of a {part} % quantile with both ends:"
            " fresh={needed} would give one",
            "{fresh}个新种子与抽样不足以给出{part}%分位数的双侧区间；fresh={needed}即可",
        ),
        "promise_budget": (
            "With a probability of 95 % none of the {entrants} designs that entered the race was dropped"
            " unless it is over the budget; none was dropped for being worse, as the race's test is of means."
            " Of the {screened} that looked worse in their first {runs} runs nothing is promised",
            "有95%的把握：进入竞速的{entrants}个方案中，除超出预算者外没有一个被误淘汰；"
            "竞速的检验针对均值，故没有方案因较差而被淘汰。对前{runs}次模拟中看来较差的{screened}个不作保证",
        ),
        "covers_draws": (
            "Each interval alone covers what chance and what is assumed do in 19 of 20 such searches: {fresh}"
            " fresh seeds, each with a draw of all {assumed} assumed numbers, which chose nothing",
            "每个区间各自在20次中有19次包含真值：用{fresh}个未参与选择的新随机种子估计，"
            "每个种子另抽一次全部{assumed}个假定值，因此区间包含随机波动和模型假设的不确定性",
        ),
        "covers": (
            "Each interval alone covers what chance does in 19 of 20 such searches: {fresh} fresh seeds,"
            " which chose nothing. It does not cover what is assumed of the model",
            "每个区间各自在20次中有19次包含随机波动下的真值："
            "用{fresh}个未参与选择的新随机种子估计。"
            "区间不包含模型假设的不确定性",
        ),
        "holds": (
            "On these seeds {held} of the {n} are still within the budget and beaten by none of the others",
            "在新种子上，{n}个中有{held}个仍在预算之内且不被其他方案超过",
        ),
        "curse": (
            "While they were being chosen they looked better than that by {by} of {goal} on average",
            "选择时它们的{goal}平均比此高估{by}",
        ),
        "promise": (
            "With a probability of 95 % none of the {entrants} designs that entered the race was dropped"
            " unless another is better in every goal, or it is over the budget; of the {screened} that looked"
            " worse in their first {runs} runs nothing is promised",
            "有95%的把握：进入竞速的{entrants}个方案中，没有一个被误淘汰"
            "（除非另有方案各项更好，或超出预算）；"
            "对前{runs}次模拟中看来较差的{screened}个不作保证",
        ),
        "saved": (
            "{runs:,} runs in all; every design as often as the front would have taken {every:,}",
            "共模拟{runs:,}次；若每个方案都与前沿方案同样多次，需{every:,}次",
        ),
    }
)


def text(key: str, lang: str = "en", **values: object) -> str:
    """A text in a language, with its values filled in."""
    check_language(lang)
    return TEXTS[key][LANGUAGES.index(lang)].format(**values)


def listed(names: Iterable[str], lang: str = "en") -> str:
    """Names one after the other."""
    return say("comma", lang).join(names)


def together(names: Iterable[str], lang: str = "en") -> str:
    """Names one after the other, the last of several after an "and"."""
    *before, last = names
    return text("last", lang, before=listed(before, lang), last=last) if before else last

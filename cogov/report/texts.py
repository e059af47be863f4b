"""Every sentence of a report, in English and Chinese, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from cogov import words as shared
from cogov.outcomes.measures import MEASURES
from cogov.report.chapters import CHAPTERS
from cogov.report.over_texts import OVER
from cogov.report.search_texts import SEARCH
from cogov.state.duties import OTHER, OWN

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
    "statement": (
        "{outcome}: {mean} instead of {baseline}, {change}: {finding}",
        "{outcome}：由{baseline}变为{mean}，变化{change}：{finding}",
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
    "sentence": ("{text}.", "{text}。"),
    "lead_change": ("{outcome} {change}", "{outcome}{change}"),
    "lead_mainly": ("{outcome} {change}, mainly {groups}", "{outcome}{change}，主要是{groups}"),
    "claimed": ("Its document ({seed}) claims: {text}", "文献（{seed}）称：{text}"),
    "lead_nothing": ("nothing is found to change by a size that matters", "没有发现幅度足够大的变化"),
    "lead_kept": ("{names} unchanged", "{names}基本不变"),
    "price_none": ("at no higher cost", "成本不增加"),
    "price_more": ("for {cost} more", "多花{cost}"),
    "price_less": ("for {cost} less", "少花{cost}"),
    "price_short": ("with purses that are short", "经费不足"),
    "head_better": ("Better", "改善"),
    "head_worse": ("Worse", "恶化"),
    "head_unharmed": ("Worse", "恶化"),
    "head_higher": ("More", "增加"),
    "head_lower": ("Less", "减少"),
    "head_nothing": ("Changes", "变化"),
    "head_settings": ("By setting", "各种取值"),
    "head_turns": ("Where it turns", "何处转折"),
    "head_levels": ("Levels", "取值之间"),
    "head_whence": ("Where from", "来自何处"),
    "head_whom": ("For whom", "惠及谁"),
    "head_through": ("Through what", "靠什么"),
    "head_cost": ("Bought with", "代价"),
    "head_small": ("Unchanged", "基本不变"),
    "head_open": ("Not decided", "尚无定论"),
    "head_few": ("Too few to tell", "数据太少"),
    "head_single": ("In one pair of runs", "仅一对运行"),
    "head_none": ("No value", "无数值"),
    "said_change": (
        "{outcome} {mean} instead of {baseline} ({change})",
        "{outcome}由{baseline}变为{mean}（{change}）",
    ),
    "said_change_of_scale": (
        "{outcome} {mean} instead of {baseline}, on a scale from 0 to 1 ({change})",
        "{outcome}（0至1）由{baseline}变为{mean}（{change}）",
    ),
    "said_between": ("{change}; 95 % interval {interval}", "{change}，95%置信区间{interval}"),
    "said_also": ("also {names}", "另有{names}"),
    "said_nothing": (
        "No outcome is found to change by a size that matters.",
        "没有发现任何结果有幅度足够大的变化。",
    ),
    "said_no_worse": ("Nothing is found to get worse by a size that matters.", "没有发现有何结果明显恶化。"),
    "said_open": ("{outcome} {change}", "{outcome}{change}"),
    "said_more": ("{text}: some {n} more replicates would tell", "{text}：约再重复{n}次可见分晓"),
    "said_more_one": ("{text}: one more replicate would tell", "{text}：约再重复1次可见分晓"),
    "said_most": (
        "Of {all} designs (in all communities) those {n} that change most are spoken of.",
        "共{all}个方案（含各社区），以上为变化最大的{n}个。",
    ),
    "said_idle": (
        "Nothing is found to change by a size that matters under {designs}.",
        "未发现{designs}有幅度足够大的变化。",
    ),
    "said_rest": ("The other {n} are in the tables.", "其余{n}个见表格。"),
    "said_rest_one": ("The other one is in the tables.", "其余1个见表格。"),
    "whence": ("Of the change in satisfaction ({total}): {parts}.", "获得感的变化（{total}）中：{parts}。"),
    "whence_satisfaction_services": ("services {change}", "服务{change}"),
    "whence_satisfaction_issues": ("problems {change}", "问题{change}"),
    "whence_satisfaction_works": ("lifts and other works {change}", "电梯等设施{change}"),
    "whom_mainly_more": (
        "Satisfaction rises mainly for {groups}: {people} of residents have {share} of the gain; others"
        " {others}.",
        "获得感的提升主要在{groups}：占居民{people}的人得到{share}的提升；其余人群{others}。",
    ),
    "whom_mixed_more": (
        "Satisfaction rises for {groups}, {people} of residents; others {others}.",
        "获得感在{groups}中提升，占居民{people}；其余人群{others}。",
    ),
    "whom_mainly_less": (
        "Satisfaction falls mainly for {groups}: {people} of residents have {share} of the loss; others"
        " {others}.",
        "获得感的下降主要在{groups}：占居民{people}的人承担{share}的下降；其余人群{others}。",
    ),
    "whom_mixed_less": (
        "Satisfaction falls for {groups}, {people} of residents; others {others}.",
        "获得感在{groups}中下降，占居民{people}；其余人群{others}。",
    ),
    "whom_alike": (
        "Satisfaction changes about alike for all groups ({change}).",
        "各类人群的获得感变化相近（{change}）。",
    ),
    "whom_lose": ("Losing by a size that matters: {groups}.", "明显受损的人群：{groups}。"),
    "whom_lose_none": ("No group is found to lose by a size that matters.", "没有发现明显受损的人群。"),
    "through_unasked": (
        "Which mechanisms carry this has not been worked out; this does it:",
        "哪些机制起作用尚未分解，可运行：",
    ),
    "through_of": (
        "{outcome} through {mechanisms}, of {total} in all",
        "{outcome}靠{mechanisms}，合计{total}",
    ),
    "through_none": (
        "{outcome}: no mechanism is sure to carry the {total}",
        "{outcome}：尚不能确定{total}来自哪一机制",
    ),
    "through_one": ("{mechanism} ({change})", "{mechanism}（{change}）"),
    "bill_money": ("{mean}, against {baseline}", "{mean}（基准为{baseline}）"),
    "bill_of_money": (
        "of it money of purses {mean}, against {baseline}",
        "其中资金支出{mean}（基准为{baseline}）",
    ),
    "bill_paid": ("hours worth more a week of {payers}", "每周工时成本增加：{payers}"),
    "bill_payer": ("{who} (+{yuan} yuan)", "{who}（+{yuan}元）"),
    "bill_same": ("no higher cost", "成本不增加"),
    "bill_more": ("a week {hours} more", "每周多用{hours}"),
    "bill_less": ("a week {hours} less", "每周少用{hours}"),
    "bill_who": ("{hours} h of {who}", "{who}{hours}小时"),
    "bill_for": ("most of it for {purposes}", "主要用于{purposes}"),
    "bill_purpose": ("{what} (+{hours} h)", "{what}（+{hours}小时）"),
    "bill_free": ("no hours that matter", "工时基本不变"),
    "who_cost_committee": ("committees", "居委会"),
    "who_cost_office": ("the subdistrict office and the district", "街道和区"),
    "who_cost_departments": ("departments", "条线部门"),
    "who_cost_firms": ("property firms", "物业公司"),
    "who_cost_units": ("joint-building units", "驻区单位"),
    "who_cost_volunteers": ("volunteers", "志愿者"),
    "who_cost_posts": ("other posts", "其他岗位"),
    "who_hours_committee": ("committees", "居委会"),
    "who_hours_office": ("the subdistrict office", "街道办"),
    "who_hours_departments": ("departments", "条线部门"),
    "who_hours_firm": ("property firms", "物业公司"),
    "who_hours_posts": ("other posts", "其他岗位"),
    "who_hours_volunteers": ("volunteers", "志愿者"),
    "who_seat_hours": ("council seats", "议事席位"),
    **{f"for_hours_{duty.name}": (duty.doc, duty.zh) for duty in (*OWN, OTHER)},
    "money_short": (
        "Of the money that posts and rules want of their purses, {paid} is paid: what is spent is what the"
        " purses have, an input and not a finding.",
        "各岗位和规则所需经费到位{paid}：支出取决于各项资金有多少，是输入，不是结论。",
    ),
    "sure_seeds": (
        "How sure: intervals (95 %) are over {n} pairs of runs with the same seeds and cover chance only."
        " They do not cover the {share} of the model's numbers that are assumed.",
        "有多可靠：95%置信区间来自{n}对随机种子相同的运行，只反映偶然性，不反映模型中{share}的假设数值。",
    ),
    "sure_seeds_settings": (
        "How sure: intervals (95 %) cover chance over {n} pairs of runs and the ranges of the parameters that"
        " were varied. They do not cover the rest of the {share} of the model's numbers that are assumed.",
        "有多可靠：95%置信区间反映{n}对运行的偶然性和所变动参数的取值范围，不反映模型中{share}的假设数值的其余部分。",
    ),
    "sure_settings": (
        "How sure: intervals (95 %) cover the ranges of the parameters that were varied, with {n} replicate"
        " of each setting. They do not cover the rest of the {share} of the model's numbers that are"
        " assumed.",
        "有多可靠：95%置信区间反映所变动参数的取值范围（每种取值重复{n}次），不反映模型中{share}的假设数值的其余部分。",
    ),
    "sure_nothing": (
        "There are too few runs for any interval: what is said here may be chance.",
        "运行次数太少，没有置信区间：以上可能出于偶然。",
    ),
    "baseline_about": (
        "Simulated in a model, and compared with {baseline}: {about}",
        "在模型中模拟，比较基准为{baseline}：{about}",
    ),
    "against": ("{design} against {baseline}", "{design}与{baseline}相比"),
    "in_community": ("{text}, {community}", "{text}（{community}）"),
    "for_community": ("{community}: {text}", "{community}：{text}"),
    "at_setting": ("{text}, at {setting}", "{text}（{setting}）"),
    # Over many combinations of values
    "settings_untested": ("Single settings are not tested.", "单种取值未作检验。"),
    "settings_of": (
        "{outcome} {counts} of {n} settings (from {low} to {high})",
        "{outcome}在{n}种取值中{counts}（从{low}到{high}）",
    ),
    "settings_size_better": ("better by a size that matters in {n}", "{n}种明显更好"),
    "settings_size_worse": ("worse by a size that matters in {n}", "{n}种明显更差"),
    "settings_size_more": ("more by a size that matters in {n}", "{n}种明显更高"),
    "settings_size_less": ("less by a size that matters in {n}", "{n}种明显更低"),
    "settings_size_none": ("changed by a size that matters in none", "没有一种有明显变化"),
    "settings_sign_better": ("better in {n}", "{n}种更好"),
    "settings_sign_worse": ("worse in {n}", "{n}种更差"),
    "settings_sign_more": ("more in {n}", "{n}种更高"),
    "settings_sign_less": ("less in {n}", "{n}种更低"),
    "settings_sign_none": ("changed in none", "没有一种有变化"),
    "turns_at": (
        "{outcome} turns with {parameter}: {first} below {split}, {second} above",
        "{outcome}随“{parameter}”转折：低于{split}时{first}，高于时{second}",
    ),
    "turns_word": (
        "{outcome} turns with {parameter}: {first} at {split}, {second} otherwise",
        "{outcome}随“{parameter}”转折：取{split}时{first}，否则{second}",
    ),
    "follows_at": (
        "{outcome} follows {parameter} but keeps its sign: {first} below {split}, {second} above",
        "{outcome}随“{parameter}”变化但方向不变：低于{split}时{first}，高于时{second}",
    ),
    "follows_word": (
        "{outcome} follows {parameter} but keeps its sign: {first} at {split}, {second} otherwise",
        "{outcome}随“{parameter}”变化但方向不变：取{split}时{first}，否则{second}",
    ),
    "levels_of": ("{parameter}: {text}", "{parameter}：{text}"),
    "levels_differ": ("it matters for {changes}.", "影响{changes}。"),
    "levels_range": (
        "{outcome} (by {change}; least at {lowest}, most at {highest})",
        "{outcome}（相差{change}；取{lowest}时最低，取{highest}时最高）",
    ),
    "levels_small": (
        "No two levels differ by a size that matters in {outcomes}.",
        "对{outcomes}无明显影响。",
    ),
    "levels_open": ("Not decided for {outcomes}.", "对{outcomes}的影响尚无定论。"),
    "levels_few": ("Too few replicates to tell for {outcomes}.", "重复太少，对{outcomes}的影响无法判断。"),
    # Best of several
    "best_sure": (
        "{outcome}: {design} is the best of all {n} designs, by a size that matters (probability {chance}).",
        "{outcome}：{n}个方案中{design}最好，且领先幅度足够大（概率{chance}）。",
    ),
    "best_likely": (
        "{outcome}: {design} has the best mean of {n} designs (probability {chance}).",
        "{outcome}：{n}个方案中{design}的均值最好（概率{chance}）。",
    ),
    "best_open": (
        "{outcome}: no design stands out; {design} comes first of {n} with probability {chance}.",
        "{outcome}：没有明显领先的方案；{n}个方案中{design}居首的概率为{chance}。",
    ),
    "best_near": (
        "{outcome}: {designs} are ahead of {n} designs and within what matters of each other.",
        "{outcome}：{n}个方案中{designs}领先，彼此相差无关紧要。",
    ),
    "best_all": (
        "{outcome}: all {n} designs are within what matters of each other.",
        "{outcome}：{n}个方案彼此相差都无关紧要。",
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
    "caution_unsettled": (
        "When the record began, the baseline was not stationary in {n} of {runs} runs: what still moved was"
        " {names}. Differences after three years may be transients; look at them at ten.",
        "记录开始时，{runs}次运行中有{n}次基准方案尚未平稳，仍在变动的有：{names}。三年的差异可能只是过渡现象，请看十年的差异。",
    ),
    "caution_no_run_in": (
        "The record begins with an empty community (run_in=0): what follows is in part the filling up.",
        "记录始于空白社区（没有预运行）：其后的变化部分只是逐渐填充的过程。",
    ),
    "caution_few": (
        "Some differences have too few pairs of runs, or too many equal ones, for an interval. Run more"
        " replicates.",
        "部分差异的运行对数太少，或相等的太多，无法给出置信区间。请增加重复次数。",
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
    "no_longer": ("no longer {what}", "不再{what}"),
    "added": ("added", "新增"),
    "removed": ("removed", "取消"),
    "changed": ("changed", "修改"),
}

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({**_OWN, **CHAPTERS, **OVER, **SEARCH})
"""Every text by its key: English and Chinese."""


def phrase(key: str, lang: str, **values: object) -> str:
    """A text in a language, with its values filled in."""
    shared.check_language(lang)
    return TEXTS[key][shared.LANGUAGES.index(lang)].format(**values)


MOST_LISTED = 3  # names in a sentence, if there may be many


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

    def counted(self, several: str, one: str, n: float, **values: object) -> str:
        """The text (key) that agrees in number with how many there are."""
        return self(one if n == 1 else several, n=f"{n:,.0f}", **values)

    def capped(self, parts: Sequence[str]) -> str:
        """The first parts of a sentence, and how many more there are."""
        listed = self.listed(parts[:MOST_LISTED])
        left = len(parts) - MOST_LISTED
        return self("listed_more", listed=listed, n=left) if left > 0 else listed

    def parts(self, parts: Iterable[str]) -> str:
        """Statements, one after the other."""
        return shared.say("semicolon", self.lang).join(parts)

    def capital(self, text: str) -> str:
        """A text as a sentence begins; an identifier stays as it is."""
        return text if "_" in text.partition(" ")[0] else text[:1].upper() + text[1:]

    def clause(self, parts: Iterable[str]) -> str:
        """Parts of a statement, one after the other."""
        return shared.say("comma", self.lang).join(parts)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences, one after the other."""
        return (" " if self.lang == "en" else "").join(sentences)

    def name(self, outcome: str) -> str:
        """An outcome within a sentence."""
        found = shared.label(outcome, self.lang)
        return found[:1].lower() + found[1:]

    def definition(self, outcome: str) -> str:
        """What an outcome is; empty for one that cogov does not know."""
        if outcome not in MEASURES:
            return ""
        return MEASURES[outcome].doc if self.lang == "en" else MEASURES[outcome].doc_zh

    def with_unit(self, text: str, unit: str) -> str:
        return shared.with_unit(text, unit, self.lang)

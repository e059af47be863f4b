"""Words of tables, figures and reports, in English and Chinese, in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import get_type_hints

from cogov.kit.errors import StudyError, unknown
from cogov.kit.fields import Parameters
from cogov.kit.names import HEADS, MADE_UP, PROCESSES, RULES, UNITS
from cogov.outcomes.measures import MEASURES
from cogov.words_robust import ROBUST

LANGUAGES = ("en", "zh")

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **ROBUST,
        # Punctuation
        "comma": (", ", "，"),
        "semicolon": ("; ", "；"),
        "colon": (": ", "："),
        "unit": ("{text} ({unit})", "{text}（{unit}）"),
        # Measures
        "more": ("more is better", "越高越好"),
        "less": ("less is better", "越低越好"),
        # What a difference comes to
        "finding_better": ("better", "更好"),
        "finding_worse": ("worse", "更差"),
        "finding_higher": ("higher", "更高"),
        "finding_lower": ("lower", "更低"),
        "finding_differs": ("differs", "有差异"),
        "finding_small": ("too small to matter", "小到无关紧要"),
        "finding_open": ("not decided yet", "尚无定论"),
        "finding_same": ("the same", "无差异"),
        "finding_few": ("too few to tell", "数据太少"),
        "finding_single": ("one pair, may be chance", "仅一对，可能偶然"),
        "finding_none": ("no value", "无数值"),
        # What is drawn
        "mean": ("mean of {n} replicates", "{n}次重复的均值"),
        "single": ("one replicate, no interval", "仅一次重复，无区间"),
        "band": ("band: 95 % interval of the mean", "色带：均值的95%置信区间"),
        "bar": ("bar: 95 % interval of the mean", "线段：均值的95%置信区间"),
        "no_value": ("no value", "无数值"),
        "community": ("community: {name}", "社区：{name}"),
        # Trajectories
        "week": ("week", "周"),
        "smooth": ("{n}-week trailing mean", "{n}周移动平均"),
        "reform": ("dashed line: reform in week {week}", "竖虚线：第{week}周改革"),
        # Paths of an issue
        "paths": ("who has issue {case} ({kind}), week by week", "个案{case}（{kind}）逐周由谁经办"),
        "path_nobody": ("nobody yet", "尚无人知"),
        "path_event": ("something happened", "事件"),
        "path_hours": ("hours spent on it", "投入工时"),
        "path_passing": ("in passing, or no hours", "旁及或无暇"),
        "path_resolved": ("resolved", "解决"),
        "path_lost": ("lost or dropped", "丢失或搁置"),
        "path_open": ("open at the end", "期末未结"),
        # Drift
        "years": ("years of the record", "记录年数"),
        "drift": (
            "change since the first half-year, by half-year; {n} replicates",
            "与首个半年相比的变化（按半年）；{n}次重复",
        ),
        "drift_of": ("design: {design}", "方案：{design}"),
        "drift_band": (
            "band: mean of the replicates ± 2 standard deviations",
            "色带：各次重复的均值±2倍标准差",
        ),
        "drift_matters": ("dotted lines: smallest difference that matters", "点线：要紧的最小差异"),
        # Effects
        "difference": ("difference from {baseline}, same seeds", "与{baseline}之差，随机种子相同"),
        "t_interval": ("dot: mean; bar: 95 % interval (Student's t)", "点：均值；线段：95%置信区间（t分布）"),
        "pairs": ("{n} pairs", "{n}对"),
        "by_size": ("by a size that matters", "差异有实际意义"),
        "undecided": ("not decided yet", "尚未判定"),
        "small": ("found too small to matter", "判定为差异过小"),
        "too_small": ("differences too small to matter", "过小、无实际意义的差异"),
        "one_pair": ("one pair, no interval", "仅一对，无区间"),
        # Response
        "not_varied": (
            "horizontal: a design without this parameter",
            "水平线：不含该参数的方案",
        ),
        # Heat map
        "hole": ("hatched: no value", "斜线：无数值"),
        "cell": ("± half-width of its 95 % interval", "±95%置信区间半宽"),
        # Trade-off
        "front": ("line: Pareto front; pale: dominated designs", "连线：帕累托前沿；淡色：被支配的方案"),
        "no_front": (
            "no Pareto front: neither more nor less of one of these is better",
            "无帕累托前沿：其中一项无好坏方向",
        ),
        # The front of a search
        "front_point": ("on the front, by number", "前沿方案（编号）"),
        "front_tried": ("tried, screening runs only", "试验过的其他方案（仅初筛）"),
        "front_over": ("tried, over the budget", "试验过但超出预算"),
        "front_line": ("line: Pareto front", "连线：帕累托前沿"),
        "front_bar": ("bar: 95 % interval over fresh seeds, each alone", "线段：新种子的95%置信区间（各自）"),
        # Attribution
        "all_together": ("all together", "合计"),
        "attribution": ("{outcome}: what each mechanism contributes", "{outcome}：各机制的贡献"),
        "attribution_total": (
            "{baseline} without them, {mean} with all",
            "无这些机制 {baseline}，全部实施 {mean}",
        ),
        "interaction": ("interaction", "交互作用"),
        "shapley": ("Shapley value", "夏普利值"),
        "improves": ("improves it", "改善"),
        "worsens": ("worsens it", "变差"),
        "raises": ("raises it", "提高"),
        "lowers": ("lowers it", "降低"),
        "unsure": ("pale: interval includes 0", "淡色：区间含0"),
        "interval": ("bar: 95 % interval", "线段：95%置信区间"),
        "families": ("by families of mechanisms", "按机制类别"),
        # Interactions
        "interactions": ("{outcome}: how mechanisms work together", "{outcome}：机制间的交互作用"),
        "interactions_note": ("what two do beyond the sum of each", "两者并存时超出各自之和的部分"),
        "interactions_sure": ("framed: 95 % interval excludes 0", "加框：95%置信区间不含0"),
        "synergy": ("synergy", "协同"),
        "crowding_out": ("crowding out", "挤出"),
        "above_sum": ("above the sum", "大于之和"),
        "below_sum": ("below the sum", "小于之和"),
        # Sensitivity
        "sensitivity": ("{outcome}: which parameters its spread comes from", "{outcome}：差异来自哪些参数"),
        "share_of_variance": ("share of the variance", "方差占比"),
        "first_order": ("first order: by itself", "一阶：单独作用"),
        "total_order": ("total order: with its interactions", "总阶：含交互作用"),
        "screening": (
            "{outcome}: which parameters it responds to (Morris screening)",
            "{outcome}：对哪些参数敏感（莫里斯筛选）",
        ),
        "mu_star": ("mean size of the effect, μ*", "效应绝对值的均值 μ*"),
        "sigma": ("spread of the effect, σ", "效应的标准差 σ"),
        "diagonal": (
            "above the dashed line effects depend on other parameters or change sign",
            "虚线以上：效应随其他参数变化或变号",
        ),
        # Places
        "old_compound": ("old compound", "老旧小区"),
        "tile": ("tile: one compound, as wide as it has residents", "每块：一个小区，宽度为其居民数"),
        "residents": ("residents", "居民（人）"),
        "neighbourhood": ("neighbourhood", "居民区"),
        "scale_ends": ("− {less}, + {more}", "−{less}，+{more}"),
        "tile_interval": (
            "95 % interval of a compound: ± {half} (median)",
            "小区95%置信区间：±{half}（中位数）",
        ),
        "one_of": (
            "replicate {replicate} of {n}, as each has places of its own",
            "第{replicate}次重复（共{n}次，各次的小区不同）",
        ),
        # Why a difference
        "waterfall": ("{outcome}: from {a} to {b}, part by part", "{outcome}：从{a}到{b}，逐项分解"),
        "waterfall_rest": ("all others", "其余合计"),
        "paths_note": (
            "where the paths of {parted} issues part; {same} have one history under both; {n} seeds together;"
            " colours: how it ended under {a}",
            "{parted}件问题的路径在何处分岔；另有{same}件在两种方案下经历相同；{n}个种子合计；"
            "颜色：{a}下的结局",
        ),
        "paths_part": ("where paths part", "路径分岔处"),
        "hours_title": ("{design}: {hours} hours a week", "{design}：每周{hours}小时"),
        "hours_who": ("who", "谁"),
        "hours_what": ("on what", "做什么"),
        "hours_note": ("hours a week by who spends them on what", "每周工时：谁用于什么"),
        # Lorenz curves
        "lorenz": (
            "{outcome}: how evenly it is spread over compounds, by residents",
            "{outcome}：在各小区居民间的分布",
        ),
        "lorenz_curve": ("Lorenz curves", "洛伦兹曲线"),
        "lorenz_people": (
            "cumulated share of residents, lowest compounds first",
            "居民累计占比（小区由低到高）",
        ),
        "lorenz_have": ("cumulated share of the outcome", "结果累计占比"),
        "lorenz_short": ("Distance below equality", "低于平等线的距离"),
        "lorenz_gap": ("share of residents − share of the outcome", "居民占比 − 结果占比"),
        "equality": ("equality", "完全平等"),
        "plus_minus": ("Gini ±: half-width of its 95 % interval", "基尼系数±：95%置信区间半宽"),
        "gini": ("Gini", "基尼系数"),
        # Network
        "after_week": ("as it stands after week {week}", "第{week}周末的状况"),
        "alliance": ("alliance of firms", "物业联盟"),
        "outside": ("outside", "区外"),
        "node_department": ("department", "条线部门"),
        "node_post": ("office or centre", "办事机构"),
        "node_council": ("council", "议事会"),
        "node_list": ("list of offers", "供给清单"),
        "node_alliance": ("alliance of firms", "物业联盟"),
        "node_committee": ("neighbourhood committee", "居委会"),
        "node_unit": ("joint-building units", "驻区单位"),
        "node_firm": ("property firm", "物业公司"),
        "edge_seat": ("has a seat", "有席位"),
        "edge_offers": ("makes offers known", "公开供给"),
        "edge_serves": ("serves compounds", "服务小区"),
        "edge_member": ("is a member", "成员"),
        "edge_calls": ("calls departments", "约请部门"),
        "edge_keeps": ("keeps alive", "维持运行"),
        "edge_forwards": ("passes issues up", "上报问题"),
    }
)
"""Every text of a figure by its key: English and Chinese."""


def check_language(lang: str) -> None:
    """See that a language is one of `LANGUAGES`.

    Raises
    ------
    StudyError
        If not.
    """
    if lang not in LANGUAGES:
        raise StudyError(unknown("language", lang, LANGUAGES, "lang"))


def say(key: str, lang: str = "en", **values: object) -> str:
    """A text of `TEXTS` in a language, with its values filled in."""
    check_language(lang)
    return TEXTS[key][LANGUAGES.index(lang)].format(**values)


def sentence(parts: Iterable[str], lang: str = "en") -> str:
    """Parts that are not empty, as one line that begins with a capital."""
    text = say("semicolon", lang).join(filter(None, parts))
    return text[:1].upper() + text[1:]


def with_unit(text: str, unit: str, lang: str = "en") -> str:
    """``text (unit)``, or only the text if there is no unit."""
    return say("unit", lang, text=text, unit=unit) if unit else text


def label(measure: str, lang: str = "en") -> str:
    """A measure's name as words: ``trust_committee`` -> ``Trust committee``, or 对居委会信任."""
    check_language(lang)
    if lang == "zh" and measure in MEASURES:
        return MEASURES[measure].zh
    return measure.replace("_", " ").capitalize()


def unit(name: str, lang: str = "en") -> str:
    """A unit in a language; one that is not known stays as it is."""
    check_language(lang)
    return UNITS.get(name, name) if lang == "zh" else name


def weekly_unit(measure: str, lang: str = "en") -> str:
    """The unit of a measure's weekly values, or ``""``."""
    return unit(MEASURES[measure].unit if measure in MEASURES else "", lang)


def outcome_unit(measure: str, lang: str = "en") -> str:
    """The unit of a run's outcome: a sum over weeks of "lifts/week" is in "lifts", of "1/week" a number."""
    about = MEASURES.get(measure)
    if about is None or about.how != "sum":
        return weekly_unit(measure, lang)
    if about.unit == "1/week":
        return unit("number", lang)
    return weekly_unit(measure, lang).removesuffix("/周" if lang == "zh" else "/week")


def better(measure: str, lang: str = "en") -> str:
    """Whether more or less of it is better; ``""`` if neither, or if nothing is known of it."""
    way = MEASURES[measure].better if measure in MEASURES else 0
    return say({1: "more", -1: "less"}[way], lang) if way else ""


def outcome_axis(measure: str, lang: str = "en") -> str:
    """Unit of an outcome and which way is better, for an axis."""
    return say("comma", lang).join(filter(None, (outcome_unit(measure, lang), better(measure, lang))))


def design(name: str, lang: str = "en", names: Mapping[str, str] | None = None) -> str:
    """What a design is called: in Chinese as ``names`` (name -> Chinese name) has it, else its name."""
    check_language(lang)
    return (names or {}).get(name) or name if lang == "zh" else name


FAMILIES = {
    "councils": "议事与居委会",
    "neighbourliness": "邻里营造",
    "party": "党员报到",
    "property": "物业与加梯",
    "services": "专业服务",
    "structure": "体制与网格",
    "units": "驻区单位共建",
}
"""Families of mechanisms in Chinese."""


def mechanism(name: str, lang: str = "en", names: Mapping[str, str] | None = None) -> str:
    """What a mechanism is called: in Chinese as ``names`` or the mechanism itself has it, else its name."""
    from cogov.mechanisms import registry

    check_language(lang)
    if lang != "zh":
        return name
    return (names or {}).get(name) or str(getattr(registry().get(name), "zh", FAMILIES.get(name, name)))


def rule(name: str, lang: str = "en") -> str:
    """What a post, council or list is called: in Chinese if it is one of cogov's own, else its name."""
    check_language(lang)
    return RULES.get(name, name) if lang == "zh" else name


def generated(name: str, lang: str = "en") -> str:
    """A place or organisation as a text has it: in Chinese where cogov made the name up, else its name.

    >>> [generated(name, "zh") for name in ("N03", "N03C2 (2)", "Firm 5", "school 1", "华东医院")]
    ['3居', '3居2号小区（2）', '物业公司5', '学校1', '华东医院']
    """
    check_language(lang)
    if lang != "zh":
        return name
    plain, copy = re.fullmatch(r"(.*?)(?: \((\d+)\))?", name, re.DOTALL).groups()  # type: ignore[union-attr]
    if place := re.fullmatch(r"N(\d+)(?:C(\d+))?", plain):
        shown = f"{int(place[1])}居" + (f"{place[2]}号小区" if place[2] else "")
    elif (numbered := re.fullmatch(r"(\D+) (\d+)", plain)) and numbered[1] in MADE_UP:
        shown = MADE_UP[numbered[1]] + numbered[2]
    else:
        return name
    return shown + (f"（{copy}）" if copy else "")


def parameter(path: str, lang: str = "en") -> str:
    """A parameter's path as words.

    >>> parameter("design.mechanisms.three_level_platform.blocks")
    'three_level_platform: blocks'
    >>> parameter("design.mechanisms.three_level_platform.blocks", "zh")
    '街道-街区-居民区三级联动平台：blocks'
    """
    return say("colon", lang).join(filter(None, parameter_words(path, lang)))


def parameter_words(path: str, lang: str = "en") -> tuple[str, str]:
    """What has a parameter, such as a mechanism or ``""``, and the parameter."""
    check_language(lang)
    owner, _, name = path.rpartition(".")
    owner = owner.rpartition(".")[2]
    if lang == "zh":
        named = PROCESSES if path.startswith("processes.") else HEADS
        return getattr(_kind(path), "zh", named.get(owner, owner)), HEADS.get(name, name)
    return owner, name


def settings(values: Iterable[tuple[str, str]], lang: str = "en") -> list[str]:
    """Values of parameters by path as words, one text for each thing that has some of them.

    >>> settings([("community.elder_share", "0.4"), ("community.scale", "2"), ("reform_week", "26")])
    ['community: elder_share = 0.4, scale = 2', 'reform_week = 26']
    """
    found: dict[str, list[str]] = {}
    for path, value in values:
        owner, name = parameter_words(path, lang)
        found.setdefault(owner, []).append(f"{name} = {value}")
    colon, comma = say("colon", lang), say("comma", lang)
    return [colon.join(filter(None, (owner, comma.join(parts)))) for owner, parts in found.items()]


def parameter_unit(path: str, lang: str = "en") -> str:
    """The unit of a parameter by its path, or ``""``."""
    kind = _kind(path)
    found = {field.name: field.metadata.get("unit", "") for field in fields(kind)} if kind else {}
    return unit(found.get(path.rpartition(".")[2], ""), lang)


def parameter_axis(path: str, lang: str = "en") -> str:
    """A parameter with its unit, for an axis."""
    return with_unit(parameter(path, lang), parameter_unit(path, lang), lang)


def _kind(path: str) -> type[Parameters] | None:
    """The class that declares the parameter, if there is one."""
    from cogov.community.quantities import Quantities
    from cogov.mechanisms import registry
    from cogov.processes import Processes

    match path.split("."):
        case ["design", "mechanisms", mechanism, _]:
            return registry().get(mechanism)
        case ["processes", process, _]:
            return get_type_hints(Processes).get(process)
        case ["community", _]:
            return Quantities
    return None

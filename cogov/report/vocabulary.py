"""Names of groups, rule fields and sources in English and Chinese, as a report shows them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cogov.kit.names import RULES
from cogov.outcomes.groups import NAMES
from cogov.rules.pools import POOLS
from cogov.terms import (
    Age,
    Capability,
    Cause,
    Event,
    Kind,
    Level,
    Line,
    Service,
    Site,
    Source,
    Term,
    UnitKind,
    Want,
)


class Code(str):
    """Text that is an identifier, or a value as a file has it: a report shows it as such."""

    __slots__ = ()


READABLE: Mapping[str, str] = MappingProxyType(
    {
        "0-1": "",
        "0–1": "",
        "h/week": "h a week",
        "yuan/week": "yuan a week",
        "yuan/(household x year)": "yuan per household and year",
        "1/(1,000 households x year)": "per 1,000 households and year",
        "元/(户·年)": "元/户/年",
        "单/(千户·年)": "单/千户/年",
        "share": "%",
        "比例": "%",
    }
)
"""Units as a sentence has them, where they differ from those of tables."""

BY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "age": ("By age", "按年龄"),
        "elders": ("Under 60, and 60 and over", "按是否满60岁"),
        "tenure": ("By tenure", "按住房权属"),
        "compound_age": ("By age of the compound", "按小区新旧"),
        "start": ("By how the compound was before", "按改革前状况"),
    }
)
GROUPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "under_12": ("under 12", Age.UNDER_12.zh),
        "age_80_plus": ("80 and over", Age.AGE_80_PLUS.zh),
        **NAMES,
        "worst_tenth": ("worst-off tenth of compounds", "改革前最差一成小区"),
    }
)
SOURCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "assumed": ("assumed", "假设"),
        "partly": ("partly assumed", "部分假设"),
        "borrowed": ("taken from another community", "借用其他社区"),
        "facts": ("published figures", "公开数据"),
        "documents": ("documents of the case", "案例文件"),
        "given": ("given by the user, without a source", "用户给定，未注明来源"),
        "other": ("other, named", "其他，已注明"),
    }
)
"""Kinds of source of a number, those that make a result a demonstration first."""
ASSUMED = ("assumed", "partly", "borrowed")

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "admin_share": "行政占比",
        "adopt": "采纳机会",
        "answer": "答复工时",
        "alarms": "误报次数",
        "alike": "同类型",
        "hosted_by": "主讲岗位",
        "most": "最多处数",
        "topics": "议题数",
        "also": "兼治病根",
        "area": "范围",
        "bad": "病根达到程度",
        "ask": "动员占比",
        "asked": "受邀比例",
        "black": "黑榜比例",
        "by": "评议主体",
        "called": "按议题邀请数",
        "care": "服务占比",
        "cases": "案件类别",
        "bar": "预期门槛",
        "cause": "病根",
        "chair": "主持岗位",
        "channel": "渠道",
        "check": "核实工时",
        "competence": "办成率",
        "consent": "业主同意规则",
        "contact": "计入决策层的接触",
        "cost": "造价",
        "council": "议事机构",
        "counts": "计分周数",
        "deadline": "筹款期限",
        "designer": "设计岗位",
        "devices": "装机比例",
        "domains": "能力领域",
        "during": "所借工作",
        "each": "每户造价",
        "effect": "成效",
        "events": "生活事件",
        "every": "间隔",
        "gain": "补足能力比例",
        "fits": "适用居民区",
        "focus": "片区重点占比",
        "finder": "发现岗位",
        "found": "每小时发现人数",
        "gift": "礼品价",
        "group": "每次服务人数",
        "grouping": "组合方式",
        "guided": "手册节省会次",
        "handles": "可办事项",
        "heads": "人数",
        "heard": "增加知晓比例",
        "highest": "能力上限",
        "host": "办活动占比",
        "host_hours": "接待工时",
        "hours": "工时",
        "households": "网格户数",
        "income": "收入",
        "into": "调往岗位",
        "item_hours": "每议题加时",
        "joint": "共同处置事项",
        "keeper": "维持岗位",
        "keeps": "结余留存",
        "kinds": "问题类型",
        "lasts": "失管后停用",
        "law": "适用法规",
        "least": "至少人数",
        "leaves": "离任倍率",
        "level": "层级",
        "lines": "条线部门",
        "load": "事务量",
        "loss": "途中损耗",
        "left": "剩余程度",
        "lowest": "能力下限",
        "majority": "同意比例",
        "matched": "按特长匹配",
        "meetings": "议定会次",
        "members": "成员",
        "mends": "根治病根",
        "message": "线上反映便利",
        "misjudge": "误判机会",
        "money": "经费",
        "near": "可见距离",
        "needed": "须到场比例",
        "nuisance": "施工扰民",
        "number": "数量",
        "observe": "巡查占比",
        "of": "评议对象",
        "officer_rank": "联络员级别",
        "officers": "限有联络员的单位",
        "oldest": "最久未结件数",
        "online": "线上群内",
        "outside": "含辖区外单位",
        "out_of": "抽调岗位",
        "paired": "一对一结对",
        "holds": "不放弃不退件",
        "due": "答复期限",
        "shared": "多部门减少退件比例",
        "clear": "单部门减少退件比例",
        "sitting": "每部门研判工时",
        "parts": "至少涉及部门数",
        "panel": "定责小组",
        "pairing": "结对方式",
        "parallel": "并联审批",
        "part_timers": "兼职委员数",
        "parties": "当事方",
        "pays": "可支付",
        "people": "容纳人数",
        "per": "计数范围",
        "per_households": "按户数配置",
        "permit_hours": "每项审批工时",
        "permit_weeks": "每家审批用时",
        "permits": "审批部门",
        "pilots": "试点数",
        "plan_hours": "设计工时",
        "pools": "人选来源",
        "post": "岗位",
        "power": "权限",
        "promote": "每年推动比例",
        "publish": "公开",
        "purse": "资金账户",
        "quits": "年退出率",
        "quorum": "通过门槛",
        "raises": "募捐占比",
        "rank": "召集人级别",
        "reach": "服务范围",
        "regular": "定期周数",
        "referred": "受理下级未通过议题",
        "returns": "可再议次数",
        "revision": "方案补偿比例",
        "rivals": "对手间保留",
        "rota": "轮值",
        "running": "运行经费",
        "seats": "席位",
        "seen": "示范带动",
        "serve": "服务单位占比",
        "servers": "优先岗位",
        "services": "服务类型",
        "setup": "落地工时",
        "share": "比例",
        "site": "居民区类型或上门工时",
        "sits": "可代负责人参会",
        "sites": "居民区",
        "slots": "议程席位",
        "small": "可办小事上限",
        "source": "来源",
        "speed": "巡查速度",
        "staffed_by": "人员来自",
        "start": "启动资金",
        "teach": "传授效果",
        "tended_by": "维护岗位",
        "tending": "维护工时",
        "term": "考量项",
        "through": "借助设施",
        "to": "对象",
        "theme": "按需主题占比",
        "themes": "主题范围",
        "together": "全片区共办",
        "turnout": "参与比例",
        "unit_kinds": "单位类型",
        "upkeep": "维持工时",
        "veto": "一票否决",
        "visible": "可见程度",
        "wage": "时薪",
        "supplies": "物料费",
        "suggested": "建议机会",
        "wants": "所供单位需求",
        "weeks": "期限",
        "weeks_to_fill": "到岗周数",
        "weight": "权重",
        "what": "设施",
        "when": "适用时段",
        "where": "适用片区",
        "who": "到场人员",
        "willing": "愿任比例",
    }
)
"""Fields of the seven kinds of rule in Chinese."""
RULE_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "h/week per area": "小时/周/片",
        "yuan/week per area": "元/周/片",
        "yuan/household": "元/户",
        "bodies": "家",
        "people": "人",
        "sites": "处",
        "cases/year": "件/年",
    }
)


def _terms(*kinds: type[Term]) -> dict[str, str]:
    return {member.label: member.zh for kind in kinds for member in kind}


VALUES: Mapping[str, str] = MappingProxyType(
    {
        **RULES,
        **_terms(Level, Kind, Line, Service, UnitKind, Source, Want, Cause, Site, Capability, Event),
        # posts and organisations
        "firms": "物业公司",
        "units": "驻区单位",
        "neighbourhoods": "居民区",
        "owners": "业主",
        "residents": "居民",
        "part_timers": "兼职委员",
        "deputies": "代表委员",
        "committees": "居委会",
        "departments": "条线部门",
        "all": "全部",
        "facts": "事实依据",
        "founding": "首批成员",
        "inside": "街道内",
        "outside": "街道外",
        **{pool.name: pool.zh for pool in POOLS.values()},
        "rule": "规则本身",
        "moves": "抽调",
        # what is done, decided, seen, paid
        "observing": "巡查",
        "asking": "动员",
        "hosting": "办活动",
        "care": "服务",
        "resolve": "自行解决",
        "summon": "约请",
        "assign": "定责",
        "take_over": "提级办理",
        "own": "规则自定",
        "date": "当时法规",
        "record": "台账记录",
        "orders": "热线工单",
        "dated": "有期限",
        "summoned": "已约请",
        "peers": "同行",
        "rank": "级别",
        "effort": "投入成本",
        "reputation": "声誉",
        "learning": "相互学习",
        "recognition": "表彰",
        "service": "所得服务",
        "appraisal": "评议",
        "contracts": "续约",
        "title": "称号",
        # where to go and see
        "best": "先进",
        "examples": "典型",
        "turn": "轮流",
        "named": "指定",
        "veterans": "老书记",
        "": "不限",
        # who meets whom
        "place": "就近",
        "fit": "按供需匹配",
        "heads": "单位负责人",
        "people": "单位人员",
        "officers": "联络员",
        # money and what it is for
        "budget": "治理经费",
        "lift_fund": "加梯资金",
        "grant": "专项资金",
        "fees": "住户缴费",
        "gifts": "捐赠",
        "wages": "工资",
        "rules": "运行经费",
        "works": "设施",
        "lift": "电梯",
        "garden": "花园",
        "gate": "睦邻门",
        "shed": "充电棚",
        "parking": "停车位",
        "sensors": "感知设备",
        "stairs": "美丽楼道",
        "similar": "相似优先",
        "four_traits": "四类特质相近",
        "adjacent": "相邻优先",
        "random": "随机",
        # what owners must agree by
        "ninety": "九成同意",
        "unanimity": "全体同意",
        "civil_code": "民法典规则",
        "two_thirds": "三分之二同意",
        "two_thirds_no_objection": "三分之二同意且无人反对",
        "area": "各片区",
    }
)
"""Values of rule fields in Chinese; what is not here is an identifier and stays."""


def group(name: str, lang: str) -> str:
    """A group of people, as a line of a table has it.

    >>> group("age_60_69", "en")
    '60 to 69'
    >>> group("age_60_69", "zh")
    '60–69岁'
    """
    if name in GROUPS:
        return GROUPS[name][lang == "zh"]
    if lang == "zh":
        return _terms(Age).get(name, name)
    return name.removeprefix("age_").replace("_", " to ")


def source(text: str) -> str:
    """Which of `SOURCES` a source is, from what is written there."""
    if "(" in text and not text.startswith(("assumed", "facts", "seed", "given", "derived")):
        return "borrowed"  # "wuliqiao (seed 001)": a number of that community
    if text.startswith("assumed"):
        return "assumed"
    if "assumed" in text:
        return "partly"
    for start, kind in (("facts", "facts"), ("seed", "documents"), ("given", "given")):
        if text.startswith(start):
            return kind
    return "other"

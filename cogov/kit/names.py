"""Chinese names of units, columns, rules, and places and organisations that cogov makes up."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cogov.terms import Source, UnitKind

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "": "",
        "0-1": "0–1",
        "1/(1,000 households x year)": "单/(千户·年)",
        "1/(household x year)": "1/(户·年)",
        "1/(resident x week)": "1/(人·周)",
        "1/(tie x month)": "1/(联系·月)",
        "1/forwarding": "1/次转办",
        "1/month": "1/月",
        "1/neighbourhood": "1/居民区",
        "1/quarter": "1/季",
        "1/tie": "1/联系",
        "1/week": "1/周",
        "1/year": "1/年",
        "bodies": "家",
        "buildings": "幢",
        "buildings/h": "幢/小时",
        "buildings/week": "幢/周",
        "h": "小时",
        "h/month": "小时/月",
        "h/week": "小时/周",
        "h/week per slot": "小时/周/议题席位",
        "h/week/1000 households": "小时/周/千户",
        "heads": "人",
        "households": "户",
        "households/h": "户/小时",
        "issues": "件",
        "issues/week": "件/周",
        "items": "项",
        "items/meeting": "项/次会议",
        "cases/week": "件/周",
        "items/week": "项/周",
        "km2": "平方千米",
        "lifts": "台",
        "lifts/week": "台/周",
        "m2/household": "平方米/户",
        "meetings": "次会议",
        "number": "次",
        "orders/week": "单/周",
        "people": "人",
        "people/week": "人次/周",
        "rungs": "级",
        "seats/week": "席/周",
        "share": "比例",
        "spaces/household": "个车位/户",
        "tasks/week": "件/周",
        "ties": "条",
        "units/month": "家/月",
        "week": "周",
        "weeks": "周",
        "weeks/week": "周/周",
        "year": "年",
        "works/week": "处/周",
        "yuan": "元",
        "yuan/(household x year)": "元/(户·年)",
        "yuan/h": "元/小时",
        "yuan/household/year": "元/户/年",
        "yuan/m2/month": "元/平方米/月",
        "yuan/week": "元/周",
        "yuan/year": "元/年",
    }
)
"""Every unit of a measure or parameter, and its Chinese."""

HEADS: Mapping[str, str] = MappingProxyType({"community": "社区", "design": "方案", "replicate": "重复"})
"""First words of parameter paths, and columns, and their Chinese."""

RULES: Mapping[str, str] = MappingProxyType(
    {
        "acquaintance": "熟人往来",
        "after_school_care": "晚托专项资金",
        "ageing_in_place": "原居安老专项资金",
        "alliance": "物业联盟例会",
        "alliance_learning": "联盟内相互学习",
        "alliance_standing": "联盟内排名声誉",
        "appraisal_meeting": "评议会",
        "block": "街区",
        "block_platform": "街区联动平台",
        "canteen": "社区食堂",
        "carer": "居家照护员",
        "committee": "居委会",
        "community_committee": "社区委员会",
        "coordination_committee": "区域化党建协调会",
        "dispatch": "派单",
        "take_over": "提级办理",
        "district": "区级",
        "firm": "物业公司",
        "grid_head": "网格长",
        "grid_heads": "网格长巡查",
        "grid_leader": "微网格长",
        "grid_leaders": "微网格长巡查",
        "hearing": "听证会",
        "home_council": "零距离家园理事会",
        "hotline": "热线",
        "lift_programme": "加装电梯",
        "micro_grid": "微网格",
        "micro_ventures": "微创投专项资金",
        "minder": "晚托看护员",
        "npo": "社会组织",
        "npo_incubation": "社会组织培育专项资金",
        "office": "街道办事处",
        "office_meeting": "街道办公会议",
        "own_effort": "自身投入",
        "owners_consent": "业主同意规则",
        "owners_lifts": "业主加装电梯",
        "pairing": "结对共建",
        "patrols": "物业巡查",
        "peers": "同行影响",
        "rank_gap": "级别差距",
        "regional_net": "区域化党建网络",
        "report_in": "双报到",
        "report_to_committee": "向居委会反映",
        "responsibility_day": "企事业单位社会责任日",
        "seen_on_the_day": "当日亮相",
        "committee_serves": "居委会服务单位",
        "office_serves": "街道服务单位",
        "unit_helper": "服务单位志愿者",
        "service_received": "所得服务",
        "unit_appraisal": "驻区单位评议",
        "three_plus_x": "“3+X”委员会",
        "venture_team": "微创投团队",
        "visits": "走访",
        "volunteers": "志愿者",
        **{source.label: source.zh for source in Source},
    }
)
"""Names of the rules of cogov's own mechanisms (posts, councils, lists ...), and their Chinese."""

MADE_UP: Mapping[str, str] = MappingProxyType(
    {"Firm": RULES["firm"], "block": "街区", **{kind.label.replace("_", " "): kind.zh for kind in UnitKind}}
)
"""What organisations without a name of their own are called before their number, and its Chinese."""

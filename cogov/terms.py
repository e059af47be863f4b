"""The vocabulary: levels, kinds and bands, in the order in which arrays index them.

Every enumeration is an ``IntEnum`` whose values are array positions, so ``needs[:, Service.HEALTH]``
is the column of health hours. ``label`` gives the name used in files, ``zh`` the Chinese term.
"""

from __future__ import annotations

from enum import IntEnum


class Term(IntEnum):
    """An enumeration whose members are array positions and carry their Chinese term."""

    zh: str

    def __new__(cls, value: int, zh: str = "") -> Term:
        member = int.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member

    @property
    def label(self) -> str:
        """The name as written in configuration, tables and figures (lower case)."""
        return self.name.lower()

    @classmethod
    def labels(cls) -> tuple[str, ...]:
        """All names, in array order."""
        return tuple(member.label for member in cls)


class Level(Term):
    """The ladder of places; an issue is forwarded up it one rung a week."""

    BUILDING = 0, "楼组"
    COMPOUND = 1, "小区"
    NEIGHBOURHOOD = 2, "居民区"
    BLOCK = 3, "街区"
    SUBDISTRICT = 4, "街道"
    DISTRICT = 5, "区"


class Kind(Term):
    """Types of issue (discrete problems)."""

    REPAIR = 0, "报修"
    SANITATION = 1, "环境卫生与停车"
    DISPUTE = 2, "邻里纠纷"
    SAFETY = 3, "安全隐患"
    PUBLIC_SPACE = 4, "公共空间"
    PROPERTY_CONFLICT = 5, "物业矛盾"
    RENEWAL = 6, "更新改造"
    EMERGENCY = 7, "应急"


class Service(Term):
    """Types of service need, of unit resource, and of skill."""

    ELDER_CARE = 0, "养老"
    CHILD_CARE = 1, "托育晚托"
    HEALTH = 2, "健康"
    CULTURE = 3, "文体"
    ADVICE = 4, "法律金融咨询"
    VENUE = 5, "场地"
    REPAIR_HELP = 6, "便民维修"
    ENVIRONMENT = 7, "环境"


class Cause(Term):
    """Lasting states of a compound that breed issues (病根)."""

    FABRIC = 0, "房屋本体"
    PARKING = 1, "停车位"
    CHARGING = 2, "充电设施"
    LIGHTING = 3, "公共照明"
    CONDUCT = 4, "公共行为"


class Age(Term):
    """Age bands in years."""

    UNDER_12 = 0, "0–11岁"
    AGE_12_17 = 1, "12–17岁"
    AGE_18_29 = 2, "18–29岁"
    AGE_30_44 = 3, "30–44岁"
    AGE_45_59 = 4, "45–59岁"
    AGE_60_69 = 5, "60–69岁"
    AGE_70_79 = 6, "70–79岁"
    AGE_80_PLUS = 7, "80岁以上"


class Event(Term):
    """Events of life at which one may be called on (生活事件)."""

    BIRTH = 0, "添丁"
    WEDDING = 1, "新婚"
    MOVE = 2, "乔迁"
    SCHOOL = 3, "升学"
    ILLNESS = 4, "重病"


class Party(Term):
    """Party membership as seen from the neighbourhood."""

    NONE = 0, "群众"
    BRANCH = 1, "居民区党员"
    IN_SERVICE = 2, "在职党员"


class UnitKind(Term):
    """Kinds of joint-building unit (驻区单位)."""

    SCHOOL = 0, "学校"
    HOSPITAL = 1, "医院"
    MUSEUM = 2, "博物馆"
    COMPANY = 3, "企业"
    AGENCY = 4, "机关"
    BANK = 5, "银行"
    CONSERVATORY = 6, "音乐学院"
    SOCIAL_ORGANISATION = 7, "社会组织"


class Want(Term):
    """What a unit wants of the community it stands in (单位需求)."""

    LUNCH = 0, "用餐"
    PARKING = 1, "停车"
    CHILD_CARE = 2, "职工子女托管"
    ELDER_CARE = 3, "职工父母照料"
    VOLUNTEERS = 4, "活动志愿者"
    PERMITS = 5, "办事"
    ORDER = 6, "门前秩序"


class Line(Term):
    """Departments, one per line of command (条线), with finite hours."""

    URBAN_MANAGEMENT = 0, "城管"
    HOUSING = 1, "房管"
    PUBLIC_SECURITY = 2, "公安"
    EMERGENCY_MANAGEMENT = 3, "应急管理"
    CIVIL_AFFAIRS = 4, "民政"


class Source(Term):
    """Who gives committees tasks from above: every line, and the subdistrict itself."""

    URBAN_MANAGEMENT = 0, "城管"
    HOUSING = 1, "房管"
    PUBLIC_SECURITY = 2, "公安"
    EMERGENCY_MANAGEMENT = 3, "应急管理"
    CIVIL_AFFAIRS = 4, "民政"
    SUBDISTRICT = 5, "街道"


class Site(Term):
    """Kinds of neighbourhood, by its homes: what works in one kind need not work in another."""

    OLD_PUBLIC = 0, "老公房"
    COMMERCIAL = 1, "商品房"
    MIXED = 2, "混合"
    RELOCATED = 3, "动迁"


class Capability(Term):
    """The secretary's capability vector (书记能力: 002)."""

    EMPATHY = 0, "共情"
    LEADERSHIP = 1, "引领"
    PROFESSIONAL = 2, "专业"
    DELIBERATION = 3, "协商"


ADULT = Age.AGE_18_29
ELDER = Age.AGE_60_69
COHORTS = 4
"""Residents take stock in four cohorts, each in every fourth week (see `cogov.community.cohorts`)."""
QUARTER = 13
"""Weeks between the decisions of units, firms and secretaries."""
MONTH = 4
"""Weeks between council meetings."""
YEAR = 52

LAWS: dict[str, tuple[float, float, bool]] = {
    "unanimity": (1.0, 1.0, True),
    "ninety": (1.0, 0.9, True),
    "two_thirds_no_objection": (1.0, 2 / 3, True),
    "two_thirds": (1.0, 2 / 3, False),
    "civil_code": (2 / 3, 0.75, False),
}
"""Laws by which owners agree to a work on their ground: share who must take part, share of those who must
agree, whether one objection blocks. The law of Shanghai in three steps and two beside it.

- ``ninety``: 90 % of the building agree and nobody objects: to the end of 2019 (facts).
- ``two_thirds_no_objection``: two thirds agree and nobody objects: from the end of 2019 to the end of 2020,
  so at the date of seed 001 (from memory: the notice of December 2019).
- ``civil_code``: two thirds take part, three quarters of them agree: Civil Code 278, from 2021 (facts).
- ``unanimity`` and ``two_thirds`` without objection: never the law here, to compare with.
"""

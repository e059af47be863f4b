"""How measures are read: their definitions in Chinese, and the smallest differences that matter.

Nothing here determines a result: a study can say otherwise (``matters``), and none of it is part of what
identifies a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cogov.state.duties import OTHER, OWN

LEVEL = (
    "one point in a hundred; a survey of 2,500 residents could not tell less (assumed)",
    "百分之一；2500人的抽样调查也分辨不出更小的差异（假定）",
)
TRUST = (
    "two points in a hundred; a survey of 600 residents could not tell less (assumed)",
    "百分之二；600人的抽样调查也分辨不出更小的差异（假定）",
)
RATE = (
    "half of what a year brought: resolved on the summer hotline rose from 67 to 84 % in 2011-2015 (Shanghai; xmwb.xinmin.cn 2015-10-17)",
    "约为半年的变化：上海夏令热线解决率2011—2015年由67%升至84%（新民晚报2015-10-17）",
)
SHARE = ("two in a hundred (assumed)", "百分之二（假定）")
SEATS = ("one in twenty (assumed)", "二十分之一（假定）")
HALF_WEEK = (
    "half of the week in which the model counts; nobody who waits would tell less (assumed)",
    "模型以周计，半周以下的差异等候者难以察觉（假定）",
)
WEEK = ("one week, the step in which the model counts (assumed)", "一周，即模型的时间步长（假定）")
MONTH = ("a month of waiting (assumed)", "等候一个月（假定）")
POST = (
    "a full-time post: 40 hours a week (State Council, working hours, 1995)",
    "一个全职岗位：每周40小时（国务院关于职工工作时间的规定，1995年）",
)
WAGES = (
    "a full-time post: 40 hours a week at 50 yuan (wage assumed)",
    "一个全职岗位：每周40小时，每小时50元（工资为假定）",
)
HOURS_OF_POST = (
    "a full-time post: 40 hours a week at the price of such an hour (prices assumed)",
    "一个全职岗位：每周40小时，按其每小时价值（价值为假定）",
)
FEE = (
    "a hundredth of a year's property fee: 2.52 yuan per m2 and month (20 cities, 2023), 70 m2 (assumed)",
    "约为全年物业费的百分之一：每平方米每月2.52元（20城，2023年），70平方米（假定）",
)
ONE = ("one building", "一幢楼")
NEITHER = ("neither more nor less of it is better", "多少无所谓好坏")
SIZE = (
    "it grows with the community and the length of the run: no one size suits all",
    "随社区规模和运行时长而变，无统一标准",
)


class Reading(NamedTuple):
    """How one measure is read; fields as in `cogov.outcomes.Measure`."""

    doc_zh: str
    matters: float | None
    why: str
    why_zh: str


def _of(doc_zh: str, matters: float | None = None, why: tuple[str, str] = NEITHER) -> Reading:
    return Reading(doc_zh, matters, *why)


READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        # Main outcomes
        "resolution_rate": _of("到期问题中在规定期限内解决的占比", 0.02, RATE),
        "weeks_to_resolve_median": _of("问题从产生到解决的周数，中位数", 1.0, WEEK),
        "weeks_to_resolve_p90": _of("问题从产生到解决的周数，90分位", 1.0, WEEK),
        "satisfaction": _of("居民获得感的均值", 0.01, LEVEL),
        "trust_committee": _of("居民对居委会信任的均值", 0.02, TRUST),
        "trust_firm": _of("居民对物业公司信任的均值", 0.02, TRUST),
        "trust_neighbours": _of("居民对邻里信任的均值", 0.02, TRUST),
        "belonging": _of("居民归属感的均值", 0.02, TRUST),
        "participation": _of("从事志愿服务的成年人占比", 0.01, (
            "half of what a year brought: registered volunteers rose by 1.3 to 3 points a year in 2016-2021 (Shanghai; whb.cn 2018-03-05, dbsqp.com)",
            "约为半年的变化：上海注册志愿者占比2016—2021年每年上升1.3至3个百分点（文汇报2018-03-05等）")),
        "needs_met": _of("得到满足的服务需求工时占比", 0.02, SHARE),
        "satisfaction_gini": _of("各小区平均获得感的基尼系数", 0.01, LEVEL),
        "satisfaction_worst_tenth": _of("获得感最低的一成小区的平均获得感", 0.01, LEVEL),
        # Where satisfaction comes from
        "satisfaction_reference": _of("没有服务、问题和设施时的获得感：尚存的初始水平，加上无问题且住处未变的权重；各方案相同"),
        "satisfaction_services": _of("服务给获得感带来的部分", 0.01, LEVEL),
        "satisfaction_issues": _of("问题从获得感中扣除的部分，不大于0", 0.01, LEVEL),
        "satisfaction_works": _of("住户商定建成的电梯等设施给获得感带来的部分；得益少于受损时为负", 0.01, LEVEL),
        # Issues
        "arrived": _of("产生的问题"),
        "noticed": _of("被发现的问题"),
        "resolved": _of("得到解决的问题"),
        "lost": _of("在流转途中丢失的问题", None, SIZE),
        "in_norm": _of("在规定期限内解决的问题"),
        "due": _of("在规定期限内解决、或已不可能按期解决的问题"),
        "latent": _of("负责者均不知晓的问题", None, SIZE),
        "open": _of("已知晓而尚未了结的问题", None, SIZE),
        "bounced": _of("被条线部门退回的问题", None, SIZE),
        "reworked": _of("办结后未能保持的事项", None, SIZE),
        "orders": _of("热线工单"),
        "hotline_share": _of("被发现的问题中来自热线的占比"),
        "hotline_orders": _of("每千户每年的热线工单"),
        "notice_weeks": _of("从产生到发现的周数之和"),
        "weeks_to_notice": _of("从产生到发现的周数，已发现问题的均值", 0.5, HALF_WEEK),
        "resolve_weeks": _of("从产生到解决的周数之和"),
        "weeks_to_resolve": _of("从产生到解决的周数，已解决问题的均值", 0.5, HALF_WEEK),
        # People
        "volunteer_hours": _of("志愿者付出的工时", 40.0, POST),
        "turnout": _of("预计参加居委会选举投票的成年人占比", 0.02, SHARE),
        "tie_strength": _of("居民与邻里联系强度之和，居民均值", 0.1, ("one more tie for one resident in ten (assumed)", "每十名居民多一条联系（假定）")),
        "isolates": _of("几乎没有邻里联系的居民占比", 0.01, ("one resident in a hundred (assumed)", "每百名居民一人（假定）")),
        "activities": _of("举办的共同活动"),
        "small_activities": _of("其中因无空闲场地而在院内举办的小型活动"),
        "attendance": _of("参加共同活动的人次"),
        "new_ties": _of("新建立的联系"),
        # Organisations
        "unit_engagement": _of("驻区共建单位参与度的均值", 0.02, SHARE),
        "offered": _of("驻区单位提供的工时"),
        "matched": _of("驻区单位用于满足需求的工时", 40.0, POST),
        "unused": _of("驻区单位提供而无人使用的工时", 40.0, POST),
        "needed": _of("服务需求的工时"),
        "met": _of("得到满足的需求工时"),
        "deficit": _of("未得到满足的需求工时", 40.0, POST),
        "care_hours": _of("由专职服务满足的需求工时"),
        "volunteer_care_hours": _of("由志愿者满足的需求工时"),
        "aid_hours": _of("邻里之间互助满足的需求工时", 40.0, POST),
        "known": _of("能够提供服务者所知晓的需求工时"),
        "needs_known": _of("能够提供服务者所知晓的需求工时占比", 0.02, SHARE),
        "fee_collection": _of("应收物业费中已缴纳的占比", 0.02, SHARE),
        "firm_quality": _of("物业公司服务质量，按户均值", 0.02, SHARE),
        "firms_replaced": _of("更换物业公司的小区"),
        "secretary_capability": _of("书记能力的均值", 0.02, SHARE),
        "committee_load": _of("居委会扣除上级交办事务后的工时中已使用的占比"),
        "admin_share": _of("居委会工时中用于上级交办事务的占比", 0.02, SHARE),
        "tasks_arrived": _of("上级交办的事务"),
        "tasks_done": _of("办结的交办事务"),
        "tasks_late": _of("逾期未办结的交办事务", None, SIZE),
        "records_age": _of("居民区距上次向交办方上报未了结问题的周数，均值", 1.0, WEEK),
        "upkeep_paid": _of("规则所需工时和经费的落实程度，有此需要的规则的均值"),
        "files": _of("等待条线部门答复的案件"),
        "files_seen": _of("其中当周被部门查看的案件"),
        "files_attended": _of("等待答复的案件中当周被部门查看的占比"),
        # Deliberation
        "seats": _of("议事会应到席位"),
        "seats_present": _of("议事会实到席位"),
        "council_attendance": _of("议事会实到席位占比", 0.05, SEATS),
        "agenda_items": _of("议事会受理的公共议题"),
        "agenda_passed": _of("获得通过的公共议题"),
        "agenda_returned": _of("未通过而退回下次会议再议的议题"),
        "agenda_postponed": _of("因无人到会而延期的议题"),
        "agenda_dropped": _of("议事会最终未通过的公共议题"),
        "public_resolved": _of("得到解决的公共议题"),
        "public_ended": _of("得到解决或已流失的公共议题"),
        "public_success": _of("已结束的公共议题中得到解决的占比", 0.05, SEATS),
        "agenda_success": _of("受理的公共议题中获得通过的占比", 0.05, SEATS),
        "consents_tried": _of("业主开始商议加装电梯的楼"),
        "consents_passed": _of("达成加装电梯协议的楼", 1.0, ONE),
        "lifts_without_money": _of("已达成协议、补贴尚未到位的楼", 1.0, ONE),
        "lifts_without_permits": _of("补贴已落实、审批尚未办完的楼", 1.0, ONE),
        "lifts_being_built": _of("正在施工的楼"),
        "lifts_built": _of("投入使用的加装电梯", 1.0, ("one lift", "一台电梯")),
        "works_built": _of("投入使用的其他设施"),
        "works_without_money": _of("已达成一致、资金尚未到位的其他设施", 1.0, ("one work", "一处设施")),
        "works_without_permits": _of("资金已落实、审批尚未办完的其他设施", 1.0, ("one work", "一处设施")),
        "works_being_built": _of("正在施工的其他设施"),
        "consent_weeks": _of("达成协议的楼的协商周数之和"),
        "weeks_to_consent": _of("达成协议的楼的协商时长", 4.0, MONTH),
        # Costs
        "hours_committee": _of("居委会付出的工时", 40.0, POST),
        "hours_firm": _of("物业公司用于居民的工时"),
        "hours_office": _of("街道办事处付出的工时", 40.0, POST),
        "hours_departments": _of("条线部门付出的工时", 40.0, POST),
        "hours_volunteers": _of("志愿者在岗的工时"),
        "hours_posts": _of("其他各岗位的工时"),
        "seat_hours": _of("各席位用于议事会议的工时", 40.0, POST),
        **{f"hours_{duty.name}": _of(f"用于{duty.zh}的工时") for duty in (*OWN, OTHER)},
        "money_wages": _of("由各项资金支付的工资", 2000.0, WAGES),
        "money_programmes": _of("项目资助和运行经费", 2000.0, WAGES),
        "money_lifts": _of("加装电梯补贴"),
        "money_works": _of("其他设施的建设和所有设施的维护支出"),
        "money_from_budget": _of("由治理经费支出的金额"),
        "money_from_grant": _of("由专项资金支出的金额，含加梯资金"),
        "money_from_fees": _of("由住户缴费支出的金额"),
        "money_from_gifts": _of("由捐赠支出的金额"),
        "cost_committee": _of("居委会付出工时的价值", 2400.0, HOURS_OF_POST),
        "cost_office": _of("街道办事处和区付出工时的价值", 4000.0, HOURS_OF_POST),
        "cost_departments": _of("条线部门付出工时的价值", 4000.0, HOURS_OF_POST),
        "cost_firms": _of("物业公司付出工时的价值", 1400.0, HOURS_OF_POST),
        "cost_units": _of("驻区单位付出工时的价值", 2800.0, HOURS_OF_POST),
        "cost_volunteers": _of("志愿者、评议员和参会居民付出工时的价值", 960.0, HOURS_OF_POST),
        "cost_posts": _of("其他无工资岗位付出工时的价值", 1600.0, HOURS_OF_POST),
        "cost": _of("全部成本：各项资金支出与各方付出工时的价值，户均每年", 20.0, FEE),
        "cost_money": _of("其中资金：各项资金的全部支出：工资、项目、电梯和其他设施，户均每年", 20.0, FEE),
        "money_paid": _of("各岗位和规则向各项资金所需经费中得到满足的占比；越低，支出越是给定的"),
        "hours_paid": _of("规则所需维持工时中得到满足的占比"),
        # Under a shock
        "shock_depth": _of("获得感低于无冲击的对照运行的最大差距", 0.005, ("the band in which satisfaction counts as recovered", "获得感视为恢复的范围")),
        "shock_recovery": _of("从冲击到获得感回到对照运行0.005以内且不再离开的周数（未恢复则计至结束）", 4.0, MONTH),
        "shock_area": _of("获得感低于对照运行的差距，逐周累计", 0.1, ("a hundredth of satisfaction for ten weeks (assumed)", "获得感低百分之一、持续十周（假定）")),
    }
)  # fmt: skip
"""How measures are read, by name."""

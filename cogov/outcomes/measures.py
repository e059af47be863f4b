"""Measures: what is recorded every week, and what a run comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cogov.outcomes.meanings import READINGS
from cogov.state.duties import OTHER, OWN

PAYERS = ("committee", "office", "departments", "firms", "units", "volunteers", "posts")
"""Who gives hours, beside the purses that pay money: committees, office and district, departments, property
firms, joint-building units, volunteers (members and appraisers among them), posts without a wage."""


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name, unit, doc, zh : str
    better : int
        1 if more is better, -1 if less is, 0 if neither.
    how : str
        How weeks make an outcome: ``mean`` or ``sum`` over the weeks after the reform, ``rate`` (ratio of
        sums, see ``over``), ``run`` (computed over the whole run; not weekly), or ``none`` (weekly only).
    over : tuple of str
        For ``rate``: numerator and denominator, weekly measures.
    doc_zh : str
        ``doc`` in Chinese.
    matters : float or None
        The smallest difference between two designs that matters, in the unit of a run's outcome; None where
        neither more nor less is better, or where no size suits all communities.
    why, why_zh : str
        The reason for it, with its source; "assumed" where there is none.
    """

    name: str
    unit: str
    doc: str
    zh: str
    better: int = 0
    how: str = "mean"
    over: tuple[str, str] | None = None
    doc_zh: str = ""
    matters: float | None = None
    why: str = ""
    why_zh: str = ""

    @property
    def weekly(self) -> bool:
        """Whether it is recorded every week."""
        return self.how not in ("run", "rate")

    @property
    def outcome(self) -> bool:
        """Whether a run has it as an outcome."""
        return self.how != "none"


def _measures() -> tuple[Measure, ...]:
    m = Measure
    return (
        # Main outcomes
        m("resolution_rate", "share", "issues resolved within the norm, of those that were due", "按期解决率", 1, "rate", ("in_norm", "due")),
        m("weeks_to_resolve_median", "weeks", "birth to resolution, median", "解决周期中位数", -1, "run"),
        m("weeks_to_resolve_p90", "weeks", "birth to resolution, 90th percentile", "解决周期90分位", -1, "run"),
        m("satisfaction", "0-1", "mean satisfaction of residents", "获得感", 1),
        m("trust_committee", "0-1", "mean trust in the committee", "对居委会信任", 1),
        m("trust_firm", "0-1", "mean trust in the property firm", "对物业信任", 1),
        m("trust_neighbours", "0-1", "mean trust in neighbours", "邻里信任", 1),
        m("belonging", "0-1", "mean belonging", "归属感", 1),
        m("participation", "share", "adults who volunteer", "志愿参与率", 1),
        m("needs_met", "share", "hours of service need that were met", "需求满足率", 1, "rate", ("met", "needed")),
        m("satisfaction_gini", "0-1", "Gini of mean satisfaction over compounds", "小区间获得感基尼系数", -1),
        m("satisfaction_worst_tenth", "0-1", "mean satisfaction in the worst tenth of compounds", "最差一成小区获得感", 1),
        # Where satisfaction comes from: these four add up to it
        m("satisfaction_reference", "0-1", "satisfaction as it would be without services, problems and works: what is left of the start, and the weight of a life without problems in a home as it was; the same under every design", "获得感基准", 0),
        m("satisfaction_services", "0-1", "what services have brought to satisfaction", "服务对获得感的贡献", 1),
        m("satisfaction_issues", "0-1", "what problems have taken from satisfaction, at most 0", "问题对获得感的影响", 1),
        m("satisfaction_works", "0-1", "what lifts and other works that homes agreed on have brought to satisfaction; below 0 where more lose than gain", "设施对获得感的贡献", 1),
        # Issues
        m("arrived", "issues/week", "issues born", "新增问题", 0, "sum"),
        m("noticed", "issues/week", "issues that came to be known", "发现问题", 0, "sum"),
        m("resolved", "issues/week", "issues resolved", "解决问题", 0, "sum"),
        m("lost", "issues/week", "issues lost on the way", "推诿丢失", -1, "sum"),
        m("in_norm", "issues/week", "issues resolved within the norm", "按期解决", 0, "none"),
        m("due", "issues/week", "issues resolved within the norm, or that no longer can be", "到期问题", 0, "none"),
        m("latent", "issues", "issues nobody in charge knows of", "未发现问题", -1),
        m("open", "issues", "issues known and not ended", "在办问题", -1),
        m("bounced", "issues/week", "issues bounced back by a department", "退单", -1, "sum"),
        m("reworked", "issues/week", "finished work that did not hold", "返工", -1, "sum"),
        m("orders", "orders/week", "hotline orders", "热线工单", 0, "none"),
        m("hotline_share", "share", "noticed issues that came by the hotline", "热线占比", 0, "rate", ("orders", "noticed")),
        m("hotline_orders", "1/(1,000 households x year)", "hotline orders", "每千户年热线量", 0, "run"),
        m("notice_weeks", "weeks/week", "weeks from birth to notice, added up", "发现周数", 0, "none"),
        m("weeks_to_notice", "weeks", "birth to notice, mean of what was noticed", "发现周期", -1, "rate", ("notice_weeks", "noticed")),
        m("resolve_weeks", "weeks/week", "weeks from birth to resolution, added up", "解决周数", 0, "none"),
        m("weeks_to_resolve", "weeks", "birth to resolution, mean of what was resolved", "解决周期", -1, "rate", ("resolve_weeks", "resolved")),
        # People
        m("volunteer_hours", "h/week", "hours volunteers give", "志愿时长", 1),
        m("turnout", "share", "adults expected to vote in a committee election", "居委选举投票率", 1),
        m("tie_strength", "ties", "strength of a resident's ties to neighbours, added up; mean", "邻里联系强度", 1),
        m("isolates", "share", "residents who are hardly tied to any neighbour", "无邻里联系者", -1),
        m("activities", "1/week", "joint activities held", "共同活动", 0, "sum"),
        m("small_activities", "1/week", "of these, small ones in a yard for want of a free venue", "无场地的小型活动", 0, "sum"),
        m("attendance", "people/week", "people at them", "活动人次", 0, "sum"),
        m("new_ties", "1/week", "ties made", "新联系", 0, "sum"),
        # Organisations
        m("unit_engagement", "0-1", "mean engagement of joint-building units", "驻区单位参与度", 1),
        m("offered", "h/week", "hours units offered", "单位供给", 0),
        m("matched", "h/week", "unit hours that met a need", "单位对接", 1),
        m("unused", "h/week", "unit hours that nobody used", "闲置供给", -1),
        m("needed", "h/week", "hours of service need", "服务需求", 0, "none"),
        m("met", "h/week", "hours of need met", "满足需求", 0, "none"),
        m("deficit", "h/week", "hours of need not met", "供需赤字", -1),
        m("care_hours", "h/week", "hours of need met by staffed services", "专职服务", 0),
        m("volunteer_care_hours", "h/week", "hours of need met by volunteers", "志愿服务", 0),
        m("aid_hours", "h/week", "hours of need met by neighbours for each other", "邻里互助", 1),
        m("known", "h/week", "hours of need that somebody who can meet it knows of", "知晓需求", 0, "none"),
        m("needs_known", "share", "hours of service need that somebody who can meet it knows of", "需求知晓率", 1, "rate", ("known", "needed")),
        m("fee_collection", "share", "property fees due that were paid", "物业费收缴率", 1),
        m("firm_quality", "0-1", "mean quality of property firms over households", "物业质量", 1),
        m("firms_replaced", "1/week", "compounds that changed their firm", "更换物业", 0, "sum"),
        m("secretary_capability", "0-1", "mean capability of secretaries", "书记能力", 1),
        m("committee_load", "share", "committee hours used, of those that tasks from above leave", "居委会负荷", 0),
        m("admin_share", "share", "committee hours that go to tasks from above", "行政负担占比", -1),
        m("tasks_arrived", "tasks/week", "tasks from above that arrived", "交办事务", 0, "sum"),
        m("tasks_done", "tasks/week", "tasks from above that were done", "办结事务", 0, "sum"),
        m("tasks_late", "tasks/week", "tasks from above that were not done in time", "逾期事务", -1, "sum"),
        m("records_age", "weeks", "weeks since a neighbourhood last reported to a source of tasks what is open, mean", "上报记录时滞", -1),
        m("upkeep_paid", "share", "hours and money that rules need and got, mean over rules that cost any", "制度维持度", 0),
        m("files", "cases/week", "cases that wait for a department's answer", "待答复案件", 0, "none"),
        m("files_seen", "cases/week", "of these, cases that a department looked at", "已查看案件", 0, "none"),
        m("files_attended", "share", "waiting cases that a department looked at in the week", "部门关注率", 0, "rate", ("files_seen", "files")),
        # Deliberation
        m("seats", "seats/week", "council seats called", "应到席位", 0, "none"),
        m("seats_present", "seats/week", "council seats present", "实到席位", 0, "none"),
        m("council_attendance", "share", "council seats present", "理事会出席率", 1, "rate", ("seats_present", "seats")),
        m("agenda_items", "items/week", "public issues that councils took up", "议题", 0, "sum"),
        m("agenda_passed", "items/week", "public issues that passed", "通过议题", 0, "sum"),
        m("agenda_returned", "items/week", "refused items that come back to a later meeting", "退回再议议题", 0, "sum"),
        m("agenda_postponed", "items/week", "items put off because nobody came", "延期议题", 0, "sum"),
        m("agenda_dropped", "items/week", "public issues that councils refused for good", "未通过终结议题", 0, "sum"),
        m("public_resolved", "issues/week", "public issues resolved", "解决公共议题", 0, "sum"),
        m("public_ended", "issues/week", "public issues resolved or lost", "办结或终止公共议题", 0, "none"),
        m("public_success", "share", "public issues resolved, of those that ended", "公共议题解决率", 1, "rate", ("public_resolved", "public_ended")),
        m("agenda_success", "share", "public issues that passed, of those taken up", "议题通过率", 1, "rate", ("agenda_passed", "agenda_items")),
        m("consents_tried", "buildings/week", "buildings where owners began to talk about a lift", "启动加梯", 0, "sum"),
        m("consents_passed", "buildings/week", "buildings that agreed", "加梯通过", 1, "sum"),
        m("lifts_built", "lifts/week", "lifts put into use", "建成电梯", 1, "sum"),
        m("lifts_without_money", "buildings", "buildings that agreed, whose subsidy is not there yet", "加梯待补贴", -1),
        m("lifts_without_permits", "buildings", "buildings that agreed and have their money, not yet all permits", "加梯待审批", -1),
        m("lifts_being_built", "buildings", "buildings whose lift is being built", "加梯施工中"),
        m("works_built", "works/week", "works other than lifts put into use", "建成设施", 0, "sum"),
        m("works_without_money", "works", "works other than lifts that are agreed to, whose price their purse has not", "待资金设施", -1),
        m("works_without_permits", "works", "works other than lifts that have their money, not yet all permits", "待审批设施", -1),
        m("works_being_built", "works", "works other than lifts that are being built", "施工中设施"),
        m("consent_weeks", "weeks", "talks of buildings that agreed, added up", "协商周数", 0, "none"),
        m("weeks_to_consent", "weeks", "length of the talks of buildings that agreed", "加梯协商周期", -1, "rate", ("consent_weeks", "consents_passed")),
        # Costs
        m("hours_committee", "h/week", "hours committees spent", "居委会工时", -1),
        m("hours_firm", "h/week", "hours property firms spent on residents", "物业工时", 0),
        m("hours_office", "h/week", "hours the subdistrict office spent", "街道工时", -1),
        m("hours_departments", "h/week", "hours departments spent", "条线部门工时", -1),
        m("hours_volunteers", "h/week", "hours volunteers spent on duty", "志愿者工时", 0),
        m("hours_posts", "h/week", "hours of all other posts", "其他岗位工时", 0),
        m("seat_hours", "h/week", "hours spent in council meetings by all seats", "会议工时", -1),
        *(m(f"hours_{duty.name}", "h/week", f"hours spent on {duty.doc}", f"{duty.zh}工时") for duty in (*OWN, OTHER)),
        *(m(f"money_{use}", "yuan/week", doc, zh, better) for use, doc, zh, better in (
            ("wages", "wages paid from purses", "工资支出", -1),
            ("programmes", "grants and running costs", "项目支出", -1),
            ("lifts", "subsidies to lifts", "加梯补贴", 0),
            ("works", "other works and the upkeep of all works", "设施支出", 0),
        )),
        *(m(f"money_from_{source}", "yuan/week", doc, zh) for source, doc, zh in (
            ("budget", "spent of the governance budget", "治理经费支出"),
            ("grant", "spent of grants for a purpose, the lift fund among them", "专项资金支出"),
            ("fees", "spent of fees that households pay", "缴费支出"),
            ("gifts", "spent of gifts", "捐赠支出"),
        )),
        *(m(f"cost_{payer}", "yuan/week", f"what hours of {doc} are worth", f"{zh}工时成本", -1) for payer, doc, zh in (
            ("committee", "committees", "居委会"),
            ("office", "the subdistrict office and the district", "街道和区"),
            ("departments", "departments", "条线部门"),
            ("firms", "property firms", "物业公司"),
            ("units", "joint-building units", "驻区单位"),
            ("volunteers", "volunteers, appraisers and residents at council tables", "志愿者"),
            ("posts", "other posts that no purse pays", "其他岗位"),
        )),
        m("cost", "yuan/(household x year)", "all costs: money of all purses, and what hours of all payers are worth", "户均年总成本", -1, "run"),
        m("cost_money", "yuan/(household x year)", "of this, money: what all purses pay for wages, programmes, lifts and other works", "户均年支出", -1, "run"),
        m("money_paid", "share", "money that posts and rules wanted of their purses and got; the less it is, the more cost is an input", "经费到位率", 0, "run"),
        m("hours_paid", "share", "hours that rules wanted of their keepers and got", "维持工时到位率", 0, "run"),
        # Under a shock, against the twin: the same run without it
        m("shock_depth", "0-1", "largest shortfall of satisfaction below that of the twin without the shock", "冲击深度", -1, "run"),
        m("shock_recovery", "weeks", "weeks from the shock until satisfaction is within 0.005 of the twin's for good (to the end if never)", "恢复周数", -1, "run"),
        m("shock_area", "weeks", "shortfall of satisfaction below that of the twin, added up over weeks", "冲击损失面积", -1, "run"),
    )  # fmt: skip


MEASURES: dict[str, Measure] = {
    measure.name: replace(measure, **READINGS[measure.name]._asdict()) for measure in _measures()
}
"""All measures by name, main outcomes first; how they are read is said in `cogov.outcomes.meanings`."""

WEEKLY: tuple[str, ...] = tuple(measure.name for measure in MEASURES.values() if measure.weekly)
"""Names of the columns of a record, in order."""

BY_COMPOUND: tuple[str, ...] = (
    "arrived", "noticed", "resolved", "lost", "in_norm", "due", "latent", "open", "satisfaction", "trust_committee",
    "trust_firm", "trust_neighbours", "belonging", "participation",
)  # fmt: skip
"""Measures also recorded by compound, every week."""

BY_GROUP: tuple[str, ...] = (
    "satisfaction", "trust_committee", "trust_firm", "trust_neighbours", "belonging", "participation",
)  # fmt: skip
"""Measures also recorded by age band and tenure, every quarter."""

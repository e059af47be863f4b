"""Activities (活动): the vocabulary of a trace, each with its Chinese name and how a story says it.

A story puts into ``{}`` what an event holds: ``by`` (who), ``agent`` (by whom, if anybody), ``value``,
``weeks`` (the value as a time), ``outcome``, ``due`` (by when, if that is said).
"""

from __future__ import annotations

from dataclasses import dataclass

ISSUE, RESIDENT, ORGANISATION, PROJECT, POST = CASES = (
    "issue",
    "resident",
    "organisation",
    "project",
    "post",
)
"""What can be followed."""


@dataclass(frozen=True)
class Activity:
    """One kind of thing that happens.

    Attributes
    ----------
    name : str
        As in the column ``activity``.
    zh : str
        Its Chinese name.
    of : str
        One of ``CASES``.
    says, says_zh : str
        The sentence of a story.
    ends : bool
        Whether the case ends by it.
    """

    name: str
    zh: str
    of: str
    says: str
    says_zh: str
    ends: bool = False


ACTIVITIES: dict[str, Activity] = {}
"""All of them by name, in the order of an issue's life."""


def _of(of: str, name: str, zh: str, says: str, says_zh: str, ends: bool = False) -> Activity:
    return ACTIVITIES.setdefault(name, Activity(name, zh, of, says, says_zh, ends))


def _issue(name: str, zh: str, says: str, says_zh: str, ends: bool = False) -> Activity:
    return _of(ISSUE, name, zh, says, says_zh, ends)


OPEN_AT_START = _issue(
    "open_at_start",
    "期初未结",
    "it was open when the trace began ({outcome})",
    "跟踪开始时尚未了结（{outcome}）",
)
ARISEN = _issue(
    "arisen", "产生", "it arose: {value:.1f} hours of work to do", "问题产生，需要 {value:.1f} 小时的工作"
)
GREW = _issue(
    "grew",
    "加重",
    "it grew because nobody had noticed it: {value:.1f} hours of work by now",
    "无人发现而加重，工作量增至 {value:.1f} 小时",
)
UNHEARD = _issue(
    "unheard",
    "无暇受理",
    "it was reported ({outcome}), but {by} had no hours to listen",
    "有人反映（{outcome}），但{by}没有时间受理",
)
NOTICED = _issue("noticed", "发现", "it was noticed by {by} ({outcome})", "被{by}发现（{outcome}）")
ORDERED = _issue("ordered", "派单", "{by} dispatched it as an order{due}", "由{by}派单{due}")
CHASED = _issue("chased", "督办", "{by} asked after it: it was overdue", "已逾期，{by}督办")
FORWARDED = _issue("forwarded", "上报", "it was forwarded{agent} to the {outcome}", "{agent}上报至{outcome}")
SENT_DOWN = _issue("sent_down", "下派", "it was sent down to the {outcome}", "下派至{outcome}")
TAKEN_OVER = _issue("taken_over", "提级办理", "it was taken over by {by}", "由{by}提级办理")
PROPOSED = _issue(
    "proposed",
    "建议提案",
    "it was brought before the district by {by}{due}",
    "由{by}作为建议提案提出{due}",
)
SUBMITTED = _issue("submitted", "提交议题", "it was put down for an agenda of {by}", "提交{by}，等待列入议程")
LISTED = _issue("listed", "列入议程", "it came on the agenda of {by}", "列入{by}的议程")
NOT_LISTED = _issue(
    "not_listed",
    "未列入议程",
    "it found no place on the agenda of the {outcome}",
    "未能列入{outcome}的议程",
)
POSTPONED = _issue("postponed", "流会", "nobody came to the meeting of {by}", "{by}无人到会，延期")
AGREED = _issue("agreed", "议定", "it was agreed to by {by}", "{by}议定同意")
RETURNED = _issue(
    "returned",
    "退回再议",
    "it was not agreed to by {by} ({outcome}) and comes back",
    "{by}未通过（{outcome}），退回再议",
)
REVISED = _issue(
    "revised", "修改方案", "{by} revised the plan to need less of units", "{by}修改方案，减少对单位的要求"
)
REFUSED = _issue("refused", "否决", "it was refused by {by} ({outcome})", "被{by}否决（{outcome}）")
DECIDED = _issue(
    "decided", "机关自行决定", "{by} decided alone, without a council", "没有议事会，{by}自行决定"
)
SETTLED_JOINTLY = _issue(
    "settled_jointly",
    "共同处置",
    "it was settled at the table of {by}, as its own business",
    "在{by}共同处置，改由本级办理",
)
SUMMONED = _issue("summoned", "约请部门", "{by} summoned the departments together", "{by}约请各部门共同到场")
NOT_SUMMONED = _issue(
    "not_summoned",
    "无暇约请",
    "{by} had no hours left to summon the departments",
    "{by}没有时间约请部门",
)
REFERRED = _issue(
    "referred", "转部门", "{by} turned to the departments one after another", "{by}逐个转请部门办理"
)
ALLOTTED = _issue(
    "allotted",
    "明确责任",
    "{by} said whose it is{due}",
    "{by}明确责任归属{due}",
)
LOOKED_AT = _issue("looked_at", "部门阅件", "{by} looked at the file", "{by}查阅来件")
ANSWERED = _issue("answered", "部门受理", "{by} answered that it will do its part", "{by}答复受理")
BOUNCED = _issue(
    "bounced",
    "退单",
    "{by} sent it back: not its business",
    "{by}退单：不属本部门职责",
)
PART_WORKED = _issue("part_worked", "部门办理", "{by} worked on its part", "{by}办理本部门的部分")
ASSIGNED = _issue("assigned", "交办", "it was given to {by}", "交{by}办理")
WAITED = _issue(
    "waited", "排队等待", "it began to wait: {by} had no hours for it", "开始排队：{by}没有时间办理"
)
HANDLED = _issue("handled", "办理", "{by} worked on it", "{by}办理")
REWORK = _issue(
    "rework",
    "返工",
    "it did not hold: {value:.1f} hours come back to {by}",
    "未能办好，{by}返工 {value:.1f} 小时",
)
DONE = _issue("done", "办结待复", "it was done; who called is still to be told", "已办结，待答复来电人")
REPLIED = _issue("replied", "答复", "{by} told who had called", "{by}答复来电人")
MOVED_ON = _issue(
    "moved_on",
    "重新流转",
    "whoever had it is no longer there; on its way again",
    "原经办岗位不再，重新流转",
)
RESOLVED = _issue("resolved", "解决", "it was resolved after {weeks}", "历时 {weeks}，问题解决", ends=True)
GIVEN_UP = _issue(
    "given_up",
    "放弃",
    "those affected gave it up after {weeks}",
    "{weeks}后，受影响的居民放弃",
    ends=True,
)
LOST = _issue(
    "lost",
    "推诿丢失",
    "it got lost on its way up after {weeks}",
    "{weeks}后，在上报途中被推诿丢失",
    ends=True,
)
DROPPED = _issue(
    "dropped",
    "议而不决",
    "it was dropped after {weeks}: councils had refused it",
    "{weeks}后，因议事会否决而搁置",
    ends=True,
)


def _resident(name: str, zh: str, says: str, says_zh: str) -> Activity:
    return _of(RESIDENT, name, zh, says, says_zh)


LIVED_THROUGH = _resident(
    "lived_through",
    "经历",
    "lived through issue {outcome}; {by} to be held to account; {value:.2f} of 1",
    "经历个案{outcome}，由{by}负责，感受 {value:.2f}（满分1）",
)
JUDGED = _resident(
    "judged",
    "评价",
    "judged by it: {outcome} {before:.3f} → {value:.3f}",
    "据此评价：{outcome} {before:.3f} → {value:.3f}",
)
TOOK_STOCK = _resident(
    "took_stock",
    "盘点",
    "took stock of services and of what is past: {outcome} {before:.3f} → {value:.3f}",
    "回顾服务与往事：{outcome} {before:.3f} → {value:.3f}",
)
MET = _resident(
    "met",
    "邻里相处",
    "was among neighbours, or long not: {outcome} {before:.3f} → {value:.3f}",
    "与邻里相处（或久未往来）：{outcome} {before:.3f} → {value:.3f}",
)
ASKED = _resident("asked", "受邀参与", "was asked to take part {outcome}", "受邀参与{outcome}")
VOLUNTEERING = _resident(
    "volunteering",
    "志愿参与变化",
    "volunteering {before:.0f} → {value:.0f} (1: takes part)",
    "志愿参与 {before:.0f} → {value:.0f}（1：参与）",
)
OTHER_FIRM = _resident(
    "other_firm",
    "更换物业",
    "has another property firm: {outcome} {before:.3f} → {value:.3f}",
    "小区更换物业：{outcome} {before:.3f} → {value:.3f}",
)
WEIGHED = _of(
    ORGANISATION,
    "weighed",
    "权衡",
    "weighed {outcome}: {value:+.2f} to the log odds of its engagement",
    "权衡{outcome}：对参与意愿（对数几率）{value:+.2f}",
)
DECIDED_ANEW = _of(
    ORGANISATION,
    "decided_anew",
    "季度决定",
    "decided for the quarter: {outcome} {before:.3f} → {value:.3f}",
    "作出季度决定：{outcome} {before:.3f} → {value:.3f}",
)
APPRAISED = _of(
    ORGANISATION,
    "appraised",
    "评议",
    "was appraised by {by}: {value:.2f} of 1 ({outcome})",
    "由{by}评议：{value:.2f}（满分1；{outcome}）",
)


def _project(name: str, zh: str, says: str, says_zh: str, ends: bool = False) -> Activity:
    return _of(PROJECT, name, zh, says, says_zh, ends)


ON_ITS_WAY = _project(
    "on_its_way",
    "期初在途",
    "it was on its way when the trace began ({outcome})",
    "跟踪开始时已在途（{outcome}）",
)
BROUGHT_FORWARD = _project("brought_forward", "提出", "it was brought forward by {by}", "由{by}提出")
PLANNED = _project(
    "planned", "设计", "{by} worked on its plan: {value:.0%} done", "{by}作方案设计：完成 {value:.0%}"
)
OWNERS_MET = _project(
    "owners_met",
    "业主会议",
    "the owners met, with {by} in the chair: {outcome}",
    "业主会议，{by}主持：{outcome}",
)
MONEY_SET_ASIDE = _project(
    "money_set_aside",
    "资金落实",
    "{value:,.0f} yuan were set aside for it by {by}",
    "由{by}落实资金 {value:,.0f} 元",
)
GIFTS_ASKED = _project(
    "gifts_asked",
    "募集",
    "gifts of {value:,.0f} yuan were asked for it by {by}",
    "{by}为其募集 {value:,.0f} 元",
)
EXAMINED = _project("examined", "审批", "{by} examined it: {value:.0%} done", "{by}审批：完成 {value:.0%}")
MONEY_LOST = _project(
    "money_lost", "资金收回", "its purse ended and took the money along", "资金来源终止，款项收回"
)
WORKS_BEGUN = _project("works_begun", "开工", "{by} paid for it, and works began{due}", "{by}付款，开工{due}")
STANDS = _project("stands", "建成", "it stands after {weeks}", "历时 {weeks}，建成", ends=True)
ABANDONED = _project(
    "abandoned", "搁置", "it was given up after {weeks} ({outcome})", "{weeks}后搁置（{outcome}）", ends=True
)


def _held(name: str, zh: str, says: str, says_zh: str) -> Activity:
    return _of(POST, name, zh, says, says_zh)


SET_UP = _held(
    "set_up", "设岗", "the post was set up: {value:.2f} of it is held", "设立岗位：到岗 {value:.2f}"
)
FILLED = _held(
    "filled", "补位", "more of it is held: {before:.2f} → {value:.2f}", "人员补充：{before:.2f} → {value:.2f}"
)
VACATED = _held(
    "vacated",
    "离岗",
    "less of it is held: {before:.2f} → {value:.2f}",
    "人员减少：{before:.2f} → {value:.2f}",
)
ENDED = _held(
    "ended", "撤岗", "the post was ended: {before:.2f} of it was held", "撤销岗位：原到岗 {before:.2f}"
)
SUCCEEDED = _held(
    "succeeded",
    "书记更替",
    "its secretary left and another came: capability {before:.2f} → {value:.2f}",
    "书记离任，继任者到岗：能力 {before:.2f} → {value:.2f}",
)

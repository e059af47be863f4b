"""Duties (职责): what the hours of posts are booked for, and how that is said.

A process or mechanism books hours for a duty by its name; one that is not among them is refused. The weekly
measures ``hours_<duty>`` are made from `OWN`, so that none can be forgotten; hours for duties that other
packages add are in ``hours_other``, and by name in `cogov.outcomes.Record.hours_by_post`.
"""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.errors import ConfigError, unknown


@dataclass(frozen=True)
class Duty:
    """One duty.

    Attributes
    ----------
    name : str
        As hours are booked for it: lower case, one word or several with ``_``.
    doc, zh : str
        What is done, in English and Chinese, as it follows on "hours spent on".
    """

    name: str
    doc: str
    zh: str

    def __post_init__(self) -> None:
        if not (self.name.isidentifier() and self.name == self.name.lower()):
            raise ConfigError(
                f"duty {self.name!r}: a name must be lower-case letters, digits and _, a letter first"
            )


OWN = (
    Duty("handling", "handling issues", "办理问题"),
    Duty("travel", "the way to another compound of the same firm", "物业跨小区支援途中"),
    Duty("observing", "looking for problems", "巡查"),
    Duty("reports", "receiving residents' reports", "接待居民反映"),
    Duty("orders", "receiving and dispatching hotline orders", "接收派发热线工单"),
    Duty("replies", "answering hotline orders", "答复热线工单"),
    Duty("summons", "summoning departments", "约请条线部门"),
    Duty("taking_over", "taking over what stands with others", "提级办理"),
    Duty("meetings", "meetings", "会议"),
    Duty("visits", "visits to others, and setting up what was seen", "互学与试行"),
    Duty("replacing", "helping owners to another firm", "协助更换物业"),
    Duty("asking", "asking people to take part", "动员居民参与"),
    Duty("placing", "finding people a duty that fits them", "安排合适岗位"),
    Duty("hosting", "hosting activities", "组织活动"),
    Duty("care", "service needs", "服务需求"),
    Duty("building", "planning works and looking after them", "规划和维护设施"),
    Duty("serving", "what units want", "单位需求"),
    Duty("upkeep", "keeping rules alive", "维持制度"),
    Duty("moving", "travel and learning of those who are moved between posts", "抽调途中与熟悉情况"),
    Duty("tasks", "tasks from above", "上级交办事务"),
)
"""The duties of cogov's own processes, in the order in which tables name them."""
OTHER = Duty("other", "duties that other packages add", "其他职责")
"""All further duties together."""
RESERVED = ("committee", "firm", "office", "volunteers", "departments", "posts", "paid", "wanted", OTHER.name)
"""What ``hours_`` stands before in other measures."""

_DUTIES = {duty.name: duty for duty in OWN}


def add_duty(duty: Duty) -> Duty:
    """Make a further duty known; the same one again changes nothing.

    Raises
    ------
    ConfigError
        If the name is taken by something else.
    """
    if duty.name in RESERVED or _DUTIES.get(duty.name, duty) != duty:
        raise ConfigError(f"duty {duty.name!r}: the name is taken")
    return _DUTIES.setdefault(duty.name, duty)


def duty(name: str) -> Duty:
    """The duty of that name.

    Raises
    ------
    ConfigError
        If there is none, naming the nearest.
    """
    if name not in _DUTIES:
        raise ConfigError(unknown("duty", name, _DUTIES))
    return _DUTIES[name]


def duties() -> tuple[Duty, ...]:
    """All duties: cogov's own, then those that were added."""
    return tuple(_DUTIES.values())

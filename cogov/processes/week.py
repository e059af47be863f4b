"""One week: the processes in their order."""

from __future__ import annotations

from collections.abc import Callable

from cogov.processes.aid import aid
from cogov.processes.appraise import appraise
from cogov.processes.arise import arise
from cogov.processes.bond import bond
from cogov.processes.books import close_week, open_books
from cogov.processes.deliberate import deliberate
from cogov.processes.deliver import deliver
from cogov.processes.enquire import enquire
from cogov.processes.exchanges import hold_exchanges
from cogov.processes.fees import collect_fees
from cogov.processes.firms import firms_decide, owners_decide
from cogov.processes.honours import honour
from cogov.processes.liaison import liaise
from cogov.processes.match import match
from cogov.processes.model_state import ModelState
from cogov.processes.participate import participate
from cogov.processes.partners import agree
from cogov.processes.projects import projects
from cogov.processes.proposals import propose_cases
from cogov.processes.record import record
from cogov.processes.regards import regard
from cogov.processes.route import route
from cogov.processes.secretaries import count_cases, secretaries_learn
from cogov.processes.sense import sense
from cogov.processes.serve_units import serve_units
from cogov.processes.sittings import hold_sittings, take_note
from cogov.processes.tasks import tasks
from cogov.processes.titles import award_titles
from cogov.processes.units import units_decide
from cogov.processes.uphold import uphold
from cogov.processes.visits import hold_visits
from cogov.terms import MONTH, QUARTER

type Process = Callable[[ModelState], None]

EVERY_WEEK: tuple[Process, ...] = (
    open_books,
    arise,
    tasks,
    sense,
    route,
    propose_cases,
    agree,
    liaise,
    hold_exchanges,
    hold_sittings,
    award_titles,
    honour,
    deliberate,
    projects,
    hold_visits,
    deliver,
    count_cases,
    aid,
    match,
    regard,
    serve_units,
    participate,
    bond,
    uphold,
    enquire,
    appraise,
    take_note,
)
EVERY_MONTH: tuple[Process, ...] = (collect_fees,)
EVERY_QUARTER: tuple[Process, ...] = (units_decide, firms_decide, owners_decide, secretaries_learn)
AT_THE_END: tuple[Process, ...] = (record, close_week)
PROCESSES = EVERY_WEEK + EVERY_MONTH + EVERY_QUARTER + AT_THE_END
"""All of them, in the order of a week that ends a month and a quarter."""


def processes_of(week: int) -> tuple[Process, ...]:
    """The processes of a week, in order; the first week is 1."""
    return (
        *EVERY_WEEK,
        *(EVERY_MONTH if week % MONTH == 0 else ()),
        *(EVERY_QUARTER if week % QUARTER == 0 else ()),
        *AT_THE_END,
    )

"""The processes of the week, in their order, and their parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cogov.fields import Parameters, param
from cogov.processes.appraise import Appraise, appraise
from cogov.processes.arise import Arise, World, arise
from cogov.processes.bond import Bond, bond
from cogov.processes.deliberate import Deliberate, deliberate
from cogov.processes.deliver import Deliver, deliver
from cogov.processes.match import Match, match
from cogov.processes.participate import Participate, participate
from cogov.processes.record import record
from cogov.processes.route import Route, route
from cogov.processes.sense import Sense, sense
from cogov.processes.shocks import Epidemic, read_shocks

if TYPE_CHECKING:
    from cogov.model import GovernanceModel

WEEK: tuple[Callable[[GovernanceModel], None], ...] = (
    arise,
    sense,
    route,
    deliberate,
    deliver,
    match,
    participate,
    bond,
    appraise,
    record,
)
"""One week, in order."""


@dataclass(frozen=True, kw_only=True)
class Processes(Parameters):
    """The parameters of all processes."""

    arise: Arise = param(Arise(), doc="births of issues and needs")
    sense: Sense = param(Sense(), doc="who notices")
    route: Route = param(Route(), doc="how issues travel")
    deliberate: Deliberate = param(Deliberate(), doc="how councils and owners decide")
    deliver: Deliver = param(Deliver(), doc="how work is served")
    match: Match = param(Match(), doc="how offers find needs")
    participate: Participate = param(Participate(), doc="who volunteers")
    bond: Bond = param(Bond(), doc="what joint activity does")
    appraise: Appraise = param(Appraise(), doc="how experience becomes trust")

    @classmethod
    def title(cls) -> str:
        return "processes"


__all__ = ["WEEK", "Epidemic", "Processes", "World", "read_shocks"]

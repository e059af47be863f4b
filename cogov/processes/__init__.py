"""The processes and their parameters; `cogov.processes.week` shows them in their order."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import Parameters, param
from cogov.processes.above import Administer
from cogov.processes.aid import Aiding
from cogov.processes.appraise import Appraise
from cogov.processes.attention import Attending
from cogov.processes.births import Arise, World
from cogov.processes.bond import Bond
from cogov.processes.costs import Prices
from cogov.processes.deliberate import Deliberate
from cogov.processes.deliver import Deliver
from cogov.processes.enquire import Enquire
from cogov.processes.fees import Fees
from cogov.processes.firms import FirmDecisions
from cogov.processes.honours import Honouring
from cogov.processes.match import Match
from cogov.processes.participate import Participate
from cogov.processes.partners import Partners
from cogov.processes.projects import Projects
from cogov.processes.regards import Regards
from cogov.processes.route import Route
from cogov.processes.secretaries import Secretaries
from cogov.processes.sense import Sense
from cogov.processes.shocks import Epidemic, read_shocks
from cogov.processes.sittings import Sittings
from cogov.processes.units import UnitDecisions
from cogov.processes.uphold import Uphold
from cogov.processes.visits import Visits
from cogov.state.contacts import Contact


@dataclass(frozen=True, kw_only=True)
class Processes(Parameters):
    """The parameters of all processes."""

    arise: Arise = param(Arise(), doc="births of issues and needs")
    tasks: Administer = param(Administer(), doc="what comes from above")
    sense: Sense = param(Sense(), doc="who notices")
    attention: Attending = param(Attending(), doc="what comes first, where there is more than hours")
    route: Route = param(Route(), doc="how issues travel")
    deliberate: Deliberate = param(Deliberate(), doc="how councils decide")
    projects: Projects = param(Projects(), doc="which works are proposed, and how owners agree")
    visits: Visits = param(Visits(), doc="how practices are set up, and whom secretaries know")
    deliver: Deliver = param(Deliver(), doc="how work is served")
    aid: Aiding = param(Aiding(), doc="what neighbours do for each other")
    match: Match = param(Match(), doc="how offers find needs")
    regards: Regards = param(Regards(), doc="what happens to people, and what a call is to them")
    participate: Participate = param(Participate(), doc="who volunteers")
    honours: Honouring = param(Honouring(), doc="what an honour is worth to who has it")
    bond: Bond = param(Bond(), doc="what joint activity does")
    enquire: Enquire = param(Enquire(), doc="what is known of needs")
    appraise: Appraise = param(Appraise(), doc="how experience becomes trust")
    contacts: Contact = param(Contact(), doc="how contact ties and wears off")
    partners: Partners = param(Partners(), doc="how units and neighbourhoods agree to work together")
    sittings: Sittings = param(Sittings(), doc="what appraisers take for good work")
    fees: Fees = param(Fees(), doc="who pays property fees, and what they buy")
    units: UnitDecisions = param(UnitDecisions(), doc="what moves a unit")
    firms: FirmDecisions = param(FirmDecisions(), doc="what moves a property firm")
    uphold: Uphold = param(Uphold(), doc="who keeps a compact")
    secretaries: Secretaries = param(Secretaries(), doc="how secretaries learn")
    costs: Prices = param(Prices(), doc="what hours are worth")

    @classmethod
    def title(cls) -> str:
        return "processes"


__all__ = ["Epidemic", "Processes", "World", "read_shocks"]

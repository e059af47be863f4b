"""What a process sees: what is given, the rules in force, and every part of the state, by name.

`cogov.model.GovernanceModel` fills it; processes know this much of a model and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.activities.teller import Teller
from cogov.community import Community, Firms, Places, Residents, Ties, Units
from cogov.kit.streams import Streams
from cogov.outcomes import Record, Tally
from cogov.processes.above import Above
from cogov.processes.births import World
from cogov.processes.shocks import Epidemic
from cogov.rules.institutions import Institutions
from cogov.state.accounts import Accounts
from cogov.state.agreements import Agreements
from cogov.state.aid import Aid
from cogov.state.alarms import Alarms
from cogov.state.attention import Attention
from cogov.state.capability import Capabilities
from cogov.state.causes import Causes
from cogov.state.channels import Channels
from cogov.state.compacts import Compacts
from cogov.state.contacts import Contacts
from cogov.state.day import DayPeople
from cogov.state.domains import Domains
from cogov.state.exchanges import Exchanges
from cogov.state.experiences import Experiences
from cogov.state.honours import Honours
from cogov.state.issues import Issues
from cogov.state.known import Known
from cogov.state.lessons import Lessons
from cogov.state.meetings import Meetings
from cogov.state.offers import Offers
from cogov.state.practices import Practices
from cogov.state.purses import Purses
from cogov.state.tables import Homes
from cogov.state.tasks import OpenTasks
from cogov.state.tied_to import TiedTo
from cogov.state.titles import Titles
from cogov.state.verdicts import Verdicts
from cogov.state.volunteers import Volunteers
from cogov.state.works import Works


class ModelState:
    """A model as processes see it; each part is documented where it is made."""

    # Given
    community: Community
    places: Places
    world: World
    above: Above
    streams: Streams
    shocks: Sequence[Epidemic]
    parameters: Any
    """`cogov.processes.Processes`, of which each process takes its own"""
    week: int
    """the week under way, from 1"""
    start: int
    """weeks of the run-in, from which the record counts"""
    adopted: int
    """the week after which the design in force was adopted"""
    neighbourhood_needs: NDArray[np.float64]
    """hours of need a week, shape (neighbourhoods, services)"""
    adults_by_building: NDArray[np.float64]

    # The rules in force, with posts and the week's ledger
    institutions: Institutions

    # People and homes
    residents: Residents
    ties: Ties
    tied_to: TiedTo
    homes: Homes
    experiences: Experiences
    domains: Domains
    volunteers: Volunteers
    day: DayPeople
    aid: Aid
    known: Known
    met: NDArray[np.float64]
    """share of need met last week, shape (neighbourhoods, services)"""
    hosting: NDArray[np.float64]
    """hours saved up for joint activities, by neighbourhood"""
    hosting_together: dict[str, NDArray[np.float64]]
    """hours saved up for what is held for a whole area at once, by post, by its areas"""
    called: NDArray[np.int32] | None
    """week in which each resident was last called on; None before anybody was"""
    regular: NDArray[np.int64]
    """weeks with an activity at its fixed time, less those without, by neighbourhood"""
    honours: Honours

    # Problems
    issues: Issues
    alarms: Alarms
    devices: dict[float, NDArray[np.bool_]]
    """households that have a device for their old people, by the share of them that have one"""
    causes: Causes
    compacts: Compacts
    tasks: OpenTasks
    attention: Attention

    # Organisations, as columns and as agents over their rows
    units: Units
    firms: Firms
    secretaries: Capabilities
    practices: Practices
    meetings: Meetings
    contacts: Contacts
    agreements: Agreements
    accounts: Accounts
    offers: Offers
    verdicts: Verdicts
    titles: Titles
    exchanges: Exchanges
    lessons: Lessons
    joint_units: Sequence[Any]
    property_firms: Sequence[Any]
    owners_committees: Sequence[Any]
    neighbourhood_committees: Sequence[Any]

    # Money and works
    purses: Purses
    works: Works
    collection: NDArray[np.float64]
    """share of property fees that is paid, by compound"""
    found: dict[str, NDArray[np.float64]]
    """heads found for a post and still there, by area of the post"""
    since: dict[str, int]
    """week after which a post came to be staffed"""

    # What is written down
    tally: Tally
    record: Record
    trace: Teller | None
    """events of what is followed; None where nothing is"""
    channels: Channels | None
    """by what levels have moved, where account of it is kept"""

    random: Any
    """Mesa's own generator, for its tools: no process draws from it"""

    def compound_mean(self, column: NDArray[np.float32]) -> NDArray[np.float64]:
        """Mean of a resident column in each compound."""
        places = self.places
        # In the column's own precision, of seven digits: to widen it takes as long as to add it up.
        total = np.add.reduceat(column, places.compound_rows[:-1])
        return np.asarray(total / places.residents_by_compound)

    def quality_by_compound(self) -> NDArray[np.float64]:
        """Quality of the firm that serves each compound; 0 where none does."""
        firm = self.homes.firm
        if not len(self.firms):
            return np.zeros(len(firm))
        return np.where(firm >= 0, self.firms.quality[np.maximum(firm, 0)], 0).astype(float)

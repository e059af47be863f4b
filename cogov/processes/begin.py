"""Begin (开始): the state of a model, as a run finds it before its first week."""

from __future__ import annotations

import numpy as np

from cogov.outcomes import Tally
from cogov.processes.above import Above
from cogov.processes.aid import lay_out_aid
from cogov.processes.births import World
from cogov.processes.model_state import ModelState
from cogov.state.accounts import Accounts
from cogov.state.agreements import Agreements
from cogov.state.alarms import Alarms
from cogov.state.attention import Attention
from cogov.state.capability import Capabilities
from cogov.state.causes import Causes
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
from cogov.state.tasks import OpenTasks
from cogov.state.tied_to import TiedTo
from cogov.state.titles import Titles
from cogov.state.verdicts import Verdicts
from cogov.state.volunteers import Volunteers
from cogov.state.works import Works
from cogov.terms import ADULT


def begin(model: ModelState) -> None:
    """Lay out everything that changes in a run."""
    places, community = model.places, model.community
    compounds, neighbourhoods = len(places.compounds), len(places.neighbourhoods)
    model.world = World(community, model.parameters.arise, model.streams)
    model.above = Above(model.parameters.tasks, community.committees, model.streams)
    model.causes = Causes(places, model.parameters.arise.causes)
    model.compacts = Compacts(compounds)
    model.practices = Practices(neighbourhoods)
    acquaintance = model.parameters.visits
    model.meetings = Meetings(acquaintance.half_life, acquaintance.enough)
    model.secretaries = Capabilities(
        community.committees.capability,
        places.neighbourhoods.site,
        community.committees.tenure_weeks,
        model.parameters.secretaries.similarity,
    )
    model.issues = Issues()
    model.tally = Tally(compounds)
    model.alarms, model.attention = Alarms(len(places.buildings)), Attention(len(community.departments))
    model.tasks = OpenTasks(places.building_neighbourhood, neighbourhoods)
    model.offers = Offers(model.units, neighbourhoods)
    model.contacts = Contacts(
        model.units.neighbourhood, model.units.tie, neighbourhoods, model.parameters.contacts
    )
    model.agreements = Agreements(len(model.units))
    model.accounts = Accounts(model.units.wants)
    model.exchanges, model.lessons = Exchanges(len(model.firms)), Lessons(len(model.firms))
    model.honours, model.titles = Honours(), Titles()
    judged = {"units": len(model.units), "firms": len(model.firms)}
    model.verdicts = Verdicts(judged, neighbourhoods)
    model.experiences = Experiences(len(model.residents))
    personal, weights = model.world.personal, model.parameters.appraise.weights()
    cells = neighbourhoods * len(personal.hours)
    model.domains = Domains(community.residents.satisfaction, personal.cell, cells, weights)
    model.volunteers = Volunteers(community)
    model.day = DayPeople(model.units, neighbourhoods)
    model.purses = Purses()
    model.works = Works(places, community.venues)
    model.devices = {}
    model.found = {}
    model.since = {}
    model.called = None
    model.regular = np.zeros(neighbourhoods, dtype=np.int64)
    model.hosting = np.zeros(neighbourhoods)
    model.hosting_together = {}
    model.collection = np.zeros(compounds)
    model.neighbourhood_needs = np.add.reduceat(model.world.needs, places.neighbourhood_compounds[:-1])
    model.met = np.zeros_like(model.neighbourhood_needs)
    model.known = Known(model.met.shape, model.parameters.enquire.start)
    model.aid = lay_out_aid(model)
    model.tied_to = TiedTo.nobody(len(model.residents))
    model.tied_to.able.see(model.ties, model.residents.free_hours >= model.parameters.aid.time)
    model.channels = None
    # A weighted count, not reduceat, which gives an empty building its neighbour's resident.
    residents, buildings = model.residents, len(places.buildings)
    model.adults_by_building = np.bincount(residents.building, residents.age >= ADULT, buildings)

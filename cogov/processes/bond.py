"""Bond (睦邻): joint activity strengthens and makes ties; time wears them down."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cogov.community.cohorts import Cohort
from cogov.community.places import Places
from cogov.kit.elementary import power
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.embedded import embedded
from cogov.processes.invitations import by_notice, inclined, keep_time
from cogov.processes.model_state import ModelState
from cogov.state.works import Rooms
from cogov.terms import COHORTS, QUARTER, Age


@dataclass(frozen=True, kw_only=True)
class Bond(Parameters):
    """What an activity takes, who comes, and what it does to those who meet there."""

    hours: float = param(
        10.0, low=0.1, unit="h", doc="hours to prepare and host one activity", plausible=(5, 20)
    )
    invited: int = param(
        60, low=1, high=100_000, doc="residents who hear of an activity", plausible=(30, 120)
    )
    around: int = param(
        400,
        low=1,
        high=100_000,
        doc="they live close together: among so many who have the venue in reach",
        plausible=(200, 800),
    )
    slot: float = param(
        3.0,
        low=0.1,
        high=168,
        unit="h",
        doc="open hours of a venue that one activity takes",
        plausible=(2, 4),
    )
    tables: int = param(
        2,
        low=0,
        high=100,
        unit="1/week",
        doc="activities that the yard of a compound has room for",
        plausible=(1, 3),
    )
    table: int = param(
        10,
        low=1,
        high=10_000,
        unit="people",
        doc="who finds room at one in a yard",
        plausible=(6, 16),
    )
    come: float = param(
        -1.5, low=-100, high=100, doc="log odds that one who hears of it comes", plausible=(-2.2, -0.8)
    )
    come_belonging: float = param(1.5, low=0, doc="what full belonging adds", plausible=(0.5, 2.5))
    come_volunteer: float = param(1.0, low=0, doc="what volunteering adds", plausible=(0.3, 2))
    online: tuple[float, ...] = param(
        (0.0, 0.5, 0.9, 0.9, 0.75, 0.5, 0.3, 0.1),
        low=0,
        high=1,
        length=(len(Age), len(Age)),
        doc="share who read the groups of messages where they live, by Age: most of the young",
        source="assumed: 0.5 to 1 at 18-44, 0.1 to 0.6 from 70 on",
        plausible=(0.6, 1.1),
    )
    strengthen: float = param(
        0.03,
        low=0,
        high=1,
        doc="a tie between two who meet closes so much of its gap to 1",
        source="derived: two hours of 1 - exp(-hours / 72), so that 50 make a casual friend (0.5), 90"
        " a friend (0.7) and 200 a good one (0.94) (facts: Hall 2018)",
        plausible=(0.02, 0.05),
    )
    new_tie: float = param(
        0.1,
        low=0,
        high=1,
        doc="chance that two who sat together and did not know each other now do",
        plausible=(0.05, 0.5),
    )
    new_strength: float = param(
        0.03,
        low=0.001,
        high=1,
        doc="strength of a new tie",
        source="derived: two hours together, as in `strengthen` (facts: Hall 2018)",
    )
    wear: float = param(
        0.0031,
        low=0,
        high=1,
        unit="1/week",
        doc="share lost by time of what a tie is stronger than everyday contact keeps it",
        source="derived: closeness falls by some 15 % a year without meeting (facts: Dunbar 2010)",
    )
    dissolve: float = param(
        0.01,
        low=0,
        high=1,
        doc="a tie without everyday contact that is weaker than this is gone",
        plausible=(0.005, 0.03),
    )
    isolated: float = param(
        0.1,
        low=0,
        high=10,
        unit="ties",
        doc="who is tied to neighbours by less than this in all counts as isolated",
        source="assumed: seven hours together, of a lifetime",
        plausible=(0.05, 0.3),
    )
    circle: float = param(
        1.0,
        low=0,
        high=100,
        unit="ties",
        doc="strength of all one's ties at which one is half as embedded as can be",
        plausible=(0.5, 3),
    )
    trust: float = param(
        0.06, low=0, high=1, doc="trust in neighbours closes so much of its gap to 1", plausible=(0.02, 0.12)
    )
    belonging: float = param(
        0.08, low=0, high=1, doc="belonging closes so much of its gap to 1", plausible=(0.03, 0.15)
    )
    trust_stranger: float = param(
        0.2,
        low=0,
        high=1,
        doc="trust in neighbours to which everyday life brings one who knows none",
        plausible=(0.1, 0.5),
    )
    trust_known: float = param(
        0.6,
        low=0,
        high=1,
        doc="the same for one who is embedded as far as can be",
        source="assumed; 46 % would leave a parcel with a neighbour without question, 19 % mostly (facts:"
        " Shanghai Urban Neighborhood Survey 2017)",
        plausible=(0.5, 0.9),
    )
    belonging_stranger: float = param(
        0.25,
        low=0,
        high=1,
        doc="belonging of one who knows no neighbours",
        plausible=(0.1, 0.5),
    )
    belonging_known: float = param(
        0.55,
        low=0,
        high=1,
        doc="the same for one who is embedded as far as can be",
        source="assumed. That belonging rests on ties: Kasarda, Janowitz 1974, from memory",
        plausible=(0.5, 0.9),
    )
    fade: float = param(
        0.004,
        low=0,
        high=1,
        unit="1/week",
        doc="pull of trust in neighbours and belonging to these levels",
        source="assumed, as of trust in the committee (`appraise.forgetting`)",
        plausible=(0.002, 0.008),
    )


@process(
    reads=("institutions", "residents.volunteering", "residents.age", "works"),
    writes=(
        "residents.trust_neighbours",
        "residents.belonging",
        "ties",
        "tied_to",
        "hosting",
        "hosting_together",
        "regular",
        "institutions.ledger",
        "tally",
        "channels",
    ),
)
def bond(model: ModelState) -> None:
    """Hold the week's joint activities; then let time take its share."""
    people, activity = gather(model)
    if model.hosting_together:
        people, activity = with_those_of_an_area(model, people, activity)
    if len(people):
        meet(model, people, activity)
    live_on(model)
    if model.week % QUARTER == 0:
        parameters = model.parameters.bond
        share = 1 - power(1 - parameters.wear, QUARTER)
        model.tied_to.take_over(model.ties.settle(share, parameters.dissolve))


def live_on(model: ModelState) -> None:
    """Everyday life brings a quarter of the residents nearer to what trust and belonging ties make usual."""
    parameters, residents = model.parameters.bond, model.residents
    mine = Cohort.in_week(model.week)
    pull = np.float32(1 - power(1 - parameters.fade, COHORTS))  # each cohort is visited once in four weeks
    known = embedded(model, mine.of(model.ties.tied))
    for name, alone, among in (
        ("trust_neighbours", parameters.trust_stranger, parameters.trust_known),
        ("belonging", parameters.belonging_stranger, parameters.belonging_known),
    ):
        column = getattr(residents, name)
        level, usual = mine.of(column), np.float32(alone) + np.float32(among - alone) * known
        mine.put(column, level + pull * (usual - level))
        if model.channels is not None:
            model.channels[name].draw(mine.rows(np.arange(len(level))), float(pull), usual, "ties")


def gather(model: ModelState) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Host activities with the hours there are, in the venues there are, and see who comes.

    An activity takes a slot of a venue of its neighbourhood. Without a free one it is small: a table in the
    yard of a compound. Hours beyond what there is room for are lost, not saved up.

    Returns
    -------
    people, activity : ndarray of int
        Residents who came (each once, ascending) and the activity they came to.
    """
    parameters, residents = model.parameters.bond, model.residents
    earn_hosting(model)
    rooms = model.works.rooms(parameters.slot)
    in_venues = np.diff(rooms.start)
    room = in_venues + parameters.tables * np.diff(model.places.neighbourhood_compounds)
    held = np.minimum(np.floor(model.hosting / parameters.hours), room).astype(np.int64)
    model.hosting = np.where(held == room, 0, model.hosting - held * parameters.hours)
    home, number = np.nonzero(np.arange(held.max(initial=0)) < held[:, None])
    draws = np.zeros((len(home), 2 * parameters.invited + 1), dtype=np.float32)
    for nth in range(held.max(initial=0)):  # what a neighbourhood's nth activity draws no other can change
        drawn = model.streams.generator(f"bond/activity {nth}", model.week).random(
            (len(held), draws.shape[1]), dtype=np.float32
        )
        draws[number == nth] = drawn[held > nth]
    small = number >= in_venues[home]
    venue = rooms.venue[(rooms.start[home] + number)[~small]]
    first, drawn = draws[:, 0], draws[:, 1 : parameters.invited + 1]
    invited = whom(model, rooms, home, small, venue, first, drawn)
    comes = draws[:, parameters.invited + 1 :] < inclined(model, invited)
    for laid in model.institutions.notices:
        told, numbers = by_notice(model, laid, home, number, small)
        drawn, come = numbers[0], numbers[1]
        more = whom(model, rooms, home, small, venue, first, drawn)
        told &= come < inclined(model, more)
        if laid.rule.online:
            told &= numbers[2] < np.array(parameters.online, dtype=np.float32)[residents.age[more]]
        invited, comes = np.hstack([invited, more]), np.hstack([comes, told])
    keep_time(model, np.minimum(held, in_venues) > 0)
    places = np.full(len(home), parameters.table)
    places[~small] = rooms.people[venue]
    comes &= np.cumsum(comes, axis=1) <= places[:, None]  # when it is full it is full
    people, once = np.unique(invited[comes], return_index=True)
    activity = np.nonzero(comes)[0][once]
    model.tally.count("activities", len(home))
    model.tally.count("small_activities", int(small.sum()))
    model.tally.count("attendance", len(people))
    return people, activity


def with_those_of_an_area(
    model: ModelState, people: NDArray[np.int64], activity: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hold what brings a whole area together, in the open, and add who comes to those of other activities.

    As many hear of it as of another activity, anywhere in the area; who is at another one is not there.
    """
    parameters, institutions = model.parameters.bond, model.institutions
    everybody, which, number = [people], [activity], int(activity.max(initial=-1)) + 1
    home = model.residents.building
    for name, saved in sorted(model.hosting_together.items()):
        if name not in institutions.positions:  # the post has gone with its design, and its hours
            continue
        area = institutions.areas[institutions.positions[name].area]
        for at, held in enumerate(np.floor(saved / parameters.hours).astype(np.int64).tolist()):
            if not held:
                continue
            saved[at] -= held * parameters.hours
            rows = np.flatnonzero(area.of_building[home] == at)
            stream = model.streams.generator(f"bond/together {name} {at}", model.week)
            drawn = stream.random((2, held, parameters.invited), dtype=np.float32)
            invited = rows[(drawn[0] * len(rows)).astype(np.int64).clip(max=len(rows) - 1)]
            comes = drawn[1] < inclined(model, invited)
            everybody.append(invited[comes])
            which.append(number + np.nonzero(comes)[0])
            number += held
            model.tally.count("activities", held)
            model.tally.count("attendance", int(comes.sum()))
    found, once = np.unique(np.concatenate(everybody), return_index=True)
    return found.astype(np.int64), np.concatenate(which)[once]


def earn_hosting(model: ModelState) -> None:
    """Posts give the share of their hours that goes to hosting; those of a wider area divide it.

    What is for all of an area together is saved up for that.
    """
    institutions = model.institutions
    posts, ledger = institutions.posts, institutions.ledger
    for rule in posts.those(posts.host):
        where, area = posts.at(rule.name), institutions.areas[rule.area]
        hours = ledger.spend(where, posts.host[where] * ledger.own(where), "hosting")
        if rule.together:
            saved = model.hosting_together.setdefault(rule.name, np.zeros(area.n))
            model.hosting_together[rule.name] = hours + (saved if len(saved) == area.n else 0)
            continue
        model.hosting += (hours / area.neighbourhoods)[area.of_neighbourhood]


def whom(
    model: ModelState,
    rooms: Rooms,
    home: NDArray[np.int64],
    small: NDArray[np.bool_],
    venue: NDArray[np.int64],
    first: NDArray[np.float32],
    drawn: NDArray[np.float32],
) -> NDArray[np.int64]:
    """Residents at the numbers drawn among those who live around each activity, shape as ``drawn``."""
    parameters = model.parameters.bond
    invited = np.zeros(drawn.shape, dtype=np.int64)
    invited[~small] = around_a_venue(rooms, venue, first[~small], drawn[~small], parameters)
    invited[small] = around_a_table(model.places, home[small], first[small], drawn[small], parameters)
    return invited


def around_a_venue(
    rooms: Rooms,
    venue: NDArray[np.int64],
    start: NDArray[np.float32],
    drawn: NDArray[np.float32],
    parameters: Bond,
) -> NDArray[np.int64]:
    """Who hears of activities in venues: close neighbours among those who count the venue as theirs."""
    reach = rooms.reach[venue]
    around = np.minimum(parameters.around, reach)
    first = (start * (reach - around + 1)).astype(np.int64)
    place = first[:, None] + (drawn * around[:, None]).astype(np.int64)
    return rooms.residents(venue[:, None], place)


def around_a_table(
    places: Places,
    home: NDArray[np.int64],
    start: NDArray[np.float32],
    drawn: NDArray[np.float32],
    parameters: Bond,
) -> NDArray[np.int64]:
    """Who hears of activities in a yard: those of its compound who live around it."""
    rows, compounds = places.neighbourhood_rows.astype(np.int64), places.compound_rows.astype(np.int64)
    middle = rows[home] + (start * (rows[home + 1] - rows[home])).astype(np.int64)
    compound = np.searchsorted(compounds, middle, side="right") - 1
    around = np.minimum(parameters.around, compounds[compound + 1] - compounds[compound])
    first = np.maximum(middle - around // 2, compounds[compound])
    first = np.minimum(first, compounds[compound + 1] - around)
    return np.asarray(first[:, None] + (drawn * around[:, None]).astype(np.int64))


def meet(model: ModelState, people: NDArray[np.int64], activity: NDArray[np.int64]) -> None:
    """Those who meet grow closer: ties, some new ones, trust in neighbours, belonging."""
    parameters, residents, ties = model.parameters.bond, model.residents, model.ties
    near = ties.near(people)
    at = np.full(len(residents), -1, dtype=np.int32)  # at which activity each resident is
    at[people] = activity
    together = (at[near.other] == activity[near.owner]) & (near.now > 0)
    ties.strengthen(near, together, parameters.strengthen)
    draws = seating(model, people)
    order = np.lexsort((draws[0], activity))
    left, right = people[order[:-1]], people[order[1:]]
    sat = (activity[order[:-1]] == activity[order[1:]]) & (draws[1, 1:] < parameters.new_tie)
    made = ties.connect(near, left[sat], right[sat], parameters.new_strength)
    model.tally.count("new_ties", made)
    model.tied_to.take_over(ties.keep(near))
    for name, share in (("trust_neighbours", parameters.trust), ("belonging", parameters.belonging)):
        column = getattr(residents, name)
        column[people] += np.float32(share) * (1 - column[people])
        if model.channels is not None:
            model.channels[name].draw(people, share, 1.0, "activities")


def seating(model: ModelState, people: NDArray[np.int64]) -> NDArray[np.float64]:
    """Two numbers for each of those who came, shape (2, people), whoever came in another subdistrict."""
    bounds = model.places.neighbourhood_rows[model.places.subdistrict_neighbourhoods]
    before = people.searchsorted(bounds).tolist()
    came = [last - first for first, last in pairwise(before)]
    names = ["bond/sit", *(f"bond/sit/{place}" for place in range(1, len(came)))]
    return np.concatenate(
        [
            model.streams.generator(name, model.week).random((2, many))
            for name, many in zip(names, came, strict=True)
        ],
        axis=1,
    )

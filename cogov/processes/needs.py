"""Needs (服务需求): the hours of service that people need, person by person.

What a place needs is the sum over its people, and what a person makes of the services is weighed by the same
hours: there is no second account of who needs what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cogov.community import Community
from cogov.kit.fields import Parameters, param
from cogov.terms import ADULT, ELDER, Age, Service

Floats = NDArray[np.float64]

AT_70 = 0.25
"""Need for elder care at 70-79, share of that at 80+."""
UNDER_12 = 0.5
"""Need for culture and sport below 12, share of that of the others: half of them are under 6."""


@dataclass(frozen=True, kw_only=True)
class NeedHours(Parameters):
    """Hours of service that people need of their community, beyond what family, market and insurance give.

    Nobody has measured them. The ranges are as wide as what is known allows; results that depend on where in
    them a number lies are to be shown over all of it.
    """

    elder_care: float = param(
        0.45,
        low=0,
        unit="h/week",
        doc="need of a resident aged 80+; a quarter of it at 70-79",
        source="assumed. Shanghai's long-term care insurance pays 3, 5 or 7 h/week of home care by grade"
        " (Procedures on the pilot of long-term care insurance, 2017, article 14) to the minority"
        " that is graded; what community services are to add is not published",
        plausible=(0.1, 3),
    )
    child_care: float = param(
        0.30,
        low=0,
        unit="h/week",
        doc="need of a child under 12, shared by the child and the adults of its household",
        source="assumed: people themselves give children 85 % of 53 minutes a day, or 5 h/week a person"
        " (National Bureau of Statistics, time use survey 2018)",
        plausible=(0.05, 5),
    )
    health: float = param(
        0.05,
        low=0,
        unit="h/week",
        doc="need of a resident aged 60+",
        source="assumed: from half an hour a year to a consultation a month",
        plausible=(0.01, 0.3),
    )
    culture: float = param(
        0.025,
        low=0,
        unit="h/week",
        doc="need of every resident aged 6 and over, roughly",
        source="assumed: one who leads ten people an hour a week is 0.1",
        plausible=(0.005, 0.5),
    )
    advice: float = param(0.006, low=0, unit="h/week", doc="need of an adult", plausible=(0.001, 0.05))
    venue: float = param(0.008, low=0, unit="h/week", doc="need of an adult", plausible=(0.001, 0.1))
    repair_help: float = param(
        0.01,
        low=0,
        unit="h/week",
        doc="need of a household, double in old compounds",
        plausible=(0.002, 0.1),
    )
    environment: float = param(0.012, low=0, unit="h/week", doc="need of a household", plausible=(0.002, 0.2))


@dataclass(frozen=True, eq=False)
class PersonalNeeds:
    """Who needs how much of what. Residents of one class need the same.

    A class is an age band with the children, the adults and the size of the household, in an old compound or
    not; there are some hundreds.

    Attributes
    ----------
    cell : ndarray of int, shape (residents,), two bytes each where they do
        neighbourhood x number of classes + class of each resident.
    hours : ndarray, shape (classes, services)
        Hours a week that one resident of each class needs.
    of_compound : ndarray, shape (compounds, services)
        Hours a week needed in each compound: the sum over its residents.
    """

    cell: NDArray[np.signedinteger]
    hours: Floats
    of_compound: Floats

    @classmethod
    def of(cls, community: Community, parameters: NeedHours) -> PersonalNeeds:
        """The needs of everybody in a community."""
        places, residents = community.places, community.residents
        kind, about = classes(community)
        hours = hours_of(about, parameters)
        compound = places.building_compound[residents.building].astype(np.intp)
        n, classes_ = len(places.compounds), len(hours)
        people = np.bincount(compound * classes_ + kind, minlength=n * classes_).reshape(n, classes_)
        of_compound = np.zeros((n, len(Service)))
        for one in range(classes_):
            of_compound += people[:, one, None] * hours[one]
        cell = places.building_neighbourhood[residents.building].astype(np.int32) * classes_ + kind
        small = np.min_scalar_type(-len(places.neighbourhoods) * classes_)
        return cls(cell.astype(small), hours, of_compound)

    def shares_met(self, met: Floats) -> Floats:
        """What of `share_met` each service makes up, shape (services + 1, neighbourhoods, classes).

        The last is of those who need nothing: all that there is to meet is met.
        """
        whole = self.hours.sum(1)
        part = self.hours.T / np.where(whole > 0, whole, 1.0)
        found = np.zeros((len(Service) + 1, len(met), len(whole)))
        for service in Service:
            found[service] = met[:, service, None] * part[service]
        found[-1] = whole == 0
        return found

    def share_met(self, met: Floats) -> Floats:
        """Share of their hours that is met, shape (neighbourhoods, classes); 1 for who needs nothing.

        Parameters
        ----------
        met : ndarray, shape (neighbourhoods, services)
            Share of each service's need that is met, in [0, 1].
        """
        by_service, whole, none = self._made_of
        found = np.repeat(none[None], len(met), axis=0)
        for share, hours in zip(met.T, by_service, strict=True):
            found += share[:, None] * hours
        found /= whole
        return np.minimum(found, 1.0, out=found)

    @cached_property
    def _made_of(self) -> tuple[Floats, Floats, Floats]:
        """Hours by service, all of them together, and who needs none: counted as an hour that is met."""
        by_service = np.ascontiguousarray(self.hours.T)
        whole = sum(by_service, np.zeros(len(self.hours)))
        return by_service, np.where(whole > 0, whole, 1.0), (whole <= 0).astype(float)


def classes(community: Community) -> tuple[NDArray[np.int32], dict[str, NDArray[np.intp]]]:
    """The class of each resident, and of each class what makes it: age, children, adults, size, old."""
    places, residents = community.places, community.residents
    household, n = residents.household, places.households
    compound = np.repeat(places.building_compound, places.households_by_building)
    by_household = {
        "children": np.bincount(household, residents.age == Age.UNDER_12, n),
        "adults": np.bincount(household, residents.age >= ADULT, n),
        "size": np.bincount(household, minlength=n),
        "old": places.compounds.old[compound],
    }
    made_of = {name: column.astype(np.int32) for name, column in by_household.items()}
    spans = {"age": len(Age)} | {name: int(column.max(initial=0)) + 1 for name, column in made_of.items()}
    key = residents.age.astype(np.int32)
    for name, column in made_of.items():  # in place: at a million residents every column is millions of bytes
        key *= spans[name]
        key += column[household]
    used = np.bincount(key) > 0
    about = dict(zip(spans, np.unravel_index(np.flatnonzero(used), list(spans.values())), strict=True))
    return (np.cumsum(used) - 1).astype(np.int32)[key], about


def hours_of(about: dict[str, NDArray[np.intp]], parameters: NeedHours) -> Floats:
    """Hours a week that one resident of each class needs, shape (classes, services).

    Care for children is shared by those whom it frees: the children and the adults of their household. What a
    household needs is shared by its members.
    """
    age, children, adults, size = (about[name] for name in ("age", "children", "adults", "size"))
    adult, child = age >= ADULT, age == Age.UNDER_12
    minding = np.where(adult | child, children, 0) / (children + adults).clip(1)
    hours = np.zeros((len(age), len(Service)))
    hours[:, Service.ELDER_CARE] = parameters.elder_care * (
        (age == Age.AGE_80_PLUS) + AT_70 * (age == Age.AGE_70_79)
    )
    hours[:, Service.CHILD_CARE] = parameters.child_care * minding
    hours[:, Service.HEALTH] = parameters.health * (age >= ELDER)
    hours[:, Service.CULTURE] = parameters.culture * np.where(child, UNDER_12, 1.0)
    hours[:, Service.ADVICE] = parameters.advice * adult
    hours[:, Service.VENUE] = parameters.venue * adult
    hours[:, Service.REPAIR_HELP] = parameters.repair_help * (1 + about["old"]) / size
    hours[:, Service.ENVIRONMENT] = parameters.environment / size
    return hours

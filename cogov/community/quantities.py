"""Every number a community profile consists of, with its meaning, unit and range.

Values and their sources stand in ``configs/community/*.yaml``; nothing here has a default, so a
profile never holds a number that no file accounts for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.community.tables import MOST
from cogov.kit.errors import CogovError, ProfileError
from cogov.kit.fields import Parameters, param
from cogov.terms import LAWS, Age, Line, Service, UnitKind, Want


def _mean(doc: str, *plausible: float) -> float:
    """A level or share in [0, 1], by a quarter more or less unless another factor is given."""
    low, high = plausible or (0.75, 1.25)
    value: float = param(low=0, high=1, doc=doc, plausible=(low, high))
    return value


def _spread(doc: str) -> float:
    """A standard deviation of logarithms."""
    value: float = param(low=0, high=3, doc=doc, plausible=(0.6, 1.6))
    return value


@dataclass(frozen=True, kw_only=True)
class Quantities(Parameters):
    """The numbers of a profile; lists are in the order of the named enumeration of `cogov.terms`."""

    error: ClassVar[type[CogovError]] = ProfileError

    # Size and places
    residents: int = param(
        low=1,
        high=20_000_000,
        unit="people",
        doc="residents aimed at, before scaling",
        plausible=(0.85, 1.15),
    )
    subdistricts: int = param(
        low=1, high=MOST, doc="subdistricts (街道) among which the neighbourhoods are divided, in order"
    )
    neighbourhoods: int = param(
        low=1, high=MOST, doc="neighbourhoods (居民区) of all of them", plausible=(0.8, 1.25)
    )
    compounds: int = param(low=1, high=MOST, doc="compounds (小区)", plausible=(0.85, 1.15))
    area: float = param(low=0.01, high=1e5, unit="km2", doc="land area", plausible=(0.8, 1.25))
    compound_spread: float = _spread("spread of compound sizes")
    old_share: float = _mean("share of compounds built before old_before", 0.8, 1.25)
    old_before: int = param(low=1900, high=2100, unit="year", doc="a compound built earlier is old")
    old_clustering: float = param(
        low=0, high=10, doc="pull of old compounds into the same neighbourhoods", plausible=(0.3, 2)
    )
    years_old: tuple[int, ...] = param(low=1850, high=2100, unit="year", doc="oldest and newest old compound")
    years_new: tuple[int, ...] = param(
        low=1850, high=2100, unit="year", doc="oldest and newest other compound"
    )
    storeys_old: tuple[int, ...] = param(low=1, high=100, doc="fewest and most storeys of old compounds")
    storeys_new: tuple[int, ...] = param(low=1, high=100, doc="fewest and most storeys of other compounds")
    flats_per_floor_low: int = param(
        low=1, high=50, doc="flats on a floor of a building without planned lift"
    )
    flats_per_floor_high: int = param(low=1, high=50, doc="flats on a floor of a building with planned lift")
    lift_from_storeys: int = param(low=2, high=101, doc="buildings this high were built with a lift")
    lifts_built: int = param(
        low=0, high=100_000, doc="lifts already added to lower buildings", plausible=(0.5, 2)
    )
    area_old: float = param(
        low=1, high=1000, unit="m2/household", doc="flat, old compounds", plausible=(0.85, 1.2)
    )
    area_new: float = param(
        low=1, high=1000, unit="m2/household", doc="flat, other compounds", plausible=(0.85, 1.2)
    )
    fee_old: float = param(
        low=0, high=100, unit="yuan/m2/month", doc="property fee, old compounds", plausible=(0.7, 1.4)
    )
    fee_new: float = param(
        low=0, high=100, unit="yuan/m2/month", doc="property fee, other compounds", plausible=(0.8, 1.25)
    )
    green_old: float = param(
        low=0, high=1000, unit="m2/household", doc="green space, old compounds", plausible=(0.5, 2)
    )
    green_new: float = param(
        low=0, high=1000, unit="m2/household", doc="green space, other compounds", plausible=(0.5, 2)
    )
    parking_old: float = param(
        low=0, high=10, unit="spaces/household", doc="parking, old compounds", plausible=(0.6, 1.5)
    )
    parking_new: float = param(
        low=0, high=10, unit="spaces/household", doc="parking, other compounds", plausible=(0.7, 1.4)
    )
    mixed_from: float = param(
        low=0,
        high=0.5,
        doc="share of households in old compounds, or in others, from which a site is mixed",
        plausible=(0.6, 1.4),
    )
    relocated_fee: float = param(
        low=0,
        high=100,
        unit="yuan/m2/month",
        doc="property fee below which newer homes are for the relocated",
        plausible=(0.8, 1.2),
    )
    attribute_spread: float = _spread("spread of fee, flat size, green and parking between compounds")
    exposure_spread: float = _spread("spread of proneness to problems between compounds (mean 1)")

    # People
    household_sizes: tuple[float, ...] = param(
        low=0, high=1, doc="shares of households of 1, 2, 3, ... people"
    )
    elder_share: float = _mean("share of residents aged 60 and over", 0.85, 1.15)
    child_share: float = _mean("share of residents under 12", 0.85, 1.15)
    teen_share: float = _mean("share of residents aged 12-17", 0.8, 1.25)
    adult_split: tuple[float, ...] = param(low=0, high=1, doc="of those aged 18-59: 18-29, 30-44, 45-59")
    elder_split: tuple[float, ...] = param(low=0, high=1, doc="of those aged 60+: 60-69, 70-79, 80+")
    elder_old_effect: float = param(
        low=-5,
        high=5,
        doc="logit of the elder share, old against other compounds",
        plausible=(0.2, 1.8),
        log=False,
    )
    share_spread: float = param(
        low=0, high=3, doc="spread of age and party shares between compounds, on logits", plausible=(0.6, 1.6)
    )
    party_share: float = _mean("party members, share of residents", 0.75, 1.3)
    in_service_share: float = _mean(
        "in-service members organised elsewhere, share of party members", 0.75, 1.3
    )
    branch_weights: tuple[float, ...] = param(
        low=0, high=1e6, doc="relative chance to be a branch member, by Age"
    )
    in_service_weights: tuple[float, ...] = param(
        low=0, high=1e6, doc="relative chance to be in service, by Age"
    )
    owner_share_old: float = _mean("households that own their flat, old compounds", 0.85, 1.1)
    owner_share_new: float = _mean("households that own their flat, other compounds", 0.85, 1.15)
    local_employment: float = _mean("share of those aged 18-59 employed by a joint-building unit", 0.5, 2)
    skill_share: float = _mean("share of adults with a skill of use to neighbours", 0.5, 1.6)
    skill_weights: tuple[float, ...] = param(low=0, high=1e6, doc="relative frequency of skills, by Service")
    veteran_share: float = _mean("share of adults who have served in the army", 0.6, 1.6)
    deputy_share: float = _mean("share of adults who sit in a congress or a consultative conference", 0.4, 2)
    student_share: float = _mean("share of those aged 18-29 who study", 0.7, 1.3)
    free_hours: tuple[float, ...] = param(
        low=0, high=112, unit="h/week", doc="mean free hours, by Age", plausible=(0.7, 1.4)
    )
    free_hours_spread: float = _spread("spread of free hours")
    volunteer_share: float = _mean("share of residents volunteering at the start", 0.6, 1.4)
    volunteer_weights: tuple[float, ...] = param(
        low=0, high=1e6, doc="relative chance to volunteer at the start, by Age"
    )
    trust_committee: float = _mean("mean trust in the committee at the start", 0.7, 1.2)
    trust_firm: float = _mean("mean trust in the property firm at the start")
    trust_neighbours: float = _mean("mean trust in neighbours at the start")
    satisfaction: float = _mean("mean satisfaction (获得感) at the start")
    belonging: float = _mean("mean belonging at the start")
    level_concentration: float = param(
        low=0.1, high=1000, doc="concentration of the Beta law of these levels", plausible=(0.5, 2)
    )

    # Ties
    tie_degree: float = param(
        low=0, high=100, doc="mean ties per resident, isolates included", plausible=(0.6, 1.6)
    )
    isolates: float = _mean("share of residents without any tie", 0.8, 1.25)
    tie_places: tuple[float, ...] = param(
        low=0, high=1, doc="ties within the building, the rest of the compound, of the neighbourhood"
    )
    tie_spread: float = _spread("spread of the number of ties (lognormal: heavy-tailed)")
    tie_most: int = param(low=1, high=200, doc="most ties of one resident", plausible=(0.6, 1.6))
    tie_strength: float = _mean("mean strength of a tie at the start")
    tie_concentration: float = param(
        low=0.1, high=1000, doc="concentration of the Beta law of strengths", plausible=(0.5, 2)
    )
    tie_spare: int = param(low=0, high=50, doc="places for new ties that every resident has")

    # Organisations
    founding_firms: tuple[str, ...] = param(doc="property firms with a base of party building")
    compounds_per_firm: float = param(
        low=0.1, high=1000, doc="compounds a property firm serves", plausible=(0.6, 1.6)
    )
    without_firm_old: float = _mean("share of old compounds without a property firm", 0.4, 2)
    firm_quality: float = _mean("mean quality of property firms")
    founding_quality: float = _mean("mean quality of the founding firms")
    firm_reputation: float = _mean("mean reputation of property firms")
    firm_efficiency_spread: float = _spread("spread of the cost of effort between firms (mean 1)")
    owners_committee_old: float = _mean("share of old compounds with an owners' committee", 0.75, 1.2)
    owners_committee_new: float = _mean("share of other compounds with an owners' committee", 0.85, 1.1)
    owners_competence: float = _mean("mean competence of owners' committees")
    unit_rates: tuple[float, ...] = param(
        low=0,
        high=100,
        unit="1/neighbourhood",
        doc="further joint-building units, by UnitKind",
        plausible=(0.6, 1.6),
    )
    unit_ranks: tuple[float, ...] = param(
        low=-1,
        high=3,
        unit="rungs",
        doc="rank by UnitKind: neighbourhood -1, subdistrict 0, district 1, city 2, nation 3",
    )
    unit_hours: tuple[tuple[float, ...], ...] = param(
        low=0,
        unit="h/week",
        doc="hours at full engagement, a row per UnitKind, a column per Service",
        plausible=(0.5, 2),
    )
    unit_heads: tuple[float, ...] = param(
        low=0,
        high=1e6,
        unit="people",
        doc="people by day (staff, pupils, shopkeepers), by UnitKind",
        plausible=(0.6, 1.6),
    )
    unit_wants: tuple[tuple[float, ...], ...] = param(
        low=0,
        high=100,
        unit="h/week",
        doc="hours that 100 heads could use of the community, a row per UnitKind, a column per Want",
        plausible=(0.5, 2),
    )
    unit_size_spread: float = _spread("spread of unit sizes")
    unit_consciousness: float = _mean("mean territorial consciousness (属地意识) of units", 0.6, 1.5)
    unit_engagement: float = _mean("mean engagement of units at the start", 0.3, 1.5)
    unit_tie: float = _mean(
        "mean tie of units with their subdistrict and the neighbourhood they stand in", 0.5, 1.5
    )
    committee_staff: tuple[int, ...] = param(
        low=1, high=100, doc="fewest and most heads of a committee", plausible=(0.8, 1.25)
    )
    households_per_staff: float = param(
        low=1, high=1e5, unit="households", doc="households per committee head", plausible=(0.8, 1.25)
    )
    staff_hours: float = param(
        low=0, high=112, unit="h/week", doc="hours of a committee head", plausible=(0.9, 1.1)
    )
    admin_share: float = _mean("share of committee hours lost to administration", 0.7, 1.25)
    capability: float = _mean("mean of each capability of secretaries")
    secretary_tenure: int = param(
        low=0, high=5200, unit="weeks", doc="longest tenure of a secretary at the start", plausible=(0.5, 1.5)
    )
    organisation_concentration: float = param(
        low=0.1, high=1000, doc="concentration of the Beta law of organisations' levels", plausible=(0.5, 2)
    )
    department_hours: tuple[float, ...] = param(
        low=0,
        unit="h/week/1000 households",
        doc="hours of departments for the district, by Line",
        plausible=(0.6, 1.6),
    )
    department_files: tuple[float, ...] = param(
        low=0,
        high=1,
        doc="share of a department's hours, at most, for opening and answering files, by Line",
        plausible=(0.6, 1.6),
    )
    department_answer: tuple[float, ...] = param(
        low=0,
        high=1,
        unit="1/week",
        doc="chance that a department answers a case it looks at, by Line",
        plausible=(0.7, 1.3),
    )
    department_bounce: tuple[float, ...] = param(
        low=0, high=1, doc="chance that a department sends an issue back, by Line", plausible=(0.5, 2)
    )

    # Venues
    venues: int = param(
        low=0,
        high=100,
        unit="1/neighbourhood",
        doc="activity rooms (居民活动室) at the start",
        plausible=(0, 3),
    )
    venue_people: int = param(
        low=1, high=10_000, unit="people", doc="people that such a room holds", plausible=(0.4, 1.7)
    )
    venue_hours: float = param(
        low=0,
        high=168,
        unit="h/week",
        doc="hours a week in which residents' activities may use it",
        plausible=(0.5, 3.3),
    )

    consent_law: str = param(
        choices=tuple(LAWS), doc="law by which owners agree to an added lift, at the date described"
    )

    # Money
    programme_budget: float = param(
        low=0, unit="yuan/household/year", doc="money for governance programmes", plausible=(0.5, 2)
    )
    lift_cost: float = param(
        low=0, unit="yuan", doc="cost of adding a lift to a building", plausible=(0.8, 1.3)
    )
    lift_subsidy: float = param(
        low=0, unit="yuan", doc="public subsidy for adding a lift", plausible=(0.8, 1.3)
    )
    lift_fund: float = param(
        low=0,
        unit="yuan/household/year",
        doc="money put by for subsidies to added lifts",
        plausible=(0.3, 3.2),
    )
    lift_shares: tuple[float, ...] = param(
        low=0,
        high=1,
        doc="share of a lift's cost per household, ground floor to sixth, two a floor",
        plausible=(0.8, 1.25),
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        problems = [
            f"{self.title()}.{key} = {list(getattr(self, key))}: must have {length} entries"
            for key, length in _LENGTHS.items()
            if len(getattr(self, key)) != length
        ]
        problems += [
            f"{self.title()}.{key} = {list(getattr(self, key))}: must add up to 1"
            for key in ("household_sizes", "adult_split", "elder_split", "tie_places")
            if abs(sum(getattr(self, key)) - 1) > 1e-6
        ]
        problems += [
            f"{self.title()}.{key} = {list(getattr(self, key))}: the first must not exceed the second"
            for key in ("years_old", "years_new", "storeys_old", "storeys_new", "committee_staff")
            if list(getattr(self, key)) != sorted(getattr(self, key))
        ]
        if any(len(row) != len(Service) for row in self.unit_hours):
            problems.append(f"{self.title()}.unit_hours: every row must have {len(Service)} entries")
        if any(len(row) != len(Want) for row in self.unit_wants):
            problems.append(f"{self.title()}.unit_wants: every row must have {len(Want)} entries")
        if self.elder_share + self.child_share + self.teen_share > 1:
            problems.append(
                f"{self.title()}: elder_share + child_share + teen_share ="
                f" {self.elder_share + self.child_share + self.teen_share:g}: must be at most 1"
            )
        if not self.years_old[-1] < self.old_before <= self.years_new[0]:
            problems.append(
                f"{self.title()}.old_before = {self.old_before}: must be later than years_old"
                f" {list(self.years_old)} and not later than years_new {list(self.years_new)}"
            )
        if self.neighbourhoods > self.compounds:
            problems.append(
                f"{self.title()}.neighbourhoods = {self.neighbourhoods}: must be at most the number of"
                f" compounds, {self.compounds}"
            )
        if self.subdistricts > self.neighbourhoods:
            problems.append(
                f"{self.title()}.subdistricts = {self.subdistricts}: must be at most the number of"
                f" neighbourhoods, {self.neighbourhoods}"
            )
        if problems:
            raise self.error("\n".join(problems))

    @property
    def household_size(self) -> float:
        """Mean number of people in a household."""
        return sum(people * share for people, share in enumerate(self.household_sizes, start=1))

    @classmethod
    def title(cls) -> str:
        """The name used in messages."""
        return "community"


_LENGTHS = {
    **dict.fromkeys(("years_old", "years_new", "storeys_old", "storeys_new", "committee_staff"), 2),
    **dict.fromkeys(("adult_split", "elder_split", "tie_places"), 3),
    **dict.fromkeys(("branch_weights", "in_service_weights", "free_hours", "volunteer_weights"), len(Age)),
    **dict.fromkeys(("unit_rates", "unit_ranks", "unit_hours", "unit_heads", "unit_wants"), len(UnitKind)),
    **dict.fromkeys(
        ("department_hours", "department_files", "department_answer", "department_bounce"), len(Line)
    ),
    "skill_weights": len(Service),
    "lift_shares": 6,
}

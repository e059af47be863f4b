"""Who belongs to which area, and which levels and platforms there are (体制)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, list_hours, referred
from cogov.rules.kinds import KINDS, Boundary, Council, Listing, Observation, Position, Rule, Scope


@dataclass(frozen=True, kw_only=True)
class GridLinkage(Mechanism):
    """Three tiers of grid: committee, compound, and micro grids of buildings with a volunteer leader."""

    name, zh, seed, family = "grid_linkage", "三级网格", "002", "structure"
    zero = {"hours": 0.0, "head_hours": 0.0}

    households: int = param(
        80, low=1, unit="households", doc="size of a micro grid", source="facts: szhjjp.com (30-100)"
    )
    hours: float = param(2.5, low=0, high=40, unit="h/week", doc="hours of a micro-grid leader")
    willing: float = param(0.06, low=0, high=1, doc="share of active volunteers who would lead a grid")
    head_hours: float = param(2.0, low=0, high=40, unit="h/week", doc="hours of a compound's grid head")
    observe: float = param(0.5, low=0, high=1, doc="share of their hours on rounds")
    ask: float = param(
        0.25, low=0, high=1, doc="share of a leader's hours spent asking residents to take part"
    )
    speed: float = param(2.0, low=0, high=100, unit="buildings/h", doc="buildings a round covers in an hour")
    small: float = param(2.0, low=0, high=1000, unit="h", doc="largest issue a leader takes on")
    head_small: float = param(4.0, low=0, high=1000, unit="h", doc="largest issue a grid head takes on")
    competence: float = param(0.7, low=0, high=1, doc="chance that what they finish holds")
    handles: tuple[str, ...] = param(
        ("repair", "sanitation", "dispute", "emergency"), choices=KINDS, doc="issues a leader helps with"
    )
    head_handles: tuple[str, ...] = param(
        ("repair", "sanitation", "dispute", "safety", "emergency"),
        choices=KINDS,
        doc="issues a grid head helps with",
    )
    upkeep: float = param(
        0.1, low=0, high=40, unit="h/week", doc="committee hours to look after a leader or head"
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Scope(name="micro_grid", households=self.households),
            Position(
                name="grid_leader",
                area="micro_grid",
                heads=1,
                hours=self.hours,
                observe=self.observe,
                ask=self.ask,
                small=self.small,
                handles=self.handles,
                competence=self.competence,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="grid_leader", post="grid_leader", pools=("volunteers",), willing=self.willing),
            Observation(name="grid_leaders", post="grid_leader", speed=self.speed),
            Position(
                name="grid_head",
                area="compound",
                heads=1,
                hours=self.head_hours,
                observe=self.observe,
                small=self.head_small,
                handles=self.head_handles,
                competence=self.competence,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="grid_head", post="grid_head", pools=("volunteers",), willing=self.willing),
            Observation(name="grid_heads", post="grid_head", speed=self.speed),
        )


@dataclass(frozen=True, kw_only=True)
class ThreeLevelPlatform(Mechanism):
    """Subdistrict, block and neighbourhood linked: blocks of alike neighbourhoods pool what units offer.

    Its community committee is the third of the linked levels: what neighbourhoods and blocks could not settle
    comes to it.
    """

    name, zh, seed, family = "three_level_platform", "街道-街区-居民区三级联动平台", "001", "structure"
    zero = {"blocks": 0, "listing": 0.0, "slots": 0.0}

    blocks: int = param(3, low=0, doc="blocks the neighbourhoods are pooled into", source="seed 001")
    grouping: str = param(
        "similar", choices=("similar", "adjacent", "random"), doc="which go together", source="seed 001"
    )
    listing: float = param(
        0.4, low=0, high=1, doc="share of unit offers the platform makes visible in the block"
    )
    slots: float = param(
        3.0, low=0, high=1000, unit="items/meeting", doc="slots of the community committee (社区委员会)"
    )
    referred: bool = referred(True, "neighbourhoods and blocks")
    upkeep: float = list_hours(1.5)
    quorum: float = param(0.4, low=0, high=1, doc="share of the seats present that must support a matter")
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Scope(name="block", number=self.blocks, grouping=self.grouping),
            Listing(
                name="block_platform",
                area="block",
                share=self.listing,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Council(
                name="community_committee",
                area="subdistrict",
                seats=("neighbourhoods", "units"),
                slots=self.slots,
                referred=self.referred,
                quorum=self.quorum,
                keeper="office",
                upkeep=self.agenda,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class RegionalPartyBuilding(Mechanism):
    """A core, a business circle and four nets: units join a coordination committee of the subdistrict."""

    name, zh, seed, family = "regional_party_building", "区域化党建“1+1+4”", "004", "structure"
    zero = {"slots": 0.0, "listing": 0.0}

    slots: float = param(2.0, low=0, unit="items/meeting", doc="slots of the coordination committee")
    listing: float = param(0.15, low=0, high=1, doc="share of unit offers it makes known in the subdistrict")
    quorum: float = param(0.4, low=0, high=1, doc="share of the seats present that must support a matter")
    every: int = param(13, low=1, high=520, unit="weeks", doc="weeks between its meetings")
    upkeep: float = list_hours(1.3)
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="coordination_committee",
                area="subdistrict",
                seats=("neighbourhoods", "units"),
                slots=self.slots,
                quorum=self.quorum,
                every=self.every,
                keeper="office",
                upkeep=self.agenda,
            ),
            Listing(
                name="regional_net",
                area="subdistrict",
                share=self.listing,
                keeper="office",
                upkeep=self.upkeep,
            ),
        )

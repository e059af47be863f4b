"""Who belongs to which area, and which levels and platforms there are (体制)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.fields import param
from cogov.mechanisms.base import AGENDA, Mechanism
from cogov.rules.kinds import Aggregation, Boundary, Information, Position, Rule, Scope


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

    def rules(self) -> tuple[Rule, ...]:
        return (
            Scope(name="micro_grid", households=self.households),
            Position(
                name="grid_leader",
                area="micro_grid",
                heads=1,
                hours=self.hours,
                observe=0.5,
                ask=0.25,
                small=2.0,
                handles=("repair", "sanitation", "dispute", "emergency"),
                competence=0.7,
                keeper="committee",
                upkeep=0.1,
            ),
            Boundary(name="grid_leader", post="grid_leader", pool="volunteers", willing=self.willing),
            Information(name="grid_leaders", about="observation", post="grid_leader", speed=2.0),
            Position(
                name="grid_head",
                area="compound",
                heads=1,
                hours=self.head_hours,
                observe=0.5,
                small=4.0,
                handles=("repair", "sanitation", "dispute", "safety", "emergency"),
                competence=0.7,
            ),
            Boundary(name="grid_head", post="grid_head", pool="volunteers", willing=self.willing),
            Information(name="grid_heads", about="observation", post="grid_head", speed=2.0),
        )


@dataclass(frozen=True, kw_only=True)
class ThreeLevelPlatform(Mechanism):
    """Subdistrict, block and neighbourhood linked: blocks of alike neighbourhoods pool offers and staff."""

    name, zh, seed, family = "three_level_platform", "街道-街区-居民区三级联动平台", "001", "structure"
    zero = {"blocks": 0, "listing": 0.0, "staff": 0.0, "slots": 0.0}

    blocks: int = param(3, low=0, doc="blocks the neighbourhoods are pooled into", source="seed 001")
    grouping: str = param(
        "similar", choices=("similar", "adjacent", "random"), doc="which go together", source="seed 001"
    )
    listing: float = param(
        0.4, low=0, high=1, doc="share of unit offers the platform makes visible in the block"
    )
    staff: float = param(2.0, low=0, unit="heads", doc="staff of a block's party-building centre")
    slots: float = param(
        3.0, low=0, unit="items/meeting", doc="slots of the community committee (社区委员会)"
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Scope(name="block", number=self.blocks, grouping=self.grouping),
            Position(
                name="block_centre",
                area="block",
                heads=self.staff,
                hours=40.0,
                admin_share=0.3,
                ask=0.05,
                host=0.1,
                handles=("sanitation", "public_space", "renewal"),
                competence=0.75,
                wage=45.0,
            ),
            Boundary(name="block_centre", post="block_centre", weeks_to_fill=13),
            Information(
                name="block_platform",
                about="offers",
                area="block",
                share=self.listing,
                keeper="committee",
                upkeep=1.5,
            ),
            Aggregation(
                name="community_committee",
                area="subdistrict",
                seats=("neighbourhoods", "units"),
                slots=self.slots,
                quorum=0.4,
                rank=1.0,
                keeper="office",
                upkeep=AGENDA * self.slots,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class RegionalPartyBuilding(Mechanism):
    """A core, a business circle and four nets: units join a coordination committee of the subdistrict."""

    name, zh, seed, family = "regional_party_building", "区域化党建“1+1+4”", "004", "structure"
    zero = {"slots": 0.0, "listing": 0.0}

    slots: float = param(2.0, low=0, unit="items/meeting", doc="slots of the coordination committee")
    listing: float = param(0.15, low=0, high=1, doc="share of unit offers it makes known in the subdistrict")

    def rules(self) -> tuple[Rule, ...]:
        return (
            Aggregation(
                name="coordination_committee",
                area="subdistrict",
                seats=("neighbourhoods", "units"),
                slots=self.slots,
                quorum=0.4,
                rank=1.0,
                every=13,
                keeper="office",
                upkeep=AGENDA * self.slots * 4 / 13,
            ),
            Information(
                name="regional_net",
                about="offers",
                area="subdistrict",
                share=self.listing,
                keeper="office",
                upkeep=10.0,
            ),
        )

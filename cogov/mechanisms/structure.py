"""Who belongs to which area, and which levels and platforms there are (体制)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, list_hours, referred
from cogov.rules.kinds import (
    KINDS,
    Boundary,
    Council,
    Enquiry,
    Listing,
    Observation,
    Position,
    Rule,
    Scope,
)
from cogov.rules.kinds.scope import GROUPINGS
from cogov.rules.pools import POOLS
from cogov.terms import YEAR


@dataclass(frozen=True, kw_only=True)
class GridLinkage(Mechanism):
    """Three tiers of grid: committee, compound, and micro grids of buildings with a leader who lives there.

    A leader is a neighbour of the members' first, of anybody after that. What a leader sees comes to the
    committee as a report, which takes its hours to hear; who is among neighbours hears what they need, and
    tells them what units around offer.
    """

    name, zh, seed, family = "grid_linkage", "三级网格", "002", "structure"
    zero = {"hours": 0.0, "head_hours": 0.0, "telling": 0.0}
    words = {
        "002": "织密“居委大网格-小区中网格-楼组微网格”的基层治理网络,将基层治理落实到最小单元……"
        "进一步做实党建“微网格”……要注重城运网格与党建网格的融合"
    }
    reading = (
        "That a grid has a leader, who is a party member first, and what a leader does: the document names"
        " the three tiers and a party micro grid. One pool (pools = volunteers) leaves the order out, ask"
        " = 0 the asking, doors = 0 the hearing of needs, telling = 0 the telling of offers, training = 0"
        " the training."
    )
    why = (
        "Reach of observers against posts that stay vacant; residents monitor what is near to them (E."
        " Ostrom, Governing the Commons, 1990); 28.6 households a group in one emergency net (published)."
    )

    households: int = param(
        80, low=1, unit="households", doc="size of a micro grid", source="facts: szhjjp.com (30-100)"
    )
    hours: float = param(
        2.5, low=0, high=40, unit="h/week", doc="hours of a micro-grid leader", plausible=(1, 4)
    )
    pools: tuple[str, ...] = param(
        ("branch_members", "in_service", "volunteers"),
        choices=tuple(POOLS),
        length=(1, len(POOLS)),
        doc="who may lead a grid, the first first",
        source="assumed from 002: 党建“微网格”",
    )
    willing: float = param(
        0.06, low=0, high=1, doc="share of active volunteers who would lead a grid", plausible=(0.02, 0.2)
    )
    head_hours: float = param(
        2.0, low=0, high=40, unit="h/week", doc="hours of a compound's grid head", plausible=(1, 4)
    )
    observe: float = param(0.5, low=0, high=1, doc="share of their hours on rounds", plausible=(0.3, 0.65))
    ask: float = param(
        0.25,
        low=0,
        high=1,
        doc="share of a leader's hours spent asking residents to take part",
        plausible=(0.1, 0.35),
    )
    speed: float = param(
        2.0, low=0, high=100, unit="buildings/h", doc="buildings a round covers in an hour", plausible=(1, 4)
    )
    doors: float = param(
        1.0,
        low=0,
        high=100,
        unit="households/h",
        doc="households that tell a leader on a round what they need, in an hour",
        source="assumed: a neighbour is met more often than a visitor, who hears 0.6",
        plausible=(0.3, 4),
    )
    telling: float = param(
        0.05,
        low=0,
        high=1,
        doc="share of what units of the neighbourhood offer that leaders tell of",
        plausible=(0, 0.2),
    )
    telling_hours: float = list_hours(0.5)
    training: float = param(
        4.0,
        low=0,
        high=52,
        unit="h/year",
        doc="hours of each leader and head in training, out of those they give",
        plausible=(0, 16),
    )
    small: float = param(
        2.0, low=0, high=1000, unit="h", doc="largest issue a leader takes on", plausible=(1, 4)
    )
    head_small: float = param(
        4.0, low=0, high=1000, unit="h", doc="largest issue a grid head takes on", plausible=(2, 8)
    )
    competence: float = param(
        0.7, low=0, high=1, doc="chance that what they finish holds", plausible=(0.5, 0.85)
    )
    handles: tuple[str, ...] = param(
        ("repair", "sanitation", "dispute", "emergency"), choices=KINDS, doc="issues a leader helps with"
    )
    head_handles: tuple[str, ...] = param(
        ("repair", "sanitation", "dispute", "safety", "emergency"),
        choices=KINDS,
        doc="issues a grid head helps with",
    )
    upkeep: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to look after a leader or head",
        plausible=(0.05, 0.2),
    )

    def rules(self) -> tuple[Rule, ...]:
        def trained(hours: float) -> float:
            """Share of somebody's hours that training takes."""
            return min(self.training / (YEAR * hours), 1.0) if hours else 0.0

        return (
            Scope(name="micro_grid", households=self.households if self.hours else 0),
            Position(
                name="grid_leader",
                area="micro_grid",
                heads=1,
                hours=self.hours,
                admin_share=trained(self.hours),
                observe=self.observe,
                ask=self.ask,
                small=self.small,
                handles=self.handles,
                competence=self.competence,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="grid_leader", post="grid_leader", pools=self.pools, willing=self.willing),
            Observation(name="grid_leaders", post="grid_leader", speed=self.speed),
            Enquiry(name="grid_leaders", post="grid_leader", speed=self.doors),
            Listing(
                name="told_by_leaders",
                area="neighbourhood",
                share=self.telling if self.hours else 0,
                keeper="grid_leader" if self.hours else "",
                upkeep=self.telling_hours,
            ),
            Position(
                name="grid_head",
                area="compound",
                heads=1,
                hours=self.head_hours,
                admin_share=trained(self.head_hours),
                observe=self.observe,
                small=self.head_small,
                handles=self.head_handles,
                competence=self.competence,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="grid_head", post="grid_head", pools=self.pools, willing=self.willing),
            Observation(name="grid_heads", post="grid_head", speed=self.speed),
        )


@dataclass(frozen=True, kw_only=True)
class ThreeLevelPlatform(Mechanism):
    """Subdistrict, block and neighbourhood linked: blocks of alike neighbourhoods pool what units offer.

    Its community committee is the third of the linked levels: what neighbourhoods and blocks could not settle
    comes to it. Blocks have no staff of their own: no sentence names any.
    """

    name, zh, seed, family = "three_level_platform", "街道-街区-居民区三级联动平台", "001", "structure"
    zero = {"blocks": 0, "listing": 0.0, "slots": 0.0}
    words = {
        "001": "把在历史渊源、地理环境、生产条件、生活方式等方面有共同特质的居民区划入同一街区……"
        "将整个街道划分为创意家园、颐乐生活、人文滨江三个街区,作为三个党建网格……"
        "街道党工委积极打造街道-街区-居民区三级联动平台,推动各类资源和需求的有效对接……社区委员会制度"
    }
    reading = (
        "What stands for the four traits: year built and old homes, coordinates, workplaces and local"
        " jobs, ages, owners and fee, each trait of equal weight. That a block's theme is what its people"
        " need more of than others, and that this gets more room on the list and the rest less:"
        " theme_share = 0 leaves it out, and is the default, since the document names the themes and not"
        " what they do. That the community committee agrees to public matters: slots = 0."
    )
    why = (
        "Pooling widens resources and the differences among those who must agree (M. Olson, The Logic of"
        " Collective Action, 1965; W. Oates, Fiscal Federalism, 1972)."
    )

    blocks: int = param(3, low=0, doc="blocks the neighbourhoods are pooled into", source="seed 001")
    grouping: str = param("four_traits", choices=GROUPINGS, doc="which go together", source="seed 001")
    listing: float = param(
        0.4,
        low=0,
        high=1,
        doc="share of unit offers the platform makes visible in the block",
        plausible=(0.2, 0.6),
    )
    theme_share: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of the list that is kept for the block's theme",
        plausible=(0.1, 0.5),
    )
    slots: float = param(
        3.0,
        low=0,
        high=1000,
        unit="items/meeting",
        doc="slots of the community committee (社区委员会)",
        plausible=(2, 6),
    )
    referred: bool = referred(True, "neighbourhoods and blocks")
    upkeep: float = list_hours(1.5)
    quorum: float = param(
        0.4, low=0, high=1, doc="share of the seats present that must support a matter", plausible=(0.3, 0.6)
    )
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Scope(name="block", number=self.blocks, grouping=self.grouping),
            Listing(
                name="block_platform",
                area="block",
                share=self.listing,
                focus=self.theme_share,
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

"""Party building of a region: a core, a circle and nets (区域化党建)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, list_hours
from cogov.rules.kinds import (
    SERVICES,
    UNIT_KINDS,
    Council,
    Enquiry,
    Listing,
    Move,
    Position,
    Rule,
)


def net_hours(net: str) -> float:
    """The parameter that says how much one of the four nets calls on those it answers for."""
    hours: float = param(
        2.5,
        low=0,
        high=40,
        unit="h/week",
        doc=f"hours of the office that {net} has for calling on its own",
        source="assumed: ten hours of a working week among four nets",
        plausible=(0.5, 10),
    )
    return hours


def net_members(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The parameter that says which units a net answers for."""
    members: tuple[str, ...] = param(
        kinds, choices=UNIT_KINDS, doc="kinds of units it answers for", source="assumed from its name"
    )
    return members


@dataclass(frozen=True, kw_only=True)
class RegionalPartyBuilding(Mechanism):
    """A core and four nets: each net calls on its own and lists what they offer; a conference; a plan.

    The nets are of public bodies (行政党组), of neighbourhoods (居民区党委), of companies, banks and social
    organisations (综合党委) and of the other units (社区党建协调委员会). Their hours are the office's; their
    calls on units are contact, and serve no want. The net of neighbourhoods brings in what people need. The
    circle is a mechanism of its own. Detailed rules with a yearly review are proposed in the document, not
    reported, and are not in it.
    """

    name, zh, seed, family = "regional_party_building", "区域化党建“1+1+4”", "004, 001", "structure"
    zero = {
        "slots": 0.0,
        "listing": 0.0,
        "administrative_hours": 0.0,
        "neighbourhood_hours": 0.0,
        "general_hours": 0.0,
        "unit_hours": 0.0,
        "pledge": 0.0,
    }
    words = {
        "004": (
            "以街道黨工委為核心,大柏樹商圈黨建中心為“一圈”,行政黨組、居民區黨委、綜合黨委、社區黨建協調委員會為"
            "“四網”的社區黨建新體制……突出了黨工委抓總,“四網”各負其責……構建起社區黨建共同體委員會并"
            "實體化運作……在駐區單位的積極參與下,先后制定了四個社區三年規劃"
        ),
        "001": "完善区域化党建联席会议制度与社区代表会议、社区委员会制度",
    }
    reading = (
        "Which units a net answers for, and that it calls on them: hours of a net = 0 leaves its calls"
        " out. That a plan of three years is a pledge of hours in its fields, which a list shows to all:"
        " pledge = 0. That the conference and the body of the community are one quarterly table that"
        " agrees to public matters, at the rank of the subdistrict: slots = 0."
    )
    why = (
        "Who bears the cost of contact decides which ties form (R. Feiock, The Institutional Collective"
        " Action Framework, 2013); a public pledge binds more than a private one (from memory: Cialdini,"
        " Influence)."
    )

    slots: float = param(
        2.0, low=0, unit="items/meeting", doc="slots of the coordination committee", plausible=(1, 4)
    )
    listing: float = param(
        0.15,
        low=0,
        high=1,
        doc="share of unit offers it makes known in the subdistrict",
        plausible=(0.05, 0.3),
    )
    quorum: float = param(
        0.4, low=0, high=1, doc="share of the seats present that must support a matter", plausible=(0.3, 0.6)
    )
    every: int = param(13, low=1, high=520, unit="weeks", doc="weeks between its meetings", plausible=(6, 26))
    upkeep: float = list_hours(1.3)
    agenda: float = agenda_hours()
    administrative_hours: float = net_hours("the net of public bodies")
    neighbourhood_hours: float = net_hours("the net of neighbourhoods")
    general_hours: float = net_hours("the net of companies and social organisations")
    unit_hours: float = net_hours("the net of other units")
    administrative: tuple[str, ...] = net_members(("agency",))
    general: tuple[str, ...] = net_members(("company", "bank", "social_organisation"))
    other_units: tuple[str, ...] = net_members(("school", "hospital", "museum", "conservatory"))
    heard: float = param(
        20.0,
        low=0,
        high=1000,
        unit="households/h",
        doc="households whose needs the net of neighbourhoods hears of in an hour, from committees that"
        " know them",
        plausible=(2, 60),
    )
    pledge: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of what units offer in the plan's fields that is pledged",
        plausible=(0, 0.8),
    )
    plan_fields: tuple[str, ...] = param(
        ("culture", "health"),
        choices=SERVICES,
        doc="fields of the plan",
        source="seed 004: 健康教育、科普活動等項目品牌",
    )
    plan_hours: float = param(
        0.13,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours for every unit that pledges in full",
        source="assumed: 20 h a unit for each plan of three years",
        plausible=(0.03, 0.5),
    )

    def rules(self) -> tuple[Rule, ...]:
        nets = (
            ("administrative_net", self.administrative_hours, self.administrative),
            ("general_net", self.general_hours, self.general),
            ("unit_net", self.unit_hours, self.other_units),
        )
        rules: list[Rule] = [
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
            Position(name="neighbourhood_net", area="subdistrict", heads=1, observe=1),
            Move(
                name="neighbourhood_net",
                out_of="office",
                into="neighbourhood_net",
                hours=self.neighbourhood_hours,
                loss=0,
            ),
            Enquiry(name="neighbourhood_net", post="neighbourhood_net", speed=self.heard),
            Listing(
                name="community_plan",
                area="subdistrict",
                share=self.pledge,
                services=self.plan_fields,
                keeper="office",
                upkeep=self.plan_hours,
            ),
        ]
        for name, hours, kinds in nets:
            rules += [
                Position(name=name, area="subdistrict", heads=1, serve=1, wants=(), unit_kinds=kinds),
                Move(name=name, out_of="office", into=name, hours=hours, loss=0),
                Listing(
                    name=name,
                    area="subdistrict",
                    share=self.listing if hours else 0,
                    unit_kinds=kinds,
                    keeper="office",
                    upkeep=self.upkeep,
                ),
            ]
        return tuple(rules)

"""The health network: points, stations, a centre, and what units have for health (健康服务网)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, list_hours, own_purse, supplies
from cogov.rules.kinds import SERVICES, Boundary, Enquiry, Listing, Position, Purse, Rule, Scope
from cogov.rules.pools import UNPAID


@dataclass(frozen=True, kw_only=True)
class HealthNetwork(Mechanism):
    """Health points in neighbourhoods, stations for several of them, and a centre of the subdistrict.

    Points and stations hear who is ill and serve near by; what they leave goes to the centre, at the price of
    the way there. What units offer for health is made known to all in the community of health.
    """

    name, zh, seed, family = "health_network", "三级健康党群服务网", "002", "services"
    zero = {"points": 0.0, "nurses": 0.0, "centre": 0.0, "areas": 0, "community": 0.0}
    words = {
        "002": "殷行有着全市首家覆盖全生命周期、全人群的市民健康促进中心，"
        "首创“街道—新村片区—居民区”三级健康党群服务网，将辖区内与健康主题相关的各区域单位、各部门、居民区、志愿团队等力量汇聚起来，"
        "共同打造健康睦邻共同体"
    }
    reading = (
        "Three levels are the document's; who stands there is interpretation (points, nurses, centre,"
        " each 0 leaves it out). There is no gate: needs have no severity here, and the document names no"
        " keeping of people from the centre. What is near serves first because it is near. The twenty"
        " projects are not in it: no sentence says what they are. That the community of health gathers"
        " units is a list of what they offer (community = 0 leaves it out)."
    )
    why = (
        "Care near by reaches more of those who need little and hears of those who do not come. Gatekeeping,"
        " which is left out, lowers specialist contacts and satisfaction (Sripa and others 2019)."
    )

    areas: int = param(
        0,
        low=0,
        high=1000,
        doc="areas the neighbourhoods of a subdistrict are pooled into; 0: as others draw blocks, else one",
        source="assumed: 8 of the 49 neighbourhoods of Yinhang",
    )
    grouping: str = param("adjacent", choices=("similar", "adjacent", "random"), doc="which go together")
    points: float = param(
        2.0,
        low=0,
        high=100,
        unit="heads",
        doc="volunteers at the point of a neighbourhood",
        plausible=(0, 6),
    )
    point_hours: float = param(
        4.0, low=0, high=40, unit="h/week", doc="hours of each of them", plausible=(2, 8)
    )
    pools: tuple[str, ...] = param(
        ("retired", "volunteers"), choices=UNPAID, doc="who they are, the first first"
    )
    willing: float = param(
        0.1, low=0, high=1, doc="share of the active among them who take it on", plausible=(0.03, 0.3)
    )
    nurses: float = param(
        0.5,
        low=0,
        high=100,
        unit="heads",
        doc="nurses of the station of an area",
        plausible=(0.25, 2),
    )
    centre: float = param(
        1.2,
        low=0,
        high=100,
        unit="heads",
        doc="staff of the centre for 10,000 households: eight in a subdistrict like Yinhang",
        plausible=(0.5, 3),
    )
    hours: float = param(
        36.0, low=0, high=80, unit="h/week", doc="hours of nurses and of staff", plausible=(32, 40)
    )
    admin_share: float = param(
        0.2, low=0, high=1, doc="share of them lost to administration", plausible=(0.1, 0.35)
    )
    group: float = param(
        1.5, low=1, high=1000, doc="people nurses and staff serve at a time", plausible=(1, 5)
    )
    care_services: tuple[str, ...] = param(("health",), choices=SERVICES, doc="needs that are served")
    hears: float = param(
        1.0,
        low=0,
        high=100,
        unit="households/h",
        doc="households heard in an hour",
        plausible=(0.3, 2),
    )
    wage: float = param(
        50.0,
        low=0,
        high=1000,
        unit="yuan/h",
        doc="wage of nurses and staff",
        plausible=(35, 75),
    )
    weeks_to_fill: int = param(
        13, low=0, high=520, unit="weeks", doc="weeks until they are found", plausible=(4, 52)
    )
    community: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of what units offer for health that the community of health makes known",
        plausible=(0.1, 0.6),
    )
    listing: float = list_hours(0.5)
    upkeep: float = param(
        0.1,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours for a volunteer",
        plausible=(0.05, 0.5),
    )
    material: float = supplies(1.0)
    purse: float = own_purse(30.0)

    def rules(self) -> tuple[Rule, ...]:
        def staffed(name: str, area: str, heads: float, per: int) -> Position:
            return Position(
                name=name,
                area=area,
                heads=heads,
                per_households=per,
                hours=self.hours,
                admin_share=self.admin_share,
                care=1,
                group=self.group,
                services=self.care_services,
                wage=self.wage,
                supplies=self.material,
                purse="health_network",
            )

        posts = ("health_point", "health_station", "health_centre")
        return (
            Scope(name="health_area", number=self.areas, grouping=self.grouping),
            Purse(
                name="health_network",
                income=self.purse if self.nurses or self.centre else 0,
                pays=("wages", "rules"),
                keeps=False,
            ),
            Position(
                name="health_point",
                area="neighbourhood",
                heads=self.points,
                hours=self.point_hours,
                care=1,
                services=self.care_services,
                keeper="committee",
                upkeep=self.upkeep,
            ),
            Boundary(name="health_point", post="health_point", pools=self.pools, willing=self.willing),
            staffed("health_station", "block", self.nurses, 0),
            Boundary(name="health_station", post="health_station", weeks_to_fill=self.weeks_to_fill),
            staffed("health_centre", "subdistrict", self.centre, PER),
            Boundary(name="health_centre", post="health_centre", weeks_to_fill=self.weeks_to_fill),
            Listing(
                name="health_community",
                area="subdistrict",
                share=self.community,
                services=self.care_services,
                keeper="office",
                upkeep=self.listing,
            ),
            *(
                Enquiry(name=post, post=post, during="care", speed=self.hears, services=self.care_services)
                for post in posts
            ),
        )

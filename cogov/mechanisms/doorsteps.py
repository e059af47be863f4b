"""Neighbours and committee at the door, on the screen and on the calendar (走访、线上、节庆)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, own_purse
from cogov.rules.amend import Amend
from cogov.rules.conditions import When
from cogov.rules.kinds import (
    SERVICES,
    Boundary,
    Enquiry,
    Listing,
    Move,
    Notice,
    Position,
    Purse,
    Regard,
    Reports,
    Rule,
)
from cogov.terms import Event

FOUND_AND_THERE = 2
"""Weeks in which a post of one day is in force: in the first those are found who come in the second."""


@dataclass(frozen=True, kw_only=True)
class HomeVisits(Mechanism):
    """More visits, calls with a small gift when something happens in a family, and teams of the office.

    Visits take hours of the committee from what it would handle otherwise; what they find is there to be
    dealt with, and what is not drags on with the committee to answer for it.
    """

    name, zh, seed, family = "home_visits", "五进百家与六维关怀", "002, 003, 004", "neighbourliness"
    zero = {"visits": 0.0, "asking": 0.0, "calls": 0.0, "team": 0.0}
    words = {
        "002": "让居民区“两委”扎实开展好“进百家门、听百家言、知百家忧、解百家困、暖百家心”",
        "003": "居民区巧心设计的“六维关怀”：为新生儿送鸡蛋、为新婚夫妻送蜂蜜、为乔迁新居者送糕点、为升学学生"
        "送钢笔、为生重病居民送帮困的做法",
        "004": "“組團式”服務",
    }
    reading = (
        "Entering, listening and knowing are read as the visits that committees make anyway, and more of"
        " them (visits 0 leaves it out); solving is left to those who solve. Being called on is one"
        " experience of the committee, as of one issue well solved, that fades and that nobody gets used to"
        " twice a year (calls 0 leaves it out). The sixth care is named in no document. Who is in a team of"
        " 004 is not said: people of the office who advise (team 0 leaves it out). A promise made at the"
        " door is not told apart from a problem that was noticed and not solved."
    )
    why = (
        "Small unexpected gifts are returned (Falk 2007); canvassing in person moves people to take part"
        " (Gerber and Green 1999). Nothing else reaches anybody: whom nobody hears of, or who does not open,"
        " is as before."
    )

    visits: float = param(
        0.05, low=0, high=0.3, doc="further share of committee hours on visits", plausible=(0.02, 0.1)
    )
    asking: float = param(
        0.02,
        low=0,
        high=0.3,
        doc="further share of them spent asking people to take part",
        plausible=(0.01, 0.05),
    )
    calls: float = param(
        0.5, low=0, high=1, doc="share of the events heard of at which somebody calls", plausible=(0.3, 0.8)
    )
    heard_of: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of events that leaders of buildings and counters pass on",
        plausible=(0.3, 0.8),
    )
    events: tuple[str, ...] = param(
        Event.labels(),
        choices=Event.labels(),
        doc="events at which somebody calls",
        source="seed 003: five of six",
    )
    call_hours: float = param(
        1.0, low=0.1, high=20, unit="h", doc="committee hours for a call, with the way", plausible=(0.5, 2)
    )
    gift: float = param(50.0, low=0, high=1000, unit="yuan", doc="price of a gift", plausible=(20, 200))
    events_list: float = param(
        0.5,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to keep the list of events",
        plausible=(0.25, 1),
    )
    team: float = param(
        0.01,
        low=0,
        high=0.5,
        doc="share of office hours that goes into visiting teams",
        plausible=(0.005, 0.03),
    )
    loss: float = param(0.1, low=0, high=1, doc="share of these lost on the way", plausible=(0.053, 0.18))
    team_services: tuple[str, ...] = param(
        ("health", "advice"), choices=SERVICES, doc="needs that a team serves, in equal parts"
    )
    purse: float = own_purse(2.0)

    def rules(self) -> tuple[Rule, ...]:
        return (
            Purse(name="home_visits", income=self.purse if self.calls else 0, pays=("rules",)),
            Amend(name="more_visits", of=Position, target="committee", field="observe", by=self.visits),
            Amend(name="asked_at_the_door", of=Position, target="committee", field="ask", by=self.asking),
            Regard(
                name="six_cares",
                post="committee",
                events=self.events,
                heard=self.heard_of,
                share=self.calls,
                hours=self.call_hours,
                gift=self.gift,
                keeper="committee",
                upkeep=self.events_list,
                purse="home_visits",
            ),
            Position(name="visiting_team", area="subdistrict", care=1, services=self.team_services),
            Move(
                name="visiting_team", out_of="office", into="visiting_team", share=self.team, loss=self.loss
            ),
            Enquiry(name="visiting_team", post="visiting_team", during="care"),
        )


@dataclass(frozen=True, kw_only=True)
class OnlineCommunity(Mechanism):
    """Groups of messages: it is easy to write to the committee, and to hear of what goes on.

    The young are in them, and the old hardly. What is written and not settled drags on, with the committee to
    answer for it. Rumours and quarrels in groups are left out.
    """

    name, zh, seed, family = "online_community", "互联网社区", "000, 003", "neighbourliness"
    zero = {"message": 0.0, "told": 0.0}
    words = {
        "000": "关注互联网社区，把“后浪”更好地凝聚起来",
        "003": "网评网宣",
    }
    reading = (
        "A wish in one document and two words in the other: that there are groups, that reports come by"
        " message (message 0 leaves it out) and that people hear of activities there (told 0 leaves it out)"
        " are readings. That a message asks nobody to volunteer is an assumption about mail and phone"
        " against face to face."
    )
    why = (
        "Voice is cheaper for the young where a message will do; mail and phone mobilise far less than a"
        " visit (Gerber and Green 1999, 2000)."
    )

    message: float = param(
        1.0,
        low=0,
        high=5,
        doc="how much more often a reader of messages tells the committee",
        plausible=(0.5, 2),
    )
    reading_hours: float = param(
        2.0, low=0, high=40, unit="h/week", doc="committee hours to read the groups", plausible=(1, 5)
    )
    told: float = param(
        0.5,
        low=0,
        high=5,
        doc="further residents told of an activity, against those who hear anyway",
        plausible=(0.2, 1.5),
    )
    posting: float = param(
        1.0,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to tell of activities, at told 1",
        plausible=(0.5, 2),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Amend(
                name="by_message",
                of=Reports,
                target="report_to_committee",
                field="message",
                by=self.message,
                keeper="committee",
                upkeep=self.reading_hours,
            ),
            Notice(
                name="message_groups",
                heard=self.told,
                online=True,
                keeper="committee",
                upkeep=self.posting,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Festivals(Mechanism):
    """Days of the calendar: units and volunteers serve on some, there is something on at others.

    What is given on a day is not there on others: volunteers' hours are theirs, units' are what they offer.
    Large events, at which people of several neighbourhoods meet, are left out: activities are those of a
    neighbourhood.
    """

    name, zh, seed, family = "festivals", "节庆大联动", "004", "neighbourliness"
    zero = {"offers": 0.0, "hands": 0.0, "hosts": 0.0}
    words = {
        "004": "以重要節慶活動為載體統合社區資源，形成元旦春節幫困送溫暖大聯動，學雷鋒日、國際志愿者日、重陽"
        "節志愿服務大行動……全民健身節、社區藝術節等社區共同體建設的大舞臺",
    }
    reading = (
        "The dates are named, who gives how much is not (offers, hands, hosts 0 leave each out). Days of the"
        " calendar are read as evenly spaced; calls on the poor at New Year are those of home visits, and"
        " lectures on days of the party move nothing here."
    )
    why = "Bridging rather than bonding; a peak is no level: the same hours over the year are the comparison."

    between: int = param(
        13, low=4, high=52, unit="weeks", doc="weeks from one day of service to the next", plausible=(6, 26)
    )
    offers: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of what units offer that is on the list of a day of service",
        plausible=(0.3, 0.7),
    )
    listing: float = param(
        1.5,
        low=0,
        high=40,
        unit="h/week",
        doc="office hours for every unit asked, in that week",
        plausible=(0.75, 3),
    )
    hands: float = param(
        10.0, low=0, high=500, doc="volunteers of a neighbourhood on a day of service", plausible=(5, 20)
    )
    day_hours: float = param(
        4.0, low=0.1, high=40, unit="h/week", doc="hours of each of those on that day", plausible=(3, 6)
    )
    day_group: float = param(2.0, low=1, high=100, doc="people each serves at a time", plausible=(1, 4))
    day_services: tuple[str, ...] = param(
        ("elder_care", "health", "repair_help"), choices=SERVICES, doc="needs served, in equal parts"
    )
    hosts: float = param(
        10.0, low=0, high=500, doc="volunteers of a neighbourhood who host at a festival", plausible=(5, 20)
    )
    host_hours: float = param(
        4.0, low=0.1, high=40, unit="h/week", doc="hours of each in that week", plausible=(2, 8)
    )
    day_willing: float = param(
        0.5, low=0, high=1, doc="share of the active who would for a day", plausible=(0.2, 0.8)
    )

    def rules(self) -> tuple[Rule, ...]:
        half = self.between // FOUND_AND_THERE
        # Who comes is found in the first of two weeks and there in the second.
        called, serve = (
            When(start=1, every=self.between, length=1),
            When(start=1, every=self.between, length=FOUND_AND_THERE),
        )
        invited, stage = (
            When(start=half, every=self.between, length=1),
            When(start=half, every=self.between, length=FOUND_AND_THERE),
        )
        return (
            Listing(
                name="day_of_service",
                area="subdistrict",
                share=self.offers,
                keeper="office",
                upkeep=self.listing,
                when=When(start=FOUND_AND_THERE, every=self.between, length=1),
            ),
            Position(
                name="day_of_service",
                heads=self.hands,
                hours=self.day_hours,
                care=1,
                services=self.day_services,
                group=self.day_group,
                when=serve,
            ),
            Boundary(
                name="day_of_service",
                post="day_of_service",
                pools=("volunteers",),
                willing=self.day_willing,
                when=called,
            ),
            Position(name="festival_host", heads=self.hosts, hours=self.host_hours, host=1, when=stage),
            Boundary(
                name="festival_host",
                post="festival_host",
                pools=("volunteers",),
                willing=self.day_willing,
                when=invited,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class NeighbourWatch(Mechanism):
    """Volunteers who look in on an old neighbour every week, and hear what else is needed.

    Help among neighbours who know each other is there under every design; this adds pairs who are brought
    together. That such a pair becomes a tie of its own is left out: what they give is an hour, not a bond.
    """

    name, zh, seed, family = "neighbour_watch", "守望相助结对", "002", "neighbourliness"
    zero = {"pairs": 0.0}
    words = {"002": "融合楼组党建、睦邻守望互助等元素……强化平急转换，共建互助闭环"}
    reading = (
        "A community in which neighbours watch and help is what documents hope for (000 as well), and no"
        " institution; that somebody pairs them is a reading (pairs 0 leaves it out)."
    )
    why = "Weak help is common and deep help rare (Shanghai Urban Neighborhood Survey 2017)."

    pairs: float = param(10.0, low=0, high=200, doc="pairs of a neighbourhood", plausible=(5, 40))
    pair_hours: float = param(1.0, low=0.1, high=10, unit="h/week", doc="hours of each", plausible=(0.5, 2))
    pair_willing: float = param(
        0.1,
        low=0,
        high=1,
        doc="share of active volunteers who would look in on somebody",
        plausible=(0.03, 0.3),
    )
    pairing: float = param(
        0.05,
        low=0,
        high=10,
        unit="h/week",
        doc="committee hours to look after a pair",
        plausible=(0.025, 0.1),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(
                name="watch_pair",
                heads=self.pairs,
                hours=self.pair_hours,
                care=1,
                services=("elder_care",),
                keeper="committee",
                upkeep=self.pairing,
            ),
            Boundary(name="watch_pair", post="watch_pair", pools=("volunteers",), willing=self.pair_willing),
            Enquiry(name="watch_pair", post="watch_pair", during="care"),
        )

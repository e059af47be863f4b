"""Who in units and community knows whom, and what there is to be had (联络、互访、菜单)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, list_hours
from cogov.rules.conditions import When
from cogov.rules.kinds import Liaison, Listing, Move, Position, Rule
from cogov.terms import YEAR


def meeting_hours(default: float, doc: str, low: float, high: float) -> float:
    """The parameter of meetings that says what one takes of a unit or of whom it meets."""
    found: float = param(default, low=0, high=100, unit="h", doc=doc, plausible=(low, high))
    return found


@dataclass(frozen=True, kw_only=True)
class LiaisonOfficers(Mechanism):
    """An officer in each unit keeps in touch with a liaison office, and may sit at tables for the head.

    The officer knows rooms, people and calendar, so that the office can list what there is. Rank binds a
    head, not the head of general affairs: who ranks above the subdistrict is at its tables by officer.
    """

    name, zh, seed, family = "liaison_officers", "党建联络办公室、联络员", "004", "units"
    zero = {"share": 0.0, "listing": 0.0, "office": 0.0}
    words = {
        "004": "探索在協調委員會下設社區黨建聯絡辦公室，負責協助黨建協調委員會開展工作；"
        "在駐區單位探索建立區域化黨建聯絡員，由駐區單位黨委落實黨辦或組織科負責同志出任"
    }
    reading = (
        "What an officer does nobody says. That he tells what the unit has is left out with listing = 0,"
        " that he sits for the head with sits = False, that the two sides come to know each other with"
        " contact = 0. A unit's promise still takes its own hours, whoever sits; that matters of the head"
        " wait for him is not in it, nor that officers pass on what units want, which posts that serve"
        " units know."
    )
    why = (
        "Boundary spanners carry across hierarchy what their heads would not (Aldrich and Herker 1977,"
        " Academy of Management Review 2:2)."
    )

    share: float = param(
        0.6, low=0, high=1, doc="share of the units that have an officer", plausible=(0.2, 0.9)
    )
    every: int = param(
        4,
        low=1,
        high=52,
        unit="weeks",
        doc="weeks between meetings with the liaison office",
        plausible=(2, 8),
    )
    hours: float = meeting_hours(2.0, "hours of an officer each time", 1, 4)
    host_hours: float = meeting_hours(0.25, "hours of the liaison office for each officer", 0.1, 1)
    contact: float = param(
        0.5,
        low=0,
        high=1,
        doc="share of an officer's hours that bring those who decide in the unit nearer",
        plausible=(0.1, 0.8),
    )
    sits: bool = param(True, doc="whether an officer may sit for the head at tables of councils")
    listing: float = param(
        0.4,
        low=0,
        high=1,
        doc="share of what units with an officer offer that the office lists",
        plausible=(0.2, 0.6),
    )
    upkeep: float = list_hours(0.6)
    office: float = param(
        0.05,
        low=0,
        high=0.5,
        doc="share of the office's hours that the liaison office gets, those of one or two people",
        plausible=(0.02, 0.1),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Position(name="liaison_office", area="subdistrict"),
            Move(name="liaison_office", out_of="office", into="liaison_office", share=self.office),
            Liaison(
                name="liaison_officers",
                post="liaison_office",
                who="officers",
                share=self.share,
                every=self.every,
                hours=self.hours,
                host_hours=self.host_hours,
                contact=self.contact,
                sits=self.sits,
            ),
            Listing(
                name="known_to_officers",
                area="subdistrict",
                share=self.listing,
                officers=True,
                keeper="office",
                upkeep=self.upkeep,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class PartyVisits(Mechanism):
    """Heads of units and of the subdistrict visit each other and study together a few times a year.

    Contact of those who decide, which fades between visits. A community-wide lecture takes hours of many and
    does nothing that can be seen: no effect on conviction is built in.
    """

    name, zh, seed, family = "party_visits", "中心组联组学习、党组织互访", "004", "units"
    zero = {"visits": 0, "lectures": 0}
    words = {
        "004": "通過中心組聯組學習、黨組織互訪、支部結對共建、社區發展議題共商等形式，"
        "深化在教育、文化、衛生和黨建等方面的合作……黨建經驗交流學習……社區大黨課"
    }
    reading = (
        "That heads themselves come is read into 中心組; deputies = 1 has deputies come, and no head is any"
        " nearer. How often nobody says: visits = 0 leaves visits out, lectures = 0 the lecture."
    )
    why = (
        "Heads decide, and contact of people who speak for organisations ties them as hours together do"
        " (Granovetter 1985; Hall 2018)."
    )

    visits: int = param(3, low=0, high=12, doc="visits a year", plausible=(1, 6))
    share: float = param(
        0.3, low=0, high=1, doc="share of the units that are part of it", plausible=(0.1, 0.8)
    )
    hours: float = meeting_hours(3.0, "hours of a unit's head each time", 2, 4)
    host_hours: float = meeting_hours(3.0, "office hours for each unit that comes", 1, 6)
    deputies: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of visits to which a unit sends a deputy, so that no head is met",
        plausible=(0, 0.7),
    )
    lectures: int = param(1, low=0, high=12, doc="community-wide lectures a year", plausible=(1, 4))
    lecture_hours: float = meeting_hours(2.0, "hours of each unit at a lecture", 1, 3)
    lecture_upkeep: float = meeting_hours(
        0.25, "office hours for each unit that comes to a lecture", 0.1, 0.5
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            Liaison(
                name="party_visits",
                post="office",
                share=self.share if self.visits else 0,
                every=YEAR // max(self.visits, 1),
                hours=self.hours,
                host_hours=self.host_hours,
                contact=1 - self.deputies,
            ),
            Liaison(
                name="community_lecture",
                post="office",
                who="people",
                share=1 if self.lectures else 0,
                every=YEAR // max(self.lectures, 1),
                hours=self.lecture_hours,
                host_hours=self.lecture_upkeep,
                contact=0,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ServiceMenu(Mechanism):
    """A menu of what units offer, messages that push it, and fairs where those who have and need meet.

    The menu is as good as it is kept up: what nobody renews is not on it. A message reaches who follows the
    channel. At a fair units and committees sit together, and for some weeks what units have is known.
    """

    name, zh, seed, family = "service_menu", "党建共建服务菜单、需求对接会", "004, 001", "units"
    zero = {"listing": 0.0, "push": 0.0, "fairs": 0}
    words = {
        "004": "與駐區單位共同設計黨建共建服務菜單……信息互通、項目對接、資源共享、優勢互補……"
        "推進區域化黨建信息在社區微信公眾號上即時推送，"
        "及時發布黨建聯建、民生服務和文化活動供給信息……駐區單位宣傳欄",
        "001": "每年通过公益伙伴日、需求对接会等形式为社会组织提供展示、交流、合作的平台",
    }
    reading = (
        "Three parts, each with a knob of its own: listing, push, fairs. In document 001 there is the fair"
        " only (listing = push = 0), and it is for social organisations; here all units come. Offers of a"
        " week lapse unused, so that a message helps all of them alike; lectures and standing offers are"
        " not told apart. An order takes no hours of its own beside the upkeep of the menu."
    )
    why = "Search frictions: an offer that nobody sees meets no need (Stigler 1961, from memory)."

    listing: float = param(
        0.6, low=0, high=1, doc="share of what units offer that is on the menu", plausible=(0, 0.9)
    )
    upkeep: float = list_hours(0.5)
    push: float = param(
        0.5, low=0, high=1, doc="share of what units offer that is sent out", plausible=(0, 1)
    )
    follow: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of those who need it that a message reaches",
        plausible=(0.1, 0.6),
    )
    sending: float = list_hours(0.5)
    fairs: int = param(
        2,
        low=0,
        high=4,
        doc="fairs a year",
        source="seed 001: 公益伙伴日 and 需求对接会, every year; 1 to 4",
    )
    stands: float = param(0.5, low=0, high=1, doc="share of the units invited to a fair", plausible=(0.2, 1))
    fair_hours: float = meeting_hours(3.0, "hours of a unit at a fair", 2, 8)
    host_hours: float = meeting_hours(1.0, "committee hours for each unit it meets at a fair", 0.5, 2)
    known: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of what units offer that is known after a fair",
        plausible=(0.1, 0.6),
    )
    remembered: int = param(
        8, low=1, high=12, unit="weeks", doc="weeks for which it is known", plausible=(4, 12)
    )
    organise: float = param(
        60.0,
        low=0,
        high=1000,
        unit="h",
        doc="office hours to organise a fair, spread over the year",
        plausible=(30, 200),
    )
    noting: float = list_hours(0.5)

    def rules(self) -> tuple[Rule, ...]:
        every = YEAR // max(self.fairs, 1)
        return (
            Listing(
                name="service_menu",
                area="subdistrict",
                share=self.listing,
                keeper="office",
                upkeep=self.upkeep,
            ),
            Listing(
                name="menu_push",
                area="subdistrict",
                share=self.push * self.follow,
                keeper="office",
                upkeep=self.sending,
            ),
            Liaison(
                name="fair",
                post="committee",
                who="people",
                share=self.stands if self.fairs else 0,
                every=every,
                hours=self.fair_hours,
                host_hours=self.host_hours,
                keeper="office",
                upkeep=self.organise * self.fairs / YEAR,
            ),
            Listing(
                name="after_the_fair",
                area="subdistrict",
                share=self.known if self.fairs else 0,
                when=When(start=every, length=self.remembered, every=every),
                keeper="office",
                upkeep=self.noting,
            ),
        )

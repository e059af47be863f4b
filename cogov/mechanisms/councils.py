"""Who meets about what, and what a meeting may settle (议事)."""

from __future__ import annotations

from dataclasses import dataclass

from cogov.kit.fields import param
from cogov.mechanisms.base import Mechanism, agenda_hours, referred
from cogov.rules.amend import Amend
from cogov.rules.kinds import KINDS, PUBLIC, Appraisal, Council, OwnersConsent, Payoff, Rule
from cogov.rules.kinds.aggregation import PARTIES
from cogov.rules.kinds.base import per_area

NOTHING_PUBLIC: tuple[str, ...] = ()
WORKS_TALKED_OVER = ("owners_consent", "lift_programme", "suggested_works")
"""Ways in which owners agree to works that a hearing can come before."""


@dataclass(frozen=True, kw_only=True)
class ZeroDistanceCouncil(Mechanism):
    """A council in every neighbourhood: owners' committees, firms, units and residents at one table.

    It agrees to public matters, and where owners' committee and firm of a case are both there they settle
    what lies between them. No sentence gives it authority over conflicts, and no department sits there.
    """

    name, zh, seed, family = "zero_distance_council", "零距离家园理事会", "001", "councils"
    zero = {"slots": 0.0, "cases": 0.0}
    words = {
        "001": "在居民区层面,建立零距离家园理事会,吸纳业委会、物业公司、驻区单位、两新组织、两代表一委员、"
        "法律顾问等各方力量,凝聚起社区共治的工作合力"
    }
    reading = (
        "Residents are not among those named (leave them out of seats); units stand for new organisations;"
        " deputies and a legal adviser come by mechanisms of their own. That parties settle cases there is an"
        " interpretation of 共治 (cases 0, which is the default)."
    )
    why = "dialogue face to face over the same facts: Ansell and Gash (2008), J-PART 18:543-571"

    seats: tuple[str, ...] = param(
        ("owners", "firms", "units", "residents"),
        choices=("neighbourhoods", "owners", "firms", "units", "residents"),
        doc="who has seats",
    )
    slots: float = param(2.0, low=0, high=1000, unit="items/meeting", doc="agenda slots", plausible=(1, 4))
    quorum: float = param(
        0.5, low=0, high=1, doc="share of the seats present that must support an item", plausible=(0.34, 0.67)
    )
    cases: float = param(
        0.0,
        low=0,
        high=100,
        unit="items/meeting",
        doc="cases of compounds that a sitting gets through",
        plausible=(1, 4),
    )
    concerns: tuple[str, ...] = param(
        ("property_conflict",),
        choices=tuple(kind for kind in KINDS if kind not in PUBLIC),
        doc="types of issue between owners and firm",
    )
    needed: float = param(
        1.0, low=0, high=1, doc="share of the parties of a case that must be there", plausible=(0.5, 1)
    )
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="home_council",
                area="neighbourhood",
                seats=self.seats,
                slots=self.slots,
                quorum=self.quorum,
                keeper="committee",
                upkeep=self.agenda,
            ),
            Council(
                name="home_council_on_cases",
                area="neighbourhood",
                seats=PARTIES,
                kinds=NOTHING_PUBLIC,
                joint=self.concerns,
                parties=("owners", "firms"),
                needed=self.needed,
                slots=self.cases,
                keeper="committee",
                upkeep=self.agenda,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ThreeMeetings(Mechanism):
    """Hearings of residents and owners, coordination, and appraisal meetings, in every neighbourhood.

    At a hearing (听证会) public matters are agreed to, and plans of works are re-fitted to those who object.
    Coordination (协调会) keeps disputes in the neighbourhood that would else go up, as far as its secretary
    can chair them. At the appraisal meeting (评议会) residents drawn from the neighbourhood score the firms
    whose work they lived through since the last one; what they say is made public.
    """

    name, zh, seed, family = "three_meetings", "三会制度（听证会、协调会、评议会）", "001", "councils"
    zero = {"slots": 0.0, "representatives": 0, "weight": 0.0, "refit": 0.0, "disputes": 0.0}
    words = {"001": "以“三会”制度为依托,广泛动员组织群众依法有序参与社区治理和公共服务"}
    reading = (
        "The document names the three meetings and not what they do: hearing (slots, refit), coordination"
        " (disputes) and appraisal (representatives, weight) are each as the city's practice has them; refit"
        " and disputes are 0 by default. That a decision without a hearing is objected to later is not in it."
    )
    why = "a fair procedure makes losers accept: Lind and Tyler (1988); publicity moves the judged"

    slots: float = param(
        1.0, low=0, high=1000, unit="items/meeting", doc="agenda slots of the hearing", plausible=(0.5, 2)
    )
    quorum: float = param(
        0.6, low=0, high=1, doc="share of the seats present that must support an item", plausible=(0.5, 0.75)
    )
    representatives: int = param(
        15, low=0, high=40, doc="residents at an appraisal meeting", plausible=(5, 40)
    )
    every: int = param(
        26, low=13, high=52, unit="weeks", doc="weeks between appraisal meetings", plausible=(13, 52)
    )
    sitting: float = param(
        2.0, low=0.5, high=8, unit="h", doc="hours it takes each of them", plausible=(1, 4)
    )
    publish: bool = param(True, doc="whether its scores are made public")
    weight: float = param(
        0.3, low=0, high=1, doc="weight of the score in a firm's decision", plausible=(0.1, 0.6)
    )
    invite: float = param(
        0.3,
        low=0,
        high=10,
        unit="h",
        doc="committee hours to invite an appraiser, count and publish",
        plausible=(0.1, 1),
    )
    follow_up: float = param(
        2.0,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to hold a firm to a score, at weight 1",
        plausible=(0.5, 8),
    )
    agenda: float = agenda_hours()
    refit: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of an objector's loss that a plan re-fitted after a hearing repays",
        plausible=(0, 0.5),
    )
    disputes: float = param(
        0.0,
        low=0,
        high=100,
        unit="items/meeting",
        doc="disputes that coordination keeps in the neighbourhood",
        plausible=(1, 4),
    )
    coordinates: tuple[str, ...] = param(
        ("dispute",),
        choices=tuple(kind for kind in KINDS if kind not in PUBLIC),
        doc="types of issue that come before it",
    )
    mediation: float = param(
        1.0,
        low=0,
        high=40,
        unit="h/week per slot",
        doc="committee hours to hear both sides of a dispute beforehand",
        plausible=(1, 10),
    )

    def rules(self) -> tuple[Rule, ...]:
        return (
            *(
                Amend(
                    name=f"hearing_before_{talk}",
                    of=OwnersConsent,
                    target=talk,
                    field="revision",
                    by=self.refit,
                )
                for talk in WORKS_TALKED_OVER
            ),
            Council(
                name="coordination_meeting",
                area="neighbourhood",
                seats=("neighbourhoods",),
                kinds=NOTHING_PUBLIC,
                joint=self.coordinates,
                parties=("neighbourhoods",),
                slots=self.disputes,
                keeper="committee",
                upkeep=self.mediation,
            ),
            Council(
                name="hearing",
                area="neighbourhood",
                seats=("residents", "owners"),
                slots=self.slots,
                quorum=self.quorum,
                keeper="committee",
                upkeep=self.agenda,
            ),
            Appraisal(
                name="appraisal_meeting",
                of="firms",
                by="residents",
                heads=self.representatives,
                every=self.every,
                hours=self.sitting,
                publish=self.publish,
                keeper="committee",
                upkeep=self.invite,
            ),
            Payoff(
                name="appraisal_meeting",
                to="firms",
                term="appraisal",
                weight=self.weight,
                keeper="committee",
                upkeep=self.follow_up,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class ThreePlusXCommittee(Mechanism):
    """The block's 3+X committee: neighbourhoods, units and residents bring and settle block matters.

    It is to collect and to solve public matters at the block (推动议题在街区层面的收集和解决): what
    neighbourhoods could not settle comes to it.
    """

    name, zh, seed, family = "three_plus_x_committee", "“3+X”委员会", "001", "councils"
    zero = {"slots": 0.0}
    words = {"001": "设立“3+X”委员会,推动议题在街区层面的收集和解决"}
    reading = (
        "What 3 and X are the document does not say: three standing groups (neighbourhoods, units, residents)"
        " and X by item, units of the subdistrict that offer most in its field and have no seat (x_seats 0,"
        " the default, leaves X out)."
    )
    why = "who knows and owns what an item takes is there: pooled resources"

    slots: float = param(4.0, low=0, high=1000, unit="items/meeting", doc="agenda slots", plausible=(2, 8))
    per: str = per_area(
        "whether each block has these slots, or all blocks of a subdistrict together, by households"
    )
    referred: bool = referred(True, "neighbourhoods")
    quorum: float = param(
        0.5, low=0, high=1, doc="share of the seats present that must support an item", plausible=(0.34, 0.67)
    )
    x_seats: int = param(
        0,
        low=0,
        high=20,
        doc="units called to an item by its field, in their own hours",
        plausible=(1, 6),
    )
    agenda: float = agenda_hours()

    def rules(self) -> tuple[Rule, ...]:
        return (
            Council(
                name="three_plus_x",
                area="block",
                seats=("neighbourhoods", "units", "residents"),
                slots=self.slots,
                per=self.per,
                referred=self.referred,
                called=self.x_seats,
                quorum=self.quorum,
                keeper="office",
                upkeep=self.agenda,
            ),
        )

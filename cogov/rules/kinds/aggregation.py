"""How groups decide: councils, and owners about a work on their ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import AREAS, KINDS, PUBLIC, RANKS, Floats, Rule, per_area
from cogov.terms import LAWS, MONTH

SEATS = ("neighbourhoods", "units", "owners", "firms", "residents", "part_timers", "deputies")
"""Who may sit in a council: committees, units, owners' committees, firms, speakers of residents, people of
units who are members themselves (兼职委员), deputies of congresses (两代表一委员)."""
PARTIES = ("owners", "firms", "neighbourhoods")
"""Whom an issue of a compound can concern: its owners' committee, its firm, the committee around it."""


@dataclass(frozen=True, kw_only=True)
class Council(Rule):
    """How a group decides what comes before it (聚合规则·议事): seats, agenda, support needed.

    What it refuses comes back to a later meeting, so often as ``returns`` says, and then it is done with. A
    council of a wider area takes that up only if it is one to which such items are ``referred``.

    Its upkeep is for every slot of an agenda a month: papers to write, people to hear beforehand.
    """

    kind: ClassVar[str] = "council"
    zh: ClassVar[str] = "议事"
    framework: ClassVar[str] = "aggregation"

    area: str = param("neighbourhood", choices=AREAS, doc="one council for each such area")
    seats: tuple[str, ...] = param((), choices=SEATS, doc="who has seats", fold="union")
    part_timers: int = param(
        0, low=0, high=1000, doc="units of each area that send one of their people as a part-time member"
    )
    kinds: tuple[str, ...] = param(PUBLIC, choices=PUBLIC, doc="types of issue it takes up", fold="union")
    every: int = param(4, low=1, high=520, unit="weeks", doc="weeks between meetings")
    slots: float = param(0.0, low=0, high=1e6, unit="items/meeting", doc="agenda slots", fold="add")
    per: str = per_area()
    quorum: float = param(0.5, low=0, high=1, doc="support needed, share of the seats present", fold="scale")
    hours: float = param(1.5, low=0, high=1000, unit="h", doc="hours a meeting costs each seat", fold="scale")
    item_hours: float = param(
        0.25, low=0, high=1000, unit="h", doc="more for every item on the agenda", fold="scale"
    )
    returns: int = param(
        1, low=0, high=100, doc="times an item may come back after a refusal (0 to 6 are plausible)",
        source="assumed: rules of order let a motion be renewed once, at a later session",
    )  # fmt: skip
    referred: bool = param(False, doc="whether it takes up what councils of smaller areas have refused")
    called: int = param(
        0, low=0, high=100,
        doc="units without a seat that are called to each item: those that offer most in its field",
    )  # fmt: skip
    joint: tuple[str, ...] = param(
        (), choices=tuple(kind for kind in KINDS if kind not in PUBLIC),
        doc="types of issue that those concerned settle at its table, in slots that public ones leave; they"
        " become the business of its own level",
        fold="union",
    )  # fmt: skip
    parties: tuple[str, ...] = param(
        PARTIES, choices=PARTIES, length=(1, len(PARTIES)), doc="whom such an issue concerns"
    )
    needed: float = param(1.0, low=0, high=1, doc="share of them that must be there", fold="scale")
    rank: float | None = param(
        None, low=-1, high=3, doc="administrative rank of the convener; by default that of the area"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_divided(self.area)
        if ("part_timers" in self.seats) != (self.part_timers > 0):
            raise DesignError(
                f"council {self.name}: seats of part_timers and their number go together; part_timers ="
                f" {self.part_timers}"
            )

    @property
    def null(self) -> bool:
        return self.slots == 0 or not (self.kinds or self.joint)

    def dose(self, value: Callable[[str], Floats]) -> Floats | float:
        return value("slots") * MONTH / self.every

    @property
    def convener(self) -> float:
        """Rank of the convener: neighbourhood -1, subdistrict 0, district 1, city 2, nation 3."""
        return RANKS.get(self.area, -1.0) if self.rank is None else self.rank


@dataclass(frozen=True, kw_only=True)
class OwnersConsent(Rule):
    """How owners agree to a work on their ground, such as a lift (聚合规则·业主同意).

    It is in force for the programmes that name it. What counts as agreement is the law for added lifts
    of the date, the same under every design (the community's ``consent_law``), unless the rule names another
    or says it itself.
    """

    kind: ClassVar[str] = "consent"
    zh: ClassVar[str] = "同意"
    framework: ClassVar[str] = "aggregation"

    every: int = param(4, low=1, high=520, unit="weeks", doc="weeks between meetings")
    hours: float = param(
        2.0, low=0, high=1000, unit="h", doc="committee hours for a round of meetings", fold="scale"
    )
    law: str = param(
        "own",
        choices=("own", "date", *LAWS),
        doc="law by which they agree: that of the community's date, one by name, or what the rule says",
    )
    turnout: float = param(1.0, low=0, high=1, doc="share of owners who must take part")
    majority: float = param(0.9, low=0, high=1, doc="share of those taking part who must agree")
    veto: bool = param(False, doc="one lasting objection blocks")
    revision: float = param(
        0.0, low=0, high=1, doc="share of an objector's loss that a new plan may repay", fold="cover"
    )
    plan_hours: float = param(
        2.0,
        low=0,
        high=1000,
        unit="h",
        doc="more for a meeting that re-fits the plan, if all losses are repaid (0.5 to 8 plausible)",
        source="assumed",
        fold="scale",
    )
    guided: float = param(
        0.0, low=0, high=1, doc="share of the meetings to a plan and to a count that a handbook saves",
        fold="cover",
    )  # fmt: skip
    chair: str = param(
        "", doc="post that chairs, as competent as it is; without its hours the committee does"
    )

    @property
    def posts(self) -> tuple[str, ...]:
        return (self.chair,) if self.chair else ()

    @property
    def placed(self) -> bool:
        return False

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refuse_costs()
        self._refuse_conditions()
        if self.law != "own" and (self.turnout, self.majority, self.veto) != (1.0, 0.9, False):
            raise DesignError(
                f"consent {self.name}: law = {self.law!r} says who must agree; leave turnout, majority"
                " and veto out"
            )

    def at_law(self, date: str) -> OwnersConsent:
        """The rule with what its law says written out, where ``date`` is the law of the community's date."""
        return self if self.law == "own" else _written_out(self, date if self.law == "date" else self.law)


@lru_cache(maxsize=256)  # asked for site after site
def _written_out(rule: OwnersConsent, law: str) -> OwnersConsent:
    turnout, majority, veto = LAWS[law]
    return rule.updated({"law": "own", "turnout": turnout, "majority": majority, "veto": veto})

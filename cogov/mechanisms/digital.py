"""What is seen by devices (智能感知)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cogov.kit.fields import param
from cogov.mechanisms.base import PER, Mechanism, law_of_works, owners_meeting, prepared_sites
from cogov.rules.kinds import (
    KINDS,
    Observation,
    OwnersConsent,
    Position,
    Programme,
    Purse,
    Rule,
)
from cogov.terms import Cause


def _false_share(default: float) -> Any:
    """The parameter that says how many alarms are for nothing."""
    return param(
        default,
        low=0,
        high=0.99,
        doc="share of alarms that are false",
        source="assumed: 53 % of call-outs by telecare and alarms in England in 2011-12 were false",
        plausible=(0.2, 0.9),
    )


def _check() -> Any:
    """The parameter that says what an alarm takes at a desk."""
    return param(0.2, low=0, high=8, unit="h", doc="desk hours to check an alarm", plausible=(0.1, 0.5))


def _site() -> Any:
    """The parameter that says what an alarm takes on site."""
    return param(0.5, low=0, high=8, unit="h", doc="committee hours to go and look", plausible=(0.25, 1.5))


def _saved(default: float) -> Any:
    """The parameter for money of a programme that is saved until it is enough for a work."""
    return param(
        default,
        low=0,
        unit="yuan/household/year",
        doc="grant of its own, which is saved until it is enough",
        source="assumed: what the defaults cost in a subdistrict, rounded up",
        plausible=(default / 2, default * 2),
    )


@dataclass(frozen=True, kw_only=True)
class CityEye(Mechanism):
    """Cameras and sensors see some kinds of problem where they stand; a desk checks what they report.

    Every covered compound gives false alarms as well, which take hours of the desk and of the committee that
    goes to look. What the desk has no hours for is not seen, the true with the false.
    """

    name, zh, seed, family = "city_eye", "“城市之眼”（感知预警）", "002", "digital"
    zero = {"slots": 0.0, "heads": 0.0}
    words = {
        "002": "打造“城市之眼”等感知预警模块,以治理数字化夯实区域安全基础……在前期智慧养老、智能停车、智感"
        "电梯先行先试的基础上……加大“实用、管用、爱用”智能应用场景的建设开发力度"
    }
    reading = (
        "False alarms no sentence names (false_share = 0 leaves them out). What is seen is a choice among"
        " kinds of issue: things in corridors and thrown (safety, sanitation), lifts that stop (repair)."
    )
    why = (
        "What is seen sooner grows less; alarms that are mostly false take the hours of those who answer"
        " them, so that the true ones wait as well (alarm fatigue)."
    )

    slots: float = prepared_sites()
    promote: float = param(
        0.3, low=0, high=1, unit="1/year", doc="chance that a compound comes forward", plausible=(0.1, 0.6)
    )
    each: float = param(
        200.0,
        low=0,
        high=1e5,
        unit="yuan/household",
        doc="what sensors of a compound cost",
        plausible=(60, 600),
    )
    siting: float = param(
        0.25,
        low=0,
        high=40,
        unit="h/week",
        doc="committee hours to agree on where they go",
        plausible=(0.12, 0.5),
    )
    running: float = param(
        6_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="what they cost to run",
        source="assumed: a tenth",
        plausible=(3000, 12_000),
    )
    lasts: int = param(
        52,
        low=1,
        high=520,
        unit="weeks",
        doc="weeks that they work when nobody pays for it",
        plausible=(26, 104),
    )
    kinds: tuple[str, ...] = param(("sanitation", "safety", "repair"), choices=KINDS, doc="what they see")
    heads: float = param(
        2.0, low=0, high=1000, unit="heads", doc="people of the desk for 10,000 households", plausible=(1, 4)
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(32, 40))
    wage: float = param(45.0, low=0, high=1000, unit="yuan/h", doc="their wage", plausible=(31, 68))
    speed: float = param(
        20.0,
        low=0,
        high=10_000,
        unit="buildings/h",
        doc="buildings whose pictures the desk gets through",
        plausible=(10, 40),
    )
    true_alarms: float = param(
        1.0, low=0, high=100, unit="1/week", doc="true alarms of a covered compound", plausible=(0.3, 3)
    )
    false_share: float = _false_share(0.5)
    check: float = _check()
    site: float = _site()
    purse: float = _saved(60.0)

    def rules(self) -> tuple[Rule, ...]:
        false = self.true_alarms * self.false_share / (1 - self.false_share)
        return (
            Purse(
                name="city_eye", income=self.purse if self.slots or self.heads else 0, pays=("wages", "works")
            ),
            Programme(
                name="city_eye",
                what="sensors",
                slots=self.slots,
                promote=self.promote,
                purse="city_eye",
                each=self.each,
                running=self.running,
                lasts=self.lasts,
                keeper="committee",
                upkeep=self.siting,
            ),
            Position(
                name="city_eye_desk",
                area="subdistrict",
                heads=self.heads,
                per_households=PER,
                hours=self.hours,
                observe=1,
                wage=self.wage,
                purse="city_eye",
            ),
            Observation(
                name="city_eye",
                post="city_eye_desk",
                speed=self.speed,
                kinds=self.kinds,
                through="sensors",
                alarms=false,
                check=self.check if false else 0,
                site=self.site if false else 0,
            ),
        )


@dataclass(frozen=True, kw_only=True)
class SmartServices(Mechanism):
    """Alarm devices in homes of the very old, answered by a desk; and parking places shared over the day.

    A device calls at once, whatever is visible from outside; where nobody answers it changes nothing. What
    shared parking mends stays mended: that a platform which has ended takes it away is not in it.
    """

    name, zh, seed, family = "smart_services", "智慧养老、智能停车", "002", "digital"
    zero = {"devices": 0.0, "desk": 0.0, "parking": 0.0}
    words = {
        "002": "在前期智慧养老、智能停车、智感电梯先行先试的基础上……推动感知、网络、算力等数字技术与基层治理"
        "深度融合,为基层减负增能"
    }
    reading = (
        "What the devices are no sentence says: alarms for people of 80 and over (devices = 0), places shared"
        " by day and night (parking = 0). That most alarms are false is not said (false_share = 0)."
    )
    why = "An emergency of somebody alone is known late; an alarm is worth as much as those who answer it."

    devices: float = param(
        0.1, low=0, high=1, doc="share of homes with somebody aged 80+", plausible=(0.02, 0.5)
    )
    price: float = param(
        5_000.0,
        low=0,
        high=1e6,
        unit="yuan/week",
        doc="what devices cost a subdistrict, were all those homes to have one",
        source="assumed: 1,000 homes for 10,000 households, 1,000 yuan for five years and a tenth a year",
        plausible=(2500, 10_000),
    )
    desk: float = param(
        0.5,
        low=0,
        high=1000,
        unit="heads",
        doc="people who answer, for 10,000 households",
        plausible=(0.25, 1),
    )
    hours: float = param(36.0, low=0, high=80, unit="h/week", doc="hours of each", plausible=(32, 40))
    wage: float = param(35.0, low=0, high=1000, unit="yuan/h", doc="their wage", plausible=(24, 52))
    kinds: tuple[str, ...] = param(("emergency",), choices=KINDS, doc="what a device calls about")
    true_alarms: float = param(
        0.05, low=0, high=10, unit="1/week", doc="true alarms of a device", plausible=(0.01, 0.1)
    )
    false_share: float = _false_share(0.7)
    check: float = _check()
    site: float = _site()
    parking: float = param(
        1.0,
        low=0,
        high=1000,
        unit="sites",
        doc="car parks a neighbourhood prepares to share at a time",
        plausible=(1, 2),
    )
    promote: float = param(
        0.3, low=0, high=1, unit="1/year", doc="chance that a compound comes forward", plausible=(0.1, 0.6)
    )
    short: float = param(
        0.4,
        low=0,
        high=1,
        doc="lack of places, 1: nobody has one, from which a compound wants to share",
        plausible=(0.25, 0.6),
    )
    left: float = param(0.3, low=0, high=1, doc="lack of places that is left", plausible=(0.1, 0.6))
    cost: float = param(
        80_000.0,
        low=0,
        high=1e7,
        unit="yuan",
        doc="gates, meters and platform of one",
        plausible=(40_000, 160_000),
    )
    running: float = param(
        8_000.0,
        low=0,
        high=1e6,
        unit="yuan/year",
        doc="what it costs to run",
        source="assumed: a tenth",
        plausible=(4000, 16_000),
    )
    consent: str = law_of_works("law by which owners agree to share")
    meeting_hours: float = owners_meeting()
    every: int = param(4, low=1, high=52, unit="weeks", doc="weeks between such meetings", plausible=(2, 8))
    purse: float = _saved(50.0)

    def rules(self) -> tuple[Rule, ...]:
        false = self.true_alarms * self.false_share / (1 - self.false_share)
        works = self.devices or self.desk or self.parking
        return (
            Purse(name="smart_services", income=self.purse if works else 0),
            Position(
                name="alarm_desk",
                area="subdistrict",
                heads=self.desk,
                per_households=PER,
                hours=self.hours,
                wage=self.wage,
                purse="smart_services",
            ),
            Observation(
                name="elder_alarms",
                post="alarm_desk",
                share=1 if self.devices else 0,
                kinds=self.kinds,
                devices=self.devices,
                alarms=false if self.devices else 0,
                check=self.check if false and self.devices else 0,
                site=self.site if false and self.devices else 0,
                money=self.price * self.devices,
                purse="smart_services",
            ),
            Programme(
                name="smart_parking",
                what="parking",
                slots=self.parking,
                promote=self.promote,
                bad=self.short,
                consent="smart_parking",
                purse="smart_services",
                cost=self.cost,
                running=self.running,
                mends=Cause.PARKING.label,
                left=self.left,
            ),
            OwnersConsent(name="smart_parking", every=self.every, hours=self.meeting_hours, law=self.consent),
        )

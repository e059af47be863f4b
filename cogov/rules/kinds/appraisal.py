"""Who judges whom, by what they lived through or saw on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import SERVED, Floats, Rule

SEEN_BY = {"residents": ("firms",), "owners": ("firms",), "committees": ("units", "firms")}
"""Whom appraisers can have seen at work, of those who decide by a verdict: firms and units."""
JUDGED = tuple(dict.fromkeys(judged for all_seen in SEEN_BY.values() for judged in all_seen))
"""All who can be judged."""


@dataclass(frozen=True, kw_only=True)
class Appraisal(Rule):
    """A sitting of appraisers who each score what they have seen since the last one (评议规则).

    It says who judges whom and how often; what a verdict is worth to the judged a payoff says (its term
    ``appraisal``). Who saw nothing abstains; what nobody saw has no verdict. Residents and owners are drawn
    anew for each sitting and come in the hours that volunteers have, committees in their own. Its upkeep is
    for every appraiser of a sitting: to draw and invite them, to count and publish what they say.
    """

    kind: ClassVar[str] = "appraisal"
    zh: ClassVar[str] = "评议"
    framework: ClassVar[str] = "information"

    of: str = param(choices=JUDGED, doc="who is judged")
    by: str = param(choices=tuple(SEEN_BY), doc="who judges")
    area: str = param("neighbourhood", choices=SERVED, doc="one sitting for each such area")
    heads: int = param(
        15,
        low=0,
        high=10_000,
        doc="residents or owners at each sitting; of committees all come, if more than 0",
    )
    every: int = param(26, low=1, high=520, unit="weeks", doc="weeks between sittings")
    hours: float = param(
        2.0, low=0.01, high=1000, unit="h", doc="hours a sitting costs each appraiser", fold="scale"
    )
    publish: bool = param(True, doc="whether verdicts are made public")
    black: float = param(
        0.0,
        low=0,
        high=1,
        doc="share of the firms judged, the lowest, that stand on a black list while the verdict does: their"
        " owners' committees look for another, whatever they think of them",
    )

    @property
    def null(self) -> bool:
        return self.heads == 0

    def dose(self, value: Callable[[str], Floats]) -> Floats | float:
        return self.heads / self.every

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.of not in SEEN_BY[self.by]:
            raise DesignError(
                f"appraisal {self.name}: {self.by} do not see {self.of} at work; of must be one of"
                f" {', '.join(SEEN_BY[self.by])}"
            )
        if self.black and not (self.publish and self.of == "firms"):
            raise DesignError(
                f"appraisal {self.name}: black = {self.black:g}: a black list is of firms, and public; leave"
                " it out, or have of = 'firms' and publish = True"
            )

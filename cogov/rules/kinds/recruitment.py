"""Recruitment (选任): where the next secretary comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cogov.kit.errors import DesignError
from cogov.kit.fields import param
from cogov.rules.kinds.base import Rule
from cogov.terms import Capability, Site

FOUR = (len(Capability), len(Capability))


@dataclass(frozen=True, kw_only=True)
class Recruitment(Rule):
    """A channel by which secretaries are found (边界规则·选任): what they bring, and how long they stay."""

    kind: ClassVar[str] = "recruitment"
    zh: ClassVar[str] = "选任"
    framework: ClassVar[str] = "boundary"
    area: ClassVar[str] = "neighbourhood"

    share: float = param(
        0.0, low=0, high=1, doc="weight among the channels in force; open selection where there is none",
        fold="scale",
    )  # fmt: skip
    lowest: tuple[float, ...] = param(
        (0.2, 0.2, 0.2, 0.2), low=0, high=1, length=FOUR, doc="least they bring, by Capability"
    )
    highest: tuple[float, ...] = param(
        (0.6, 0.6, 0.6, 0.6), low=0, high=1, length=FOUR, doc="most they bring, by Capability"
    )
    site: str = param(
        "", choices=("", *Site.labels()), doc="kind of neighbourhood they learned it in; empty: their new one"
    )
    leaves: float = param(
        1.0, low=0, high=10, doc="chance that one of them goes, against the usual", fold="scale"
    )

    @property
    def null(self) -> bool:
        return self.share == 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(low > high for low, high in zip(self.lowest, self.highest, strict=True)):
            raise DesignError(
                f"recruitment {self.name}: lowest = {list(self.lowest)} must not exceed highest ="
                f" {list(self.highest)}"
            )

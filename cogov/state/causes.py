"""Causes (病根): lasting states of a compound that breed issues of some kinds until they are mended.

Owner of ``Causes.level``, ``Causes.relief`` and ``Causes.strain``. An issue that a cause bred is drawn as if
that cause were at its worst everywhere, and carries its own number: it comes to be where that number is below
the level of the cause. So whoever lowers a cause ends its stream, whoever settles its issues one by one does
not, and all other issues stay as they are, to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cogov.community.places import Places
from cogov.kit.errors import ConfigError
from cogov.kit.fields import Parameters, param
from cogov.terms import YEAR, Cause, Kind

Floats = NDArray[np.float64]
FORTY = 40.0
"""Years between the two ages for which levels are stated."""


@dataclass(frozen=True, kw_only=True)
class Root(Parameters):
    """What one cause is like: how bad where, how fast it worsens, what it breeds."""

    new: float = param(low=0, high=1, doc="level in a compound just built", plausible=(0.6, 1.5))
    forty: float = param(
        low=0, high=1, doc="level forty years on; straight between and beyond, up to 1", plausible=(0.7, 1.3)
    )
    short: float = param(
        low=0, high=1, doc="what it adds if a compound has no parking at all", plausible=(0.6, 1.3)
    )
    usual: float = param(
        low=0.01,
        high=1,
        doc="level at which a compound has the births its kinds state",
        source="derived: about the mean of compounds",
    )
    worsens: float = param(
        low=0,
        high=1,
        unit="1/year",
        doc="what ordinary upkeep does not make good of it",
        plausible=(0.3, 3),
    )
    breeds: tuple[float, ...] = param(
        low=0,
        high=1,
        length=(len(Kind), len(Kind)),
        doc="share of the issues of each kind that it breeds",
        plausible=(0.6, 1.3),
    )


def _root(doc: str, breeds: Mapping[Kind, float], **values: float) -> Any:
    shares = tuple(breeds.get(kind, 0.0) for kind in Kind)
    return param(Root(breeds=shares, **{"short": 0.0, "worsens": 0.0, **values}), doc=doc)


@dataclass(frozen=True, kw_only=True)
class Breeding(Parameters):
    """The causes. Levels and shares are assumed; with age they rise as births did by age of the homes."""

    fabric: Root = _root(
        "roofs, pipes and wiring",
        {Kind.REPAIR: 0.5, Kind.SAFETY: 0.375, Kind.RENEWAL: 0.9375},
        new=0.3,
        forty=0.7,
        usual=0.5,
        worsens=0.002,
    )
    parking: Root = _root(
        "too few parking places",
        {Kind.SANITATION: 0.35, Kind.DISPUTE: 0.15, Kind.SAFETY: 0.05},
        new=0.0,
        forty=0.0,
        short=1.0,
        usual=0.5,
    )
    charging: Root = _root(
        "nowhere to charge electric bicycles but stairs and flats",
        {Kind.SAFETY: 0.2},
        new=0.5,
        forty=0.5,
        usual=0.5,
    )
    lighting: Root = _root(
        "dark paths and stairs", {Kind.SAFETY: 0.1}, new=0.5, forty=0.5, usual=0.5, worsens=0.002
    )
    conduct: Root = _root(
        "habits that nobody has agreed on: dogs, noise, things left in corridors",
        {Kind.SANITATION: 0.25, Kind.DISPUTE: 0.35},
        new=0.5,
        forty=0.5,
        usual=0.5,
    )
    enough: float = param(
        0.9,
        low=0.01,
        high=10,
        unit="spaces/household",
        doc="parking places at which nobody lacks one",
        plausible=(0.7, 1.2),
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        for kind, total in zip(Kind, self.shares().sum(0), strict=True):
            if total > 1 + 1e-9:
                raise ConfigError(
                    f"Breeding: causes breed {total:g} of the issues of kind {kind.label!r}; their shares"
                    " must add up to at most 1"
                )

    def roots(self) -> tuple[Root, ...]:
        """The causes in the order of ``Cause``."""
        return tuple(getattr(self, cause.label) for cause in Cause)

    def shares(self) -> Floats:
        """Share of the issues of each kind that a cause breeds where all are as usual, (causes, kinds)."""
        return np.array([root.breeds for root in self.roots()])

    def highest(self) -> Floats:
        """Issues of each kind that causes at their worst would breed, for one as usual: (causes, kinds)."""
        return np.asarray(self.shares() / np.array([[root.usual] for root in self.roots()]))

    def rise(self) -> Floats:
        """How far the rate at which each kind is drawn is above the one stated, shape (kinds,)."""
        return np.asarray(1 - self.shares().sum(0) + self.highest().sum(0))

    @cached_property
    def _parts(self) -> tuple[Floats, Floats]:
        """Share of what is drawn of each kind that is of each cause, and where it ends in [0, 1)."""
        part = self.highest() / self.rise()
        return part, np.cumsum(part, axis=0)

    def bred_by(self, kind: NDArray[np.integer], number: NDArray[np.floating]) -> tuple[Any, Any]:
        """Which cause each drawn issue is of (-1: none), and its own number in [0, 1) against the level.

        Parameters
        ----------
        kind : ndarray of int, shape (issues,)
        number : ndarray, shape (issues,)
            Uniform in [0, 1).
        """
        part, ends = self._parts
        cause = (number >= ends.take(kind, axis=1)).view(np.int8).sum(0, dtype=np.intp)
        none = cause == len(Cause)
        cause[none] = 0
        width = part[cause, kind]
        start = ends[cause, kind] - width
        own = np.where(none, 0.0, (number - start) / np.where(none, 1.0, width))
        return np.where(none, -1, cause), own


class Causes:
    """How bad each cause is in each compound.

    Parameters
    ----------
    places : Places
    breeding : Breeding

    Attributes
    ----------
    level : ndarray, shape (causes, compounds)
        From 0, mended, to 1, at its worst.
    relief : ndarray, shape (causes, compounds)
        Share of what it breeds that is held down by how people behave, in [0, 1].
    strain : ndarray, shape (causes, compounds)
        Share of the room up to its worst that something of the week takes, in [0, 1].
    """

    def __init__(self, places: Places, breeding: Breeding) -> None:
        compounds, roots = places.compounds, breeding.roots()
        age = (compounds.year_built.max() - compounds.year_built).astype(float) / FORTY
        short = (1 - compounds.parking.astype(float) / breeding.enough).clip(0)
        self.level = np.array(
            [root.new + (root.forty - root.new) * age + root.short * short for root in roots]
        ).clip(0, 1)
        self.relief, self.strain = np.zeros((2, *self.level.shape))
        self._worsens = np.array([[root.worsens] for root in roots]) / YEAR

    def __repr__(self) -> str:
        """In one line: the mean level of each."""
        means = ", ".join(f"{cause.label} {self.level[cause].mean():.2f}" for cause in Cause)
        return f"<Causes: {means}>"

    def lower(self, cause: Cause, compound: NDArray[np.integer] | int, to: float = 0.0) -> None:
        """Mend a cause in a compound, or several: its level falls to ``to`` unless it is lower already."""
        if not 0 <= to <= 1:
            raise ConfigError(f"cause {cause.label}: to = {to:g} must be between 0 and 1")
        self.level[cause, compound] = np.minimum(self.level[cause, compound], to)

    def hold_down(self, cause: Cause, share: Floats) -> None:
        """Set the share of what a cause breeds that conduct holds down, shape (compounds,)."""
        self.relief[cause] = share

    def strain_by(self, cause: Cause, share: Floats) -> None:
        """Set how far a cause is nearer to its worst this week, shape (compounds,)."""
        self.strain[cause] = share

    def worsen(self) -> None:
        """A week passes."""
        np.minimum(self.level + self._worsens, 1.0, out=self.level)

    def breed(
        self, cause: NDArray[np.integer], compound: NDArray[np.integer], number: NDArray[np.floating]
    ) -> NDArray[np.bool_]:
        """Which issues come to be, by their cause (-1: none, they all do), compound and own number."""
        level = self.level * (1 - self.relief)
        level = (level + (1 - level) * self.strain)[cause, compound]
        return np.asarray((cause < 0) | (number < level))

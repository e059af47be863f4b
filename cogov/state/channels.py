"""Channels (影响渠道): by what a level came to be where it is, resident by resident.

Nobody keeps account of it unless asked to (`cogov.model.GovernanceModel.keep_channels`), and nothing in a run
looks at the account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cogov.community.cohorts import Cohort, cohort_of
from cogov.community.residents import Residents
from cogov.kit.elementary import exp, powers
from cogov.state.domains import UNCHANGED, Domains
from cogov.state.experiences import SOURCES
from cogov.terms import COHORTS, Kind, Service

Floats = NDArray[np.float64]
START = "start"
"""The channel of what is left of where a level stood when the account was begun."""
REFERENCE = "reference"
"""What a level would be at in the end if nothing happened to anybody; the same under every design."""
NO_NEED = "no_need"
"""What those who need no service are satisfied with."""


class Account:
    """A level as parts that add up to it: its reference, and what each channel has brought beyond that.

    Whatever happens moves a level x towards something, x + share (target - x). So its distance from the
    reference is a sum of all that ever happened, each target's own distance weighed by the share it had and
    faded by all that came after. The parts are these sums, channel by channel.

    Attributes
    ----------
    reference : float
        Where the level would be without anything that happened.
    channels : tuple of str
        Names of the parts, `START` first.
    parts : ndarray of float64, shape (channels, residents)
        What each channel has brought.
    """

    def __init__(self, level: NDArray[np.floating], reference: float, channels: Sequence[str]) -> None:
        self.reference, self.channels = reference, (START, *channels)
        self.parts = np.zeros((len(self.channels), len(level)))
        self.parts[0] = level.astype(float) - reference

    def fade(self, rows: NDArray[np.integer], left: Floats | float) -> None:
        """Leave a share of what has been brought to residents."""
        self.parts[:, rows] *= left

    def draw(
        self, rows: NDArray[np.integer], share: float, target: NDArray[np.floating] | float, channel: str
    ) -> None:
        """Residents, each once, were moved by a share of their distance to a target."""
        self.fade(rows, 1 - share)
        self.parts[self.channels.index(channel), rows] += share * (target - self.reference)

    def blend(
        self, people: NDArray[np.integer], score: Floats, by: NDArray[np.integer], weight: float
    ) -> None:
        """Residents lived through something, once or several times (`cogov.processes.appraise.blend`).

        ``by`` is the place of each experience in ``SOURCES``.
        """
        who, mine, count = np.unique(people, return_inverse=True, return_counts=True)
        share = (1 - powers(1 - weight, int(count.max(initial=0)) + 1))[count]
        self.fade(who, 1 - share)
        np.add.at(
            self.parts, (1 + by.astype(np.intp), people), (share / count)[mine] * (score - self.reference)
        )

    def lose(
        self,
        people: NDArray[np.integer],
        rate: Floats,
        by: NDArray[np.integer],
        level: NDArray[np.float32],
    ) -> None:
        """Residents lost a share of a level that they have: exp of the sum of their rates is left of it.

        What was brought before stays; each problem has its part of what is lost by its rate.
        """
        who, mine = np.unique(people, return_inverse=True)
        whole = np.bincount(mine, rate, len(who)).astype(float)  # of nothing it is of integers
        lost = (exp(whole) - 1) * level[who]
        part = np.divide(lost, whole, out=np.zeros(len(who)), where=whole < 0)
        np.add.at(self.parts, (1 + by.astype(np.intp), people), part[mine] * rate)


class Channels:
    """The accounts of satisfaction, of its domains, of trust and of belonging.

    Parameters
    ----------
    residents, domains
        As they stand when the account is begun.
    cell : ndarray of int, shape (residents,)
        Neighbourhood and class of need of each.
    references : mapping of str to float
        Where each level of trust and belonging is drawn where nothing happens.
    """

    def __init__(
        self,
        residents: Residents,
        domains: Domains,
        cell: NDArray[np.signedinteger],
        references: Mapping[str, float],
    ) -> None:
        rows = np.arange(len(cell))
        self._cell, self._cohort, self._weights = cell, cohort_of(rows), domains.weights
        more = {"trust_firm": ("new_firm",)} | dict.fromkeys(("trust_neighbours",), ("activities", "ties"))
        self._levels = {
            name: Account(getattr(residents, name), reference, (*SOURCES, *more.get(name, ())))
            for name, reference in references.items()
        }
        self._levels["belonging"] = Account(
            residents.belonging, references["belonging"], ("activities", "ties")
        )
        self.ease = Account(domains.ease, 1.0, Kind.labels())
        self.home = Account(domains.home, UNCHANGED, ("works",))
        self._served = Account(domains.served(rows), 0.0, ())
        self._services = np.zeros((len(Service) + 1, COHORTS, domains.services.shape[1]))

    def __getitem__(self, level: str) -> Account:
        """The account of trust in somebody, or of belonging."""
        return self._levels[level]

    def take_stock(self, mine: Cohort, met: Floats, kept: float, pull: float) -> None:
        """A cohort moved towards how things are and forgot a little (`cogov.processes.appraise.take_stock`).

        Parameters
        ----------
        met : ndarray, shape (services + 1, neighbourhoods, classes)
            What each service makes up of the share of need that is met.
        kept, pull : float
            Share of the domains that stays, and of trust in committee and firm that is forgotten.
        """
        rows = mine.rows(np.arange(mine.size(len(self._cell))))
        services = self._services[:, mine.number]
        services += (1 - kept) * (met.reshape(services.shape) - services)
        for domain in (self.ease, self.home, self._served):
            domain.fade(rows, kept)
        for name in ("trust_committee", "trust_firm"):
            self[name].fade(rows, 1 - pull)

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels of which there is an account."""
        return ("satisfaction", *self._levels)

    def of(self, level: str) -> Iterator[tuple[str, Floats | float]]:
        """Channels of a level with what each has brought to every resident; together they are the level."""
        if level != "satisfaction":
            account = self[level]
            yield REFERENCE, account.reference
            yield from zip(account.channels, account.parts, strict=True)
            return
        weights = self._weights
        yield REFERENCE, weights.ease * self.ease.reference + weights.home * self.home.reference
        domains = ((self._served, weights.services), (self.ease, weights.ease), (self.home, weights.home))
        yield START, sum((weight * domain.parts[0] for domain, weight in domains), np.zeros(len(self._cell)))
        for name, share in zip((*Service.labels(), NO_NEED), self._services, strict=True):
            yield name, weights.services * share[self._cohort, self._cell]
        for name, lost in zip(self.ease.channels[1:], self.ease.parts[1:], strict=True):
            yield name, weights.ease * lost
        yield "works", weights.home * self.home.parts[1]

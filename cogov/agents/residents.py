"""Residents: columns for the processes, Mesa agents for whoever asks."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from numpy.typing import NDArray

from cogov.agents.base import Live, RowAgent
from cogov.community import Residents
from cogov.terms import Age, Party

if TYPE_CHECKING:
    from cogov.processes.model_state import ModelState


class Resident(RowAgent):
    """One resident (居民): reading or writing an attribute reads or writes the column."""

    building, household, floor, age = Live(), Live(), Live(), Live()
    owner, party, employer, skill, marks, free_hours = Live(), Live(), Live(), Live(), Live(), Live()
    trust_committee, trust_firm, trust_neighbours = Live(), Live(), Live()
    satisfaction, belonging, volunteering = Live(), Live(), Live()

    @property
    def age_band(self) -> Age:
        """The age band."""
        return Age(self.age)

    @property
    def compound(self) -> str:
        """Name of the compound."""
        places = self.model.places
        return str(places.compounds.names[places.building_compound[self.building]])

    def about(self) -> list[str]:
        levels = ("satisfaction", "trust_committee", "trust_firm", "trust_neighbours", "belonging")
        return [
            "aged " + self.age_band.zh.replace("岁以上", "+").removesuffix("岁"),
            "owner" if self.owner else "tenant",
            ("no party member", "party member of the branch", "party member in service")[self.party],
            f"compound {self.compound}",
            f"building {self.building}",
            f"floor {self.floor}",
            *(["volunteers"] if self.volunteering else []),
            *(f"{name} {getattr(self, name):.2f}" for name in levels),
        ]

    @property
    def neighbours(self) -> NDArray[np.int64]:
        """Rows of the residents this one has ties with."""
        others = self.model.ties.near(np.array([self.row])).other.astype(np.int64)
        return np.unique(others[others != self.row])


class PartyMember(Resident):
    """A resident who is a party member (党员), of the branch here or organised elsewhere."""

    @property
    def in_service(self) -> bool:
        """Whether the member is organised at the workplace (在职党员)."""
        return bool(self.party == Party.IN_SERVICE)


class Population(Residents):
    """The residents of a model: their columns, and agents over their rows made when asked for.

    ``population.trust_committee`` is a column, ``population[7]`` the agent over row 7 (the same object at
    every call), ``population.agents(where=mask)`` a Mesa ``AgentSet``.

    A resident is among ``model.agents`` from when it was first asked for; organisations always are. So Mesa's
    tools work on as many residents as somebody has chosen, and a run that chooses none makes none.
    """

    def __init__(self, model: ModelState, columns: Residents) -> None:
        super().__init__(**vars(columns))
        self._model = model
        self._made: dict[int, Resident] = {}

    def __repr__(self) -> str:
        """In one line; the columns are its attributes."""
        return f"<Population of {len(self):,} residents of {self._model.community.name}>"

    @property
    def made(self) -> int:
        """Number of agents that have been asked for so far; ``model.agents`` has these and no others."""
        return len(self._made)

    @property
    def nbytes(self) -> int:
        """Memory of all columns in bytes."""
        return int(sum(value.nbytes for value in vars(self).values() if isinstance(value, np.ndarray)))

    def __getitem__(self, row: int) -> Resident:
        """The agent over a row.

        Raises
        ------
        IndexError
            If there is no such row.
        """
        index = operator.index(row)
        index += len(self) if index < 0 else 0
        if not 0 <= index < len(self):
            raise IndexError(f"resident {row} does not exist; rows go from 0 to {len(self) - 1}")
        agent = self._made.get(index)
        if agent is None:
            kind = Resident if self.party[index] == Party.NONE else PartyMember
            agent = self._made[index] = kind(self._model, self, index)
        return agent

    def __iter__(self) -> Iterator[Resident]:
        return (self[row] for row in range(len(self)))

    def agents(self, where: Any = None) -> mesa.agent.AgentSet:
        """Agents over the rows where a mask is true (or over given rows; all without one)."""
        rows = np.arange(len(self))
        if where is not None:
            chosen = np.asarray(where)
            rows = rows[chosen] if chosen.size else rows[:0]
        return mesa.agent.AgentSet([self[int(row)] for row in rows], random=self._model.random)

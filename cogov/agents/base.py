"""Agents over rows: a Mesa agent whose attributes are entries of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import mesa

if TYPE_CHECKING:
    from cogov.processes.model_state import ModelState


class Live:
    """An attribute that reads and writes one entry of a column: the agent's row in its table."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        value = getattr(agent.table, self.name)[agent.row]
        return value.item() if hasattr(value, "ndim") and value.ndim == 0 else value

    def __set__(self, agent: Any, value: Any) -> None:
        getattr(agent.table, self.name)[agent.row] = value


class RowAgent(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent over one row of a table of columns.

    Attributes
    ----------
    table : object
        The columns.
    row : int
        The agent's row.
    """

    model: ModelState

    def __init__(self, model: ModelState, table: Any, row: int) -> None:
        super().__init__(model)
        self.table = table
        self.row = int(row)

    @classmethod
    def over(cls, model: ModelState, table: Any) -> list[Self]:
        """One agent for each row of a table."""
        return [cls(model, table, row) for row in range(len(table))]

    def __repr__(self) -> str:
        """Who that is, in one line."""
        return f"<{type(self).__name__} {self.row}: {', '.join(self.about())}>"

    def about(self) -> list[str]:
        """What tells the agent from others, for a reader."""
        raise NotImplementedError

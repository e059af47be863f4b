"""Robustness (稳健性): how many draws of the assumptions a study makes, and of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cogov.kit.errors import ConfigError, nearest
from cogov.kit.fields import Parameters, param

LEAST = 64
"""Draws, if there are any."""


@dataclass(frozen=True, kw_only=True)
class Robustness(Parameters):
    """Draws of the assumptions, all at once, beside the runs at their default values.

    Every draw is run once under every design, with a seed of its own. How much of the spread between draws is
    chance is known from the replicates, which differ in nothing else.

    A screening (Morris 1991) begins at points among them and moves one group of assumptions after the other:
    it says which groups move the difference at all, alone or together with others.
    """

    draws: int = param(256, low=0, high=2**16, doc="draws of the assumptions; a power of two, at least 64")
    screening: int = param(0, low=0, high=2**12, doc="trajectories of a screening of their groups; 0: none")
    seed: int = param(0, low=0, high=2**63 - 1, doc="seed of the draws, not of the runs")
    only: tuple[str, ...] = param((), doc="assumptions that are drawn, by path or by how their paths begin")
    without: tuple[str, ...] = param((), doc="assumptions that keep their values, in the same way")

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.draws and not self.screening:
            raise ConfigError("robustness.draws = 0: nothing is drawn; give 64 or more, or a screening")
        if 0 < self.draws < LEAST:
            raise ConfigError(f"robustness.draws = {self.draws}: must be {LEAST} or more, or 0")
        if self.screening == 1:
            raise ConfigError("robustness.screening = 1: must be at least 2 trajectories, or 0")
        if self.draws & (self.draws - 1):
            power = 2 ** self.draws.bit_length()
            raise ConfigError(
                f"robustness.draws = {self.draws}: must be a power of two, such as {power // 2} or {power}"
            )

    @classmethod
    def title(cls) -> str:
        return "robustness"

    @classmethod
    def read(cls, value: Any) -> Robustness:
        """Read ``256`` or ``{draws: 256, screening: 10, without: [community]}``."""
        if isinstance(value, Robustness):
            return value
        return cls.from_mapping({"draws": value} if isinstance(value, int) else value)

    def chosen(self, paths: Iterable[str]) -> list[str]:
        """The paths that are drawn.

        Raises
        ------
        ConfigError
            If a path, or the beginning of one, is none of theirs, or nothing is left.
        """
        every = list(paths)
        groups = {".".join(text.split(".")[:n]) for text in every for n in range(1, text.count(".") + 2)}
        for key in ("only", "without"):
            for name in getattr(self, key):
                if name not in groups:
                    raise ConfigError(
                        f"robustness.{key}: {name!r} is no assumption of this study, nor how one begins"
                        f"{nearest(name, groups)}; cogov list assumptions has all"
                    )
        found = [
            text
            for text in every
            if (not self.only or any(_within(text, name) for name in self.only))
            and not any(_within(text, name) for name in self.without)
        ]
        if not found:
            raise ConfigError("robustness: no assumption is left to draw; see cogov list assumptions")
        return found


def _within(path: str, group: str) -> bool:
    return path == group or path.startswith(f"{group}.")

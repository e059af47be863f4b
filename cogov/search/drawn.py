"""Draws of what is assumed: each replicate of a search has its own, the same for all designs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from cogov.assumptions import assumptions, of_mechanisms
from cogov.kit.errors import CogovError, StudyError
from cogov.rules import Design
from cogov.search.search import Search
from cogov.study import draws
from cogov.study.parameters import Level, Path, Range, at, parse, put
from cogov.study.study import Study


class Draws:
    """The worlds of a search with robustness: community, processes and designs at every draw.

    Parameters
    ----------
    search : Search
        With ``robustness``.
    """

    def __init__(self, search: Search) -> None:
        self._search = search

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """What is drawn: all that is assumed but for what the search itself varies."""
        return tuple(parse(text) for text in self._ranges)

    @cached_property
    def _ranges(self) -> dict[str, Range]:
        search = self._search
        own = (search.baseline, *search.designs)
        mechanisms = [mechanism for design in own for mechanism in design.mechanisms]
        every = {
            entry.path: Range.of(entry)
            for entry in (
                *assumptions([], search.community, search.processes),
                *of_mechanisms([*mechanisms, *search.space.mechanisms]),
            )
            if entry.path not in search.parameters
        }
        assert search.robustness is not None
        return {text: every[text] for text in sorted(search.robustness.chosen(every))}

    @cached_property
    def points(self) -> list[tuple[Level, ...]]:
        """Values by draw: of those at which the baseline and every design named can be run.

        Raises
        ------
        StudyError
            If they are too few.
        """
        search, rule = self._search, self._search.robustness
        assert rule is not None
        unit = draws.unit(list(self._ranges), rule.draws, rule.seed)
        columns = [
            at(path, levels, column)
            for path, levels, column in zip(self.paths, self._ranges.values(), unit.T, strict=True)
        ]
        found: list[tuple[Level, ...]] = []
        for point in zip(*columns, strict=True):
            try:
                for design in (search.baseline, *search.designs):
                    self._put(design, point)
            except CogovError:
                continue
            found.append(point)
            if len(found) == search.most:
                return found
        raise StudyError(
            f"robustness = {rule.draws}: only {len(found)} draws can be run, and a design has up to"
            f" {search.most} runs, each with a draw of its own; give more, a power of two, or narrow what is"
            " drawn with robustness.without"
        )

    def _put(self, design: Design, point: tuple[Level, ...]) -> dict[str, Any]:
        search = self._search
        arguments = {
            "community": search.community,
            "processes": search.processes,
            "baseline": search.baseline,
            "design": design,
        }
        put(arguments, zip(self.paths, point, strict=True), ("baseline", "design"))
        return arguments

    def study(self, designs: Sequence[Design], replicate: int) -> Study:
        """A study of one replicate of some designs, at its draw and with its seed.

        Designs that do not go together at the draw are left out.
        """
        point = self.points[replicate]
        world = self._put(self._search.baseline, point)
        drawn = []
        for design in designs:
            try:
                drawn.append(self._put(design, point)["design"])
            except CogovError:
                continue
        at_draw = self._search.study([world["baseline"], *drawn], world["baseline"])
        return at_draw.with_(
            communities=(world["community"],),
            processes=world["processes"],
            replicates=1,
            seed=self._search.seed + replicate,
        )

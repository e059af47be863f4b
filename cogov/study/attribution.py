"""Running the coalitions of mechanisms whose worth an attribution needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.analysis.attribute import (
    EXACT,
    Attribution,
    attribute,
    attribute_along,
    coalition,
    coalitions,
    players,
)
from cogov.kit.errors import StudyError, unknown
from cogov.kit.fields import Parameters, param
from cogov.kit.files import folder_name, whole
from cogov.rules import Design
from cogov.study.driver import run_study
from cogov.study.engines import Engine, read_engine
from cogov.study.estimate import Estimate, estimate
from cogov.study.stored import StoredStudy
from cogov.study.study import Study
from cogov.study.tables import Tables

FOLDER = "attribution"
"""Where the studies of coalitions are, in the folder of the study they are of."""
ORDERS = 2
"""Orders a replicate, of more than ten players, if no number is asked for: one and its reverse."""


@dataclass(frozen=True, kw_only=True)
class Question(Parameters):
    """What an attribution asks; kept beside its runs, so that a report can answer it again."""

    design: str = param(doc="name of a design of the study")
    community: str = param(doc="name of a community of the study")
    players: str = param(
        "mechanisms", choices=("mechanisms", "families"), doc="what joins: mechanisms, or families of them"
    )
    orders: int = param(
        0, low=0, high=1000, doc="orders each replicate draws, half of them reverses; 0: all coalitions"
    )
    replicates: int = param(low=1, high=1_000_000, doc="worlds, with the study's own seeds")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.orders % 2:
            raise StudyError(f"orders = {self.orders}: must be even, for each order and its reverse")

    @classmethod
    def title(cls) -> str:
        return "attribute"


class Coalitions:
    """The runs that a question needs, and what follows from them.

    Parameters
    ----------
    stored : StoredStudy
    question : Question

    Attributes
    ----------
    players : dict of str to tuple of str
        The mechanisms of each player.
    folder : Path
        Where the runs are kept.
    """

    def __init__(self, stored: StoredStudy, question: Question) -> None:
        study = stored.study
        self.stored, self.question = stored, question
        arms = {arm.name: arm for arm in study.arms}
        communities = {profile.name: profile for profile in study.communities}
        if question.design not in arms:
            raise StudyError(unknown("design", question.design, arms, "attribute"))
        if question.community not in communities:
            raise StudyError(unknown("community", question.community, communities, "attribute"))
        self._baseline, self._target = study.baseline, arms[question.design]
        self._community = communities[question.community]
        self.players = self._players()
        if not question.orders and len(self.players) > EXACT:
            self.question = replace(question, orders=ORDERS)
        name = question.design if len(communities) == 1 else f"{question.design}-{question.community}"
        if question.players != "mechanisms":
            name += f"-{question.players}"
        self.folder = stored.folder / FOLDER / folder_name(name)

    def _players(self) -> dict[str, tuple[str, ...]]:
        names = players(self._baseline, self._target)
        if self.question.players == "mechanisms":
            return {name: (name,) for name in names}
        family = {m.name: m.family for design in (self._baseline, self._target) for m in design.mechanisms}
        found: dict[str, tuple[str, ...]] = {}
        for name in names:
            found[family[name]] = (*found.get(family[name], ()), name)
        return dict(sorted(found.items()))

    @cached_property
    def orders(self) -> NDArray[np.int64] | None:
        """Orders of each replicate, shape (replicates, orders, players); None if all coalitions are run."""
        if not self.question.orders:
            return None
        found = []
        for replicate in range(self.question.replicates):
            draw = np.random.default_rng([self.stored.study.seed, replicate])
            for _ in range(self.question.orders // 2):
                order = draw.permutation(len(self.players))
                found += [order, order[::-1]]
        shape = (self.question.replicates, self.question.orders, len(self.players))
        return np.array(found, dtype=np.int64).reshape(shape)

    @cached_property
    def needed(self) -> list[list[frozenset[int]]]:
        """Coalitions by replicate, each once."""
        if self.orders is None:
            return [coalitions(len(self.players))] * self.question.replicates
        return [coalitions(len(self.players), orders) for orders in self.orders]

    @cached_property
    def designs(self) -> dict[frozenset[int], Design]:
        """The design of every coalition; coalitions with the same in force have the same."""
        names = list(self.players.values())
        every = dict.fromkeys(members for needed in self.needed for members in needed)
        return {
            members: coalition(
                self._baseline, self._target, [name for player in members for name in names[player]]
            )
            for members in every
        }

    @cached_property
    def study(self) -> Study:
        """All coalitions as a study, of which some runs are needed only."""
        others = {one.name: one for one in self.designs.values() if one.name != self._baseline.name}
        return self.stored.study.with_(
            name=self.folder.name,
            question=f"How much does each of the {self.question.players} of {self._target.name} contribute?",
            communities=(self._community,),
            designs=tuple(others.values()),
            parameters={},
            plan="grid",
            robustness=None,
            replicates=self.question.replicates,
            places=False,
        )

    @cached_property
    def runs(self) -> dict[tuple[str, int], str]:
        """Ids of the runs that are needed, by design and replicate."""
        needed = {
            (self.designs[members].name, replicate)
            for replicate, some in enumerate(self.needed)
            for members in some
        }
        names = [arm.name for arm in self.study.arms]
        of = {(names[cell.design], cell.replicate): cell.run for cell in self.study.cells()}
        return {key: run for key, run in of.items() if key in needed}

    @cached_property
    def only(self) -> set[str]:
        """Ids of the runs that the study itself does not have."""
        own = self.stored.runs
        return set(self.runs.values()) - set(own.loc[own["status"] == "done", "run"])

    def estimate(self, engine: Engine) -> Estimate:
        """What it would take."""
        return estimate(self.study, engine, self.folder, only=self.only)

    def make(self, **how: Any) -> None:
        """Make the runs that are missing, and write down what they are for.

        Raises
        ------
        StudyError
            If any failed.
        """
        runs = run_study(self.study, self.folder, only=self.only, **how).runs
        failed = runs[(runs["status"] != "done") & runs["run"].isin(self.only)]
        if len(failed):
            raise StudyError(
                f"{self.folder}: {len(failed)} runs failed, the first with {failed['error'].iloc[0]}"
            )
        text = json.dumps(self.question.as_dict(), ensure_ascii=False, indent=2)
        whole(self.about, lambda file: file.write(f"{text}\n".encode()))

    @property
    def about(self) -> Path:
        """The file in which the question is kept."""
        return self.folder.with_name(f"{self.folder.name}.json")

    def values(self, outcomes: list[str]) -> Attribution | None:
        """The attribution, from the runs there are; None if one is missing."""
        tables = [self.stored.runs]
        if self.only:
            tables.append(Tables(self.folder).runs())
        table = pd.concat([table[table["status"] == "done"] for table in tables])
        table = table.drop_duplicates("run").set_index("run")[outcomes]
        if not set(self.runs.values()) <= set(table.index):
            return None
        worth = {key: table.loc[run].to_numpy(dtype=float) for key, run in self.runs.items()}

        def of(members: frozenset[int], replicate: int) -> NDArray[np.float64]:
            return worth[self.designs[members].name, replicate]

        names = list(self.players)
        if self.orders is None:
            every = [[of(members, r) for r, some in enumerate(self.needed)] for members in self.needed[0]]
            return attribute(np.array(every), names, outcomes)
        sizes = range(len(names) + 1)
        paths = [
            [[of(frozenset(order[:size]), r) for size in sizes] for order in orders.tolist()]
            for r, orders in enumerate(self.orders)
        ]
        return attribute_along(np.array(paths), self.orders, names, outcomes)


def coalitions_of(
    stored: StoredStudy, design: str, community: str | None = None, replicates: int | None = None, **how: Any
) -> Coalitions:
    """What is needed to share out a design's effect; see `attribute_design`."""
    study = stored.study
    known = study.replicates if isinstance(study.replicates, int) else study.replicates.at_least
    question = {
        "design": design,
        "community": community or study.communities[0].name,
        "replicates": known if replicates is None else replicates,
        **how,
    }
    return Coalitions(stored, Question.from_mapping(question))


def attribute_design(
    stored: StoredStudy,
    design: str,
    outcomes: str | Sequence[str] | None = None,
    *,
    replicates: int | None = None,
    community: str | None = None,
    players: str = "mechanisms",
    orders: int = 0,
    **how: Any,
) -> Attribution:
    """Run what is missing of the coalitions of a design's mechanisms, and share out its effect.

    Coalitions of mechanisms are run, with the study's seeds, in a study of their own in its folder, and only
    those that neither has yet.

    Parameters
    ----------
    design : str
        Name of a design of the study. Swept parameters are left at the design's own values.
    outcomes : str or list of str, optional
        The study's own unless others are asked for.
    replicates : int, optional
        The study's own number unless another is asked for.
    community : str, optional
        The first one unless another is asked for.
    players : str
        ``mechanisms``, or ``families`` of mechanisms, which join as a whole: fewer, and cheaper.
    orders : int
        Orders in which the players join that each replicate draws for itself, half of them reverses of the
        others; 0 goes through all coalitions, of up to ten players, and draws two of more.
    **how
        As for `cogov.study.run_study`: ``engine``, ``on_progress`` ...

    Raises
    ------
    StudyError
        If the study has no such design or community, or runs failed.
    """
    names = stored.known_outcomes(outcomes)
    asked = coalitions_of(stored, design, community, replicates, players=players, orders=orders)
    asked.make(**how)
    found = asked.values(names)
    if found is None:
        raise StudyError(f"{asked.folder}: runs are missing; run it again")
    return found


def price(
    stored: StoredStudy, design: str, engine: str | Mapping[str, Any] | Engine = "dask", **how: Any
) -> Estimate:
    """What `attribute_design` would take: runs, those there are, time, disk."""
    return coalitions_of(stored, design, **how).estimate(read_engine(engine))


def stored_attributions(stored: StoredStudy) -> dict[str, Attribution]:
    """The attributions whose runs are there, by design (community, players); nothing is run."""
    found = {}
    for path in sorted((stored.folder / FOLDER).glob("*.json")):
        try:
            question = Question.from_mapping(json.loads(path.read_text(encoding="utf-8")), str(path))
        except (OSError, ValueError) as error:
            raise StudyError(f"{path}: cannot be read: {error}") from None
        asked = Coalitions(stored, question)
        values = asked.values(stored.known_outcomes())
        if values is not None:
            several = len(stored.study.communities) > 1
            words = [question.community] if several else []
            words += [question.players] if question.players != "mechanisms" else []
            found[f"{question.design} ({', '.join(words)})" if words else question.design] = values
    return found

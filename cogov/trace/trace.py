"""Trace (事件日志): what happens to what is followed; off unless asked for, and of no consequence."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.activities.cases import (
    ISSUE,
    RESIDENT,
    SERIAL,
    Numbers,
    Rows,
    case_id,
    issue_number,
    mixed,
    read_choice,
)
from cogov.activities.vocabulary import Activity
from cogov.kit.errors import ConfigError, shown
from cogov.processes import grounds
from cogov.rules.kinds import Rule
from cogov.state.issues import State
from cogov.terms import YEAR, Kind, Line
from cogov.trace.events import Log, Words, write_events
from cogov.trace.moved import STANDS
from cogov.trace.others import Others, keys_of

if TYPE_CHECKING:
    import pandas as pd

    from cogov.processes.model_state import ModelState

START = "2024-01-01"
"""The Monday that stands for the first recorded week."""


class Trace(Others):
    """What happens to the issues, residents, organisations, projects and posts that are followed.

    Give it to `cogov.GovernanceModel` or `cogov.simulate`, which follow a copy of it: the same may be given
    to several. It changes no result, and takes no time where nothing is followed.

    Parameters
    ----------
    issues : str or sequence of str
        ``"all"``; ``"sample:200"``: about 200, and the same ones under every design, since their numbers
        alone decide; the cases themselves, as ``["w31n5", "w40n2"]``; ``""`` for none.
    residents, organisations : str or sequence of str
        The same: ``"sample:50"``, ``["r120"]``; units and property firms, ``["u3", "f1"]``. None by default.
    projects, posts : str or sequence of str
        ``"all"`` or the cases: ``["lift120w31"]``, the lift of building 120 that was brought forward in week
        31; ``["committee 3"]``, as in the column ``resource``. None by default.
    start : str
        The Monday that stands for the first recorded week, as ``2024-01-01``.

    Raises
    ------
    ConfigError
        If anything given cannot be used.
    """

    def __init__(
        self,
        issues: str | Sequence[str] = "all",
        *,
        residents: str | Sequence[str] = "",
        organisations: str | Sequence[str] = "",
        projects: str | Sequence[str] = "",
        posts: str | Sequence[str] = "",
        start: str = START,
    ) -> None:
        self.given = {"issues": issues, "residents": residents, "organisations": organisations}
        self.given |= {"projects": projects, "posts": posts}
        self.start = _monday(start)
        super().__init__({what: read_choice(given, what) for what, given in self.given.items()})
        if not any(self._choice.values()):
            raise ConfigError("a trace follows nothing: give issues=all, issues=sample:200 or cases")
        self._forget()

    def _forget(self) -> None:
        """Nothing stands yet: no issue waits, no resident or organisation has been looked at."""
        self._waiting: Numbers = np.zeros(0, np.int64)
        self._rows, self._stood = dict[str, Rows](), dict[tuple[str, str], NDArray[Any]]()
        self._held = dict[str, tuple[float, Rule]]()

    def __repr__(self) -> str:
        """In one line."""
        told = ", ".join(f"{what} {shown(given)}" for what, given in self.given.items() if given)
        return f"<Trace of {told}: {self.events:,} events>"

    @property
    def events(self) -> int:
        """How many there are so far."""
        return len(self._log)

    def begin(self, model: ModelState) -> Self:
        """A copy that follows a model from now on.

        Raises
        ------
        ConfigError
            If a resident or an organisation that is named is not there.
        """
        live = copy.copy(self)
        live._log, live._model = Log(), model
        live._forget()
        live._choose_issues()
        live._look_around()
        issues = model.issues
        standing = np.flatnonzero(issues.state < State.RESOLVED)
        for state in sorted(set(issues.state[standing].tolist())):
            rows = standing[issues.state[standing] == state]
            live.note(act.OPEN_AT_START, rows, by=live._holders(rows), outcome=STANDS[state])
        return live

    def _choose_issues(self) -> None:
        """How many are born is not known beforehand: a sample is those whose hash is low enough."""
        assert self._model is not None
        choice, world, weeks = self._choice["issues"], self._model.world, len(self._model.record.series)
        expected = sum(kind.rate for kind in world.types) / YEAR * float(world.households.sum()) * weeks
        self._below = choice.below(expected)
        self._named = np.array([issue_number(name) for name in choice.names], dtype=np.int64)

    def _follows(self, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of some issues are followed."""
        if self._below >= 1:
            return np.ones(len(numbers), dtype=bool)
        if self._below > 0:
            return np.asarray(mixed(numbers) < np.uint64(int(self._below * 2**64)))
        return np.isin(numbers, self._named)

    def _holders(self, rows: Rows) -> NDArray[np.integer]:
        """Post rows that have issues in hand, -1 none."""
        assert self._model is not None
        issues = self._model.issues
        with_post = np.isin(issues.state[rows], (State.SERVICE, State.DEPARTMENTS, State.ANSWER))
        return np.where(with_post, issues.server[rows], -1)

    def number(self, rows: Rows) -> Numbers:
        """Numbers of issues, counted from the record's first week."""
        assert self._model is not None
        return np.asarray(self._model.issues.id[rows] - (self._model.start << SERIAL))

    def note(
        self,
        activity: Activity,
        rows: Rows,
        *,
        by: Any = "",
        line: NDArray[np.integer] | None = None,
        rule: Any = None,
        duty: str = "",
        hours: Any = 0.0,
        outcome: Any = "",
        value: Any = np.nan,
    ) -> None:
        """Something happened to issues.

        Parameters
        ----------
        activity : Activity
        rows : ndarray of int, shape (events,)
            The issues.
        by : ndarray of int, shape (events,); str; or sequence of str
            Who did it: post rows (-1 nobody), or names.
        line : ndarray of int, shape (events,), optional
            The department that did it, in place of ``by``.
        rule : Rule or sequence of Rule, optional
            By which rule; without it as `cogov.processes.grounds` finds.
        duty : str
        hours, value : float or ndarray, shape (events,)
        outcome : str or sequence of str
        """
        assert self._model is not None
        model, issues = self._model, self._model.issues
        at = np.flatnonzero(self._follows(self.number(rows)))
        if not len(at):
            return
        picked = rows[at]
        if line is not None:
            by = [Line(number).label for number in np.asarray(line)[at].tolist()]
        elif isinstance(by, np.ndarray):
            by = by[at]
        elif not isinstance(by, str):
            by = [by[index] for index in at.tolist()]
        if rule is None:
            if activity.name in grounds.BY_WHICH_RULE:
                rule = grounds.BY_WHICH_RULE[activity.name](model, picked)
            elif isinstance(by, np.ndarray):
                rule = grounds.post(model, by)
        elif not isinstance(rule, Rule):
            rule = [rule[index] for index in at.tolist()]
        names, roles = self._who(by)
        compound = issues.compound[picked]
        self._log.put(
            activity,
            ISSUE,
            self.number(picked),
            self.week,
            duty,
            resource=names,
            role=roles,
            rule=keys_of(rule),
            level=issues.at[picked],
            compound=compound,
            neighbourhood=model.places.compound_neighbourhood[compound],
            kind=[Kind(kind).label for kind in issues.kind[picked].tolist()],
            hours=_some(hours, at),
            outcome=outcome if isinstance(outcome, str) else [outcome[index] for index in at.tolist()],
            value=_some(value, at),
        )

    def wait(self, rows: Rows, by: NDArray[np.integer]) -> None:
        """Nobody had hours for issues this week: noted where that was not so last week."""
        numbers = self.number(rows)
        new = ~np.isin(numbers, self._waiting)
        self.note(act.WAITED, rows[new], by=by[new])
        self._waiting = numbers

    def lived(self, people: Rows, owner: Rows, rows: Rows, score: NDArray[np.float64], who: Words) -> None:
        """Residents lived through issues.

        Parameters
        ----------
        people, owner : ndarray of int, shape (experiences,)
            Residents, and the place in ``rows`` of the issue.
        rows, score : ndarray, shape (issues,)
            Issues, and how good each was, in [0, 1].
        who : sequence of str, shape (issues,)
            Whom residents hold to account.
        """
        mine = np.flatnonzero(np.isin(people, self._rows[RESIDENT]))
        if len(mine):
            of = owner[mine]
            cases = [case_id(number) for number in self.number(rows[of]).tolist()]
            by = [who[index] for index in of.tolist()]
            self.of(RESIDENT, act.LIVED_THROUGH, people[mine], by=by, outcome=cases, value=score[of])

    def asked(self, people: Rows, offered: NDArray[np.bool_]) -> None:
        """Residents were asked to take part; to some a duty was offered that fits."""
        mine = np.flatnonzero(np.isin(people, self._rows[RESIDENT]))
        if len(mine):
            outcome = ["duty" if fits else "" for fits in offered[mine].tolist()]
            self.of(RESIDENT, act.ASKED, people[mine], outcome=outcome)

    def to_frame(self) -> pd.DataFrame:
        """All events in their order, with the columns of `SCHEMA`; ``attrs`` say of which run."""
        frame = self._log.to_frame(self.start)
        frame.attrs.update(self.about())
        return frame

    def about(self) -> dict[str, Any]:
        """Of which run: community, design, seed, weeks, and what is followed."""
        run = getattr(self._model, "settings", None)
        about: dict[str, Any] = {what: given for what, given in self.given.items() if given}
        about["start"] = str(self.start)
        if run is not None:
            about |= {"community": run.community.name, "design": run.design.name, "seed": run.seed}
            about |= {"weeks": run.weeks, "reform_week": run.reform_week}
        return about

    def to_parquet(self, path: str | Path) -> Path:
        """Write the events as one Parquet file, whole or not at all.

        Raises
        ------
        StudyError
            If it cannot be written.
        """
        return write_events(self.to_frame(), path)


def _monday(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        raise ConfigError(f"start = {shown(text)}: must be a date, such as {START}") from None
    if day.weekday():
        near = day - datetime.timedelta(day.weekday())
        raise ConfigError(f"start = {text}: weeks begin on a Monday; the one before is {near}")
    return day


def _some(values: Any, at: NDArray[np.intp]) -> NDArray[np.float64]:
    """Those of some numbers, or the one number for each."""
    if isinstance(values, np.ndarray) and values.ndim:
        return np.asarray(values[at], dtype=np.float64)
    return np.full(len(at), float(values))

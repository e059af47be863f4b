"""Trace (事件日志): events of what is followed, as columns; off unless asked for, and of no consequence."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from cogov.kit.errors import ConfigError, StudyError, shown
from cogov.kit.files import whole
from cogov.rules.kinds import Rule
from cogov.state.issues import State
from cogov.terms import YEAR, Kind, Level, Line
from cogov.trace import activities as act
from cogov.trace import grounds
from cogov.trace.activities import Activity
from cogov.trace.cases import SERIAL, Choice, Rows, case_id, read_choice

if TYPE_CHECKING:
    import pandas as pd

    from cogov.processes.model_state import ModelState

START = "2024-01-01"
"""The Monday that stands for the first recorded week."""
SCHEMA: Mapping[str, tuple[str, str]] = {
    "case_id": (
        "string",
        "the issue: `w31n5` was born in week 31 of the record, number 5 of that week's births; the same issue"
        " has the same case under every design with the same seed",
    ),
    "activity": ("string", "what happened, one of the activities"),
    "timestamp": (
        "timestamp[s]",
        "Monday of the week, week 1 of the record being that of `start`; the time of day says in which order"
        " things happened within the week, and nothing else",
    ),
    "resource": (
        "string",
        "who did or decided it: a post and which of its areas (`committee 3`), a council, a department,"
        " `residents`; empty where nobody did",
    ),
    "role": ("string", "the post, council or department without its area"),
    "rule": (
        "string",
        "by which rule of the design in force: kind and name as `cogov show design` has them"
        " (`choice/summon`); empty where no rule says so",
    ),
    "week": ("int32", "week of the record, from 1; 0 for what stood when the record began"),
    "level": ("string", "level where the issue is after the event; empty while nobody knows of it"),
    "neighbourhood": ("int32", "row of the neighbourhood"),
    "compound": ("int32", "row of the compound"),
    "kind": ("string", "kind of issue"),
    "duty": (
        "string",
        "what the hours were booked for, as in the measures `hours_<duty>`; `files` and `parts` are hours of"
        " departments",
    ),
    "hours": ("double", "hours of whoever did it; 0 where none were booked for this case"),
    "yuan": ("double", "money it took"),
    "outcome": ("string", "what came of it, in a word: a channel, a level, a reason"),
    "value": (
        "double",
        "what came of it, as a number: hours of work to do (arisen, grew, assigned, rework), week due"
        " (ordered, allotted, proposed), weeks since birth (ends); empty else",
    ),
}
"""Columns of a trace: type in Parquet, and what each holds."""


class Trace:
    """What happens to the issues that are followed.

    Give it to `cogov.GovernanceModel` or `cogov.simulate`, which follow a copy of it: the same may be given
    to several. It changes no result, and takes no time where nothing is followed.

    Parameters
    ----------
    issues : str or sequence of str
        ``"all"``; ``"sample:200"``: about 200, and the same ones under every design, since their numbers
        alone decide; or the cases themselves, as ``["w31n5", "w40n2"]``.
    start : str
        The Monday that stands for the first recorded week, as ``2024-01-01``.

    Raises
    ------
    ConfigError
        If anything given cannot be used.
    """

    def __init__(self, issues: str | Sequence[str] = "all", *, start: str = START) -> None:
        self.given, self.start = issues, _monday(start)
        self._choice: Choice = read_choice(issues)
        if not self._choice:
            raise ConfigError("a trace follows nothing: give issues=all, issues=sample:200 or cases")
        self._model: ModelState | None = None
        self._forget()

    def _forget(self) -> None:
        self._notes: list[dict[str, Any]] = []
        self._names: dict[str, int] = {"": 0}
        self._waiting = np.zeros(0, np.int64)
        self._turn = (0, 0)

    def __repr__(self) -> str:
        """In one line."""
        return f"<Trace of issues {shown(self.given)}: {self.events:,} events>"

    @property
    def events(self) -> int:
        """How many there are so far."""
        return sum(len(note["number"]) for note in self._notes)

    def begin(self, model: ModelState) -> Self:
        """A copy that follows a model from now on."""
        live = copy.copy(self)
        live._forget()
        live._model = model
        kinds, households = model.world.types, float(model.world.households.sum())
        live._choice = self._choice.among(
            sum(kind.rate for kind in kinds) / YEAR * households * len(model.record.series)
        )
        issues = model.issues
        standing = np.flatnonzero(issues.state < State.RESOLVED)
        for state in sorted(set(issues.state[standing].tolist())):
            rows = standing[issues.state[standing] == state]
            live.note(act.OPEN_AT_START, rows, by=live.holders(rows), outcome=State(state).name.lower())
        live._waiting = np.zeros(0, np.int64)
        return live

    def holders(self, rows: Rows) -> NDArray[np.integer]:
        """Post rows that have issues in hand, -1 none."""
        assert self._model is not None
        issues = self._model.issues
        with_post = np.isin(issues.state[rows], (State.SERVICE, State.DEPARTMENTS, State.ANSWER))
        return np.where(with_post, issues.server[rows], -1)

    def chosen(self, rows: Rows) -> NDArray[np.intp]:
        """Places in ``rows`` of the issues that are followed."""
        return np.flatnonzero(self._choice.has(self._number(rows)))

    def _number(self, rows: Rows) -> NDArray[np.int64]:
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
            By which rule; without it as `cogov.trace.grounds` finds.
        duty : str
        hours, value : float or ndarray, shape (events,)
        outcome : str or sequence of str
        """
        assert self._model is not None
        model, issues = self._model, self._model.issues
        at = self.chosen(rows)
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
        week, n = model.week - model.start, len(at)
        self._turn = (week, self._turn[1] + 1 if self._turn[0] == week else 0)
        self._notes.append(
            {
                "number": self._number(picked),
                "activity": activity.name,
                "week": week,
                "order": self._turn[1],
                "resource": self._codes(names, n),
                "role": self._codes(roles, n),
                "rule": self._codes(_keys(rule), n),
                "level": issues.at[picked].copy(),
                "compound": issues.compound[picked].copy(),
                "kind": issues.kind[picked].copy(),
                "duty": duty,
                "hours": _some(hours, at),
                "outcome": self._codes(
                    outcome if isinstance(outcome, str) else [outcome[index] for index in at.tolist()], n
                ),
                "value": _some(value, at),
            }
        )

    def wait(self, rows: Rows, by: NDArray[np.integer]) -> None:
        """Nobody had hours for issues this week: noted where that was not so last week."""
        numbers = self._number(rows)
        new = ~np.isin(numbers, self._waiting)
        self.note(act.WAITED, rows[new], by=by[new])
        self._waiting = numbers

    def _who(self, by: Any) -> tuple[Any, Any]:
        """Names and roles of who did something."""
        if not isinstance(by, np.ndarray):
            roles = by if isinstance(by, str) else [name.split(" ")[0] for name in by]
            return by, roles.split(" ")[0] if isinstance(roles, str) else roles
        assert self._model is not None
        posts = self._model.institutions.posts
        rules = grounds.post(self._model, by)
        roles = [rule.name if rule is not None else "" for rule in rules]
        names = [
            f"{role} {posts.area_of[row]}" if role else ""
            for role, row in zip(roles, by.tolist(), strict=True)
        ]
        return names, roles

    def _codes(self, names: str | Sequence[str], n: int) -> NDArray[np.int32]:
        """Names as numbers."""
        known = self._names
        if isinstance(names, str):
            return np.full(n, known.setdefault(names, len(known)), dtype=np.int32)
        return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int32)

    def to_frame(self) -> pd.DataFrame:
        """All events in their order, with the columns of `SCHEMA`; ``attrs`` say of which run."""
        import pandas as pd

        notes = self._notes
        sizes = [len(note["number"]) for note in notes]

        def column(name: str, dtype: str) -> NDArray[Any]:
            return np.concatenate([note[name] for note in notes] or [np.zeros(0)]).astype(dtype)

        def repeated(name: str, dtype: str) -> NDArray[Any]:
            return np.repeat(np.array([note[name] for note in notes], dtype=dtype), sizes)

        number, week = column("number", "i8"), repeated("week", "i4")
        cases, of = np.unique(number, return_inverse=True)
        names = list(self._names)
        kinds = [*Kind.labels()]
        compound = column("compound", "i4")
        home = np.zeros(1, np.int32) if self._model is None else self._model.places.compound_neighbourhood
        seconds = (week.astype("i8") - 1) * 7 * 86400 + repeated("order", "i8")
        frame = pd.DataFrame(
            {
                "case_id": _words(of, [case_id(case) for case in cases.tolist()]),
                "activity": pd.Categorical(repeated("activity", "O"), list(act.ACTIVITIES)),
                "timestamp": np.datetime64(self.start, "s") + seconds.astype("m8[s]"),
                "resource": _words(column("resource", "i4"), names),
                "role": _words(column("role", "i4"), names),
                "rule": _words(column("rule", "i4"), names),
                "week": week,
                "level": _words(column("level", "i4") + 1, ["", *Level.labels()]),
                "neighbourhood": home[compound].astype("i4"),
                "compound": compound,
                "kind": _words(column("kind", "i4"), kinds),
                "duty": pd.Categorical(repeated("duty", "O")),
                "hours": column("hours", "f8"),
                "yuan": np.zeros(len(number)),
                "outcome": _words(column("outcome", "i4"), names),
                "value": column("value", "f8"),
            }
        )
        frame.attrs.update(self.about())
        return frame

    def about(self) -> dict[str, Any]:
        """Of which run: community, design, seed, weeks, and what is followed."""
        run = getattr(self._model, "settings", None)
        about: dict[str, Any] = {"issues": self.given, "start": str(self.start)}
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


def write_events(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write events as one Parquet file, under a temporary name first; see `SCHEMA`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    plain = frame.astype({name: object for name in frame.columns if frame[name].dtype == "category"})
    types = _types()
    schema = pa.schema([(name, types[dtype]) for name, (dtype, _) in SCHEMA.items()])
    table = pa.Table.from_pandas(plain, schema, preserve_index=False)
    about = json.dumps(frame.attrs, ensure_ascii=False)
    table = table.replace_schema_metadata({"cogov": about})
    return whole(Path(path), lambda file: pq.write_table(table, file, compression="zstd"))


def read_events(path: str | Path) -> pd.DataFrame:
    """Events as `write_events` wrote them.

    Raises
    ------
    StudyError
        If there is no such file, or it is none of events.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except FileNotFoundError:
        raise StudyError(f"{path}: there is no such file; cogov trace … write={path} makes one") from None
    except (OSError, pa.ArrowInvalid) as error:
        raise StudyError(f"{path}: cannot be read as events: {error}") from error
    missing = [name for name in SCHEMA if name not in table.column_names]
    if missing:
        raise StudyError(f"{path}: is no file of events: it lacks {', '.join(missing)}")
    frame: pd.DataFrame = table.to_pandas()
    frame.attrs.update(json.loads((table.schema.metadata or {}).get(b"cogov", b"{}")))
    return frame


def _types() -> Mapping[str, Any]:
    import pyarrow as pa

    return {
        "string": pa.string(), "int32": pa.int32(), "double": pa.float64(), "timestamp[s]": pa.timestamp("s")
    }  # fmt: skip


def _monday(text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        raise ConfigError(f"start = {shown(text)}: must be a date, such as {START}") from None
    if day.weekday():
        near = day - datetime.timedelta(day.weekday())
        raise ConfigError(f"start = {text}: weeks begin on a Monday; the one before is {near}")
    return day


def _words(codes: NDArray[np.integer], names: Sequence[str]) -> Any:
    """Words by their numbers, as a column of few different ones."""
    import pandas as pd

    used = np.unique(codes)
    at, words = np.searchsorted(used, codes), pd.Index([names[code] for code in used.tolist()], dtype=object)
    return pd.Categorical.from_codes(at, words)


def _some(values: Any, at: NDArray[np.intp]) -> NDArray[np.float64]:
    """Those of some numbers, or the one number for each."""
    if isinstance(values, np.ndarray) and values.ndim:
        return np.asarray(values[at], dtype=np.float64)
    return np.full(len(at), float(values))


def _keys(rule: Rule | Sequence[Rule | None] | None) -> str | list[str]:
    """Rules as they are written in a trace."""
    if rule is None or isinstance(rule, Rule):
        return key_of(rule)
    return [key_of(entry) for entry in rule]


def key_of(rule: Rule | None) -> str:
    """Kind and name of a rule."""
    return "" if rule is None else f"{rule.kind}/{rule.name}"

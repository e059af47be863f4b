"""What happens to residents, organisations, projects and posts that are followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cogov.activities import vocabulary as act
from cogov.activities.cases import POST, PROJECT, RESIDENT, UNIT, Choice, Rows
from cogov.activities.vocabulary import Activity
from cogov.processes import grounds
from cogov.rules.kinds import Rule
from cogov.state.works import Project
from cogov.terms import Age, UnitKind
from cogov.trace.events import Log, Words
from cogov.trace.moved import FILLS, LEVELS, MOVED_BY, TABLES, changed, held

if TYPE_CHECKING:
    from cogov.processes.model_state import ModelState


class Others:
    """What happens to those who are no issues; `cogov.trace.Trace` follows issues as well."""

    def __init__(self, choice: Mapping[str, Choice]) -> None:
        self._choice = choice
        self._model: ModelState | None = None
        self._log = Log()
        self._rows: dict[str, Rows] = {}
        self._stood: dict[tuple[str, str], NDArray[Any]] = {}
        self._held: dict[str, tuple[float, Rule]] = {}

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

    def _look_around(self) -> None:
        """Where those who are followed stand when it begins."""
        model = self._model
        assert model is not None
        for of, table in TABLES.items():
            choice = self._choice["residents" if of == RESIDENT else "organisations"]
            self._rows[of] = choice.rows(of, len(getattr(model, table)))
            for name in LEVELS[of]:
                self._stood[of, name] = getattr(getattr(model, table), name)[self._rows[of]]
        self._held = held(model, self._choice["posts"])
        for project in model.works.projects:
            self.project(act.ON_ITS_WAY, project, outcome=project.stage)

    @property
    def week(self) -> int:
        """The week of the record."""
        assert self._model is not None
        return self._model.week - self._model.start

    def weighed(self, unit: int, terms: Mapping[str, float]) -> None:
        """A unit weighed what its engagement brought and cost: each term of its log odds."""
        assert self._model is not None
        if unit not in self._rows[UNIT]:
            return
        named = {name: value for name, value in terms.items() if value}
        rules = grounds.payoffs(
            self._model, "units", int(self._model.units.neighbourhood[unit]), tuple(named)
        )
        rows, values = np.full(len(named), unit), np.array(list(named.values()))
        self.of(UNIT, act.WEIGHED, rows, rule=rules, outcome=list(named), value=values)

    def look(self, what: str) -> None:
        """What has moved of those followed, and by what (a process, as in `MOVED_BY`)."""
        if what == FILLS and self._choice["posts"]:
            self._look_at_posts()
        activity = MOVED_BY.get(what)
        if activity is None:
            return
        for (of, name), was in self._stood.items():
            if of == activity.of or (of != RESIDENT and activity.of == act.ORGANISATION):
                now = getattr(getattr(self._model, TABLES[of]), name)[self._rows[of]]
                moved = np.flatnonzero(now != was)
                self._stood[of, name] = now
                if len(moved):
                    rows = self._rows[of][moved]
                    self.of(of, activity, rows, outcome=name, before=was[moved], value=now[moved])

    def _look_at_posts(self) -> None:
        """Which posts are held by more or fewer than when that was last noted."""
        assert self._model is not None
        now = held(self._model, self._choice["posts"])
        for name in [*now, *(name for name in self._held if name not in now)]:
            before, after = self._held.get(name), now.get(name)
            activity = changed(before and before[0], after and after[0])
            if activity is None:
                continue
            rule = (after or before or (0.0, None))[1]
            if after is None:
                del self._held[name]
            else:
                self._held[name] = after
            self._post(activity, name, rule, before[0] if before else np.nan, after[0] if after else np.nan)

    def succeeded(self, neighbourhood: int, rule: Rule | None, before: float, after: float) -> None:
        """Another secretary came to a committee, by a channel or open selection: their mean capabilities."""
        if self._choice["posts"].has(name := f"committee {neighbourhood}"):
            self._post(act.SUCCEEDED, name, rule, before, after)

    def _post(self, activity: Activity, name: str, rule: Rule | None, before: float, value: float) -> None:
        """Something happened to a post."""
        about: dict[str, Any] = {"role": name.rpartition(" ")[0], "resource": name, "rule": keys_of(rule)}
        self._log.put(activity, POST, self._log.named(name), self.week, **about, before=before, value=value)

    def project(
        self,
        activity: Activity,
        project: Project,
        *,
        by: str | int = "",
        rule: Rule | None = None,
        duty: str = "",
        hours: float = 0.0,
        yuan: float = 0.0,
        outcome: str = "",
        value: float = np.nan,
    ) -> None:
        """Something happened to a project; without a ``rule`` by its programme.

        Parameters
        ----------
        activity : Activity
        project : Project
        by : str or int
            Who did it: the row of a post; or a purse and which of its areas, a department, ``owners``.
        rule : Rule, optional
        duty : str
        hours, yuan : float
            What it took of them.
        outcome : str
        value : float
        """
        assert self._model is not None
        what, week = project.programme.what, project.started - self._model.start
        name = f"{what}{project.building}w{week}"
        if not self._choice["projects"].has(name):
            return
        about: dict[str, Any] = {"compound": project.compound, "neighbourhood": project.neighbourhood}
        resource, role = self._who(np.array([by]) if isinstance(by, int) else by)
        about |= {"kind": what, "resource": resource, "role": role, "outcome": outcome, "value": value}
        about |= {"rule": keys_of(rule or project.programme), "hours": hours, "yuan": yuan}
        self._log.put(activity, PROJECT, self._log.named(name), self.week, duty, **about)

    def appraised(self, of: str, rule: Rule, by: str, score: NDArray[np.float64], black: Rows) -> None:
        """Units or firms were appraised.

        Parameters
        ----------
        of : str
            ``units`` or ``firms``.
        rule : Appraisal
        by : str
            Who judged.
        score : ndarray, shape (judged,)
            NaN of those of whom nobody had seen anything.
        black : ndarray of int
            Those put on a black list.
        """
        of = of.removesuffix("s")
        rows = np.intersect1d(self._rows[of], np.flatnonzero(~np.isnan(score)))
        if len(rows):
            public = "published" if getattr(rule, "publish", False) else "not_published"
            listed = np.isin(rows, black).tolist()
            outcome = ["black_listed" if here else public for here in listed]
            self.of(of, act.APPRAISED, rows, by=by, rule=rule, outcome=outcome, value=score[rows])

    def of(
        self, of: str, activity: Activity, rows: Rows, by: Words = "", rule: Any = None, **more: Any
    ) -> None:
        """Something happened to residents or organisations (rows) that are followed."""
        assert self._model is not None
        model = self._model
        compound, home, kind = np.full(len(rows), -1), np.full(len(rows), -1), [""] * len(rows)
        if of == RESIDENT:
            compound = model.places.building_compound[model.residents.building[rows]]
            home = model.places.compound_neighbourhood[compound]
            kind = [Age(age).label for age in model.residents.age[rows].tolist()]
        elif of == UNIT:
            home = model.units.neighbourhood[rows]
            kind = [UnitKind(kind).label for kind in model.units.kind[rows].tolist()]
        about: dict[str, Any] = {"compound": compound, "neighbourhood": home, "kind": kind}
        about |= {"resource": by, "role": by, "rule": keys_of(rule)}
        self._log.put(activity, of, rows.astype(np.int64), self.week, **about, **more)


def keys_of(rule: Rule | Sequence[Rule | None] | None) -> str | list[str]:
    """Rules as they are written in a trace."""
    if rule is None or isinstance(rule, Rule):
        return key_of(rule)
    return [key_of(entry) for entry in rule]


def key_of(rule: Rule | None) -> str:
    """Kind and name of a rule."""
    return "" if rule is None else f"{rule.kind}/{rule.name}"

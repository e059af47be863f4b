"""Running claims: studies of their designs, then of staff for the money that each of them takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cogov.analysis.intervals import Array
from cogov.claims.book import Claim
from cogov.claims.conditions import Levelled, asked, values_at
from cogov.claims.verdict import Contrast, Tried, Verdict, overall, together
from cogov.community import load_community
from cogov.mechanisms.controls import ExtraStaff
from cogov.outcomes import MEASURES
from cogov.rules import Design
from cogov.study.driver import Progress, run_study
from cogov.study.engines import Engine
from cogov.study.stored import StoredStudy
from cogov.study.study import Study

COST = "cost"
SETTINGS = {"weeks": 182, "reform_week": 26}


@dataclass(frozen=True)
class Found:
    """A claim and what its trials found."""

    claim: Claim
    tried: tuple[Tried, ...]

    @property
    def verdict(self) -> Verdict:
        """What can be said of it."""
        return overall(self.tried)


def run_claims(
    claims: Iterable[Claim],
    folder: str | Path,
    *,
    communities: Sequence[str] | None = None,
    replicates: int = 8,
    engine: str | Mapping[str, Any] | Engine = "dask",
    settings: Mapping[str, Any] | None = None,
    on_progress: Callable[[str, Progress], None] | None = None,
) -> list[Found]:
    """Try claims; what their folder has already is not run again.

    Claims with the same settings make one study for each community, so that worlds and run-ins are shared. A
    second one has staff of the neighbourhoods for what each claim turned out to cost.

    Parameters
    ----------
    claims : iterable of Claim
    folder : str or Path
        Where the studies are kept.
    communities : sequence of str, optional
        Where all are tried; each in its own communities, at full size, unless given.
    replicates : int
    engine : str, mapping or Engine
        As for `cogov.run_study`.
    settings : mapping, optional
        Settings of all studies, such as ``run_in``; a claim's own go before.
    on_progress : callable, optional
        Called with the name of a study and how far it is.

    Returns
    -------
    list of Found
        In the order of the claims.

    Raises
    ------
    CogovError
        If a study cannot be made or kept.
    """
    wanted = list(claims)
    tried: dict[str, list[Tried]] = {claim.name: [] for claim in wanted}

    def run(name: str, designs: Iterable[Design], where: str, how: str, **more: Any) -> StoredStudy:
        study = Study(
            name=name,
            communities=(load_community(where),),
            designs=_different(designs),
            replicates=replicates,
            trajectories=("satisfaction",),
            **json.loads(how),
            **more,
        )
        told = None if on_progress is None else lambda progress: on_progress(name, progress)
        return run_study(study, Path(folder) / name, engine=engine, on_progress=told)

    for (where, how), group in _groups(wanted, communities, settings or {}).items():
        name = f"claims_{where}_{_short(how)}"
        for claim in (claim for claim in group if claim.varies):
            found = [
                values_at(run(f"{name}_{claim.name}{mark}", [claim.before()], where, how, **plan), claim)
                for mark, plan in (("", asked(claim, {})), ("_cut", asked(claim, claim.cut)))
            ]
            tried[claim.name].append(_of_conditions(claim, where, *found))
        compared = [claim for claim in group if not claim.varies]
        if not compared:
            continue
        read = (outcome for claim in compared for outcome in (claim.outcome, *claim.also))
        outcomes = tuple(dict.fromkeys([*read, COST]))
        designs = [one for claim in compared for one in claim.designs()]
        values = _values(run(name, designs, where, how, outcomes=outcomes), compared)
        staff = {
            claim.name: claim.before().with_(ExtraStaff.worth(cost), name=f"{claim.name}_staff")
            for claim in compared
            if not claim.interaction and (cost := _cost(claim, values)) > 0
        }
        if staff:
            more = run(f"{name}_staff_of_{replicates}", staff.values(), where, how, outcomes=outcomes)
            values |= _values(more, compared)
        for claim in compared:
            tried[claim.name].append(_tried(claim, where, values))
    return [Found(claim, tuple(tried[claim.name])) for claim in wanted]


def _groups(
    claims: Iterable[Claim], communities: Sequence[str] | None, settings: Mapping[str, Any]
) -> dict[tuple[str, str], list[Claim]]:
    """Claims by community and settings."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        kept = {"places": True} if claim.pilot else {}
        how = json.dumps(SETTINGS | dict(settings) | claim.settings | kept, sort_keys=True)
        for where in communities or claim.communities:
            groups.setdefault((where, how), []).append(claim)
    return groups


def _short(how: str) -> str:
    """The settings in a word for a folder's name."""
    values = json.loads(how)
    words = [f"{values['weeks']}w", *(next(iter(shock)) for shock in values.get("shocks", ()))]
    others = {key: value for key, value in values.items() if key not in ("weeks", "shocks", "reform_week")}
    return "_".join(
        [*words, *(f"{key}{value}" for key, value in sorted(others.items()) if not isinstance(value, dict))]
    )


def _different(designs: Iterable[Design]) -> tuple[Design, ...]:
    """Each design once, by its name; the baseline of studies only where there is no other: they have it."""
    named = {design.name: design for design in designs}
    others = tuple(design for name, design in named.items() if name != "line_hierarchy")
    return others or tuple(named.values())


def _values(stored: StoredStudy, claims: Iterable[Claim]) -> dict[str, pd.DataFrame]:
    """Outcomes by replicate of every design; of a claim with a pilot those of its neighbourhoods."""
    runs = stored.runs.set_index("replicate").sort_index()
    values = {str(name): rows.copy() for name, rows in runs.groupby("design", observed=True)}
    pilots = [claim for claim in claims if claim.pilot]
    places = stored.places if pilots else pd.DataFrame()
    for claim in pilots:
        for name in {*(design.name for design in claim.designs()), f"{claim.name}_staff"} & set(values):
            values[name][claim.outcome] = _of_pilot(places[places["design"] == name], claim)
    return values


def _of_pilot(places: pd.DataFrame, claim: Claim) -> pd.Series:
    """The outcome in the neighbourhoods of a claim's pilot, by replicate: of residents its mean."""
    sites = places["neighbourhood"].drop_duplicates().iloc[: claim.pilot]
    mine = places[places["neighbourhood"].isin(sites)]
    if MEASURES[claim.outcome].unit.endswith("/week"):
        return mine.groupby("replicate")[claim.outcome].sum()
    total = (mine[claim.outcome] * mine["residents"]).groupby(mine["replicate"]).sum()
    return total / mine.groupby("replicate")["residents"].sum()


def _column(values: Mapping[str, pd.DataFrame], design: str, outcome: str) -> Array:
    return values[design][outcome].to_numpy(dtype=float)


def _cost(claim: Claim, values: Mapping[str, pd.DataFrame]) -> float:
    """Yuan a household and year that what is added takes more."""
    more = _column(values, claim.after().name, COST) - _column(values, claim.before().name, COST)
    return float(np.nanmean(more))


def _tried(claim: Claim, where: str, values: Mapping[str, pd.DataFrame]) -> Tried:
    """What the runs of one community say of a claim."""
    before, after = (
        _column(values, design.name, claim.outcome) for design in (claim.before(), claim.after())
    )
    cut = control = None
    if claim.interaction:
        alone = [_column(values, part.name, claim.outcome) for part in claim.alone()]
        effect = together(before, after, alone, claim.outcome)
    else:
        effect = Contrast.of(before, after, claim.outcome)
        first, then = (_column(values, design.name, claim.outcome) for design in claim.without_cause())
        cut = Contrast.of(first, then, claim.outcome)
        if f"{claim.name}_staff" in values:
            staff = _column(values, f"{claim.name}_staff", claim.outcome)
            control = Contrast.of(staff, after, claim.outcome)
    return _said(claim, where, (before, after), effect, cut, control, _cost(claim, values))


def _said(
    claim: Claim,
    where: str,
    sides: tuple[Array, Array],
    effect: Contrast,
    cut: Contrast | None,
    control: Contrast | None = None,
    cost: float | None = None,
) -> Tried:
    """What was tried of a claim, with the means of both sides."""
    before, after = (float(np.nanmean(side)) for side in sides)
    no_less = claim.direction == "no_less"
    return Tried(where, claim.outcome, claim.sign, before, after, effect, cut, control, cost, no_less)


def _of_conditions(claim: Claim, where: str, values: Levelled, without_cause: Levelled) -> Tried:
    """What the runs of one community say of a claim about conditions."""
    sides = values[next(iter(claim.varies))]
    return _said(claim, where, sides, _moved(claim, values), _moved(claim, without_cause))


def _moved(claim: Claim, values: Levelled) -> Contrast:
    """How the outcome moves from one level to the other; with rivals, how much more than by any of them."""
    sides, *others = (values[path] for path in claim.varies)
    if not others:
        return Contrast.of(*sides, claim.outcome)
    mine, *theirs = (np.abs(after - before) for before, after in (sides, *others))
    return Contrast.of(np.max(theirs, axis=0), mine, claim.outcome)

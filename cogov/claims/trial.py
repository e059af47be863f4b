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
from cogov.claims.verdict import Contrast, Tried, Verdict, overall, together
from cogov.community import load_community
from cogov.mechanisms.controls import ExtraStaff
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

    def run(
        name: str, designs: Iterable[Design], where: str, outcomes: Iterable[str], how: str
    ) -> StoredStudy:
        study = Study(
            name=name,
            communities=(load_community(where),),
            designs=_different(designs),
            replicates=replicates,
            outcomes=tuple(dict.fromkeys([*outcomes, COST])),
            trajectories=("satisfaction",),
            **json.loads(how),
        )
        told = None if on_progress is None else lambda progress: on_progress(name, progress)
        return run_study(study, Path(folder) / name, engine=engine, on_progress=told)

    for (where, how), group in _groups(wanted, communities, settings or {}).items():
        name = f"claims_{where}_{_short(how)}"
        outcomes = [outcome for claim in group for outcome in (claim.outcome, *claim.also)]
        stored = run(name, (one for claim in group for one in claim.designs()), where, outcomes, how)
        values = _values(stored)
        staff = {
            claim.name: claim.before().with_(ExtraStaff.worth(cost), name=f"{claim.name}_staff")
            for claim in group
            if not claim.interaction and (cost := _cost(claim, values)) > 0
        }
        if staff:
            values |= _values(run(f"{name}_staff_of_{replicates}", staff.values(), where, outcomes, how))
        for claim in group:
            tried[claim.name].append(_tried(claim, where, values))
    return [Found(claim, tuple(tried[claim.name])) for claim in wanted]


def _groups(
    claims: Iterable[Claim], communities: Sequence[str] | None, settings: Mapping[str, Any]
) -> dict[tuple[str, str], list[Claim]]:
    """Claims by community and settings."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        how = json.dumps(SETTINGS | dict(settings) | claim.settings, sort_keys=True)
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
    """Each design once, by its name; the baseline of studies is among them in any case."""
    named = {design.name: design for design in designs}
    named.pop("line_hierarchy", None)
    return tuple(named.values())


def _values(stored: StoredStudy) -> dict[str, pd.DataFrame]:
    """Outcomes by replicate of every design."""
    runs = stored.runs
    return {
        str(name): rows.sort_values("replicate").set_index("replicate")
        for name, rows in runs.groupby("design", observed=True)
    }


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
    return Tried(
        community=where,
        outcome=claim.outcome,
        sign=claim.sign,
        before=float(np.nanmean(before)),
        after=float(np.nanmean(after)),
        effect=effect,
        cut=cut,
        control=control,
        cost=_cost(claim, values),
    )

"""The look at the patterns, made anew: runs, contrasts with intervals, and the section of the limits page.

    python -m docs.patterns --replicates 10 --workers 2 --write

Every contrast is a difference within a seed, so that its interval is of what the design does, not of the
luck of a community. ``--write`` puts the section into ``docs/odd/limits.md``; without it, it is printed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from cogov import Epidemic, GovernanceModel, load_community, load_design
from cogov.analysis.intervals import means
from cogov.rules import Design
from cogov.run import Run
from cogov.run_in import RUN_IN
from cogov.terms import ADULT, YEAR, Age, Party

PAGE = Path(__file__).parent / "odd" / "limits.md"
TITLE = "## What a look at the patterns shows"
MIDDLE = {"residents": 15_000, "neighbourhoods": 8, "compounds": 24, "unit_rates": [0.5] * 8}
"""The community of the look, as far as it differs from the profile `small`."""
REFORM, THREE, FIVE, EIGHT = 26, 26 + 3 * YEAR, 26 + 5 * YEAR, 26 + 8 * YEAR
LAST = 26
"""Weeks at the end of a run whose mean is a level at the end."""
MIDDLING, ALL = 3, int(str(MIDDLE["neighbourhoods"]))

Outcomes = Mapping[str, float]
Told = Mapping[str, Outcomes]
"""Outcomes of one seed, by case."""


@dataclass(frozen=True)
class Case:
    """A run of the look: a shipped design, with further mechanisms, in a changed community."""

    design: str = "line_hierarchy"
    mechanisms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    profile: Mapping[str, Any] = field(default_factory=dict)
    weeks: int = THREE
    shock: bool = False
    run_in: int = RUN_IN
    """0 where it is looked at from where levels begin; most weeks of run-in elsewhere"""

    def designed(self) -> Design:
        """Its design."""
        return (
            load_design(self.design).with_(self.mechanisms) if self.mechanisms else load_design(self.design)
        )

    def model(self, seed: int, middle: Mapping[str, Any], weeks: int | None = None) -> GovernanceModel:
        """The run before it begins."""
        weeks = self.weeks if weeks is None else weeks
        reform = min(REFORM, weeks // 2)
        run = Run.of(
            community=community(**middle, **self.profile),
            design=self.designed(),
            seed=seed,
            weeks=weeks,
            reform_week=reform,
            shocks=[Epidemic(week=reform + (weeks - reform) // 3)] if self.shock else [],
            run_in=self.run_in,
        )
        return GovernanceModel.of(run)

    def run(self, seed: int, middle: Mapping[str, Any], weeks: int | None = None) -> dict[str, float]:
        """Outcomes of a run; besides, levels at the end (``end_``), growth by year, who takes part."""
        model = self.model(seed, middle, weeks)
        model.run_until(model.last_week)
        series = model.record.to_frame()
        end = {f"end_{name}": float(series[name].iloc[-LAST:].mean()) for name in ENDS}
        taking = series["participation"].to_numpy(float)[:: min(YEAR, max(model.last_week // 4, 1))]
        grown = np.diff(taking)
        people = model.residents
        adult, old = people.age >= ADULT, (people.age == Age.AGE_60_69) | (people.age == Age.AGE_70_79)
        groups = {
            "young": people.age == Age.AGE_18_29,
            "old": old,
            "members": adult & (people.party != Party.NONE),
            "others": adult & (people.party == Party.NONE),
        }
        active = {name: float(people.volunteering[mask].mean()) for name, mask in groups.items()}
        growth = {"first_year": float(grown[0]), "best_later_year": float(grown[1:].max())}
        return model.outcomes() | end | active | growth


ENDS = ("unit_engagement", "firm_quality", "participation")


@cache
def _community(changes: tuple[tuple[str, Any], ...]) -> Any:
    return load_community("small", **{key: list(v) if isinstance(v, tuple) else v for key, v in changes})


def community(**changes: Any) -> Any:
    """The profile `small` with these changes."""
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in changes.items()}
    return _community(tuple(sorted(frozen.items())))


def blocks(number: int, grouping: str = "similar", per: str = "area") -> Case:
    """Neighbourhoods pooled into so many blocks, each with a council that has slots of its own or a part."""
    platform = {"blocks": number, "grouping": grouping}
    return Case(mechanisms={"three_level_platform": platform, "three_plus_x_committee": {"per": per}})


def grids(households: int) -> Case:
    """Micro grids of so many households."""
    return Case(mechanisms={"grid_linkage": {"households": households}})


def lifts(consent: str, **values: float) -> Case:
    """A lift programme in which owners decide by a rule."""
    return Case(mechanisms={"lift_programme": {"consent": consent} | values})


def firms(quality: float) -> Case:
    """Firms that begin at a quality, and are trusted accordingly."""
    start = {"firm_quality": quality, "founding_quality": quality, "trust_firm": max(quality, 0.05)}
    return Case(profile=start, weeks=FIVE, run_in=0)


def engaged(design: str, engagement: float) -> Case:
    """Units that begin so engaged."""
    return Case(design, profile={"unit_engagement": engagement}, weeks=FIVE, run_in=0)


def volunteers(share: float) -> Case:
    """A community that begins with so many volunteers."""
    return Case(profile={"volunteer_share": share}, weeks=EIGHT, run_in=0)


CASES: dict[str, Case] = {
    "baseline": Case(),
    **{f"{number} blocks": blocks(number) for number in (1, MIDDLING, ALL)},
    **{f"{number} blocks, equal in all": blocks(number, per="subdistrict") for number in (1, MIDDLING, ALL)},
    "random blocks": blocks(MIDDLING, "random"),
    "engaged little": engaged("line_hierarchy", 0.05),
    "engaged much": engaged("line_hierarchy", 0.9),
    "one-way, engaged little": engaged("quyang_2014", 0.05),
    "two-way, engaged little": engaged("wuliqiao_2020", 0.05),
    "menu": Case(mechanisms={"responsibility_day": {}}),
    "pairs": Case(mechanisms={"joint_building": {}}),
    **{f"grids of {households}": grids(households) for households in (10, 40, 400)},
    **{consent: lifts(consent) for consent in ("unanimity", "ninety", "civil_code", "two_thirds")},
    "ninety, one plan for all": lifts("ninety", revision=0.0),
    "poor firms": firms(0.05),
    "fair firms": firms(0.6),
    **{f"{design} at {share}": Case(design, profile={"admin_share": share})
       for design in ("line_hierarchy", "wuliqiao_2020") for share in (0.45, 0.85)},
    "shock": Case(shock=True),
    "shock, report-in": Case(mechanisms={"report_in": {}}, shock=True),
    "shock, everything": Case("wuliqiao_2020", shock=True),
    "few volunteers": volunteers(0.003),
    "many volunteers": volunteers(0.15),
}  # fmt: skip


@dataclass(frozen=True)
class Contrast:
    """What a pattern says of outcomes, as a number of one seed that is to be above 0 (or 0, if ``equal``)."""

    pattern: str
    says: str
    value: Callable[[Told], float]
    equal: bool = False


def less(one: str, other: str, measure: str) -> Callable[[Told], float]:
    """A measure in one case less that in another."""
    return lambda told: told[one][measure] - told[other][measure]


def within(case: str, more: str, fewer: str) -> Callable[[Told], float]:
    """One measure of a case less another one."""
    return lambda told: told[case][more] - told[case][fewer]


def reform(share: float) -> Callable[[Told], float]:
    """What many mechanisms at once do to resolution where so much of a committee's time is administration."""
    return less(f"wuliqiao_2020 at {share}", f"line_hierarchy at {share}", "resolution_rate")


CONTRASTS: tuple[Contrast, ...] = (
    *(
        Contrast("P1", f"a greater share of public issues is solved in {MIDDLING} blocks than in {many},"
                 f" slots {equal}",
                 less(f"{MIDDLING} blocks{of}", f"{number} blocks{of}", "public_success"))
        for of, equal in (("", "equal a block"), (", equal in all", "equal in all"))
        for number, many in ((ALL, f"{ALL} (one by one)"), (1, "one (all together)"))
    ),
    Contrast("P1", "a greater share in blocks of alike neighbourhoods than in random ones",
             less(f"{MIDDLING} blocks", "random blocks", "public_success")),
    Contrast("P1", f"more hours are matched in one block than in {ALL}",
             less("1 blocks", f"{ALL} blocks", "matched")),
    Contrast("P2", "units that began at 0.9 are above those that began at 0.05 five years on, baseline",
             less("engaged much", "engaged little", "end_unit_engagement")),
    Contrast("P2", "one-way benefit leaves them low: 0.2 less engagement five years on, quyang_2014",
             lambda told: 0.2 - told["one-way, engaged little"]["end_unit_engagement"]),
    Contrast("P2", "two-way benefit lifts them above the one-way, wuliqiao_2020 less quyang_2014",
             less("two-way, engaged little", "one-way, engaged little", "end_unit_engagement")),
    Contrast("P3", "most of what is offered finds no need: unused less matched hours, baseline",
             within("baseline", "unused", "matched")),
    Contrast("P3", "a visible menu raises the match, responsibility_day",
             less("menu", "baseline", "matched")),
    Contrast("P3", "partners raise the match, joint_building", less("pairs", "baseline", "matched")),
    Contrast("P3", "a wider pool raises the match, one block", less("1 blocks", "baseline", "matched")),
    Contrast("P4", "grids of 40 households find problems sooner than those of 400 (weeks)",
             less("grids of 400", "grids of 40", "weeks_to_notice")),
    Contrast("P4", "grids of 10 lack leaders: later than those of 40 (weeks)",
             less("grids of 10", "grids of 40", "weeks_to_notice")),
    Contrast("P5", "more take part at 60 to 79 than at 18 to 29",
             within("baseline", "old", "young")),
    Contrast("P5", "more party members than others", within("baseline", "members", "others")),
    Contrast("P6", "more buildings agree by ninety percent than by unanimity",
             less("ninety", "unanimity", "consents_passed")),
    Contrast("P6", "more by the Civil Code than by ninety percent",
             less("civil_code", "ninety", "consents_passed")),
    Contrast("P6", "more by two thirds than by the Civil Code",
             less("two_thirds", "civil_code", "consents_passed")),
    Contrast("P6", "a plan re-fitted to objectors helps, ninety percent",
             less("ninety", "ninety, one plan for all", "consents_passed")),
    Contrast("P7", "firms that began poor are below those that began fair five years on",
             less("fair firms", "poor firms", "end_firm_quality")),
    Contrast("P7", "there is a way out: quality from 0.05 five years on, above 0.05",
             lambda told: told["poor firms"]["end_firm_quality"] - 0.05),
    Contrast("P8", "many mechanisms load the committee: wuliqiao_2020 less the baseline, at 0.45 of admin",
             less("wuliqiao_2020 at 0.45", "line_hierarchy at 0.45", "committee_load")),
    Contrast("P8", "they do less for resolution where administration takes 0.85 than where 0.45",
             lambda told: reform(0.45)(told) - reform(0.85)(told)),
    Contrast("P8", "they cost resolution at 0.85: baseline less wuliqiao_2020",
             lambda told: -reform(0.85)(told)),
    Contrast("P10", "an epidemic costs satisfaction (shortfall times weeks)",
             lambda told: told["shock"]["shock_area"]),
    Contrast("P10", "members who report in make it less", less("shock", "shock, report-in", "shock_area")),
    Contrast("P10", "all of wuliqiao_2020 makes it less", less("shock", "shock, everything", "shock_area")),
    Contrast("P11", "from few, it grows more in a later year than in the first",
             within("few volunteers", "best_later_year", "first_year")),
    Contrast("P11", "after eight years it does not matter how many began",
             less("many volunteers", "few volunteers", "end_participation"), equal=True),
)  # fmt: skip


def verdict(contrast: Contrast, low: float, high: float) -> str:
    """What an interval says of a contrast."""
    if np.isnan(low):
        return "always the same, or too few runs"
    if contrast.equal:
        return "yes, as far as can be told" if low <= 0 <= high else "**no**"
    return "yes" if low > 0 else "**no, the reverse**" if high < 0 else "not to be told"


def section(found: Sequence[Told], middle: Mapping[str, Any]) -> str:
    """The section of the limits page: a row for each contrast, over the outcomes of the seeds."""
    rows = []
    for contrast in CONTRASTS:
        values = np.array([[contrast.value(told)] for told in found], dtype=float)
        known = means(values)
        (low,), (high,) = known.interval()
        span = "" if np.isnan(low) else f"{low:.3g} to {high:.3g}"
        said = verdict(contrast, low, high)
        rows.append(f"| {contrast.pattern} | {contrast.says} | {known.mean[0]:.3g} | {span} | {said} |")
    size = f"{middle.get('residents', 'two thousand')} residents, {len(found)} seeds"
    return f"""{TITLE}

Made by `python -m docs.patterns`: {size}, the design adopted after 26 weeks, outcomes over three years
and levels of the last half-year where nothing else is said; runs begin where the baseline stands still,
but for those that are about where levels begin (P2, P7, P11). Every row is the mean of a difference within a
seed that is above 0 if the pattern is there, with its 95 % interval (Student's). What cannot be told apart
from 0 says so. P9 (mentoring) is looked at by the experiment `mentoring`.

| | what the pattern says | difference | 95 % | so? |
| --- | --- | --- | --- | --- |
{chr(10).join(rows)}
"""


def written(page: str, new: str) -> str:
    """The page with the section in place of the one before."""
    return re.sub(r"^## What a (first )?look at the patterns shows\n.*?(?=^## )", lambda _: new + "\n", page,
                  flags=re.MULTILINE | re.DOTALL)  # fmt: skip


def one(seed: int, middle: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Run all cases with one seed; those that share a run-in follow each other."""
    order = sorted(CASES, key=lambda name: (CASES[name].run_in, sorted(CASES[name].profile.items())))
    return {name: CASES[name].run(seed, middle) for name in order}


def look(seeds: Iterable[int], middle: Mapping[str, Any], workers: int) -> list[dict[str, dict[str, float]]]:
    """Outcomes of all cases, seed by seed."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(partial(one, middle=middle), seeds))


def main() -> None:
    """Make the look, and print or write it."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--replicates", type=int, default=10)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--small", action="store_true", help="the profile small as it is")
    options.add_argument("--write", action="store_true", help=f"put the section into {PAGE.name}")
    given = options.parse_args()
    middle = {} if given.small else MIDDLE
    new = section(look(range(1, given.replicates + 1), middle, given.workers), middle)
    if given.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), new), encoding="utf-8")
    else:
        print(new)


if __name__ == "__main__":
    main()

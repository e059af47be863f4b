"""What a search found: its front as tables, files and sentences."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml
from matplotlib.figure import Figure

from cogov.analysis.intervals import Array
from cogov.analysis.racing import dominates
from cogov.figures import front, save
from cogov.kit.files import whole
from cogov.outcomes import MEASURES
from cogov.rules import Design
from cogov.search.judge import interval, judged
from cogov.search.search import LIMITS, Search
from cogov.search.seek import Fate, Scale, Sought
from cogov.search.texts import text
from cogov.study.identity import plain
from cogov.words import LANGUAGES

FRONT, TRIED, ASKED, ABOUT = "front", "tried.csv", "search.yaml", "search.json"
"""Files of a search: a folder of designs and their table, all designs tried, what was asked, the answer."""


class SearchResult:
    """What a search found.

    Attributes
    ----------
    search : Search
    sought : Sought
    folder : Path
    """

    def __init__(self, search: Search, sought: Sought, folder: Path) -> None:
        self.search, self.sought, self.folder = search, sought, folder

    def __repr__(self) -> str:
        return f"<SearchResult of {self.search.name!r}: {len(self.designs)} designs on the front>"

    @cached_property
    def designs(self) -> list[Design]:
        """The designs of the front, best in the first goal first."""
        return [self._named(number) for number in range(1, len(self.sought.front) + 1)]

    def _named(self, number: int) -> Design:
        """A design of the front under a name of its own, unless it has one."""
        design = self.sought.candidates[self.sought.front[number - 1]].design
        if design.name in {one.name for one in (self.search.baseline, *self.search.designs)}:
            return design
        goals = ", ".join(self.search.goals)
        return Design(
            mechanisms=design.mechanisms,
            name=f"front_{number}",
            zh=f"前沿方案{number}",
            summary=f"Design {number} of the front for {goals} in {self.search.community.name}.",
            summary_zh=f"{self.search.community.zh or self.search.community.name}的前沿方案{number}。",
        )

    @property
    def measured(self) -> tuple[str, ...]:
        """Columns of `front`: the goals, then hours and yuan, then other limits."""
        return tuple(dict.fromkeys((*self.search.goals, *LIMITS, *self.search.limits)))

    @cached_property
    def points(self) -> pd.DataFrame:
        """What was run on fresh seeds, one row a design and measure.

        Columns ``design`` (name among those tried), ``front`` (its number, 0 if it is not on it), ``measure``
        (goals, ``hours``, ``yuan`` and limits), ``value`` (mean), ``difference`` from the base under the same
        seeds with the ends ``low`` and ``high`` of its 95 % interval, ``raced``: the difference in the race,
        by which the design was chosen, and ``mean``: the mean difference. Where goals are judged by a
        quantile, the difference of a goal and its interval are of that quantile of differences.
        """
        number = {name: place for place, name in enumerate(self.sought.front, 1)}
        rows = []
        for name in self.sought.fresh:
            for measure in self.measured:
                fresh, more = self._of(self.sought.fresh, name, measure)
                by = self.search.quantile if measure in self.search.goals else None
                way = MEASURES[measure].better or 1 if by is not None else 1
                ends = interval(way * more, by)
                low, high = (way * end for end in ends[::way])
                raced = np.nan
                if name in self.sought.race:
                    raced = way * float(judged(way * self._of(self.sought.race, name, measure)[1], by))
                rows.append(
                    {
                        "design": name,
                        "front": number.get(name, 0),
                        "measure": measure,
                        "value": float(fresh.mean()),
                        "difference": way * float(judged(way * more, by)),
                        "low": low,
                        "high": high,
                        "raced": raced,
                        "mean": float(more.mean()),
                    }
                )
        return pd.DataFrame(rows)

    def _of(self, runs: dict[str, Array], name: str, measure: str) -> tuple[Array, Array]:
        """A measure of a design's runs, and its differences from the base."""
        names = LIMITS.get(measure, self.search.limits.get(measure, (measure,)))
        columns = [self.search.measured.index(entry) for entry in names]
        values = runs[name][:, columns].sum(1)
        return values, values - runs[self.search.baseline.name][:, columns].sum(1)

    @cached_property
    def holds(self) -> dict[str, bool]:
        """By design of the front, whether on fresh seeds none of the others is better and it is in budget."""
        names = self.sought.front
        if not names:
            return {}
        runs = np.stack([self.sought.fresh[name] for name in names], 1)
        goals, excess = Scale(self.search)(runs, self.sought.fresh[self.search.baseline.name])
        good = ~dominates(judged(goals, self.search.quantile)).any(0) & (excess.mean(0) <= 0).all(1)
        return dict(zip(names, good.tolist(), strict=True))

    @cached_property
    def tried(self) -> pd.DataFrame:
        """All designs that were tried: what became of each, how often it was run, what it has.

        Differences from the base are those of the screening's seeds.
        """
        ways = [MEASURES[goal].better for goal in self.search.goals]
        rows = []
        for name, one in self.sought.candidates.items():
            values = self.sought.screen[name]
            rows.append(
                {
                    "design": name,
                    "fate": str(one.fate),
                    "runs": one.replicates,
                    "by": one.by,
                    **{g: v * w for g, v, w in zip(self.search.goals, values, ways, strict=False)},
                    "mechanisms": " ".join(self.shown(one.design)),
                }
            )
        return pd.DataFrame(rows)

    def shown(self, design: Design) -> list[str]:
        """The mechanisms of a design that may be on or off, with the levels of what varies."""
        found = []
        over = {mechanism.name for mechanism in self.search.space.mechanisms}
        for mechanism in design.mechanisms:
            levels = [
                f"{path.text.split('.')[3]}={getattr(mechanism, path.text.split('.')[3])}"
                for path in self.search.space.paths
                if path.text.split(".")[2] == mechanism.name
            ]
            known = over | {m.name for m in self.search.baseline.mechanisms}
            if mechanism.name in over or levels or mechanism.name not in known:
                found.append(mechanism.name + (f"({', '.join(levels)})" if levels else ""))
        return found

    def common(self) -> tuple[list[str], list[str]]:
        """Mechanisms that all designs of the front have, and those that none has."""
        has = [{mechanism.name for mechanism in design.mechanisms} for design in self.designs]
        over = [mechanism.name for mechanism in self.search.space.mechanisms]
        everywhere = [name for name in over if has and all(name in one for one in has)]
        return everywhere, [name for name in over if not any(name in one for one in has)]

    def counted(self, *fates: Fate) -> int:
        """How many designs ended so."""
        return sum(one.fate in fates for one in self.sought.candidates.values())

    @property
    def runs(self) -> int:
        """Runs that the answer rests on."""
        return sum(one.replicates for one in self.sought.candidates.values())

    def write(self) -> list[Path]:
        """Write the front's designs and table, and all designs tried; returns the paths."""
        place = self.folder / FRONT
        place.mkdir(parents=True, exist_ok=True)
        for path in place.glob("*.yaml"):
            path.unlink()
        written = [
            _write(place / f"{number}.yaml", to_yaml(design)) for number, design in enumerate(self.designs, 1)
        ]
        front = self.points[self.points["front"] > 0]
        written.append(_write(self.folder / f"{FRONT}.csv", front.to_csv(index=False)))
        written.append(_write(self.folder / TRIED, self.tried.to_csv(index=False)))
        asked = plain(self.search.as_dict() | {"over": [m.name for m in self.search.space.mechanisms]})
        asked["parameters"] = {path: list(levels) for path, levels in self.search.space.parameters.items()}
        written.append(_write(self.folder / ASKED, _yaml(asked)))
        for lang in LANGUAGES:
            path = self.folder / f"{FRONT}-{lang}.png"
            save(self.figure(lang=lang), path)
            written.append(path)
        written.append(_write(self.folder / ABOUT, json.dumps(self.as_dict(), ensure_ascii=False, indent=1)))
        return written

    def figure(self, x: str | None = None, y: str | None = None, lang: str = "en") -> Figure:
        """The front in two goals, the first two unless others are asked for; see `cogov.figures.front`."""
        search = self.search
        names = {design.name: design.zh for design in (search.baseline, *search.designs) if design.zh}
        across, up = x or search.goals[0], y or search.goals[1]
        base = search.baseline.name
        note = ""
        if search.quantile is not None:
            note = text("judged_note", lang, part=f"{100 * search.quantile:g}")
        return front(self.points, self.tried, across, up, baseline=base, lang=lang, names=names, note=note)

    def as_dict(self) -> dict[str, Any]:
        """The answer in plain values."""
        points = self.points.replace({np.nan: None}).to_dict("records")
        everywhere, nowhere = self.common()
        return {
            "search": self.search.name,
            "folder": str(self.folder),
            "goals": list(self.search.goals),
            "budget": self.search.budget,
            "quantile": self.search.quantile,
            "tried": len(self.sought.candidates),
            "fates": {str(fate): self.counted(fate) for fate in Fate},
            "runs": self.runs,
            "points": points,
            "holds": [self.holds[name] for name in self.sought.front],
            "front": [
                {"file": f"{FRONT}/{number}.yaml", "name": design.name, "mechanisms": self.shown(design)}
                for number, design in enumerate(self.designs, 1)
            ],
            "in_all": everywhere,
            "in_none": nowhere,
        }


def to_yaml(design: Design) -> str:
    """A design as a file that `cogov.load_design` reads: of each mechanism what is not its default."""
    found = {key: value for key, value in plain(design).items() if value != ""}
    for mechanism in design.mechanisms:
        usual = plain(type(mechanism)())
        mine = found["mechanisms"][mechanism.name]
        found["mechanisms"][mechanism.name] = {
            key: value for key, value in mine.items() if usual.get(key) != value
        }
    return _yaml(found)


def _yaml(values: Any) -> str:
    text: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=110)
    return text


def _write(path: Path, text: str) -> Path:
    return whole(path, lambda file: file.write(text.encode()))

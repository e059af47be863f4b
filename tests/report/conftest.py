"""Stored studies for tests of reports: one that was run, and ones whose outcomes a test makes up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cogov import load_community, load_design
from cogov.analysis import Contrast, Pooled, compare, contrast, pooled
from cogov.analysis.horizons import reached
from cogov.report import make, pictures
from cogov.report.facts import Facts
from cogov.report.texts import Words
from cogov.study import Study
from cogov.study.driver import run_study
from cogov.study.over import Drawn
from cogov.study.plan import SAMPLED

SHORT: dict[str, Any] = {
    "communities": ["small"],
    "weeks": 27,
    "reform_week": 13,
    "run_in": 0,
    "outcomes": ["satisfaction", "cost"],
    "trajectories": ["satisfaction"],
}


@dataclass
class Made:
    """A stored study without a folder, whose outcomes are what a function says."""

    study: Study
    value: Callable[[str, int, str], float]
    """Of design, replicate and outcome."""
    folder: Path = Path()
    failed: dict[tuple[str, int], str] = field(default_factory=dict)
    absent: int = 0
    """Runs at the end of the plan that have not been made."""
    reached: pd.DataFrame | None = None
    at_draws: dict[str, pd.DataFrame] = field(default_factory=dict)
    config: dict[str, object] = field(default_factory=lambda: {"communities": [{"name": "small"}]})
    """Runs at draws of the assumptions, by community."""
    groups: pd.DataFrame = field(default_factory=pd.DataFrame)
    attributed: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, Any] = field(default_factory=lambda: {"cogov": "0.1.0", "continued": []})

    @property
    def baseline(self) -> str:
        return self.study.baseline.name

    @property
    def designs(self) -> list[str]:
        return [arm.name for arm in self.study.arms]

    def names(self, lang: str) -> dict[str, str]:
        return {arm.name: (lang == "zh" and arm.zh) or arm.name for arm in self.study.arms}

    @cached_property
    def runs(self) -> pd.DataFrame:
        paths, rows = [path.text for path in self.study.paths], []
        cells = self.study.cells()
        for cell in cells[: len(cells) - self.absent]:
            design, community = self.designs[cell.design], self.study.communities[cell.community].name
            error = self.failed.get((design, cell.replicate))
            outcomes = [
                np.nan if error else self.value(design, cell.replicate, o) for o in self.study.outcomes
            ]
            about = [cell.run, community, design, cell.replicate, cell.seed, *cell.values]
            rows.append([*about, "failed" if error else "done", error, 2.0, 2000, *outcomes])
        columns = ["run", "community", "design", "replicate", "seed", *paths]
        columns += ["status", "error", "seconds", "residents", *self.study.outcomes]
        found = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(self.study.outcomes, float))
        moving = found["replicate"].map({0: "open, belonging", 1: "open"})
        return found.assign(run_in=self.study.run_in, unsettled=moving)

    @property
    def parameters(self) -> list[str]:
        return [path.text for path in self.study.paths]

    @property
    def matters(self) -> dict[str, float]:
        return self.study.matters

    def matters_with(self, given: dict[str, float] | None) -> dict[str, float]:
        return {**self.matters, **(given or {})}

    def known_outcomes(self, outcomes: Any) -> list[str]:
        return [outcomes] if isinstance(outcomes, str) else list(outcomes)

    @property
    def robustness(self) -> Drawn:
        drawn = Drawn(self)
        drawn.__dict__["runs"] = self.at_draws
        return drawn

    def compare(self, outcomes: list[str], baseline: str) -> pd.DataFrame:
        return compare(self.runs, outcomes, baseline, self.parameters, self.matters)

    def horizons(self, outcomes: list[str], baseline: str, where: dict[str, Any]) -> pd.DataFrame:
        """The same differences at every time that the runs reach."""
        years = reached(self.study.weeks, self.study.reform_week)
        runs = pd.concat([self.runs.assign(years=year) for year in years])
        return compare(runs, outcomes, baseline, [*self.parameters, "years"], self.matters)

    def pooled(self, outcomes: list[str], baseline: str) -> Pooled:
        sampled = self.study.plan.kind in SAMPLED
        return pooled(self.runs, outcomes, baseline, self.parameters, sampled=sampled, matters=self.matters)

    def contrast(self, parameter: str, outcomes: list[str]) -> Contrast:
        return contrast(self.runs, outcomes, parameter, self.parameters, matters=self.matters)

    def status(self) -> SimpleNamespace:
        return SimpleNamespace(missing=self.absent)

    def precision(self) -> pd.DataFrame | None:
        return self.reached

    def digest(self) -> str:
        return "abc123"

    def facts(self, lang: str = "en") -> Facts:
        found = Facts.of(self, lang, None)  # type: ignore[arg-type]
        vars(found)["attributions"] = self.attributed  # where a study's folder would have them
        return found


def study(**settings: Any) -> Study:
    """A study of one design on the small community, unless told otherwise."""
    given = {
        "designs": ["wuliqiao_2020"],
        "replicates": 12,
        "baseline": "line_hierarchy",
        **SHORT,
        **settings,
    }
    given["baseline"] = known(load_design, given["baseline"])
    given["designs"] = [known(load_design, entry) for entry in given["designs"]]
    given["communities"] = [known(load_community, entry) for entry in given["communities"]]
    return Study(**given)


def known(load: Callable[[str], Any], entry: Any) -> Any:
    """What a name stands for; everything else as it is."""
    return read(load, entry) if isinstance(entry, str) else entry


@cache
def read(load: Callable[[str], Any], name: str) -> Any:
    return load(name)


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Made]:
    """Make a stored study: ``made(value, **settings of the study)``."""

    def make_one(value: Callable[[str, int, str], float], **settings: Any) -> Made:
        own = ("failed", "absent", "reached", "versions", "at_draws")
        kept = {key: settings.pop(key) for key in own if key in settings}
        return Made(study(**settings), value, tmp_path, **kept)

    return make_one


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The report of a stored study without its figures, which are slow."""

    def without_figures(stored: Any, lang: str = "en", baseline: str | None = None) -> str:
        monkeypatch.setattr(make, "result_pictures", lambda *_: [])
        monkeypatch.setattr(make, "place_picture", lambda *_: None)
        return make.report(stored, lang, baseline)

    return without_figures


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The report of a stored study with captions and descriptions of its figures, which are not drawn."""
    monkeypatch.setattr(
        pictures, "picture", lambda draw, caption, alt: pictures.Picture(caption, alt, "data:,")
    )
    return make.report


@pytest.fixture
def words() -> Words:
    return Words("en")


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A small study that was run, with places, stored in a folder."""
    folder = tmp_path_factory.mktemp("results") / "ran"
    question = "Does <script>alert('it')</script> work & for whom?"
    asked = {"question": question, "question_zh": "真的有用吗？"}
    return run_study(study(name="ran", **asked, replicates=2, places=True), folder, engine="serial")

"""The studies of draws that go with a study: its assumptions drawn, or moved group by group, by community."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cogov.assumptions import Assumption, assumptions
from cogov.kit.errors import StudyError
from cogov.kit.files import folder_name
from cogov.study.parameters import Range
from cogov.study.study import Study

FOLDER = "robustness"
"""Where the studies of draws are, in the folder of the study they are of."""
SCREENING = "screening"
"""Where those of screenings are."""
UNITS = {"draws": ("draws", "draw"), "screening": ("trajectories", "trajectory")}
"""What is counted in each plan, in words."""


def assumed(study: Study, community: str) -> list[Assumption]:
    """What is drawn of a study with robustness in one of its communities."""
    profile = next(entry for entry in study.communities if entry.name == community)
    every = {entry.path: entry for entry in assumptions(study.arms, profile, study.processes)}
    return [] if study.robustness is None else [every[path] for path in study.robustness.chosen(every)]


def drawn(study: Study, folder: Path) -> dict[Path, Study]:
    """The studies of draws and of screenings of a study with robustness, by their folders.

    Empty without it.

    Raises
    ------
    ConfigError
        If there is nothing to draw.
    """
    rule = study.robustness
    if rule is None:
        return {}
    found = {}
    plans = {FOLDER: ("draws", rule.draws), SCREENING: ("screening", rule.screening)}
    for community in study.communities:
        chosen = assumed(study, community.name)
        ranges = {entry.path: Range.of(entry) for entry in chosen}
        for where, (kind, samples) in plans.items():
            if samples:
                found[folder / where / folder_name(community.name)] = study.with_(
                    name=community.name,
                    question=f"{study.name}: how sure is it, over all that is assumed?",
                    question_zh=f"{study.name}：在所有假定之下有多可靠？",
                    communities=(community,),
                    parameters=dict(sorted(ranges.items())),
                    plan={"kind": kind, "samples": samples, "seed": rule.seed},
                    replicates=1,
                    robustness=None,
                    places=False,
                )
    return found


def refusals(studies: Iterable[Study]) -> list[str]:
    """Draws that are left out because a value does not go with another, in words, a line a study of draws.

    Raises
    ------
    StudyError
        If it is so many that what remains says little.
    """
    lines = []
    for part in studies:
        if part.refused:
            draw, why = next(iter(part.refused.items()))
            many, one = UNITS[part.plan.kind]
            text = f"{len(part.refused)} of {part.plan.samples} {many} are left out under every design"
            lines.append(f"{part.name}: {text}; the first, {one} {draw}: {why.splitlines()[0]}")
            if 2 * len(part.refused) > part.plan.samples:
                raise StudyError(
                    f"{lines[-1]}\nMore than half: narrow what is drawn with robustness.without, or give"
                    " assumptions of your own that go together"
                )
    return lines

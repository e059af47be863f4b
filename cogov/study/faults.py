"""What is wrong with a study, of what can be seen without putting levels into anything."""

from __future__ import annotations

from collections.abc import Iterator

from cogov.analysis.precision import Replicates
from cogov.kit.errors import shown, unknown
from cogov.kit.fields import name_fault
from cogov.outcomes import MEASURES
from cogov.study.asked import Asked
from cogov.study.identity import fingerprint


def faults(study: Asked) -> Iterator[str]:
    """Faults of names, measures and draws, in words."""
    yield from _names(study)
    yield from _measures(study)
    yield from _drawn(study)


def _names(study: Asked) -> Iterator[str]:
    if fault := name_fault(study.name):
        yield f"study.name = {shown(study.name)}: {fault}; its folder is named after it"
    for key in ("communities", "designs"):
        names = [entry.name for entry in getattr(study, key)]
        if not names:
            yield f"study.{key}: must have at least one entry"
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"study.{key}: {name!r} is given more than once; what differs needs a name of its own"
    for design in study.designs:
        if design.name == study.baseline.name and fingerprint(design) != fingerprint(study.baseline):
            yield f"study.designs: {design.name!r} has the name of the baseline and other mechanisms"
    if isinstance(study.replicates, Replicates) and len(study.arms) == 1:
        yield f"study.replicates: a precision needs a design to compare with {study.baseline.name}"


def _drawn(study: Asked) -> Iterator[str]:
    if study.robustness and study.parameters:
        yield (
            "study.robustness: the assumptions are drawn at the designs' own values; leave out"
            " parameters, or make two studies"
        )
    if study.robustness and len(study.arms) == 1:
        yield f"study.robustness: needs a design to compare with {study.baseline.name}"
    if study.plan.all_at_once and study.replicates != 1:
        yield (
            f"study.replicates: in a plan of kind {study.plan.kind} every draw or trajectory has a seed of"
            " its own; replicates=1"
        )


def _measures(study: Asked) -> Iterator[str]:
    for key, kind in (("outcomes", "outcome"), ("trajectories", "weekly")):
        allowed = [
            name
            for name, measure in MEASURES.items()
            if getattr(measure, kind) and (study.shocks or not name.startswith("shock_"))
        ]
        given = getattr(study, key)
        for name in given:
            if name not in allowed:
                what = "weekly measure" if kind == "weekly" else "measure"
                yield unknown(what, name, allowed, f"study.{key}")
        if len(set(given)) < len(given):
            yield f"study.{key}: every measure must be named once only"
        if not given:
            yield f"study.{key}: must name at least one measure"

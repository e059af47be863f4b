"""What a search found, in sentences that a decision maker can repeat, and as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from cogov.outcomes import MEASURES
from cogov.report.numbers import Quantity
from cogov.search.drawn import Draws
from cogov.search.found import SearchResult
from cogov.search.judge import runs_needed
from cogov.search.search import LIMITS
from cogov.search.seek import Fate
from cogov.search.texts import listed, text, together
from cogov.words import design as called
from cogov.words import label

MEANT = {"hours": "hours_committee", "yuan": "cost_money"}
"""A measure with the unit of what a limit adds up."""


def sentences(found: SearchResult, lang: str = "en") -> list[str]:
    """What was found, what its intervals cover, and what is promised of what was dropped."""
    return [*_answer(found, lang), *_named(found, lang), *_sure(found, lang)]


def budget(found: SearchResult, lang: str) -> str:
    """The budget in words."""
    search = found.search
    if not search.budget:
        return text("without", lang)
    limits = [
        text(f"limit_{key}" if key in LIMITS else "limit", lang, most=most, measure=measure(key, lang))
        for key, most in search.budget.items()
    ]
    return text("within", lang, limits=together(limits, lang), baseline=base_name(found, lang))


def measure(name: str, lang: str = "en") -> str:
    """What a goal or limit is called within a sentence."""
    if name in LIMITS:
        return text(name, lang)
    return label(name, lang) if lang == "zh" else name


def base_name(found: SearchResult, lang: str) -> str:
    """What the baseline is called."""
    base = found.search.baseline
    return called(base.name, lang, {base.name: base.zh})


def quantity(found: SearchResult, name: str, lang: str = "en") -> Quantity:
    """How values of a goal or limit are written."""
    rows = found.points[found.points["measure"] == name]
    return Quantity.of(MEANT.get(name, name), rows["difference"], lang, [*rows["low"], *rows["high"]])


def _answer(found: SearchResult, lang: str) -> Iterator[str]:
    search, sought = found.search, found.sought
    number, size = len(sought.candidates), search.space.size
    tried = text("all" if sought.complete else "some", lang, n=number, size=f"{size:,}")
    about = {
        "tried": tried,
        "community": called(search.community.name, lang, {search.community.name: search.community.zh}),
        "goals": together((measure(goal, lang) for goal in search.goals), lang),
        "budget": budget(found, lang),
        "n": len(sought.front),
    }
    key = {0: "nobody", 1: "one"}.get(len(sought.front), "several")
    yield text(key, lang, **about)
    for place, goal in enumerate(search.goals):
        if sought.front:
            yield _best(found, place, goal, lang)
    everywhere, nowhere = found.common()
    if len(sought.front) > 1:
        zh = {mechanism.name: mechanism.zh for mechanism in search.space.mechanisms}
        for key, names in (("in_all", everywhere), ("in_none", nowhere)):
            if names:
                yield text(key, lang, names=listed((called(name, lang, zh) for name in names), lang))


def _best(found: SearchResult, place: int, goal: str, lang: str) -> str:
    rows = found.points[(found.points["measure"] == goal) & (found.points["front"] > 0)]
    row = rows.iloc[int((rows["raced"] * MEASURES[goal].better).argmax())]
    name, number = str(row["design"]), int(row["front"])
    if name == found.search.baseline.name:
        return text(
            "best_baseline", lang, goal=measure(goal, lang), n=number, baseline=base_name(found, lang)
        )
    written = quantity(found, goal, lang)
    mine = found.points[found.points["design"] == name].set_index("measure")["difference"]
    costs = {
        key: quantity(found, key, lang).change_with_unit(float(mine[key])).removeprefix("+") for key in LIMITS
    }
    return text(
        "best",
        lang,
        goal=measure(goal, lang),
        n=number,
        change=written.sentence(row["difference"], row["low"], row["high"]),
        baseline=base_name(found, lang),
        **costs,
    )


def _named(found: SearchResult, lang: str) -> Iterator[str]:
    """What became of the designs that took part in any case."""
    sought = found.sought
    for design in found.search.designs:
        candidate = sought.candidates[design.name]
        name = called(design.name, lang, {design.name: design.zh})
        match candidate.fate:
            case Fate.FRONT:
                yield text("named_front", lang, name=name, n=sought.front.index(design.name) + 1)
            case Fate.OVER:
                yield text("named_over", lang, name=name, by=_over(found, design.name, lang))
            case Fate.BEATEN:
                by = text("tried_one", lang, name=candidate.by)
                if candidate.by in sought.front:
                    by = text("design_n", lang, n=sought.front.index(candidate.by) + 1)
                yield text("named_beaten", lang, name=name, by=by)
            case Fate.FAILED:
                yield text("named_failed", lang, name=name)
            case _:
                yield text("named_alike", lang, name=name)


def _over(found: SearchResult, name: str, lang: str) -> str:
    """What a design takes of each limit that it does not keep."""
    mine = found.points[found.points["design"] == name].set_index("measure")["mean"]
    over = [
        text(
            "over_by",
            lang,
            name=measure(key, lang),
            value=quantity(found, key, lang).change_with_unit(float(mine[key])),
            most=most,
        )
        for key, most in found.search.budget.items()
        if float(mine[key]) > most
    ]
    return listed(over, lang)


def _sure(found: SearchResult, lang: str) -> Iterator[str]:
    search, sought = found.search, found.sought
    if len(sought.front) > 1:
        held = sum(found.holds.values())
        yield text("holds", lang, held=held, n=len(sought.front))
    if search.quantile is not None:
        part, needed = f"{100 * search.quantile:g}", runs_needed(search.quantile)
        yield text("judged", lang, part=part)
        key = "covers_quantile" if search.fresh >= needed else "covers_no_quantile"
        yield text(key, lang, part=part, fresh=search.fresh, needed=needed)
    elif search.robustness is None:
        yield text("covers", lang, fresh=search.fresh)
    else:
        yield text("covers_draws", lang, fresh=search.fresh, assumed=len(Draws(search).paths))
    for goal in search.goals if sought.front else ():
        rows = found.points[(found.points["front"] > 0) & (found.points["measure"] == goal)]
        better = float(np.mean((rows["raced"] - rows["difference"]) * MEASURES[goal].better))
        by = quantity(found, goal, lang).change_with_unit(better).removeprefix("+")
        if better > 0 and re.search("[1-9]", by):
            yield text("curse", lang, by=by, goal=measure(goal, lang))
    yield text(
        "promise" if search.quantile is None else "promise_budget",
        lang,
        entrants=sought.entrants,
        screened=len(sought.candidates) - sought.entrants,
        runs=search.screening,
    )
    yield text("saved", lang, runs=found.runs, every=len(sought.candidates) * search.most)

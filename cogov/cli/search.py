"""What ``cogov search`` does: say what it takes, search, say what was found."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from cogov.cli import printing
from cogov.cli.study import Bar
from cogov.kit.typed import typed
from cogov.search.found import FRONT, SearchResult
from cogov.search.search import LIMITS, Search
from cogov.search.settings import Execution, Price, price, search_designs
from cogov.search.tell import quantity, sentences

if TYPE_CHECKING:
    from rich.table import Table


def run(search: Search, how: Execution) -> int:
    """Search, or say what it would take; returns the exit code."""
    folder = how.folder(search)
    cost = price(search, how.engine, folder)
    if how.format == "json":
        if how.dry_run:
            print(
                json.dumps({"search": search.name, "folder": str(folder), **asdict(cost), "runs": cost.runs})
            )
            return 0
    else:
        printing.show(_priced(search, cost, how))
        if how.dry_run:
            return 0
    with Bar(search.name) as bar:
        found = search_designs(search, folder, engine=how.engine, on_progress=bar.moved)
    if how.format == "json":
        print(json.dumps(found.as_dict(), ensure_ascii=False, allow_nan=False))
    else:
        printing.show(_shown(found))
    return 0


def _priced(search: Search, cost: Price, how: Execution) -> list[str]:
    goals = ", ".join(search.goals)
    limits = ", ".join(f"{key} {most:g}" for key, most in search.budget.items()) or "none"
    return [
        f"{search.name}: {goals} in {search.community.name} → {how.folder(search)}",
        f"  budget       {limits}, beyond {search.baseline.name}",
        f"  mechanisms   {len(search.space.mechanisms)} on or off, {len(search.space.parameters)} parameters:"
        f" {cost.space:,} designs, of which {cost.designs:,} are tried at most",
        f"  runs         {cost.runs:,} at most ({cost.screening:,} to screen, {cost.race:,} in the race,"
        f" {cost.fresh:,} on fresh seeds); {cost.there:,} are there",
        f"  time         {printing.duration(cost.hours * 3600)} at most, if none were there"
        f" ({cost.seconds:.2f} s for the run that was timed)",
        "",
    ]


def _shown(found: SearchResult) -> list[Table | str]:
    said = [(str(number), f"{one}.") for number, one in enumerate(sentences(found), 1)]
    last: list[Table | str] = [""]
    if found.sought.front:
        first = typed(found.folder / FRONT / "1.yaml")
        last += [_front(found), f"next: cogov diff {found.search.baseline.name} {first}"]
    return [*(text for _, text in said), *last]


def _front(found: SearchResult) -> Table:
    """The front: a row a design, a column a goal, what it takes, and what it has."""
    columns = list(dict.fromkeys((*found.search.goals, *LIMITS, *found.search.limits)))
    written = {name: quantity(found, name) for name in columns}
    rows = []
    for number, name in enumerate(found.sought.front, 1):
        mine = found.points[found.points["design"] == name].set_index("measure")
        cells = []
        for column in columns:
            form = written[column]
            change, low, high = (float(mine[key][column]) for key in ("difference", "low", "high"))
            cells.append(f"{form.change_with_unit(change)} {form.interval(low, high)}")
        has = ", ".join(found.shown(found.sought.candidates[name].design))
        rows.append((str(number), *cells, has))
    return printing.table("", ("design", *columns, "mechanisms"), rows)

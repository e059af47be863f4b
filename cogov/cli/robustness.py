"""What ``cogov study robustness DIR`` prints: what decides, what to find out, and where a design loses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from cogov.analysis.corner import Corner
from cogov.analysis.decides import LEVEL
from cogov.cli import printing
from cogov.kit.errors import ConfigError
from cogov.kit.options import options
from cogov.study.drawn import assumed
from cogov.study.stored import StoredStudy
from cogov.words import say

if TYPE_CHECKING:
    from rich.table import Table

MOST = 6
"""Groups, and assumptions, that are shown."""


def show(stored: StoredStudy, words: Sequence[str]) -> None:
    """Print what the draws of the assumptions say of one design and outcome.

    Raises
    ------
    CogovError
        If there are no draws, or no such design, outcome or community.
    """
    chosen = options(
        "robustness", words, {"design": "", "outcome": "", "community": "", "to": "", "format": "table"}
    )
    if chosen["format"] not in ("table", "json"):
        raise ConfigError(f"format = {chosen['format']!r}: must be table or json")
    drawn = stored.robustness
    outcome = stored.known_outcomes(chosen["outcome"] or None)[0]
    about: dict[str, Any] = {
        "design": chosen["design"] or None,
        "outcome": outcome,
        "community": chosen["community"] or None,
    }
    decides, worth = drawn.what_decides(**about), drawn.worth_knowing(**about)
    corner = drawn.corner(**about)
    community = chosen["community"] or next(iter(drawn.runs))
    docs = {entry.path: entry.doc for entry in assumed(stored.study, community)}
    drawable = corner is not None and len(corner.limits) > 0
    if chosen["to"] and corner is not None and drawable:
        from cogov.figures import corner as draw  # figures take a second to import
        from cogov.figures import save

        values, each = drawn.differences(**about)
        save(draw(values, each, corner, outcome=outcome), chosen["to"])
    if chosen["format"] == "json":
        tables = {"decides": decides, "worth_knowing": worth}
        content: dict[str, Any] = {
            name: json.loads(table.to_json(orient="records", double_precision=15))
            for name, table in tables.items()
        }
        content["corner"] = None if corner is None else _plain(corner)
        print(json.dumps({"outcome": outcome, **content}, ensure_ascii=False, allow_nan=False))
        return
    printing.show([*_decides(decides, outcome), "", *_worth(worth, docs), "", *_corner(corner)])
    if chosen["to"]:
        print(f"written: {chosen['to']}" if drawable else say("corner_undrawn"))


def _decides(table: pd.DataFrame, outcome: str) -> Iterator[Table | str]:
    """Groups and assumptions that explain most, and what could have been seen."""
    if table.empty:
        yield say("decides_few")
        return
    single = table["group"] != ""
    numbers = ("share [95 %]", "p", "lowest third", "highest third")
    for title, part in (("groups", table[~single]), ("assumptions", table[single])):
        rows = []
        for _, row in part.iloc[:MOST].iterrows():
            share = f"{100 * row['share']:.0f} % [{100 * row['low']:.0f}, {100 * row['high']:.0f}]"
            ends = ("", "", "")
            if title == "assumptions":
                first, second = (printing.number(row[key]) for key in ("first", "second"))
                ends = (first, second, "turns it" if row["turns"] else "")
            rows.append((str(row["of"]), share, f"{row['p']:.3f}", *ends))
        columns = (f"what decides {outcome}: {title}", *numbers, "")
        yield printing.table("", columns, rows, numbers)
    found = int((table.loc[single, "p"] < LEVEL).sum())
    seen = float(table.loc[single, "seen"].median())
    yield say("decides_found" if found else "decides_none", n=found, share=f"{100 * seen:.0f} %")


def _worth(table: pd.DataFrame, docs: dict[str, str]) -> Iterator[Table | str]:
    """What to find out, in the words of the assumptions, as far as it is more than noise."""
    if table.empty:
        return
    wrong = f"{100 * table['wrong'].iloc[0]:.0f} %"
    yield say("worth_now", wrong=wrong)
    some = table[(table["p"] < LEVEL) & (table["gain"] > 0)]
    for _, row in some.iloc[:MOST].iterrows():
        path = str(row["parameter"])
        after = f"{100 * row['wrong_after']:.0f} %"
        yield say("worth_one", what=docs.get(path, path), path=path, after=after)
    if some.empty:
        yield say("worth_none")


def _corner(corner: Corner | None) -> Iterator[Table | str]:
    """The box in which the design loses, and the leaves of a tree."""
    if corner is None:
        yield say("corner_none")
        return
    values = {
        name: f"{100 * getattr(corner, name):.0f} %" for name in ("density", "coverage", "support", "loses")
    }
    yield say("corner_found" if len(corner.limits) else "corner_nowhere", **values)
    numbers = ("from", "to", "quasi-p")
    rows = [
        (str(row["parameter"]), f"{row['low']:.4g}", f"{row['high']:.4g}", f"{row['quasi_p']:.2g}")
        for _, row in corner.limits.iterrows()
    ]
    if rows:
        yield printing.table("", ("corner (PRIM)", *numbers), rows, numbers)
    leaf = corner.leaves.iloc[0]
    yield say(
        "corner_tree",
        rule=leaf["rule"] or "–",
        density=f"{100 * leaf['density']:.0f} %",
        coverage=f"{100 * leaf['coverage']:.0f} %",
    )


def _plain(corner: Corner) -> dict[str, Any]:
    tables = {name: getattr(corner, name).to_dict("records") for name in ("limits", "leaves")}
    numbers = ("density", "coverage", "support", "loses", "draws")
    return {**{name: getattr(corner, name) for name in numbers}, **tables}

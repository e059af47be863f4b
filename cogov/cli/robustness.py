"""What ``cogov study robustness DIR`` prints: what decides, what to find out, and where a design loses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cogov.analysis.corner import Corner
from cogov.analysis.decides import LEVEL
from cogov.analysis.findings import direction, margins
from cogov.analysis.sensitivity import may_move
from cogov.assumptions import Assumption
from cogov.cli import printing
from cogov.kit.errors import ConfigError
from cogov.kit.options import options
from cogov.study.drawn import assumed
from cogov.study.stored import StoredStudy
from cogov.words import check_language, design, label, parameter, say, unit

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
        "robustness",
        words,
        {"design": "", "outcome": "", "community": "", "to": "", "lang": "en", "format": "table"},
    )
    lang = chosen["lang"]
    check_language(lang)
    if chosen["format"] not in ("table", "json"):
        raise ConfigError(f"format = {chosen['format']!r}: must be table or json")
    drawn = stored.robustness
    outcome = stored.known_outcomes(chosen["outcome"] or None)[0]
    about: dict[str, Any] = {
        "design": chosen["design"] or None,
        "outcome": outcome,
        "community": chosen["community"] or None,
    }
    matters = float(margins([outcome], stored.matters)[0])
    screened = drawn.screening(**about) if drawn.screenings else None
    if screened is not None and not drawn.runs:
        if chosen["format"] == "json":
            print(json.dumps({"outcome": outcome, "screening": _records(screened)}, allow_nan=False))
        else:
            printing.show(_screened(screened, outcome, matters, lang))
        return
    decides, worth = drawn.what_decides(**about), drawn.worth_knowing(**about)
    corner = drawn.corner(**about)
    values, each = drawn.differences(**about)
    drawable = corner is not None and len(corner.limits) > 0
    if chosen["to"] and corner is not None and drawable:
        from cogov.figures import corner as draw  # figures take a second to import
        from cogov.figures import save

        save(draw(values, each, corner, outcome=outcome, lang=lang), chosen["to"])
    if chosen["format"] == "json":
        content: dict[str, Any] = {} if screened is None else {"screening": _records(screened)}
        content |= {"decides": _records(decides), "worth_knowing": _records(worth)}
        content["corner"] = None if corner is None else _plain(corner)
        print(json.dumps({"outcome": outcome, **content}, ensure_ascii=False, allow_nan=False))
        return
    community = chosen["community"] or next(iter(drawn.runs))
    about_them = {entry.path: entry for entry in assumed(stored.study, community)}
    arm = drawn.design(about["design"])
    better = arm if (direction(outcome) or 1) * np.nanmean(each) > 0 else stored.baseline
    names = {each.name: each.zh for each in stored.study.designs}
    printing.show(
        [
            *_where(stored, outcome, arm, community, each, lang),
            *(() if screened is None else (*_screened(screened, outcome, matters, lang), "")),
            *_decides(decides, outcome, about_them, lang),
            "",
            *_worth(worth, about_them, design(better, lang, names), lang),
            "",
            *_corner(corner, lang),
        ]
    )
    if chosen["to"]:
        print(f"written: {chosen['to']}" if drawable else say("corner_undrawn", lang))


def _where(
    stored: StoredStudy, outcome: str, arm: str, community: str, each: NDArray[np.float64], lang: str
) -> Iterator[str]:
    """Where among the draws the difference at the default values lies."""
    table = stored.compare(outcome)
    mine = table[(table["design"] == arm) & (table["community"] == community)]
    default = float(mine["difference"].iloc[0]) if len(mine) else np.nan
    each = each[np.isfinite(each)]
    if np.isfinite(default) and len(each):
        below = f"{100 * (each < default).mean():.0f} %"
        numbers = {"default": printing.number(default), "mean": printing.number(each.mean())}
        yield say("default_where", lang, outcome=_called(outcome, lang), below=below, **numbers)
        yield ""


def _called(outcome: str, lang: str) -> str:
    """An outcome as one types it, or in Chinese as it is called."""
    return outcome if lang == "en" else label(outcome, lang)


def _group(name: str, lang: str) -> str:
    return name if lang == "en" else parameter(f"{name}.", lang)


def _meaning(path: str, about: Mapping[str, Assumption], lang: str) -> str:
    """What an assumption means, as far as that is said in the language."""
    return about[path].doc if lang == "en" else parameter(path, lang)


def _screened(table: pd.DataFrame, outcome: str, matters: float, lang: str) -> Iterator[Table | str]:
    """How far groups of assumptions move the difference."""
    columns = (
        say("column_moves", lang, outcome=_called(outcome, lang)),
        say("column_assumptions", lang),
        say("column_moved", lang),
    )
    rows = [
        (
            _group(str(row["group"]), lang),
            str(row["parameters"]),
            "{} [{}, {}]".format(*map(printing.number, three)),
        )
        for (_, row), three in zip(
            table.iloc[:MOST].iterrows(), table[["moves", "low", "high"]].to_numpy(), strict=False
        )
    ]
    yield printing.table("", columns, rows, columns[1:])
    luck = float(table["luck"].iloc[0])
    yield say("screened", lang, n=int(table["trajectories"].iloc[0]), luck=printing.number(luck))
    more, size = may_move(table, matters)
    key = "screened_more" if more else "screened_none"
    yield say(key, lang, names=", ".join(more), size=printing.number(size))


def _decides(
    table: pd.DataFrame, outcome: str, about: Mapping[str, Assumption], lang: str
) -> Iterator[Table | str]:
    """Groups and assumptions that explain most, and what could have been seen."""
    if table.empty:
        yield say("decides_few", lang)
        return
    single = table["group"] != ""
    numbers = tuple(say(f"column_{name}", lang) for name in ("share", "p", "lowest", "highest"))
    for title, part in (("groups", table[~single]), ("assumptions", table[single])):
        rows = []
        for _, row in part.iloc[:MOST].iterrows():
            share = f"{100 * row['share']:.0f} % [{100 * row['low']:.0f}, {100 * row['high']:.0f}]"
            ends = ("", "", "")
            if title == "assumptions":
                first, second = (printing.number(row[key]) for key in ("first", "second"))
                ends = (first, second, say("column_turns", lang) if row["turns"] else "")
            of = str(row["of"])
            named = _group(of, lang) if title == "groups" else of
            rows.append((named, share, f"{row['p']:.3f}", *ends))
        columns = (say(f"column_{title}_decide", lang, outcome=_called(outcome, lang)), *numbers, "")
        yield printing.table("", columns, rows, numbers)
    some = table[single & (table["p"] < LEVEL)]
    found = len(some)
    seen = float(table.loc[single, "seen"].median())
    yield say("decides_found" if found else "decides_none", lang, n=found, share=f"{100 * seen:.0f} %")
    for _, row in some.iloc[:MOST].iterrows():
        entry = about[str(row["of"])]
        given = {key: f"{getattr(entry, key):g}" for key in ("default", "low", "high")}
        said = {key: printing.number(row[key]) for key in ("first", "second")}
        measured = f" ({unit(entry.unit, lang)})" if entry.unit else ""
        what = _meaning(entry.path, about, lang)
        yield say("decides_says", lang, what=what, path=entry.path, unit=measured, **given, **said)


def _worth(
    table: pd.DataFrame, about: Mapping[str, Assumption], better: str, lang: str
) -> Iterator[Table | str]:
    """What to find out, in the words of the assumptions, as far as it is more than noise."""
    if table.empty:
        return
    wrong = f"{100 * table['wrong'].iloc[0]:.0f} %"
    yield say("worth_now", lang, wrong=wrong, design=better)
    some = table[(table["p"] < LEVEL) & (table["gain"] > 0)]
    for _, row in some.iloc[:MOST].iterrows():
        path = str(row["parameter"])
        after = f"{100 * row['wrong_after']:.0f} %"
        what = _meaning(path, about, lang)
        yield say("worth_one", lang, what=what, path=path, after=after, wrong=wrong)
    if some.empty:
        yield say("worth_none", lang)


def _corner(corner: Corner | None, lang: str) -> Iterator[Table | str]:
    """The box in which the design loses, and the leaves of a tree."""
    if corner is None:
        yield say("corner_none", lang)
        return
    values = {
        name: f"{100 * getattr(corner, name):.0f} %" for name in ("density", "coverage", "support", "loses")
    }
    yield say("corner_found" if len(corner.limits) else "corner_nowhere", lang, **values)
    numbers = tuple(say(f"column_{name}", lang) for name in ("from", "to", "quasi_p"))
    rows = [
        (str(row["parameter"]), f"{row['low']:.4g}", f"{row['high']:.4g}", f"{row['quasi_p']:.2g}")
        for _, row in corner.limits.iterrows()
    ]
    if rows:
        yield printing.table("", (say("column_corner", lang), *numbers), rows, numbers)
    if not rows:  # a tree always finds something
        return
    leaf = corner.leaves.iloc[0]
    yield say(
        "corner_tree",
        lang,
        rule=leaf["rule"] or "–",
        density=f"{100 * leaf['density']:.0f} %",
        coverage=f"{100 * leaf['coverage']:.0f} %",
    )


def _records(table: pd.DataFrame) -> Any:
    return json.loads(table.to_json(orient="records", double_precision=15))


def _plain(corner: Corner) -> dict[str, Any]:
    tables = {name: getattr(corner, name).to_dict("records") for name in ("limits", "leaves")}
    numbers = ("density", "coverage", "support", "loses", "draws")
    return {**{name: getattr(corner, name) for name in numbers}, **tables}

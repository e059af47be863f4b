"""Tables for the terminal: readable at 80 columns, in a pipe, and with Chinese text."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cogov.kit.typed import word
from cogov.words import outcome_unit, say

if TYPE_CHECKING:
    import pandas as pd

    from cogov.simulation import Result


NARROWEST = 12
"""Columns of the screen that a column of words keeps."""


ENDLESS = 100_000
"""Columns of what is no terminal."""


class Screen(Console):
    """Standard output; nothing in the text is taken for markup, and a closed pipe is the caller's to end.

    What is no terminal gets no colours, whatever the environment asks for, and lines of any length: whoever
    reads a pipe cuts and searches lines.
    """

    def __init__(self) -> None:
        terminal = sys.stdout.isatty()
        super().__init__(
            markup=False,
            highlight=False,
            emoji=False,
            force_terminal=terminal,
            width=None if terminal else ENDLESS,
        )

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def progress(unit: str) -> Progress:
    """A progress bar on standard error, drawn only where somebody is looking."""
    screen = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
        console=screen,
        disable=not screen.is_terminal,
        transient=True,
    )


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()
) -> Table:
    """A plain table; the columns in ``right`` hold numbers and are never broken."""
    result = Table(
        title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, collapse_padding=True
    )
    for position, column in enumerate(columns):
        number = column in right
        result.add_column(
            column, justify="right" if number else "left", no_wrap=number or position == 0, overflow="fold"
        )
    for row in rows:
        result.add_row(*row)
    return result


def number(value: float, decimals: int | None = None) -> str:
    """Four significant digits unless told how many decimals; a dash for what does not exist."""
    if not math.isfinite(value):
        return "–"
    if decimals is None:
        decimals = 0 if float(value).is_integer() else _decimals([value])
    return f"{value:,.{decimals}f}"


def _decimals(values: Iterable[float]) -> int:
    """Decimals that show the largest of some numbers with four significant digits."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return 0 if largest == 0 else min(6, max(0, 3 - math.floor(math.log10(largest))))


def listing(what: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Rows of `cogov.cli.catalogue` for a terminal: name, Chinese name and source, meaning and unit."""
    if rows and "low" in rows[0]:
        return _assumptions(what, rows)
    chinese = any(row.get("zh") for row in rows)
    lines = []
    for row in rows:
        zh = row.get("zh") or ""
        text = _with_unit(row["summary"], row.get("unit") or "")
        if row.get("source"):
            zh = f"{zh} ({row['source']})"
        lines.append((row["name"], zh, text) if chinese else (row["name"], text))
    sourced = any(row.get("source") for row in rows)
    return table("", (what, *(["中文 (source)" if sourced else "中文"] if chinese else []), "summary"), lines)


def _assumptions(what: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Assumed numbers: how each is taken, in which range it may well lie, what it means."""
    lines = [
        (
            row["name"],
            row["zh"],
            "×" if row["factor"] else word(row["default"]),
            f"{word(row['low'])} – {word(row['high'])}{' log' if row['log'] else ''}",
            f"{_with_unit(row['summary'], row['unit'])} [{row['source']}]",
        )
        for row in rows
    ]
    return table("", (what, "中文", "default", "plausible", "meaning [source]"), lines)


def run_tables(run: Result) -> list[Table | str]:
    """Outcomes of a run and one line on the run itself."""
    from cogov.outcomes import MEASURES

    rows = [
        (name, number(value), _with_unit(MEASURES[name].doc, outcome_unit(name)))
        for name, value in run.outcomes.items()
    ]
    title = f"{run.community} · {run.design} · seed {run.seed}"
    lived = "" if run.run_in is None else ", and lived in,"
    return [
        table(title, ("outcome", "value", "meaning (unit)"), rows, ("value",)),
        f"{run.residents:,} residents, {run.weeks} weeks: built{lived} in {run.build_seconds:.2f} s,"
        f" run in {run.run_seconds:.2f} s, peak memory {run.peak_mb:.0f} MB",
        *run_in(run),
        f"digest {run.digest}",
    ]


def run_in(run: Result) -> Iterator[str]:
    """How long the run-in was, and what still moved at its end."""
    if run.run_in is None:
        return
    still = f"what still moved then: {', '.join(run.unsettled)}" if run.unsettled else "all stood still then"
    yield f"{len(run.run_in)} weeks of run-in before the first recorded one; {still}"


def _with_unit(text: str, unit: str) -> str:
    return f"{text} ({unit})" if unit else text


def sentences(title: str, parts: Iterable[tuple[str, str]]) -> Table:
    """Sentences beside a word or two that say what they are about."""
    result = Table(
        title=title, box=None, title_justify="left", title_style="bold", show_header=False, pad_edge=False
    )
    result.add_column(no_wrap=True)
    result.add_column(overflow="fold")
    for head, text in parts:
        result.add_row(head, text)
    return result


def comparison_table(comparison: pd.DataFrame, baseline: str, varied: Sequence[str] = ()) -> Table:
    """Mean, paired difference and what that comes to, by outcome and design.

    Parameters
    ----------
    comparison : DataFrame
        As `cogov.analysis.compare`, or `cogov.analysis.pooled`, gives it.
    varied : sequence of str
        Columns besides ``design`` that tell rows apart (``community``, parameters).
    """
    numbers = ("mean", "difference [95 %]")
    result = table(
        f"Paired differences from {baseline} with 95 % intervals",
        ("outcome / design", *numbers, "finding"),
        (),
        numbers,
    )
    for outcome, part in comparison.groupby("outcome", sort=False):
        decimals = _decimals([*part["difference"], *part["low"], *part["high"]]) - 1
        decimals = max(0, decimals)
        size = part["matters"].iloc[0]
        matters = "" if math.isnan(size) else f"matters from {size:g}"
        result.add_row(str(outcome), "", outcome_unit(str(outcome)), matters)
        levels = part["baseline"].dropna().unique()
        if len(levels) == 1:  # in several communities, or with parameters of its own, it has many
            result.add_row(f"  {baseline}", number(levels[0], decimals))
        for _, row in part.iterrows():
            label = ", ".join(
                [str(row["design"]), *(word(row[key]) for key in varied if row[key] == row[key])]
            )
            cells = (number(row["mean"], decimals), _with_bounds(row, decimals), _finding(row))
            result.add_row(f"  {label}", *cells)
        result.add_section()
    return result


def robust_table(robust: pd.DataFrame, comparison: pd.DataFrame, varied: Sequence[str] = ()) -> Table:
    """Differences over assumptions first, then over seeds at the default values, by outcome and design.

    Parameters
    ----------
    robust : DataFrame
        As `cogov.analysis.robust.robust` gives it.
    comparison : DataFrame
        As `cogov.analysis.compare` gives it, of the same study.
    varied : sequence of str
        Columns besides ``design`` that tell rows apart (``community``).
    """
    numbers = ("difference [95 %]", "best", "sign holds")
    result = table(
        f"Differences from the baseline over {robust['draws'].max():,} draws of the assumptions",
        ("outcome / design", *numbers, "finding"),
        (),
        numbers,
    )
    keys = [*varied, "design"]
    for outcome, part in robust.groupby("outcome", sort=False):
        seeds = comparison[comparison["outcome"] == outcome].set_index(keys)
        decimals = max(0, _decimals([*part["difference"], *part["low"], *part["high"]]) - 1)
        size = part["matters"].iloc[0]
        matters = "" if math.isnan(size) else f"matters from {size:g}"
        result.add_row(str(outcome), outcome_unit(str(outcome)), "", "", matters)
        for _, row in part.iterrows():
            label = ", ".join([str(row["design"]), *(str(row[key]) for key in varied)])
            shares = (_per_cent(row[key]) for key in ("prob_best", "holds"))
            result.add_row(f"  {label}", _with_bounds(row, decimals), *shares, _finding(row))
            key = tuple(row[name] for name in keys)
            if key in seeds.index or key[-1] in seeds.index:
                other = seeds.loc[key if len(key) > 1 else key[0]]
                cells = (_with_bounds(other, decimals), _per_cent(other["prob_best"]), "", _finding(other))
                result.add_row("    over seeds only", *cells)
        result.add_section()
    return result


def _with_bounds(row: pd.Series, decimals: int) -> str:
    low, high = (number(row[key], decimals) for key in ("low", "high"))
    return number(row["difference"], decimals) + f" [{low}, {high}]"


def _per_cent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.0f} %"


def _finding(row: pd.Series) -> str:
    """What a difference comes to, and how many more replicates would tell."""
    more = row.get("more", math.nan)
    return say(f"finding_{row['finding']}") + (
        f" (+{so_many(more, 'replicate')})" if math.isfinite(more) else ""
    )


def so_many(number: float, what: str) -> str:
    """A number of things, one or several: ``1 run``, ``2,000 runs``."""
    return f"{number:,.0f} {what}{'' if number == 1 else 's'}"


MOST_TIMES = 1000
"""How many times as many replicates are told apart."""


def pairing(comparison: pd.DataFrame) -> str:
    """How much of the variance of differences common seeds have saved."""
    saved = comparison.groupby("outcome", sort=False)["variance_saved"].median().dropna()
    if saved.empty:
        return "Pairing by common seeds: too few replicates to say what it saves."
    middle = float(saved.median())
    times = 1 / max(1 - middle, 1 / MOST_TIMES)
    said = f"more than {MOST_TIMES:,}" if times >= MOST_TIMES else f"{times:,.{1 if times < 10 else 0}f}"
    return (
        f"Pairing by common seeds saved {100 * middle:.0f} % of the variance of differences (median over"
        f" outcomes; from {100 * saved.min():.0f} % to {100 * saved.max():.0f} %): unpaired, the same"
        f" precision takes {said} times as many replicates."
    )


def duration(seconds: float) -> str:
    """A length of time in its natural unit."""
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def attribution_table(effects: pd.DataFrame, total: pd.DataFrame, baseline: str) -> Table:
    """Shapley values of mechanisms by outcome, and what they add up to."""
    numbers = ("value", "from", "to")
    result = table(
        f"Shapley values: what each adds to the difference from {baseline}, 95 % intervals",
        ("outcome / mechanism", *numbers),
        (),
        numbers,
    )
    for _, row in total.iterrows():
        outcome = str(row["outcome"])
        part = effects[effects["outcome"] == outcome].sort_values("value", ascending=False)
        decimals = _decimals([row["difference"], *part["value"]])
        result.add_row(_with_unit(outcome, outcome_unit(outcome)))
        for _, entry in part.iterrows():
            cells = [number(entry[key], decimals) for key in ("value", "low", "high")]
            result.add_row(f"  {entry['mechanism']}", *cells)
        cells = [number(row[key], decimals) for key in ("difference", "low", "high")]
        result.add_row("  together", *cells)
        result.add_section()
    return result


def show(parts: Iterable[Table | str]) -> None:
    """Print tables and lines to standard output."""
    screen = Screen()
    for part in parts:
        if isinstance(part, str):  # lines break at blanks only, so that a long path can be copied
            screen.print(part, overflow="ignore", crop=False)
        elif screen.is_terminal:
            width = screen.width
            screen.width = max(width, _least_width(part))
            screen.print(part)
            screen.width = width
        else:
            _show_whole(part, screen)
    sys.stdout.flush()


def _show_whole(part: Table, screen: Screen) -> None:
    """A line a row, whatever its length, and nothing behind its last word."""
    title, part.title = part.title, None  # rich breaks a title at the width of its table
    with screen.capture() as captured:
        screen.print(part)
    lines = [str(title)] if title else []
    print("\n".join([*lines, *(line.rstrip() for line in captured.get().splitlines())]))


def _least_width(part: Table) -> int:
    """Width below which rich would cut digits off numbers, where a terminal only breaks the line."""
    widths = [
        max(map(cell_len, map(str, [column.header, *column.cells]))) if column.no_wrap else NARROWEST
        for column in part.columns
    ]
    for column, width in zip(part.columns, widths, strict=True):
        column.min_width = width if column.no_wrap else None
    return sum(widths) + 3 * len(widths)

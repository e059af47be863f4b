"""Tables for the terminal: readable at 80 columns, in a pipe, and with Chinese text."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from cogov.community import Profile
    from cogov.fields import Parameters
    from cogov.mechanisms import Mechanism
    from cogov.rules import Design
    from cogov.simulation import Run


def console() -> Console:
    """Standard output; nothing in the text is taken for markup."""
    return Console(markup=False, highlight=False, emoji=False)


def progress(unit: str) -> Progress:
    """A progress bar on standard error, drawn only where somebody is looking."""
    screen = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
        console=screen,
        disable=not screen.is_terminal,
        transient=True,
    )


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> Table:
    """A plain table; the columns in ``right`` hold numbers and are never broken."""
    result = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for position, column in enumerate(columns):
        number = column in right
        result.add_column(
            column, justify="right" if number else "left", no_wrap=number or position == 0, overflow="fold"
        )
    for row in rows:
        result.add_row(*row)
    return result


def number(value: float) -> str:
    """Four significant digits, thousands with commas, a dash for what does not exist."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 3 - math.floor(math.log10(abs(value))))}f}" if abs(value) >= 1e-3 else f"{value:.2g}"


def word(value: Any) -> str:
    """A parameter's value as a user would write it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(word(entry) for entry in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {word(entry)}" for key, entry in value.items()) + "}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def run_tables(run: Run) -> list[Table | str]:
    """Outcomes of a run and one line on the run itself."""
    from cogov.outcomes import MEASURES

    rows = [
        (name, number(value), MEASURES[name].unit if name in MEASURES else "", MEASURES[name].doc if name in MEASURES else "")
        for name, value in run.outcomes.items()
    ]
    return [
        table(f"{run.community} · {run.design} · seed {run.seed}", ("outcome", "value", "unit", "meaning"), rows, ("value",)),
        f"{run.residents:,} residents, {run.weeks} weeks: built in {run.build_seconds:.2f} s,"
        f" run in {run.run_seconds:.2f} s, peak memory {run.peak_mb:.0f} MB",
        f"digest {run.digest}",
    ]


def comparison_table(comparison: pd.DataFrame, baseline: str, replicates: int) -> Table:
    """Mean and paired difference by outcome and design."""
    from cogov.outcomes import MEASURES

    rows: list[tuple[str, ...]] = []
    for outcome, part in comparison.groupby("outcome", sort=False):
        unit = MEASURES[str(outcome)].unit
        rows.append((str(outcome), baseline, number(part["baseline"].iloc[0]), "", unit))
        rows += [
            ("", row.design, number(row.mean), _difference(row.difference, row.low, row.high), "")
            for row in part.itertuples()
        ]
    return table(
        f"Difference from {baseline}, {replicates} paired replicates, 95 % interval",
        ("outcome", "design", "mean", "difference [95 %]", "unit"),
        rows,
        ("mean", "difference [95 %]"),
    )


def _difference(mean: float, low: float, high: float) -> str:
    if not math.isfinite(mean):
        return "–"
    sign = "+" if mean > 0 else ""
    return f"{sign}{number(mean)} [{number(low)}, {number(high)}]"


def parameter_rows(parameters: type[Parameters] | Parameters) -> list[tuple[str, ...]]:
    """Name, value (or default), unit, range, source and meaning of every parameter."""
    rows = []
    for field in fields(parameters):
        about = field.metadata
        value = getattr(parameters, field.name, field.default)
        allowed = ", ".join(about.get("choices") or ()) or _range(about.get("low"), about.get("high"))
        rows.append(
            (field.name, word(value), about.get("unit", ""), allowed, about.get("source", ""), about.get("doc", ""))
        )
    return rows


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    return f"{'…' if low is None else f'{low:g}'} – {'…' if high is None else f'{high:g}'}"


def mechanism_tables(mechanism: type[Mechanism]) -> list[Table | str]:
    """A mechanism with its parameters and the rules it brings by default."""
    head = f"{mechanism.name} {mechanism.zh} · seed {mechanism.seed} · family {mechanism.family}"
    zero = ", ".join(f"{key}={word(value)}" for key, value in mechanism.zero.items())
    columns = ("parameter", "default", "unit", "allowed", "source", "meaning")
    return [
        head,
        mechanism.summary(),
        table("", columns, parameter_rows(mechanism), ("default",)),
        f"absent at: {zero or '(only by leaving it out)'}",
    ]


def design_tables(design: Design) -> list[Table | str]:
    """A design's mechanisms with their parameters, and its rules by kind."""
    mechanisms = [
        (
            mechanism.name,
            mechanism.zh,
            mechanism.seed,
            ", ".join(f"{key}={word(value)}" for key, value in mechanism.as_dict().items()),
        )
        for mechanism in design.mechanisms
    ]
    rules: list[tuple[str, ...]] = []
    kind = ""
    for rule in design.rules():
        rules.append((f"{rule.kind} {rule.zh}" if rule.kind != kind else "", rule.name, rule.force()))
        kind = rule.kind
    head = f"{design.name} {design.zh}".strip() + (f" · seed {design.seed}" if design.seed else "")
    return [
        head,
        *([design.summary] if design.summary else []),
        table("Mechanisms", ("mechanism", "中文", "seed", "parameters"), mechanisms),
        table("Rules", ("kind", "rule", "content"), rules),
    ]


def profile_table(profile: Profile) -> Table:
    """Every number of a profile with its unit and source."""
    rows = [(key, word(value), unit, source, doc) for key, value, unit, source, doc in profile.rows()]
    return table(f"Community {profile.name}", ("key", "value", "unit", "source", "meaning"), rows)


def show(parts: Iterable[Table | str]) -> None:
    """Print tables and lines to standard output."""
    screen = console()
    for part in parts:
        screen.print(part)
    sys.stdout.flush()

"""What ``cogov trace`` does: follow cases through a run, tell what happened to them, keep the events."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from cogov.activities.cases import ISSUE
from cogov.cli import printing
from cogov.config import FORMATS, check_settings, compose
from cogov.kit.errors import ConfigError, unknown
from cogov.kit.options import options
from cogov.simulation import simulate
from cogov.trace import ACTIVITIES, Trace, read_events, story
from cogov.trace.events import write_events
from cogov.trace.trace import START
from cogov.words import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd

KINDS = {
    "issue": "issues",
    "resident": "residents",
    "organisation": "organisations",
    "project": "projects",
    "post": "posts",
}
"""Settings that name one case, whose story is told, and those that say which are followed."""
DEFAULTS = {
    **dict.fromkeys((*KINDS.values(), *KINDS, "write"), ""),
    "lang": "en",
    "format": "table",
    "start": START,
}
"""Settings of the command's own; all others are those of a run."""
USUAL = "sample:200"
"""Issues that are followed where nothing is said."""
WORDS = {
    "head": (
        "{cases:,} cases followed, {events:,} events; {open:,} issues still open",
        "跟踪个案 {cases:,} 个，事件 {events:,} 条；期末未结问题 {open:,} 件",
    ),
    "activity": ("activity", "活动"),
    "zh": ("in Chinese", "中文"),
    "cases": ("cases", "个案"),
    "events": ("events", "事件"),
    "hours": ("hours", "工时"),
    "written": ("written: {path} ({events:,} events, {size})", "已写入：{path}（{events:,} 条事件，{size}）"),
}
"""What is printed, in English and Chinese."""


def run(words: Sequence[str], config_dirs: Sequence[Path] = ()) -> None:
    """``cogov trace [FILE.parquet | settings of a run …] [issues=…] [issue=…] [write=…]``.

    Raises
    ------
    CogovError
        If anything given cannot be used.
    """
    mine = [word for word in words if word.partition("=")[0] in DEFAULTS]
    rest = [word for word in words if word not in mine]
    chosen = options("trace", mine, DEFAULTS)
    zh = _language(chosen["lang"])
    cases = [chosen[one] for one in KINDS if chosen[one]]
    if len(cases) > 1:
        raise ConfigError(f"{cases[0]}, {cases[1]}: one story at a time; name one case")
    case = cases[0] if cases else ""
    if chosen["format"] not in FORMATS:
        raise ConfigError(unknown("format", chosen["format"], FORMATS))
    _check_file(chosen["write"])
    if rest and rest[0].endswith(".parquet") and "=" not in rest[0]:
        if len(rest) > 1:
            raise ConfigError(
                f"{rest[1]}: a file of events is of a run that was; leave settings of a run out"
            )
        events = read_events(rest[0])
    else:
        events = _follow(rest, chosen, case, config_dirs)
    if chosen["format"] == "json":
        told = events[events.case_id == case] if case else events
        print(told.to_json(orient="records", date_format="iso", force_ascii=False))
    elif case:
        print("\n".join(story(events, case, chosen["lang"])))
    else:
        printing.show(_tables(events, zh))
    if chosen["write"]:
        path = write_events(events, chosen["write"])
        size = f"{path.stat().st_size / 1024:,.0f} KiB"
        said = WORDS["written"][zh].format(path=path, events=len(events), size=size)
        print(said, file=sys.stderr if chosen["format"] == "json" else None)


def _follow(
    words: Sequence[str], chosen: dict[str, str], case: str, config_dirs: Sequence[Path]
) -> pd.DataFrame:
    """Run it, with what is to be followed: one case, or what is asked for."""
    check_settings("trace", words, DEFAULTS)
    wanted = {many: chosen[one] if case else chosen[many] for one, many in KINDS.items()}
    if not any(wanted.values()):
        wanted["issues"] = USUAL
    trace = Trace(**wanted, start=chosen["start"])
    settings, _ = compose(words, config_dirs=config_dirs)
    with printing.progress("weeks") as bar:
        task = bar.add_task("trace", total=settings.weeks, note="")
        result = simulate(settings, on_week=lambda week: bar.update(task, completed=week), trace=trace)
    assert result.events is not None
    if result.events.empty:
        asked = ", ".join(f"{what} {given}" for what, given in wanted.items() if given)
        raise ConfigError(
            f"{asked}: nothing happened to any of them in this run; an issue that was never born, or was"
            f" prevented under {settings.design.name}, is not there: see issues={USUAL} write=events.parquet"
        )
    return result.events


def _tables(events: pd.DataFrame, zh: bool) -> list[str | Table]:
    """How many cases and events there are, and of each activity how many, in how many hours."""
    about, cases = events.attrs, events.case_id.nunique()
    mine = events[events.case_type == ISSUE]
    issues = mine.case_id.nunique()
    ended = mine.activity.isin([name for name, activity in ACTIVITIES.items() if activity.ends]).sum()
    of = " · ".join(
        f"{key} {about[key]}" for key in ("community", "design", "seed", "issues") if key in about
    )
    head = WORDS["head"][zh].format(cases=cases, events=len(events), open=issues - ended)
    table = Table()
    for name in ("activity", "zh"):
        table.add_column(WORDS[name][zh])
    for name in ("events", "cases", "hours"):
        table.add_column(WORDS[name][zh], justify="right")
    by = events.groupby("activity", observed=True)
    numbers = by.agg(events=("case_id", "size"), cases=("case_id", "nunique"), hours=("hours", "sum"))
    for name, activity in ACTIVITIES.items():
        if name in numbers.index:
            row = numbers.loc[name]
            table.add_row(name, activity.zh, f"{row.events:,.0f}", f"{row.cases:,.0f}", f"{row.hours:,.1f}")
    return [of, head, table]


def _language(lang: str) -> bool:
    """Whether Chinese is wanted."""
    if lang not in LANGUAGES:
        raise ConfigError(unknown("language", lang, LANGUAGES))
    return lang == "zh"


def _check_file(path: str) -> None:
    """Refuse a file that could not be read back, before anything is run."""
    if path and not path.endswith(".parquet"):
        raise ConfigError(f"write = {path}: events are kept as Parquet; let the name end in .parquet")
    if path and not Path(path).absolute().parent.is_dir():
        raise ConfigError(f"write = {path}: there is no folder {Path(path).parent}; make it first")

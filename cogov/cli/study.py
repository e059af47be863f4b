"""What ``cogov study`` does: run a study, say what would be run, look after its folder."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from cogov.analysis.gains import who_loses
from cogov.cli import printing, robustness
from cogov.kit.errors import ConfigError
from cogov.kit.options import format_of, options
from cogov.kit.typed import typed, word
from cogov.study.attribution import attribute_design, price
from cogov.study.driver import Progress, run_study
from cogov.study.engines import read_engine
from cogov.study.estimate import Estimate, estimate
from cogov.study.settings import Execution
from cogov.study.stored import StoredStudy, open_study
from cogov.study.study import Study
from cogov.words import say

if TYPE_CHECKING:
    from rich.table import Table

    from cogov.report.tell import Told

MOST_LOSERS = 3
"""Groups of people named after a comparison."""
UPKEEP = ("status", "compact", "export", "attribute", "robustness")
"""Words that may follow ``cogov study``, before a folder."""
FAILED = 3
"""Exit code of a study with failed runs."""


def run(study: Study, how: Execution) -> int:
    """Run a study, or say what would be run; returns the exit code."""
    if how.dry_run:
        _show_estimate(estimate(study, how.engine, how.folder(study), how.shard), how)
        return 0
    with Bar("study") as bar:
        stored = run_study(
            study,
            how.folder(study),
            engine=how.engine,
            shard=how.shard,
            retry_failed=how.retry == "failed",
            on_progress=bar.moved,
        )
    _show_result(stored, bar, how)
    return FAILED if bar.last.failed else 0


class Bar:
    """Runs done, failed and per second, and the time left."""

    def __init__(self, name: str) -> None:
        self.last = Progress()
        self.started = time.monotonic()
        self._progress = printing.progress("runs")
        self._task = self._progress.add_task(name, total=None, note="")

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def moved(self, progress: Progress) -> None:
        self.last = progress
        rate = f"{progress.made / self.seconds:.1f}/s" if progress.made else ""
        failed = f"{progress.failed} failed" if progress.failed else ""
        waiting = "" if progress.workers or not progress.missing else "waiting for workers"
        self._progress.update(
            self._task,
            completed=progress.done + progress.failed,
            total=progress.planned,
            note=", ".join(filter(None, (failed, rate, waiting))),
        )


def upkeep(verb: str, folder: str = "", *words: str) -> int:
    """``cogov study VERB DIR``, with one of `UPKEEP`; returns the exit code."""
    if not folder or ("=" in folder and not Path(folder).exists()):
        raise ConfigError(f"cogov study {verb}: name the folder of a study, like results/compare_designs")
    stored = open_study(folder)
    if verb == "status":
        _show_status(stored, format_of(verb, words, ("table", "json")))
    elif verb == "compact":
        options(verb, words, {})
        print(stored.compact())
    elif verb == "export":
        chosen = options(verb, words, {"format": "csv", "to": ""})
        for path in stored.export(chosen["format"], Path(chosen["to"]) if chosen["to"] else None):
            print(f"written: {path}")
        if not stored.tables.parts:
            print("nothing to export: no run is stored yet")
    elif verb == "robustness":
        robustness.show(stored, words)
    else:
        return _attribute(stored, words)
    return 0


def _attribute(stored: StoredStudy, words: Sequence[str]) -> int:
    engine = {"name": "dask"}
    others = []
    for given in words:  # as cogov study has it: engine=dask, engine.workers=2
        key, equals, value = given.partition("=")
        head, _, part = key.partition(".")
        if head == "engine" and equals and value:
            engine[part or "name"] = value
        else:
            others.append(given)
    plain = {"format": "table", "dry_run": "false"}
    asked = {"design": "", "community": "", "players": "mechanisms", "orders": "0", "replicates": ""}
    chosen = options("attribute", others, {**asked, **plain})
    if not chosen["design"]:
        names = ", ".join(name for name in stored.designs if name != stored.baseline)
        raise ConfigError(f"cogov study attribute: name a design, as in design=NAME; there are {names}")
    if chosen["dry_run"] not in ("true", "false"):
        raise ConfigError(f"dry_run = {chosen['dry_run']!r}: must be true or false")
    if chosen["format"] not in ("table", "json"):
        raise ConfigError(f"format = {chosen['format']!r}: must be table or json")
    question: dict[str, Any] = {key: chosen[key] for key in asked if key != "design" and chosen[key]}
    for key in ("orders", "replicates"):
        if key in question:
            question[key] = _whole(key, question[key])
    how = read_engine({key: _number(value) for key, value in engine.items()})
    if chosen["dry_run"] == "true":
        _show_price(price(stored, chosen["design"], how, **question), chosen["format"])
        return 0
    with Bar(f"coalitions of {chosen['design']}") as bar:
        found = attribute_design(stored, chosen["design"], engine=how, on_progress=bar.moved, **question)
    if chosen["format"] == "json":
        tables = {key: _records(getattr(found, key)) for key in ("total", "effects", "interactions")}
        _print_json({"study": stored.config["name"], "design": chosen["design"], **tables})
    else:
        printing.show([printing.attribution_table(found.effects, found.total, stored.baseline)])
    return 0


def _whole(key: str, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ConfigError(f"{key} = {text!r}: must be a whole number")
    return int(text)


def _number(text: str) -> int | str | None:
    if text == "null":
        return None
    return int(text) if re.fullmatch(r"\d{1,9}", text) else text


def _show_price(price: Estimate, format: str) -> None:
    if format == "json":
        _print_json(price.as_dict())
        return
    printing.show(
        [
            f"{price.study.question} → {price.folder}",
            f"  coalitions   {len(price.study.arms):,}, not every one in each of"
            f" {price.study.most:,} replicates",
            *_cost(price),
        ]
    )


def _show_estimate(plan: Estimate, how: Execution) -> None:
    if how.format == "json":
        _print_json(plan.as_dict())
        return
    about = plan.as_dict()
    lines = [
        f"{about['study']} → {about['folder']}" + (f" (shard {how.shard})" if how.shard else ""),
        f"  communities  {', '.join(about['communities'])}",
        f"  designs      {', '.join(about['designs'])}",
    ]
    for text, levels in plan.study.plain()["parameters"].items():
        lines.append(f"  parameter    {text}: {word(levels)}")
    points = f", {about['points']:,} points" if about["parameters"] else ""
    if (different := len(set(plan.study.points))) < about["points"]:
        points += f" ({different:,} different)"
    lines += [
        f"  plan         {about['plan']}{points}; {about['conditions']:,} conditions"
        f" x {about['replicates']:,} replicates"
        + ("" if isinstance(plan.study.replicates, int) else " at most"),
        *_cost(plan),
    ]
    printing.show(lines)


def _cost(plan: Estimate) -> list[str]:
    about = plan.as_dict()
    lines = [
        f"  runs         {about['runs']:,}, of which {about['there']:,} are there",
        f"  time         {printing.duration(plan.hours * 3600)} with {about['workers'] or 'one'} workers,"
        f" {about['core_hours']:,.2g} core-hours"
        f" ({plan.seconds:.2f} s for the run that was timed"
        + (
            f", after {plan.run_in:.2f} s for its run-in; {plan.run_ins:,} of these)" if plan.run_ins else ")"
        ),
        f"  disk         {about['megabytes']:,.1f} MB",
    ]
    if plan.study.robustness:
        text = f"  robustness   {about['robustness']:,} draws of {about['assumptions']:,} assumptions:"
        before = [f"{text} {about['runs_at_draws']:,} of the runs"]
        if about["screening"]:
            text = f"  screening    {about['screening']:,} trajectories over {about['groups']:,} groups:"
            before.append(f"{text} {about['runs_of_screening']:,} of the runs")
        lines[:0] = [*before, *(f"  left out     {line}" for line in about["refused"])]
    if shocks := plan.study.shocks:
        week = min(shock.week for shock in shocks)
        lines.insert(
            2, f"  twins        each run goes along without its shocks from week {week}: in the time"
        )
    return lines


def _show_result(stored: StoredStudy, bar: Bar, how: Execution) -> None:
    from cogov.report.tell import tell  # the report's own sentences; figures are loaded with them

    told = tell(stored) if how.shard is None and bar.last.done else None
    if how.format == "json":
        _print_json(_as_json(stored, bar, told))
        return
    printing.show([*(_sentences(stored, told) if told else ()), *_summary(stored, bar)])


def _as_json(stored: StoredStudy, bar: Bar, told: Told | None) -> dict[str, Any]:
    last = bar.last
    return {
        "study": stored.config["name"],
        "folder": str(stored.folder),
        "runs": {"planned": last.planned, "done": last.done, "failed": last.failed, "made_now": last.made},
        "seconds": round(bar.seconds, 2),
        "headline": [] if told is None else told.as_list(),
        "comparison": [] if told is None else _records(told.comparison),
        "robust": [] if told is None or told.robust is None else _records(told.robust),
        "pooled": [] if told is None or told.pooled is None else _records(told.pooled),
    }


def _sentences(stored: StoredStudy, told: Told) -> Iterator[Table | str]:
    """The headline of each design, who loses, and the differences."""
    for one in told.headlines:
        lines = [("", text) for text in (one.about, one.lead) if text]
        lines += [(part.head, f"{part.text} {part.command}".strip()) for part in one.parts]
        yield printing.sentences(one.title, lines)
        yield ""
    yield from told.notes
    if len(told.losers):
        lost = who_loses(told.losers)
        yield from lost[:MOST_LOSERS]
        if len(lost) > MOST_LOSERS:
            left = len(lost) - MOST_LOSERS
            yield (
                f"{printing.so_many(left, 'more group')} {'loses' if left == 1 else 'lose'} for certain;"
                " the report has all."
            )
    several = ["community"] if len(stored.tables.communities) > 1 else []
    if told.robust is not None:
        yield printing.robust_table(told.robust, told.comparison, several)
        yield from (say(f"robust_{key}") for key in ("covers", "seeds"))
    elif told.pooled is not None:
        yield printing.comparison_table(told.pooled, stored.baseline, several)
    elif len(told.comparison):
        yield printing.comparison_table(told.comparison, stored.baseline, several)
    if len(told.comparison):
        yield printing.pairing(told.comparison)


def _summary(stored: StoredStudy, bar: Bar) -> list[Table | str]:
    last, made = bar.last, bar.last.made
    lines: list[Table | str] = [
        f"{last.done:,} of {last.planned:,} runs done ({made:,} now, in {printing.duration(bar.seconds)})"
        f" → {stored.folder}"
    ]
    if last.failed:
        errors = stored.runs.loc[stored.runs["status"] == "failed", "error"].value_counts()
        failed = printing.so_many(last.failed, "run")
        lines.append(f"{failed} failed; once they can be made, add retry=failed:")
        lines += [f"  {count} x {error}" for error, count in errors.head(3).items()]
    if moving := int(stored.runs["unsettled"].notna().sum()) if last.done else 0:
        lines.append(
            f"in {printing.so_many(moving, 'run')} the baseline was not stationary when the record began;"
            " see the report"
        )
    reached = stored.precision() if last.done else None
    for _, row in reached.iterrows() if reached is not None else ():
        what = "reached" if row["reached"] else "NOT REACHED"
        lines.append(
            f"precision of {row['outcome']}: half-width {row['half_width']:.3g},"
            f" asked for {row['precision']:g}: {what} with {row['pairs']} replicates"
        )
    lines += [f"note: {problem}" for problem in stored.tables.problems]
    lines.append(f"next: cogov report {typed(stored.folder)}")
    return lines


def _show_status(stored: StoredStudy, format: str) -> None:
    found = stored.status()
    if format == "json":
        keys = ("planned", "done", "failed", "missing", "parts", "bytes", "problems", "digest")
        about = {key: getattr(found, key) for key in keys}
        _print_json({"study": stored.config["name"], "folder": str(stored.folder), **about})
        return
    rows = [
        [str(row["design"]), *("–" if value is pd.NA else f"{value:,}" for value in row.iloc[1:])]
        for _, row in found.designs.iterrows()
    ]
    columns = ("planned", "done", "failed", "missing")
    printing.show(
        [
            printing.table(
                f"{stored.config['name']} in {stored.folder}", ("design", *columns), rows, columns
            ),
            f"{found.parts:,} parts, {found.bytes / 2**20:,.1f} MB",
            f"model {stored.versions.get('model', 'unknown')}",
            f"digest {found.digest}",
            *(f"note: {problem}" for problem in found.problems),
        ]
    )


def _records(frame: pd.DataFrame) -> Any:
    return json.loads(frame.to_json(orient="records", double_precision=15))


def _print_json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, allow_nan=False))

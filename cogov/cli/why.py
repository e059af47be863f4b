"""What ``cogov why`` does: run two designs on the same worlds, and say what makes the difference."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cogov.cli import printing
from cogov.config import check_settings, compose
from cogov.figures import save
from cogov.kit.errors import ConfigError, unknown
from cogov.kit.options import options
from cogov.kit.resources import quoted
from cogov.reasons.answer import OUTCOMES, answer, check_outcome
from cogov.reasons.pictures import pictures
from cogov.run import Run
from cogov.words import check_language

FORMATS = ("text", "json")
OWN = {
    "outcome": OUTCOMES[0],
    "replicates": "8",
    "workers": "1",
    "lang": "en",
    "figures": "",
    "tables": "",
    "format": "text",
}
"""Settings of the command itself; all others are of the runs, as of ``cogov run``."""


def run(a: str, b: str, words: Sequence[str], dirs: Sequence[Path]) -> None:
    """``cogov why A B [setting=value …]``.

    Raises
    ------
    CogovError
        For anything that cannot be used; nothing has been run then.
    """
    pairs, chosen = asked(a, b, words, dirs)
    for folder in filter(None, (chosen["figures"], chosen["tables"])):
        Path(folder).mkdir(parents=True, exist_ok=True)
    first = pairs[0][0]
    seeds = [one.seed for one, _ in pairs]
    print(
        f"{2 * len(pairs)} runs: {a} and {b} on {first.community.name}, seeds {seeds[0]} to {seeds[-1]},"
        f" {first.weeks} weeks each after a run-in of {first.run_in} weeks at most, one for each seed",
        file=sys.stderr,
    )
    with printing.progress("runs") as bar:
        task = bar.add_task("why", total=2 * len(pairs), note="")
        found = answer(pairs, chosen["outcome"], int(chosen["workers"]), lambda: bar.advance(task))
    print(found.to_json() if chosen["format"] == "json" else found.text(chosen["lang"]))
    for path in found.write(chosen["tables"]) if chosen["tables"] else ():
        print(f"written: {path}", file=sys.stderr)
    if chosen["figures"]:
        for name, figure in pictures(found, chosen["lang"]).items():
            path = save(figure, Path(chosen["figures"]) / f"{name}.png")
            print(f"written: {path}", file=sys.stderr)


def asked(
    a: str, b: str, words: Sequence[str], dirs: Sequence[Path] = ()
) -> tuple[list[tuple[Run, Run]], dict[str, str]]:
    """What is to be run, by seed under A and under B, and the settings of the command itself.

    Raises
    ------
    CogovError
        For anything that cannot be used.
    """
    mine = [word for word in words if word.partition("=")[0] in OWN]
    chosen = options("why", mine, OWN)
    check_outcome(chosen["outcome"])
    check_language(chosen["lang"])
    if chosen["format"] not in FORMATS:
        raise ConfigError(unknown("format", chosen["format"], FORMATS))
    for key in ("replicates", "workers"):
        if not chosen[key].isdecimal() or not int(chosen[key]):
            raise ConfigError(f"{key} = {chosen[key]!r}: must be a whole number from 1")
    rest = [word for word in words if word not in mine]
    check_settings("why", rest, OWN)
    if given := [word for word in rest if word.lstrip("+~").partition("=")[0] == "design"]:
        raise ConfigError(f"{given[0]!r}: cogov why takes its two designs by name, as in cogov why A B")
    return _pairs(a, b, rest, int(chosen["replicates"]), dirs), chosen


def _pairs(
    a: str, b: str, settings: Sequence[str], replicates: int, dirs: Sequence[Path]
) -> list[tuple[Run, Run]]:
    """The runs under A and B by seed, from the first one on."""
    first = [compose([*settings, f"design={quoted(design)}"], config_dirs=dirs)[0] for design in (a, b)]
    return [
        tuple(replace(one, seed=one.seed + turn) for one in first)  # type: ignore[misc]
        for turn in range(replicates)
    ]

"""What ``cogov claims`` does: try what the documents claim, say what was found, write the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from cogov.claims import Found, claims, run_claims, to_markdown
from cogov.claims.page import ARROW, said
from cogov.cli import printing
from cogov.cli.study import Bar
from cogov.kit.errors import ConfigError, unknown
from cogov.kit.options import options

SMALL = ("small",)
SHORT = {"run_in": 104, "weeks": 130}
"""Settings of a small trial: a run-in until two thousand residents are busy, and two years of a design."""
DEFAULTS = {
    "communities": "",
    "replicates": "8",
    "workers": "2",
    "full": "false",
    "results": "results/claims",
    "write": "",
}


def run(words: Sequence[str]) -> int:
    """``cogov claims [NAME …] [setting=value …]``; returns the exit code.

    Raises
    ------
    ConfigError
        For an unknown claim or setting.
    """
    names = [word for word in words if "=" not in word]
    chosen = options("claims", [word for word in words if "=" in word], DEFAULTS)
    book = claims()
    for name in names:
        if name not in book:
            raise ConfigError(unknown("claim", name, book))
    full = _flag("full", chosen["full"])
    replicates, workers = (_whole(key, chosen[key]) for key in ("replicates", "workers"))
    places = tuple(chosen["communities"].strip("[]").split(",")) if chosen["communities"] else None
    wanted = [claim for name, claim in book.items() if not names or name in names]
    with Bar("claims") as bar:
        found = run_claims(
            wanted,
            Path(chosen["results"]),
            communities=places or (None if full else SMALL),
            replicates=replicates,
            engine={"name": "dask", "workers": workers},
            settings={} if full else SHORT,
            on_progress=lambda name, progress: bar.moved(progress),
        )
    printing.show([_table(found)])
    if chosen["write"]:
        path = Path(chosen["write"])
        path.write_text(to_markdown(found, replicates, _where(places, full)), encoding="utf-8")
        print(f"written: {path}")
    return 0


def _where(places: Sequence[str] | None, full: bool) -> str:
    if full:
        return "Each claim is tried at full size, in the place of its document and others unlike it."
    tried = ", ".join(places or SMALL)
    years = (SHORT["weeks"] - 26) // 52
    return f"All are tried in {tried}, for {years} years after a run-in of {SHORT['run_in']} weeks."


def _table(found: Sequence[Found]) -> Table:
    rows = [
        (
            one.claim.name,
            f"{tried.verdict}{', but survives its cut' if tried.defect else ''}",
            f"{tried.outcome} {ARROW[one.claim.direction]} {said(tried.effect)}",
            tried.community,
            one.claim.says,
        )
        for one in found
        for tried in one.tried
    ]
    return printing.table("", ("claim", "verdict", "effect", "where", "hypothesis"), rows)


def _flag(key: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise ConfigError(f"{key} = {text!r}: must be true or false")
    return text == "true"


def _whole(key: str, text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ConfigError(f"{key} = {text!r}: must be a whole number from 1")
    return int(text)

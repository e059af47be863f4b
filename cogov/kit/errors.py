"""One exception class for everything a user can hold wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CogovError(Exception):
    """Something the user gave cannot be used; the message says what, where and what is allowed."""


class ProfileError(CogovError):
    """A community profile, compound table or unit table is wrong."""


class DesignError(CogovError):
    """A design, mechanism or rule is wrong."""


class ConfigError(CogovError):
    """A configuration, an override or a run parameter is wrong."""


class StudyError(CogovError):
    """A study cannot be run, written or read."""


def shown(value: object, most: int = 80) -> str:
    """What was given, as Python writes it, cut to ``most`` letters so that a message stays readable.

    >>> shown("x" * 100, most=10)
    "'xxxxxx..."
    """
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a whole number of 4,300 digits, a list within itself
        text = f"<{type(value).__name__}>"
    return text if len(text) <= most else f"{text[: most - 3]}..."


def nearest(name: str, allowed: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the allowed name closest to ``name``, else ``""``."""
    close = difflib.get_close_matches(str(name)[:80], list(allowed), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


def unknown(what: str, name: str, allowed: Iterable[str], where: str = "") -> str:
    """Word the message for a name that does not exist.

    >>> unknown("mechanism", "grid_linkge", ["grid_linkage"])
    "unknown mechanism 'grid_linkge'; did you mean 'grid_linkage'? Allowed: grid_linkage"
    """
    allowed = sorted(allowed)
    place = f"{where}: " if where else ""
    hint = nearest(name, allowed)
    listing = ", ".join(allowed) if allowed else "(none)"
    return f"{place}unknown {what} {shown(name)}{hint}{'' if hint else '.'} Allowed: {listing}"

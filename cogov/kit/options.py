"""Words ``name=value`` after a small command, and the formats in which it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cogov.kit.errors import ConfigError, unknown

FORMATS = ("table", "json", "csv")


def options(command: str, words: Sequence[str], defaults: Mapping[str, str]) -> dict[str, str]:
    """Read ``name=value`` words of a small command.

    Raises
    ------
    ConfigError
        For a word that is none, or an unknown name.
    """
    chosen = dict(defaults)
    for text in words:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise ConfigError(f"{text!r} is not a setting; settings are written name=value")
        if name not in defaults:
            raise ConfigError(unknown(f"setting of {command}", name, defaults))
        chosen[name] = value
    return chosen


def format_of(command: str, words: Sequence[str], allowed: Sequence[str] = FORMATS) -> str:
    """The format asked for, by ``format=NAME`` alone; ``table`` without.

    Raises
    ------
    ConfigError
        For any other setting or format.
    """
    chosen = options(command, words, {"format": "table"})["format"]
    if chosen not in allowed:
        raise ConfigError(unknown("format", chosen, allowed))
    return chosen

"""Values as a user would write them: in a table, a configuration, a shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def word(value: Any) -> str:
    """A parameter's value as a user would write it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        if value and isinstance(value[0], (list, tuple)):  # a matrix, row by row
            return "\n".join(word(row) for row in value)
        return "[" + ", ".join(word(entry) for entry in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {word(entry)}" for key, entry in value.items()) + "}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def typed(word: str | Path) -> str:
    """A word, such as a folder, as it is typed in a shell; one in Chinese needs no quotes."""
    text = str(word)
    return text if re.fullmatch(r"[\w@%+=:,./-]+", text) else shlex.quote(text)

"""Letters: which fonts, how wide a text is, and where its lines break."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from unicodedata import east_asian_width

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path
from matplotlib.typing import RcKeyType

FONT = Path(__file__).with_name("fonts") / "CogovSansSC-Regular.ttf"
"""Subset of Noto Sans CJK SC: GB2312 and what cogov's own texts use."""
FAMILIES = ("DejaVu Sans", "Cogov Sans SC")
"""A character that the first has not is taken from the second."""
GENERIC: Mapping[str, RcKeyType] = {
    "serif": "font.serif",
    "sans-serif": "font.sans-serif",
    "cursive": "font.cursive",
    "fantasy": "font.fantasy",
    "monospace": "font.monospace",
}
"""Names that stand for a list of families among the settings."""


@cache
def register() -> None:
    """Make the Chinese font known to matplotlib."""
    fontManager.addfont(FONT)


def families() -> list[str]:
    """The reader's own font families that are installed, then `FAMILIES` for what they have not.

    They are looked up now: a generic name such as ``serif`` would be read when the figure is drawn, under
    other settings perhaps.
    """
    there = set(fontManager.get_font_names())
    wanted = list(mpl.rcParams["font.family"])
    found = []
    for name in wanted:
        known = mpl.rcParams[GENERIC[name]] if name in GENERIC else [name]
        found += [one for one in known if one in there][:1]
    if not found:
        named = ", ".join(wanted)
        warnings.warn(f"font.family: {named} is not installed; {FAMILIES[0]} is used", stacklevel=4)
    return list(dict.fromkeys([*found, *FAMILIES]))


@cache
def _em(letter: str, family: tuple[str, ...]) -> float:
    """Width of a letter as a share of the size of its font."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        font = FontProperties(family=list(family), size=100)
        return float(text_to_path.get_text_width_height_descent(letter, font, ismath=False)[0]) / 100


def inches(text: str, size: float | str) -> float:
    """Width of the longest line of a text in a size (points, or a word such as ``small``)."""
    points = FontProperties(size=size).get_size_in_points()
    family = tuple(mpl.rcParams["font.family"])
    return max(sum(_em(letter, family) for letter in line) for line in text.split("\n")) * points / 72


def columns_of(text: str) -> int:
    """Width of a text in letters; a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


_WORD = re.compile(
    r"[\u2e80-\uffef][，。；：、）」』】]*"  # a Chinese character; a line begins with no closing mark
    r"|[^\s\u2e80-\uffef]+(?: (?:%|= )[^\s\u2e80-\uffef]*)?\s?|\s"
)
_PART = re.compile(r"[^_+/\-]*[_+/\-]|.+")


def wrap(text: str, width: float, measure: Callable[[str], float] = columns_of) -> str:
    """Break a text into lines of a width (in letters, or what ``measure`` gives), as far as it can be.

    At spaces and between Chinese characters; within a word, after one of ``_+/-``, only if the word is
    longer than a line.
    """
    lines = [""]
    for word in _WORD.findall(text):
        for part in _PART.findall(word) if measure(word.rstrip()) > width else [word]:
            if lines[-1] and measure(lines[-1] + part.rstrip()) > width:
                lines.append("")
            lines[-1] += part
    return "\n".join(line.strip() for line in lines)


def fit(text: str, width: float, size: float | str) -> str:
    """Break the lines of a text so that none is wider than ``width`` inches in a size, as far as can be."""
    return "\n".join(wrap(line, width, lambda part: inches(part, size)) for line in text.split("\n"))

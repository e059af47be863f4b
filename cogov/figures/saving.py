"""Writing figures: formats that journals take, with real fonts, the same bytes each time."""

from __future__ import annotations

import base64
import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from fontTools import subset
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from cogov.figures.style import DPI
from cogov.kit.errors import StudyError, unknown
from cogov.kit.files import whole

FORMATS = ("eps", "pdf", "png", "svg", "tiff")
SAME = {"tif": "tiff"}

_SETTINGS: dict[Any, Any] = {
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "cogov",
}
_DATELESS: dict[str, dict[str, Any]] = {
    "pdf": {"CreationDate": None},
    "png": {"Software": None},
    "svg": {"Date": None},
}


def save(figure: Figure, path: str | Path, *, dpi: float = DPI) -> Path:
    """Write the figure, whole or not at all, and return its path.

    PDF and EPS hold their fonts as Type 42, and an SVG holds the letters it uses, with its text as
    text. The same figure gives the same bytes, as no date is written.

    Parameters
    ----------
    figure : Figure
        What to write.
    path : str or Path
        Its ending says the format, one of `FORMATS` (``tif`` is ``tiff``, compressed by LZW). EPS knows no
        transparency: what is pale there is opaque.
    dpi : float
        Dots per inch of PNG and TIFF, from 30 to 2400.

    Raises
    ------
    StudyError
        For another ending, a ``dpi`` out of range, a folder that does not exist, or if the file cannot
        be written.
    """
    path = Path(path)
    ending = path.suffix.removeprefix(".").lower()
    form = SAME.get(ending, ending)
    if not form:
        raise StudyError(f"{path}: has no ending to say the format; allowed: .{', .'.join(FORMATS)}")
    if form in ("jpg", "jpeg"):
        raise StudyError(f"{path}: JPEG blurs letters and lines; use .png, or .tiff for a journal")
    if form not in FORMATS:
        raise StudyError(unknown("format of figures", ending, FORMATS, str(path)))
    if not (isinstance(dpi, (int, float)) and math.isfinite(dpi) and 30 <= dpi <= 2400):
        raise StudyError(f"dpi: must be a number from 30 to 2400, not {dpi!r}")
    if not path.parent.is_dir():
        raise StudyError(f"{path}: there is no folder {path.parent}; make it first")
    content = _content(figure, form, dpi)
    return whole(path, lambda file: file.write(content))


def _content(figure: Figure, form: str, dpi: float) -> bytes:
    """The figure in a format."""
    file = io.BytesIO()
    more: dict[str, Any] = {"metadata": _DATELESS[form]} if form in _DATELESS else {}
    if form == "tiff":
        more["pil_kwargs"] = {"compression": "tiff_lzw"}
    with mpl.rc_context(_SETTINGS):
        if form == "eps":
            with _opaque(figure):
                figure.savefig(file, format=form, dpi=dpi)
            return re.sub(rb"%%CreationDate:[^\n]*\n", b"", file.getvalue(), count=1)
        figure.savefig(file, format=form, dpi=dpi, **more)
    return _with_letters(file.getvalue(), figure) if form == "svg" else file.getvalue()


def _with_letters(drawing: bytes, figure: Figure) -> bytes:
    """An SVG with the letters of its texts in it, so that it looks the same without the fonts installed.

    What draws no web fonts (Inkscape, Illustrator) takes fonts that are installed.
    """
    used: dict[str, set[str]] = {}
    for text in figure.findobj(Text):
        fonts = [findfont(FontProperties(family=name)) for name in text.get_fontfamily()]
        for letter in set(text.get_text()) - {"\n"}:
            font = next((font for font in fonts if ord(letter) in _letters(font)), None)
            if font:
                used.setdefault(font, set()).add(letter)
    faces = "".join(_face(font, "".join(sorted(letters))) for font, letters in sorted(used.items()))
    return drawing.replace(b"</style>", f"{faces}</style>".encode(), 1)


@cache
def _letters(font: str) -> frozenset[int]:
    """Code points that a font has."""
    return frozenset(FT2Font(font).get_charmap())


def _face(path: str, letters: str) -> str:
    """A rule of CSS that holds some letters of a font."""
    options = subset.Options(flavor="woff", hinting=False, layout_features=[], recalc_timestamp=False)
    options.drop_tables += ["FFTM"]  # when the font was made
    file = io.BytesIO()
    with subset.load_font(path, options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font.save(file)
    data = base64.b64encode(file.getvalue()).decode()
    name = FT2Font(path).family_name
    return f"@font-face {{font-family: '{name}'; src: url('data:font/woff;base64,{data}') format('woff')}}\n"


@contextmanager
def _opaque(figure: Figure) -> Iterator[None]:
    """Colours as they look on white in the place of transparent ones, for the time of a ``with`` block."""
    before: list[tuple[Artist, dict[str, Any]]] = []
    try:
        for artist in figure.findobj(lambda one: isinstance(one, (Collection, Line2D, Patch))):
            alpha = artist.get_alpha()
            keys = ("color",) if isinstance(artist, Line2D) else ("facecolor", "edgecolor")
            colours = {key: getattr(artist, f"get_{key}")() for key in keys}
            mixed = {key: _on_white(colour) for key, colour in colours.items()}
            if alpha is None and all(np.array_equal(to_all(colours[key]), mixed[key]) for key in keys):
                continue
            before.append((artist, vars(artist).copy()))
            artist.set(alpha=None)
            artist.set(**{key: mixed[key] if len(mixed[key]) != 1 else mixed[key][0] for key in keys})
        yield
    finally:
        for artist, state in before:  # setters would not bring back what a colour was derived from
            vars(artist).update(state)


def to_all(colour: Any) -> np.ndarray:
    """One colour or several as an array, shape (n, 4)."""
    several = isinstance(colour, np.ndarray) and colour.ndim == 2
    return np.array(colour if several else [to_rgba(colour)], dtype=float).reshape(-1, 4)


def _on_white(colour: Any) -> np.ndarray:
    """Colours mixed with white by their opacity; what is wholly transparent stays so."""
    rgba = to_all(colour).copy()
    opacity = rgba[:, 3:].copy()
    seen = opacity[:, 0] > 0
    rgba[seen, :3] = rgba[seen, :3] * opacity[seen] + 1 - opacity[seen]
    rgba[seen, 3] = 1.0
    return rgba

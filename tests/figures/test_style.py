"""The style: fonts, looks, breaking of lines, saving."""

from __future__ import annotations

import dataclasses

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font
from PIL import Image

from cogov import resources, words
from cogov.community import load_community
from cogov.config import load_design
from cogov.errors import StudyError
from cogov.figures import save, style
from cogov.mechanisms import registry
from cogov.outcomes import MEASURES
from cogov.terms import Term
from tests.figures.frames import MANY


def test_every_chinese_term_has_its_glyphs():
    texts = [measure.zh for measure in MEASURES.values()]
    texts += [mechanism.zh for mechanism in registry().values()]
    texts += [load_design(name).zh for name in resources.names("design")]
    texts += [load_community(name).zh for name in resources.names("community")]
    texts += [member.zh for term in Term.__subclasses__() for member in term]
    texts += [*words.UNITS.values(), *words.HEADS.values()]
    texts += [text for pair in words.TEXTS.values() for text in pair]
    fonts = (findfont("DejaVu Sans"), style.FONT)
    glyphs = {chr(code) for font in fonts for code in FT2Font(font).get_charmap()}
    assert {letter for text in texts for letter in text} - glyphs == set()
    assert len(texts) > 200


def test_the_bundled_font_holds_gb2312_and_has_a_name_of_its_own():
    font = FT2Font(style.FONT)
    rows = range(0xB0, 0xF8)
    hanzi = {bytes((high, low)).decode("gb2312", "ignore") for high in rows for low in range(0xA1, 0xFF)}
    assert len(hanzi - {""}) == 6763
    assert {ord(letter) for letter in hanzi - {""}} <= set(font.get_charmap())
    assert font.family_name == style.FAMILIES[-1]
    assert style.FONT.stat().st_size < 2_000_000
    assert "SIL OPEN FONT LICENSE" in style.FONT.with_name("OFL.txt").read_text(encoding="utf-8")


def drawn(text: str) -> None:
    with style.house("zh"):
        figure = Figure(figsize=(1, 1))
        figure.text(0, 0, text)
        style.settle(figure)


def test_letters_are_taken_from_the_font_that_has_them():
    drawn("Wuliqiao 五里桥 ± 95 % “加梯”")
    with pytest.warns(UserWarning, match="Glyph 131072"):
        drawn("\N{CJK UNIFIED IDEOGRAPH-20000}")


def test_the_settings_of_the_house_end_with_the_block_but_stay_with_the_figure():
    before = mpl.rcParams["font.family"]
    with style.house():
        figure, (axes,) = style.panels(1, 1, (3, 2), 0.3)
        style.settle(figure)
    assert mpl.rcParams["font.family"] == before
    label = axes.get_xticklabels()[0]
    assert label.get_fontfamily() == list(style.FAMILIES)
    assert label.get_fontsize() == 8


def test_designs_have_colours_lines_and_markers_of_their_own():
    looks = list(style.looks(MANY).values())
    assert len({dataclasses.astuple(look) for look in looks}) == len(MANY)
    for first, second in ((look, other) for look in looks for other in looks if look is not other):
        assert first.color != second.color or (first.line != second.line and first.marker != second.marker)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("short", 10, ["short"]),
        ("mean of 95 % intervals", 10, ["mean of", "95 %", "intervals"]),
        ("three_level_platform", 12, ["three_level_", "platform"]),
        ("in three_level", 12, ["in", "three_level"]),
        ("unbreakable", 4, ["unbreakable"]),
        ("每格：均值，半宽", 6, ["每格：", "均值，", "半宽"]),
        ("", 4, [""]),
    ],
)
def test_lines_break_where_a_reader_would(text, width, lines):
    assert style.wrap(text, width).split("\n") == lines


def figure() -> Figure:
    with style.house():
        made, (axes,) = style.panels(1, 1, (4, 2), 0.3)
        axes.plot([0, 1])
        return style.settle(made)


def test_a_saved_figure_is_a_picture_at_150_dpi(tmp_path):
    path = save(figure(), tmp_path / "图.png")
    with Image.open(path) as picture:
        assert picture.size == (690, 345)
    assert [entry.name for entry in tmp_path.iterdir()] == ["图.png"]


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<?xml"), ("PDF", b"%PDF")])
def test_the_ending_says_the_format(tmp_path, ending, start):
    assert save(figure(), tmp_path / f"figure.{ending}").read_bytes().startswith(start)


def test_another_format_is_refused(tmp_path):
    with pytest.raises(StudyError, match=r"figure\.gif: unknown format of figures 'gif'.*pdf, png, svg"):
        save(figure(), tmp_path / "figure.gif")

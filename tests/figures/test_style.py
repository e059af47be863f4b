"""The style: fonts, looks, breaking of lines, saving."""

from __future__ import annotations

import dataclasses
import re

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font
from PIL import Image

from cogov import words
from cogov.community import load_community
from cogov.figures import attribution, layout, lettering, save, style
from cogov.kit import resources
from cogov.kit.errors import StudyError
from cogov.mechanisms import registry
from cogov.outcomes import MEASURES
from cogov.rules.shipped import load_design
from cogov.terms import Term
from tests.figures import test_attribution
from tests.figures.frames import MANY


def test_every_chinese_term_has_its_glyphs():
    texts = [measure.zh for measure in MEASURES.values()]
    texts += [mechanism.zh for mechanism in registry().values()]
    texts += [load_design(name).zh for name in resources.names("design")]
    texts += [load_community(name).zh for name in resources.names("community")]
    texts += [member.zh for term in Term.__subclasses__() for member in term]
    texts += [*words.UNITS.values(), *words.HEADS.values()]
    texts += [text for pair in words.TEXTS.values() for text in pair]
    fonts = (findfont("DejaVu Sans"), lettering.FONT)
    glyphs = {chr(code) for font in fonts for code in FT2Font(font).get_charmap()}
    assert {letter for text in texts for letter in text} - glyphs == set()
    assert len(texts) > 200


def test_the_bundled_font_holds_gb2312_and_has_a_name_of_its_own():
    font = FT2Font(lettering.FONT)
    rows = range(0xB0, 0xF8)
    hanzi = {bytes((high, low)).decode("gb2312", "ignore") for high in rows for low in range(0xA1, 0xFF)}
    assert len(hanzi - {""}) == 6763
    assert {ord(letter) for letter in hanzi - {""}} <= set(font.get_charmap())
    assert font.family_name == lettering.FAMILIES[-1]
    assert lettering.FONT.stat().st_size < 2_000_000
    assert "SIL OPEN FONT LICENSE" in lettering.FONT.with_name("OFL.txt").read_text(encoding="utf-8")


def drawn(text: str) -> None:
    with style.house("zh"):
        figure = Figure(figsize=(1, 1))
        figure.text(0, 0, text)
        layout.settle(figure)


def test_letters_are_taken_from_the_font_that_has_them():
    drawn("Wuliqiao 五里桥 ± 95 % “加梯”")
    with pytest.warns(UserWarning, match="Glyph 131072"):
        drawn("\N{CJK UNIFIED IDEOGRAPH-20000}")


def test_the_settings_of_the_house_end_with_the_block_but_stay_with_the_figure():
    before = mpl.rcParams["font.family"]
    with style.house():
        figure, (axes,), _ = style.panels(1, 1, 3, None)
        layout.settle(figure)
    assert mpl.rcParams["font.family"] == before
    label = axes.get_xticklabels()[0]
    assert label.get_fontfamily() == list(lettering.FAMILIES)
    assert label.get_fontsize() == pytest.approx(8, abs=0.1)


def test_designs_have_colours_lines_and_markers_of_their_own():
    with style.house():
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
    assert lettering.wrap(text, width).split("\n") == lines


def figure() -> Figure:
    with style.house():
        made, (axes,), size = style.panels(1, 1, 4.6, None)
        axes.plot([0, 1], alpha=0.5)
        axes.set_title("五里桥 Wuliqiao")
        return layout.settle(made, size, 2.0)


def test_a_saved_figure_is_a_picture_at_300_dpi(tmp_path):
    path = save(figure(), str(tmp_path / "图.png"))
    with Image.open(path) as picture:
        assert picture.width == 4.6 * 300
    assert [entry.name for entry in tmp_path.iterdir()] == ["图.png"]


def test_a_tiff_is_compressed_and_says_its_dpi(tmp_path):
    with Image.open(save(figure(), tmp_path / "figure.tif", dpi=600)) as picture:
        assert picture.info["compression"] == "tiff_lzw"
        assert picture.info["dpi"] == (600, 600)


@pytest.mark.parametrize(
    ("ending", "start"),
    [("svg", b"<?xml"), ("PDF", b"%PDF"), ("eps", b"%!PS"), ("tiff", b"II*"), ("png", b"\x89PNG")],
)
def test_the_ending_says_the_format_and_the_bytes_are_the_same_each_time(tmp_path, ending, start):
    first, second = (save(figure(), tmp_path / f"{turn}.{ending}").read_bytes() for turn in "ab")
    assert first.startswith(start)
    assert first == second


def test_the_bytes_are_the_same_whatever_the_figure_was_saved_as_before(tmp_path):
    made = attribution(test_attribution.effects(), test_attribution.total(), outcome="satisfaction")
    first = save(made, tmp_path / "first.pdf").read_bytes()
    for ending in ("png", "eps", "tiff"):
        save(made, tmp_path / f"figure.{ending}", dpi=100)
    assert save(made, tmp_path / "second.pdf").read_bytes() == first


def test_pdf_and_eps_hold_truetype_fonts(tmp_path):
    pdf = save(figure(), tmp_path / "figure.pdf").read_bytes()
    assert b"/CIDFontType2" in pdf
    assert b"CogovSansSC-Regular" in pdf
    assert b"/Type3" not in pdf
    eps = save(figure(), tmp_path / "figure.eps").read_bytes()
    assert eps.count(b"/sfnts[<00010000") == 2  # outlines that Type 42 may hold, in both fonts
    assert b"/FontType 3" not in eps
    shown, there = (
        set(re.findall(how, eps, re.MULTILINE)) for how in (rb"/(\w+) glyphshow", rb"^/(\w+) \d+ def")
    )
    assert b"uni6865" in shown <= there  # 桥: letters are drawn by name


def test_an_svg_has_text_and_the_letters_it_needs(tmp_path):
    drawing = save(figure(), tmp_path / "figure.svg").read_text(encoding="utf-8")
    assert "五里桥 Wuliqiao</text>" in drawing
    assert {f"font-family: '{name}'; src: url('data:font/woff" in drawing for name in lettering.FAMILIES} == {
        True
    }


def test_eps_leaves_the_figure_as_it_was(tmp_path):
    made = figure()
    save(made, tmp_path / "figure.eps")
    assert made.axes[0].get_lines()[0].get_alpha() == 0.5


@pytest.mark.parametrize(
    ("name", "how", "message"),
    [
        ("figure.gif", {}, r"figure\.gif: unknown format of figures 'gif'.*eps, pdf, png, svg, tiff"),
        ("figure.jpg", {}, r"figure\.jpg: JPEG blurs"),
        ("figure", {}, "has no ending"),
        ("no/figure.png", {}, "there is no folder"),
        ("figure.png", {"dpi": float("nan")}, "dpi: must be a number from 30 to 2400, not nan"),
    ],
)
def test_what_cannot_be_saved_is_refused(tmp_path, name, how, message):
    with pytest.raises(StudyError, match=message):
        save(figure(), tmp_path / name, **how)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [3.35, (3.35,), ("a", 2), (0.5, 2), (float("nan"), 2), (3, 4, 5), (3, 0)])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(StudyError, match=r"figsize: must be \(width, height\) in inches"):
        style.page(5, size)


def test_the_settings_of_the_reader_go_before_those_of_the_house():
    own = {"font.size": 7, "lines.linewidth": 3.2, "font.family": "monospace", "axes.grid": False}
    with mpl.rc_context(own), style.house():
        assert mpl.rcParams["font.size"] == 7
        assert mpl.rcParams["axes.labelsize"] == pytest.approx(0.945 * 7)
        assert style.pen(1) == 2
        assert mpl.rcParams["font.family"] == ["DejaVu Sans Mono", *lettering.FAMILIES]
    with mpl.rc_context({"figure.figsize": (3.5, 2)}):
        assert style.page(6, None) == (3.5, None)

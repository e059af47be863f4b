"""The whole report: one file, complete, safe, in both languages."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from cogov import load_community, load_design
from cogov.kit.errors import StudyError
from cogov.report import write_report

HOSTILE = """<script>alert("x")</script>&$a_{b}$ {{ 7*7 }}"""
VOID = ("meta", "img", "wbr", "br", "link", "input", "hr")


class Page(HTMLParser):
    """Text, tags and what is referred to; refuses tags that are not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.references, self.alts, self.ids, self.text = [], [], [], [], [], ""
        self.prose = ""
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        attributes = dict(attrs)
        self.references += [
            attributes[key] for key in ("src", "href", "action", "srcset") if key in attributes
        ]
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag == "img":
            self.alts.append(attributes["alt"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.text += data
            self.prose += "" if {"code", "pre"} & set(self.open) else f"{data}\n"


def value(design, replicate, outcome):
    return 1.0 + (design != "line_hierarchy") * 0.2 + 0.001 * (replicate % 3) + 0.002 * len(outcome)


def test_a_report_with_figures_is_one_file_that_needs_nothing_else(ran, tmp_path):
    path = write_report(ran, tmp_path / "it.html")
    page = Page(path.read_text(encoding="utf-8"))
    pictures = [entry for entry in page.references if entry.startswith("data:image/")]
    assert len(pictures) >= 4  # effects, trajectories, trade-off, places
    assert all(entry.startswith("data:image/") or entry[1:] in page.ids for entry in page.references)
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    assert not re.search(r"@import|url\(", path.read_text(encoding="utf-8"))
    assert all(re.search(r"\d", alt) for alt in page.alts)
    assert page.tags.count("h1") == 1
    for part in ("wuliqiao_2020", "Position rules", "npo", "worst-off tenth", "SHA-256"):
        assert part in page.text
    assert "Does <script>alert('it')</script> work & for whom?" in page.text
    assert ran.digest() in page.text
    assert [entry.name for entry in tmp_path.iterdir()] == ["it.html"]


LATIN = {"BCa", "SHA", "X", "cogov", "kB", "p", "t"}
"""What a Chinese report says in Latin letters outside of code: terms that have no other form."""


def latin(text):
    """Latin words of what is seen or read out of a page, outside of code."""
    page = Page(text)
    return set(re.findall(r"(?<![\d.])[A-Za-z][A-Za-z_]*", "\n".join([page.prose, *page.alts]))) - LATIN


def test_a_chinese_report_is_chinese(ran, undrawn):
    found = undrawn(ran, "zh")
    assert latin(found) <= {ran.study.name, "First"}  # what the user, or a profile, calls something
    page = Page(found)
    assert "五里桥街道2020" in page.text
    assert "特质相近的居民区组成三个街区" in page.text
    assert "岗位规则" in page.text
    assert "街道-街区-居民区三级联动平台" in page.text
    assert "真的有用吗？" in page.text
    assert not re.search(r"[\u4e00-\u9fff][,;:?!](?!\d)", page.prose)


def test_a_chinese_report_of_settings_and_failures_is_chinese(made, text):
    path = "design.mechanisms.three_level_platform.blocks"
    failed = {("wuliqiao_2020", 0): "ValueError: boom"}
    stored = made(
        value, parameters={path: [1, 2]}, replicates=3, absent=1, failed=failed, question_zh="几个？"
    )
    assert latin(text(stored, "zh")) <= {stored.study.name, "First", "blocks"}


def test_the_default_place_is_the_folder_of_the_study(made, monkeypatch):
    monkeypatch.setattr("cogov.report.make.result_pictures", lambda *_: [])
    stored = made(value, replicates=1)
    assert write_report(stored) == stored.folder / "report.html"
    assert write_report(stored, lang="zh") == stored.folder / "report-zh.html"
    assert 'lang="zh-Hans"' in (stored.folder / "report-zh.html").read_text(encoding="utf-8")


def test_what_users_write_is_text_and_nothing_else(made, text):
    design = load_design("wuliqiao_2020").without("micro_ventures", name=HOSTILE)
    community = load_community("small", name=HOSTILE, zh=HOSTILE)
    failed = {(HOSTILE, 0): f"ValueError: {HOSTILE}"}
    stored = made(
        value, designs=[design], communities=[community], question=HOSTILE, replicates=3, failed=failed
    )
    for lang in ("en", "zh"):
        page = Page(text(stored, lang))
        assert "script" not in page.tags
        assert page.text.count(HOSTILE) > 2
        assert f"ValueError: {HOSTILE}" in page.text


def test_hostile_names_are_drawn(ran, monkeypatch):
    from cogov.report import pictures

    drawn = pictures.picture(
        lambda: pictures.tradeoff(
            ran.runs.replace("wuliqiao_2020", HOSTILE + "\U0001f600"), "cost", "satisfaction"
        ),
        "caption",
        "alt",
    )
    assert drawn.source.startswith("data:image/svg+xml;base64,")


def test_a_figure_that_refuses_is_a_note():
    from cogov.report.pictures import picture

    def refuse():
        raise StudyError("nothing to draw")

    found = picture(refuse, "caption", "alt")
    assert (found.source, found.problem) == ("", "nothing to draw")


def test_incomplete_and_failed_runs_are_said(made, text):
    stored = made(
        value, replicates=4, absent=3, failed={("line_hierarchy", 0): "boom", ("wuliqiao_2020", 1): "boom"}
    )
    page = Page(text(stored))
    assert "3 of 8 runs (38 %) are missing" in page.text
    assert "Runs done: 3; failed: 2; missing: 3." in page.text
    assert "boom" in page.text


def test_nothing_done_is_a_report_too(made, text):
    stored = made(
        value,
        replicates=2,
        failed={(d, r): "boom" for d in ("line_hierarchy", "wuliqiao_2020") for r in (0, 1)},
    )
    assert "No run of this study is done yet" in Page(text(stored)).text


def test_a_report_of_one_design_has_no_comparison(made, text):
    assert "nothing is compared" in Page(text(made(value, designs=["line_hierarchy"], replicates=2))).text


def test_another_baseline(made, text):
    stored = made(value, designs=["quyang_2014", "wuliqiao_2020"], replicates=3)
    assert "line_hierarchy against quyang_2014" in Page(text(stored, baseline="quyang_2014")).text
    with pytest.raises(StudyError, match="did you mean 'quyang_2014'"):
        text(stored, baseline="quyang")
    with pytest.raises(StudyError, match="unknown language"):
        text(stored, "fr")


def test_many_settings_are_not_tested_one_by_one(made, text):
    path = "design.mechanisms.three_level_platform.slots"
    settings = {"parameters": {path: list(np.linspace(0.0, 10, 201))}}
    page = Page(text(made(value, replicates=2, **settings)))
    assert "201 values from 0 to 10" in page.text
    assert "Single settings are not tested" in page.text
    assert "201 settings" in page.text


def test_a_setting_a_line(made, text):
    path = "design.mechanisms.three_level_platform.blocks"
    page = Page(text(made(value, replicates=3, parameters={path: [1, 2]})))
    assert "blocks = 2" in page.text
    assert "Losers and costs are means over all settings." in page.text


def test_places_errors_and_numbers_are_accounted_for(ran, text):
    page = Page(text(ran))
    assert re.search(r"\d+ of \d+ numbers behind the model \(\d+ %\) are assumed", page.text)
    assert "runs/" in page.text
    assert "cogov study experiment=study.yaml" in page.text

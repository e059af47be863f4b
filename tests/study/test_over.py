"""What draws of a stored study say, in Python and on the command line."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from cogov import open_study
from cogov.cli import main
from cogov.figures import corner
from cogov.kit.errors import StudyError
from cogov.report.answer import answer
from cogov.report.facts import Facts
from cogov.report.tell import tell
from cogov.report.texts import Words
from cogov.study import Study
from cogov.study.drawn import drawn
from cogov.study.store import Store
from tests.study.synthetic import made_up, made_up_study

REPORT = "processes.sense.report_rate"


def asked(name, robustness, *outcomes) -> Study:
    """Two designs over five weeks in the small community."""
    return Study(
        name=name,
        communities=["small"],
        designs=["wuliqiao_2020"],
        replicates=8,
        weeks=5,
        reform_week=2,
        run_in=0,
        outcomes=["satisfaction", *outcomes],
        robustness=robustness,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study whose difference in satisfaction follows one assumption, and is below 0 where that is low."""
    place = tmp_path_factory.mktemp("drawn") / "how_sure"
    study = asked("how_sure", {"draws": 64, "only": ["processes.sense"]}, "cost")
    fill(study, place, lambda cell: 0.05)
    ((inside, part),) = drawn(study, place).items()
    position = [path.text for path in part.paths].index(REPORT)
    ends = part.parameters[REPORT]

    def gain(cell):
        return 0.1 * (np.log(cell.values[position] / ends.low) / np.log(ends.high / ends.low) - 0.4)

    fill(part, inside, gain)
    return place


def fill(study, place, gain):
    with Store.open(place, study) as store:
        for cell in study.cells():
            result = made_up(study, cell)
            noise = 0.01 * np.random.default_rng([cell.seed, cell.design]).normal()
            level = 0.5 + noise + (gain(cell) if cell.design else 0.0)
            store.add(replace(result, outcomes={**result.outcomes, "satisfaction": level}))


def test_the_study_tells_first_how_sure_it_is_over_assumptions(folder):
    stored = open_study(folder)
    row = stored.robustness.compare("satisfaction").iloc[0]
    assert row["draws"] == 64
    assert row["low"] < 0 < row["high"]
    assert 0 < row["chance"] < 0.5
    told = tell(stored)
    assert told.robust is not None
    assert told.headlines[0].parts[0].kind == "assumed"
    assert len(stored.compare("satisfaction")) == 1  # at the default values, as without draws


def test_what_decides_is_found_in_the_folder(folder):
    drawn_ = open_study(folder).robustness
    assert drawn_.what_decides(outcome="satisfaction").iloc[0]["of"] == "processes.sense"
    assert drawn_.worth_knowing(outcome="satisfaction").iloc[0]["parameter"] == REPORT
    assert drawn_.corner(outcome="satisfaction").limits["parameter"].tolist() == [REPORT]


def test_the_command_names_it_in_plain_words_and_draws_it(folder, tmp_path, capsys):
    picture = tmp_path / "corner.png"
    assert main(["study", "robustness", str(folder), "outcome=satisfaction", f"to={picture}"]) == 0
    shown = capsys.readouterr().out
    assert "tells the committee (processes.sense.report_rate)" in shown
    assert "turns it" in shown
    assert "At the default values the difference in satisfaction is" in shown
    assert "Who chooses what is better on average over the draws, wuliqiao_2020, chooses wrongly in" in shown
    assert "taken to be 0.052, may well lie between 0.025 and 0.1" in shown
    assert picture.stat().st_size > 10_000
    assert main(["study", "robustness", str(folder), "lang=zh"]) == 0
    shown = capsys.readouterr().out
    assert "何者决定获得感：各组" in shown
    assert f"（{REPORT}）：取0.052，可能在0.025与0.1之间" in shown
    assert "逆转" in shown
    assert main(["study", "robustness", str(folder), "lang=de"]) == 2
    assert "'de'" in capsys.readouterr().err
    assert main(["study", "robustness", str(folder), "format=json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["decides"][0]["of"] == "processes.sense"
    assert found["corner"]["limits"][0]["parameter"] == REPORT


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    """A study whose difference follows two assumptions, together only, one of them the platform's."""
    place = tmp_path_factory.mktemp("screened") / "screened"
    quorum = "design.mechanisms.three_level_platform.quorum"
    study = asked(
        "screened", {"draws": 0, "screening": 6, "only": [quorum, "processes.sense", "processes.bond"]}
    )
    fill(study, place, lambda cell: 0.0)
    ((inside, part),) = drawn(study, place).items()
    at = [[path.text for path in part.paths].index(path) for path in (quorum, REPORT)]
    middles = [np.sqrt(part.parameters[REPORT].low * part.parameters[REPORT].high)]
    middles.insert(0, (part.parameters[quorum].low + part.parameters[quorum].high) / 2)

    def gain(cell):
        return 0.2 * np.prod(np.sign(np.array([cell.values[k] for k in at]) - middles))

    fill(part, inside, gain)
    return place


def test_a_screening_says_which_groups_move_the_difference(screened, capsys):
    stored = open_study(screened)
    table = stored.robustness.screening(outcome="satisfaction").set_index("group")
    assert table["trajectories"].tolist() == [6, 6, 6]
    assert table.loc["design.mechanisms.three_level_platform", "moves"] == pytest.approx(0.4)
    assert table.loc["processes.sense", "moves"] == pytest.approx(0.4)
    assert table.loc["processes.bond", "moves"] == pytest.approx(0.0, abs=1e-12)
    assert 0 < table["luck"].iloc[0] < 0.05
    assert main(["study", "robustness", str(screened)]) == 0
    shown = capsys.readouterr().out
    assert "only: [design.mechanisms.three_level_platform, processes.sense]" in shown.replace("\n", " ")
    assert main(["study", "robustness", str(screened), "format=json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["screening"]) == 3
    assert tell(stored).robust is None


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A study with draws and a screening, whose difference follows one of two processes."""
    place = tmp_path_factory.mktemp("both") / "both"
    study = asked("both", {"draws": 64, "screening": 6, "only": ["processes.sense", "processes.bond"]})
    fill(study, place, lambda cell: 0.05)
    for inside, part in drawn(study, place).items():
        at, ends = [path.text for path in part.paths].index(REPORT), part.parameters[REPORT]
        fill(part, inside, lambda cell, at=at, ends=ends: 0.1 * np.log(cell.values[at] / ends.low))
    return place


@pytest.mark.parametrize(
    ("lang", "said", "group"), [("en", "may move the difference", "sense"), ("zh", "要紧幅度", "发现问题")]
)
def test_a_report_names_the_groups_that_a_screening_found(both, lang, said, group):
    facts = Facts(open_study(both), lang, "line_hierarchy")
    told = {part.kind: part.text for part in answer(facts, Words(lang), (3, 4)).headlines[0].parts}
    assert said in told["screened"]
    assert group in told["screened"]
    assert "bond" not in told["screened"]


def test_what_was_not_screened_is_refused_by_name(folder, screened):
    with pytest.raises(StudyError, match="screening: 10"):
        open_study(folder).robustness.screening()
    with pytest.raises(StudyError, match="no assumption has been drawn"):
        open_study(screened).robustness.compare()
    assert "A screening of 6 trajectories" in (screened / "README.md").read_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_corner_is_drawn_with_its_box(folder, lang):
    drawn_ = open_study(folder).robustness
    values, each = drawn_.differences(outcome="satisfaction")
    found = drawn_.corner(outcome="satisfaction")
    axes = corner(values, each, found, outcome="satisfaction", lang=lang).axes[0]
    box = axes.patches[-1]
    assert box.get_x() == pytest.approx(found.limits["low"].iloc[0])
    assert sum(len(line.get_xdata()) for line in axes.lines) == 64


def test_what_is_not_there_is_refused_by_name(folder, tmp_path):
    drawn_ = open_study(folder).robustness
    with pytest.raises(StudyError, match="did you mean 'wuliqiao_2020'"):
        drawn_.what_decides("wuliqiao_2002")
    with pytest.raises(StudyError, match="unknown community"):
        drawn_.corner(community="large")
    with Store.open(tmp_path / "plain", made_up_study()):
        pass
    with pytest.raises(StudyError, match="robustness=256"):
        open_study(tmp_path / "plain").robustness.compare()


def test_of_several_designs_it_asks_which(tmp_path):
    study = replace(asked("two", 64), designs=["wuliqiao_2020", "quyang_2014"])
    with Store.open(tmp_path / "two", study):
        pass
    with pytest.raises(StudyError, match=r"of which design.*quyang_2014"):
        open_study(tmp_path / "two").robustness.design()


def test_the_readme_says_what_the_draws_are(folder):
    assert "64 draws of the assumptions" in (folder / "README.md").read_text()
    assert "columns of `runs`" not in (folder / "README.md").read_text()

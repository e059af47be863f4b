"""Whatever somebody writes is used, or refused in words that name the place: never a traceback, never a hang.

The same properties are tried on few inputs every day and on thousands with ``-m slow``; the counts, which
``-s`` prints, stand in docs/robustness.md.
"""

from __future__ import annotations

import io
import re
import shutil
import string
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cogov.cli.study
import cogov.simulation
from cogov.cli import main
from cogov.community.tables import read_compounds, read_units
from cogov.kit.errors import CogovError, shown
from cogov.kit.reading import parse_yaml
from cogov.kit.resources import shipped
from cogov.rules.shipped import load_design
from cogov.study.settings import compose_study
from cogov.study.store import Store
from cogov.study.stored import open_study
from tests.study.synthetic import made_up, made_up_study

CODES = (0, 2, 3)
"""Documented exit codes, besides those of an interruption (130) and of a fault (1)."""
SECRET = "a-word-of-the-environment"
TRIED: Counter[str] = Counter()

# ---------------------------------------------------------------- hostile words, and what they stand in

HOSTILE = [
    "", " ", "null", "~", "true", "nan", ".nan", "inf", "-inf", "1e400", "5e-324", "-0.0", "0x1F",
    "007", "1_000", "2020-01-01", "12:30", "9" * 4300, "1e13", "-1", "1.5", "${oc.env:COGOV_SECRET}",
    "${seed}", "${", "}", "{}", "[]", "[" * 400, "{a: " * 60, "]" * 9, "(1", "'", '"', "\\", "\\x00",
    "\0", "\x07", "\ud800", "\u202e", "a\nb", "../../x", "/etc", "a/b", "~root", ".", "..",
    "!!python/object/apply:os.system [true]", "!!int x", "&a [*a]", "*a", "<<", "_target_", "os.system",
    "五里桥", "a,b", "a=b", "=", "@", "#", "%", "x" * 25_000, "small.csv", "nowhere.yaml", "range(1,9)",
    "choice(1,2)", "glob(*)", "int(3)", "1" + "0" * 30, "???", "[1,2", "{a:1}", "{1: 2}", "[[1]]",
    "{low: 1, high: 2}",
]  # fmt: skip
KEYS = [
    "community", "design", "timeline", "baseline", "processes", "shocks", "seed", "weeks",
    "reform_week", "format", "community.elder_share", "community.scale", "community.units",
    "community.table", "community.name", "community.sources", "community.residents",
    "community.unit_rates", "design.name", "design.seed", "design.mechanisms",
    "design.mechanisms.three_level_platform.blocks", "design.mechanisms.three_level_platform",
    "processes.sense", "processes.sense.report_rate", "processes.arise.repair", "hydra.run.dir",
    "_target_", "", ".", "a.b.c", "community@x",
]  # fmt: skip
GOOD = [
    "seed=3",
    "weeks=300",
    "reform_week=9",
    "format=json",
    "baseline=quyang_2014",
    "processes.sense.report_rate=0.1",
]
"""What a run and a study both take."""
STUDY_KEYS = [
    "name", "question", "communities", "designs", "baseline", "parameters", "plan", "plan.kind",
    "plan.samples", "plan.points", "plan.seed", "replicates", "replicates.precision", "seed", "weeks",
    "reform_week", "processes", "shocks", "outcomes", "trajectories", "places", "engine", "engine.name",
    "engine.workers", "engine.address", "results", "shard", "retry", "dry_run", "format", "experiment",
    "parameters.community.elder_share", "parameters.reform_week",
    "parameters.design.mechanisms.three_level_platform.blocks",
]  # fmt: skip

letters = st.text(st.characters(codec=None, categories=("L", "N", "P", "S", "Z", "Cc", "Cs")), max_size=12)
words = st.one_of(st.sampled_from(HOSTILE), letters, st.text(string.printable, max_size=20))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(HOSTILE), st.text(max_size=9)
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(words, st.integers()), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def overrides(draw: st.DrawFn, keys: list[str]) -> str:
    if draw(st.integers(0, 2)) == 0:
        return draw(st.sampled_from(GOOD))
    sign = draw(st.sampled_from(["", "", "", "", "+", "++", "~"]))
    key = draw(st.one_of(st.sampled_from(keys), words))
    value = draw(st.one_of(words, values.map(_flow)))
    return f"{sign}{key}{draw(st.sampled_from(['=', '=', '=', '', '==']))}{value}"


def _flow(value: object) -> str:
    """As people write it in a shell: YAML in one line."""
    try:
        return yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6).split("\n")[0]
    except yaml.YAMLError:
        return repr(value)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A good text with one to three places gone wrong."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        to = min(at + draw(st.integers(0, 12)), len(text))
        text = text[:at] + draw(words) + text[to:]
    return text


CONTENT = {
    "design": "defaults: [line_hierarchy, _self_]\nname: mine\nzh: 试点\nseed: '1'\n"
    "mechanisms:\n  grid_linkage: {households: 60}\n"
    "  three_level_platform: {blocks: 2, grouping: similar}\n  report_in:\n",
    "experiment": "name: mine\nquestion: why?\ncommunities: [small]\ndesigns: [quyang_2014]\nparameters:\n"
    "  community.elder_share: [0.2, 0.3]\nplan: {kind: grid}\nreplicates: 2\noutcomes: [satisfaction, cost]\n"
    "shocks: [{epidemic: {week: 60, length: 8}}]\nprocesses: {sense: {report_rate: 0.1}}\n",
}
COMPOUNDS = (
    "compound,neighbourhood,households,year_built,storeys,fee,property_firm,owners_committee,elder_share,lifts\n"
    "恭房小区,瞿溪,420,1985,6,0.8,永理,no,0.4,1\n江边花园,滨江,910,2004,24,2.9,,是,,\n"
)
UNITS = "unit,kind,rank,neighbourhood,venue,culture\n小学,school,0,瞿溪,5,\n银行,bank,1,outside,,2.5\n"


PLACES = (
    "study", "parameters", "plan", "design", "community", "processes", "shocks", "epidemic", "range",
    "replicates",
)  # fmt: skip
"""What a message begins with once files have been composed."""

# ---------------------------------------------------------------- the properties


def refused(text: object, work: object, *places: str) -> None:
    """Work is done, or refused with a message that names one of the places."""
    kind = "used"
    try:
        work()  # type: ignore[operator]
    except CogovError as error:
        kind = "refused"
        message = str(error)
        assert any(place in message for place in places), (text, message)
        assert SECRET not in message
        assert len(message) < 40_000
    TRIED[kind] += 1


def told(argv: list[str]) -> str:
    """The command line says what it has to say, and ends with a documented code."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(argv)
        except SystemExit as leave:  # of argparse: 0 for help, 2 for bad usage
            code = int(leave.code or 0)
    said = out.getvalue() + err.getvalue()
    assert code in CODES, (argv, said)
    assert "Traceback" not in said
    assert SECRET not in said
    assert code == 0 or err.getvalue().strip()
    TRIED["used" if code == 0 else "refused"] += 1
    return said


def named(given_: list[str], said: str) -> None:
    """A refusal names a key that was given, or quotes how what was given begins."""
    keys = [text.lstrip("+~").partition("=")[0] for text in given_]
    parts = {part for key in keys for part in re.split(r"[./@:]", key) if part}
    begins = {shown(text)[:12] for text in given_} | {text[:12] for text in given_}
    assert not said or any(part in said for part in parts | begins | {"''", "name=value"}), (given_, said)


def check_overrides(pair: list[str]) -> None:
    named(pair, told(["run", *pair]))


def check_study(pair: list[str]) -> None:
    told(["study", "experiment=compare_designs", "communities=small", *pair])


def check_yaml(text: str) -> None:
    refused(text, lambda: parse_yaml(text, "a file"), "a file")


def check_file(folder: Path, kind: str, text: str) -> None:
    path = folder / "mine.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    work = (
        (lambda: load_design(path))
        if kind == "design"
        else (lambda: compose_study([f"experiment={path}", "communities=small"]))
    )
    refused(text, work, str(path), *PLACES)


def check_table(folder: Path, kind: str, text: str, encoding: str) -> None:
    path = folder / "mine.csv"
    path.write_bytes(text.encode(encoding, "replace"))
    refused(text, lambda: (read_compounds if kind == "compounds" else read_units)(path), str(path))


def check_folder(study: Path, folder: Path, damage: tuple[int, int, bytes, str]) -> None:
    """A stored study with one file damaged is read, or refused by the command line and by Python."""
    which, at, put, how = damage
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(study, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    path = files[which % len(files)]
    content = path.read_bytes()
    at %= len(content) + 1
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[:at])
    elif how == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(content[:at] + put + content[at + len(put) :])
    for verb in (["status"], ["export", f"to={folder}/export"]):
        told(["study", verb[0], str(folder), *verb[1:]])
    refused(damage, lambda: open_study(folder).compare(), str(folder), "unknown design")


damages = st.tuples(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.binary(min_size=1, max_size=9),
    st.sampled_from(["put", "put", "cut", "gone", "folder"]),
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored") / "made_up"
    study = made_up_study(replicates=2)
    with Store.open(folder, study) as store:
        for cell in study.cells():
            store.add(made_up(study, cell))
    return folder


@pytest.fixture(autouse=True)
def _nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is not run, and would be known if the environment came into what is said."""
    monkeypatch.setenv("COGOV_SECRET", SECRET)

    def stop(*_: object, **__: object) -> None:
        raise SystemExit(0)

    monkeypatch.setattr(cogov.simulation, "simulate", stop)
    monkeypatch.setattr(cogov.cli.study, "run", lambda *_: 0)


@pytest.fixture(autouse=True)
def _counted() -> object:
    TRIED.clear()
    yield
    print(f"\n  {sum(TRIED.values()):,} inputs: {TRIED['used']:,} used, {TRIED['refused']:,} refused")


def rounds(number: int) -> settings:
    slow = [
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ]
    return settings(max_examples=number, suppress_health_check=slow)


def every(short: int, long: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("number", [short, pytest.param(long, marks=pytest.mark.slow)])


@every(3, 150)
def test_overrides_of_a_run(number: int):
    rounds(number)(given(st.lists(overrides(KEYS), min_size=1, max_size=2))(check_overrides))()


@every(3, 150)
def test_overrides_of_a_study(number: int):
    rounds(number)(given(st.lists(overrides(STUDY_KEYS), min_size=1, max_size=2))(check_study))()


@every(100, 4_000)
def test_yaml(number: int):
    good = (shipped("configs") / "design" / "wuliqiao_2020.yaml").read_text(encoding="utf-8")
    texts = st.one_of(words, values.map(repr), mutated(good), mutated("a: &a [1, {b: *a}]\n? x\n: !!str 3\n"))
    rounds(number)(given(texts)(check_yaml))()


@every(3, 150)
@pytest.mark.parametrize("kind", ["design", "experiment"])
def test_files(tmp_path: Path, kind: str, number: int):
    texts = mutated(CONTENT[kind])
    rounds(number)(given(texts)(lambda text: check_file(tmp_path, kind, text)))()


@every(60, 3_000)
@pytest.mark.parametrize("kind", ["compounds", "units"])
def test_tables(tmp_path: Path, kind: str, number: int):
    texts = mutated(COMPOUNDS if kind == "compounds" else UNITS)
    encodings = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1"])
    rounds(number)(
        given(texts, encodings)(lambda text, encoding: check_table(tmp_path, kind, text, encoding))
    )()


@every(3, 25)
def test_stored_folders(stored: Path, tmp_path: Path, number: int):
    rounds(number)(given(damages)(lambda damage: check_folder(stored, tmp_path / "copy", damage)))()

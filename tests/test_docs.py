"""What the README and the documentation tell a reader to write, run or type does work."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from cogov import __version__
from cogov.cli import main
from cogov.cli.study import UPKEEP
from cogov.cli.why import asked
from cogov.config import compose
from cogov.mechanisms import registry
from cogov.rules import Design
from cogov.rules.shipped import load_design
from cogov.search.settings import compose_search
from cogov.simulation import simulate
from cogov.study import Study
from cogov.study.driver import run_study
from cogov.study.settings import compose_study

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    page: Path
    language: str
    title: str
    text: str


BLOCKS = [Block(page, *match) for page in PAGES for match in FENCE.findall(page.read_text(encoding="utf-8"))]
COMMANDS = [
    line.removeprefix("$ ").split("|")[0].split("#")[0].strip()
    for block in BLOCKS
    if block.language == "console"
    for line in block.text.replace("\\\n", " ").splitlines()
    if re.match(r"(\$ )?cogov ", line)
]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The studies whose folders the documentation names, tiny."""
    folder = tmp_path_factory.mktemp("results")
    for name, designs in {"compare_designs": ["quyang_2014"], "blocks": ["wuliqiao_2020"]}.items():
        study = Study(name=name, communities=["small"], designs=designs, weeks=6, reform_week=2, replicates=2)
        run_study(study, folder / name, engine="serial")
    return folder


@pytest.fixture
def desk(tmp_path: Path, results: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with every file the documentation shows; the mechanism in it is installed."""
    shutil.copytree(results, tmp_path / "results")
    for block in BLOCKS:
        if block.title:
            path = tmp_path / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
    shown = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))
    ((group, entries),) = shown["project"]["entry-points"].items()
    installed = tmp_path / "courtyard-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: courtyard\nVersion: 1.0\n", encoding="utf-8"
    )
    lines = [f"[{group}]", *(f"{name} = {value}" for name, value in entries.items())]
    (installed / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    registry.cache_clear()
    yield tmp_path
    registry.cache_clear()
    sys.modules.pop("courtyard", None)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_the_home_page_and_the_menu_name_every_page() -> None:
    home, menu = ((ROOT / name).read_text(encoding="utf-8") for name in ("docs/index.md", "mkdocs.yml"))
    for page in PAGES[1:]:
        name = page.relative_to(ROOT / "docs").as_posix()
        assert name == "index.md" or f"]({name})" in home, name
        assert name in menu, name


def test_the_citation_is_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)  # what CFF 1.2 requires
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "software")
    assert citation["version"] == __version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["authors"] == project["authors"]
    assert project["license"].startswith(citation["license"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_python_runs(page: Path, desk: Path) -> None:
    names: dict[str, object] = {}
    for block in BLOCKS:
        if block.page == page and block.language == "python" and not block.title:
            exec(compile(block.text, str(page), "exec"), names)


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_command_is_understood(command: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Runs, studies and pairs of runs are composed and checked, not run; everything else is run."""
    verb, *words = shlex.split(command)[1:]
    if verb == "report" or {"attribute", "robustness"} & set(words):
        pytest.skip(
            "tests/report makes reports, tests/cli/test_study.py attributes, tests/study/test_over.py draws"
        )
    elif verb in ("run", "study", "search") and not {"--help", *UPKEEP} & set(words):
        folders = []
        if "--config-dir" in words:
            at = words.index("--config-dir")
            folders = [Path(words[at + 1])]
            del words[at : at + 2]
        made = {"run": compose, "study": compose_study, "search": compose_search}
        made[verb](words, config_dirs=folders)
    elif verb == "why":
        asked(*words[:2], words[2:])
    else:
        try:
            code = main([verb, *words])
        except SystemExit as leaving:  # --help and --version
            code = leaving.code
        assert code == 0, capsys.readouterr().err


def test_mechanism_of_another_package_works_and_has_no_force_at_zero(desk: Path) -> None:
    mechanism = registry()["courtyard_meeting"]()
    base = load_design("line_hierarchy")

    def digest(design: Design) -> str:
        return simulate("small", design, seed=1, weeks=40, reform_week=4).digest

    assert digest(base.with_(mechanism)) != digest(base)
    assert digest(base.with_(mechanism.at_zero())) == digest(base)

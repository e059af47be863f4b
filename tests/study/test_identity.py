"""A run's identity follows the source that its designs use, and no other."""

from __future__ import annotations

import importlib
import inspect
import sys
from pathlib import Path

import pytest

from cogov import load_design
from cogov.mechanisms import GridLinkage, ThreeLevelPlatform, registry
from cogov.study import Study, identity
from cogov.study.identity import mechanism_version, versions_of

SUMMARY = GridLinkage.__doc__.splitlines()[0]
"""As its file has it: of what follows, the interpreter may have changed the indentation."""
MODULE = '''
from dataclasses import dataclass
from cogov.mechanisms import Mechanism
from {package}helper import NUMBER

@dataclass(frozen=True, kw_only=True)
class Mine(Mechanism):
    """Nothing."""
    name, zh, seed, family, zero = "mine", "我的", "none", "tests", {{}}

    def rules(self):
        return ()
'''


def version(kind: type) -> str:
    """As it would be in a new process."""
    return mechanism_version.__wrapped__(kind)


@pytest.fixture
def structure(monkeypatch, tmp_path) -> Path:
    """A copy of the file of two shipped mechanisms, which is taken for it."""
    path = Path(inspect.getsourcefile(GridLinkage))
    copy = tmp_path / path.name
    copy.write_text(path.read_text("utf-8"), encoding="utf-8")
    monkeypatch.setattr(inspect, "getsourcefile", lambda kind: str(copy))
    return copy


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_shipped_mechanism_that_is_not_used_may_be_edited(structure):
    before = version(GridLinkage), version(ThreeLevelPlatform)
    edited(structure, SUMMARY, f"Edited. {SUMMARY}")
    assert version(ThreeLevelPlatform) == before[1]
    assert version(GridLinkage) != before[0]


def test_what_a_file_says_beside_its_mechanisms_concerns_all_of_them(structure):
    before = version(GridLinkage), version(ThreeLevelPlatform)
    with structure.open("a", encoding="utf-8") as file:
        file.write("\nSHARED = 1\n")
    assert version(GridLinkage) != before[0]
    assert version(ThreeLevelPlatform) != before[1]


def test_a_mechanism_that_another_speaks_of_concerns_it(structure):
    with structure.open("a", encoding="utf-8") as file:
        file.write("\ndef helper():\n    return GridLinkage()\n")
    before = version(ThreeLevelPlatform)
    edited(structure, SUMMARY, f"Edited. {SUMMARY}")
    assert version(ThreeLevelPlatform) != before


def test_decorators_belong_to_a_class(structure):
    before = version(GridLinkage)
    edited(
        structure, "@dataclass(frozen=True, kw_only=True)\nclass GridLinkage", "@dataclass\nclass GridLinkage"
    )
    assert version(GridLinkage) != before


@pytest.fixture
def imported(monkeypatch, tmp_path):
    """Imports somebody's mechanism from a package or a file, and forgets it afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def load(name: str) -> type:
        return importlib.import_module(name).Mine

    yield load
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_package_of_somebody_else_concerns_its_own_mechanisms_with_all_its_files(tmp_path, imported):
    package = tmp_path / "somebodys"
    (package / "deep").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "helper.py").write_text("NUMBER = 1\n")
    (package / "deep" / "__init__.py").write_text("")
    (package / "deep" / "mine.py").write_text(MODULE.format(package="somebodys."), encoding="utf-8")
    ours = versions_of([load_design("wuliqiao_2020")])
    mine = imported("somebodys.deep.mine")
    before = version(mine)
    assert versions_of([load_design("wuliqiao_2020")]) == ours
    (package / "helper.py").write_text("NUMBER = 2\n")
    assert version(mine) != before


def test_a_file_of_somebody_else_concerns_its_mechanisms_with_the_files_beside_it(tmp_path, imported):
    (tmp_path / "helper.py").write_text("import further\nNUMBER = 1\n")
    (tmp_path / "further.py").write_text("")
    (tmp_path / "unrelated.py").write_text("")
    (tmp_path / "mine.py").write_text(MODULE.format(package=""), encoding="utf-8")
    mine = imported("mine")
    before = version(mine)
    (tmp_path / "unrelated.py").write_text("changed = True\n")
    assert version(mine) == before
    (tmp_path / "further.py").write_text("changed = True\n")
    assert version(mine) != before


def test_runs_follow_the_mechanisms_of_their_design_and_of_the_baseline(monkeypatch):
    study = Study(communities=["small"], designs=["quyang_2014", "wuliqiao_2020"], replicates=1)
    only = {m.name for m in study.designs[1].mechanisms} - {m.name for m in study.designs[0].mechanisms}

    def runs(changed: str) -> list[str]:
        monkeypatch.setattr(identity, "mechanism_version", lambda kind: str(kind.name == changed))
        return [cell.run for cell in study.with_().cells()]

    as_is = runs("")
    assert runs("grid_linkage") == as_is  # of the registry, and of none of the designs
    assert [a == b for a, b in zip(as_is, runs(min(only)), strict=True)] == [True, True, False]
    base = study.baseline.mechanisms[0].name
    assert [a == b for a, b in zip(as_is, runs(base), strict=True)] == [False, False, False]


def test_every_mechanism_there_is_has_a_version_of_its_own():
    versions = [version(kind) for kind in registry().values()]
    assert len(set(versions)) == len(versions)

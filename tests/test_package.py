"""The wheel as a stranger gets it: built from the source archive, installed out of sight of the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import cogov

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Source archive and, from that archive, the wheel: what the archive forgets, the wheel lacks."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` of a new environment with the wheel in it.

    The dependencies are borrowed from this environment through a ``.pth`` file, so that nothing is
    downloaded. Such a file is not followed further, so an editable cogov of this environment stays unseen.
    """
    folder = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    paths = sysconfig.get_paths("venv", {"base": str(folder), "platbase": str(folder)})
    python = next(Path(paths["scripts"]).glob("python[.3]*"))
    offline = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
    run(sys.executable, "-m", "pip", "--python", python, "install", *offline, wheel, cwd=folder)
    (Path(paths["purelib"]) / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Path(paths["scripts"])


def test_wheel_holds_configuration_experiments_and_type_marker(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("configs", "experiments"):
        tracked = {path for path in (ROOT / folder).rglob("*") if path.suffix in (".yaml", ".py")}
        assert tracked
        assert {f"cogov/_resources/{path.relative_to(ROOT).as_posix()}" for path in tracked} <= inside
    assert "cogov/py.typed" in inside
    assert not [name for name in inside if name.startswith(("tests/", "docs/"))]


def test_installed_wheel_runs_from_any_folder(scripts: Path, tmp_path: Path) -> None:
    python = next(scripts.glob("python[.3]*"))
    where = run(python, "-c", "import cogov; print(cogov.__file__)", cwd=tmp_path)
    assert scripts.parent in Path(where.strip()).parents

    scenario = ("community=small", "design=wuliqiao_2020", "seed=1", "weeks=8", "reform_week=4", "run_in=0")
    result = json.loads(run(scripts / "cogov", "run", *scenario, "format=json", cwd=tmp_path))
    assert result["weeks"] == 8
    assert result["residents"] > 1_000
    assert result["outcomes"]
    assert "wuliqiao_2020" in run(scripts / "cogov", "list", "designs", cwd=tmp_path)


def test_one_version(wheel: Path, scripts: Path, tmp_path: Path) -> None:
    version = wheel.name.split("-")[1]
    assert run(scripts / "cogov", "--version", cwd=tmp_path).strip() == f"cogov {version}"
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_who_plans_reads_and_reports_does_not_wait_for_mesa(tmp_path: Path) -> None:
    code = """
import sys, cogov, cogov.cli, cogov.report, cogov.figures, cogov.cli.study
light = [name for name in cogov.__all__ if name != "GovernanceModel" and getattr(cogov, name)]
assert cogov.load_design("line_hierarchy") and cogov.load_community("small")
print(len(light), "mesa" in sys.modules, cogov.GovernanceModel and "mesa" in sys.modules)
"""
    found = run(sys.executable, "-c", code, cwd=tmp_path)
    assert found.split() == [str(len(cogov.__all__) - 1), "False", "True"]

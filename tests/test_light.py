"""The model's import path is light: it is imported and run where a browser's Python lacks what it lacks."""

from __future__ import annotations

import subprocess
import sys

import pytest

BROWSER = """
import builtins, sys

# What Pyodide does not have at all, and what it has only in part: Mesa asks for some of that, we do not.
for name in ("resource", "pwd", "grp", "readline", "_multiprocessing", "_posixshmem"):
    sys.modules[name] = None
IN_PART = {"sqlite3", "multiprocessing", "subprocess", "socket", "ssl", "fcntl", "concurrent"}
usual = builtins.__import__

def watched(name, globals=None, *given, **named):
    who = (globals or {}).get("__name__", "")
    if who.partition(".")[0] == "cogov" and name.partition(".")[0] in IN_PART:
        raise ImportError(f"{who} imports {name}")
    return usual(name, globals, *given, **named)

builtins.__import__ = watched
"""
RUN = """
import cogov.model
model = cogov.model.GovernanceModel("small", "wuliqiao_2020", rng=1, weeks=8, reform_week=2, run_in=0)
model.run_until(8)
assert model.week == 8
print(model.record.digest())
"""
SIMULATE = """
from cogov import simulate
result = simulate("small", "wuliqiao_2020", seed=1, weeks=8, reform_week=2, run_in=0)
print(result.digest)
"""


def said(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("program", [RUN, SIMULATE], ids=["model", "simulate"])
def test_a_run_asks_for_nothing_that_a_browser_has_not(program, capsys):
    exec(program, {})  # here nothing is lacking
    assert said(BROWSER + program) == capsys.readouterr().out


def test_the_public_names_cost_nothing_until_they_are_used():
    program = (
        "import sys, cogov; print([name for name in ('numpy', 'mesa', 'pandas') if name in sys.modules])"
    )
    assert said(program) == "[]\n"


def test_the_model_needs_neither_tables_of_studies_nor_figures():
    heavy = "('pyarrow.parquet', 'matplotlib', 'xarray', 'dask', 'hydra', 'cogov.study', 'cogov.analysis')"
    program = f"import sys, cogov.model; print([name for name in {heavy} if name in sys.modules])"
    assert said(program) == "[]\n"

"""A hundred thousand runs are summarised, checked and merged within 1 GB of memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from cogov.study import Study
from cogov.study.folder import identity
from cogov.study.parts import write_part
from cogov.study.rows import Rows
from cogov.study.store import RUNS, Store
from tests.study.synthetic import GROUPS, made_up_study

CONDITIONS, REPLICATES = 10, 10_000
SCRIPT = """
import json, sys, time
from pathlib import Path
from cogov.analysis.compare import compare
from cogov.kit.memory import peak_mb
from cogov.study.tables import Tables
from cogov.study.upkeep import compact, digest, status

def step(name, work):
    started = time.perf_counter()
    value = work()
    print(json.dumps([name, peak_mb(), time.perf_counter() - started, value]), flush=True)

folder = Path(sys.argv[1])
step("nothing", lambda: None)
step("status", lambda: status(folder).done)
tables = Tables(folder)
step("runs", lambda: len(tables.runs()))
arms = ["design", *tables.parameters]
step("means", lambda: len(tables.runs().groupby(arms, dropna=False).mean(numeric_only=True)))
step("one series", lambda: len(tables.series(["satisfaction"], {"design": tables.designs[0]})))
step("digest", lambda: digest(tables))
step("compare", lambda: len(compare(tables.runs(), ["satisfaction"], tables.designs[0], tables.parameters)))
step("compact", lambda: str(compact(folder)))
step("digest again", lambda: digest(Tables(folder)))
"""


def many(folder: Path, study: Study) -> None:
    """Parts of 100,000 runs: 182 weeks in every twentieth part, 8 in the others, to spare the disk."""
    Store.open(folder, study).close()
    schemas, key, rng = Rows(study).schemas, identity(study), np.random.default_rng(1)
    cells = study.cells()
    names = [[community.name for community in study.communities], [arm.name for arm in study.arms]]
    for number, start in enumerate(range(0, len(cells), RUNS)):
        some = cells[start : start + RUNS]
        weeks = 8 if number % 20 else 182
        known = {
            "run": [cell.run for cell in some],
            "community": [names[0][cell.community] for cell in some],
            "design": [names[1][cell.design] for cell in some],
            "replicate": [cell.replicate for cell in some],
            "seed": [cell.seed for cell in some],
            **{path.text: [cell.values[i] for cell in some] for i, path in enumerate(study.paths)},
            "status": ["done"] * len(some),
            "error": [None] * len(some),
            "weeks": [weeks] * len(some),
            "residents": [2000] * len(some),
            "digest": [cell.run * 4 for cell in some],
        }
        repeated = {
            "series": {"week": np.tile(np.arange(1, weeks + 1), len(some))},
            "groups": {
                "by": [by for by, _ in GROUPS] * len(some),
                "group": [group for _, group in GROUPS] * len(some),
            },
        }
        tables = {}
        for table, schema in schemas.items():
            columns = known
            if table != "runs":
                length = {"series": weeks, "groups": len(GROUPS)}[table]
                columns = {"run": np.repeat(known["run"], length), **repeated[table]}
            size = len(columns["run"])
            arrays = [pa.array(columns.get(f.name, rng.random(size)), f.type) for f in schema]
            tables[table] = [pa.table(arrays, schema=schema)]
        write_part(folder, f"part-driver-made-{number:05d}", tables, schemas, key)


@pytest.mark.slow
def test_a_hundred_thousand_runs_within_a_gigabyte(tmp_path, capsys):
    levels = [float(level) for level in range(1, CONDITIONS)]
    study = made_up_study(
        parameters={"design.mechanisms.three_level_platform.staff": levels}, replicates=REPLICATES, weeks=182
    )
    many(tmp_path / "study", study)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path / "study"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    steps = {name: rest for name, *rest in map(json.loads, done.stdout.splitlines())}
    with capsys.disabled():
        for name, (peak, seconds, value) in steps.items():
            print(f"\n{name}: {peak:.0f} MiB at most so far, {seconds:.1f} s, {value}", end="")
    assert steps["status"][2] == steps["runs"][2] == CONDITIONS * REPLICATES
    assert steps["digest"][2] == steps["digest again"][2]
    assert max(peak for peak, _, _ in steps.values()) < 1024

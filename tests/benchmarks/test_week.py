"""How fast a week is, where its time goes, and how much memory people take.

Run with ``make bench``. Sizes are residents; the design is the one with most rules. ``extra_info`` of each
row, printed after the table of times, has resident-weeks a second and milliseconds by process.
"""

import json
import subprocess
import sys

import pytest

from cogov import GovernanceModel, load_community

WEEKS = 52
SIZES = {5_000: ("small", 2), 80_000: ("wuliqiao", 1), 1_000_000: ("wuliqiao", 14)}
"""Profile and scale that come nearest; residents are set to the size exactly."""


def profile(size):
    name, scale = SIZES[size]
    return load_community(name, residents=round(size / scale), scale=scale)


@pytest.mark.parametrize("size", SIZES)
def test_build(benchmark, size):
    """Seconds to build a community."""
    given = profile(size)
    community = benchmark.pedantic(given.build, args=(1,), rounds=3)
    benchmark.extra_info["residents"] = len(community.residents)


@pytest.mark.parametrize("design", ["line_hierarchy", "wuliqiao_2020"])
@pytest.mark.parametrize("size", SIZES)
def test_week(benchmark, size, design):
    """Seconds for a year of weeks under a design, in its first year after half a year of warm-up."""
    model = GovernanceModel(profile(size), design, rng=1, weeks=26 + 4 * WEEKS, run_in=0)
    model.run_until(26)
    before = dict(model.seconds)

    def a_year():
        model.run_until(model.time + WEEKS)

    rounds = 3
    benchmark.pedantic(a_year, rounds=rounds)
    best = benchmark.stats.stats.min
    residents = len(model.residents)
    by_process = {name: 1000 * (model.seconds[name] - before[name]) / WEEKS / rounds for name in before}
    benchmark.extra_info |= {
        "residents": residents,
        "million resident-weeks a second": round(residents * WEEKS / best / 1e6, 1),
        "ms a week": {name: round(value, 3) for name, value in by_process.items()},
    }


MEMORY = """
import json, sys
import cogov
from cogov.kit.memory import peak_mb
cogov.simulate("small", "wuliqiao_2020", seed=1, weeks=30, run_in=0)  # imports what is imported
before = peak_mb()
name, scale, residents = json.loads(sys.argv[1])
profile = cogov.load_community(name, residents=residents, scale=scale)
model = cogov.GovernanceModel(profile, "wuliqiao_2020", rng=1, run_in=0)
model.run_until(60)
print((peak_mb() - before) * 2**20 / len(model.residents))
"""


@pytest.mark.parametrize("size", SIZES)
def test_memory(benchmark, size):
    """Peak bytes a resident above the interpreter with its libraries: building and 60 weeks."""
    name, scale = SIZES[size]
    argument = json.dumps([name, scale, round(size / scale)])
    command = [sys.executable, "-c", MEMORY, argument]
    done = benchmark.pedantic(
        lambda: subprocess.run(command, capture_output=True, text=True, check=True), rounds=1
    )
    benchmark.extra_info["peak bytes a resident"] = round(json.loads(done.stdout))

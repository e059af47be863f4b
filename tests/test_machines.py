"""The same bits whatever kernel the libraries choose for the processor."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

BASELINE = Path(__file__).with_name("baseline.yaml")
X86 = platform.machine() in ("x86_64", "AMD64")
GLIBC = X86 and platform.libc_ver()[0] == "glibc"

KERNELS = {
    "Prescott": "SSE3",
    "Nehalem": "SSE42",
    "Sandybridge": "AVX",
    "Haswell": "AVX2",
    "Zen": "AVX2",
    "SkylakeX": "AVX512_SKX",
    "Cooperlake": "AVX512_ICL",
    "SapphireRapids": "AVX512_SPR",
}
"""Kernels of OpenBLAS, and what a processor needs to run them."""
OLD_LIBC = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2"
"""The C library's exp, log, pow and sin without fused multiply-add."""

PROGRAM = """
import hashlib, json, sys
import numpy as np
import threadpoolctl
import cogov

designs, weeks, residents = json.loads(sys.argv[1])
community = cogov.load_community("small", **({"residents": residents} if residents else {}))
digests = {}
for name in designs:
    run = cogov.simulate(
        community,
        name,
        seed=2020,
        weeks=weeks,
        reform_week=13,
        run_in=0,
        shocks=(cogov.Epidemic(week=min(60, weeks - 8), length=8),),
    )
    digests[name] = run.digest
numbers = np.random.default_rng(0).random(200_000) * 20 - 10
bits = lambda values: hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()
blas = [entry for entry in threadpoolctl.threadpool_info() if entry["user_api"] == "blas"]
print(json.dumps({
    "digests": digests,
    "kernels": sorted({entry.get("architecture") or "" for entry in blas}),
    "libc": bits([np.exp(numbers), np.log(abs(numbers))]),
    "numpy": bits(np.exp(numbers.astype(np.float32))),
}))
"""


@cache
def elsewhere(designs: tuple[str, ...], weeks: int, residents: int | None, **changes: str) -> dict[str, Any]:
    """What a process under other environment variables computes, and what it is made of."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([designs, weeks, residents])],
        env=os.environ | changes,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def pinned() -> dict[str, str]:
    values = yaml.safe_load(BASELINE.read_text(encoding="utf-8"))
    return {name: entry["digest"] for name, entry in values.items()}


def needs(feature: str) -> None:
    """Skip, saying why, what this processor cannot run."""
    if not X86:
        pytest.skip(f"not tried: {platform.machine()} has no kernels to choose between here")
    if not __cpu_features__.get(feature):
        pytest.skip(f"not tried: this processor has no {feature}")


def disabled() -> str:
    """What NumPy has more than one version for, and this processor has."""
    return " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name))


SHORT = (tuple(pinned()), 21, None)


@pytest.mark.skipif(not GLIBC, reason="not tried: only glibc on x86-64 can be told what to leave out")
def test_the_oldest_processor_computes_the_same():
    """All at once: what a processor of 2008 would run, against what this one does."""
    needs("SSE42")
    old = {"OPENBLAS_CORETYPE": "Nehalem", "GLIBC_TUNABLES": OLD_LIBC, "NPY_DISABLE_CPU_FEATURES": disabled()}
    here, there = elsewhere(*SHORT), elsewhere(*SHORT, **old)
    assert there["kernels"] == ["Nehalem"]
    if __cpu_features__.get("FMA3"):  # what the settings change they do change: the test could fail
        assert there["libc"] != here["libc"]
        assert there["numpy"] != here["numpy"]
    assert there["digests"] == here["digests"]


@pytest.mark.slow
@pytest.mark.parametrize("kernel", KERNELS)
def test_every_kernel_of_the_linear_algebra(kernel):
    needs(KERNELS[kernel])
    found = elsewhere(tuple(pinned()), 104, None, OPENBLAS_CORETYPE=kernel)
    assert found["digests"] == pinned()


@pytest.mark.slow
@pytest.mark.parametrize("feature", __cpu_dispatch__)
def test_every_width_of_numpy(feature):
    needs(feature)
    below = __cpu_dispatch__[__cpu_dispatch__.index(feature) :]
    switched = " ".join(name for name in below if __cpu_features__.get(name))
    found = elsewhere(tuple(pinned()), 104, None, NPY_DISABLE_CPU_FEATURES=switched)
    assert found["digests"] == pinned()


@pytest.mark.slow
@pytest.mark.skipif(not GLIBC, reason="not tried: only glibc on x86-64 can be told what to leave out")
@pytest.mark.parametrize("hwcaps", ["-FMA,-FMA4", "-AVX2", "-FMA,-FMA4,-AVX2", "-AVX512F,-AVX512VL"])
def test_every_c_library(hwcaps):
    found = elsewhere(tuple(pinned()), 104, None, GLIBC_TUNABLES=f"glibc.cpu.hwcaps={hwcaps}")
    assert found["digests"] == pinned()

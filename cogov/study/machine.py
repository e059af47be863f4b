"""What a run was made on: processor and libraries; and which differences of two can change bits."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import threadpoolctl

LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "mesa")
DECIDE = {"architecture": 1, "python": 2, "numpy": 2, "scipy": 2}
"""What can change the bits of a result, and how many parts of its version are compared.

Processor, BLAS kernel, C library and operating system cannot: nothing in a result comes from them
(`cogov.kit.elementary`). Of these four it has not been shown: builds of SciPy for another architecture may
fuse operations, and another Python, NumPy or SciPy may sum, draw or merge in another way.
"""


@cache
def machine() -> dict[str, str]:
    """Kind of machine and versions of what computes.

    Returns
    -------
    dict of str
        ``architecture`` (``x86_64``), ``processor`` (family and model), ``blas`` (library, version and the
        kernel it chose), ``libc``, ``system``, ``python`` and the libraries.
    """
    return {
        "architecture": platform.machine() or "unknown",
        "processor": _processor(),
        "blas": _blas(),
        "libc": " ".join(platform.libc_ver()).strip() or "unknown",
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


@cache
def described() -> str:
    """The machine in one line, for the record of a run: what computes, without what only stores."""
    about = machine()
    parts = [f"{about['architecture']} {about['processor']}", about["blas"], about["libc"]]
    parts += [f"{name} {about[name]}" for name in ("python", "numpy", "scipy")]
    return "; ".join(parts)


def other_bits(there: Mapping[str, object]) -> list[str]:
    """Differences between a machine noted before and this one that can change results, a line each."""
    here = machine()
    return [
        f"  {name}: {there[name]} -> {here[name]}"
        for name, parts in DECIDE.items()
        if there.get(name) is not None and _leading(there[name], parts) != _leading(here[name], parts)
    ]


def _leading(version: object, parts: int) -> list[str]:
    return str(version).split(".")[:parts]


def _processor() -> str:
    """Name of the processor, with family, model and stepping where the system says them."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor() or "unknown"
    found: dict[str, str] = {}
    for line in text.split("\n\n", 1)[0].splitlines():
        key, _, value = line.partition(":")
        found[key.strip()] = value.strip()
    name = found.get("model name") or found.get("CPU part") or platform.processor() or "unknown"
    numbers = [found[key] for key in ("cpu family", "model", "stepping") if key in found]
    return f"{name} ({'/'.join(numbers)})" if numbers else name


def _blas() -> str:
    """NumPy's BLAS and the kernel it chose for this processor; no result depends on it."""
    for library in threadpoolctl.threadpool_info():
        if library["user_api"] == "blas":
            kernel = library.get("architecture") or "unknown kernel"
            return f"{library['internal_api']} {library['version']} {kernel}"
    return "unknown"

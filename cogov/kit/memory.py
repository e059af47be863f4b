"""How much memory this process has used."""

from __future__ import annotations

import sys
from pathlib import Path

try:
    import resource
except ImportError:  # a browser's Python has none
    resource = None  # type: ignore[assignment]


def peak_mb() -> float:
    """Highest resident memory of this process so far, in MiB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # Linux: getrusage would count what the parent had when it started us
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 2**10
    if resource is None:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10

"""Settings all tests share."""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

from cogov import run_in

# A run begins with an empty community unless its test says otherwise: ten years of run-in take seconds. Set
# before anything is imported whose default it is.
run_in.RUN_IN = 0

# Two test processes share the machine: no window system, and no threads beneath theirs.
os.environ["MPLBACKEND"] = "Agg"
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

# What a shell starts in the background ignores Ctrl-C, and so would all that the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A run's time says nothing about its correctness; in CI the same examples are tried every time.
# --hypothesis-profile=thorough tries more of them where a test sets no number itself.
often = settings(
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("cogov", often)
settings.register_profile("thorough", often, max_examples=400)
settings.load_profile("cogov")

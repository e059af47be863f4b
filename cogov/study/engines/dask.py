"""The engine for the cores of one machine, and for a dask scheduler somewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cogov.errors import ConfigError
from cogov.fields import param
from cogov.study.engines.base import Engine
from cogov.study.engines.pool import NO_DASHBOARD, DaskPool, hosted


@dataclass(frozen=True, kw_only=True)
class DaskEngine(Engine):
    """Processes of this machine, or the workers of a dask scheduler (dask.distributed)."""

    name = "dask"

    workers: int | None = param(None, low=1, high=4096, doc="processes; null: as many as there are cores")
    address: str = param("", doc="scheduler with workers of its own, as tcp://HOST:PORT; empty: this machine")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.address and "://" not in self.address:
            raise ConfigError(f"engine dask.address = {self.address!r}: must be like tcp://HOST:PORT")
        if self.address and self.workers:
            raise ConfigError("engine dask.workers: the scheduler at the address has its own; leave them out")

    @property
    def expected(self) -> int | None:
        from dask.system import CPU_COUNT  # that this process may use, limits of containers included

        return None if self.address else self.workers or CPU_COUNT

    @contextmanager
    def open(self, runs: int) -> Iterator[DaskPool]:
        with contextlib.ExitStack() as stack:
            if self.expected is None:
                address = self.address
            else:
                options = {
                    "n_workers": min(self.expected, runs),
                    "threads_per_worker": 1,
                    "host": "127.0.0.1",
                    "scheduler_kwargs": NO_DASHBOARD,
                }
                address = stack.enter_context(hosted("local", options))
            yield stack.enter_context(DaskPool.connected(address, expected=not self.address))

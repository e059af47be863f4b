"""The engine for the cores of one machine, and for a dask scheduler somewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cogov.kit.errors import ConfigError
from cogov.kit.fields import param
from cogov.study.engines.base import Engine
from cogov.study.engines.pool import NO_DASHBOARD, DaskPool, hosted


@dataclass(frozen=True, kw_only=True)
class DaskEngine(Engine):
    """Processes of this machine, or the workers of a dask scheduler (dask.distributed)."""

    name = "dask"

    workers: int | None = param(None, low=1, high=4096, doc="processes; null: as many as there are cores")
    address: str = param("", doc="scheduler with workers of its own, as tls://HOST:PORT; empty: this machine")
    tls_ca: str = param("", doc="PEM file of the certificate that the scheduler's is signed by")
    tls_cert: str = param("", doc="PEM file of our own certificate, for the scheduler at the address")
    tls_key: str = param("", doc="PEM file of its key; empty: it is in the file of the certificate")

    def __post_init__(self) -> None:
        super().__post_init__()
        tls = [self.tls_ca, self.tls_cert, self.tls_key]
        if any(tls) and not (self.tls_ca and self.tls_cert and self.address.startswith("tls://")):
            raise ConfigError(
                "engine dask: certificates are for an address that begins with tls://, and need both tls_ca"
                " and tls_cert; on this machine cogov makes its own"
            )
        if self.address and "://" not in self.address:
            raise ConfigError(f"engine dask.address = {self.address!r}: must be like tls://HOST:PORT")
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
                address, security = self.address, self._security()
            else:
                options = {
                    "n_workers": min(self.expected, runs),
                    "threads_per_worker": 1,
                    "host": "127.0.0.1",
                    "scheduler_kwargs": NO_DASHBOARD,
                }
                address, security = stack.enter_context(hosted("local", options))
            pool = DaskPool.connected(address, security, expected=not self.address)
            yield stack.enter_context(pool)

    def _security(self) -> dict[str, str]:
        """Certificates for the scheduler at the address.

        Raises
        ------
        ConfigError
            If one of them is no file.
        """
        files = {"tls_ca_file": self.tls_ca, "tls_client_cert": self.tls_cert, "tls_client_key": self.tls_key}
        given = {key: str(Path(name).expanduser()) for key, name in files.items() if name}
        for name in given.values():
            if not Path(name).is_file():
                raise ConfigError(f"engine dask: {name}: there is no such file; certificates are PEM files")
        return given

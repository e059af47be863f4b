"""Engines: in this process, in processes of this machine, on a cluster (运行引擎)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cogov.kit.errors import ConfigError, unknown
from cogov.kit.plugins import registered
from cogov.study.engines.base import Engine, Pool
from cogov.study.engines.dask import DaskEngine
from cogov.study.engines.pbs import PbsEngine
from cogov.study.engines.serial import SerialEngine
from cogov.study.engines.slurm import SlurmEngine

__all__ = [
    "DaskEngine",
    "Engine",
    "PbsEngine",
    "Pool",
    "SerialEngine",
    "SlurmEngine",
    "read_engine",
    "registry",
]

OWN = (SerialEngine, DaskEngine, SlurmEngine, PbsEngine)


@cache
def registry() -> dict[str, type[Engine]]:
    """All engines by name: cogov's own and those of the entry-point group ``cogov.engines``.

    Raises
    ------
    ConfigError
        If what an installed package offers cannot be loaded, is not an engine, or has a name taken.
    """
    return registered("cogov.engines", OWN, Engine, ConfigError)


def read_engine(value: str | Mapping[str, Any] | Engine) -> Engine:
    """An engine from its name, or from a mapping of its ``name`` and parameters.

    Raises
    ------
    ConfigError
        If there is no such engine, or a parameter is wrong.

    Examples
    --------
    >>> read_engine({"name": "dask", "workers": 2})
    DaskEngine(workers=2, address='', tls_ca='', tls_cert='', tls_key='')
    """
    if isinstance(value, Engine):
        return value
    if not isinstance(value, (str, Mapping)):
        raise ConfigError(f"engine must be a name, or a mapping of its name and settings, not {value!r}")
    settings = {"name": value} if isinstance(value, str) else dict(value)
    name = settings.pop("name", "dask")
    if name not in registry():
        raise ConfigError(unknown("engine", str(name), registry()))
    return registry()[name].from_mapping(settings)

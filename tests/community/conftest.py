from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from cogov.community import Community, load_community


@pytest.fixture(scope="session")
def small() -> Community:
    return load_community("small").build(1)


@pytest.fixture(scope="session")
def wuliqiao() -> Community:
    return load_community("wuliqiao").build(1)


def _arrays(table: object, path: str = "") -> Iterator[tuple[str, np.ndarray]]:
    for field in dataclasses.fields(table):
        value = getattr(table, field.name)
        if isinstance(value, np.ndarray):
            yield f"{path}.{field.name}", value
        elif dataclasses.is_dataclass(value) and field.name != "profile":
            yield from _arrays(value, f"{path}.{field.name}")


@pytest.fixture(scope="session")
def arrays() -> Callable[[Community], dict[str, np.ndarray]]:
    """Every array of a community, by its path."""
    return lambda community: dict(_arrays(community))


@pytest.fixture(scope="session")
def digest(arrays) -> Callable[[Community], str]:
    """SHA-256 of every array of a community."""

    def of(community: Community) -> str:
        total = hashlib.sha256()
        for path, array in sorted(arrays(community).items()):
            total.update(f"{path} {array.dtype} {array.shape}".encode() + array.tobytes())
        return total.hexdigest()

    return of

"""What other packages add by entry points: mechanisms, engines."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import ClassVar, Protocol

from cogov.kit.errors import CogovError


class Named(Protocol):
    """A class that is known by a name."""

    name: ClassVar[str]


def registered[T: Named](
    group: str, own: Iterable[type[T]], base: type[T], error: type[CogovError]
) -> dict[str, type[T]]:
    """Classes by name, sorted: cogov's own and those of an entry-point group.

    Parameters
    ----------
    group : str
        ``cogov.mechanisms`` or ``cogov.engines``.
    own : iterable of type
    base : type
        What they all have to be.
    error : type
        Raised if what an installed package offers cannot be loaded, is not of that kind, or has a name taken.
    """
    found = {kind.name: kind for kind in own}
    for entry in entry_points(group=group):
        try:
            offered = entry.load()
        except (ImportError, AttributeError) as problem:
            raise error(f"entry point {entry.name!r} ({entry.value}) cannot be loaded: {problem}") from None
        if not (isinstance(offered, type) and issubclass(offered, base)):
            raise error(f"entry point {entry.name!r} ({entry.value}) is not a cogov {base.__name__}")
        if offered.name in found:
            raise error(f"entry point {entry.name!r}: the name {offered.name!r} is taken")
        found[offered.name] = offered
    return dict(sorted(found.items()))

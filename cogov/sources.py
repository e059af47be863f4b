"""Where numbers and mechanisms are from: the documents and published figures that ``source`` texts name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cogov.kit.reading import read_yaml
from cogov.kit.resources import shipped

FILE = "sources.yaml"


@dataclass(frozen=True)
class Source:
    """A document (by number) or a published figure (by the short name that follows ``facts:``).

    Attributes
    ----------
    name : str
        ``"001"``, or ``"whb.cn 2017-04-20"``.
    title : str
        Of a document; empty for a figure.
    zh : str
        A document's own title.
    what : str
        What it is, or what it says.
    where : str
        Where a figure was published; empty for a document.
    """

    name: str
    title: str = ""
    zh: str = ""
    what: str = ""
    where: str = ""


@cache
def sources() -> dict[str, Source]:
    """All of them by name, documents first."""
    found = read_yaml(shipped("configs") / FILE)
    return {name: Source(name=name, **about) for group in found.values() for name, about in group.items()}


def is_assumed(source: str) -> bool:
    """Whether a number with such a source is assumed, or what a table leaves to Wuliqiao's profile is.

    >>> is_assumed("assumed: from memory"), is_assumed("facts: shhnyq.com")
    (True, False)
    """
    return re.match(r"(wuliqiao \()?assumed\b", source) is not None

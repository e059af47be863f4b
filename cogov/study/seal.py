"""Seals: what a Parquet file says about itself at its end, with a hash: no bit of that changes unnoticed.

Pages have checksums of their own; the footer, which names the columns and says where they are, has none. Ours
holds the SHA-256 of itself, taken while the place for it was blank.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

TAIL = 65_536
"""Bytes read from the end of a file: nearly all footers are in them."""
_ABOUT = b"cogov"
"""Key of what we write about a file into its metadata."""
_BLANK = b"0" * 64
_MARK = b'"seal": "'


def unsealed(schema: pa.Schema, about: dict[str, Any]) -> pa.Schema:
    """A schema that says something about its file, and has a place for the seal."""
    return schema.with_metadata({_ABOUT: json.dumps({**about, "seal": _BLANK.decode()})})


def seal(file: BinaryIO) -> str:
    """Put the seal on a file that was written with an `unsealed` schema; returns it."""
    end = file.seek(0, 2)
    file.seek(end - 8)
    start = end - 8 - int.from_bytes(file.read(4), "little")
    file.seek(start)
    content = file.read()
    place = _place(content)
    found = hashlib.sha256(content).hexdigest()
    file.seek(start + place.start)
    file.write(found.encode())
    return found


def read_seal(path: Path) -> tuple[str, int]:
    """The seal of a Parquet file, empty if it has none, and the bytes it has.

    Raises
    ------
    OSError, ValueError
        If it cannot be read, or its footer is not as it was sealed.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        content = file.read()
        length = int.from_bytes(content[-8:-4], "little") + 8
        if len(content) < length <= size:
            file.seek(size - length)
            content = file.read()
    content = content[-length:]
    place = _place(content)
    found = content[place].decode(errors="replace")
    blank = content[: place.start] + _BLANK + content[place.stop :]
    if found and hashlib.sha256(blank).hexdigest() != found:
        raise ValueError("its footer is not as it was written")
    return found, size


def read_about(metadata: pq.FileMetaData) -> dict[str, Any]:
    """What was written about a file; empty if it is not of cogov."""
    try:
        return dict(json.loads(metadata.metadata[_ABOUT]))
    except (KeyError, TypeError, ValueError):
        return {}


def _place(content: bytes) -> slice:
    """Where the seal is in a footer; an empty place if there is none."""
    start = content.rfind(_MARK) + len(_MARK)
    return slice(start, start + len(_BLANK)) if start >= len(_MARK) else slice(0, 0)

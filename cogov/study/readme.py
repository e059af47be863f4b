"""The README of a study's folder, for whoever finds it in five years."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from cogov.study.study import Study


def readme(study: Study, schemas: Mapping[str, pa.Schema]) -> str:
    """Text of the README."""
    return f"# {study.name}\n"

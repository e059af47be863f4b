"""What determines a result, in plain values, and its hash."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cogov import __version__
from cogov.community import Profile
from cogov.fields import Parameters
from cogov.mechanisms import registry
from cogov.processes import Epidemic
from cogov.rules import Design

ROOMS = ("agents", "community", "mechanisms", "outcomes", "processes", "rules")
FILES = ("fields.py", "issues.py", "model.py", "simulation.py", "streams.py", "terms.py")
"""Source that a run's result can depend on, below the package."""
WORDS = ("zh", "summary", "seed", "source", "sources")
"""What describes a design or a community and determines nothing."""


def plain(value: Any) -> Any:
    """A design, profile, parameter set or anything made of them, in plain values that YAML can hold.

    ``Design.from_mapping``, ``Profile.from_mapping`` and ``Processes.from_mapping`` read them back.
    """
    if isinstance(value, Design):
        about = {key: getattr(value, key) for key in ("name", "zh", "summary", "seed")}
        return {**about, "mechanisms": {m.name: plain(m) for m in value.mechanisms}}
    if isinstance(value, Profile):
        return value.plain()
    if isinstance(value, Epidemic):
        return {"epidemic": value.as_dict()}
    if isinstance(value, Parameters):
        return plain(value.as_dict())
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def content(value: Any) -> Any:
    """What determines results in a value, in plain values: numbers and names, not descriptions."""
    if isinstance(value, Design):
        return {"name": value.name, "mechanisms": {m.name: plain(m) for m in value.mechanisms}}
    return _numbers(value.plain()) if isinstance(value, Profile) else plain(value)


def fingerprint(value: Any) -> str:
    """SHA-256 of the `content` of a value, in hexadecimal."""
    text = json.dumps(content(value), sort_keys=True, ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _numbers(profile: dict[str, Any]) -> dict[str, Any]:
    """A plain profile without the words that describe it."""
    kept = {key: entry for key, entry in profile.items() if key not in WORDS}
    for key, entry in kept.items():
        if isinstance(entry, dict) and "value" in entry:
            kept[key] = entry["value"]
    kept["units"] = [{k: v for k, v in row.items() if k not in WORDS} for row in kept.get("units", [])]
    return kept


@cache
def model_version() -> str:
    """Version of the model: cogov's, and a hash of the source that results can depend on.

    A changed line of a process, or of somebody's own mechanism, makes another model: its results do not mix
    with earlier ones.
    """
    package = Path(__file__).resolve().parent.parent
    files = [package / name for name in FILES]
    files += sorted(path for room in ROOMS for path in (package / room).rglob("*.py"))
    contents = [path.read_bytes() for path in files]
    for mechanism in registry().values():
        source = inspect.getsourcefile(mechanism)
        if source and package not in Path(source).resolve().parents:
            contents.append(Path(source).read_bytes())
    hashed = hashlib.sha256(b"\0".join(contents)).hexdigest()
    return f"{__version__}+{hashed[:12]}"

"""What determines a result, in plain values, and its hash."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cogov.community import Profile
from cogov.kit.fields import Parameters
from cogov.kit.version import __version__
from cogov.mechanisms.base import Mechanism
from cogov.processes import Epidemic
from cogov.rules import Design
from cogov.rules.design import FIELDS

ROOMS = ("agents", "community", "outcomes", "processes", "rules", "state")
FILES = (
    "kit/elementary.py",
    "kit/fields.py",
    "kit/streams.py",
    "mechanisms/base.py",
    "model.py",
    "run.py",
    "run_in.py",
    "simulation.py",
    "terms.py",
)
"""Source that every run's result can depend on, below the package."""
WORDS = ("zh", "summary", "summary_zh", "claim", "claim_zh", "seed", "source", "sources")
"""What describes a design or a community and determines nothing."""


def plain(value: Any) -> Any:
    """A design, profile, parameter set or anything made of them, in plain values that YAML can hold.

    ``Design.from_mapping``, ``Profile.from_mapping`` and ``Processes.from_mapping`` read them back.
    """
    if isinstance(value, Design):
        about = {key: getattr(value, key) for key in FIELDS if key != "mechanisms"}
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
    """Version of the model: cogov's, and a hash of the source that every result can depend on.

    A changed line of a process makes another model: its results do not mix with earlier ones. Mechanisms have
    versions of their own (`mechanism_version`).
    """
    package = Path(__file__).resolve().parent.parent
    files = [package / name for name in FILES]
    files += sorted(path for room in ROOMS for path in (package / room).rglob("*.py"))
    return f"{__version__}+{_hashed(path.read_bytes() for path in files)}"


@cache
def mechanism_version(kind: type[Mechanism]) -> str:
    """Hash of the source that a mechanism's rules can depend on, beyond that of the model.

    Of cogov's own mechanisms that is the class, and whatever else stands in its file but other mechanisms; of
    somebody else's all Python files of their package.
    """
    sources: dict[str, bytes] = {}
    for part in kind.__mro__:
        if issubclass(part, Mechanism) and part is not Mechanism:
            sources |= _sources(part)
    return _hashed(sources[name] for name in sorted(sources))


def versions_of(designs: Iterable[Design]) -> dict[str, str]:
    """Versions of all mechanisms of some designs, by name, after that of the model (``model``)."""
    kinds = {mechanism.name: type(mechanism) for design in designs for mechanism in design.mechanisms}
    return {"model": model_version()} | {
        name: mechanism_version(kinds[name])  # type: ignore[arg-type]
        for name in sorted(kinds)
    }


def _hashed(contents: Iterable[bytes]) -> str:
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:12]


def _sources(kind: type[Mechanism]) -> dict[str, bytes]:
    """Sources by a name that does not depend on where they lie."""
    try:
        source = inspect.getsourcefile(kind)
    except (OSError, TypeError):
        source = None
    if source is None:  # typed in at a prompt
        return {f"{kind.__module__}.{kind.__qualname__}": b""}
    if kind.__module__.split(".")[0] == __package__.split(".")[0]:
        return {f"{kind.__module__}.{kind.__qualname__}": _segments(Path(source), kind)}
    top, name = None, kind.__module__
    while name:  # the outermost package that has files: a namespace is shared by many
        if getattr(sys.modules.get(name), "__file__", None) and hasattr(sys.modules[name], "__path__"):
            top = name
        name = name.rpartition(".")[0]
    if top is None:
        return {path.name: path.read_bytes() for path in _with_neighbours(Path(source))}
    folders = [Path(folder) for folder in sys.modules[top].__path__]
    return {
        f"{top}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for folder in folders
        for path in folder.rglob("*.py")
    }


def _segments(path: Path, kind: type[Mechanism]) -> bytes:
    """The file of a mechanism without the other mechanisms in it, except those that the rest speaks of."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    module = vars(sys.modules[kind.__module__])
    kept: list[ast.stmt] = []
    others: dict[str, ast.stmt] = {}
    for node in ast.parse(text).body:
        it = module.get(node.name) if isinstance(node, ast.ClassDef) else None
        other = isinstance(it, type) and issubclass(it, Mechanism) and it is not kind
        if other and isinstance(node, ast.ClassDef):
            others[node.name] = node
        else:
            kept.append(node)
    for node in kept:  # grows while it is gone through
        named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        kept += [others.pop(name) for name in sorted(named & others.keys())]
    kept.sort(key=lambda node: node.lineno)
    return "".join("".join(lines[_first(node) - 1 : node.end_lineno]) for node in kept).encode()


def _first(node: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators = node.decorator_list if isinstance(node, (ast.ClassDef, ast.FunctionDef)) else []
    return min([node.lineno, *(part.lineno for part in decorators)])


def _with_neighbours(path: Path) -> list[Path]:
    """A file that belongs to no package, and those in its folder that it imports, and so on."""
    found = [path]
    for file in found:  # grows while it is gone through
        for node in ast.walk(ast.parse(file.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names.append(node.module)
            for name in names:
                beside = path.parent / f"{name.split('.')[0]}.py"
                if beside.exists() and beside not in found:
                    found.append(beside)
    return found

"""What lies beside the parts of a study: configuration, versions, a README; and whether a study fits in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from cogov.kit.errors import StudyError
from cogov.kit.files import whole
from cogov.kit.reading import read_yaml
from cogov.kit.version import __version__
from cogov.mechanisms import registry
from cogov.study.identity import fingerprint, mechanism_version, model_version, versions_of
from cogov.study.machine import machine, other_bits
from cogov.study.parts import BESIDE, TABLES, Found, find_parts
from cogov.study.readme import readme
from cogov.study.rows import Rows, stored
from cogov.study.study import Study

CONFIG, VERSIONS, README = BESIDE
_Dumper = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper
MOST_LINES = 20
"""Differences listed in a message."""


def read_config(folder: Path) -> dict[str, Any]:
    """The configuration of the study in a folder, in plain values.

    Raises
    ------
    StudyError
        If there is none, or it cannot be read.
    """
    path = folder / CONFIG
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if not there:
        what = "it is a file" if folder.is_file() else f"it has no {CONFIG}"
        raise StudyError(f"{folder}: is not the folder of a study: {what}")
    config = read_yaml(path, StudyError)
    wrong = not isinstance(config, dict) or [
        key for key in ("communities", "designs", "baseline") if not isinstance(config.get(key), (list, dict))
    ]
    if wrong:
        raise StudyError(f"{path}: is not the configuration of a study")
    return dict(config)


def read_versions(folder: Path) -> dict[str, Any]:
    """What the study in a folder was made with; empty if that is not known."""
    try:
        found = json.loads((folder / VERSIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def identity(study: Study) -> str:
    """What all runs of a study have in common, and its extensions too, as a hash; parts carry it."""
    keys = ("weeks", "reform_week", "run_in", "baseline", "processes", "shocks", "seed", "places")
    common = [fingerprint(getattr(study, key)) for key in keys]
    return fingerprint([versions_of([study.baseline]), *common, [path.text for path in study.paths]])[:16]


def prepare(folder: Path, study: Study, alone: bool) -> tuple[str, Found]:
    """Make a folder the folder of a study, or see that it is; the caller holds its lock.

    Parameters
    ----------
    alone : bool
        Whether no other shard is at work, so that the configuration may change.

    Returns
    -------
    identity : str
        Of the study, for its parts.
    found : Found
        The parts there are.

    Raises
    ------
    StudyError
        If the folder holds something else, or another study.
    """
    mine: dict[str, Any] = json.loads(json.dumps(study.plain()))  # lists for tuples, as a file has them
    key = identity(study)
    if not (folder / CONFIG).exists():
        found = find_parts(folder, key)
        changed = True
    else:
        theirs = read_config(folder)
        versions = read_versions(folder)
        found = find_parts(folder, versions.get("identity"))
        changed = mine != theirs
        if not alone and (changed or versions.get("model") != model_version()):
            lines = (
                "\n".join(differences(theirs, mine))
                or f"  model: {versions.get('model')} -> {model_version()}"
            )
            raise StudyError(
                f"{folder}: other shards are running this study as it was before\n{lines}\nWait until they"
                " have ended, or run all shards of one study"
            )
        if any(part.kept.any() for part in found.parts):
            _check_fits(folder, study, found, theirs, mine, versions)
    if changed:
        whole(folder / CONFIG, lambda file: file.write(_yaml(study).encode()))
    if changed or not (folder / README).exists():
        schemas = Rows(study).schemas
        whole(folder / README, lambda file: file.write(readme(study, schemas).encode()))
    _write_versions(folder, key, study)
    return key, found


def _yaml(study: Study) -> str:
    text: str = yaml.dump(study.plain(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text


def check_place(folder: Path) -> None:
    """See that a folder is new, empty but for hidden files, or that of a study; nothing is written.

    Raises
    ------
    StudyError
        If it is something else's: somebody's home, or the folder of all results.
    """
    there = [path for path in sorted(folder.iterdir()) if path.name[0] != "."] if folder.is_dir() else []
    if (folder / CONFIG).exists():  # asked for last: another shard may be setting the folder in order
        return
    if any(path.name in TABLES and path.is_dir() for path in there):
        raise StudyError(
            f"{folder}: has the tables of a study and no {CONFIG}; put that back, or give another folder"
        )
    if there:
        names = ", ".join(path.name for path in there[:3]) + (" ..." if len(there) > 3 else "")
        raise StudyError(
            f"{folder}: is not empty and not the folder of a study (it has {names}); give a study a folder of"
            f" its own, such as {folder / 'my_study'}"
        )


def _check_fits(
    folder: Path,
    study: Study,
    found: Found,
    theirs: dict[str, Any],
    mine: dict[str, Any],
    versions: dict[str, Any],
) -> None:
    """See that all runs there are belong to a study too, and are described in the same way."""
    lines = "".join(f"\n{line}" for line in differences(theirs, mine))
    made = versions.get("model")
    if made not in (None, model_version()):
        raise StudyError(
            f"{folder}: made with model {made}, this is {model_version()}; results of two models do not mix:"
            f" give a new name (name=...) or folder.{lines}"
        )
    if changed := _other_mechanisms(theirs, versions.get("mechanisms", {})):
        listed = "\n".join(changed)
        raise StudyError(
            f"{folder}: made with other source of mechanisms\n{listed}\nResults of two models do not mix:"
            f" give a new name (name=...) or folder.{lines}"
        )
    if changed := other_bits(versions):
        listed = "\n".join(changed)
        raise StudyError(
            f"{folder}: made with what may round otherwise in the last digit\n{listed}\nGo on where it was"
            f" begun, or give a new name (name=...) or folder.{lines}"
        )
    if mine == theirs:
        return
    columns = ["community", "design", "replicate", *(path.text for path in study.paths)]
    communities = [community.name for community in study.communities]
    designs = [design.name for design in study.arms]
    plan = {
        cell.run: (
            communities[cell.community],
            designs[cell.design],
            cell.replicate,
            *(stored(value) for value in cell.values),
        )
        for cell in study.cells()
    }
    schema = Rows(study).schemas["runs"]
    for part in found.parts:
        has = part.schema("runs")
        same = has.names == schema.names and [field.type for field in has] == [field.type for field in schema]
        outside = 0
        if same:
            table = pa.concat_tables(part.read("runs", columns))
            rows = zip(*(table[name].to_pylist() for name in columns), strict=True)
            outside = sum(
                plan.get(run) != row for run, row in zip(table["run"].to_pylist(), rows, strict=True)
            )
        if not same or outside:
            listed = "\n".join(differences(theirs, mine))
            raise StudyError(
                f"{folder}: holds another study, with runs that this one does not have. What differs:"
                f"\n{listed}\nA study is extended by more replicates, levels, designs or communities. For"
                " everything else give a new name (name=...) or folder"
            )
    if mine["places"] != theirs.get("places"):
        raise StudyError(
            f"{folder}: places: {_shown(theirs.get('places'))} -> {_shown(mine['places'])}: the runs there"
            " were made otherwise; give a new name (name=...) or folder"
        )


def _other_mechanisms(theirs: dict[str, Any], made: Mapping[str, str]) -> list[str]:
    """Mechanisms of the stored designs whose source has changed since, a line each."""
    lines = []
    for name, version in made.items():
        used = [
            design["name"]
            for design in [theirs["baseline"], *theirs["designs"]]
            if name in design.get("mechanisms", {})
        ]
        kind = registry().get(name)
        now = mechanism_version(kind) if kind else "not there"  # type: ignore[arg-type]
        if used and now != version:
            lines.append(f"  {name}: {version} -> {now} (in {', '.join(dict.fromkeys(used))})")
    return lines


def differences(old: Any, new: Any) -> list[str]:
    """What differs between two plain configurations, a line each: ``  weeks: 182 -> 100``."""
    lines = [
        f"  {path}: {_shown(before)} -> {_shown(after)}" for path, before, after in _differences(old, new, "")
    ]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"  ... and {len(lines) - MOST_LINES} more"]
    return lines


_NOTHING = object()


def _differences(old: Any, new: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    pair = [_by_name(old), _by_name(new)]
    if all(isinstance(side, Mapping) for side in pair):
        for key in dict.fromkeys([*pair[0], *pair[1]]):
            below = f"{path}.{key}" if path else str(key)
            yield from _differences(pair[0].get(key, _NOTHING), pair[1].get(key, _NOTHING), below)
    elif old != new:
        yield path, old, new


def _by_name(value: Any) -> Any:
    """A list of things with names as a mapping, so that the same things are compared."""
    named = isinstance(value, list) and value and all(isinstance(v, dict) and "name" in v for v in value)
    return {entry["name"]: entry for entry in value} if named else value


def _shown(value: Any) -> str:
    if value is _NOTHING:
        return "(not there)"
    if isinstance(value, dict):
        return str(value["name"]) if "name" in value else f"({len(value)} entries)"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 70 else f"{text[:67]}..."


def environment() -> dict[str, str]:
    """Versions of what computes, and the machine it runs on."""
    return {
        "cogov": __version__,
        "model": model_version(),
        **machine(),
    }


def _write_versions(folder: Path, key: str, study: Study) -> None:
    """Note what the study is made with; a later driver with other versions is noted below the first."""
    mechanisms = versions_of(study.arms)
    del mechanisms["model"]
    now = {**environment(), "created": datetime.now().astimezone().isoformat(timespec="seconds")}
    versions = read_versions(folder)
    if versions.get("identity") != key:
        versions = {**now, "identity": key, "mechanisms": mechanisms, "continued": []}
    else:
        known = [versions, *versions["continued"]]
        noted = any(all(entry.get(name) == value for name, value in environment().items()) for entry in known)
        if noted and mechanisms.items() <= versions["mechanisms"].items():
            return
        versions["mechanisms"] |= mechanisms
        versions["continued"] += [] if noted else [now]
    text = json.dumps(versions, indent=2)
    whole(folder / VERSIONS, lambda file: file.write(text.encode()))

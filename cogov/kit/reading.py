"""Reading what others wrote: text, YAML and CSV, bounded; whatever is wrong is one clear error.

A file may be huge, nested a thousand deep, double itself by aliases, or ask for Python objects. Everything
that cogov reads comes through here, and comes out as plain values (mappings with text or whole numbers as
keys, lists, text, numbers, true, false, null) or as the error that the caller names, with file and line.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from cogov.kit.errors import CogovError, ConfigError, shown

MOST_BYTES = 64 * 2**20
"""Of a file."""
MOST_DEPTH = 40
"""Of lists and mappings within each other."""
MOST_VALUES = 4_000_000
"""Of a YAML file: a study of several communities with tables, row by row."""
MOST_ALIASED = 100_000
"""Of them, those that aliases stand for: a few lines of aliases of aliases can stand for billions."""
MOST_DIGITS = 40
"""Of a whole number: more than any parameter has, fewer than take time."""
TABLE_ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in turn: what spreadsheets write, the second where the system is Chinese (GBK is a part of it)."""
DELIMITERS = ",;\t，"

_NODES = (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_Base: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _Loader(_Base):  # type: ignore[misc]
    """Plain values only: no tags, no dates, no numbers to base 60, no merge keys, no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, bool) or not isinstance(key, (str, int)):
                raise _problem(
                    key_node, f"the key {shown(key)} must be text or a whole number; put it in quotes"
                )
            if key in found:
                raise _problem(key_node, f"the key {shown(key)} stands there twice")
            found[key] = self.construct_object(value_node, deep=True)
        return found

    def construct_yaml_map(self, node: yaml.MappingNode) -> dict[Any, Any]:
        return self.construct_mapping(node)

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        text = node.value.replace("_", "")
        if len(text) > MOST_DIGITS:
            raise _problem(node, f"a whole number of {len(text)} digits; at most {MOST_DIGITS}")
        return int(text, 0) if text.lstrip("+-").startswith("0x") else int(text)

    def construct_yaml_str(self, node: yaml.ScalarNode) -> str:
        if fault := unprintable(node.value):
            raise _problem(node, f"text with {fault}")
        return str(node.value)


def _problem(node: yaml.Node, text: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=text, problem_mark=node.start_mark)


_TAG = "tag:yaml.org,2002:"
_Loader.yaml_implicit_resolvers = {}
for _name, _pattern, _first in (
    (
        "bool",
        r"(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$",
        "yYnNtTfFoO",
    ),
    ("int", r"[-+]?(?:0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$", "-+0123456789"),
    (
        "float",  # as Hydra reads them: 1e3 is a number
        r"(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
        r"|[-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+0123456789.",
    ),
    ("null", r"(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(_pattern), list(_first))
for _name in ("map", "int", "str"):
    _Loader.add_constructor(_TAG + _name, getattr(_Loader, f"construct_yaml_{_name}"))


def read_text(
    path: Path, error: type[CogovError] = ConfigError, encodings: tuple[str, ...] = ("utf-8-sig",)
) -> str:
    """The text of a file.

    Parameters
    ----------
    error : type
        What is raised.
    encodings : tuple of str
        Tried in turn.

    Raises
    ------
    CogovError
        If there is no such file, it is no ordinary one, it is longer than `MOST_BYTES`, or it is no text.
    """
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # a pipe or a device might never end
            raise error(f"{path}: cannot be read: is not an ordinary file")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise error(f"{path}: there is no such file") from None
    except OSError as problem:
        raise error(f"{path}: cannot be read: {problem.strerror}") from None
    except ValueError:  # a zero byte, or half of a letter
        raise error(f"{str(path)!r}: is not the name of a file") from None
    if len(content) > MOST_BYTES:
        raise error(f"{path}: is longer than {MOST_BYTES // 2**20} MiB")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as problem:
            place = f" ({problem.reason} at byte {problem.start})"
    known = " or ".join({"utf-8-sig": "UTF-8", "gb18030": "GBK"}[encoding] for encoding in encodings)
    raise error(f"{path}: is not {known} text{place}")


def read_yaml(path: Path, error: type[CogovError] = ConfigError) -> Any:
    """The plain values in a YAML file; raises what `read_text` and `parse_yaml` raise."""
    return parse_yaml(read_text(path, error), str(path), error)


def parse_yaml(text: str, where: str, error: type[CogovError] = ConfigError, most: int = MOST_VALUES) -> Any:
    r"""The plain values in a text of YAML.

    Parameters
    ----------
    where : str
        Put before the message, mostly the file.
    error : type
        What is raised.
    most : int
        Values at most.

    Raises
    ------
    CogovError
        If it is not one document of YAML, or has tags (``!!python/object``), a key twice, or more than
        `MOST_DEPTH` levels, ``most`` values or `MOST_ALIASED` of them by aliases; the line is named.

    Examples
    --------
    >>> parse_yaml("start: 2020-01-01\nhours: [1e1, 2]", "example.yaml")
    {'start': '2020-01-01', 'hours': [10.0, 2]}
    """
    try:
        _measure(text, most)
        return yaml.load(text, _Loader)
    except yaml.reader.ReaderError as problem:
        line = text[: problem.position].count("\n") + 1 if isinstance(problem.position, int) else 1
        raise error(f"{where}, line {line}: is not YAML: {problem.reason}") from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = f", line {mark.line + 1}" if mark else ""
        said = " ".join(filter(None, (problem.context, problem.problem)))
        if "exceeded maximum nesting" in said:  # LibYAML reads ahead, and gives up before `_measure` sees it
            said = _more_than(MOST_DEPTH, "levels")
        raise error(f"{where}{place}: is not YAML that cogov reads: {said}") from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as problem:
        raise error(f"{where}: is not YAML: {' '.join(str(problem).split())[:200]}") from None


def _measure(text: str, most_values: int) -> None:
    """Refuse, by its events and before anything is built, what would be too deep, too large or has tags."""
    values = aliased = depth = 0
    open_anchors: list[tuple[str | None, int]] = []
    sizes: dict[str, int] = {}
    events: Iterator[Any] = yaml.parse(text, Loader=_Base)
    for event in events:
        kind = type(event)
        if kind is yaml.AliasEvent:
            values += sizes.get(event.anchor, 0)
            aliased += sizes.get(event.anchor, 0)
        elif kind in _NODES:
            values += 1
            if event.tag not in (None, "!"):
                raise yaml.MarkedYAMLError(
                    problem=f"tags are not read, and there is {event.tag!r}", problem_mark=event.start_mark
                )
            if kind is yaml.ScalarEvent:
                if event.anchor:
                    sizes[event.anchor] = 1
            else:
                depth += 1
                open_anchors.append((event.anchor, values))
        elif kind in _ENDS:
            depth -= 1
            anchor, before = open_anchors.pop()
            if anchor:
                sizes[anchor] = values - before + 1
        for count, most, what in (
            (depth, MOST_DEPTH, "levels"),
            (values, most_values, "values"),
            (aliased, MOST_ALIASED, "values that aliases stand for"),
        ):
            if count > most:
                raise yaml.MarkedYAMLError(problem=_more_than(most, what), problem_mark=event.start_mark)


def _more_than(most: int, what: str) -> str:
    return f"more than {most:,} {what}"


def unprintable(text: str) -> str:
    r"""What a text has that is no letter, sign, blank or line break; "" if nothing.

    >>> unprintable("五里桥"), unprintable("a" + chr(7))
    ('', "the control character '\\x07'")
    """
    if text.isprintable():
        return ""
    for letter in text:
        if "\ud800" <= letter <= "\udfff":
            return f"half of a letter, {letter!r}"
        if (letter < " " and letter not in "\n\r\t") or "\x7f" <= letter <= "\x9f":
            return f"the control character {letter!r}"
    return ""


def interpolation(values: Any, path: str = "") -> str:
    """The first text that asks for something from elsewhere (``${...}``), with its path; "" if none does."""
    if isinstance(values, Mapping):
        entries = [(f"{path}.{key}" if path else str(key), entry) for key, entry in values.items()]
    elif isinstance(values, (list, tuple)):
        entries = [(f"{path}[{place}]", entry) for place, entry in enumerate(values)]
    else:
        return f"{path} = {shown(values)}" if isinstance(values, str) and "${" in values else ""
    return next(filter(None, (interpolation(entry, place) for place, entry in entries)), "")


def read_table(
    path: Path, columns: list[str], most: int, error: type[CogovError]
) -> tuple[int, list[str], dict[int, list[str]]]:
    """A table as a spreadsheet writes it: CSV in UTF-8 or GBK, cells parted by comma, semicolon or tab.

    Parameters
    ----------
    columns : list of str
        Names that its header may have; they tell which delimiter it is.
    most : int
        Rows at most, below the header.

    Returns
    -------
    line : int
        Of the header; 0 if there is none.
    header : list of str
    rows : dict
        Stripped cells by line, without empty lines.

    Raises
    ------
    CogovError
        If it cannot be read, is no CSV, or has too many rows.
    """
    text = read_text(path, error, TABLE_ENCODINGS)
    if "\0" in text:
        raise error(f"{path}: is not UTF-8 or GBK text (a zero byte)")
    first = next((line for line in text.splitlines() if line.strip()), "")
    known = {
        sign: len({cell.strip().strip('"') for cell in first.split(sign)} & {*columns}) for sign in DELIMITERS
    }
    delimiter = max(DELIMITERS, key=lambda sign: known[sign])
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        stripped = ((records.line_num, [cell.strip() for cell in cells]) for cells in records)
        lines = dict(itertools.islice((pair for pair in stripped if any(pair[1])), most + 2))
    except csv.Error as problem:
        raise error(f"{path}, line {records.line_num}: is not CSV: {problem}") from None
    if len(lines) > most + 1:
        raise error(f"{path}: has more than {most:,} rows")
    if not lines:
        return 0, [], {}
    line = min(lines)
    return line, lines.pop(line), lines

"""What ``cogov show`` and ``cogov diff`` say of one thing: tables of its rules, parameters and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table

from cogov.cli.printing import table
from cogov.kit.typed import word
from cogov.words import better

if TYPE_CHECKING:
    from cogov.community import Profile
    from cogov.mechanisms import Mechanism
    from cogov.outcomes import Measure
    from cogov.rules import Design, DesignDiff


def mechanism_tables(
    mechanism: type[Mechanism], parameters: Sequence[Mapping[str, Any]]
) -> list[Table | str]:
    """A mechanism, its parameters and the rules it brings at their defaults."""
    zero = ", ".join(f"{key}={word(value)}" for key, value in mechanism.zero.items())
    source = f" · source {mechanism.seed}" if mechanism.seed else ""
    rules = [(f"{rule.kind} {rule.zh}", rule.name, rule.force()) for rule in mechanism().rules()]
    return [
        f"{mechanism.name} {mechanism.zh}{source} · family {mechanism.family}",
        mechanism.summary(),
        *(f"{seed}: {quote}" for seed, quote in mechanism.words.items()),
        *([f"interpretation: {mechanism.reading}"] if mechanism.reading else []),
        *([f"assumes: {mechanism.why}"] if mechanism.why else []),
        parameter_table(parameters),
        _by_kind("Rules", rules),
        f"without force at: {zero}; in some places only with where, as in where: {{first: 1}}",
    ]


def parameter_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Parameters as `cogov.cli.catalogue` gives them."""
    lines = [
        (
            row["parameter"],
            f"{word(row['default'])} {row['unit']}".strip(),
            _plausible(row["plausible"], row["factor"]),
            ", ".join(row["choices"]) or _range(row["low"], row["high"]),
            f"{row['meaning']} [{row['source']}]",
        )
        for row in rows
    ]
    return table("", ("parameter", "default", "plausible", "allowed", "meaning [source]"), lines)


def _plausible(ends: Sequence[float], factor: bool) -> str:
    """A plausible range; of lists, and of what has no default, the factors between which it lies."""
    return f"{'× ' if factor else ''}{word(ends[0])} – {word(ends[1])}" if ends else ""


def assumption_lines(row: Mapping[str, Any]) -> list[str]:
    """An assumption in words."""
    how = "equal ratios are equally likely" if row["log"] else "everything in between is equally likely"
    what = "a factor on all its numbers" if row["factor"] else f"{word(row['default'])} {row['unit']}".strip()
    return [
        f"{row['name']} {row['zh']}".strip(),
        row["summary"],
        f"taken to be: {what}",
        f"may well lie: {word(row['low'])} to {word(row['high'])}; {how}",
        f"source: {row['source']}",
    ]


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    return f"{'…' if low is None else f'{low:g}'} – {'…' if high is None else f'{high:g}'}"


def design_tables(design: Design) -> list[Table | str]:
    """A design's mechanisms with their parameters, and its rules by kind, each with who amends it."""
    mechanisms = table("Mechanisms", ("mechanism", "parameters"), ())
    for mechanism in design.mechanisms:
        values = ", ".join(f"{key}={word(value)}" for key, value in mechanism.as_dict().items())
        said = "\n".join(f"{seed}: {quote}" for seed, quote in mechanism.words.items() if seed in design.seed)
        mechanisms.add_row(
            f"{mechanism.name}\n  {mechanism.zh} · {mechanism.seed}", "\n".join(filter(None, (said, values)))
        )
    head = f"{design.name} {design.zh}".strip() + (f" · seed {design.seed}" if design.seed else "")
    rules = []
    for entry in design.amended().values():
        kind = f"{entry.rule.kind} {entry.rule.zh}"
        rules.append((kind, entry.rule.name, entry.result.force()))
        rules += [(kind, f"  ~ {change.field}", f"{name}: {change.share()}") for name, change in entry.by]
    rules += [
        (
            f"{rule.kind} {rule.zh}",
            rule.name,
            f"{name}: idle, {rule.lacking()}",
        )
        for name, rule in design.idle()
    ]
    return [head, *([design.summary] if design.summary else []), mechanisms, _by_kind("Rules", rules)]


def diff_table(diff: DesignDiff) -> Table | str:
    """What the second design adds to (+), takes from (-) and changes in (~) the first, by kind of rule."""
    title = f"{diff.old} → {diff.new}"
    if not diff:
        return f"{title}: no difference in rules"
    return _by_kind(title, [(kind, f"{sign} {name}", content) for sign, kind, name, content in diff.rows()])


def _by_kind(title: str, rows: Iterable[tuple[str, str, str]]) -> Table:
    """Rules under a heading for each kind; their lists with blanks, at which lines can break."""
    result = table(title, ("rule", "content"), ())
    last = ""
    for kind, name, content in rows:
        if kind != last:
            result.add_section()
            result.add_row(kind)
            last = kind
        result.add_row(f"  {name}", content.replace("+", " + "))
    return result


def measure_lines(measure: Measure) -> list[str]:
    """A measure in words."""
    when = {
        "mean": "every week; of a run, the mean over the weeks after the reform",
        "sum": "every week; of a run, the sum over the weeks after the reform",
        "none": "every week",
        "run": "once a run",
    }
    if measure.over:
        how = "once a run: {} / {}, each added up over the weeks after the reform".format(*measure.over)
    else:
        how = when[measure.how]
    return [
        f"{measure.name} {measure.zh}",
        measure.doc,
        f"unit: {measure.unit}",
        f"recorded: {how}",
        better(measure.name) or "neither more nor less is better",
        *([f"matters from {measure.matters:g}: {measure.why}"] if measure.matters else []),
    ]


def profile_tables(profile: Profile, numbers: Iterable[Mapping[str, Any]]) -> list[Table | str]:
    """Every number of a profile as `cogov.cli.catalogue` gives it."""
    rows = [
        (
            row["key"],
            f"{word(row['value'])} {row['unit']}".strip(),
            _plausible(row["plausible"], isinstance(row["value"], tuple)),
            f"{row['meaning']} [{row['source']}]",
        )
        for row in numbers
    ]
    return [
        f"{profile.name} {profile.zh}".strip(),
        *([profile.summary] if profile.summary else []),
        table("", ("key", "value", "plausible", "meaning [source]"), rows),
    ]

"""What there is to list, show and compare, in plain values: for a terminal, as JSON, as CSV.

Every kind of thing has two functions: one gives a row for each thing, the other all that is known of one.
What they need is imported where it is needed: a list of measures should not wait for designs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from cogov.cli.shown import Dirs, Row, Shown
from cogov.kit import resources
from cogov.kit.errors import ConfigError, unknown

if TYPE_CHECKING:
    from cogov.kit.fields import Parameters
    from cogov.rules import Rule

SOURCES = "what the sources are: cogov list sources"


class Thing(NamedTuple):
    """One kind of thing; ``choices`` are settings by which its rows are chosen, as they are unless given."""

    plural: str
    rows: Callable[..., list[Row]]
    show: Callable[[str, Dirs], Shown]
    what: str
    choices: Mapping[str, str] = {}


def difference(old: str, new: str, dirs: Dirs) -> Shown:
    """How the rules of two designs differ."""
    from cogov.cli import describing
    from cogov.rules.shipped import load_design

    diff = load_design(old, dirs).diff(load_design(new, dirs))
    rows = [{"change": "removed", **_rule(rule, diff.mine[rule.key].says())} for rule in diff.removed]
    rows += [{"change": "added", **_rule(rule, diff.theirs[rule.key].says())} for rule in diff.added]
    rows += [
        {
            "change": "changed",
            **_rule(rule, diff.theirs[rule.key].says()),
            "before": diff.mine[rule.key].says(),
        }
        for _, rule in diff.changed
    ]
    about = {"old": diff.old, "new": diff.new}
    return Shown(about, lambda: [describing.diff_table(diff)], {"rules": rows})


def _rule(rule: Rule, content: str) -> Row:
    return {"kind": rule.kind, "name": rule.name, "content": content}


def _parameters(values: Parameters | type[Parameters], prefix: str = "") -> list[Row]:
    """Every parameter with its default and what is allowed; those of parameters within with dotted names."""
    from cogov.kit.fields import Parameters, is_factor

    rows: list[Row] = []
    for entry in dataclasses.fields(values):
        default = entry.default if isinstance(values, type) else getattr(values, entry.name)
        if isinstance(default, Parameters):
            rows += _parameters(default, f"{prefix}{entry.name}.")
            continue
        about = entry.metadata
        rows.append(
            {
                "parameter": prefix + entry.name,
                "default": default,
                "unit": about["unit"],
                "low": about["low"],
                "high": about["high"],
                "choices": list(about["choices"] or ()),
                "plausible": list(about["plausible"] or ()),
                "log": about["log"],
                "factor": is_factor(entry, default),
                "meaning": about["doc"],
                "source": about["source"],
            }
        )
    return rows


def _assumptions(dirs: Dirs, design: str = "", community: str = "wuliqiao") -> list[Row]:
    """Of a design, or of all mechanisms at their defaults; of a community, and the processes."""
    from cogov.assumptions import assumptions, of_mechanisms
    from cogov.community import load_community
    from cogov.mechanisms import registry
    from cogov.processes import Processes
    from cogov.rules.shipped import load_design

    designs = [load_design(design, dirs)] if design else []
    found = assumptions(designs, load_community(community, config_dirs=dirs), Processes())
    if not design:
        found += of_mechanisms(kind() for kind in registry().values())
    rows = []
    for entry in found:
        head, *parts = entry.path.split(".")
        row = dataclasses.asdict(entry)
        zh = registry()[parts[1]].zh if head == "design" else ""
        rows.append({"name": row.pop("path"), "zh": zh, "summary": row.pop("doc"), **row})
    return rows


def _assumption(name: str, dirs: Dirs) -> Shown:
    from cogov.cli import describing

    found = {row["name"]: row for row in _assumptions(dirs)}
    if name not in found:
        raise ConfigError(unknown("assumption", name, found))
    return Shown(found[name], lambda: [*describing.assumption_lines(found[name]), SOURCES])


def _mechanisms(dirs: Dirs) -> list[Row]:
    from cogov.mechanisms import registry

    return [
        {"name": m.name, "zh": m.zh, "source": m.seed, "family": m.family, "summary": m.summary()}
        for m in registry().values()
    ]


def _mechanism(name: str, dirs: Dirs) -> Shown:
    from cogov.cli import describing
    from cogov.mechanisms import registry

    if name not in registry():
        raise ConfigError(unknown("mechanism", name, registry()))
    kind = registry()[name]
    about = next(row for row in _mechanisms(dirs) if row["name"] == name)
    # That any mechanism may be tried in some places only is said once, and not with every one of them.
    parameters = [row for row in _parameters(kind) if not row["parameter"].startswith("where.")]
    return Shown(
        {
            **about,
            "zero": dict(kind.zero),
            "words": dict(kind.words),
            "interpretation": kind.reading,
            "assumes": kind.why,
        },
        lambda: [*describing.mechanism_tables(kind, parameters), SOURCES],
        {"parameters": parameters, "rules": [_rule(rule, rule.force()) for rule in kind().rules()]},
    )


def _designs(dirs: Dirs) -> list[Row]:
    from cogov.rules.shipped import load_design

    found = [load_design(name, dirs) for name in resources.names("design", dirs)]
    return [{"name": d.name, "zh": d.zh, "source": d.seed, "summary": d.summary} for d in found]


def _design(name: str, dirs: Dirs) -> Shown:
    from cogov.cli import describing
    from cogov.rules.shipped import load_design

    design = load_design(name, dirs)
    about = {"name": design.name, "zh": design.zh, "source": design.seed, "summary": design.summary}
    mechanisms = [
        {
            "name": m.name,
            "zh": m.zh,
            "source": m.seed,
            "words": {seed: quote for seed, quote in m.words.items() if seed in design.seed},
            "parameters": m.as_dict(),
        }
        for m in design.mechanisms
    ]
    rules = [_rule(entry.rule, entry.says()) for entry in design.amended().values()]
    rules += [_rule(rule, f"idle, by {name}: {rule.force()}") for name, rule in design.idle()]
    return Shown(
        about,
        lambda: [*describing.design_tables(design), SOURCES],
        {"mechanisms": mechanisms, "rules": rules},
    )


def _communities(dirs: Dirs) -> list[Row]:
    from cogov.community import load_community

    found = [load_community(name, config_dirs=dirs) for name in resources.names("community", dirs)]
    return [{"name": p.name, "zh": p.zh, "summary": p.summary} for p in found]


def _community(name: str, dirs: Dirs) -> Shown:
    from cogov.assumptions import assumptions
    from cogov.cli import describing
    from cogov.community import load_community
    from cogov.processes import Processes

    profile = load_community(name, config_dirs=dirs)
    ranges = {entry.path: entry for entry in assumptions([], profile, Processes())}
    rows: list[Row] = []
    for row in profile.rows():
        assumed = ranges.get(f"community.{row.key}")
        about = {"key": row.key, "value": row.value, "unit": row.unit, "meaning": row.doc}
        plausible = [assumed.low, assumed.high] if assumed else []
        rows.append({**about, "source": row.source, "plausible": plausible})
    about = {"name": profile.name, "zh": profile.zh, "summary": profile.summary}
    return Shown(about, lambda: [*describing.profile_tables(profile, rows), SOURCES], {"numbers": rows})


def _measures(dirs: Dirs) -> list[Row]:
    from cogov.outcomes.measures import MEASURES

    return [
        {
            "name": m.name,
            "zh": m.zh,
            "summary": m.doc,
            "unit": m.unit,
            "better": {1: "more", -1: "less"}.get(m.better),
            "of_run": "{} / {}".format(*m.over) if m.over else {"none": None}.get(m.how, m.how),
        }
        for m in MEASURES.values()
    ]


def _measure(name: str, dirs: Dirs) -> Shown:
    from cogov.cli import describing
    from cogov.outcomes.measures import MEASURES

    if name not in MEASURES:
        raise ConfigError(unknown("measure", name, MEASURES))
    about = next(row for row in _measures(dirs) if row["name"] == name)
    return Shown(about, lambda: describing.measure_lines(MEASURES[name]))


def _processes(dirs: Dirs) -> list[Row]:
    return [
        {"name": name, "summary": (type(values).__doc__ or "").strip().splitlines()[0]}
        for name, values in _of_processes().items()
    ]


def _of_processes() -> dict[str, Parameters]:
    """Whatever has parameters that a run can set: the processes, and the shock."""
    from cogov.processes import Epidemic, Processes

    return {**Processes().as_dict(), "epidemic": Epidemic()}


def _process(name: str, dirs: Dirs) -> Shown:
    from cogov.cli import describing

    found = _of_processes()
    if name not in found:
        raise ConfigError(unknown("process", name, found))
    about = next(row for row in _processes(dirs) if row["name"] == name)
    rows = _parameters(found[name])
    where = "shocks=[{epidemic: {…}}]" if name == "epidemic" else f"processes.{name}.PARAMETER=VALUE"
    lines = [f"{name}: {about['summary']}", f"set with {where}"]
    return Shown(about, lambda: [*lines, describing.parameter_table(rows), SOURCES], {"parameters": rows})


def _experiments(dirs: Dirs) -> list[Row]:
    found = {name: _experiment_values(name, dirs) for name in resources.names("experiment", dirs)}
    return [{"name": name, "summary": values.get("question", "")} for name, values in found.items()]


def _experiment_values(name: str, dirs: Dirs) -> Row:
    return resources.compose("study", [f"experiment={resources.quoted(name)}"], dirs)


def _experiment(name: str, dirs: Dirs) -> Shown:
    allowed = resources.names("experiment", dirs)
    if name not in allowed:
        raise ConfigError(unknown("experiment", name, allowed))
    from cogov.kit.typed import word

    values = _experiment_values(name, dirs)
    lines = [f"{key}: {word(value)}" for key, value in values.items() if value not in (None, "", [], {})]
    return Shown({"name": name, **values}, lambda: [f"cogov study experiment={name}", *lines])


def _claims(dirs: Dirs) -> list[Row]:
    from cogov.claims import claims

    return [{"name": c.name, "zh": c.words, "source": c.seed, "summary": c.says} for c in claims().values()]


def _claim(name: str, dirs: Dirs) -> Shown:
    from cogov.claims import claims
    from cogov.kit.typed import word

    if name not in claims():
        raise ConfigError(unknown("claim", name, claims()))
    values = claims()[name].as_dict()
    lines = [f"{key}: {word(value)}" for key, value in values.items() if value not in (None, "", (), {})]
    return Shown(values, lambda: [f"cogov claims {name}", *lines])


def _institutions(dirs: Dirs) -> list[Row]:
    from cogov.mechanisms.inventory import institutions

    return [
        {
            "name": row.number,
            "zh": row.words,
            "source": row.seed,
            "summary": row.what,
            "covered": row.covered,
            "by": list(row.by),
            "missing": row.missing,
        }
        for row in institutions()
    ]


def _institution(name: str, dirs: Dirs) -> Shown:
    found = {row["name"]: row for row in _institutions(dirs)}
    if name not in found:
        raise ConfigError(unknown("institution", name, found))
    about = found[name]
    lines = [
        f"{name} {about['zh']} (document {about['source']}): {about['summary']}",
        f"covered: {about['covered']}" + (f", by {', '.join(about['by'])}" if about["by"] else ""),
        *([f"missing: {about['missing']}"] if about["missing"] else []),
    ]
    return Shown(about, lambda: lines)


def _sources(dirs: Dirs) -> list[Row]:
    from cogov.sources import sources

    return [
        {"name": s.name, "zh": s.zh, "summary": s.title or s.what, "what": s.what, "where": s.where}
        for s in sources().values()
    ]


def _source(name: str, dirs: Dirs) -> Shown:
    from cogov.sources import sources

    if name not in sources():
        raise ConfigError(unknown("source", name, sources()))
    about = {key: text for key, text in dataclasses.asdict(sources()[name]).items() if text}
    return Shown(about, lambda: list(about.values()))


THINGS: Mapping[str, Thing] = {
    "mechanism": Thing("mechanisms", _mechanisms, _mechanism, "what designs are made of"),
    "design": Thing("designs", _designs, _design, "sets of mechanisms that are compared"),
    "community": Thing("communities", _communities, _community, "where a run takes place"),
    "measure": Thing("measures", _measures, _measure, "what is recorded, and what a run comes to"),
    "process": Thing("processes", _processes, _process, "what happens in a week, with its parameters"),
    "experiment": Thing("experiments", _experiments, _experiment, "studies ready to run"),
    "claim": Thing("claims", _claims, _claim, "what the documents claim, to be tried"),
    "assumption": Thing(
        "assumptions",
        _assumptions,
        _assumption,
        "numbers that nobody has measured, and in which range each may well lie",
        {"design": "", "community": "wuliqiao"},
    ),
    "institution": Thing(
        "institutions", _institutions, _institution, "what the documents name, and what stands for it"
    ),
    "source": Thing("sources", _sources, _source, "documents and figures that numbers are from"),
}
"""Everything that can be listed and shown, by what one of them is called."""

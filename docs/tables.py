"""Tables in the documentation that the code knows best: a line ``{{ mechanisms }}`` becomes the table."""

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import expit

from cogov import Epidemic, GovernanceModel, Processes, load_community, load_design
from cogov.assumptions import KEPT, Assumption, assumptions, of_mechanisms
from cogov.community.cohorts import Cohort
from cogov.kit import resources
from cogov.kit.fields import Parameters, is_factor
from cogov.kit.typed import word
from cogov.mechanisms import Mechanism, registry
from cogov.mechanisms.inventory import CORE, institutions
from cogov.outcomes import BY_COMPOUND, BY_GROUP, MEASURES, Measure
from cogov.processes.births import Arise, IssueType
from cogov.processes.declared import DECLARED
from cogov.processes.participate import incline
from cogov.processes.week import PROCESSES
from cogov.rules import RULE_KINDS, Amend, Design, Rule, When, Where
from cogov.sources import sources
from cogov.terms import ADULT, COHORTS, ELDER, Age, Kind, Party
from cogov.trace import ACTIVITIES, SCHEMA


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put in the tables of one page; called by MkDocs."""
    return re.sub(r"^{{ (\w+) }}$", lambda match: TABLES[match[1]](), markdown, flags=re.MULTILINE)


def data_flow() -> str:
    """Processes by parts of the state: who reads and who writes what."""
    order = [DECLARED[run.__name__] for run in PROCESSES]
    parts = sorted({part for said in order for part in (*said.reads, *said.writes)})
    rows = (
        (
            f"`{part}`",
            *("**w**" if part in said.writes else "r" if part in said.reads else "" for said in order),
        )
        for part in parts
    )
    return _table(("part of the state", *(said.name.replace("_", " ") for said in order)), rows)


def mechanisms() -> str:
    """Every registered mechanism, family by family."""
    found = sorted(registry().values(), key=lambda mechanism: (mechanism.family, mechanism.name))
    rows = ((m.family, f"`{m.name}`", m.zh, m.seed, m.summary()) for m in found)
    return _table(("family", "mechanism", "中文", "source", "what it does"), rows)


def designs() -> str:
    """Every shipped design."""
    rows = ((f"`{d.name}`", d.zh, d.seed, d.summary) for d in _designs())
    return _table(("design", "中文", "source", "summary"), rows)


def coverage() -> str:
    """How much of what each document names there is."""
    rows = []
    for seed in sorted({row.seed for row in institutions()}):
        found = [row.covered for row in institutions() if row.seed == seed]
        rows.append((seed, str(len(found)), *(str(found.count(word)) for word in ("yes", "partly", "no"))))
    total = [str(sum(int(row[place]) for row in rows)) for place in range(1, 5)]
    return _table(("document", "named", "covered", "partly", "not"), [*rows, ("all", *total)])


def inventory() -> str:
    """Everything that the documents name, and what stands for it."""
    rows = (
        (
            row.number,
            row.words,
            row.what,
            ", ".join(name if name == CORE else f"[`{name}`](mechanisms.md#{name})" for name in row.by),
            row.covered,
            row.missing,
        )
        for row in institutions()
    )
    return _table(("no.", "words", "what it is", "mechanism", "covered", "what is missing, or why"), rows)


def workings() -> str:
    """By mechanism: document, kinds of rule, duties, purses, where it is tested."""
    found = sorted(registry().values(), key=lambda mechanism: (mechanism.seed, mechanism.name))
    return _table(
        ("document", "mechanism", "中文", "kinds of rule", "duties", "purses", "tests"),
        (
            (
                mechanism.seed,
                f"`{mechanism.name}`",
                mechanism.zh,
                ", ".join(dict.fromkeys(rule.kind for rule in mechanism().rules())),
                ", ".join(_duties(mechanism().rules())),
                ", ".join(sorted({rule.purse for rule in mechanism().rules() if _paid(rule)})),
                f"`tests/mechanisms/test_{mechanism.__module__.rpartition('.')[2]}.py`",
            )
            for mechanism in found
        ),
    )


def _duties(rules: Iterable[Rule]) -> list[str]:
    """What hours go to, by what the rules say."""
    found: set[str] = set()
    for rule in rules:
        found |= {"upkeep"} if rule.upkeep else set()
        found |= {name for name in ("observe", "ask", "host", "care", "serve") if getattr(rule, name, 0)}
        found |= {"handle"} if getattr(rule, "handles", ()) else set()
        found |= {"meet"} if rule.kind in ("council", "consent", "appraisal", "exchange", "visit") else set()
        found |= {"build"} if rule.kind == "programme" else set()
        found |= {"tasks"} if rule.kind == "tasks" else set()
    return sorted(found)


def _paid(rule: Rule) -> bool:
    return bool(rule.money or getattr(rule, "wage", 0) or rule.kind == "programme")


def documents() -> str:
    """The documents that designs are named after."""
    found = [source for source in sources().values() if source.title]
    rows = ((source.name, source.zh, source.title, source.what) for source in found)
    return _table(("number", "中文", "title", "what it is"), rows)


def figures() -> str:
    """The published figures that numbers are from."""
    rows = ((source.name, source.what, source.where) for source in sources().values() if not source.title)
    return _table(("short name", "what it says", "published"), rows)


def communities() -> str:
    """Every shipped community profile."""
    found = [load_community(name) for name in resources.names("community")]
    return _table(("community", "中文", "summary"), ((f"`{p.name}`", p.zh, p.summary) for p in found))


def event_columns() -> str:
    """Columns of events."""
    return _table(("column", "type", "holds"), ((f"`{name}`", *about) for name, about in SCHEMA.items()))


def activities() -> str:
    """What can happen to whom."""
    rows = (
        (one.of, f"`{one.name}`", one.zh, _sentence(one.says), "end" if one.ends else "")
        for one in ACTIVITIES.values()
    )
    return _table(("of", "activity", "中文", "how a story says it", ""), rows)


def _sentence(says: str) -> str:
    """What a story says, with dots for what differs."""
    text = re.sub(r"{[^}]*}", "…", says)
    return f"{text[0].upper()}{text[1:]}."


def kinds() -> str:
    """The classes of rule."""
    return _table(("kind", "says"), ((f"`{kind.__name__}`", _first_line(kind)) for kind in RULE_KINDS))


def fields() -> str:
    """What a rule of each kind, an amendment and its conditions consist of; first what all have in common."""
    common = {field.name for field in dataclasses.fields(Rule)}
    parts = []
    for kind in (Rule, *RULE_KINDS, Amend, Where, When):
        own = [field for field in dataclasses.fields(kind) if kind is Rule or field.name not in common]
        title = "Every rule" if kind is Rule else f"{kind.__name__} {getattr(kind, 'zh', '')}".strip()
        parts += [f"### {title}", _table(("field", "default", "meaning"), map(_field, own))]
    return "\n\n".join(parts)


def rules_of_mechanisms() -> str:
    """Every mechanism in full: parameters, the rules it brings, where it is used."""
    found = sorted(registry().values(), key=lambda mechanism: (mechanism.family, mechanism.name))
    return "\n\n".join(part for mechanism in found for part in _mechanism(mechanism))


def parameters() -> str:
    """Every parameter of the processes but those of the types of issue, process by process."""
    parts = []
    for process, values in Processes().as_dict().items():
        parts += _section(process, values)
    return "\n\n".join([*parts, *_section("epidemic", Epidemic())])


def issue_types() -> str:
    """The types of issue: a row for each parameter, a column for each type."""
    arise, kinds = Arise(), list(Kind)
    rows = []
    for field in dataclasses.fields(IssueType):
        values = (word(getattr(kind, field.name)) for kind in arise.types())
        about = field.metadata
        meaning = f"{about['doc']} {_unit(about)}".strip()
        rows.append((f"`{field.name}`", *values, _plausible(field, 0), meaning, about["source"]))
    head = ("parameter", *(f"`{kind.label}` {kind.zh}" for kind in kinds), "plausible", "meaning", "source")
    return _table(head, rows)


def numbers() -> str:
    """Every number of the profile of Wuliqiao with its source, the assumed ones with their ranges."""
    profile = load_community("wuliqiao")
    ranges = {entry.path: _ends(entry) for entry in assumptions([], profile, Processes())}
    rows = (
        (
            f"`{row.key}`",
            f"{word(row.value)} {row.unit}".strip(),
            ranges.get(f"community.{row.key}", ""),
            row.doc,
            row.source,
        )
        for row in profile.rows()
    )
    return _table(("number", "value", "plausible", "meaning", "source"), rows)


def assumed() -> str:
    """Every assumed number of the processes, of Wuliqiao and of all mechanisms, with its range."""
    found = assumptions([], load_community("wuliqiao"), Processes())
    found += of_mechanisms(kind() for kind in registry().values())
    rows = (
        (
            f"`{entry.path}`",
            "×" if entry.factor else f"{word(entry.default)} {entry.unit}".strip(),
            _ends(entry),
            "ratios" if entry.log else "differences",
            entry.doc,
            entry.source,
        )
        for entry in found
    )
    return _table(("assumption", "taken to be", "plausible", "equally likely", "meaning", "source"), rows)


def kept() -> str:
    """Assumed numbers without a range, and why."""
    by_reason: dict[str, list[str]] = {}
    for path, why in KEPT.items():
        by_reason.setdefault(why, []).append(f"`{path}`")
    return _table(("why", "numbers"), ((why, ", ".join(paths)) for why, paths in by_reason.items()))


def _ends(entry: Assumption) -> str:
    times = "× " if entry.factor else ""
    return f"{times}{word(entry.low)}–{word(entry.high)}"


@functools.cache
def calibration() -> str:
    """Published figures and what the baseline makes of them, in one run of Wuliqiao at full size."""
    model = GovernanceModel("wuliqiao", "line_hierarchy", rng=7)
    model.run_until(model.last_week)
    outcomes, weeks, people = model.outcomes(), model.record.to_frame(), model.residents
    adult, ages, party = people.age >= ADULT, people.age, people.party
    inclined = np.empty(len(people), dtype=np.float32)
    for cohort in map(Cohort, range(COHORTS)):
        cohort.put(inclined, incline(model, cohort, cohort.of(people.age)))
    vote = expit(inclined + model.parameters.participate.vote)
    survey = "Shanghai Urban Neighborhood Survey 2017"
    calls = "1.2 M orders (2016) and 9.03 M calls (2023) in Shanghai, by its 24.87 M residents"
    rows = (
        ("residents aged 60 and over", "38.84 %", "seed 001", _percent((ages >= ELDER).mean())),
        ("residents under 12", "8.9 %", "seed 001", _percent((ages == Age.UNDER_12).mean())),
        ("turnout in a committee election, all adults", "47.89 %", survey, _percent(vote[adult].mean())),
        ("… aged 18–29", "13.77 %", survey, _percent(vote[ages == Age.AGE_18_29].mean())),
        ("… aged 50–59 (model: 45–59)", "55.68 %", survey, _percent(vote[ages == Age.AGE_45_59].mean())),
        ("… aged 70–79", "77.74 %", survey, _percent(vote[ages == Age.AGE_70_79].mean())),
        ("… party members", "65.09 %", survey, _percent(vote[adult & (party != Party.NONE)].mean())),
        ("… others", "48.36 %", survey, _percent(vote[adult & (party == Party.NONE)].mean())),
        (
            "almost never talk with neighbours (model: hardly tied, first week)",
            "27.52 %",
            survey,
            _percent(weeks["isolates"].iloc[0]),
        ),
        (
            "volunteers (published: registered, a third of them taken as active; model: active adults)",
            "21 % (2020)",
            "China News 2022-03-03 (mirror)",
            _percent(outcomes["participation"]),
        ),
        (
            "property fees collected",
            "82 % (key cities, 2024), 71 % (500 largest firms, 2025), below 65 % (smaller firms)",
            "m.163.com KMMCE3660535A6CE",
            _percent(outcomes["fee_collection"]),
        ),
        (
            "hotline orders a year for 1,000 residents",
            "48 (orders, 2016), 363 (calls, 2023)",
            f"{calls} (thepaper.cn 1596251, mirror; 163.com J63128NP055040N3)",
            f"{weeks['orders'].sum() / len(weeks) * 52 / len(people) * 1000:.0f}",
        ),
        (
            "resolved (published: summer hotline; model: all issues, within the norm)",
            "67–84.1 % (2011–2015)",
            "xmwb.xinmin.cn 2015-10-17",
            _percent(outcomes["resolution_rate"]),
        ),
        ("lifts in three years, before the reform", "7 by 2020", "seed 001", word(outcomes["lifts_built"])),
    )
    return _table(("figure", "published", "where", "baseline"), rows)


def measures() -> str:
    """Every measure, and what a run makes of its weeks."""
    rows = (
        (f"`{m.name}`", m.zh, m.unit, m.doc, _over_a_run(m), BETTER[m.better], _matters(m))
        for m in MEASURES.values()
    )
    return _table(("measure", "中文", "unit", "meaning", "of a run", "better", "matters from (why)"), rows)


def by_place_and_group() -> str:
    """The measures that are kept for parts of the community."""
    rows = (
        ("compound, every week (and added up to any area)", ", ".join(f"`{name}`" for name in BY_COMPOUND)),
        ("age band and tenure, every quarter", ", ".join(f"`{name}`" for name in BY_GROUP)),
    )
    return _table(("kept by", "measures"), rows)


BETTER = {1: "more", 0: "", -1: "less"}


def _matters(measure: Measure) -> str:
    return measure.why if measure.matters is None else f"{measure.matters:g}: {measure.why}"


def _over_a_run(measure: Measure) -> str:
    if measure.over:
        return "`{}` / `{}`, each summed".format(*measure.over)
    words = {"mean": "mean", "sum": "sum", "none": "not an outcome", "run": "computed once"}
    return words[measure.how]


def _mechanism(mechanism: type[Mechanism]) -> list[str]:
    made = mechanism()
    users = [f"`{design.name}`" for design in _designs() if mechanism in map(type, design.mechanisms)]
    facts = {
        "Family": mechanism.family,
        "source": mechanism.seed,
        "in the designs": ", ".join(users) or "none that is shipped",
    }
    zero = ", ".join(f"`{key}: {word(value)}`" for key, value in mechanism.zero.items())
    rules = ((rule.kind, f"`{rule.name}`", rule.force().replace("+", " + ")) for rule in made.rules())
    said = [f"> {quote} ({seed})" for seed, quote in mechanism.words.items()]
    return [
        f"## {mechanism.name} {mechanism.zh}",
        mechanism.summary(),
        *said,
        *([f"*Interpretation*: {mechanism.reading}"] if mechanism.reading else []),
        *([f"*Assumes*: {mechanism.why}"] if mechanism.why else []),
        "; ".join(f"{key}: {value}" for key, value in facts.items()) + f". Without force at {zero}.",
        _parameters(made),
        "Rules it brings:",
        _table(("kind", "rule", "content, where it differs from the default of its kind"), rules),
    ]


@functools.cache
def _designs() -> list[Design]:
    return [load_design(name) for name in resources.names("design")]


def _section(name: str, values: Parameters) -> list[str]:
    """A heading, what the parameters are about, their table; then those that are mappings of their own."""
    nested = {
        field.name: getattr(values, field.name)
        for field in dataclasses.fields(values)
        if isinstance(getattr(values, field.name), Parameters)
    }
    parts = [f"### {name}", _first_line(type(values)), _parameters(values)]
    for key, inner in nested.items():
        if not isinstance(inner, IssueType):
            parts += _section(f"{name}.{key}", inner)
    return parts


def _parameters(values: Parameters) -> str:
    rows = (
        (
            f"`{field.name}`",
            _default(getattr(values, field.name), field.metadata),
            _plausible(field, getattr(values, field.name)),
            _allowed(field.metadata),
            field.metadata["doc"],
            field.metadata["source"],
        )
        for field in dataclasses.fields(values)
        if not isinstance(getattr(values, field.name), Parameters)
    )
    return _table(("parameter", "default", "plausible", "allowed", "meaning", "source"), rows)


def _default(value: Any, about: Mapping[str, Any]) -> str:
    return "all" if value == about["choices"] else f"{word(value)} {about['unit']}".strip()


def _plausible(field: dataclasses.Field[Any], value: Any) -> str:
    """In which range a number may well lie; a factor of a list, and of what has no default."""
    ends = field.metadata["plausible"]
    times = "× " if is_factor(field, value) else ""
    return f"{times}{word(ends[0])}–{word(ends[1])}" if ends else ""


def _allowed(about: Mapping[str, Any]) -> str:
    if about["choices"]:
        return ", ".join(about["choices"])
    low, high = ("" if bound is None else f"{bound:g}" for bound in (about["low"], about["high"]))
    return f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""


def _unit(about: Mapping[str, Any]) -> str:
    return f"({about['unit']})" if about["unit"] else ""


def _percent(share: float | np.floating[Any]) -> str:
    return f"{100 * share:.1f} %"


def _field(field: dataclasses.Field[Any]) -> tuple[str, str, str]:
    required = field.default is dataclasses.MISSING
    choices = field.metadata["choices"] or ()
    meaning = field.metadata["doc"] + (
        "; of " + ", ".join(f"`{choice}`" for choice in choices) if choices else ""
    )
    if fold := field.metadata["fold"]:
        meaning += f" (open: `{fold}`)"
    default = "(required)" if required else _default(field.default, field.metadata)
    return f"`{field.name}`", default, meaning


def _first_line(thing: type) -> str:
    return (thing.__doc__ or "").strip().splitlines()[0]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


TABLES: dict[str, Callable[[], str]] = {
    table.__name__: table
    for table in (
        data_flow,
        mechanisms,
        rules_of_mechanisms,
        designs,
        documents,
        figures,
        communities,
        coverage,
        inventory,
        workings,
        kinds,
        fields,
        parameters,
        issue_types,
        numbers,
        assumed,
        kept,
        calibration,
        measures,
        by_place_and_group,
        event_columns,
        activities,
    )
}

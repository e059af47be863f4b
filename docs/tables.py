"""Tables in the documentation that the code knows best: a line ``{{ mechanisms }}`` becomes the table."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cogov import load_community, load_design, resources
from cogov.mechanisms import registry
from cogov.outcomes import MEASURES
from cogov.printing import word
from cogov.rules import RULE_KINDS, Rule


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put in the tables of one page; called by MkDocs."""
    return re.sub(r"^{{ (\w+) }}$", lambda match: TABLES[match[1]](), markdown, flags=re.MULTILINE)


def mechanisms() -> str:
    """Every registered mechanism, family by family."""
    found = sorted(registry().values(), key=lambda mechanism: (mechanism.family, mechanism.name))
    rows = ((m.family, f"`{m.name}`", m.zh, m.seed, m.summary()) for m in found)
    return _table(("family", "mechanism", "中文", "source", "what it does"), rows)


def designs() -> str:
    """Every shipped design."""
    found = [load_design(name) for name in resources.names("design")]
    return _table(
        ("design", "中文", "source", "summary"), ((f"`{d.name}`", d.zh, d.seed, d.summary) for d in found)
    )


def communities() -> str:
    """Every shipped community profile."""
    found = [load_community(name) for name in resources.names("community")]
    return _table(("community", "中文", "summary"), ((f"`{p.name}`", p.zh, p.summary) for p in found))


def kinds() -> str:
    """The seven kinds of rule."""
    return _table(("kind", "says"), ((f"`{kind.__name__}`", _first_line(kind)) for kind in RULE_KINDS))


def fields() -> str:
    """What a rule of each kind consists of; first what all have in common."""
    common = {field.name for field in dataclasses.fields(Rule)}
    parts = []
    for kind in (Rule, *RULE_KINDS):
        own = [field for field in dataclasses.fields(kind) if kind is Rule or field.name not in common]
        title = "Every rule" if kind is Rule else f"{kind.__name__} {kind.zh}"
        parts += [f"### {title}", _table(("field", "default", "meaning"), map(_field, own))]
    return "\n\n".join(parts)


def measures() -> str:
    """Every measure of a week or a run."""
    rows = ((f"`{m.name}`", m.zh, "week" if m.weekly else "run", m.unit, m.doc) for m in MEASURES.values())
    return _table(("measure", "中文", "of a", "unit", "meaning"), rows)


def _field(field: dataclasses.Field[Any]) -> tuple[str, str, str]:
    required = field.default is dataclasses.MISSING
    choices = field.metadata["choices"] or ()
    meaning = field.metadata["doc"] + (
        "; of " + ", ".join(f"`{choice}`" for choice in choices) if choices else ""
    )
    default = ("all" if field.default == choices else word(field.default)) if not required else "(required)"
    return f"`{field.name}`", f"{default} {field.metadata['unit']}".strip(), meaning


def _first_line(thing: type) -> str:
    return (thing.__doc__ or "").strip().splitlines()[0]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


TABLES: dict[str, Callable[[], str]] = {
    table.__name__: table for table in (mechanisms, designs, communities, kinds, fields, measures)
}

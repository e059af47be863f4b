"""Tables in the documentation that the code knows best: a line ``{{ mechanisms }}`` becomes the table."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cogov import load_community, load_design, resources
from cogov.mechanisms import registry
from cogov.outcomes import MEASURES
from cogov.rules import RULE_KINDS


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
    rows = ((f"`{kind.__name__}`", kind.zh, (kind.__doc__ or "").splitlines()[0]) for kind in RULE_KINDS)
    return _table(("kind", "中文", "says"), rows)


def measures() -> str:
    """Every measure of a week or a run."""
    rows = ((f"`{m.name}`", m.zh, "week" if m.weekly else "run", m.unit, m.doc) for m in MEASURES.values())
    return _table(("measure", "中文", "of a", "unit", "meaning"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


TABLES: dict[str, Callable[[], str]] = {
    table.__name__: table for table in (mechanisms, designs, communities, kinds, measures)
}

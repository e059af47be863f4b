"""How two designs differ, rule by rule."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cogov.rules.amend import Amended
from cogov.rules.kinds import RULE_KINDS, Rule


@dataclass(frozen=True)
class DesignDiff:
    """How one design's rules differ from another's; prints in a terminal, renders in a notebook."""

    old: str
    new: str
    mine: Mapping[tuple[str, str], Amended]
    theirs: Mapping[tuple[str, str], Amended]

    @property
    def added(self) -> tuple[Rule, ...]:
        """Rules that only the new design has, as amended."""
        return tuple(entry.result for key, entry in self.theirs.items() if key not in self.mine)

    @property
    def removed(self) -> tuple[Rule, ...]:
        """Rules that only the old design has, as amended."""
        return tuple(entry.result for key, entry in self.mine.items() if key not in self.theirs)

    @property
    def changed(self) -> tuple[tuple[Rule, Rule], ...]:
        """Rules that differ, or are amended otherwise: (old, new)."""
        return tuple(
            (self.mine[key].result, entry.result)
            for key, entry in self.theirs.items()
            if key in self.mine and self.mine[key].says() != entry.says()
        )

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Rows of (sign, kind, name, content); ``+`` added, ``-`` removed, ``~`` changed; by kind."""
        entries: Iterable[tuple[str, Rule, str]] = (
            [("-", rule, self.mine[rule.key].says()) for rule in self.removed]
            + [("+", rule, self.theirs[rule.key].says()) for rule in self.added]
            + [("~", new, self.mine[new.key].difference(self.theirs[new.key])) for _, new in self.changed]
        )
        order = {kind.kind: position for position, kind in enumerate(RULE_KINDS)}
        return [
            (sign, rule.kind, rule.name, content)
            for sign, rule, content in sorted(entries, key=lambda e: (order[e[1].kind], e[1].name))
        ]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def __str__(self) -> str:
        lines = [f"{self.old} → {self.new}"]
        kind = ""
        for sign, rule_kind, name, content in self.rows():
            if rule_kind != kind:
                kind = rule_kind
                lines.append(kind)
            lines.append(f"  {sign} {name}: {content}")
        return "\n".join(lines if self else [*lines, "no difference in rules"])

    def _repr_html_(self) -> str:
        cells = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows()
        )
        head = "<tr><th></th><th>kind</th><th>rule</th><th>content</th></tr>"
        title = f"{html.escape(self.old)} → {html.escape(self.new)}"
        return f"<table><caption>{title}</caption>{head}{cells}</table>"

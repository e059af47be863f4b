"""What makes the difference between two designs: the tables that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cogov.words import design


@dataclass(frozen=True, eq=False)
class Found:
    """What makes the difference between two designs, from runs of the same worlds under both.

    Tables of differences have ``a`` and ``b``, means over seeds, and of b - a what
    `cogov.reasons.spread.spread` says: the mean ``difference``, its 95 % interval over seeds from ``low`` to
    ``high``, the ``least`` and ``most`` of any seed, and whether it can be told ``from_zero``.

    Attributes
    ----------
    community, a, b : str
        Names of the community and the designs.
    zh : dict of str to str
        Their Chinese names, by name, as far as they have one.
    outcome : str
        What is asked about.
    seeds : tuple of int
    weeks : int
        Weeks after the reform, which count.
    totals : DataFrame
        ``outcome`` and its two values.
    cases : DataFrame
        Every issue under both, by ``seed, case_id``: where its paths part and what that did, to whom;
        see `cogov.reasons.cases.cases`.
    classes : DataFrame
        By ``path, by``: issues by where their paths part, and who or what decided there. The column
        ``difference`` adds up to the difference of the outcome (of ``resolution_rate``, where a level of
        residents is asked about), the row ``remainder`` included.
    stories : DataFrame
        Three issues told event by event: `cogov.reasons.stories.COLUMNS`;
        ``side`` is both, a or b.
    events : tuple of DataFrame
        What happened to the issues of the stories, under A and under B: `cogov.trace.SCHEMA`.
    channels : DataFrame
        By ``outcome, channel``: the parts that mean satisfaction, trust and belonging are made of. They add
        up to ``totals``; the rows ``remainder`` are what rounding leaves.
    channels_by_seed : DataFrame
        By ``outcome, channel``, a column a seed: b - a in it.
    groups : DataFrame
        By ``outcome, by, group, channel``: the same for the people of each group, with ``residents`` and
        ``contribution``, the group's part in the difference of the whole. Within one ``by`` the contributions
        add up to the difference in ``totals``.
    people : DataFrame
        By ``outcome, by, group``: the same over all channels.
    hours : DataFrame
        By ``post, duty``: hours a week.
    bought : DataFrame
        By ``duty``, ``what`` came of it: ``hours``, the amount and the amount for 100 hours, under both.
    """

    community: str
    zh: dict[str, str]
    a: str
    b: str
    outcome: str
    seeds: tuple[int, ...]
    weeks: int
    totals: pd.DataFrame
    cases: pd.DataFrame
    classes: pd.DataFrame
    stories: pd.DataFrame
    events: tuple[pd.DataFrame, ...]
    channels: pd.DataFrame
    channels_by_seed: pd.DataFrame
    groups: pd.DataFrame
    people: pd.DataFrame
    hours: pd.DataFrame
    bought: pd.DataFrame

    def called(self, which: str, lang: str = "en") -> str:
        """What the ``community``, or design ``a`` or ``b``, is called."""
        name = getattr(self, which)
        alike = which != "community" and self.a != self.b and self.zh.get(self.a) == self.zh.get(self.b)
        shown = design(name, lang, self.zh)
        return f"{shown}（{name}）" if alike and shown != name else shown  # variants keep the Chinese name

    def total(self, outcome: str | None = None) -> dict[str, Any]:
        """The values and difference of an outcome, by column of ``totals``."""
        name = outcome or self.outcome
        row = self.totals[self.totals["outcome"] == name].iloc[0]
        return {str(key): value for key, value in row.items() if key != "outcome"}

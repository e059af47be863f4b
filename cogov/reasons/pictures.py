"""The figures of an answer."""

from __future__ import annotations

from matplotlib.figure import Figure

from cogov.figures import waterfall
from cogov.reasons import words
from cogov.reasons.answer import Why


def pictures(why: Why, lang: str = "en") -> dict[str, Figure]:
    """Every figure of an answer by its name."""
    return {"channels": channels(why, lang)}


def channels(why: Why, lang: str = "en") -> Figure:
    """Waterfall from the value under A to that under B, channel by channel."""
    rows = why.channels[why.channels["outcome"] == why.outcome]
    table = rows.assign(label=[words.channel(name, lang) for name in rows["channel"]])
    total = why.total()
    return waterfall(
        table, ends=(total["a"], total["b"]), names=(why.a, why.b), outcome=why.outcome, lang=lang
    )

"""Paths of one issue under several designs: who has it, week by week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from cogov.figures import layout, style
from cogov.kit.errors import StudyError
from cogov.terms import Kind
from cogov.trace import ACTIVITIES
from cogov.trace.story import name_of
from cogov.words import design as called
from cogov.words import say

IN_PASSING = (
    "chased", "unheard", "waited", "not_listed", "not_summoned", "allotted", "revised", "replied", "grew"
)  # fmt: skip
"""Activities of somebody who does not have the issue."""
LARGEST = 9.0
"""Hours in one event from which dots are as large as can be."""


def paths(
    events: Mapping[str, pd.DataFrame],
    case: str,
    *,
    lang: str = "en",
    names: Mapping[str, str] | None = None,
    figsize: style.Size | None = None,
) -> Figure:
    """One panel a design, weeks from left to right, a lane for everybody who had the issue.

    The line stays in the lane of who has it; a dot is an event, larger with the hours it took, and hollow
    where it is somebody's in passing, who asks after it or has no hours for it. It ends in a square where it
    was resolved, in a cross where it was lost, and in an arrow where neither has come.

    Parameters
    ----------
    events : mapping of str to DataFrame
        By design, as of `cogov.trace.Trace.to_frame`, with the same seed.
    case : str
        The issue.
    lang : str
        ``en`` or ``zh``.
    names : mapping, optional
        Chinese names of designs, for ``zh``.
    figsize : tuple of float, optional
        Width and height in inches; ``(3.35, None)`` is as high as needed.

    Raises
    ------
    StudyError
        If nothing of the issue is in any of the frames.
    """
    told = {design: _events_of(frame, case, lang == "zh") for design, frame in events.items()}
    there = pd.concat(list(told.values())) if told else pd.DataFrame()
    if there.empty:
        raise StudyError(f"paths: nothing happened to issue {case!r} in these {len(told)} frames of events")
    lanes = there["who"].drop_duplicates().tolist()
    kind = Kind[there["kind"].iloc[0].upper()]
    with style.house(lang):
        looks = style.looks(list(told))
        figure, grid, size = style.panels(len(told), 2, 3.6, figsize, sharex=True, sharey=True)
        for axes, (design, rows) in zip(grid, told.items(), strict=True):
            _path(axes, rows, lanes, looks[design])
            axes.set(title=called(design, lang, names), ylim=(len(lanes) - 0.5, -0.5))
            axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
            axes.set_yticks(range(len(lanes)), style.names(figure, lanes, 0.24))
            axes.tick_params(axis="y", length=0)
            if rows.empty:
                style.empty(axes, lang)
        for axes in grid[-layout.shape(grid[0])[1] :]:
            axes.set_xlabel(say("week", lang))
        waits = any(_is_open(rows) for rows in told.values())
        signs = [shape for shape in SIGNS if shape != "open" or waits]
        style.key(figure, [_sign(shape, say(f"path_{shape}", lang)) for shape in signs])
        about = kind.zh if lang == "zh" else kind.label.replace("_", " ")
        style.note(figure, [say("paths", lang, case=case, kind=about)], lang)
        return layout.settle(figure, size, style.rows(style.names(figure, lanes, 0.24)))


SIGNS: Mapping[str, dict[str, Any]] = {
    "event": {"marker": "o", "markersize": 3.5},
    "hours": {"marker": "o", "markersize": 8},
    "passing": {"marker": "o", "markersize": 4, "markerfacecolor": "white"},
    "resolved": {"marker": "s", "markersize": 8, "markeredgecolor": "white"},
    "lost": {"marker": "X", "markersize": 9, "markeredgecolor": "white"},
    "open": {"marker": ">", "markersize": 6},
}
"""How what happened is drawn."""


def _sign(shape: str, label: str) -> Line2D:
    """An entry of the legend."""
    look: dict[str, Any] = {"color": style.QUIET, "linestyle": "", "label": label} | SIGNS[shape]
    return Line2D([], [], **look)


def _events_of(frame: pd.DataFrame, case: str, zh: bool) -> pd.DataFrame:
    """The events of an issue, with the lane of each."""
    rows = frame[frame["case_id"] == case].astype({"activity": str, "role": str, "kind": str}).copy()
    nobody = say("path_nobody", "zh" if zh else "en")
    who, has = [], nobody
    for row in rows.to_dict("records"):
        mine = name_of({"role": row["role"], "resource": row["role"]}, zh) if row["role"] else has
        mine = mine.removeprefix("the ")  # what stands in a margin has no article
        who.append(mine)
        has = has if row["activity"] in IN_PASSING else mine
    return rows.assign(who=who)


def _is_open(rows: pd.DataFrame) -> bool:
    """Whether an issue that was born has neither been resolved nor lost."""
    return len(rows) > 0 and not any(ACTIVITIES[name].ends for name in rows["activity"])


def _path(axes: Axes, rows: pd.DataFrame, lanes: list[str], look: style.Look) -> None:
    """The line of who has it, and a dot for every event."""
    at = {lane: place for place, lane in enumerate(lanes)}
    color, scale = look.color, style.scaled(1)
    held = rows[~rows["activity"].isin(IN_PASSING)]
    weeks, places = held["week"].tolist(), [at[who] for who in held["who"]]
    if _is_open(rows):  # it goes on beyond what last happened
        weeks, places = [*weeks, rows["week"].max() + 1], [*places, places[-1]]
        sign = dict(SIGNS["open"], markersize=SIGNS["open"]["markersize"] * scale)
        axes.plot(weeks[-1], places[-1], color=color, linestyle="", zorder=3, **sign)
    axes.step(weeks, places, where="post", color=color, linewidth=style.pen(1.4), zorder=2)
    for row in rows.to_dict("records"):
        ends = ACTIVITIES[row["activity"]].ends
        shape = ("resolved" if row["activity"] == "resolved" else "lost") if ends else "event"
        shape = "passing" if row["activity"] in IN_PASSING else shape
        sign = dict(SIGNS[shape])
        if shape == "event":
            sign["markersize"] = 3.5 + 5.5 * min(row["hours"] / LARGEST, 1)
        sign["markersize"] *= scale
        axes.plot(row["week"], at[row["who"]], color=color, linestyle="", zorder=4 if ends else 3, **sign)

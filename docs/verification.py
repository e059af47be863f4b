"""The page "Verification" and its figures, made of the limits that the tests hold the model to.

    python -m docs.verification

``tests/limits`` checks that every section of the page is what the model of now gives.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from cogov.figures.style import COLOURS, house
from tests.limits import participation, queues
from tests.limits.every import CHAPTERS
from tests.limits.limit import Limit, Row

HERE = Path(__file__).parent
PAGE = HERE / "verification.md"
PICTURES = HERE / "img"
HEAD = """# Verification

Parts of the model have limits that theory knows exactly. Here they are reached with the processes
themselves, the ones that every run consists of, and the model's value stands beside the exact one. Where
something is drawn the model's value has a standard error; a difference of more than four of them, or of
more than rounding where nothing is drawn, fails a test. The page is made by `python -m docs.verification`,
and the same tests (`tests/limits`) check that it is current.
"""
QUEUES = """![Queues against their formulas](img/verification-queues.png)

*Number of issues with a post by its load: formulas (lines) and the model (dots, two standard errors). With
two classes half of the load is urgent.*
"""
SPREAD = """![Adoption and influence against theory](img/verification-participation.png)

*Left: adoption of those who are asked, Bass's curve and the model with three seeds. Right: the share that
takes part by what all one's neighbours add, mean field (line), everybody tied (dots), the community's own
ties (squares).*
"""
FIGURES = {"Work": QUEUES, "Participation": SPREAD}


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for chapter, limits in CHAPTERS.items():
        parts += [f"## {chapter}\n", *([FIGURES[chapter]] if chapter in FIGURES else [])]
        parts += [section(limit) for limit in limits if not limit.pending]
    return "\n".join(parts)


def section(limit: Limit) -> str:
    """One limit: formula, source, how the model comes there, and the values."""
    rows = "\n".join(
        f"| {row.what} | {number(row.exact)} | {number(row.model)} | {apart(row)} |" for row in limit.rows
    )
    return f"""### {limit.title}

> {limit.formula}

*Source*: {limit.source}.

{limit.how}

| | exact | model | difference |
| --- | --- | --- | --- |
{rows}
"""


def number(value: float) -> str:
    """Four digits."""
    return f"{value:.4g}" if abs(value) > 1e-9 else "0"


def apart(row: Row) -> str:
    """How far the model's value is from the exact one, with its standard error; or that it is rounding."""
    if row.model == row.exact:
        return "none"
    if not row.error and abs(row.model - row.exact) <= 1e-4 * max(abs(row.exact), 1e-3):
        return "rounding"
    apart = row.model - row.exact
    share = f" ({100 * apart / row.exact:+.1f} %)" if row.exact else ""
    return f"{apart:+.2g}" + (f" ± {row.error:.1g}" if row.error else "") + share


def queue_figure(weeks: int = 500) -> Figure:
    """One post and two classes of priority, by load."""
    loads = np.linspace(0.02, 0.93, 100)
    with house():
        figure = Figure(figsize=(7.2, 3.0), layout="constrained")
        one, two = figure.subplots(1, 2)
        one.plot(loads, loads + loads**2 / (2 * (1 - loads)), color=COLOURS[0])
        for load in (0.3, 0.5, 0.7, 0.8, 0.9):
            found = queues.queues((load,), queues.an_hour, weeks=weeks, warm_up=weeks // 2, seed=1)
            dot(one, load, found[0], COLOURS[0])
        one.set(title="One post, unit work", xlabel="load", ylabel="issues with a post")
        theory = np.array([queues.by_class(load) for load in loads])
        for at, name in enumerate(("urgent", "other")):
            two.plot(loads, theory[:, at], color=COLOURS[at], label=name)
        for load in (0.3, 0.5, 0.7, 0.8):
            rate = load / queues.SIZE / 2
            found = queues.queues((rate, rate), queues.one_or_four, weeks=weeks, warm_up=weeks // 2, seed=2)
            for at, values in enumerate(found):
                dot(two, load, values, COLOURS[at])
        two.set(title="Two classes of priority", xlabel="load", ylim=(0, 5))
        two.legend()
        return figure


def dot(axes, at: float, values, colour: str) -> None:
    """A mean of independent values with two standard errors."""
    axes.errorbar(
        at, values.mean(), 2 * values.std(ddof=1) / np.sqrt(len(values)), fmt="o", color=colour, markersize=4
    )


def participation_figure(seeds: int = 3, weeks: int = 500) -> Figure:
    """Adoption against Bass's curve; influence against the mean field."""
    with house():
        figure = Figure(figsize=(7.2, 3.0), layout="constrained")
        left, right = figure.subplots(1, 2)
        for seed in range(1, seeds + 1):
            time, share = participation.adoption(seed)
            left.plot(time, share, color=COLOURS[0], linewidth=0.8, label="model" if seed == 1 else None)
        theory = participation.bass(time, participation.P, participation.Q)
        left.plot(time, theory, color="black", linestyle="--", label="theory")
        left.set(title="Adoption", xlabel="time", ylabel="share that has joined")
        left.legend()
        influence = np.linspace(0, 2.6, 14)
        for local, name, mark, colour in (
            (False, "all tied", "o", COLOURS[0]),
            (True, "own ties", "s", COLOURS[1]),
        ):
            for n in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5):
                found = participation.follow(n, local=local, weeks=weeks)
                right.errorbar(
                    n,
                    found.share,
                    2 * found.error,
                    fmt=mark,
                    color=colour,
                    markersize=4,
                    label=None if n else name,
                )
            exact = [participation.mean_field(n, found.tied) for n in influence]
            right.plot(influence, exact, color=colour, linestyle="--", label=f"mean field, {name}")
        right.set(
            title="Influence", xlabel="what all neighbours add (log odds)", ylabel="share that takes part"
        )
        right.legend()
        return figure


def main() -> None:
    """Write the page and its figures."""
    PAGE.write_text(page(), encoding="utf-8")
    for name, figure in (("queues", queue_figure()), ("participation", participation_figure())):
        figure.savefig(PICTURES / f"verification-{name}.png", dpi=150)


if __name__ == "__main__":
    main()

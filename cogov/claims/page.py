"""The page of claims: what each document says, and what the model finds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from cogov.claims.book import Claim
from cogov.claims.trial import Found
from cogov.claims.verdict import Contrast, Tried, Verdict
from cogov.outcomes import MEASURES
from cogov.words import outcome_unit

ARROW = {"more": "↑", "less": "↓", "no_less": "≥"}
HEAD = """\
# What the documents claim, and what the model finds

The five documents claim 54 effects that can be tried; {trials} hypotheses are tried here. Each line
compares two designs on the same people, the same problems and the same bad luck. The interval is
Student's 95 % interval of the mean paired difference over {replicates} replicates: it covers
chance, not what is assumed. {where}

- **holds**: on the claimed side, by at least the smallest difference that matters, wherever it was tried.
- **holds only if**: so in some of the places only.
- **too small to matter**: on the claimed side, by less than that.
- **does not hold**: the interval lies on the other side, or excludes an effect as claimed that would matter.
- **≥**, and not ↑ or ↓: it is claimed only not to fall by what matters; it holds where the interval says so.
- **not decided**: the interval reaches across zero and does not exclude it; more replicates would tell.

*Without its cause* is the same design with the cause cut: where half of the effect or more is still
there, that is a defect of the model, and said to be one. *Beyond staff* is the difference from hired
staff of the neighbourhoods for the same money: where it is not on the claimed side, more hands would
have done as much.

I1 to I5 are what mechanisms are said to do together; the sixth, that more of them are always better,
is asked by the experiment `burden`, which adds them in random order.

"""


def to_markdown(found: Sequence[Found], replicates: int, where: str) -> str:
    """The page: a table of verdicts, then every claim with its effect, its cut and its control.

    Parameters
    ----------
    found : sequence of Found
    replicates : int
    where : str
        A sentence on the communities and weeks.
    """
    counts = Counter(one.verdict for one in found)
    lines = [HEAD.format(trials=len(found), replicates=replicates, where=where)]
    lines += ["| verdict | claims |", "|---|---|"]
    lines += [
        f"| {verdict} ({counts[verdict]}) |"
        f" {', '.join(one.claim.name for one in found if one.verdict is verdict)} |"
        for verdict in Verdict
        if counts[verdict]
    ]
    if defects := [one.claim.name for one in found if any(place.defect for place in one.tried)]:
        lines += ["", f"**Defects of the model**: {', '.join(defects)} survive the cut of their own cause."]
    lines += [
        "",
        "| | hypothesis | where | verdict | outcome | effect | without its cause | beyond staff | document |",
    ]
    lines += ["|---|---|---|---|---|---|---|---|---|"]
    lines += [_row(one, tried) for one in found for tried in one.tried]
    for one in found:
        lines += ["", *_section(one)]
    return "\n".join(lines) + "\n"


def _row(one: Found, tried: Tried) -> str:
    claim = one.claim
    cells = [
        claim.name,
        claim.says,
        tried.community,
        f"**{tried.verdict}**",
        f"{tried.outcome} {ARROW[claim.direction]}",
        said(tried.effect),
        _or_dash(tried.cut) + (" **defect**" if tried.defect else ""),
        _or_dash(tried.control),
        claim.seed,
    ]
    return f"| {' | '.join(cells)} |"


def _left(tried: Tried, cut: Contrast) -> str:
    """How much of an effect is there without its cause, as far as that can be told from chance."""
    if tried.no_less or tried.verdict is not Verdict.HOLDS:
        return "for comparison"
    if not cut.beyond(tried.sign):
        return "the effect is not there any more"
    return f"{100 * cut.difference / tried.effect.difference:.0f} % of the effect is still there"


def _section(one: Found) -> list[str]:
    claim = one.claim
    lines = [f"## {claim.name} {claim.says}", "", f"“{claim.words}” ({claim.seed})", ""]
    for tried in one.tried:
        unit = outcome_unit(tried.outcome)
        lines.append(
            f"- In {tried.community}: {MEASURES[tried.outcome].doc}{f' ({unit})' if unit else ''}"
            f" {number(tried.before)} → {number(tried.after)}, {_named(claim, tried.effect)}"
            f"{_price(tried.cost)}: **{tried.verdict}**."
        )
        if tried.cut is not None:
            lines.append(f"  Cut ({claim.cut_says}): {said(tried.cut)}, {_left(tried, tried.cut)}.")
        if tried.control is not None and tried.verdict is Verdict.HOLDS and not tried.no_less:
            much = (
                "staff for the same money does as much"
                if tried.bought
                else "staff for the same money does less"
            )
            lines.append(f"  Beyond hired staff: {said(tried.control)}: {much}.")
    if claim.confounder:
        lines += ["", f"Could also come of: {claim.confounder}."]
    return lines


def _named(claim: Claim, effect: Contrast) -> str:
    """The effect of a claim, and what it is an effect of."""
    if not claim.varies:
        return f"{'in the places of the pilot' if claim.pilot else 'effect'} {said(effect)}"
    first, *others = (f"{path} from {low:g} to {high:g}" for path, (low, high) in claim.varies.items())
    if not others:
        return f"with {first}: {said(effect)}"
    return f"with {first}, {said(effect)} more than the most that one of these moves it: {'; '.join(others)}"


def _price(cost: float | None) -> str:
    return "" if cost is None else f", for {cost:+.0f} yuan a household and year"


def said(contrast: Contrast) -> str:
    """A difference with its interval."""
    middle = _decimals(contrast.difference, contrast)
    if math.isnan(contrast.low):
        return f"{middle} (no interval)"
    return f"{middle} [{_decimals(contrast.low, contrast)}, {_decimals(contrast.high, contrast)}]"


def _or_dash(contrast: Contrast | None) -> str:
    return "–" if contrast is None else said(contrast)


def _decimals(value: float, contrast: Contrast) -> str:
    sizes = [
        abs(one) for one in (contrast.difference, contrast.low, contrast.high) if math.isfinite(one) and one
    ]
    places = 0 if not sizes else min(6, max(0, 1 - math.floor(math.log10(max(sizes)))))
    return f"{value:+.{places}f}"


def number(value: float) -> str:
    """A level with three significant digits."""
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"

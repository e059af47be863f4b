"""Decisions of organisations: where units and firms stand still, and where they tip."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scipy.optimize import brentq
from scipy.special import expit

from cogov.processes.fees import Fees, collect_fees
from cogov.processes.firms import FirmDecisions, firms_decide
from cogov.processes.units import units_decide
from cogov.rules import Payoff
from tests.helpers import post, situation
from tests.limits.limit import SINGLE, Row, limit

QUARTERS = 120


def tipping(settles: Callable[[float], float], low: float, high: float) -> float:
    """The start in between from which it goes neither down to where ``low`` goes nor up."""
    middle, halves = (settles(low) + settles(high)) / 2, 15
    for _ in range(halves):
        start = (low + high) / 2
        if settles(start) < middle:
            low = start
        else:
            high = start
    return (low + high) / 2


@limit(
    "Units that follow each other",
    "e = σ(β + w (2e − 1))",
    "mean field of a binary choice with interactions: Brock and Durlauf (2001)",
)
def units() -> Iterator[Row]:
    """Units without contact and service weigh what the others do (w = 3; log odds β = −0.3 without anything).
    `units_decide` for 120 quarters from below and from above; the tipping point by bisection of the start."""
    base, peers = -0.3, 3.0
    model = situation(
        post(),
        Payoff(name="peers", to="units", term="peers", weight=peers),
        units={"base": base, "consciousness": 0.0},
    )

    def settles(start: float) -> float:
        now = model.units.engagement[:] = start
        for _ in range(QUARTERS):
            units_decide(model)
            now = float(model.units.engagement.mean())
            if abs(now - start) > 0.2 and min(now, 1 - now) < 0.3:
                break  # on its way, and far from the start
        return now

    def still(engagement: float) -> float:
        return float(expit(base + peers * (2 * engagement - 1))) - engagement

    def rest(start: float) -> float:
        model.units.engagement[:] = start
        for _ in range(QUARTERS):
            units_decide(model)
        return float(model.units.engagement.mean())

    yield Row("low engagement", brentq(still, 0, 0.3), rest(0.05), within=SINGLE)
    yield Row("tipping point", brentq(still, 0.3, 0.7), tipping(settles, 0.2, 0.8), within=1e-4)
    yield Row("high engagement", brentq(still, 0.7, 1), rest(0.9), within=SINGLE)


@limit(
    "A firm that is trusted by what it does",
    "rest: t f c (1 − c) = 2 k q; tipping: q² k = c (1 − m) − x; c = σ(b + t q)",
    "the firm's own first-order condition and budget; the trap of documents 001 and 003",
)
def firms() -> Iterator[Row]:
    """Owners trust the firm by its quality q of the quarter before and pay by trust (share c; b, t: fees);
    f is foresight, k the cost of quality, m the margin, x the fixed costs. `collect_fees` and
    `firms_decide` from above, by bisection, and from below, where what is left of the fees pays for no
    quality at all."""
    firm = post("firm", area="compound", staffed_by="firm")
    decisions = FirmDecisions(cost=0.55, margin=0.1, speed=0.15, foresight=0.6, fixed=0.3)
    fees = Fees(base=-1.6, trust=6.0)
    model = situation(post(), firm, firms=decisions.as_dict(), fees=fees.as_dict())
    model.homes.firm[:] = 0
    model.firms.efficiency[:] = 1.0

    def settles(start: float) -> float:
        model.firms.quality[:] = start
        for _ in range(QUARTERS):
            quality = float(model.firms.quality[0])
            model.residents.trust_firm[:] = quality
            collect_fees(model)
            firms_decide(model)
            if quality == 0 or quality > 0.4 > start:
                break
        return float(model.firms.quality[0])

    def paid(quality: float) -> float:
        return float(expit(fees.base + fees.trust * quality))

    def gain(quality: float) -> float:
        c = paid(quality)
        return fees.trust * decisions.foresight * c * (1 - c) - 2 * decisions.cost * quality

    def spare(quality: float) -> float:
        return paid(quality) * (1 - decisions.margin) - decisions.fixed - decisions.cost * quality**2

    yield Row("quality in the trap", 0.0, settles(0.1))
    yield Row("tipping point", brentq(spare, 0.05, 0.3), tipping(settles, 0.05, 0.3), within=1e-4)
    yield Row("quality at rest", brentq(gain, 0.3, 1), settles(0.9), within=SINGLE)


LIMITS = (units, firms)

"""Fees (物业费): owners pay or not, and what is paid staffs the firms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cogov.kit.elementary import expit
from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState


@dataclass(frozen=True, kw_only=True)
class Fees(Parameters):
    """Who pays, and what the fees buy."""

    base: float = param(
        -2.6,
        low=-100,
        high=100,
        doc="log odds of paying the property fee without any trust in the firm",
        source="calibrated: 73 % pay at the trust of 0.6 where the baseline settles; facts: 65 to 82 % are"
        " collected (jeez.com.cn; m.163.com KMMCE3660535A6CE)",
        plausible=(-2.7, -2.4),
    )
    trust: float = param(6.0, low=0, doc="what full trust adds", plausible=(5.5, 6.5))
    labour: float = param(
        0.2, low=0, high=1, doc="share of income spent on people who answer residents", plausible=(0.1, 0.3)
    )
    wage: float = param(30.0, low=1, unit="yuan/h", doc="what an hour of them costs", plausible=(22, 42))
    week: float = param(40.0, low=1, high=80, unit="h/week", doc="hours of one of them", plausible=(36, 48))
    skill: float = param(
        0.4, low=0, high=1, doc="what full quality adds to a firm's competence", plausible=(0.2, 0.6)
    )


@process(
    reads=("residents.trust_firm", "homes.firm", "firms.quality", "institutions"),
    writes=("collection", "institutions.posts"),
)
def collect_fees(model: ModelState) -> None:
    """Owners pay the fee or not by trust in the firm."""
    parameters = model.parameters.fees
    model.collection[:] = expit(
        parameters.base + parameters.trust * model.compound_mean(model.residents.trust_firm)
    )
    staff_firms(model)


def staff_firms(model: ModelState) -> None:
    """The fees collected buy the hours that firms work."""
    parameters, places, posts = model.parameters.fees, model.places, model.institutions.posts
    compounds = places.compounds
    firm = posts.at("firm")
    if firm.stop == firm.start:
        return
    served = model.homes.firm >= 0
    due = compounds.fee * compounds.area * places.households_by_compound  # yuan a month
    quality = model.quality_by_compound()
    # A firm that spends on quality spends it on people: twice the usual at full quality, none at zero.
    hours = due * model.collection * parameters.labour * 2 * quality / parameters.wage / (52 / 12)
    posts.gross[firm] = np.where(served, hours, 0)
    posts.each[firm] = parameters.week
    posts.trained[firm] = parameters.skill * quality

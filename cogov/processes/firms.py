"""Firms decide (物业决策): once a quarter they set their quality, and owners may look for another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.fields import Parameters, param
from cogov.kit.runs import whole
from cogov.processes.declared import process
from cogov.processes.fees import staff_firms
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import TERMS


@dataclass(frozen=True, kw_only=True)
class FirmDecisions(Parameters):
    """What moves a firm, and its owners."""

    cost: float = param(0.55, low=0, doc="cost of full quality, share of the fees due", plausible=(0.4, 0.75))
    margin: float = param(
        0.1, low=0, high=1, doc="share of income the owner takes out", plausible=(0.05, 0.2)
    )
    speed: float = param(
        0.15, low=0, high=1, doc="step along the profit gradient a quarter", plausible=(0.07, 0.3)
    )
    foresight: float = param(
        0.6,
        low=0,
        high=1,
        doc="trust that a firm expects to gain from quality, one for one at 1",
        plausible=(0.3, 0.9),
    )
    fixed: float = param(
        0.3,
        low=0,
        high=1,
        doc="share of the fees due that guards, cleaning and lifts cost at any quality",
        plausible=(0.2, 0.45),
    )
    renown: float = param(
        0.5, low=0, high=1, doc="share by which reputation follows trust a quarter", plausible=(0.25, 0.75)
    )
    replace_below: float = param(
        0.3, low=0, high=1, doc="mean trust below which owners look for another firm", plausible=(0.2, 0.4)
    )
    replace_hours: float = param(
        20.0, low=0, unit="h", doc="committee hours to help owners to another firm", plausible=(10, 40)
    )
    replace_rate: float = param(
        0.25,
        low=0,
        high=1,
        unit="1/quarter",
        doc="chance that a fully competent committee gets one",
        plausible=(0.1, 0.5),
    )


@dataclass(frozen=True)
class Standing:
    """What a quarter was to a firm: the weights of payoffs, and what happened that they weigh."""

    reputation: float
    learning: float
    appraisal: float
    behind: float
    """how far it stands behind the best it saw, or that was published, in [0, 1]"""
    better: float
    """how much cheaper quality is to the best it saw, in units of `Firms.efficiency`"""
    slope: float
    """score that it expects of full quality more, while a verdict on it stands; 0 without"""
    contracts: float = 0.0
    """weight of its verdicts, for the share of its fees that owners' committees could give to another"""


@process(
    reads=(
        "institutions",
        "property_firms",
        "owners_committees",
        "homes.firm",
        "collection",
        "residents.trust_firm",
        "verdicts",
        "lessons",
    ),
    writes=("firms", "exchanges"),
)
def firms_decide(model: ModelState) -> None:
    """Firms set their quality by profit, standing and what they learn."""
    parameters, firms, n = model.parameters.firms, model.firms, len(model.firms)
    served, due, total = fees_due(model)
    firm = model.homes.firm[served]
    collection = np.bincount(firm, due * model.collection[served], n) / total.clip(1e-9)
    at = model.places.compound_neighbourhood[served]
    weights = {
        term: np.bincount(firm, due * model.institutions.payoff("firms", term)[at], n) / total.clip(1e-9)
        for term in TERMS["firms"]
        if term != "contracts"
    }
    at_stake = due * model.institutions.payoff("firms", "contracts")[at] * able_to_replace(model)[served]
    weights["contracts"] = np.bincount(firm, at_stake, n) / total.clip(1e-9)
    behind, better = compared(model)
    slope = np.where(model.verdicts.compared("firms"), model.lessons.slope(), 0.0)
    for agent in model.property_firms:
        row = agent.row
        if total[row] > 0:
            standing = Standing(
                behind=float(behind[row]),
                better=float(better[row]),
                slope=float(slope[row]),
                **{term: float(weights[term][row]) for term in weights},
            )
            agent.decide(float(collection[row]), standing, parameters, model.parameters.fees.trust)
    trust = model.compound_mean(model.residents.trust_firm)
    renown = np.bincount(firm, trust[served] * due, n) / total.clip(1e-9)
    firms.reputation[total > 0] += (parameters.renown * (renown - firms.reputation)[total > 0]).astype(
        np.float32
    )
    public = model.verdicts.score("firms", published=True)
    told = ~np.isnan(public)
    firms.reputation[told] += (parameters.renown * (public - firms.reputation)[told]).astype(np.float32)
    model.exchanges.close()


def able_to_replace(model: ModelState) -> NDArray[np.float64]:
    """How able the owners' committee of each compound is to change its firm, helped or not; 0 without."""
    able, owners = np.zeros(len(model.places.compounds)), model.community.owners_committees
    own = owners.competence.astype(float)
    able[owners.compound] = own + (1 - own) * backing(model)[owners.compound]
    return able


def compared(model: ModelState) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far each firm is behind the best it was shown or that was published, and dearer than the best.

    At a meeting a firm sees the others' quality and how they come by it; a published verdict all can read.
    """
    firms, n = model.firms, len(model.firms)
    if not n:
        return np.zeros(0), np.zeros(0)
    shown, quality, efficiency = model.exchanges.shown(), firms.quality, firms.efficiency
    behind = (shown * np.maximum(quality[None, :].astype(float) - quality[:, None], 0)).max(1)
    better = (shown * np.maximum(efficiency[:, None].astype(float) - efficiency[None, :], 0)).max(1)
    public = model.verdicts.score("firms", published=True)
    told = ~np.isnan(public)
    if told.any():
        behind[told] = np.maximum(behind[told], public[told].max() - public[told])
    return behind, better


def fees_due(model: ModelState) -> tuple[NDArray[np.intp], NDArray[np.floating], NDArray[np.float64]]:
    """Compounds that a firm serves, the fees due there, and the fees due to each firm (yuan a month)."""
    compounds = model.places.compounds
    served = np.flatnonzero(model.homes.firm >= 0)
    due = (compounds.fee * compounds.area)[served] * model.places.households_by_compound[served]
    return served, due, np.bincount(model.homes.firm[served], due, len(model.firms))


def backing(model: ModelState) -> NDArray[np.float64]:
    """Share of what owners' committees lack in competence that others do for them, shape (compounds,)."""
    without = [
        1 - (laid.value("gain") * laid.force)[laid.area.of_compound] for laid in model.institutions.backings
    ]
    none = np.ones((1, len(model.places.compounds)))
    # Sorted, so that the order of rules cannot matter, to the bit.
    return np.asarray(1 - np.multiply.reduce(np.sort([*none, *without], axis=0)))


@process(
    reads=("institutions", "owners_committees", "firms", "collection", "verdicts"),
    writes=(
        "homes.firm",
        "residents.trust_firm",
        "institutions.posts",
        "institutions.ledger",
        "tally",
        "channels",
    ),
)
def owners_decide(model: ModelState) -> None:
    """Owners' committees that can and will look for another firm, if the committee has hours to help.

    They will if owners hardly trust it, or if it stands on a black list.

    They take the one of the best name, where that is better than what they think of theirs. Nobody there has
    lived through anything with it: it starts from its reputation.
    """
    parameters, institutions, firms = model.parameters.firms, model.institutions, model.firms
    trust = model.compound_mean(model.residents.trust_firm)
    draws = model.streams.generator("appraise/owners", model.week).random(
        len(model.community.owners_committees)
    )
    helped = backing(model)
    blacklisted = model.verdicts.blacklisted("firms")
    for owners in model.owners_committees:
        compound = owners.compound
        firm_now = int(model.homes.firm[compound])
        around = firms.subdistricts[:, model.places.compound_subdistrict[compound]]
        if np.count_nonzero(around) < 2 or firm_now < 0:
            continue
        helping, listed = float(helped[compound]), bool(blacklisted[firm_now])
        if owners.replaces(float(trust[compound]), float(draws[owners.row]), parameters, helping, listed):
            standing = np.where(around, firms.reputation, np.float32(-1))
            standing[firm_now] = -1
            chosen = int(standing.argmax())
            if standing[chosen] <= trust[compound]:
                continue  # they know of none better
            home = model.places.compound_neighbourhood[compound : compound + 1]
            helper = institutions.posts.row("committee", home)
            if not institutions.ledger.spend_whole(helper.item(), parameters.replace_hours, "replacing"):
                continue  # nobody has the hours to see it through
            model.homes.firm[compound] = chosen
            people = slice(*model.places.compound_rows[compound : compound + 2])
            model.residents.trust_firm[people] = standing[chosen]
            if model.channels is not None:
                rows = whole(people)
                model.channels["trust_firm"].draw(rows, 1.0, float(standing[chosen]), "new_firm")
            model.tally.count("firms_replaced", 1)
    staff_firms(model)

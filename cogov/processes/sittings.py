"""Sittings (评议会): appraisers score whom they saw at work since they last sat; who saw nothing abstains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cogov.kit.fields import Parameters, param
from cogov.processes.declared import process
from cogov.processes.model_state import ModelState
from cogov.rules.kinds import Appraisal
from cogov.rules.laid import Laid
from cogov.state.experiences import JUDGED
from cogov.state.issues import State
from cogov.state.verdicts import Lived, Verdict
from cogov.terms import ADULT

Floats = NDArray[np.float64]
Rows = NDArray[np.integer]
PAID_BY = {"residents": "volunteers", "owners": "volunteers", "committees": "committee"}
"""The post in whose hours appraisers sit."""


@dataclass(frozen=True, kw_only=True)
class Sittings(Parameters):
    """What appraisers take for good work."""

    enough: float = param(
        0.5,
        low=0.05,
        high=10,
        unit="h/week",
        doc="hours from one unit for which a neighbourhood gives full marks",
        plausible=(0.25, 1),
    )


@process(
    reads=("residents.age", "residents.owner", "firms", "agreements", "institutions"),
    writes=("verdicts", "lessons", "institutions.ledger"),
)
def hold_sittings(model: ModelState) -> None:
    """Appraisers sit where it is due; verdicts that were not renewed lapse."""
    appraisals = model.institutions.appraisals
    for laid in appraisals:
        if model.week % laid.rule.every == 0:
            sit(model, laid)
    model.verdicts.lapse(model.week)
    model.verdicts.forget(model.week - max((laid.rule.every for laid in appraisals), default=0))


@process(reads=("experiences", "issues", "homes.firm", "institutions"), writes=("verdicts",))
def take_note(model: ModelState) -> None:
    """Note the week's cases: those affected remember them, committees have on record what was closed."""
    appraisals = model.institutions.appraisals
    if not appraisals:
        return
    issues, verdicts = model.issues, model.verdicts
    rows, score, who = model.experiences.cases
    firm = model.homes.firm[issues.compound[rows]]
    mine = np.flatnonzero((who == JUDGED.index("firm")) & (firm >= 0))
    rows, score, firm = rows[mine], score[mine], firm[mine]
    seen_by = {laid.rule.by == "committees" for laid in appraisals if laid.rule.of == "firms"}
    if False in seen_by:
        verdicts.live_through(Lived(model.week, issues.row0[rows], issues.row1[rows], firm, score))
    if True in seen_by:
        closed = issues.state[rows] >= State.RESOLVED
        home = model.places.compound_neighbourhood[issues.compound[rows[closed]]]
        verdicts.cases.add(home, firm[closed], score[closed])


def sit(model: ModelState, laid: Laid[Appraisal]) -> None:
    """One sitting: who comes, in hours that are there, and what they say of those they saw."""
    verdicts, rule = model.verdicts, laid.rule
    last = verdicts.sat(rule.name, model.week)
    judges, home = appraisers(model, laid)
    present = attending(model, laid, home)
    judges, home = judges[present], home[present]
    if rule.by == "committees":
        marks, heard = on_record(model, laid, last)
        marks, heard = marks[home].sum(0), heard[home].sum(0)
    else:
        marks, heard = lived_through(model, judges, last)
    score = np.divide(marks, heard, out=np.full(len(marks), np.nan), where=heard > 0)
    if rule.of == "firms":
        model.lessons.note(model.firms.quality, score)
    verdict = Verdict(rule.of, score, rule.publish, model.week + rule.every, rule.black)
    verdicts.give(rule.name, verdict)
    if model.trace:
        black = np.flatnonzero(verdict.lowest()) if rule.publish else np.zeros(0, np.intp)
        model.trace.appraised(rule.of, rule, rule.by, score, black)


def appraisers(model: ModelState, laid: Laid[Appraisal]) -> tuple[Rows, Rows]:
    """Those invited, area by area: rows of residents or of committees, and the neighbourhood of each."""
    rule, area, residents, places = laid.rule, laid.area, model.residents, model.places
    if rule.by == "committees":
        everybody = np.argsort(area.of_neighbourhood, kind="stable")
        return everybody, everybody
    able = residents.age >= ADULT
    if rule.by == "owners":
        able &= residents.owner
    rows = np.flatnonzero(able)
    home = places.building_neighbourhood[residents.building[rows]]
    place = area.of_neighbourhood[home]
    if np.any(np.diff(place) < 0):  # else they are in order, as people of neighbourhoods and subdistricts are
        order = np.argsort(place, kind="stable")
        rows, home = rows[order], home[order]
    number = np.bincount(place, minlength=area.n)
    first = np.cumsum(number) - number
    draws = model.streams.generator(f"sittings/{rule.name}", model.week).random((area.n, rule.heads))
    drawn = (first[:, None] + np.floor(draws * number[:, None]).astype(np.int64))[number > 0].reshape(-1)
    drawn = np.unique(drawn)  # who is drawn twice sits once
    return rows[drawn], home[drawn]


def attending(model: ModelState, laid: Laid[Appraisal], home: Rows) -> NDArray[np.intp]:
    """Who comes: as many as the post that pays has hours for, of as many as the sitting was prepared for."""
    institutions = model.institutions
    post, area = institutions.posts.at(PAID_BY[laid.rule.by]), laid.area.of_neighbourhood[home]
    if post.stop == post.start:
        return np.zeros(0, dtype=np.intp)
    # As large a share of them is invited as of the sitting was prepared.
    turn = np.arange(len(home)) - np.searchsorted(area, area)
    invited = np.flatnonzero(turn < np.ceil(laid.force * np.bincount(area, minlength=laid.area.n))[area])
    hours, payer = laid.value("hours")[area[invited]], post.start + home[invited].astype(np.int64)
    return invited[institutions.ledger.spend_each(payer, hours, "meetings")]


def on_record(model: ModelState, laid: Laid[Appraisal], last: int) -> tuple[Floats, Floats]:
    """Marks of each committee, and whether it has anything to go by, shapes (neighbourhoods, judged)."""
    verdicts, rule = model.verdicts, laid.rule
    if rule.of != "units":
        marks, cases = verdicts.cases.since(rule.name)
        return np.divide(marks, cases, out=np.zeros_like(marks), where=cases > 0), (cases > 0).astype(float)
    came, called = verdicts.seats.since(rule.name)
    hours = verdicts.hours_since(rule.name)
    full = model.parameters.sittings.enough * (model.week - last)
    partner = model.agreements.partner
    dealt: NDArray[np.bool_] = hours > 0
    dealt[partner[partner >= 0], np.flatnonzero(partner >= 0)] = True
    marks = np.minimum(hours / full, 1.0) * dealt
    marks += np.divide(came, called, out=np.zeros_like(came), where=called > 0)
    parts = dealt.astype(float) + (called > 0)
    return np.divide(marks, parts, out=np.zeros_like(marks), where=parts > 0), (parts > 0).astype(float)


def lived_through(model: ModelState, judges: Rows, last: int) -> tuple[Floats, Floats]:
    """Sum of the marks of residents for each firm, and how many gave one."""
    n = len(model.firms)
    who, judged, score = model.verdicts.remembered(last, np.sort(judges))
    pair, of = np.unique(who * n + judged, return_inverse=True)
    of = of.reshape(-1)
    mark = np.bincount(of, score, len(pair)) / np.bincount(of, minlength=len(pair)).clip(1)
    return np.bincount(pair % n, mark, n), np.bincount(pair % n, minlength=n).astype(float)

"""Organisations decide for themselves, once a quarter, from what happened to them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cogov.agents.base import Live, RowAgent
from cogov.kit.elementary import expit
from cogov.state.contacts import SUBDISTRICT
from cogov.terms import Capability, Line, UnitKind

if TYPE_CHECKING:
    from cogov.processes.firms import FirmDecisions, Standing
    from cogov.processes.units import Incentives, UnitDecisions


class JointUnit(RowAgent):
    """A school, hospital, company or agency that sits in a neighbourhood (驻区单位)."""

    kind, rank, neighbourhood, heads = Live(), Live(), Live(), Live()
    consciousness, engagement = Live(), Live()

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.table.names[self.row])

    @property
    def unit_kind(self) -> UnitKind:
        """What kind of unit it is."""
        return UnitKind(self.kind)

    def about(self) -> list[str]:
        names = self.model.places.neighbourhoods.names
        where = names[self.neighbourhood] if self.neighbourhood >= 0 else "outside"
        return [
            self.name,
            self.unit_kind.label,
            f"rank {self.rank}",
            f"neighbourhood {where}",
            f"consciousness {self.consciousness:.2f}",
            f"engagement {self.engagement:.2f}",
        ]

    @property
    def tie(self) -> float:
        """Its tie with the subdistrict, in [0, 1]."""
        return float(self.model.contacts.tie(np.array([self.row]), np.array([SUBDISTRICT]))[0])

    def terms(self, quarter: Incentives, parameters: UnitDecisions) -> dict[str, float]:
        """What the quarter adds to its log odds of engaging itself, term by term, in the order of the sum."""
        return {
            "base": parameters.base,
            "consciousness": parameters.consciousness * self.consciousness,
            "recognition": quarter.recognition * quarter.seen,
            "peers": quarter.peers * (2 * quarter.others - 1),
            "service": quarter.service * quarter.received,
            "appraisal": quarter.appraisal * quarter.lead,
            "title": quarter.title * quarter.chance,
            "rank": -quarter.rank * max(self.rank, 0.0),
            "effort": -quarter.effort * quarter.given,
        }

    def decide(self, quarter: Incentives, parameters: UnitDecisions) -> None:
        """Move engagement towards what the quarter made worth while; consciousness follows contact."""
        urge = sum(self.terms(quarter, parameters).values())
        self.engagement += parameters.speed * (expit(float(urge)) - self.engagement)
        self.consciousness += parameters.learning * (quarter.known - self.consciousness)


class PropertyFirm(RowAgent):
    """A property firm (物业公司): sets its quality by profit, standing and what it learns."""

    quality, efficiency, reputation, founding = Live(), Live(), Live(), Live()

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.table.names[self.row])

    def about(self) -> list[str]:
        served = int((self.model.homes.firm == self.row).sum())
        return [
            self.name,
            f"serves {served} compounds",
            f"quality {self.quality:.2f}",
            f"reputation {self.reputation:.2f}",
        ]

    def decide(
        self, collection: float, standing: Standing, parameters: FirmDecisions, response: float
    ) -> None:
        """Follow the profit gradient in quality, within what the collected fees can pay.

        Profit per yuan of fee due is collection(trust) - fixed - cost x efficiency x quality^2. Trust follows
        quality as far as the firm foresees, so that the marginal yuan is
        slope x collection x (1 - collection). What the owner's margin and the fixed costs leave of the fees
        bounds quality: the way into the trap and out of it. What it sees of others makes quality cheaper to
        it; a verdict is worth what the firm, by its own verdicts so far, expects better work to change in it.

        Parameters
        ----------
        collection : float
            Share of the fees due that was collected, over its compounds, in [0, 1].
        standing : Standing
            What the quarter was to it.
        response : float
            What full trust adds to the log odds that an owner pays.
        """
        self.efficiency -= standing.learning * standing.better
        cost = parameters.cost * self.efficiency
        slope = response * parameters.foresight
        gradient = slope * collection * (1 - collection) - 2 * cost * self.quality
        verdict = standing.appraisal + standing.contracts
        gradient += standing.reputation * standing.behind + verdict * standing.slope
        spare = collection * (1 - parameters.margin) - parameters.fixed
        affordable = math.sqrt(max(spare, 0) / max(cost, 1e-9))
        wanted = self.quality + parameters.speed * gradient
        self.quality = min(max(wanted, 0.0), affordable, 1.0)


class Committee(RowAgent):
    """A neighbourhood committee with its secretary (居委会、书记)."""

    staff, hours, admin_share = Live(), Live(), Live()

    @property
    def neighbourhood(self) -> str:
        """Name of its neighbourhood."""
        return self.model.places.neighbourhoods.names[self.row]

    def about(self) -> list[str]:
        skills = (f"{skill.label} {self.skill(skill):.2f}" for skill in Capability)
        return [
            f"neighbourhood {self.neighbourhood}",
            f"staff {self.staff}",
            f"admin share {self.admin_share:.2f}",
            f"secretary for {self.model.secretaries.tenure[self.row]} weeks",
            *skills,
        ]

    def skill(self, capability: Capability) -> float:
        """One capability of the secretary in the kind of place where it is, in [0, 1]."""
        return float(self.model.secretaries.own(capability)[self.row])


class OwnersCommittee(RowAgent):
    """An owners' committee (业委会): can replace the firm that owners do not trust."""

    compound, competence = Live(), Live()

    def about(self) -> list[str]:
        name = self.model.places.compounds.names[self.compound]
        return [f"compound {name}", f"competence {self.competence:.2f}"]

    def replaces(
        self,
        trust: float,
        draw: float,
        parameters: FirmDecisions,
        helped: float = 0.0,
        listed: bool = False,
    ) -> bool:
        """Whether it changes the firm this quarter: a reason, and the competence to get it done.

        Little trust is a reason, and that the firm stands on a black list (``listed``). ``helped`` is the
        share of what it lacks in competence that others do for it.
        """
        able = self.competence + (1 - self.competence) * helped
        reason = trust < parameters.replace_below or listed
        return reason and draw < parameters.replace_rate * able


class Department(RowAgent):
    """A department of one line (条线部门)."""

    hours, answer, bounce = Live(), Live(), Live()

    @property
    def line(self) -> Line:
        """Its line."""
        return Line(self.row)

    def about(self) -> list[str]:
        return [self.line.label, f"{self.hours:.1f} h/week", f"answers {self.answer:.2f} a week"]

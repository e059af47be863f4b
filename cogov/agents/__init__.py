"""Mesa agents: residents over rows of columns, organisations that decide for themselves."""

from cogov.agents.organisations import (
    Committee,
    Department,
    JointUnit,
    OwnersCommittee,
    PropertyFirm,
)
from cogov.agents.residents import PartyMember, Population, Resident

__all__ = [
    "Committee",
    "Department",
    "JointUnit",
    "OwnersCommittee",
    "PartyMember",
    "Population",
    "PropertyFirm",
    "Resident",
]

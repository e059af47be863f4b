"""What is given: places, residents, their ties and organisations, built from a profile and a seed."""

from cogov.community.build import Community
from cogov.community.organisations import Committees, Departments, Firms, OwnersCommittees, Units
from cogov.community.places import Buildings, Compounds, Neighbourhoods, Places, Subdistricts
from cogov.community.profile import Profile, load_community
from cogov.community.residents import Residents
from cogov.community.ties import Ties

__all__ = [
    "Buildings",
    "Committees",
    "Community",
    "Compounds",
    "Departments",
    "Firms",
    "Neighbourhoods",
    "OwnersCommittees",
    "Places",
    "Profile",
    "Residents",
    "Subdistricts",
    "Ties",
    "Units",
    "load_community",
]

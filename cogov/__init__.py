"""cogov: agent-based simulation of community co-governance (社区共治).

The public names are few: load a community and a design, make a model or call ``simulate``, read the record;
make a ``Study`` of several designs, ``run_study``, open it again with ``open_study``.
They are loaded when first used, so that ``import cogov`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cogov.kit.version import __version__ as __version__

if TYPE_CHECKING:
    from cogov.community import Profile, load_community
    from cogov.kit.errors import CogovError
    from cogov.mechanisms import Mechanism
    from cogov.model import GovernanceModel
    from cogov.processes import Epidemic, Processes
    from cogov.reasons import Why, why
    from cogov.rules import Design
    from cogov.rules.shipped import load_design
    from cogov.run import Run
    from cogov.search.search import Search
    from cogov.search.settings import search_designs
    from cogov.simulation import Result, simulate
    from cogov.study.attribution import attribute_design
    from cogov.study.driver import run_study
    from cogov.study.settings import load_study
    from cogov.study.stored import StoredStudy, open_study
    from cogov.study.study import Study

_HOMES = {
    "CogovError": "cogov.kit.errors",
    "Design": "cogov.rules",
    "Epidemic": "cogov.processes",
    "GovernanceModel": "cogov.model",
    "Mechanism": "cogov.mechanisms",
    "Processes": "cogov.processes",
    "Profile": "cogov.community",
    "Result": "cogov.simulation",
    "Run": "cogov.run",
    "Search": "cogov.search.search",
    "StoredStudy": "cogov.study.stored",
    "Study": "cogov.study.study",
    "attribute_design": "cogov.study.attribution",
    "load_community": "cogov.community",
    "load_design": "cogov.rules.shipped",
    "load_study": "cogov.study.settings",
    "open_study": "cogov.study.stored",
    "run_study": "cogov.study.driver",
    "search_designs": "cogov.search.settings",
    "simulate": "cogov.simulation",
    "Why": "cogov.reasons",
    "why": "cogov.reasons",
}

__all__ = [
    "CogovError",
    "Design",
    "Epidemic",
    "GovernanceModel",
    "Mechanism",
    "Processes",
    "Profile",
    "Result",
    "Run",
    "Search",
    "StoredStudy",
    "Study",
    "Why",
    "attribute_design",
    "load_community",
    "load_design",
    "load_study",
    "open_study",
    "run_study",
    "search_designs",
    "simulate",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cogov' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])

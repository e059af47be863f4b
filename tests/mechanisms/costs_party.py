"""What the mechanisms of party and secretaries take, parameter by parameter: read by ``test_costs``."""

from __future__ import annotations

from typing import Any

WANTED, VISITS = "wanted", "hours_visits"
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "secretary_studio": {
        "mentors": (0, 2, VISITS),
        "every": (26, 4, VISITS),
        "hours": (1.0, 4.0, VISITS),
        "peers": (0.0, 0.1, VISITS),
        "cases": (1, 6, "hours_upkeep"),
        "days": (1.0, 8.0, VISITS),
    },
    "mutual_learning": {
        "sites": (0, 2, VISITS),
        "every": (26, 4, VISITS),
        "hours": (1.0, 4.0, VISITS),
        "tours": (0, 2, VISITS),
        "lunches": (0, 2, VISITS),
        "holders": (0, 2, "hours_upkeep"),
    },
    "demonstration_meeting": {
        "hours": (1.0, 8.0, VISITS),
        "adopt": (0.0, 1.0, VISITS),
        "host": (0.0, 0.3, "hours_hosting"),
        "shown": (0, 3, "hours_hosting"),
    },
    "secretary_pipeline": {
        **dict.fromkeys(("kept", "sent", "soldiers", "firms", "reserve"), (0.0, 0.9, WANTED)),
        "career": (0.9, 0.3, WANTED),
        "guidance": (2.0, 20.0, VISITS),
        "breadth": (2.0, 20.0, VISITS),
        "practice": (2.0, 20.0, VISITS),
    },
    "professional_advisers": {
        **dict.fromkeys(
            ("legal", "planners", "health", "mediators", "party", "governance"), (0.1, 3.0, WANTED)
        ),
        "hours": (1.0, 4.0, WANTED),
        "round": (0.1, 0.6, "hours_observing"),
    },
}
PRICE = {
    "consult",
    "sessions",
    "papers",
    "prepare",
    "look",
    "speak",
    "lunch",
    "meetings",
    "stays_every",
    "day",
    "hosting",
    "setup",
    "remind",
    "selecting",
    "pay",
}
FACT = {"misjudge", "visible", "fits", "teach", "placed", "effect", "retiring", "lent", "rooted"}
FACT |= {"adopt", "tours_every", "lunches_every", "guided", "practice_every", "least", "most", "more"}
LAW = {
    "legal_handles",
    "planners_handle",
    "mediators_handle",
    "legal_services",
    "health_services",
    "finds_out",
    "councils",
    "item",
    "small",
    "group",
    "by_type",
    "topics",
    "weight",
    "known_for",
    "week",
    "broader",
}
LAW |= {f"{kind}_domains" for kind in ("kept", "sent", "soldier", "firm", "reserve")}
WITH = {"secretary_studio": {"by_type": False}}
"""No two neighbourhoods of the small community are of one kind."""

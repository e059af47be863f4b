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
        "retired": (0.0, 5.0, WANTED),
        "retired_hours": (2.0, 8.0, WANTED),
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
        "round": (0.1, 0.5, "hours_observing"),
    },
    "report_in": {
        "asked": (0.02, 0.5, "hours_asking"),
        "matched": (False, True, "hours_placing"),
        "wider": (0.0, 0.5, "hours_asking"),
        "duty": (0.0, 5.0, WANTED),
        "hours": (1.0, 4.0, WANTED),
    },
    "building_party_groups": {
        "members": (1.0, 5.0, WANTED),
        "hours": (0.5, 2.0, WANTED),
        "willing": (0.1, 0.9, "hours_posts"),
        "observe": (0.1, 0.6, "hours_observing"),
        "ask": (0.0, 0.4, "hours_asking"),
    },
    "vanguard_reserve": {
        "teams": (1.0, 5.0, WANTED),
        "size": (10.0, 40.0, WANTED),
        "reserve": (10.0, 100.0, WANTED),
        "sent": (0.0, 5.0, WANTED),
        "hours": (10.0, 30.0, WANTED),
        "training": (1.0, 8.0, WANTED),
        "willing": (0.05, 0.9, "hours_posts"),
    },
    "party_service_stations": {
        "stations": (0, 1, "works_built"),
        "staff": (0.5, 2.0, WANTED),
        "hours": (20.0, 40.0, WANTED),
        "counter": (0.1, 0.7, "hours_observing"),
        "host": (0.0, 0.3, "hours_hosting"),
        "cleaning": (1.0, 6.0, "hours_building"),
        "fitting": (10_000.0, 40_000.0, "money_works"),
        "found": (20, 2, "money_wages"),
    },
    "branch_life": {
        "hours": (1.0, 8.0, WANTED),
        "willing": (0.1, 0.9, "hours_posts"),
        "members": (100.0, 2000.0, WANTED),
        "asked": (0.0, 0.9, "hours_asking"),
    },
    "quality_evaluation": {
        "papers": (0.0, 0.5, WANTED),
        "counted": (0.0, 0.3, "hours_hosting"),
    },
}
PRICE = {
    "way",
    "scoring",
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
FACT = {
    "enough",
    "together",
    "uncounted",
    "free",
    "callers",
    "tells",
    "seen",
    "raw",
    "trained",
    "expert",
    "surge",
    "misjudge",
    "visible",
    "fits",
    "teach",
    "placed",
    "effect",
    "retiring",
    "lent",
    "rooted",
}
FACT |= {"adopt", "tours_every", "lunches_every", "guided", "practice_every", "least", "spread", "more"}
LAW = {
    "pools",
    "handles",
    "groups",
    "gives",
    "reach",
    "people",
    "opening",
    "weeks",
    "chance",
    "again_weeks",
    "share",
    "expert_services",
    "care",
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
LAW |= {"gardens", "joint"} | {f"{kind}_domains" for kind in ("kept", "sent", "soldier", "firm", "reserve")}
FACT |= {
    "accept",
    "special",
    "again",
}  # they take hours in a surge only, which no run here has: see test_party
WITH = {
    "secretary_studio": {
        "by_type": False,
        "retired": 2.0,
    },  # no two neighbourhoods of the small community are of one kind
    "report_in": {"duty": 5.0},
    "party_service_stations": {"purse": 1000.0, "chance": 0.99},  # its neighbourhoods are small
}

"""What the parameters of councils take."""

from __future__ import annotations

from typing import Any

WANTED = "wanted"
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "zero_distance_council": {"slots": (1.0, 6.0, WANTED), "cases": (0.0, 3.0, WANTED)},
    "three_meetings": {
        "slots": (1.0, 6.0, WANTED),
        "representatives": (5, 30, WANTED),
        "every": (52, 13, WANTED),
        "weight": (0.1, 0.9, WANTED),
        "disputes": (0.0, 3.0, WANTED),
    },
    "three_plus_x_committee": {"slots": (1.0, 6.0, WANTED)},
    "general_branch": {
        "slots": (1.0, 4.0, WANTED),
        "members": (1, 4, "seat_hours"),
        "hours": (1.0, 6.0, "seat_hours"),
        "listing": (0.1, 0.9, WANTED),
        "weight": (0.1, 0.9, WANTED),
        "every": (104, 13, WANTED),
    },
    "troika": {
        "slots": (1.0, 4.0, WANTED),
        "every": (8, 1, WANTED),
        "hours": (0.5, 3.0, "hours_meetings"),
    },
}
PRICE = {"agenda", "mediation", "asking", "report", "follow_up", "sitting"}
FACT = {"refit"}
LAW = {"quorum", "shared", "needed", "x_seats", "seats", "concerns", "coordinates"}

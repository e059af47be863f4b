"""What the parameters of drives take."""

from __future__ import annotations

from typing import Any

STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "hundred_day_campaign": {
        "share": (0.1, 0.6, "hours_moving"),
        "targets": (1, 3, "wanted"),
        "staff": (1.0, 9.0, "wanted"),
        "overtime": (1.0, 9.0, "wanted"),
        "length": (3, 20, "hours_posts"),
        "helpers": (1.0, 30.0, "wanted"),
        "helper_hours": (1.0, 4.0, "wanted"),
        "willing": (0.0, 0.9, "hours_posts"),
        "works": (0.0, 3.0, "hours_meetings"),
    },
}
PRICE = {"loss", "repaid", "rest", "leading", "cost", "meeting_every", "building"}
FACT = {"largest"}
LAW = {"start", "priority", "lines", "helper_pools", "taken_up", "mend", "left", "consent"}

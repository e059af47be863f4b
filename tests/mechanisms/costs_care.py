"""What the parameters of care by name and of the health network take."""

from __future__ import annotations

from typing import Any

STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "health_guard": {
        "guardians": (50.0, 400.0, "wanted"),
        "each": (2.0, 8.0, "hours_posts"),
        "calls": (0.5, 3.0, "hours_posts"),
        "surge_calls": (0.0, 6.0, "wanted"),
        "call_hours": (0.1, 0.5, "hours_posts"),
        "willing": (0.0, 0.5, "hours_posts"),
    },
    "special_care": {
        "helpers": (10.0, 100.0, "wanted"),
        "helper_hours": (0.5, 3.0, "hours_posts"),
        "runners": (10.0, 300.0, "wanted"),
        "runner_hours": (1.0, 9.0, "wanted"),
        "willing": (0.0, 0.5, "hours_posts"),
    },
    "health_network": {
        "points": (1.0, 6.0, "wanted"),
        "point_hours": (1.0, 8.0, "hours_posts"),
        "willing": (0.0, 0.5, "hours_posts"),
        "areas": (1, 3, "wanted"),
        "nurses": (0.2, 2.0, "wanted"),
        "centre": (0.5, 3.0, "wanted"),
        "community": (0.1, 0.9, "wanted"),
        "hours": (20.0, 40.0, "wanted"),
        "group": (1.0, 9.0, "wanted"),
        "weeks_to_fill": (26, 0, "money_wages"),
    },
}
PRICE = {"list_hours", "listing"}
FACT = {"listed", "hears"}
LAW = {"pools", "care_services", "surge"}

"""What the parameters of the structure take (see `test_costs`)."""

from __future__ import annotations

from typing import Any

WANTED = "wanted"
NETS = ("administrative_hours", "neighbourhood_hours", "general_hours", "unit_hours")
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "grid_linkage": {
        "households": (200, 40, WANTED),
        "hours": (1.0, 4.0, WANTED),
        "head_hours": (1.0, 4.0, WANTED),
        "willing": (0.0, 0.5, "hours_posts"),
        "observe": (0.1, 0.7, "hours_observing"),
        "ask": (0.0, 0.5, "hours_asking"),
        "small": (0.0, 9.0, "hours_posts"),
        "head_small": (0.0, 9.0, "hours_posts"),
        "telling": (0.02, 0.4, WANTED),
    },
    "three_level_platform": {"listing": (0.1, 0.9, WANTED), "slots": (1.0, 6.0, WANTED)},
    "regional_party_building": {
        "listing": (0.1, 0.9, WANTED),
        "slots": (1.0, 6.0, WANTED),
        "every": (26, 4, WANTED),
        "pledge": (0.1, 0.8, WANTED),
        "neighbourhood_hours": (0.5, 8.0, "hours_observing"),
        **{net: (0.5, 8.0, "hours_serving") for net in NETS if net != "neighbourhood_hours"},
    },
}
PRICE = {"telling_hours", "training", "plan_hours"}
FACT = {"doors", "heard"}
LAW = {"pools", "theme_share", "administrative", "general", "other_units", "plan_fields"}

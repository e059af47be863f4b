"""What the parameters of services and their organisations take."""

from __future__ import annotations

from typing import Any

STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "ageing_in_place": {
        "carers": (0.5, 3.0, "wanted"),
        "canteens": (0.2, 2.0, "wanted"),
        "meal_points": (1.0, 4.0, "wanted"),
        "cooks": (2.0, 6.0, "wanted"),
        "servers": (0.2, 1.0, "wanted"),
        "guests": (2.0, 20.0, "wanted"),
        "hours": (20.0, 40.0, "wanted"),
        "canteen_hours": (20.0, 40.0, "wanted"),
        "weeks_to_fill": (26, 0, "money_wages"),
        "lent": (0.0, 2.0, "wanted"),
        "day_care": (0.0, 4.0, "wanted"),
        "advisers": (0.0, 1.0, "wanted"),
    },
    "after_school_care": {
        "minders": (1.0, 4.0, "wanted"),
        "hours": (5.0, 25.0, "wanted"),
        "children": (2.0, 20.0, "wanted"),
        "weeks_to_fill": (26, 0, "money_wages"),
    },
    "npo_incubation": {
        "workers": (1.0, 8.0, "wanted"),
        "hours": (20.0, 40.0, "wanted"),
        "care": (0.2, 0.8, "wanted"),
        "host": (0.0, 0.15, "hours_hosting"),
        "group": (1.0, 9.0, "wanted"),
        "weeks": (26, 0, "money_wages"),
        "base": (0.5, 2.0, "wanted"),
        "bought": (0.0, 4.0, "wanted"),
    },
    "child_services": {
        "nursery": (1.0, 5.0, "wanted"),
        "toddlers": (2.0, 8.0, "wanted"),
        "centre": (0.5, 3.0, "wanted"),
        "centre_children": (4.0, 20.0, "wanted"),
        "hours": (20.0, 40.0, "wanted"),
        "weeks_to_fill": (26, 0, "money_wages"),
        "homes": (1.0, 5.0, "wanted"),
        "home_hours": (1.0, 6.0, "hours_posts"),
        "willing": (0.0, 0.3, "hours_posts"),
    },
}
PRICE = {"rooms", "base_rent", "fair_hours"}
FACT = {"advised", "day_guests", "home_children", "fair"}
LAW = {"lent_services", "centre_services", "pools", "fair_weeks", "fair_every"}

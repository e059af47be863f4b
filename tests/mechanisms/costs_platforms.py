"""What the parameters of platforms and alliances take (see `test_costs`)."""

from __future__ import annotations

from typing import Any

WANTED = "wanted"
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "business_circle_centre": {
        "organisers": (0.5, 2.0, WANTED),
        "hours": (20.0, 40.0, WANTED),
        "serve": (0.1, 0.9, "hours_serving"),
        "listing": (0.1, 0.6, WANTED),
        "asked": (0.0, 0.5, "hours_asking"),
        "weeks_to_fill": (52, 0, "money_wages"),
    },
    "block_alliance": {
        "people": (5.0, 30.0, WANTED),
        "hours": (1.0, 6.0, WANTED),
        "every": (26, 4, WANTED),
        "asked": (0.02, 0.5, "hours_asking"),
        "willing": (0.0, 0.9, "hours_posts"),
    },
    "campus_park_street": {
        "students": (20.0, 200.0, WANTED),
        "student_hours": (1.0, 4.0, WANTED),
        "experts": (2.0, 20.0, WANTED),
        "expert_hours": (1.0, 4.0, WANTED),
        "shops": (20.0, 200.0, WANTED),
        "shop_hours": (0.5, 2.0, WANTED),
        "liaison": (0.2, 2.0, WANTED),
        "liaison_hours": (10.0, 40.0, WANTED),
        "asked": (0.0, 0.5, "hours_asking"),
        "willing": (0.0, 0.9, "hours_posts"),
    },
    "community_congress": {
        "projects": (2.0, 20.0, WANTED),
        "every": (52, 13, WANTED),
        "kept": (2, 26, "hours_upkeep"),
    },
    "special_committees": {
        "slots": (1.0, 6.0, WANTED),
        "mediators": (2.0, 12.0, WANTED),
        "mediator_hours": (1.0, 30.0, WANTED),
        "largest": (1.0, 40.0, "hours_posts"),
        "members": (5.0, 50.0, WANTED),
        "member_hours": (0.5, 3.0, WANTED),
        "host": (0.0, 0.4, "hours_hosting"),
        "care": (0.1, 0.7, "hours_posts"),
        "willing": (0.0, 0.5, "hours_posts"),
    },
    "coordination_meetings": {
        "slots": (1.0, 6.0, WANTED),
        "every": (26, 4, WANTED),
        "hours": (0.5, 6.0, "hours_meetings"),
        "conflict_hours": (0.5, 6.0, "hours_serving"),
    },
}
PRICE = {"material", "placing", "keeping", "summons", "meetings", "delegate_hours", "minding"}
FACT = {"term", "half_year", "effect"}
LAW = {
    "wants", "members", "residents", "hearing", "tutored", "expertise", "claim", "claimed", "practical",
    "streets", "order", "conflicts", "work",
}  # fmt: skip

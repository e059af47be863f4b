"""What mechanisms about units take: see test_costs.py."""

from __future__ import annotations

from typing import Any

WANTED = "wanted"

STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "two_way_service": {
        "committee": (0.01, 0.2, "hours_serving"),
        "office": (0.01, 0.2, "hours_serving"),
        "helpers": (1.0, 6.0, WANTED),
        "hours": (0.5, 3.0, "hours_posts"),
        "willing": (0.0, 0.5, "hours_posts"),
        "weight": (0.1, 2.0, WANTED),
    },
    "unit_appraisal": {
        "held": (False, True, WANTED),
        "every": (52, 13, WANTED),
        "weight": (0.1, 1.5, WANTED),
    },
}
PRICE = {"papers", "report"}
FACT: set[str] = set()
LAW = {"lends"}

"""What the parameters of digital mechanisms take: see ``test_costs.py``."""

from __future__ import annotations

from typing import Any

WANTED = "wanted"
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "city_eye": {
        "slots": (0.0, 2.0, WANTED),
        "promote": (0.0, 1.0, "money_works"),
        "heads": (0.5, 4.0, WANTED),
        "hours": (10.0, 36.0, WANTED),
    },
    "smart_services": {
        "devices": (0.05, 0.5, WANTED),
        "desk": (0.1, 2.0, WANTED),
        "hours": (10.0, 36.0, WANTED),
        "parking": (0.0, 2.0, "hours_meetings"),
        "promote": (0.0, 1.0, "hours_meetings"),
        "every": (26, 1, "hours_meetings"),
    },
    "smallest_unit": {"sharing": (0.1, 0.9, WANTED)},
    "vital_signs": {
        "read": (0.0, 0.9, WANTED),
        "heads": (0.2, 2.0, WANTED),
        "hours": (10.0, 36.0, WANTED),
    },
}
PRICE = {"cost", "running", "check", "site", "price", "entry", "board", "siting", "keeping", "systems"}
FACT = {"true_alarms", "false_share", "short", "lasts"}
LAW = {"lines", "once"}

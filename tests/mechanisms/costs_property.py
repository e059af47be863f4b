"""What the parameters of property firms and homes take: see ``test_costs.py``."""

from __future__ import annotations

from typing import Any

WANTED = "wanted"
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "red_black_list": {
        "judges": (0, 1, WANTED),
        "every": (26, 4, WANTED),
        "weight": (0.2, 2.0, WANTED),
    },
    "red_property_alliance": {
        "every": (13, 2, WANTED),
        "hours": (1.0, 6.0, "hours_meetings"),
        "learning": (0.02, 0.5, WANTED),
        "reputation": (0.05, 1.0, WANTED),
    },
    "lift_programme": {
        "slots": (1.0, 4.0, "hours_meetings"),
        "promote": (0.01, 1.0, "hours_meetings"),
        "revision": (0.0, 1.0, "hours_meetings"),
        "every": (13, 1, "hours_meetings"),
        "hours": (1.0, 6.0, "hours_meetings"),
        "handbook": (0.0, 0.4, WANTED),
        "organisers": (0.0, 2.0, WANTED),
    },
    "home_renewal": {
        "slots": (0.0, 1.0, WANTED),
        "stairs": (0.0, 1.0, "money_works"),
        "promote": (0.0, 1.0, "money_works"),
        "every": (26, 1, "hours_meetings"),
    },
}
PRICE = {
    "compiling", "reminding", "lend_loss", "overtime", "calling", "editing", "applying", "each",
    "stairs_each",
}  # fmt: skip
FACT = {"lent_small", "specialists", "surge", "organiser_skill", "near", "bad"}
LAW = {
    "lent_kinds", "parallel", "counted_kinds", "counted", "black", "mends", "left", "stairs_mend", "nuisance",
    "joining", "lend", "shortest", "longest", "seen",
    "organiser_hours", "standby", "standby_hours",
}  # fmt: skip

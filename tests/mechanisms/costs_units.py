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
    "responsibility_day": {
        "units": (2, 6, WANTED),
        "recognition": (0.1, 3.0, WANTED),
        "theme": (0.1, 0.7, WANTED),
    },
    "civilised_title": {
        "worth": (0.5, 3.0, WANTED),
        "service": (0.1, 0.6, WANTED),
        "every": (104, 26, "cost_units"),
    },
    "liaison_officers": {
        "share": (0.2, 0.9, "hours_meetings"),
        "hours": (1.0, 4.0, "cost_units"),
        "every": (13, 2, "hours_meetings"),
        "listing": (0.1, 0.6, WANTED),
        "office": (0.02, 0.2, "hours_moving"),
    },
    "party_visits": {
        "visits": (2, 6, "hours_meetings"),
        "share": (0.1, 0.9, "hours_meetings"),
        "hours": (1.0, 8.0, "cost_units"),
        "lectures": (2, 6, "hours_meetings"),
    },
    "service_menu": {
        "listing": (0.1, 0.9, WANTED),
        "push": (0.1, 1.0, WANTED),
        "follow": (0.1, 0.6, WANTED),
        "fairs": (1, 4, WANTED),
        "stands": (0.2, 1.0, "hours_meetings"),
        "known": (0.1, 0.6, "hours_upkeep"),
    },
    "sector_alliance": {"share": (0.1, 0.9, WANTED)},
    "open_facilities": {
        "share": (0.1, 0.6, WANTED),
        "guards": (0.5, 4.0, WANTED),
        "hours": (20.0, 40.0, WANTED),
        "rooms": (0.0, 1.0, "money_works"),
        "promote": (0.01, 1.0, "money_works"),
    },
    "training_bases": {
        "hours": (0.5, 4.0, WANTED),
        "trainers": (20.0, 200.0, WANTED),
        # Who would train does nothing else: volunteers have more hours where nobody would.
        "willing": (0.5, 0.0, "hours_volunteers"),
        "asked": (0.02, 0.5, "hours_asking"),
        "education": (0.1, 0.6, WANTED),
    },
    "unit_appraisal": {
        "held": (False, True, WANTED),
        "every": (52, 13, WANTED),
        "weight": (0.1, 1.5, WANTED),
    },
}
PRICE = {
    "papers", "report", "host_hours", "lecture_hours", "lecture_upkeep", "sending", "fair_hours",
    "organise", "noting", "preparing", "guarding", "wear",
    "cost", "tending", "course", "trainees", "endowment", "checking",
}  # fmt: skip
FACT = {
    "bar",
    "counts",
    "contact",
    "deputies",
    "audience",
    "in_need",
    "faster",
    "people",
    "open_hours",
    "remembered",
}
LAW = {"lends", "awarded", "pairing", "outside", "themes", "sits", "trade", "topics", "who", "opens", "bases"}

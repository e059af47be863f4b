"""What the parameters of owners' committees, compacts, deputies and suggestions take."""

from __future__ import annotations

from typing import Any

WANTED = "wanted"
STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "owners_committee": {
        "secretaries": (0.2, 1.0, WANTED),
        "hours": (10.0, 30.0, WANTED),
        "weeks_to_fill": (26, 0, "money_wages"),
    },
    "residents_compact": {},
    "deputy_channels": {"deputies": (1.0, 4.0, WANTED), "hours": (0.5, 2.0, WANTED)},
    "suggestion_station": {"staff": (0.2, 2.0, WANTED), "hours": (10.0, 40.0, WANTED)},
}
PRICE = {
    "service", "supervision", "remind", "meetings", "writing", "answer", "working_out", "shed", "places",
    "meeting", "works",
}  # fmt: skip
FACT = {
    "gain", "guidance", "conduct", "parking", "willing", "suggested", "shed_left", "places_left",
}  # fmt: skip
LAW = {"weeks", "seat", "receiving", "cases", "consent", "every", "slots"}

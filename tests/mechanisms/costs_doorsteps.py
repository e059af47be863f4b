"""What parameters of visits, messages, festivals and watches take: see `test_costs`."""

from __future__ import annotations

from typing import Any

STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "online_community": {"told": (0.5, 2.0, "wanted")},
    "festivals": {
        "offers": (0.2, 0.9, "hours_upkeep"),
        "hands": (2.0, 20.0, "wanted"),
        "day_hours": (1.0, 6.0, "wanted"),
        "hosts": (2.0, 20.0, "wanted"),
        "host_hours": (1.0, 6.0, "wanted"),
    },
    "neighbour_watch": {"pairs": (2.0, 20.0, "wanted"), "pair_hours": (0.5, 2.0, "wanted")},
}
PRICE = {
    "call_hours", "gift", "events_list", "loss", "reading_hours", "posting", "listing", "pairing",
}  # fmt: skip
FACT = {"heard_of", "day_group", "day_willing", "pair_willing"}
"""What is heard of, who would come, how many an hour reaches."""
LAW = {"visits", "asking", "calls", "events", "team", "team_services", "day_services", "message", "between"}
"""Shares of hours that somebody has, which others then lack (`test_doorsteps` has the hours), and what a call
or a day is about."""

"""What parameters of gatherings take: see `test_costs`."""

from __future__ import annotations

from typing import Any

STRENGTHS: dict[str, dict[str, tuple[Any, Any, str]]] = {
    "great_neighbourliness": {
        "members": (2.0, 9.0, "wanted"),
        "member_hours": (0.5, 3.0, "wanted"),
        "slots": (0.5, 3.0, "wanted"),
        "talents": (1.0, 5.0, "wanted"),
        "talent_hours": (1.0, 4.0, "wanted"),
        "budget": (200.0, 3_000.0, "wanted"),
        "heard": (0.5, 2.0, "wanted"),
    },
    "community_garden": {
        "planner": (1.0, 6.0, "wanted"),
        "gardeners": (6.0, 20.0, "wanted"),
        "garden_hours": (0.5, 3.0, "wanted"),
    },
    "community_foundation": {"hours": (5.0, 20.0, "wanted")},
    "recognition": {"weight": (0.5, 3.0, "wanted"), "units": (0.1, 3.0, "wanted")},
}
PRICE = {
    "notice", "posters", "meeting", "cost", "weeks", "tending", "running", "seedlings", "draft", "workshop",
    "refit", "guard", "certificates", "reading_out", "fund", "lasts",
    "leader_hours", "ceremony",
}  # fmt: skip
"""What something takes; of a fund, what there is to take it from."""
FACT = {
    "member_willing", "talent_willing", "leader_willing", "found", "grown", "quits", "fits", "people",
    "would_garden", "regular",
}  # fmt: skip
"""Who is to be found and stays, how soon a time is known, what a place has room for."""
LAW = {
    "turnout", "majority", "paid_by", "opening", "pavilions", "proposed", "gardens", "gates", "workshops",
    "member_host", "talent_host", "talent_ask", "together", "raises", "awards", "between",
}  # fmt: skip
"""Who decides, with whose money; and works, ceremonies and shares of a post's hours, which `test_gatherings`
has a price of: what is built takes money and hours when it is, a share what is left for anything else."""

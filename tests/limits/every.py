"""All limits, in the order of the page."""

from tests.limits import decisions, opinions, participation, queues, shares
from tests.limits.limit import Limit

CHAPTERS: dict[str, tuple[Limit, ...]] = {
    "Work": queues.LIMITS,
    "Participation": participation.LIMITS,
    "Opinions and consent": opinions.LIMITS,
    "Decisions of organisations": decisions.LIMITS,
    "Needs and notice": shares.LIMITS,
}
LIMITS = tuple(limit for chapter in CHAPTERS.values() for limit in chapter)

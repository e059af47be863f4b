"""What the documents claim, as hypotheses that can fail (文献主张的检验)."""

from cogov.claims.book import Claim, claims
from cogov.claims.page import to_markdown
from cogov.claims.trial import Found, run_claims
from cogov.claims.verdict import Tried, Verdict

__all__ = ["Claim", "Found", "Tried", "Verdict", "claims", "run_claims", "to_markdown"]

"""The model comes to every limit that theory knows of it, and the page of the documentation says so."""

from __future__ import annotations

import re

import pytest

from docs import verification
from tests.limits.every import LIMITS


def named(limit):
    return re.sub(r"\W+", "-", limit.title)


@pytest.mark.parametrize("limit", LIMITS, ids=named)
def test_the_model_comes_to_the_limit(limit, request):
    if limit.pending:
        request.applymarker(pytest.mark.xfail(reason=limit.pending, strict=True))
    for row in limit.rows:
        if row.exact:
            assert row.allowed < limit.least * abs(row.exact), f"{row.what}: could not tell"
        assert abs(row.model - row.exact) <= row.allowed, row
    if not limit.pending:
        assert verification.section(limit) in verification.PAGE.read_text(encoding="utf-8"), (
            "the page is of another model: python -m docs.verification"
        )


def test_the_page_has_these_limits_in_this_order():
    page = verification.PAGE.read_text(encoding="utf-8")
    titles = [limit.title for limit in LIMITS if not limit.pending]
    assert re.findall("^### (.*)$", page, re.MULTILINE) == titles

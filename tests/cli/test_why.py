"""``cogov why`` held wrong: nothing is run, and the message says what would do."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["language=zh"], "unknown setting of why 'language'; did you mean 'lang'?"),
        (["comunity=small"], "unknown setting of why 'comunity'; did you mean 'community'?"),
        (["design=quyang_2014"], "cogov why takes its two designs by name"),
        (["replicates=0"], "replicates = '0': must be a whole number from 1"),
        (["outcome=happiness"], "resolution_rate"),
        (["lang=fr"], "zh"),
    ],
)
def test_bad_input_is_named_and_nothing_runs(call, words, said):
    code, out, err = call("why", "line_hierarchy", "wuliqiao_2020", "community=small", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert "runs:" not in err

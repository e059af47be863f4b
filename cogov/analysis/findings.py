"""What a difference allows to be said: how large first, then how sure.

A difference is *better* or *worse* by a size that matters, *too small to matter*, or *not decided yet*. What
matters is declared beside each measure (`cogov.outcomes.meanings`) and can be said otherwise in a study.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from cogov.analysis.intervals import DIGITS, LEAST, Array, Means
from cogov.kit.errors import ConfigError, unknown
from cogov.outcomes import MEASURES

LEVEL = 0.05
"""Chance of a wrong claim of one kind anywhere in a table, at most."""
POWER = 0.8
"""Chance with which ``more`` replicates decide, if the difference is as large as it looks."""
MOST = 100_000
"""Replicates beyond which a question counts as hopeless."""
COLUMNS = ("matters", "finding", "sign", "more", "p", "p_holm", "p_beyond", "p_within")
"""What `judge` finds."""


class Finding(StrEnum):
    """What can be said of one difference."""

    BETTER = "better"
    """By a size that matters."""
    WORSE = "worse"
    HIGHER = "higher"
    """Of what is neither good nor bad."""
    LOWER = "lower"
    DIFFERS = "differs"
    """Levels of a parameter differ by a size that matters (`cogov.analysis.contrast` only)."""
    SMALL = "small"
    """Too small to matter."""
    OPEN = "open"
    """Not decided yet; the sign may be known."""
    SAME = "same"
    """No difference in any pair."""
    FEW = "few"
    """Too few pairs, or too many equal ones, for an interval."""
    SINGLE = "single"
    """One pair."""
    NONE = "none"
    """No pair."""


DECIDED = (Finding.BETTER, Finding.WORSE, Finding.HIGHER, Finding.LOWER, Finding.SMALL)
"""Findings that have passed a test."""
BY_SIZE = DECIDED[:-1]
"""Findings of a difference that is large enough to matter."""


def direction(outcome: str) -> int:
    """1 if more of it is better, -1 if less is, 0 if neither or nothing is known of it."""
    return MEASURES[outcome].better if outcome in MEASURES else 0


def margins(outcomes: Sequence[str], matters: Mapping[str, float] | None = None) -> Array:
    """Smallest differences that matter, those of the measures unless others are given; NaN for none."""
    given = matters or {}
    found = [given.get(name, MEASURES[name].matters if name in MEASURES else None) for name in outcomes]
    return np.array([np.nan if value is None else value for value in found])


def read_matters(value: Any, where: str = "matters") -> dict[str, float]:
    """Smallest differences that matter, by outcome, as a study has them in place of the measures' own.

    Raises
    ------
    ConfigError
        If it is no mapping, names no outcome, or a value is not a number above 0.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConfigError(f"{where} = {value!r}: must be a mapping, as in {{satisfaction: 0.02}}")
    allowed = [name for name, measure in MEASURES.items() if measure.outcome]
    problems = [unknown("outcome", str(name), allowed, where) for name in value if name not in allowed]
    for name, size in value.items():
        real = isinstance(size, (int, float)) and not isinstance(size, bool)
        if not (real and 0 < size < math.inf):
            problems.append(f"{where}.{name} = {size!r}: must be a number above 0, in the outcome's unit")
    if problems:
        raise ConfigError("\n".join(problems))
    return {str(name): float(size) for name, size in value.items()}


def judge(
    outcomes: Sequence[str],
    differences: Means,
    size: Array,
    matters: Mapping[str, float] | None = None,
) -> dict[str, NDArray[Any]]:
    """Test what is claimed of mean differences, and say what can be claimed.

    - ``p``: two-sided test of "there is no difference"; ``p_holm``: adjusted.
    - ``p_beyond``: test of "the difference is not larger than what matters", in either direction; adjusted.
      Without a size that matters, the same as ``p_holm``.
    - ``p_within``: two one-sided tests of "it is not smaller than what matters" (Schuirmann 1987); adjusted.
    - ``sign``: 1 or -1 where the interval excludes 0 and ``p_holm`` is below 0.05; else 0.
    - ``finding``: decided where the adjusted p is below 0.05 *and* the interval agrees.
    - ``more``: replicates that would decide with a chance of 0.8 if the difference and its spread are as they
      look, at the level that Holm's adjustment now leaves; for ``few`` and ``single``, those that would give
      an interval. NaN where decided, or beyond 100,000.

    All are tests by Student's distribution on the same mean and error as the interval. There is no p without
    an interval. Adjustment is Holm's, over all columns that have one.

    Parameters
    ----------
    outcomes : sequence of str, length k
        The outcome of each column.
    differences : Means
        Of k columns.
    size : ndarray, shape (k,)
        Size of the numbers that the differences were computed from.
    matters : mapping, optional
        Smallest differences that matter by outcome, in place of the measures' own.

    Returns
    -------
    dict of ndarray, shape (k,)
        By name, as in `COLUMNS`.
    """
    margin = margins(outcomes, matters)
    width = np.nan_to_num(margin)
    raw = 2 * np.minimum(differences.above(0.0), differences.below(0.0))
    beyond = np.minimum(2 * np.minimum(differences.above(width), differences.below(-width)), 1)
    within = np.maximum(differences.below(width), differences.above(-width))
    within[np.isnan(margin)] = np.nan
    p_holm, p_beyond, p_within = (holm(p) for p in (raw, beyond, within))
    low, high = differences.interval()
    mean = differences.mean
    sure = ((low > 0) | (high < 0)) & (p_holm < LEVEL)
    large = ((low > width) | (high < -width)) & (p_beyond < LEVEL)
    small = (-width < low) & (high < width) & (p_within < LEVEL)
    good = np.array([direction(name) for name in outcomes], dtype=float) * np.sign(mean)
    nothing = (differences.odd == 0) & (np.abs(mean) <= 10.0**-DIGITS * size)
    finding = np.select(
        [
            differences.count == 0,
            differences.count == 1,
            nothing,
            ~differences.enough,
            large & (good > 0),
            large & (good < 0),
            large & (mean > 0),
            large,
            small,
        ],
        [
            *(Finding.NONE, Finding.SINGLE, Finding.SAME, Finding.FEW, Finding.BETTER, Finding.WORSE),
            *(Finding.HIGHER, Finding.LOWER, Finding.SMALL),
        ],
        Finding.OPEN,
    )
    kinds = np.array([Finding(name) for name in finding], dtype=object)
    return {
        "matters": margin,
        "finding": kinds,
        "sign": np.where(sure, np.sign(mean), 0.0).astype(np.int64),
        "more": _more(kinds, differences, width),
        "p": raw,
        "p_holm": p_holm,
        "p_beyond": p_beyond,
        "p_within": p_within,
    }


def _more(finding: NDArray[Any], differences: Means, width: Array) -> Array:
    """How many more replicates would probably decide, or give an interval."""
    count, odd = differences.count, differences.odd
    open_ = finding == Finding.OPEN
    asked = int(open_.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.abs(np.abs(differences.mean) - width)
        # Spread that a replicate more would take away, whatever else the error holds.
        spread = differences.error * np.sqrt(count)
        sure = stats.norm.isf(LEVEL / 2 / max(asked, 1)) + stats.norm.isf(1 - POWER)
        wanted = np.where(open_, np.maximum((sure * spread / away) ** 2, count + 1), np.nan)
        wanted = np.where((finding == Finding.FEW) & (odd > 0), LEAST * count / np.maximum(odd, 1), wanted)
        wanted = np.where(finding == Finding.SINGLE, LEAST + 1, wanted)
        more = np.ceil(wanted) - count
    return np.where(more <= MOST, np.maximum(more, 1), np.nan)


def holm(p: Array) -> Array:
    """Holm's adjustment over all p-values there are; NaN stays NaN."""
    from statsmodels.stats.multitest import multipletests  # takes a second to import

    adjusted, there = p.copy(), np.isfinite(p)
    if there.any():
        with _nothing_to_collect():
            adjusted[there] = multipletests(p[there], method="holm")[1]
    return adjusted


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keep garbage collection from looking at all there is, as `multipletests` asks it to at every call.

    That takes a tenth of a second and more, the adjustment some microseconds. What others froze stays frozen.
    """
    ours = gc.get_freeze_count() == 0
    if ours:
        gc.freeze()
    try:
        yield
    finally:
        if ours:
            gc.unfreeze()

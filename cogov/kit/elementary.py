"""Elementary functions whose last bit does not depend on the machine.

The exp and log of C libraries and of NumPy are within one unit in the last place, but which neighbour they
return depends on the library, on whether the processor has fused multiply-add, and on the width of its
vectors. Here they are made of operations that IEEE 754 rounds exactly: sums, products, quotients, roots,
whole numbers and shifts, one array operation at a time, so that no compiler can fuse two of them. Every
constant is worked out in decimal arithmetic.

Whatever a result depends on takes these; ``tests/kit/test_elementary.py`` forbids the others.
"""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from cogov.kit.runs import runs

Floats = NDArray[np.float64]

_STEPS = 128
"""Parts of an octave in the table of powers of two."""
_CONTEXT = decimal.Context(prec=50)
_LN2 = _CONTEXT.ln(decimal.Decimal(2))


def _split(number: decimal.Decimal, bits: int) -> tuple[float, float]:
    """A number as a float of a few bits, whose products with small whole numbers are exact, and the rest."""
    head = math.ldexp(int(_CONTEXT.multiply(number, decimal.Decimal(1 << bits))), -bits)
    return head, float(_CONTEXT.subtract(number, decimal.Decimal(head)))


def _powers_of_two() -> Floats:
    """``2 ** (j / _STEPS)`` for j from 0, correctly rounded."""
    step = decimal.Decimal(2)
    for _ in range(_STEPS.bit_length() - 1):
        step = _CONTEXT.sqrt(step)
    power, powers = decimal.Decimal(1), []
    for _ in range(_STEPS):
        powers.append(float(power))
        power = _CONTEXT.multiply(power, step)
    return np.array(powers)


def _number(value: float, kind: type[np.floating] = np.float64) -> NDArray[Any]:
    """A constant of array operations: as an array, since they take a Python number apart at every call."""
    return np.array(value, dtype=kind)


_POWERS = _powers_of_two()
_POWERS_LIST = _POWERS.tolist()
_PER_STEP = float(_CONTEXT.divide(decimal.Decimal(_STEPS), _LN2))
_STEP = _CONTEXT.divide(_LN2, decimal.Decimal(_STEPS))
_STEP_HEAD, _STEP_REST = _split(_STEP, 42)
_LN2_HEAD, _LN2_REST = (_number(part) for part in _split(_LN2, 38))
_TAYLOR = (1 / 120, 1 / 24, 1 / 6, 1 / 2)
_BLOCK = 32768
"""Bytes that are worked on at a time."""
_LOWEST, _HIGHEST = -708.0, 709.0
"""Between them exp is a normal number; below it is 0 here, above infinite."""


class _Format:
    """What `exp` needs for floats of 32 or 64 bits: all of it is worked out in the format of its argument."""

    def __init__(
        self, kind: type[np.floating], whole: type[np.signedinteger], bounds: tuple[float, float]
    ) -> None:
        self.kind, self.whole = kind, whole
        self.lowest, self.highest = bounds
        double = kind is np.float64
        self.terms = tuple(_number(term, kind) for term in (_TAYLOR if double else _TAYLOR[-1:]))
        head, rest = (_STEP_HEAD, _STEP_REST) if double else _split(_STEP, 17)
        self.per_step, self.head, self.rest = (_number(one, kind) for one in (_PER_STEP, head, rest))
        # Shift that brings the whole octaves of a number of steps into the exponent. What is left of its last
        # steps would be in the fraction: it is taken from the table of powers beforehand.
        self.shift = np.array(np.finfo(kind).nmant - (_STEPS.bit_length() - 1), dtype=whole)
        self.last = np.array(_STEPS - 1, dtype=whole)
        self.powers = _POWERS.astype(kind).view(whole) - (np.arange(_STEPS, dtype=whole) << self.shift)


_FORMATS = {
    np.dtype(np.float64): _Format(np.float64, np.int64, (_LOWEST, _HIGHEST)),
    np.dtype(np.float32): _Format(np.float32, np.int32, (-87.0, 88.7)),
}
_HALF, _ONE, _TWO = _number(0.5), _number(1.0), _number(2.0)
_ROOT_HALF = _number(float(_CONTEXT.sqrt(decimal.Decimal("0.5"))))
# Coefficients of log((1 + s) / (1 - s)) = 2 s + s R(s^2), |s| < 0.1716, from FreeBSD's e_log.c (Sun, 1993).
_LOG_SERIES = tuple(
    _number(term)
    for term in (
        1.479819860511658591e-01,
        1.531383769920937332e-01,
        1.818357216161805012e-01,
        2.222219843214978396e-01,
        2.857142874366239149e-01,
        3.999999999940941908e-01,
        6.666666666666735130e-01,
    )
)


def at_once(function: Callable[[Floats], Floats], parts: Sequence[Floats]) -> list[Floats]:
    """A function of each number of some arrays, alike but in length, worked out for all of them at once.

    What it costs small arrays is the calls.
    """
    if not parts:
        return []
    found = function(np.concatenate(parts))
    return [found[of] for of in runs(map(len, parts))]


@overload
def exp(x: float) -> float: ...
@overload
def exp[F: np.floating](x: NDArray[F]) -> NDArray[F]: ...
def exp(x: float | NDArray[np.floating]) -> float | NDArray[np.floating]:
    """Exponential function, within 1.1 units in the last place; 0 below -708, infinite above 709.

    Parameters
    ----------
    x : float or ndarray of float64 or float32
        What is float32 is worked out in float32, within 1.1 of its units; 0 below -87, infinite above 88.7.
    """
    if not isinstance(x, np.ndarray):
        return _exp_of_one(float(x))
    result, how = np.empty(x.shape, dtype=x.dtype), _FORMATS[x.dtype]
    flat, found = x.ravel(), result.ravel()
    many = _BLOCK // x.itemsize
    for start in range(0, len(flat), many):
        block = slice(start, start + many)
        _exp_of_block(flat[block], found[block], how)
    return result


def _exp_of_block(x: NDArray[np.floating], out: NDArray[np.floating], how: _Format) -> None:
    """`exp` of so few numbers that they stay in the processor's cache for all operations.

    Most calls are of a few dozen numbers: what they cost is the number of operations.
    """
    inside = np.minimum.reduce(x) >= how.lowest and np.maximum.reduce(x) <= how.highest
    # Of NaN, which is not inside, nothing whole can be made.
    within = x if inside else np.minimum(np.fmax(x, how.lowest), how.highest)
    steps = within * how.per_step
    np.rint(steps, out=steps)
    grown = steps * how.head
    rest = within - grown
    np.multiply(steps, how.rest, out=grown)
    rest -= grown
    whole = steps.astype(how.whole)
    np.multiply(rest, how.terms[0], out=grown)  # becomes exp(rest) - 1
    for term in how.terms[1:]:
        grown += term
        grown *= rest
    grown *= rest
    grown += rest
    power = how.powers.take(whole & how.last, mode="clip")  # none is beyond: no check is faster
    whole <<= how.shift
    power += whole
    found = power.view(how.kind)
    grown *= found
    np.add(found, grown, out=out)
    if not inside:
        out[x < how.lowest] = 0.0
        out[x > how.highest] = np.inf
        out[np.isnan(x)] = np.nan


def _exp_of_one(x: float) -> float:
    """`exp` of one number: the same operations, without the cost of an array for each."""
    if not _LOWEST <= x <= _HIGHEST:
        return 0.0 if x < _LOWEST else float("inf") if x > _HIGHEST else x
    steps = round(x * _PER_STEP)
    rest = x - steps * _STEP_HEAD
    rest -= steps * _STEP_REST
    grown = rest * _TAYLOR[0]
    for term in _TAYLOR[1:]:
        grown = (grown + term) * rest
    grown = grown * rest + rest
    power = math.ldexp(_POWERS_LIST[steps & (_STEPS - 1)], steps >> (_STEPS.bit_length() - 1))
    return power + grown * power


@overload
def expit(x: float) -> float: ...
@overload
def expit[F: np.floating](x: NDArray[F]) -> NDArray[F]: ...
def expit(x: float | NDArray[np.floating]) -> float | NDArray[np.floating]:
    """Logistic function, 1 / (1 + exp(-x)), within 3 units in the last place."""
    if not isinstance(x, np.ndarray):
        return 1 / (1 + exp(-x))
    found = exp(-x)
    found += 1
    np.divide(1, found, out=found)
    return found


@overload
def log1p(x: float) -> float: ...
@overload
def log1p(x: NDArray[np.floating]) -> Floats: ...
def log1p(x: float | NDArray[np.floating]) -> float | Floats:
    """Logarithm of 1 + x for x >= -1, in float64, within 1 unit in the last place; of -1 it is -infinite."""
    if not isinstance(x, np.ndarray):
        near_one = 1 + float(x)
        return _log_of_one(near_one, float(x) - (near_one - 1))
    number = np.asarray(x, dtype=np.float64)
    near = _ONE + number
    return _log(near, number - (near - _ONE))


@overload
def log(x: float) -> float: ...
@overload
def log(x: NDArray[np.floating]) -> Floats: ...
def log(x: float | NDArray[np.floating]) -> float | Floats:
    """Natural logarithm for x >= 0, in float64, within 1 unit in the last place; of 0 it is -infinite."""
    return (
        _log(np.asarray(x, dtype=np.float64), 0.0)
        if isinstance(x, np.ndarray)
        else _log_of_one(float(x), 0.0)
    )


@lru_cache(maxsize=1024)
def _log_of_one(number: float, beyond: float) -> float:
    """`_log` of one number: mostly a parameter, which is asked for week after week."""
    return float(_log(np.array([number]), beyond)[0])


def _log(number: Floats, beyond: Floats | float) -> Floats:
    """Logarithm of ``number + beyond``, where ``beyond`` is what rounding took from the number."""
    if not np.minimum.reduce(number, axis=None, initial=np.inf) > 0:
        found = _log(np.where(number > 0, number, 1.0), beyond)
        return np.where(number > 0, found, np.where(number == 0, -np.inf, np.nan))
    f, octave = np.frexp(number)
    low = f < _ROOT_HALF
    octave -= low
    f += f * low
    f -= _ONE
    octaves = octave.astype(np.float64)
    s = f / (_TWO + f)
    square = s * s
    series = square * _LOG_SERIES[0]
    for term in _LOG_SERIES[1:]:
        series += term
        series *= square
    half = _HALF * f
    half *= f
    series += half
    series *= s
    series += octaves * _LN2_REST + beyond / number  # the small ones
    half -= series
    half -= f
    octaves *= _LN2_HEAD
    octaves -= half
    return octaves


@lru_cache(maxsize=1024)
def power(base: float, exponent: float) -> float:
    """``base ** exponent`` for base and exponent >= 0: whole powers by multiplying, others by logarithm."""
    if float(exponent).is_integer():
        found = 1.0
        for _ in range(int(exponent)):
            found *= base
        return found
    return exp(exponent * log(float(base)))


def powers(base: float, number: int) -> Floats:
    """The first powers of a number, from its power of 0: ``1, base, base ** 2, ...``."""
    factors = np.full(number, float(base))
    factors[:1] = 1.0
    return np.multiply.accumulate(factors)


# Rational approximations of the normal quantile by Wichura (1988), AS 241, PPND16: about 1 part in 10^16.
_MIDDLE = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
_TAIL = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
_FAR = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)


def _ratio(tables: tuple[tuple[float, ...], tuple[float, ...]], x: Floats) -> Floats:
    """Quotient of two polynomials, their coefficients from the highest."""
    above, below = (np.full_like(x, table[0]) for table in tables)
    for polynomial, table in ((above, tables[0]), (below, tables[1])):
        for coefficient in table[1:]:
            polynomial *= x
            polynomial += coefficient
    return above / below


def normal_quantile(share: Floats) -> Floats:
    """Standard normal numbers below which the given shares lie, shares within (0, 1)."""
    centred = share - 0.5
    found = centred * _ratio(_MIDDLE, 0.180625 - centred * centred)
    tails = np.flatnonzero(np.abs(centred) > 0.425)
    side = centred.ravel()[tails]
    part = share.ravel()[tails]
    depth = np.sqrt(-log(np.where(side < 0, part, 1 - part)))
    value = np.where(depth <= 5, _ratio(_TAIL, depth - 1.6), _ratio(_FAR, depth - 5))
    found.ravel()[tails] = np.copysign(value, side)
    return found

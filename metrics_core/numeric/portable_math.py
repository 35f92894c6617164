"""Logarithm, exponential and what is built on them, with the same bits on every machine.

`numpy.log` and `numpy.exp` may differ in the last bit between processors and releases. These
functions use only what IEEE 754 fixes for float64: + - * / and the square root, rounding to whole
numbers, and shifts of the exponent. They are accurate to about 1e-15 relative.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LN2_HIGH = 0.6931471803691238  # ends in zeros, so that its product with a small integer is exact
_LN2_LOW = 1.9082149292705877e-10
_EXP_TERMS = tuple(1.0 / float(n) for n in range(13, 0, -1))
_LOG_TERMS = tuple(1.0 / (2 * n + 1) for n in range(11, -1, -1))

# Wichura, M. J. (1988), Algorithm AS 241: The percentage points of the normal distribution,
# Applied Statistics 37 (3), 477-484. Numerator and denominator of PPND16, highest power first.
_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080),
    (5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
     5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0),
)  # fmt: skip
_TAIL = (
    (7.74545014278341407640e-4, 0.0227238449892691845833, 0.241780725177450611770,
     1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
     4.63033784615654529590, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 0.0151986665636164571966,
     0.148103976427480074590, 0.689767334985100004550, 1.67638483018380384940,
     2.05319162663775882187, 1.0),
)  # fmt: skip
_FAR_TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
     0.0265321895265761230930, 0.296560571828504891230, 1.78482653991729133580,
     5.46378491116411436990, 6.65790464350110377720),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
     7.86869131145613259100e-4, 0.0148753612908506148525, 0.136929880922735805310,
     0.599832206555887937690, 1.0),
)  # fmt: skip


def exp(values: Floats) -> Floats:
    """Exponential function.

    Parameters
    ----------
    values : ndarray of float64
        Any shape, finite; numbers below -745 give 0, numbers above 709 are taken as 709.

    Examples
    --------
    >>> exp(np.array([0.0, 1.0, -1000.0])).round(12).tolist()
    [1.0, 2.718281828459, 0.0]
    """
    held = np.clip(values, -1000.0, 709.0)
    shift = np.rint(held * (1.0 / 0.6931471805599453))
    rest = held - shift * _LN2_HIGH
    rest -= shift * _LN2_LOW
    power = np.ones_like(rest)
    for term in _EXP_TERMS:
        power *= rest * term
        power += 1.0
    with np.errstate(under="ignore"):
        result: Floats = np.ldexp(power, shift.astype(np.int32))
    return result


def log(values: Floats) -> Floats:
    """Natural logarithm.

    Parameters
    ----------
    values : ndarray of float64
        Any shape, finite and above 0.

    Examples
    --------
    >>> log(np.array([1.0, 2.0, 0.5])).tolist()
    [0.0, 0.6931471805599453, -0.6931471805599453]
    """
    part, shift = np.frexp(values)
    small = part < 0.7071067811865476
    part = np.where(small, part * 2.0, part)
    shift = shift - small.astype(shift.dtype)
    ratio = (part - 1.0) / (part + 1.0)
    series = _horner(ratio * ratio, _LOG_TERMS)
    result: Floats = shift * _LN2_HIGH + (2.0 * ratio * series + shift * _LN2_LOW)
    return result


def sigmoid(logits: Floats) -> Floats:
    """``1 / (1 + exp(-x))`` without overflow; any shape.

    Examples
    --------
    >>> sigmoid(np.array([-1e4, 0.0, 1e4])).tolist()
    [0.0, 0.5, 1.0]
    """
    small = exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)


def softmax(logits: Floats) -> Floats:
    """``exp(x)`` over its sum in each row of an array of shape (n, C), without overflow.

    The sum runs from left to right, because its order decides the last bit.

    Examples
    --------
    >>> softmax(np.array([[0.0, 0.0], [1e4, -1e4]])).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    powers = exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = powers / np.cumsum(powers, axis=1)[:, -1:]
    return shares


def normal_quantile(shares: Floats) -> Floats:
    """The number below which a share of the standard normal distribution lies.

    Parameters
    ----------
    shares : ndarray of float64
        Any shape, each above 0 and below 1.

    Returns
    -------
    ndarray of float64
        Same shape. Algorithm AS 241 (PPND16) of Wichura, 1988.

    Examples
    --------
    >>> normal_quantile(np.array([0.5, 0.975])).round(6).tolist()
    [0.0, 1.959964]
    """
    centred = shares - 0.5
    square = 0.180625 - centred * centred
    quantile = centred * _horner(square, _CENTRE[0]) / _horner(square, _CENTRE[1])
    outside = np.abs(centred) > 0.425
    side = centred[outside]
    tail = np.where(side < 0, shares[outside], 1.0 - shares[outside])
    root = np.sqrt(-log(tail))
    near, far = root - 1.6, root - 5.0
    size = _horner(near, _TAIL[0]) / _horner(near, _TAIL[1])
    if np.any(far > 0):
        size = np.where(far > 0, _horner(far, _FAR_TAIL[0]) / _horner(far, _FAR_TAIL[1]), size)
    quantile[outside] = np.where(side < 0, -size, size)
    return quantile


def _horner(values: Floats, coefficients: tuple[float, ...]) -> Floats:
    """A polynomial, highest power first."""
    result = np.full_like(values, coefficients[0])
    for coefficient in coefficients[1:]:
        result *= values
        result += coefficient
    return result

"""Two shares of the same samples: how far apart they may be, and whether they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from metrics_core.counting.intervals import wilson
from metrics_core.errors import InputError

_WHOLE = 2_000
_Z = 1.959964


def newcombe(
    both: float, only_a: float, only_b: float, neither: float, z: float = _Z
) -> tuple[float, float]:
    """Newcombe's hybrid score interval of the share of B less that of A, for 95 of 100 by default.

    Parameters
    ----------
    both, only_a, only_b, neither : float
        How many samples have it in both, in A alone, in B alone, in neither; not negative.
        No samples give (-1, 1).
    z : float
        Standard deviations of the normal distribution.

    Returns
    -------
    low, high : float

    Notes
    -----
    R. G. Newcombe, Improved confidence intervals for the difference between binomial proportions
    based on paired data, Statistics in Medicine 17, 1998, method 10: Wilson's limits of both
    shares, joined by their correlation, which is corrected for continuity where it is positive.

    Examples
    --------
    >>> [round(end, 4) for end in newcombe(1, 1, 7, 12)]
    [0.0256, 0.5069]
    """
    n = both + only_a + only_b + neither
    if n <= 0:
        return -1.0, 1.0
    with_a, with_b = both + only_a, both + only_b
    low_a, high_a = wilson(with_a, n, z)
    low_b, high_b = wilson(with_b, n, z)
    share_a, share_b = with_a / n, with_b / n
    below_a, above_a = share_a - low_a, high_a - share_a
    below_b, above_b = share_b - low_b, high_b - share_b
    phi = _correlation(both, only_a, only_b, neither)
    down = below_b**2 - 2 * phi * below_b * above_a + above_a**2
    up = above_b**2 - 2 * phi * above_b * below_a + below_a**2
    middle = (only_b - only_a) / n
    return (
        max(-1.0, middle - math.sqrt(max(down, 0.0))),
        min(1.0, middle + math.sqrt(max(up, 0.0))),
    )


def _correlation(both: float, only_a: float, only_b: float, neither: float) -> float:
    n = both + only_a + only_b + neither
    margins = [both + only_a, only_b + neither, both + only_b, only_a + neither]
    if not all(margins):
        return 0.0
    above = both * neither - only_a * only_b
    if above > 0:
        above = max(above - n / 2, 0.0)
    return float(above / math.prod(math.sqrt(margin) for margin in margins))


def mcnemar(only_a: int, only_b: int) -> float:
    """McNemar's exact test: how often chance alone parts the discordant samples so unevenly.

    Parameters
    ----------
    only_a, only_b : int
        How many samples are right in A alone, and in B alone; 0 or more.

    Returns
    -------
    float
        The two-sided probability under equal chances; 1.0 where no sample is discordant.

    Raises
    ------
    InputError
        For a negative number.

    Notes
    -----
    Q. McNemar, Note on the sampling error of the difference between correlated proportions or
    percentages, Psychometrika 12, 1947; exact: twice the tail of the binomial distribution, as
    ``statsmodels.stats.contingency_tables.mcnemar(exact=True)``.

    Examples
    --------
    >>> mcnemar(1, 7), mcnemar(0, 0), mcnemar(3, 3)
    (0.0703125, 1.0, 1.0)
    """
    fewer, n = min(only_a, only_b), only_a + only_b
    if fewer < 0:
        raise InputError(
            "only_a", "must be 0 or more, as `only_b`", fewer, "Count the discordant samples."
        )
    if 2 * fewer >= n:
        return 1.0
    return min(1.0, 2 * _tail(fewer, n))


def _tail(most: int, n: int) -> float:
    """The chance of at most so many heads in n throws of a fair coin; in whole numbers where few.

    Of many throws the terms fall so fast below `most` that some hundred are all that count.
    """
    if n <= _WHOLE:
        term, total = 1, 1
        for k in range(1, most + 1):
            term = term * (n - k + 1) // k
            total += term
        return float(Fraction(total, 2**n))
    size = min(most, 40 * math.isqrt(n))
    heads = np.arange(most, most - size, -1, dtype=np.float64)
    logs = np.concatenate([[0.0], np.cumsum(np.log(heads) - np.log(n - heads + 1))])
    first = math.lgamma(n + 1) - math.lgamma(most + 1) - math.lgamma(n - most + 1)
    return math.exp(first - n * math.log(2)) * float(np.exp(logs).sum())


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The probabilities of several tests, raised so that one false alarm in all is as rare.

    Parameters
    ----------
    p_values : sequence of float
        From 0 to 1; may be empty.

    Returns
    -------
    tuple of float
        In the order that came.

    Notes
    -----
    S. Holm, A simple sequentially rejective multiple test procedure, 1979; equals
    ``statsmodels.stats.multitest.multipletests(method="holm")``.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    """
    m, highest = len(p_values), 0.0
    raised = [0.0] * m
    for place, index in enumerate(sorted(range(m), key=lambda i: p_values[i])):
        highest = max(highest, min(1.0, (m - place) * p_values[index]))
        raised[index] = highest
    return tuple(raised)

"""Which 2 x 2 matrices give all of the reported metrics, and what the others can be then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.without_data.falling import FALLING, narrowed
from metrics_core.without_data.matrix import METRICS, Matrix, floats
from metrics_core.without_data.ranges import SOLVERS, Between
from metrics_core.without_data.reported_share import ReportedShare

MOST_SAMPLES = 2_000_000
MOST_UNKNOWN = 2_000
"""Up to so many samples every number of positives is tried."""
_LISTED = 20
_MOST_DIGITS = 12


@dataclass(frozen=True)
class Answer:
    """What fits the reported metrics.

    Attributes
    ----------
    count : int
        How many matrices give all of them.
    first : tuple of Matrix
        The first ones, by positives, true positives and false positives.
    bounds : dict
        The least and the greatest value of every metric over all these matrices.
    cut_off : bool
        Whether they fit only where digits were cut off, not rounded.
    alone : tuple of str
        Where nothing fits: the metrics that no matrix gives, each by itself.
    """

    count: int
    first: tuple[Matrix, ...]
    bounds: Mapping[str, tuple[Fraction, Fraction]]
    cut_off: bool
    alone: tuple[str, ...]


def possible_matrices(
    n: int,
    reported: Mapping[str, ReportedShare],
    positives: int | None = None,
    beta: Fraction = Fraction(1),
) -> Answer:
    """Every matrix of n samples that gives all of the reported metrics, by integer arithmetic.

    Parameters
    ----------
    n : int
        Samples, 1 to 2,000,000; at most 2,000 where the positives are unknown.
    reported : mapping of str to ReportedShare
        Names of `METRICS`.
    positives : int, optional
        How many samples are positive, 0 to n.
    beta : Fraction
        Of F-beta, above 0.

    Raises
    ------
    InputError
        If a number is out of its range.

    Examples
    --------
    >>> wrong = {"accuracy": ReportedShare.parse("accuracy", "87.5 %")}
    >>> possible_matrices(6, wrong).count
    0
    >>> named = {"precision": "0.8636", "recall": "0.76", "accuracy": "0.955"}
    >>> shares = {name: ReportedShare.parse(name, text) for name, text in named.items()}
    >>> possible_matrices(400, shares, positives=50).first
    (Matrix(tp=38, fp=6, fn=12, tn=344),)
    """
    _check(n, reported, positives, beta)
    tried = [positives] if positives is not None else list(range(n + 1))
    for cut_off in (False, True):
        answer = _solve(n, reported, tried, beta, cut_off)
        if answer.count:
            return answer
    alone = tuple(
        name
        for name, share in reported.items()
        if not any(_rows(n, {name: share}, p, beta, False)[0].size for p in tried)
    )
    return Answer(0, (), {}, False, alone)


def _solve(
    n: int, reported: Mapping[str, ReportedShare], tried: list[int], beta: Fraction, cut_off: bool
) -> Answer:
    count = 0
    first: list[Matrix] = []
    bounds: dict[str, tuple[Fraction, Fraction]] = {}
    for p in tried:
        tp, low, high = _rows(n, reported, p, beta, cut_off)
        if not tp.size:
            continue
        count += int((high - low + 1).sum())
        if len(first) < _LISTED:
            first += islice(_matrices(tp, low, high, p, n), _LISTED - len(first))
        for name in METRICS:
            ends = _ends(name, tp, low, high, p, n, beta)
            known = bounds.get(name, ends)
            bounds[name] = min(known[0], ends[0]), max(known[1], ends[1])
    return Answer(count, tuple(first), bounds, cut_off, ())


def _rows(
    n: int, reported: Mapping[str, ReportedShare], p: int, beta: Fraction, cut_off: bool
) -> tuple[Array, Array, Array]:
    """The true positives that are possible, and the ends of the false positives of each."""
    g, h = (beta**2).as_integer_ratio()
    digits = max((share.digits for share in reported.values()), default=0)
    largest = 2 * 10**digits * 4 * n * (n + g + h)
    tp: Any = np.arange(p + 1)
    if largest * (g + h) > 2**62:
        tp = tp.astype(object)
    low: Any = 0 * tp
    high: Any = low + (n - p)
    for name in SOLVERS.keys() & reported.keys():
        share = reported[name]
        between = Between.of(*share.range_of(cut_off))
        least, most = SOLVERS[name](tp, p, n - p, between, beta)
        low, high = np.maximum(low, least), np.minimum(high, most)
    rows = _kept(tp, low, high)
    for name in FALLING:
        if name in reported and rows[0].size:
            found = narrowed(name, *rows, p, n - p, reported[name].range_of(cut_off))
            rows = _kept(rows[0], *found)
    return rows


def _kept(tp: Array, low: Array, high: Array) -> tuple[Array, Array, Array]:
    """The rows that hold a number of false positives."""
    kept = np.asarray(low <= high, bool)
    return tp[kept].astype(np.int64), low[kept].astype(np.int64), high[kept].astype(np.int64)


def _matrices(tp: Array, low: Array, high: Array, p: int, n: int) -> Iterator[Matrix]:
    for row in range(tp.size):
        for fp in range(int(low[row]), int(high[row]) + 1):
            t = int(tp[row])
            yield Matrix(t, fp, p - t, n - p - fp)


def _ends(
    name: str, tp: Array, low: Array, high: Array, p: int, n: int, beta: Fraction
) -> tuple[Fraction, Fraction]:
    """Each metric falls as false positives rise, so its ends lie at the ends of the rows."""
    found: list[Fraction] = []
    for fp, pick in ((high, np.argmin), (low, np.argmax)):
        row = int(pick(floats(name, tp, fp, p - tp, n - p - fp, float(beta))))
        t, f = int(tp[row]), int(fp[row])
        found.append(Matrix(t, f, p - t, n - p - f).metric(name, beta))
    return found[0], found[1]


def _check(
    n: int, reported: Mapping[str, ReportedShare], positives: int | None, beta: Fraction
) -> None:
    if not 1 <= n <= MOST_SAMPLES:
        raise InputError(
            "samples", "must be a whole number from 1 to {most:,}", n,
            "Give the number of samples.", most=MOST_SAMPLES,
        )  # fmt: skip
    if positives is not None and not 0 <= positives <= n:
        raise InputError(
            "positives", "must be a whole number from 0 to {n:,}", positives,
            "Give the number of samples with label 1.", n=n,
        )  # fmt: skip
    if positives is None and n > MOST_UNKNOWN:
        raise InputError(
            "positives", "must be given for more than {most:,} samples", "none",
            "Type the number of samples with label 1; without it every number of positives would "
            "have to be tried.", most=MOST_UNKNOWN,
        )  # fmt: skip
    if not 0 < beta <= 100:
        raise InputError("beta", "must be above 0 and at most 100", beta, "Use 1 for F1.")
    for name, share in reported.items():
        if share.digits > _MOST_DIGITS:
            raise InputError(
                name, "must have at most {most} decimals as a share", share.digits,
                "Leave the last digits out.", most=_MOST_DIGITS,
            )  # fmt: skip

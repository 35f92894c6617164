"""Accuracies of several folds, or recalls of several classes: whether their mean can be had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod

from metrics_core.errors import InputError
from metrics_core.without_data.reported_share import ReportedShare

_MOST_TRIED = 200_000


@dataclass(frozen=True)
class GroupAnswer:
    """What fits a mean over groups.

    Attributes
    ----------
    possible : bool
        Whether counts of right samples exist that give all that was reported.
    right : tuple of int
        The least and the greatest number of right samples, all groups together; empty where
        nothing fits.
    means : tuple of Fraction
        The least and the greatest mean of the groups that fits; where nothing fits, the attainable
        means just below and just above.
    cut_off : bool
        Whether it fits only where digits were cut off.
    """

    possible: bool
    right: tuple[int, ...]
    means: tuple[Fraction, ...]
    cut_off: bool


def means_of_groups(
    sizes: Sequence[int], mean: ReportedShare | None = None, pooled: ReportedShare | None = None
) -> GroupAnswer:
    """Whether a mean over folds (or macro recall over classes) and the share of all can be had.

    Parameters
    ----------
    sizes : sequence of int
        Samples in each fold, or of each class.
    mean : ReportedShare, optional
        The mean of the folds' accuracies; of classes, macro recall (balanced accuracy).
    pooled : ReportedShare, optional
        The right samples among all: accuracy, which weighted recall equals.

    Raises
    ------
    InputError
        If a size is below 1, or there are too many different sizes to try all.

    Examples
    --------
    >>> means_of_groups([2, 3], ReportedShare.parse("mean", "0.8333")).right
    (4, 4)
    >>> means_of_groups([3, 3], ReportedShare.parse("mean", "0.75")).means
    (Fraction(2, 3), Fraction(5, 6))
    """
    if not sizes or min(sizes) < 1:
        raise InputError(
            "sizes", "must be whole numbers, 1 or more", list(sizes),
            "Give the number of samples in each group.",
        )  # fmt: skip
    groups = sorted(Counter(sizes).items(), key=lambda item: item[0] * item[1])
    others, (size, times) = groups[:-1], groups[-1]
    tried = prod(each * many + 1 for each, many in others)
    if tried > _MOST_TRIED:
        raise InputError(
            "sizes", "must differ less", list(sizes)[:8],
            "{tried:,} combinations would have to be tried, and at most {most:,} are.",
            tried=tried, most=_MOST_TRIED,
        )  # fmt: skip
    for cut_off in (False, True):
        found = _fitting(others, size, times, len(sizes), mean, pooled, cut_off)
        if found.possible:
            return found
    return GroupAnswer(False, (), _nearest(others, size, times, len(sizes), mean), False)


def _counts_of(others: list[tuple[int, int]]) -> Iterator[tuple[int, Fraction]]:
    """Every number of right samples in these groups, and the sum of their shares."""
    for counts in product(*(range(size * times + 1) for size, times in others)):
        shares = (Fraction(c, size) for c, (size, _) in zip(counts, others, strict=True))
        yield sum(counts), sum(shares, Fraction())


def _fitting(
    others: list[tuple[int, int]], size: int, times: int, k: int,
    mean: ReportedShare | None, pooled: ReportedShare | None, cut_off: bool,
) -> GroupAnswer:  # fmt: skip
    n = size * times + sum(each * many for each, many in others)
    right: list[int] = []
    means: list[Fraction] = []
    for count, sum_of in _counts_of(others):
        low, high = 0, size * times
        if mean is not None:
            a, b, is_open = mean.range_of(cut_off)
            low = max(low, ceil((a * k - sum_of) * size))
            high = min(high, _most((b * k - sum_of) * size, is_open))
        if pooled is not None:
            a, b, is_open = pooled.range_of(cut_off)
            low = max(low, ceil(a * n) - count)
            high = min(high, _most(b * n, is_open) - count)
        if low <= high:
            right += [count + low, count + high]
            means += [(sum_of + Fraction(end, size)) / k for end in (low, high)]
    if not right:
        return GroupAnswer(False, (), (), cut_off)
    return GroupAnswer(True, (min(right), max(right)), (min(means), max(means)), cut_off)


def _nearest(
    others: list[tuple[int, int]], size: int, times: int, k: int, mean: ReportedShare | None
) -> tuple[Fraction, ...]:
    if mean is None:
        return ()
    below, above = Fraction(-1), Fraction(2)
    for _, sum_of in _counts_of(others):
        exact = (mean.value * k - sum_of) * size
        for count in {floor(exact), ceil(exact)}:
            if 0 <= count <= size * times:
                value = (sum_of + Fraction(count, size)) / k
                if value <= mean.value:
                    below = max(below, value)
                if value >= mean.value:
                    above = min(above, value)
    return tuple(sorted({each for each in (below, above) if 0 <= each <= 1}))


def _most(value: Fraction, is_open: bool) -> int:
    return ceil(value) - 1 if is_open else floor(value)

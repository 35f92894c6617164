"""The sweep: what every threshold would predict, from one sort of the scores."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from metrics_core.counting.counts import Counts
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array, check_numeric
from metrics_core.rules import check_weights
from metrics_core.sweep.checks import check_length, check_no_nan
from metrics_core.sweep.pairs import twice_won
from metrics_core.sweep.rows import BLOCK, SortedRows


@dataclass(frozen=True, eq=False)
class DistinctScores:
    """Distinct scores, ascending, with the weights above and at each of them.

    Attributes
    ----------
    scores : ndarray, shape (m,)
    above_1, above_0 : ndarray of int64 or float64, shape (m,)
        Weight of label 1, and of label 0, strictly above each score.
    at_1, at_0 : ndarray of int64 or float64, shape (m,)
        Weight of label 1, and of label 0, equal to each score.
    """

    scores: Array
    above_1: Array
    above_0: Array
    at_1: Array
    at_0: Array


@dataclass(frozen=True, eq=False)
class SweepResult:
    """Counts at every threshold that makes a difference.

    Attributes
    ----------
    thresholds : ndarray, shape (m + 1,)
        First minus infinity, where everything is predicted positive, then each distinct score.
    counts : Counts
        Arrays ``(m + 1,)``: what ``score > threshold`` predicts; at the first, everything
        is positive even where a score is minus infinity itself.
    """

    thresholds: Array
    counts: Counts


@dataclass(frozen=True, eq=False)
class Sweep:
    """What every threshold would predict, exactly.

    The state is the sorted rows, so that parts that were swept apart merge, in any order, to the
    same bits as a sweep of all rows at once. Rows of weight 0 are left out.

    Parameters
    ----------
    rows : SortedRows

    Examples
    --------
    >>> sweep = Sweep.of([0.2, 0.7, 0.7], np.array([False, True, False]))
    >>> sweep.at(0.5).true_positives, sweep.at(0.7).count, sweep.distinct
    (1, 3, 2)
    >>> sweep.at(0.7).predicted_positive, sweep.at(0.7, inclusive=True).predicted_positive
    (0, 2)
    """

    rows: SortedRows

    @classmethod
    def empty(cls) -> Sweep:
        """The state of no rows; merging it changes nothing."""
        return cls(SortedRows.of(np.empty(0, np.float32), np.empty(0, bool)))

    @classmethod
    def of(
        cls, scores: npt.ArrayLike, positive: npt.ArrayLike, weights: npt.ArrayLike | None = None
    ) -> Sweep:
        """Sort the rows.

        Parameters
        ----------
        scores : array_like, shape (n,)
            Infinite ones are allowed. float32 stays float32, float16 and small integers become
            float32, everything else float64; 64-bit integers are rounded to float64, as numpy does
            when it compares them with a float.
        positive : array_like of bool, shape (n,)
        weights : array_like, shape (n,), optional
            Finite and not negative.

        Raises
        ------
        InputError
            For NaN among the scores, naming the rows; for lengths that differ, labels that are not
            bool, and weights that are negative or not finite.
        """
        values, label = np.asarray(scores), np.asarray(positive)
        check_numeric("scores", values)
        if values.ndim != 1:
            raise InputError(
                "scores",
                "must have shape (n,)",
                Message("shape {shape}", {"shape": values.shape}),
                "Take one column, or flatten all of them.",
            )
        if label.dtype != bool:
            raise InputError(
                "positive",
                "must be bool",
                Message("dtype {dtype}", {"dtype": label.dtype}),
                "Compare the labels with the positive label first.",
            )
        check_length("positive", label, len(values))
        check_no_nan(values)
        weight = None
        if weights is not None:
            weight = np.asarray(weights)
            check_numeric("weights", weight)
            check_length("weights", weight, len(values))
            check_weights("weights", weight)
        return cls(SortedRows.of(values, label, weight))

    def merge(self, other: Sweep) -> Sweep:
        """The sweep of both parts together; a part without weights has 1 for each row."""
        return Sweep(self.rows.merge(other.rows))

    @property
    def n_rows(self) -> int:
        """Number of rows, those of weight 0 left out."""
        return len(self.rows.keys)

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """float32 or float64: how the scores are held."""
        return np.dtype(self.rows.coding.floats)

    @property
    def weighted(self) -> bool:
        """Whether the counts are sums of weights."""
        return self.rows.weights is not None

    @property
    def positives(self) -> float:
        """Number, or weight, of all rows with label 1."""
        return self.rows.total[0]

    @property
    def negatives(self) -> float:
        """Number, or weight, of all rows with label 0."""
        return self.rows.total[1]

    @property
    def low(self) -> float:
        """The lowest score; NaN where there are no rows."""
        return self.score(0) if self.n_rows else math.nan

    @property
    def high(self) -> float:
        """The highest score; NaN where there are no rows."""
        return self.score(self.n_rows - 1) if self.n_rows else math.nan

    def score(self, row: int) -> float:
        """The score of a row, of which the first has the lowest."""
        return float(self.rows.scores(slice(row, row + 1), np.zeros(1, np.intp))[0])

    @cached_property
    def distinct(self) -> int:
        """How many different scores there are."""
        return sum(len(ends) for _, ends, _, _ in self.rows.runs())

    def at(self, threshold: float, *, inclusive: bool = False) -> Counts:
        """The counts at one threshold, found by bisection.

        Parameters
        ----------
        threshold : float
            Compared as it is given with the scores as they are held; where Keras's rounding
            matters, apply `metrics_core.steps.decision.threshold.effective_threshold` first.
            Infinite ones are allowed.
        inclusive : bool
            Predict ``score >= threshold`` instead of ``score > threshold``.

        Raises
        ------
        InputError
            For NaN.
        """
        below_1, below_0 = self._below(threshold, inclusive)
        all_1, all_0 = self.rows.total
        return Counts(all_1 - below_1, all_0 - below_0, below_0, below_1)

    def at_each(self, thresholds: npt.ArrayLike, *, inclusive: bool = False) -> Counts:
        """The counts at several thresholds ``(m,)`` in any order, as arrays ``(m,)``; see `at`."""
        wanted = np.asarray(thresholds, np.float64).reshape(-1)
        for missing in wanted[np.isnan(wanted)][:1]:
            _check_threshold(missing)
        below = self.rows.below_each(self.rows.counts_below(wanted, inclusive=inclusive))
        all_1, all_0 = self.rows.total
        return Counts(all_1 - below[:, 0], all_0 - below[:, 1], below[:, 1], below[:, 0])

    def _below(self, threshold: float, inclusive: bool) -> tuple[float, float]:
        _check_threshold(threshold)
        return self.rows.below(self.rows.count_below(threshold, inclusive=inclusive))

    def blocks(self, size: int = BLOCK, wanted: Array | None = None) -> Iterator[DistinctScores]:
        """Distinct scores, ascending, some at a time; rows with equal scores stay together.

        Parameters
        ----------
        size : int
            How many rows are read for one block; it has at most this many distinct scores.
        wanted : ndarray of bool, optional
            Which of the blocks of rows, see `SortedRows.parts`; by default all.
        """
        rows = self.rows
        all_1, all_0 = rows.total
        last: tuple[float, float] | None = (0 * all_1, 0 * all_0)
        following = 0
        for part, ends, ones, zeros in rows.runs(size, wanted):
            if part.start != following:
                last = None
            following = part.stop
            if not len(ends):
                continue
            scores = rows.scores(part, ends)
            if last is None:
                last = rows.below(rows.count_below(float(scores[0]), inclusive=True))
            at_1, at_0 = _differences(ones, last[0]), _differences(zeros, last[1])
            last = ones[-1], zeros[-1]
            yield DistinctScores(scores, all_1 - ones, all_0 - zeros, at_1, at_0)

    @cached_property
    def twice_won(self) -> float:
        """Twice the weight of the pairs of labels in the right order, see `twice_won`."""
        return twice_won(self.rows)

    @property
    def result(self) -> SweepResult:
        """The counts at every distinct score, as arrays."""
        (all_1, all_0), start = self.rows.total, 1
        thresholds = np.full(self.distinct + 1, -np.inf, self.dtype)
        below = np.zeros((2, self.distinct + 1), np.float64 if self.weighted else np.int64)
        for rows, ends, ones, zeros in self.rows.runs():
            part = slice(start, start + len(ends))
            thresholds[part] = self.rows.scores(rows, ends)
            below[0, part], below[1, part] = ones, zeros
            start = part.stop
        return SweepResult(
            thresholds, Counts(all_1 - below[0], all_0 - below[1], below[1], below[0])
        )


def _check_threshold(threshold: float) -> None:
    if math.isnan(threshold):
        raise InputError("threshold", "must be a number", threshold, "Use 0.5 for probabilities.")


def _differences(sums: Array, before: float) -> Array:
    """What each sum has more than the one before it, as `numpy.diff` with `prepend` but faster."""
    steps = np.empty_like(sums)
    steps[0] = sums[0] - before
    np.subtract(sums[1:], sums[:-1], out=steps[1:])
    return steps

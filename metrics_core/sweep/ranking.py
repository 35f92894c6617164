"""How well the scores put label 1 above label 0: areas, and the curves that they are under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.state import Sweep

BLOCK = 32_768
"""Rows at a time, so few that everything computed from them stays in the cache."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve with one point per distinct score, in the order in which it is drawn.

    Attributes
    ----------
    x, y : ndarray of float64, shape (m,)
    thresholds : ndarray, shape (m,)
        At each point the samples with this score or more are predicted positive: every threshold
        ``t`` from the next lower score up to this one (exclusive) gives the point with
        ``score > t``. Infinite where none is predicted positive. In the dtype of the sweep.
    """

    x: Array
    y: Array
    thresholds: Array


def auc(sweep: Sweep) -> float:
    """The area under the ROC curve: how often label 1 has the higher score, ties counting half.

    Parameters
    ----------
    sweep : Sweep
        With some weight of both labels.

    Returns
    -------
    float
        From 0 to 1; 0.5 where all scores are tied. Counts are summed as whole numbers, so that
        without weights only the last division rounds.

    Raises
    ------
    InputError
        Where only one label occurs.

    Notes
    -----
    Equals ``sklearn.metrics.roc_auc_score``. Hanley and McNeil, The meaning and use of the area
    under a receiver operating characteristic (ROC) curve, 1982.

    Examples
    --------
    >>> auc(Sweep.of(np.array([0.1, 0.4, 0.4, 0.8]), np.array([False, False, True, True])))
    0.875
    """
    check_both_labels(sweep)
    return float(sweep.twice_won / (2 * sweep.positives * sweep.negatives))


def average_precision(sweep: Sweep) -> float:
    """The mean, over the samples of label 1, of the precision just below their score.

    Parameters
    ----------
    sweep : Sweep
        With some weight of label 1.

    Returns
    -------
    float
        From 0 to 1. Scores that rank at random give about the share of label 1.

    Raises
    ------
    InputError
        Where label 1 does not occur.

    Notes
    -----
    Equals ``sklearn.metrics.average_precision_score``, which sums without interpolation; there,
    data without label 1 gives 0.0 and a warning.

    Examples
    --------
    >>> average_precision(Sweep.of(np.array([0.1, 0.4, 0.6, 0.8]), np.array([0, 1, 0, 1]) == 1))
    0.8333333333333333
    """
    check_positives(sweep)
    total = 0.0
    for block in sweep.blocks(BLOCK):
        found = block.above_1 + block.at_1
        total += float((block.at_1 * (found / (found + block.above_0 + block.at_0))).sum())
    return min(1.0, total / float(sweep.positives))


def roc(sweep: Sweep) -> Curve:
    """The ROC curve: false positive rate against true positive rate, from (0, 0) to (1, 1).

    Raises
    ------
    InputError
        Where only one label occurs; scikit-learn gives NaN with a warning there.

    Notes
    -----
    Equals ``sklearn.metrics.roc_curve`` with ``drop_intermediate=False``.

    Examples
    --------
    >>> curve = roc(Sweep.of(np.array([0.1, 0.4, 0.4, 0.8]), np.array([0, 0, 1, 1]) == 1))
    >>> curve.x.tolist(), curve.y.tolist(), curve.thresholds.tolist()
    ([0.0, 0.0, 0.5, 1.0], [0.0, 0.5, 1.0, 1.0], [inf, 0.8, 0.4, 0.1])
    """
    check_both_labels(sweep)
    return _falling(sweep, lambda found, wrong: (wrong / sweep.negatives, found / sweep.positives))


def precision_recall(sweep: Sweep) -> Curve:
    """Recall against precision, from recall 1 to 0.

    Returns
    -------
    Curve
        `x` is the recall, `y` the precision, thresholds ascending. The last point, recall 0 and
        precision 1, is a convention: its threshold is infinite, where no precision is defined.

    Raises
    ------
    InputError
        Where label 1 does not occur; scikit-learn gives recall 1 with a warning there.

    Notes
    -----
    Equals ``sklearn.metrics.precision_recall_curve``, which leaves the threshold of the last point
    out.

    Examples
    --------
    >>> curve = precision_recall(Sweep.of(np.array([0.1, 0.4, 0.8]), np.array([0, 1, 1]) == 1))
    >>> curve.x.tolist(), curve.y.round(4).tolist()
    ([1.0, 1.0, 0.5, 0.0], [0.6667, 1.0, 1.0, 1.0])
    """
    check_positives(sweep)
    curve = _falling(sweep, lambda found, wrong: (found / sweep.positives, found / (found + wrong)))
    curve.y[0] = 1.0
    return Curve(curve.x[::-1], curve.y[::-1], curve.thresholds[::-1])


def gain(sweep: Sweep) -> Curve:
    """Cumulative gains: the share of samples predicted positive against the share of label 1 found.

    Returns
    -------
    Curve
        From (0, 0) to (1, 1). The diagonal is what random predictions find.

    Raises
    ------
    InputError
        Where label 1 does not occur.

    Examples
    --------
    >>> curve = gain(Sweep.of(np.array([0.1, 0.2, 0.4, 0.8]), np.array([0, 0, 1, 1]) == 1))
    >>> curve.x.tolist(), curve.y.tolist()
    ([0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 0.5, 1.0, 1.0, 1.0])
    """
    check_positives(sweep)
    total = sweep.positives + sweep.negatives
    return _falling(sweep, lambda found, wrong: ((found + wrong) / total, found / sweep.positives))


def lift(sweep: Sweep) -> Curve:
    """The share of samples predicted positive against how many times more often label 1 occurs.

    Returns
    -------
    Curve
        One point per distinct score, up to (1, 1); `y` is the precision divided by the share of
        label 1 among all samples. Where none is predicted positive there is no lift and no point.

    Raises
    ------
    InputError
        Where label 1 does not occur.

    Examples
    --------
    >>> curve = lift(Sweep.of(np.array([0.1, 0.2, 0.4, 0.8]), np.array([0, 0, 1, 1]) == 1))
    >>> curve.x.tolist(), curve.y.round(4).tolist()
    ([0.25, 0.5, 0.75, 1.0], [2.0, 2.0, 1.3333, 1.0])
    """
    check_positives(sweep)
    curve = gain(sweep)
    return Curve(curve.x[1:], curve.y[1:] / curve.x[1:], curve.thresholds[1:])


def check_both_labels(sweep: Sweep) -> None:
    """Refuse a sweep in which only one label has weight."""
    check_positives(sweep)
    if not sweep.negatives > 0:
        raise InputError(
            "sweep",
            "must have samples of label 0",
            f"{sweep.negatives:g}",
            "The two labels are compared; add samples of label 0, or use the accuracy instead.",
        )


def check_positives(sweep: Sweep) -> None:
    """Refuse a sweep in which label 1 has no weight."""
    if not sweep.positives > 0:
        raise InputError(
            "sweep",
            "must have samples of label 1",
            f"{sweep.positives:g}",
            "Add samples of label 1, or use the accuracy instead.",
        )


def _falling(sweep: Sweep, of: Callable[[Array, Array], tuple[Array, Array]]) -> Curve:
    """A curve from infinity down, of the weights of label 1 and label 0 at or above each score.

    The first point, where none is predicted positive, is (0, 0).
    """
    end = sweep.distinct + 1
    x, y, thresholds = np.zeros(end), np.zeros(end), np.full(end, np.inf, sweep.dtype)
    for block in sweep.blocks(BLOCK):
        part = slice(end - len(block.scores), end)
        at_x, at_y = of(block.above_1 + block.at_1, block.above_0 + block.at_0)
        x[part], y[part], thresholds[part] = at_x[::-1], at_y[::-1], block.scores[::-1]
        end = part.start
    return Curve(x, y, thresholds)

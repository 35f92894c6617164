"""How well the scores put label 1 above label 0: areas, and the curves that they are under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.state import Sweep

BLOCK = 32_768
"""Rows at a time, so few that all that is made of them stays in the cache."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve with one point a cut, in the order in which it is drawn.

    Attributes
    ----------
    x, y : ndarray of float64, shape (m,)
    thresholds : ndarray, shape (m,)
        At each point the samples whose score is this or more are decided positive: every threshold
        ``t`` from the next lower score to below this one gives the point with ``score > t``.
        Infinite where none is decided positive. In the dtype of the sweep.
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
    check_both_labels(sweep, "The area under the ROC curve")
    return float(sweep.twice_won / (2 * sweep.positives * sweep.negatives))


def average_precision(sweep: Sweep) -> float:
    """The mean, over the samples of label 1, of the precision at the cut just below their score.

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
    check_positives(sweep, "Average precision")
    total = 0.0
    for cuts in sweep.blocks(BLOCK):
        found = cuts.above_1 + cuts.at_1
        total += float((cuts.at_1 * (found / (found + cuts.above_0 + cuts.at_0))).sum())
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
    >>> made = roc(Sweep.of(np.array([0.1, 0.4, 0.4, 0.8]), np.array([0, 0, 1, 1]) == 1))
    >>> made.x.tolist(), made.y.tolist(), made.thresholds.tolist()
    ([0.0, 0.0, 0.5, 1.0], [0.0, 0.5, 1.0, 1.0], [inf, 0.8, 0.4, 0.1])
    """
    check_both_labels(sweep, "The ROC curve")
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
    >>> made = precision_recall(Sweep.of(np.array([0.1, 0.4, 0.8]), np.array([0, 1, 1]) == 1))
    >>> made.x.tolist(), made.y.round(4).tolist()
    ([1.0, 1.0, 0.5, 0.0], [0.6667, 1.0, 1.0, 1.0])
    """
    check_positives(sweep, "The precision-recall curve")
    made = _falling(sweep, lambda found, wrong: (found / sweep.positives, found / (found + wrong)))
    made.y[0] = 1.0
    return Curve(made.x[::-1], made.y[::-1], made.thresholds[::-1])


def gain(sweep: Sweep) -> Curve:
    """Cumulative gains: the share of samples decided positive against the share of label 1 found.

    Returns
    -------
    Curve
        From (0, 0) to (1, 1). The diagonal is what deciding at random finds.

    Raises
    ------
    InputError
        Where label 1 does not occur.

    Examples
    --------
    >>> made = gain(Sweep.of(np.array([0.1, 0.2, 0.4, 0.8]), np.array([0, 0, 1, 1]) == 1))
    >>> made.x.tolist(), made.y.tolist()
    ([0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 0.5, 1.0, 1.0, 1.0])
    """
    check_positives(sweep, "The gain curve")
    total = sweep.positives + sweep.negatives
    return _falling(sweep, lambda found, wrong: ((found + wrong) / total, found / sweep.positives))


def lift(sweep: Sweep) -> Curve:
    """The share of samples decided positive against how much denser label 1 is among them.

    Returns
    -------
    Curve
        One point a distinct score, up to (1, 1); `y` is the precision divided by the share of
        label 1 among all samples. Where none is decided positive there is no lift and no point.

    Raises
    ------
    InputError
        Where label 1 does not occur.

    Examples
    --------
    >>> made = lift(Sweep.of(np.array([0.1, 0.2, 0.4, 0.8]), np.array([0, 0, 1, 1]) == 1))
    >>> made.x.tolist(), made.y.round(4).tolist()
    ([0.25, 0.5, 0.75, 1.0], [2.0, 2.0, 1.3333, 1.0])
    """
    check_positives(sweep, "The lift curve")
    made = gain(sweep)
    return Curve(made.x[1:], made.y[1:] / made.x[1:], made.thresholds[1:])


def check_both_labels(sweep: Sweep, what: str) -> None:
    """Refuse a sweep in which only one label has weight."""
    check_positives(sweep, what)
    if not sweep.negatives > 0:
        raise InputError(
            "sweep",
            "must have samples of label 0",
            f"{sweep.negatives:g}",
            "{what} compares the two labels; add samples of label 0 or read the accuracy instead.",
            what=what,
        )


def check_positives(sweep: Sweep, what: str) -> None:
    """Refuse a sweep in which label 1 has no weight."""
    if not sweep.positives > 0:
        raise InputError(
            "sweep",
            "must have samples of label 1",
            f"{sweep.positives:g}",
            "{what} needs samples of label 1; add some or read the accuracy instead.",
            what=what,
        )


def _falling(sweep: Sweep, of: Callable[[Array, Array], tuple[Array, Array]]) -> Curve:
    """A curve from infinity down, of the weights of label 1 and label 0 at or above each score.

    The first point, where none is decided positive, is (0, 0).
    """
    place = sweep.distinct + 1
    x, y, thresholds = np.zeros(place), np.zeros(place), np.full(place, np.inf, sweep.dtype)
    for cuts in sweep.blocks(BLOCK):
        part = slice(place - len(cuts.scores), place)
        at_x, at_y = of(cuts.above_1 + cuts.at_1, cuts.above_0 + cuts.at_0)
        x[part], y[part], thresholds[part] = at_x[::-1], at_y[::-1], cuts.scores[::-1]
        place = part.start
    return Curve(x, y, thresholds)

"""The metrics of each class against all others, and how far they can be from the true ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.counting.intervals import wilson
from metrics_core.numeric.arrays import Array


@dataclass(frozen=True, eq=False, kw_only=True)
class PerClass:
    """One entry per class in every array ``(C,)``; float64, but for counts of whole samples.

    Attributes
    ----------
    support, predicted, hits : ndarray
        Samples of the class, samples predicted as it, and those in both; sums of weights where
        there are weights.
    recall, precision, f1, specificity, accuracy : ndarray
        Of the class against all others; 0.0 where there is nothing to take a share of. `recall` is
        also called the accuracy within a class.
    recall_interval, precision_interval : tuple of ndarray
        Lower and upper ends of Wilson's 95 % interval; from 0 to 1 where there are no samples.
    recall_size, precision_size : ndarray
        The numbers of samples that the intervals rest on. With weights they are Kish's effective
        sizes, (sum of weights)² / (sum of squared weights), so that equal weights give the interval
        of as many samples without weights.

    Notes
    -----
    L. Kish, Survey sampling, 1965, for the effective size.
    """

    support: Array
    predicted: Array
    hits: Array
    recall: Array
    precision: Array
    f1: Array
    specificity: Array
    accuracy: Array
    recall_interval: tuple[Array, Array]
    precision_interval: tuple[Array, Array]
    recall_size: Array
    precision_size: Array


def per_class(counts: Counts, squares: Array) -> PerClass:
    """Compute the metrics from the counts of each class against all others.

    Parameters
    ----------
    counts : Counts
        Of arrays ``(C,)``.
    squares : ndarray, shape (2, C)
        The sum of the squared weights by true class, and by predicted class.

    Examples
    --------
    >>> counts = Counts(np.array([5]), np.array([1]), np.array([0]), np.array([1]))
    >>> metrics = per_class(counts, np.array([[6], [6]]))
    >>> [end.round(4).tolist() for end in metrics.recall_interval]
    [[0.4365], [0.9699]]
    """
    support, predicted = np.asarray(counts.positives), np.asarray(counts.predicted_positive)
    recall, precision = np.asarray(counts.recall), np.asarray(counts.precision)
    recall_size, precision_size = _effective(support, squares[0]), _effective(predicted, squares[1])
    return PerClass(
        support=support,
        predicted=predicted,
        hits=np.asarray(counts.true_positives),
        recall=recall,
        precision=precision,
        f1=np.asarray(counts.f_beta()),
        specificity=np.asarray(counts.specificity),
        accuracy=np.asarray(counts.accuracy),
        recall_interval=wilson(recall * recall_size, recall_size),
        precision_interval=wilson(precision * precision_size, precision_size),
        recall_size=recall_size,
        precision_size=precision_size,
    )


def _effective(weight: Array, square: Array) -> Array:
    wide = np.asarray(weight, np.float64)
    return np.divide(wide * wide, square, out=np.zeros_like(wide), where=square > 0)

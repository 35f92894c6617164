"""Curves of scikit-learn: metrics at every distinct score as a threshold, from it on (``>=``)."""

from __future__ import annotations

import numpy as np

from metrics_core.libraries.question import Question
from metrics_core.numeric.arrays import Array

Curve = tuple[Array, ...]


def counts_at_thresholds(question: Question) -> tuple[Array, Array, Array]:
    """The weight of true and false positives at each distinct score, from the highest.

    Returns
    -------
    false positives, true positives, thresholds : ndarray

    Examples
    --------
    >>> asked = Question.of("roc_curve", [0, 1, 1], [0.2, 0.2, 0.7])
    >>> [each.tolist() for each in counts_at_thresholds(asked)]
    [[0.0, 1.0], [1.0, 2.0], [0.7, 0.2]]
    """
    scores, positive = question.y_pred, question.y_true == 1
    weights = question.sample_weight
    weights = np.ones(len(scores)) if weights is None else weights
    thresholds = np.unique(scores)[::-1]
    from_it_on = scores >= thresholds[:, None]
    return from_it_on @ (weights * ~positive), from_it_on @ (weights * positive), thresholds


def roc(question: Question) -> Curve:
    """False and true positive rates and thresholds, the first of them infinity."""
    false, true, thresholds = counts_at_thresholds(question)
    return (
        np.append(0, false) / false[-1],
        np.append(0, true) / true[-1],
        np.append(np.inf, thresholds),
    )


def roc_above_highest(question: Question) -> Curve:
    """The same with 1 above the highest score as the first threshold."""
    false, true, thresholds = roc(question)
    return false, true, np.append(thresholds[1] + 1, thresholds[1:])


def precision_recall(question: Question) -> Curve:
    """Precision, recall and thresholds from the lowest, and a last point (1, 0)."""
    false, true, thresholds = counts_at_thresholds(question)
    precision, recall = true / (true + false), true / true[-1]
    return np.append(precision[::-1], 1), np.append(recall[::-1], 0), thresholds[::-1]


def matrices(question: Question) -> Curve:
    """True negatives, false positives, false negatives, true positives and thresholds."""
    false, true, thresholds = counts_at_thresholds(question)
    return false[-1] - false, false, true[-1] - true, true, thresholds

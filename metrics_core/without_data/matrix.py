"""The 2 x 2 matrix of some samples, and the metrics that can be reported of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from metrics_core.numeric.arrays import Array

METRICS = (
    "accuracy", "precision", "recall", "f_beta", "specificity", "balanced_accuracy", "npv",
)  # fmt: skip
"""What can be reported of a matrix; balanced accuracy is the mean of recall and specificity."""


class Matrix(NamedTuple):
    """The four counts."""

    tp: int
    fp: int
    fn: int
    tn: int

    def metric(self, name: str, beta: Fraction = Fraction(1)) -> Fraction:
        """One of `METRICS`, exactly; 0 of 0 is 0, and balanced accuracy skips an absent class.

        Examples
        --------
        >>> Matrix(38, 6, 12, 344).metric("precision")
        Fraction(19, 22)
        """
        if name == "balanced_accuracy":
            labels = ("recall", self.tp + self.fn), ("specificity", self.tn + self.fp)
            each = [self.metric(share) for share, count in labels if count]
            return sum(each, Fraction()) / len(each)
        top, bottom = _quotient(name, *self, beta**2)
        return Fraction(top) / bottom if bottom else Fraction()


def floats(name: str, tp: Array, fp: Array, fn: Array, tn: Array, beta: float) -> Array:
    """A metric of many matrices with the same positives and negatives, to find the extreme ones.

    Examples
    --------
    >>> floats("recall", *np.array([[1, 2], [0, 0], [3, 2], [4, 4]]), 1.0).tolist()
    [0.25, 0.5]
    """
    if name == "balanced_accuracy":
        parts = [floats(share, tp, fp, fn, tn, beta) for share in ("recall", "specificity")]
        labels = int(tp[0] + fn[0] > 0) + int(tn[0] + fp[0] > 0)
        return np.asarray((parts[0] + parts[1]) / labels)
    top, bottom = _quotient(name, tp, fp, fn, tn, beta**2)
    return np.asarray(top / np.where(bottom == 0, 1, bottom))


def _quotient(name: str, tp: Any, fp: Any, fn: Any, tn: Any, b: Any) -> tuple[Any, Any]:
    """What is divided by what; `b` is the square of beta."""
    match name:
        case "accuracy":
            return tp + tn, tp + fp + fn + tn
        case "precision":
            return tp, tp + fp
        case "recall":
            return tp, tp + fn
        case "f_beta":
            return (1 + b) * tp, (1 + b) * tp + b * fn + fp
        case "specificity":
            return tn, tn + fp
    return tn, tn + fn

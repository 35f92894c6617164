"""The 2 x 2 matrix of some samples, and the metrics that can be reported of it."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any, NamedTuple

import numpy as np

from metrics_core.numeric.arrays import Array

METRICS = (
    "accuracy", "precision", "recall", "f_beta", "specificity", "balanced_accuracy", "npv",
    "macro_precision", "macro_f1", "matthews",
)  # fmt: skip
"""What can be reported of a matrix. Balanced accuracy is macro recall: the mean of recall and
specificity; macro precision is that of precision and NPV, macro F1 that of the F1 of both classes.
"""
_OF_LABELS = {
    "balanced_accuracy": "recall", "macro_precision": "precision", "macro_f1": "f_beta",
}  # fmt: skip
"""What each mean over the two labels is the mean of."""
_DECIMALS = 60
"""Of the Matthews correlation: no irrational one of the counts allowed is that near to a rational
number of 13 decimals."""


class Matrix(NamedTuple):
    """The four counts."""

    tp: int
    fp: int
    fn: int
    tn: int

    def metric(self, name: str, beta: Fraction = Fraction(1)) -> Fraction:
        """One of `METRICS`, exactly; the Matthews correlation to 60 decimals if irrational.

        0 of 0 is 0. A mean over the two labels skips a label that is absent: balanced accuracy one
        that no sample has, the others one that no sample has and none is predicted, as
        scikit-learn does.

        Examples
        --------
        >>> Matrix(38, 6, 12, 344).metric("precision")
        Fraction(19, 22)
        >>> Matrix(1, 1, 1, 1).metric("matthews"), Matrix(2, 0, 0, 2).metric("macro_f1")
        (Fraction(0, 1), Fraction(1, 1))
        """
        if name == "matthews":
            return self._matthews()
        if name in _OF_LABELS:
            parts = [m for m in (self, self.swapped) if m.tp + m.fn or (m.fp and _predicts(name))]
            each = [m.metric(_OF_LABELS[name]) for m in parts]
            return sum(each, Fraction()) / len(each)
        top, bottom = _quotient(name, *self, beta**2)
        return Fraction(top) / bottom if bottom else Fraction()

    @property
    def swapped(self) -> Matrix:
        """The same with label 0 as the positive one."""
        return Matrix(self.tn, self.fn, self.fp, self.tp)

    def _matthews(self) -> Fraction:
        tp, fp, fn, tn = self
        top, squared = tp * tn - fp * fn, (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
        root = isqrt(squared)
        if root * root == squared:
            return Fraction(top, root) if root else Fraction()
        return Fraction(top * 10**_DECIMALS, isqrt(squared * 10 ** (2 * _DECIMALS)))


def floats(name: str, tp: Array, fp: Array, fn: Array, tn: Array, beta: float) -> Array:
    """A metric of many matrices with the same positives and negatives, to find the extreme ones.

    Examples
    --------
    >>> floats("recall", *np.array([[1, 2], [0, 0], [3, 2], [4, 4]]), 1.0).tolist()
    [0.25, 0.5]
    """
    if name == "matthews":
        tp, fp, fn, tn = (np.asarray(count, float) for count in (tp, fp, fn, tn))
        root = np.sqrt(tp + fp) * np.sqrt(tp + fn) * np.sqrt(tn + fp) * np.sqrt(tn + fn)
        return np.asarray((tp * tn - fp * fn) / np.where(root == 0, 1, root))
    if name in _OF_LABELS:
        first = floats(_OF_LABELS[name], tp, fp, fn, tn, 1.0)
        second = floats(_OF_LABELS[name], tn, fn, fp, tp, 1.0)
        ones, zeros = (tp + fn > 0), (tn + fp > 0)
        if _predicts(name):
            ones, zeros = ones | (fp > 0), zeros | (fn > 0)
        return np.asarray((first * ones + second * zeros) / (1 * ones + zeros))
    top, bottom = _quotient(name, tp, fp, fn, tn, beta**2)
    return np.asarray(top / np.where(bottom == 0, 1, bottom))


def _predicts(name: str) -> bool:
    """Whether a label counts that no sample has, but some are predicted."""
    return name != "balanced_accuracy"


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

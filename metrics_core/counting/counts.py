"""How often a decision was right and wrong, by label, and every figure that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

Amount: TypeAlias = "float | Array"
"""One number, or one for each threshold."""


@dataclass(frozen=True)
class CostMatrix:
    """What a sample costs: right or wrong, predicted positive or not.

    Examples
    --------
    >>> CostMatrix(fn=10.0).fn
    10.0
    """

    tp: float = 0.0
    fp: float = 1.0
    tn: float = 0.0
    fn: float = 1.0


@dataclass(frozen=True, eq=False)
class Counts:
    """The 2 × 2 matrix of labels and decisions, at one threshold or at many.

    Attributes
    ----------
    true_positives, false_positives, true_negatives, false_negatives : number or ndarray
        Numbers of samples, or sums of their weights; four numbers, or four arrays of one shape,
        one entry per threshold. A share whose denominator is 0 is 0.0, as in Keras 3.

    Examples
    --------
    >>> Counts(true_positives=1, true_negatives=1, false_negatives=1).recall
    0.5
    """

    true_positives: Amount = 0
    false_positives: Amount = 0
    true_negatives: Amount = 0
    false_negatives: Amount = 0

    @classmethod
    def empty(cls) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls()

    def merge(self, other: Counts) -> Self:
        """The counts of both parts together; arrays are added threshold by threshold."""
        return type(self)(
            self.true_positives + other.true_positives,
            self.false_positives + other.false_positives,
            self.true_negatives + other.true_negatives,
            self.false_negatives + other.false_negatives,
        )

    @property
    def result(self) -> Amount:
        """The accuracy."""
        return self.accuracy

    @property
    def count(self) -> Amount:
        """All samples."""
        return self.positives + self.negatives

    @property
    def positives(self) -> Amount:
        """Samples with label 1."""
        return self.true_positives + self.false_negatives

    @property
    def negatives(self) -> Amount:
        """Samples with label 0."""
        return self.true_negatives + self.false_positives

    @property
    def predicted_positive(self) -> Amount:
        """Samples above the threshold."""
        return self.true_positives + self.false_positives

    @property
    def accuracy(self) -> Amount:
        """The share of samples that are predicted correctly."""
        return share(self.true_positives + self.true_negatives, self.count)

    @property
    def precision(self) -> Amount:
        """The share of label 1 among the samples predicted positive."""
        return share(self.true_positives, self.predicted_positive)

    @property
    def recall(self) -> Amount:
        """The share predicted positive among the samples with label 1."""
        return share(self.true_positives, self.positives)

    @property
    def specificity(self) -> Amount:
        """The share predicted negative among the samples with label 0."""
        return share(self.true_negatives, self.negatives)

    @property
    def false_positive_rate(self) -> Amount:
        """The share predicted positive among the samples with label 0."""
        return share(self.false_positives, self.negatives)

    @property
    def predicted_share(self) -> Amount:
        """The share of samples that are predicted positive."""
        return share(self.predicted_positive, self.count)

    @property
    def majority(self) -> Amount:
        """The accuracy of always deciding for the more frequent label."""
        larger = np.maximum(self.positives, self.negatives)
        return share(larger, self.count)

    @property
    def balanced_accuracy(self) -> Amount:
        """The mean of recall and specificity; of the one alone where only one label occurs."""
        labels = np.not_equal(self.positives, 0) * 1.0 + np.not_equal(self.negatives, 0)
        return share(self.recall + self.specificity, labels)

    @property
    def youden(self) -> Amount:
        """Recall plus specificity less 1: 0 for chance, 1 for no error."""
        return self.recall + self.specificity - 1.0

    @property
    def matthews(self) -> Amount:
        """The correlation of labels and decisions, from -1 to 1; 0.0 where either never varies."""
        tp, fp, tn, fn = (1.0 * part for part in self.parts)
        roots = np.sqrt((tp + fp) * (tn + fn)) * np.sqrt((tp + fn) * (tn + fp))
        return share(tp * tn - fp * fn, roots)

    def f_beta(self, beta: float = 1.0) -> Amount:
        """The harmonic mean of precision and recall, recall counting `beta` times as much."""
        square = beta * beta
        both = (1.0 + square) * self.true_positives
        return share(both, both + square * self.false_negatives + self.false_positives)

    def cost(self, matrix: CostMatrix) -> Amount:
        """The mean cost of a sample."""
        tp, fp, tn, fn = self.parts
        total = matrix.tp * tp + matrix.fp * fp + matrix.tn * tn + matrix.fn * fn
        return share(total, self.count)

    @property
    def table(self) -> Array:
        """``(2, 2)``: rows are labels, columns predictions; for one threshold."""
        tp, fp, tn, fn = self.parts
        return np.array([[tn, fp], [fn, tp]])

    @property
    def parts(self) -> tuple[Any, Any, Any, Any]:
        """The four counts, in the order of the attributes."""
        return (
            self.true_positives,
            self.false_positives,
            self.true_negatives,
            self.false_negatives,
        )


@dataclass(frozen=True)
class Figure:
    """A figure that follows from counts.

    Attributes
    ----------
    name : str
    title : Message
    formula : Message
        In words, with TP, FP, TN and FN.
    of : callable
        From `Counts` to the figure, one number or one per threshold.
    higher_is_better : bool
    """

    name: str
    title: Message
    formula: Message
    of: Callable[[Counts], Amount]
    higher_is_better: bool = True


_ROWS = (
    Figure("accuracy", Message("Accuracy"), Message("(TP + TN) / all"), lambda c: c.accuracy),
    Figure("precision", Message("Precision"), Message("TP / (TP + FP)"), lambda c: c.precision),
    Figure("recall", Message("Recall"), Message("TP / (TP + FN)"), lambda c: c.recall),
    Figure(
        "specificity", Message("Specificity"), Message("TN / (TN + FP)"), lambda c: c.specificity
    ),
    Figure("f1", Message("F1"), Message("2 TP / (2 TP + FP + FN)"), lambda c: c.f_beta()),
    Figure(
        "balanced_accuracy",
        Message("Balanced accuracy"),
        Message("(recall + specificity) / 2"),
        lambda c: c.balanced_accuracy,
    ),
    Figure(
        "matthews",
        Message("Matthews correlation"),
        Message("(TP × TN - FP × FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN))"),
        lambda c: c.matthews,
    ),
    Figure(
        "youden", Message("Youden's J"), Message("recall + specificity - 1"), lambda c: c.youden
    ),
)
FIGURES: dict[str, Figure] = {row.name: row for row in _ROWS}
"""Every figure by its name, in the order in which they are shown."""


def share(part: Amount, whole: Amount) -> Amount:
    """A part of a whole, 0.0 where that is 0."""
    if np.ndim(whole) == 0:
        return float(part / whole) if whole else 0.0
    wide = np.asarray(whole, np.float64)
    return np.divide(part, wide, out=np.zeros_like(wide), where=wide != 0)

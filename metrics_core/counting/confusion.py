"""Which class is taken for which, and the metrics of each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from metrics_core.counting.class_inputs import (
    check_n_classes,
    check_same_classes,
    column,
    weight_column,
)
from metrics_core.counting.class_pairs import count_pairs, weigh_pairs
from metrics_core.counting.counts import Counts
from metrics_core.counting.per_class import PerClass, per_class
from metrics_core.numeric.arrays import Array

MOST_CLASSES = 4_096


@dataclass(frozen=True, eq=False)
class Confusion:
    """Counts of every pair of true and predicted class.

    Attributes
    ----------
    counts : ndarray of int64 or float64, shape (C, C)
        Rows are true classes, columns predicted ones; float64 where there are weights.
    unanswered : ndarray of int64 or float64, shape (C,)
        By true class, what was left without a prediction.
    weight_squares : ndarray of float64, shape (2, C), optional
        The sum of the squared weights by true class, and by predicted class. None where every
        sample weighs 1.

    Examples
    --------
    >>> counted = Confusion.of([0, 0, 1, 1], [0, 1, 1, -1], 2)
    >>> counted.counts.tolist(), counted.unanswered.tolist(), counted.result
    ([[1, 1], [0, 1]], [0, 1], 0.5)
    """

    counts: Array
    unanswered: Array
    weight_squares: Array | None = None

    def __post_init__(self) -> None:
        for part in (self.counts, self.unanswered, self.weight_squares):
            if part is not None:
                part.setflags(write=False)

    @classmethod
    def empty(cls, n_classes: int) -> Self:
        """The state of no samples; merging it changes nothing."""
        check_n_classes(n_classes, MOST_CLASSES)
        zeros = np.zeros((n_classes + 1, n_classes), np.int64)
        return cls(zeros[1:], zeros[0])

    @classmethod
    def of_table(cls, counts: Array) -> Self:
        """The state of samples that are counted already, all answered and of weight 1.

        Examples
        --------
        >>> Confusion.of_table(np.array([[3, 1], [0, 2]])).squares.tolist()
        [[4, 2], [3, 3]]
        """
        return cls(counts, np.zeros(len(counts), counts.dtype))

    @classmethod
    def of(
        cls,
        true_class: npt.ArrayLike,
        predicted_class: npt.ArrayLike,
        n_classes: int,
        weights: npt.ArrayLike | None = None,
    ) -> Self:
        """Count in one pass, block by block.

        Parameters
        ----------
        true_class : array_like, shape (n,) or (n, 1)
            Whole numbers from 0 to ``n_classes - 1``, of any dtype.
        predicted_class : array_like, shape (n,) or (n, 1)
            The same, or -1 where no class was predicted.
        n_classes : int
            1 to `MOST_CLASSES`.
        weights : array_like, shape (n,), optional
            Finite and not negative. Sums of weights that are not whole numbers depend on the order
            of the rows by the rounding of float64.

        Raises
        ------
        InputError
            For a class out of range, naming its row; where the lengths differ; for a weight that is
            negative or not finite.

        Notes
        -----
        Equals ``sklearn.metrics.confusion_matrix`` with ``labels=range(n_classes)``.

        Examples
        --------
        >>> Confusion.of([0, 1], [0, 0], 2, weights=[0.5, 2.0]).counts.tolist()
        [[0.5, 0.0], [2.0, 0.0]]
        """
        check_n_classes(n_classes, MOST_CLASSES)
        true = column("true_class", true_class)
        predicted = column("predicted_class", predicted_class, len(true))
        weight = weight_column(weights, len(true))
        if weight is None:
            return cls(*count_pairs(true, predicted, n_classes))
        return cls(*weigh_pairs(true, predicted, n_classes, weight))

    def merge(self, other: Self) -> Self:
        """The state of both parts together.

        Raises
        ------
        InputError
            Where the parts count different numbers of classes.
        """
        check_same_classes(self.n_classes, other.n_classes)
        without_weights = self.weight_squares is None and other.weight_squares is None
        return type(self)(
            self.counts + other.counts,
            self.unanswered + other.unanswered,
            None if without_weights else self.squares + other.squares,
        )

    @property
    def result(self) -> float:
        """The accuracy."""
        return self.accuracy

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return len(self.counts)

    @property
    def squares(self) -> Array:
        """The sum of the squared weights by true class, and by predicted class: ``(2, C)``."""
        if self.weight_squares is None:
            return np.stack([self.support, self.predicted])
        return self.weight_squares

    @property
    def support(self) -> Array:
        """By true class, all samples, those without a prediction included: ``(C,)``."""
        return np.asarray(self.counts.sum(axis=1) + self.unanswered)

    @property
    def predicted(self) -> Array:
        """By predicted class, all samples: ``(C,)``."""
        return np.asarray(self.counts.sum(axis=0))

    @property
    def hits(self) -> Array:
        """By class, the samples that were predicted correctly: ``(C,)``."""
        return self.counts.diagonal()

    @property
    def count(self) -> float:
        """All samples."""
        return self.answered + float(self.unanswered.sum())

    @property
    def answered(self) -> float:
        """The samples that a class was predicted for."""
        return float(self.counts.sum())

    @property
    def coverage(self) -> float:
        """The share of samples that a class was predicted for; 0.0 where nothing counts."""
        return _share(self.answered, self.count)

    @property
    def accuracy(self) -> float:
        """The share of all samples that were predicted correctly; 0.0 where nothing counts."""
        return _share(float(self.hits.sum()), self.count)

    @property
    def accuracy_of_answered(self) -> float:
        """The share predicted correctly among those that a class was predicted for."""
        return _share(float(self.hits.sum()), self.answered)

    @property
    def balanced_accuracy(self) -> float:
        """The mean recall of the classes that occur; 0.0 where none does.

        Equals ``sklearn.metrics.balanced_accuracy_score``.
        """
        support = self.support
        some = support > 0
        return float(np.mean(self.hits[some] / support[some])) if some.any() else 0.0

    def one_vs_rest(self) -> Counts:
        """Each class against all others: counts of ``(C,)`` arrays.

        A sample without a prediction counts as negative for every class.
        """
        missed, taken = self.support - self.hits, self.predicted - self.hits
        all_counts = self.counts.sum() + self.unanswered.sum()
        rest = np.maximum(all_counts - self.support - taken, 0)
        return Counts(self.hits, taken, rest, missed)

    def per_class(self) -> PerClass:
        """The metrics of each class, with intervals for recall and precision."""
        return per_class(self.one_vs_rest(), self.squares)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0

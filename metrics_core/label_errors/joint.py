"""The threshold of each class, and the joint of given and likely labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from metrics_core.counting.intervals import wilson
from metrics_core.numeric.arrays import Array

NONE = -1
"""The likely label of a sample in which no class reaches its threshold."""


@dataclass(frozen=True, eq=False)
class SelfConfidence:
    """The mean probability that samples of each class give to their own label.

    Attributes
    ----------
    total : ndarray of float64, shape (C,)
        Sum of these probabilities by label.
    count : ndarray of int64, shape (C,)
        Samples by label.

    Notes
    -----
    Northcutt, Jiang and Chuang, Confident learning: estimating uncertainty in dataset labels,
    Journal of Artificial Intelligence Research 70, 2021, equation 2.

    Examples
    --------
    >>> SelfConfidence.of(np.array([0, 0, 1]), np.array([[1, 0], [0.5, 0.5], [0.25, 0.75]])).result
    array([0.75, 0.75])
    """

    total: Array
    count: Array

    @classmethod
    def empty(cls, n_classes: int) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls(np.zeros(n_classes), np.zeros(n_classes, np.int64))

    @classmethod
    def of(cls, labels: Array, probabilities: Array) -> Self:
        """Sum over samples.

        Parameters
        ----------
        labels : ndarray of int, shape (n,)
            From 0 to C - 1; others, such as -1, do not count.
        probabilities : ndarray, shape (n, C)
        """
        n_classes = probabilities.shape[1]
        known = (labels >= 0) & (labels < n_classes)
        rows, given = np.flatnonzero(known), labels[known].astype(np.intp)
        own = probabilities[rows, given].astype(np.float64)
        return cls(
            np.bincount(given, own, n_classes),
            np.bincount(given, minlength=n_classes).astype(np.int64),
        )

    def merge(self, other: Self) -> Self:
        """The state of both parts together."""
        return type(self)(self.total + other.total, self.count + other.count)

    @property
    def result(self) -> Array:
        """The threshold of each class; infinite where it has no sample."""
        none = np.full(len(self.count), np.inf)
        return np.asarray(np.divide(self.total, self.count, out=none, where=self.count > 0))


def likely_labels(probabilities: Array, thresholds: Array) -> Array:
    """The most probable class among those that reach their threshold; -1 where none does.

    Examples
    --------
    >>> likely_labels(np.array([[0.6, 0.4], [0.5, 0.5]]), np.array([0.7, 0.3])).tolist()
    [1, 1]
    """
    reached = probabilities >= thresholds
    best = np.where(reached, probabilities, -np.inf).argmax(axis=1)
    return np.asarray(np.where(reached.any(axis=1), best, NONE))


@dataclass(frozen=True, eq=False)
class ConfidentJoint:
    """How often samples of a given label are confidently of a class.

    Attributes
    ----------
    counts : ndarray of int64, shape (C, C)
        Rows are given labels, columns likely ones; samples without a likely label are in none.
    given : ndarray of int64, shape (C,)
        All samples by given label.

    Notes
    -----
    Equation 1 of Northcutt, Jiang and Chuang, 2021; `joint` is their equation 3.

    Examples
    --------
    >>> joint = ConfidentJoint.of(np.array([0, 0, 0, 1]), np.array([0, 0, 1, -1]), 2)
    >>> joint.counts.tolist(), joint.shares.round(4).tolist()
    ([[2, 1], [0, 0]], [0.3333, 0.0])
    """

    counts: Array
    given: Array

    @classmethod
    def empty(cls, n_classes: int) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls(np.zeros((n_classes, n_classes), np.int64), np.zeros(n_classes, np.int64))

    @classmethod
    def of(cls, labels: Array, likely: Array, n_classes: int) -> Self:
        """Count samples; labels or likely labels that are no class count in no cell."""
        known = (labels >= 0) & (labels < n_classes)
        sure = known & (likely >= 0)
        cells = labels[sure].astype(np.int64) * n_classes + likely[sure]
        counts = np.bincount(cells, minlength=n_classes * n_classes)
        given = np.bincount(labels[known].astype(np.int64), minlength=n_classes)
        return cls(counts.reshape(n_classes, n_classes).astype(np.int64), given.astype(np.int64))

    def merge(self, other: Self) -> Self:
        """The counts of both parts together, found with the same thresholds."""
        return type(self)(self.counts + other.counts, self.given + other.given)

    @property
    def wrong(self) -> Array:
        """By given label, the samples that are confidently of another class: ``(C,)``."""
        return np.asarray(self.counts.sum(axis=1) - self.counts.diagonal())

    @property
    def shares(self) -> Array:
        """The estimated share of wrong labels by given label; 0.0 where no sample is confident."""
        sure = self.counts.sum(axis=1)
        return np.asarray(
            np.divide(self.wrong, sure, out=np.zeros(len(sure)), where=sure > 0), np.float64
        )

    @property
    def intervals(self) -> tuple[Array, Array]:
        """Wilson's interval of each share, over the samples that are confident."""
        return wilson(self.wrong.astype(np.float64), self.counts.sum(axis=1).astype(np.float64))

    @property
    def joint(self) -> Array:
        """The estimated joint distribution of given and true labels, ``(C, C)``, summing to 1.

        Each row is scaled to the samples of its label; a row without a confident sample is taken to
        be right.
        """
        rows = self.counts.astype(np.float64)
        lost = rows.sum(axis=1) == 0
        rows[lost, lost] = 1.0
        scaled = rows / rows.sum(axis=1, keepdims=True) * self.given[:, None]
        total = float(self.given.sum())
        return np.asarray(scaled / total if total else scaled)

    @property
    def result(self) -> float:
        """The estimated share of wrong labels over all classes."""
        joint = self.joint
        return float(joint.sum() - np.trace(joint))

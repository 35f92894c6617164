"""Step 5 of libraries: each way to make one number of the matches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array


@dataclass(frozen=True, eq=False, kw_only=True)
class Matched:
    """What the first four steps leave.

    Attributes
    ----------
    matches : ndarray of bool, shape (m,) or (m, L)
    labels : ndarray, shape (m,) or (m, L)
    predicted : ndarray or None
        The predicted class of each sample ``(m,)``, or marks of those in the top k ``(m, C)``;
        of many labels the decisions ``(m, L)``. None where the average does not ask for it.
    n_classes : int
    weights : ndarray, shape (m,), or None
    counted : ndarray of bool, shape (m, L), or None
        None where every element counts.
    without : int or None
        A class that is left out of the mean of classes.
    """

    matches: Array
    labels: Array
    predicted: Array | None
    n_classes: int
    weights: Array | None = None
    counted: Array | None = None
    without: int | None = None

    def split(self, samples: Array, number: int) -> Iterator[Matched]:
        """The positions of each sample by themselves, without weights."""
        for sample in range(number):
            own = samples == sample
            yield replace(self, matches=self.matches[own], labels=self.labels[own])

    def by_class(self, beyond: int) -> tuple[Array, Array]:
        """The weight that matches, and all weight, of each class."""
        right = np.zeros(max(self.n_classes, beyond))
        total = np.zeros_like(right)
        weights = np.ones(len(self.matches)) if self.weights is None else self.weights
        np.add.at(total, self.labels.astype(np.intp), weights)
        np.add.at(right, self.labels.astype(np.intp), weights * self.matches)
        return right, total


class Average:
    """A choice at step 5; this one is the mean of all that counts.

    Attributes
    ----------
    name : str
    by_predicted : bool
        Whether what is predicted anywhere matters beside the matches.
    """

    name = "mean"
    by_predicted = False

    def words(self) -> Message:
        """The choice in a few words."""
        return Message("mean")

    def of(self, matched: Matched) -> float:
        """The number."""
        matches, weights = matched.matches, matched.weights
        if matched.counted is not None:
            counted = np.count_nonzero(matched.counted)
            return float((matches & matched.counted).sum() / counted) if counted else 0.0
        if weights is None:
            return float(matches.mean()) if matches.size else 0.0
        total = weights.sum()
        return float((matches * weights).sum() / total) if total else 0.0


class _Sum(Average):
    name = "sum"

    def words(self) -> Message:
        return Message("sum of the matches")

    def of(self, matched: Matched) -> float:
        weights = 1.0 if matched.weights is None else matched.weights
        return float((matched.matches * weights).sum())


class _ClassMean(Average):
    """The mean of the classes that have labels."""

    name = "labelled_classes"

    def words(self) -> Message:
        return Message("mean of each class, then of the classes among the labels")

    def of(self, matched: Matched) -> float:
        beyond = int(matched.labels.max(initial=-1)) + 1
        right, total = matched.by_class(beyond)
        counts = self.counts(matched, total > 0)
        if matched.without is not None:
            counts[matched.without] = False
        with np.errstate(invalid="ignore"):
            each = np.where(total > 0, right / total, 0.0)
        return self.together(each[counts])

    def counts(self, matched: Matched, labelled: Array) -> Array:
        """Which classes count."""
        return labelled

    def together(self, each: Array) -> float:
        """One number of those of the classes."""
        return float(each.mean()) if each.size else 0.0


class _SeenClassMean(_ClassMean):
    name = "seen_classes"
    by_predicted = True

    def words(self) -> Message:
        return Message(
            "mean of each class, then of the classes among labels or predictions: 0 where a class "
            "is only predicted"
        )

    def counts(self, matched: Matched, labelled: Array) -> Array:
        assert matched.predicted is not None
        seen = labelled.copy()
        if matched.predicted.ndim == 2:
            seen[: matched.n_classes] |= matched.predicted.any(axis=0)
        else:
            seen[matched.predicted.astype(np.intp)] = True
        return seen


class _EveryClassMean(_ClassMean):
    name = "all_classes"

    def words(self) -> Message:
        return Message("mean of each class, then of all classes: 0 where a class has no labels")

    def counts(self, matched: Matched, labelled: Array) -> Array:
        return np.ones_like(labelled)


class _Adjusted(_ClassMean):
    name = "adjusted"

    def words(self) -> Message:
        return Message("mean of each class, then of the classes, rescaled so that chance gives 0")

    def together(self, each: Array) -> float:
        if len(each) == 1:  # divided by 0
            return float("nan") if each[0] == 1 else float("-inf")
        chance = 1 / len(each)
        return float((each.mean() - chance) / (1 - chance))


class _LabelMean(Average):
    name = "labels"

    def words(self) -> Message:
        return Message("mean of each label, then of the labels")

    def of(self, matched: Matched) -> float:
        counted = np.ones_like(matched.matches) if matched.counted is None else matched.counted
        total = counted.sum(axis=0)
        right = (matched.matches & counted).sum(axis=0)
        each = right / np.maximum(total, 1)
        shares = self.shares(matched, counted)
        return float(each @ shares / shares.sum()) if shares.any() else 0.0

    def shares(self, matched: Matched, counted: Array) -> Array:
        """What each label weighs."""
        return np.ones(counted.shape[1])


class _SeenLabelMean(_LabelMean):
    name = "seen_labels"
    by_predicted = True

    def words(self) -> Message:
        return Message("mean of each label, then of the labels that are set or predicted anywhere")

    def shares(self, matched: Matched, counted: Array) -> Array:
        seen = (matched.labels == 1) | (matched.predicted == 1)
        return np.asarray((seen & counted).any(axis=0) * 1.0)


class _WeightedLabelMean(_LabelMean):
    name = "weighted_labels"

    def words(self) -> Message:
        return Message("mean of each label, then of the labels, weighted by how often they are set")

    def shares(self, matched: Matched, counted: Array) -> Array:
        return np.asarray(((matched.labels == 1) & counted).sum(axis=0) * 1.0)


MEAN = Average()
SUM = _Sum()
LABELLED_CLASSES = _ClassMean()
SEEN_CLASSES = _SeenClassMean()
ALL_CLASSES = _EveryClassMean()
ADJUSTED = _Adjusted()
LABELS = _LabelMean()
SEEN_LABELS = _SeenLabelMean()
WEIGHTED_LABELS = _WeightedLabelMean()

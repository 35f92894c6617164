"""Sharded data with a label for each output: one-hot rows, or several labels for each sample."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.counting.per_class import PerClass, per_class
from metrics_core.datasets.blocks import Block, blocks_of
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.counting.classes import Classes, of_block
from metrics_core.datasets.shards import Shard
from metrics_core.numeric.arrays import Array
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.sweep.keys import CODINGS, settled

ROUND = tuple(sorted({*(place / 100 for place in range(101)), *map(float, range(-10, 11))}))
"""Thresholds at which each label is counted, beside those that are asked for."""


@dataclass(frozen=True, eq=False, kw_only=True)
class LabelCounts:
    """Each label on its own at some thresholds, and the classes where every row has one label.

    Attributes
    ----------
    thresholds : tuple of float
        Sorted, as scores are compared with them.
    passed : ndarray, shape (2, m + 1, C)
        Samples, or sums of weights, by label 0 or 1 and by how many thresholds the score is above.
    squares : ndarray, shape (2, m + 1, C)
        The same of squared weights.
    matched : ndarray, shape (m + 1,)
        Of the samples all of whose labels are right: what each threshold adds to the one before.
    weight, square : float
        Of all samples, and of their squares.
    low, high : float
        The lowest and the highest score.
    one_hot : bool
        Whether each row has exactly one label 1.
    classes : Classes
        Of the rows that have.
    """

    thresholds: tuple[float, ...]
    passed: Array
    squares: Array
    matched: Array
    weight: float = 0.0
    square: float = 0.0
    low: float = np.inf
    high: float = -np.inf
    one_hot: bool = True
    classes: Classes

    def merge(self, other: LabelCounts) -> LabelCounts:
        """The counts of both parts."""
        return LabelCounts(
            thresholds=self.thresholds,
            passed=self.passed + other.passed,
            squares=self.squares + other.squares,
            matched=self.matched + other.matched,
            weight=self.weight + other.weight,
            square=self.square + other.square,
            low=min(self.low, other.low),
            high=max(self.high, other.high),
            one_hot=self.one_hot and other.one_hot,
            classes=self.classes.merge(other.classes),
        )

    def place(self, limit: float) -> int:
        """The place of a threshold, or of the highest below it: -inf is the first."""
        return int(np.searchsorted(self.thresholds, limit, side="right")) - 1

    def counts(self, place: int) -> Counts:
        """Of each label at a threshold: arrays ``(C,)``."""
        (wrong, right), (zeros, ones) = self._above[:, place + 1], self._above[:, 0]
        return Counts(right, wrong, zeros - wrong, ones - right)

    def elements(self, place: int) -> Counts:
        """Of all labels together: arrays ``(1,)``."""
        return Counts(*(np.asarray(part).sum(keepdims=True) for part in self.counts(place).parts))

    def all_right(self, place: int) -> float:
        """Samples, or their weight, of which each label is right at a threshold."""
        return float(self.matched[: place + 1].sum())

    def per_label(self, place: int) -> PerClass:
        """The metrics of each label, with intervals for recall and precision."""
        squares = np.stack([self.squares[1].sum(axis=0), self.squares[:, place + 1 :].sum((0, 1))])
        return per_class(self.counts(place), squares)

    @property
    def effective_size(self) -> float:
        """Kish's effective number of samples."""
        return self.weight**2 / self.square if self.square else 0.0

    @cached_property
    def _above(self) -> Array:
        """By label, above so many thresholds or more."""
        return np.asarray(np.cumsum(self.passed[:, ::-1], axis=1)[:, ::-1])


@dataclass(frozen=True)
class CountingLabels:
    """A file, and the thresholds at which its labels are counted, beside round ones."""

    shard: Shard
    asked: Asked
    thresholds: tuple[float, ...]
    dtype: np.dtype[np.floating]


def count_labels(task: CountingLabels) -> LabelCounts:
    """Count one file."""
    limits = {float(effective_threshold(each, task.dtype)) for each in (*ROUND, *task.thresholds)}
    thresholds = (-np.inf, *sorted(limits))
    blocks = blocks_of(task.shard, task.asked)
    parts = (_counted(block, thresholds, task.asked.weighted) for block in blocks)
    n_labels, kind = len(task.asked.columns.y_pred), np.float64 if task.asked.weighted else np.int64
    zeros = np.zeros((2, len(thresholds) + 1, n_labels), kind)
    nothing = LabelCounts(
        thresholds=thresholds,
        passed=zeros,
        squares=zeros,
        matched=zeros[0, :, 0],
        classes=Classes.empty(n_labels),
    )
    return reduce(LabelCounts.merge, parts, nothing)


def _counted(block: Block, thresholds: tuple[float, ...], weighted: bool) -> LabelCounts:
    labels, scores = block.labels, block.scores
    n, n_labels = scores.shape
    coding = CODINGS[settled(scores.dtype)]
    limits = np.array([coding.floor(each) for each in thresholds], coding.floats)
    above = np.searchsorted(limits, scores.astype(coding.floats, copy=False))
    many = len(limits) + 1
    cells = ((labels * many + above) * n_labels + np.arange(n_labels)).reshape(-1)
    weight = np.ones(n) if block.weights is None else block.weights.astype(np.float64)

    def by_cell(given: Array) -> Array:
        each = np.repeat(given, n_labels) if weighted else None
        return np.bincount(cells, each, 2 * many * n_labels).reshape(2, many, n_labels)

    passed = by_cell(weight)
    first = np.where(labels, 0, above).max(axis=1)  # no label 0 is above this one, nor a later one
    last = np.where(labels, above, many).min(axis=1)  # each label 1 is above those before this one
    some = first < np.minimum(last, many - 1)
    starts, stops = (
        np.bincount(side[some], weight[some], many) for side in (first, np.minimum(last, many - 1))
    )
    single = labels.sum(axis=1) == 1
    return LabelCounts(
        thresholds=thresholds,
        passed=passed,
        squares=by_cell(np.square(weight)) if weighted else passed,
        matched=starts - stops,
        weight=float(weight.sum()),
        square=float(np.square(weight).sum()),
        low=float(scores.min()),
        high=float(scores.max()),
        one_hot=bool(single.all()),
        classes=of_block(block if single.all() else block.of_rows(single)),
    )

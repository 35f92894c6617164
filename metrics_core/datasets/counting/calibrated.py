"""Whether label 1 is as frequent in sharded data as the scores say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np

from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.rows import rows_of
from metrics_core.datasets.shards import Shard
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.calibration import EPSILON, Reliability


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Sums in bins of equal width from 0 to 1; a score belongs to the bin whose end it reaches.

    Attributes
    ----------
    sums : ndarray of float64, shape (3, n_bins)
        Weight, weight times score, and weight of label 1.
    squares, losses : float
        Sums of squared distances and of -log of the probability given to the label.
    inside : bool
        Whether all scores are from 0 to 1.
    """

    sums: Array
    squares: float = 0.0
    losses: float = 0.0
    inside: bool = True

    def merge(self, other: Calibrated) -> Calibrated:
        """The sums of both parts."""
        return Calibrated(
            self.sums + other.sums,
            self.squares + other.squares,
            self.losses + other.losses,
            self.inside and other.inside,
        )

    @property
    def result(self) -> Reliability | None:
        """What `metrics_core.sweep.reliability` says; None where a score is no probability."""
        weight, scored, positive = self.sums
        total = float(weight.sum())
        if not (self.inside and total):
            return None
        some, empty = weight > 0, np.full(len(weight), np.nan)
        return Reliability(
            edges=np.linspace(0.0, 1.0, len(weight) + 1),
            mean_score=np.divide(scored, weight, out=empty.copy(), where=some),
            share_positive=np.divide(positive, weight, out=empty, where=some),
            weight=weight,
            ece=math.fsum(np.abs(scored - positive)) / total,
            brier=self.squares / total,
            log_loss=self.losses / total,
        )


@dataclass(frozen=True)
class Calibrating:
    """A file, and into how many bins its scores go."""

    shard: Shard
    asked: Asked
    n_bins: int = 15


def calibrate(task: Calibrating) -> Calibrated:
    """Sum up one file."""
    inner = np.linspace(0.0, 1.0, task.n_bins + 1)[1:-1]
    parts = (
        _sums(block.scores, block.labels, block.weights, inner)
        for block in rows_of(task.shard, task.asked)
    )
    return reduce(Calibrated.merge, parts, Calibrated(np.zeros((3, task.n_bins))))


def _sums(given: Array, labels: Array, weights: Array | None, inner: Array) -> Calibrated:
    scores, n_bins = given.astype(np.float64), len(inner) + 1
    if len(scores) and not (scores.min() >= 0 and scores.max() <= 1):
        return Calibrated(np.zeros((3, n_bins)), inside=False)
    bins = np.searchsorted(inner, scores)
    weight = np.ones(len(scores)) if weights is None else weights.astype(np.float64)
    sums = [np.bincount(bins, part, n_bins) for part in (weight, weight * scores, weight * labels)]
    of_label = np.where(labels, scores, 1.0 - scores)
    squares = float((weight * np.square(1.0 - of_label)).sum())
    np.clip(of_label, EPSILON, 1.0 - EPSILON, out=of_label)
    return Calibrated(np.stack(sums), squares, float(-(weight * np.log(of_label)).sum()))

"""The scores of A and B over all thresholds: areas, curves and distributions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accuracy_lens.explore.compare.pair import Pair
from accuracy_lens.view.caches import Size, session_cache
from metrics_core.compare import (
    AREAS,
    Difference,
    PairedScores,
    compare_areas,
)
from metrics_core.distribution import Distribution, distribution
from metrics_core.numeric.arrays import Array
from metrics_core.sweep import Sweep, bin_means, roc

BINS = 60
CALIBRATION_BINS = 15
MOST_POINTS = 300


def scores_of(pair: Pair, class_index: int | None) -> PairedScores | None:
    """The scores of both against "is it this class"; None where there are none, or NaN."""
    data, column = pair.data, class_index
    if data.kind == "class_indices":
        return None
    a, b = pair.a.scores, pair.b.scores
    if data.kind == "sparse":
        positive = (
            data.labels[:, None] == np.arange(data.n_outputs)
            if column is None
            else data.labels == column
        )
    elif column is None or data.n_outputs == 1:
        positive = data.labels == 1
    else:
        positive = data.labels[:, column] == 1
    if a.ndim == 2 and column is not None:
        a, b = a[:, column], b[:, column]
    if any(side.dtype.kind == "f" and np.isnan(side).any() for side in (a, b)):
        return None
    weights = data.sample_weight if pair.settings[0].weighted else None
    return PairedScores(a, b, positive, weights)


@dataclass(frozen=True, eq=False, kw_only=True)
class Curves:
    """The scores of both, as they are drawn.

    Attributes
    ----------
    key : tuple
        What tells them from all others.
    areas : tuple of Difference
        Empty where only one label occurs.
    spread : pair of Distribution
    rates, precision : pair of ndarray, shape (2, m), or None
        Of each the false positive rate against the recall, and the recall against the precision.
    calibration : pair of ndarray, shape (2, m), or None
        Of each the mean score against the share of label 1 in bins; None where a score lies
        outside 0 to 1.
    share : float
        Of label 1.
    """

    key: tuple[object, ...]
    areas: tuple[Difference, ...]
    spread: tuple[Distribution, Distribution]
    rates: tuple[Array, Array] | None
    precision: tuple[Array, Array] | None
    calibration: tuple[Array, Array] | None
    share: float


def curves_of(pair: Pair, class_index: int | None, seed: int) -> Curves | None:
    """What follows from the scores alone, so that no move of the threshold touches it."""
    activations = tuple(each.activation for each in pair.settings)
    key = (*pair.key[:2], *activations, class_index, pair.settings[0].weighted)
    return _curves(key, seed, pair)


@session_cache(entries=2, size=Size(fixed=1 << 19))
def _curves(key: tuple[object, ...], seed: int, _pair: Pair) -> Curves | None:
    scores = scores_of(_pair, key[4])  # type: ignore[arg-type]
    if scores is None or (scores.weights is not None and not scores.weights.any()):
        return None
    both = scores.has_both_labels
    sweeps, found = scores.sweeps, [_drawn(sweep) for sweep in scores.sweeps if both]
    probable = all(sweep.low >= 0 and sweep.high <= 1 for sweep in sweeps)
    positives = float(sweeps[0].positives)
    return Curves(
        key=key,
        areas=tuple(compare_areas(scores, area, seed=seed) for area in AREAS) if both else (),
        spread=(_spread(scores.a, scores.positive), _spread(scores.b, scores.positive)),
        rates=(found[0][0], found[1][0]) if both else None,
        precision=(found[0][1], found[1][1]) if both else None,
        calibration=(_bins(sweeps[0]), _bins(sweeps[1])) if probable else None,
        share=positives / (positives + float(sweeps[0].negatives)),
    )


def _spread(scores: Array, positive: Array) -> Distribution:
    return distribution(scores, positive, BINS)


def _bins(sweep: Sweep) -> Array:
    return np.stack(bin_means(sweep, CALIBRATION_BINS))


def _drawn(sweep: Sweep) -> tuple[Array, Array]:
    """ROC and precision-recall curve at so many points that a screen shows no more."""
    curve = roc(sweep)
    last, even = len(curve.x) - 1, np.linspace(0.0, 1.0, MOST_POINTS)
    parts = [np.searchsorted(line, even).clip(max=last) for line in (curve.x, curve.y)]
    first = np.geomspace(1, last, MOST_POINTS // 2).astype(np.intp)
    rows = np.unique(np.concatenate([[0], *parts, first]))
    wrong, recall = curve.x[rows], curve.y[rows]
    found = recall * float(sweep.positives)
    predicted = found + wrong * float(sweep.negatives)
    precision = np.divide(found, predicted, out=np.ones(len(rows)), where=predicted > 0)
    return np.stack([wrong, recall]), np.stack([recall, precision])[:, 1:]

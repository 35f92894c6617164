"""The scores of A and B over all thresholds: areas, curves and distributions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accuracy_lens.components.threshold_lens.grid import Grid, grid_for, grid_of
from accuracy_lens.explore.compare.pair import Pair
from accuracy_lens.view.caches import Size, session_cache
from metrics_core.compare import (
    AREAS,
    Difference,
    PairedScores,
    compare_areas,
)
from metrics_core.counting.counts import Counts
from metrics_core.numeric.arrays import Array
from metrics_core.overview.distribution import Distribution, distribution
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.sweep import Sweep, bin_means, roc

BINS = 60
CALIBRATION_BINS = 15
MOST_POINTS = 300
MOST_STOPS = 600
"""More than a lens of half the width of a page has pixels."""


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


def counts_at(
    pair: Pair, class_index: int | None, side: int, threshold: float
) -> tuple[Counts, Counts]:
    """What of A (0) or of B (1) is above a threshold, and at or above it, as Keras compares.

    Both have scores; see `scores_of`.
    """
    found = scores_of(pair, class_index)
    assert found is not None
    scores, positive = (found.a, found.b)[side].reshape(-1), found.positive.reshape(-1)
    weights = None if found.weights is None else np.repeat(found.weights, found.width)
    limit = effective_threshold(threshold, scores.dtype)

    def amount(mask: Array) -> float:
        return int(np.count_nonzero(mask)) if weights is None else float(weights[mask].sum())

    ones = amount(positive)
    zeros = (len(positive) if weights is None else float(weights.sum())) - ones

    def counted(decided: Array) -> Counts:
        right = amount(decided & positive)
        wrong = amount(decided) - right
        return Counts(right, wrong, zeros - wrong, ones - right)

    return counted(scores > limit), counted(scores >= limit)


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
    stops : pair of Grid
        Where the threshold of the lenses stops: the same in both.
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
    stops: tuple[Grid, Grid]
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
        stops=_stops(sweeps),
        rates=(found[0][0], found[1][0]) if both else None,
        precision=(found[0][1], found[1][1]) if both else None,
        calibration=(_bins(sweeps[0]), _bins(sweeps[1])) if probable else None,
        share=positives / (positives + float(sweeps[0].negatives)),
    )


def _spread(scores: Array, positive: Array) -> Distribution:
    return distribution(scores, positive, BINS)


def _stops(sweeps: tuple[Sweep, Sweep]) -> tuple[Grid, Grid]:
    """Scores of both, evenly apart by their order, each counted in both."""
    every = np.unique(np.concatenate([grid_for(sweep).thresholds for sweep in sweeps]))
    even = np.linspace(0, len(every) - 1, min(len(every), MOST_STOPS)).round().astype(int)
    a, b = (grid_of(sweep, every[even]) for sweep in sweeps)
    stops = [0.5, *a.thresholds, *b.thresholds]
    return a.including(sweeps[0], stops), b.including(sweeps[1], stops)


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

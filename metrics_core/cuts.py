"""Exact results at a ladder of thresholds, from one pass over the scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.arrays import Array
from metrics_core.decision import effective_threshold
from metrics_core.kinds import Kind
from metrics_core.settings import Settings
from metrics_core.steps import Steps
from metrics_core.variant import Variant

_BLOCK = 262_144


@dataclass(frozen=True, eq=False)
class Cuts:
    """What is above each of a ladder of thresholds.

    Attributes
    ----------
    thresholds : ndarray of float64, shape (m,)
        Ascending.
    above_1, above_0 : ndarray of float64, shape (m,)
        Weight of the elements with label 1, and with label 0, whose score is above the threshold.
    all_1, all_0 : float
        Weight of all elements with label 1, and with label 0.
    """

    thresholds: Array
    above_1: Array
    above_0: Array
    all_1: float
    all_0: float

    @property
    def above(self) -> Array:
        """Weight of all elements above each threshold."""
        return self.above_1 + self.above_0


@dataclass(frozen=True, eq=False)
class CutResults:
    """A variant at every threshold of a ladder: ``(m,)`` arrays of the fraction and its parts."""

    results: Array
    totals: Array
    counts: Array


def cut(steps: Steps, thresholds: Array, *, weighted: bool = False) -> Cuts | None:
    """Count, for every threshold, the elements whose score is above it, by label.

    Parameters
    ----------
    steps : Steps
        One or several outputs a sample.
    thresholds : ndarray, shape (m,)
        Ascending and finite; each is compared as `metrics_core.decision.above` compares it.
    weighted : bool
        Whether `sample_weight` counts, where there is one.

    Returns
    -------
    Cuts or None
        None where a label is neither 0 nor 1, or the labels are class indices of several outputs.
        A score equal to a threshold is not above it; NaN is above none.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> made = cut(Steps(Predictions.of([0, 1], [0.5, 0.75])), np.array([0.4, 0.5, 0.75]))
    >>> made.above_1.tolist(), made.above_0.tolist()
    ([1.0, 1.0, 0.0], [1.0, 0.0, 0.0])
    """
    data = steps.predictions
    if data.kind in ("sparse", "class_indices"):
        return None
    scores, positive, labels = steps.scores.reshape(-1), steps.positive.reshape(-1), data.labels
    if not np.array_equal(labels.reshape(-1), positive):
        return None
    limits = np.array([effective_threshold(float(t), scores.dtype) for t in thresholds])
    weight = data.sample_weight if weighted else None
    if weight is not None:
        weight = np.repeat(weight.astype(np.float64), data.n_outputs)
    rungs = len(limits) + 1
    counts = np.zeros(2 * rungs)
    for start in range(0, len(scores), _BLOCK):
        rows = slice(start, start + _BLOCK)
        passed = np.searchsorted(limits, scores[rows], side="left")
        if scores.dtype.kind == "f":
            passed[np.isnan(scores[rows])] = 0
        passed += rungs * positive[rows]
        part = None if weight is None else weight[rows]
        counts += np.bincount(passed, weights=part, minlength=2 * rungs)
    other, ones = counts[:rungs], counts[rungs:]
    return Cuts(
        np.asarray(thresholds, np.float64),
        np.cumsum(ones[:0:-1])[::-1],
        np.cumsum(other[:0:-1])[::-1],
        float(ones.sum()),
        float(other.sum()),
    )


def cut_results(row: Variant, kind: Kind, cuts: Cuts, settings: Settings) -> CutResults | None:
    """One variant at every threshold of a ladder.

    Returns
    -------
    CutResults or None
        None where the counts by label do not tell the number: other decisions than the threshold,
        exact match, class weights, and means of batches or classes that were asked for.

    Examples
    --------
    >>> from metrics_core.catalog import CATALOG
    >>> from metrics_core.predictions import Predictions
    >>> made = cut(Steps(Predictions.of([0, 1], [0.5, 0.7])), np.array([0.4, 0.5]))
    >>> cut_results(CATALOG["binary_accuracy"], "binary", made, Settings()).results.tolist()
    [0.5, 1.0]
    """
    decided = row.decision_for(kind) == "threshold"
    plain = settings.aggregation is None and settings.class_weight is None
    if not (decided and plain) or row.comparison == "all_equal":
        return None
    below_0 = cuts.all_0 - cuts.above_0
    match row.aggregation:
        case "mean":
            totals = cuts.above_1 + below_0
            counts = np.full_like(totals, cuts.all_1 + cuts.all_0)
        case "per_class":
            shares = [
                part / whole
                for part, whole in ((cuts.above_1, cuts.all_1), (below_0, cuts.all_0))
                if whole
            ]
            totals = np.asarray(sum(shares, np.zeros_like(below_0)))
            counts = np.full_like(totals, len(shares))
        case "decided_positive":
            totals, counts = cuts.above_1, cuts.above
        case "actual_positive":
            totals, counts = cuts.above_1, np.full_like(below_0, cuts.all_1)
        case "f_beta":
            square = settings.beta**2
            totals = (1 + square) * cuts.above_1
            counts = cuts.above + square * cuts.all_1
        case _:
            return None
    results = np.divide(totals, counts, out=np.zeros_like(totals), where=counts != 0)
    return CutResults(results, totals, counts)

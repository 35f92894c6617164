"""Every variant at a ladder of thresholds, from one sweep of the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics_core.catalog.variant import Variant
from metrics_core.counting.counts import Counts
from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.settings import Settings
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.steps.shared import Steps
from metrics_core.sweep.state import Sweep
from metrics_core.sweep.views import sweep_of


@dataclass(frozen=True, eq=False)
class LadderResults:
    """A variant at every threshold of a ladder: ``(m,)`` arrays of the fraction and its parts."""

    results: Array
    totals: Array
    counts: Array


def sweep_elements(steps: Steps, weighted: bool) -> Sweep | None:
    """Sweep every element of every output, as the variants that have a threshold decide them.

    Parameters
    ----------
    steps : Steps
        One or several outputs per sample. NaN counts as minus infinity: no threshold is below it.
    weighted : bool
        Whether `sample_weight` counts, where there is one.

    Returns
    -------
    Sweep or None
        None where a label is neither 0 nor 1, or the labels are class indices of several outputs.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> sweep_elements(Steps(Predictions.of([0, 1], [np.nan, 0.75])), False).at(0.5).accuracy
    1.0
    """
    data, scores = steps.predictions, steps.scores
    if data.kind == "sparse":
        return None
    if scores.dtype.kind == "f" and np.isnan(scores.min()):
        clean = np.where(np.isnan(scores), scores.dtype.type(-np.inf), scores)
        steps = Steps(replace(data, y_pred=clean))
    return sweep_of(steps, weighted=weighted)


def counts_at(sweep: Sweep, thresholds: Sequence[float]) -> Counts:
    """The counts at finite thresholds, each compared as `decision.above` compares it.

    Examples
    --------
    >>> sweep = Sweep.of(np.array([0.3], np.float32), np.array([True]))
    >>> sweep.at(0.3).true_positives, counts_at(sweep, [0.3]).true_positives.tolist()
    (1, [0])
    """
    return sweep.at_each([float(effective_threshold(t, sweep.dtype)) for t in thresholds])


def ladder_results(
    row: Variant, kind: Kind, at: Counts, settings: Settings
) -> LadderResults | None:
    """One variant at every threshold of a ladder.

    Parameters
    ----------
    at : Counts
        Arrays ``(m,)``, see `counts_at`.

    Returns
    -------
    LadderResults or None
        None where the counts by label do not tell the number: other decisions than the threshold,
        exact match, class weights, and means of batches or classes that were asked for.

    Examples
    --------
    >>> from metrics_core.catalog.rows import CATALOG
    >>> at = counts_at(Sweep.of([0.5, 0.7], np.array([False, True])), [0.4, 0.5])
    >>> ladder_results(CATALOG["binary_accuracy"], "binary", at, Settings()).results.tolist()
    [0.5, 1.0]
    """
    swept = row.decision_for(kind).boundary == "threshold"
    plain = settings.aggregation is None and settings.class_weight is None
    if not (swept and plain) or row.comparison.by_sample:
        return None
    found = row.aggregation.from_counts(at, settings)
    if found is None:
        return None
    totals, counts = found
    results = np.divide(totals, counts, out=np.zeros_like(totals), where=counts != 0)
    return LadderResults(results, totals, counts)

"""The reject option: answer only where the highest score is above a threshold.

It is a sweep over the highest score of each row, with "predicted right" as the label: what is above
a threshold is answered, and the precision there is the accuracy of the answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.kinds import KIND_WORDS, Kind
from metrics_core.numeric.arrays import Array
from metrics_core.steps.comparison import equal
from metrics_core.steps.shared import Steps
from metrics_core.sweep.state import Sweep

KINDS: tuple[Kind, ...] = ("one_hot", "sparse")
"""The kinds with one score per class, of which the highest is predicted."""


@dataclass(frozen=True, eq=False)
class CoverageCurve:
    """Coverage and accuracy at every threshold that makes a difference.

    Attributes
    ----------
    thresholds : ndarray, shape (m + 1,)
        Ascending: minus infinity, where every row is answered, then each distinct highest score.
        Each holds from there up to the next (exclusive).
    coverage : ndarray of float64, shape (m + 1,)
        The share of rows whose highest score is above the threshold; from 1 down to 0.
    accuracy : ndarray of float64, shape (m + 1,)
        The share of the answered rows that are right; 0.0 where none is answered.
    answered : ndarray, shape (m + 1,)
        How many rows are answered, or the sum of their weights.
    """

    thresholds: Array
    coverage: Array
    accuracy: Array
    answered: Array


def rejection(steps: Steps, *, weighted: bool = False) -> Sweep:
    """Sweep the highest score of each row.

    Parameters
    ----------
    steps : Steps
        Of predictions with one score per class and one true class per row.
    weighted : bool
        Whether `sample_weight` counts, where there is one.

    Returns
    -------
    Sweep
        A row is positive where argmax is right. At a threshold, `predicted_share` of the counts is
        the coverage and `precision` the accuracy of the answers. A row without any number (all NaN)
        counts as minus infinity: it is answered at no finite threshold.

    Raises
    ------
    InputError
        For predictions of another kind.

    Examples
    --------
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([0, 1, 1], [[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])
    >>> counts = rejection(Steps(data)).at(0.7)
    >>> round(counts.predicted_share, 4), counts.precision
    (0.6667, 1.0)
    """
    data = steps.predictions
    if data.kind not in KINDS:
        raise InputError(
            "predictions",
            "must have one score per class and one true class per sample",
            KIND_WORDS[data.kind],
            "Use class indices or one-hot labels with one output per class.",
        )
    top = np.take_along_axis(steps.scores, steps.argmax[:, None], axis=1)[:, 0]
    if top.dtype.kind == "f":
        top[np.isnan(top)] = -np.inf
    right = equal(steps.true_class, steps.argmax)
    return Sweep.of(top, right, data.sample_weight if weighted else None)


def coverage_curve(sweep: Sweep) -> CoverageCurve:
    """Coverage and accuracy at every threshold.

    Parameters
    ----------
    sweep : Sweep
        As `rejection` returns it.

    Examples
    --------
    >>> curve = coverage_curve(Sweep.of(np.array([0.6, 0.8, 0.9]), np.array([False, True, True])))
    >>> curve.coverage.round(4).tolist(), curve.accuracy.round(4).tolist()
    ([1.0, 0.6667, 0.3333, 0.0], [0.6667, 1.0, 1.0, 0.0])
    """
    result = sweep.result
    counts = result.counts
    shares = (counts.predicted_share, counts.precision, counts.predicted_positive)
    return CoverageCurve(result.thresholds, *(np.asarray(part) for part in shares))

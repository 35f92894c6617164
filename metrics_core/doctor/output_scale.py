"""On what scale outputs are: shares, per cent or bytes; or decisions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from metrics_core.doctor.labels import LabelValues, label_values
from metrics_core.numeric.arrays import Array
from metrics_core.overview.summary import Summary
from metrics_core.predictions import Predictions

PER_CENT, BYTE = 100.0, 255.0
HEAD = 256
"""Rows that are looked at first where all rows must have a property."""


def scale_of(data: Predictions, summary: Summary, labels: LabelValues) -> float | None:
    """100 or 255 where the outputs seem to be shares of it, as per cent or bytes are.

    Rows of several classes must sum to 100. One output per label must reach beyond half of the
    scale, with labels 0 and 1; bytes are whole numbers. What is read as class indices must take
    ten values or more, or 0 and the end of the scale only.

    Parameters
    ----------
    summary : Summary
        Of the data.
    labels : LabelValues
        Of its labels.
    """
    low, high, outputs = summary.low, summary.high, data.outputs
    if summary.form == "probabilities" or not low >= 0:
        return None
    if data.kind in ("one_hot", "sparse"):
        sums = outputs.sum(axis=1, dtype=np.float64)
        off = np.abs(sums - PER_CENT).max()
        return PER_CENT if off <= 0.01 + 0.5 * data.n_outputs else None
    if not labels.are(0, 1) or (data.kind == "class_indices" and _are_classes(outputs)):
        return None
    return scale_up_to(high, lambda: bool((outputs == np.floor(outputs)).all()))


def scale_up_to(high: float, are_whole: Callable[[], bool]) -> float | None:
    """The scale of one output per label, by the highest one; whether all are whole is asked late.

    Examples
    --------
    >>> scale_up_to(97.5, lambda: False), scale_up_to(254.0, lambda: True), scale_up_to(12.0, bool)
    (100.0, 255.0, None)
    """
    if PER_CENT / 2 < high <= PER_CENT:
        return PER_CENT
    return BYTE if BYTE / 2 < high <= BYTE and are_whole() else None


def _are_classes(outputs: Array) -> bool:
    """Whether class indices are what they seem to be."""
    seen = label_values(outputs)
    ends = seen.are(0, PER_CENT) or seen.are(0, BYTE)
    return len(seen.values) < 10 and not ends


def are_decisions(outputs: Array, summary: Summary) -> bool:
    """Whether all outputs are 0 or 1 and both occur.

    Examples
    --------
    >>> from metrics_core.overview.summary import summarize
    >>> data = Predictions.of([0, 1], [0.0, 1.0])
    >>> are_decisions(data.outputs, summarize(data))
    True
    """
    if (summary.low, summary.high) != (0, 1) or summary.n_nan:
        return False
    head = outputs[:HEAD]
    return all(bool(((part == 0) | (part == 1)).all()) for part in (head, outputs))

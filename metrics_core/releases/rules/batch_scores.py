"""Precision and its kin: one number per batch in Keras 1."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.rules.arithmetic import Computed
from metrics_core.releases.rules.refusal import refuse
from metrics_core.releases.rules.release import Release
from metrics_core.releases.rules.shapes import together

ONE_NUMBER = frozenset({"precision", "recall", "fbeta_score", "fmeasure", "matthews_correlation"})
"""The functions that give one number per batch, from which no sample can be told."""
_EPSILON = np.float32(1e-7)


def precision(labels: Array, outputs: Array, row: Release) -> Computed:
    """Share of the outputs rounded to 1 whose label is 1, with a small number added below."""
    return _batch(_share(labels, outputs, outputs))


def recall(labels: Array, outputs: Array, row: Release) -> Computed:
    """Share of the labels of 1 whose output rounds to 1, with a small number added below."""
    return _batch(_share(labels, outputs, labels))


def fbeta_score(labels: Array, outputs: Array, row: Release, beta: float = 1) -> Computed:
    """Weighted harmonic mean of precision and recall."""
    if beta < 0:
        refuse("`beta` must not be below 0; it is {beta}.", beta=beta)
    right, found = _share(labels, outputs, outputs), _share(labels, outputs, labels)
    square = np.float32(beta**2)
    above = (1 + square) * (right * found)
    return _batch(above / (square * right + found + _EPSILON))


def fmeasure(labels: Array, outputs: Array, row: Release) -> Computed:
    """Give the F-score with beta 1."""
    return fbeta_score(labels, outputs, row)


def matthews_correlation(labels: Array, outputs: Array, row: Release) -> Computed:
    """Correlate rounded outputs with rounded labels."""
    together(labels.shape, outputs.shape)
    ones, hits = _clipped(labels), _clipped(outputs)
    tp, tn = (ones * hits).sum(), ((1 - ones) * (1 - hits)).sum()
    fp, fn = ((1 - ones) * hits).sum(), (ones * (1 - hits)).sum()
    below = np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    return _batch((tp * tn - fp * fn) / (below + _EPSILON))


def _batch(value: Array) -> Computed:
    return Computed(np.asarray(value, dtype=np.float32), "batch")


def _clipped(values: Array) -> Array:
    return np.asarray(np.rint(np.clip(values, 0, 1)))


def _share(labels: Array, outputs: Array, among: Array) -> Array:
    together(labels.shape, outputs.shape)
    return np.asarray(_clipped(labels * outputs).sum() / (_clipped(among).sum() + _EPSILON))

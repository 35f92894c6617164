"""Precision and its kin: one number per batch in Keras 1, counts over all batches in Keras 3."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.arithmetic import Computed
from metrics_core.releases.refusal import refuse
from metrics_core.releases.release import Release
from metrics_core.releases.shapes import same_rank, together

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


def counted(name: str, labels: Array, outputs: Array, weights: Array | None) -> tuple[float, float]:
    """Count one batch for precision or recall over all elements, as the classes of Keras 3 do.

    Parameters
    ----------
    name : {"Precision", "Recall"}
    labels, outputs : ndarray
        Flattened and broadcast. Labels other than 0 count as 1, and outputs above 0.5.
    weights : ndarray or None
        ``(n,)`` or ``(n, t)``; broadcast to the outputs after one more axis is added.

    Returns
    -------
    hits, among : float
        The weight of the hits, and of what was predicted 1 (precision) or is labelled 1 (recall).

    Examples
    --------
    >>> counted("Precision", np.array([1.0, 0.0]), np.array([0.9, 0.8]), None)
    (1.0, 2.0)
    """
    outputs, labels = same_rank(outputs, labels)
    each = np.ones(outputs.shape)
    if weights is not None:
        weights = weights[..., None]
        if weights.ndim == labels.ndim + 1:
            weights = weights[..., 0]
        if together(weights.shape, outputs.shape) != outputs.shape:
            refuse("Weights of shape {shape} do not fit the outputs.", shape=weights.shape)
        each = np.broadcast_to(weights, outputs.shape)
    actual, predicted = labels.reshape(-1) != 0, outputs.reshape(-1) > np.float32(0.5)
    together(actual.shape, predicted.shape)
    both = actual & predicted
    among = both | (predicted if name == "Precision" else actual)
    hits = np.where(both, each.reshape(-1), 0).sum()
    return float(hits), float(np.where(among, each.reshape(-1), 0).sum())


def _batch(value: Array) -> Computed:
    return Computed(np.asarray(value, dtype=np.float32), "batch")


def _clipped(values: Array) -> Array:
    return np.asarray(np.rint(np.clip(values, 0, 1)))


def _share(labels: Array, outputs: Array, among: Array) -> Array:
    together(labels.shape, outputs.shape)
    return np.asarray(_clipped(labels * outputs).sum() / (_clipped(among).sum() + _EPSILON))

"""Loops that follow our rules row by row, compiled by numba: what an optional extra would win.

Ties, NaN, infinities, the sign of zero and classes out of range count as they do here, so that the
times are of the same answer.
"""

from __future__ import annotations

import numba
import numpy as np

from metrics_core.numeric.arrays import Array


@numba.njit
def binary_hits(labels: Array, outputs: Array, threshold: float) -> int:
    """How many samples are decided right."""
    hits = 0
    for row in range(len(labels)):
        hits += (outputs[row] > threshold) == labels[row]
    return hits


@numba.njit
def area_of_keys(keys: Array) -> float:
    """The area under the ROC curve of sorted keys: score, label in the lowest bit."""
    twice, below, zeros, ones, last = 0.0, 0, 0, 0, keys[0] >> 1
    total = 0
    for row in range(len(keys)):
        score = keys[row] >> 1
        if score != last:
            twice += ones * (2.0 * below + zeros)
            below, total, zeros, ones, last = below + zeros, total + ones, 0, 0, score
        ones += keys[row] & 1
        zeros += 1 - (keys[row] & 1)
    twice += ones * (2.0 * below + zeros)
    return twice / (2.0 * (total + ones) * (below + zeros))


@numba.njit(error_model="numpy")
def argmax_hits(labels: Array, outputs: Array) -> int:
    """How many rows have their highest score at the label; NaN is none, -0.0 is below 0.0."""
    hits = 0
    for row in range(len(labels)):
        best, chosen = np.finfo(np.float32).min, 0
        for column in range(outputs.shape[1]):
            score = outputs[row, column]
            if score > best or (score == 0 and best == 0 and 1 / score > 1 / best):
                best, chosen = score, column
        hits += chosen == labels[row]
    return hits


@numba.njit
def ranks(labels: Array, outputs: Array) -> Array:
    """How many rows have so many scores above that of the label; last, those that have no rank."""
    n_classes = outputs.shape[1]
    counts = np.zeros(n_classes + 1, np.int64)
    largest = np.finfo(np.float32).max
    for row in range(len(labels)):
        rank = n_classes
        if 0 <= labels[row] < n_classes:
            own, above, odd = outputs[row, labels[row]], np.int32(0), np.int32(0)
            for column in range(n_classes):
                above += np.int32(outputs[row, column] > own)
                odd += np.int32(not abs(outputs[row, column]) <= largest)
            if odd == 0:
                rank = above
        counts[rank] += 1
    return counts


@numba.njit
def confusion(labels: Array, decided: Array, n_classes: int) -> Array:
    """The counts of each pair of classes.

    Raises
    ------
    ValueError
        For a class out of range.
    """
    counts = np.zeros((n_classes, n_classes), np.int64)
    for row in range(len(labels)):
        true, predicted = labels[row], decided[row]
        if not (0 <= true < n_classes and 0 <= predicted < n_classes):
            raise ValueError("class out of range")
        counts[true, predicted] += 1
    return counts

"""The loops that one would write by hand, compiled by numba: what numpy alone is up against."""

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


@numba.njit
def argmax_hits(labels: Array, outputs: Array) -> int:
    """How many rows have their highest score at the label."""
    hits = 0
    for row in range(len(labels)):
        best, chosen = outputs[row, 0], 0
        for column in range(1, outputs.shape[1]):
            if outputs[row, column] > best:
                best, chosen = outputs[row, column], column
        hits += chosen == labels[row]
    return hits


@numba.njit
def ranks(labels: Array, outputs: Array) -> Array:
    """How many rows have so many scores above that of the label."""
    counts = np.zeros(outputs.shape[1], np.int64)
    for row in range(len(labels)):
        own, rank = outputs[row, labels[row]], 0
        for column in range(outputs.shape[1]):
            rank += outputs[row, column] > own
        counts[rank] += 1
    return counts


@numba.njit
def confusion(labels: Array, decided: Array, n_classes: int) -> Array:
    """The counts of each pair of classes."""
    counts = np.zeros((n_classes, n_classes), np.int64)
    for row in range(len(labels)):
        counts[labels[row], decided[row]] += 1
    return counts

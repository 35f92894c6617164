"""How a release puts values, batches and sample weights together into one number."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.releases.rules.refusal import refuse
from metrics_core.releases.rules.release import Release
from metrics_core.releases.rules.shapes import same_rank, squeezed, together

Parts = tuple[Array, Array]
"""What each sample adds to the total, and what it adds to the count."""


def parts(values: Array, weights: Array | None, row: Release) -> Parts:
    """Split what a metric function returned into what each sample adds to total and count.

    Parameters
    ----------
    values : ndarray
        What the function returned: one number, or samples along the first axis.
    weights : ndarray or None
        One number, ``(n,)``, or more axes.

    Returns
    -------
    total, count : ndarray, shape (m,)
        `m` samples, or 1 for a function that returned one number. Under ``share_of_nonzero`` the
        count says how many weights are not zero.
    """
    if weights is None:
        return _unweighted(values, row)
    match row.weighting:
        case "share_of_nonzero":
            score = values.mean(axis=tuple(range(weights.ndim, values.ndim)), dtype=np.float32)
            return _flat(_product(score, weights), _flags(weights))
        case "samplewise":
            return _samplewise(values, weights, row)
        case _:
            return _broadcast(values, weights, row)


def run(totals: Array, counts: Array, lengths: Array, row: Release) -> float:
    """Put the batches together.

    Parameters
    ----------
    totals, counts : ndarray, shape (b,)
        What each batch adds, float32.
    lengths : ndarray of int, shape (b,)
        How many samples each batch has.

    Returns
    -------
    float
        ``by_length``: batch values in float32, their mean weighted by length in float64.
        ``float32``: total over count, both added up in float32.
    """
    if row.totals == "by_length":
        batch = _shares(totals, counts, row).astype(np.float64)
        return float(np.cumsum(batch * lengths)[-1] / lengths.sum())
    return float(_shares(np.cumsum(totals)[-1], np.cumsum(counts)[-1], row))


def batch_sums(each: Array, starts: Array) -> Array:
    """Add up samples batch by batch; exactly, then rounded once to float32.

    Examples
    --------
    >>> batch_sums(np.array([1.0, 1.0, 0.0]), np.array([0, 2])).tolist()
    [2.0, 0.0]
    """
    return np.add.reduceat(each.astype(np.float64), starts).astype(np.float32)


def weight_columns(weights: Array, outputs: Array, row: Release) -> Array:
    """Give (n,) weights the second axis that ``evaluate`` of a release gives them."""
    adds = row.weights_become_columns == "always" or (
        row.weights_become_columns == "matrix_outputs" and outputs.ndim == 2
    )
    return weights[:, None] if adds and weights.ndim == 1 else weights


def _shares(totals: Array, counts: Array, row: Release) -> Array:
    if row.small_counts == "raised":
        counts = np.maximum(counts, np.float32(1e-7))
    empty = counts <= 0 if row.small_counts == "empty" else counts == 0
    return np.where(empty, np.float32(row.empty_total), totals / counts)


def follow(weights: Array, rank: int) -> Array:
    """Give weights the rank of the outputs where theirs differs by an axis.

    Examples
    --------
    >>> follow(np.ones(3), 2).shape, follow(np.ones((3, 1)), 1).shape
    ((3, 1), (3,))
    """
    if weights.ndim and weights.ndim == rank + 1:
        return squeezed(weights)
    return weights[..., None] if weights.ndim and weights.ndim == rank - 1 else weights


def _unweighted(values: Array, row: Release) -> Parts:
    if row.weighting == "samplewise" or values.ndim == 0:
        total = _sample_means(values).reshape(-1)
        return total, np.ones(total.shape, np.float32)
    table = values.reshape(len(values), -1)
    total = table.sum(axis=1, dtype=np.float64)
    return total, np.full(total.shape, table.shape[1], np.float32)


def _samplewise(values: Array, weights: Array, row: Release) -> Parts:
    values, weights = same_rank(values, weights, expand=row.aligns_ranks == "expand")
    values_rank, rank = values.ndim, weights.ndim
    if values_rank > rank:
        values = values.mean(axis=tuple(range(rank, values_rank)), dtype=np.float32)
    if not row.weights_stretch:
        product = _product(values, weights)
        count = _sample_means(weights) if values_rank > 1 else weights
        return _flat(_sample_means(product), count)
    if together(weights.shape, values.shape) != values.shape:
        refuse("Weights of shape {shape} do not fit one number per batch.", shape=weights.shape)
    weights = np.broadcast_to(weights, values.shape)
    product = _product(values, weights)
    count = _sample_means(weights) if rank > 1 else weights
    return _flat(_sample_means(product), count)


def _broadcast(values: Array, weights: Array, row: Release) -> Parts:
    if weights.ndim == 0:
        total = np.asarray(values * weights)
        if row.scalar_weight_counts_once:
            return np.asarray([total.sum()]), weights.reshape(1)
        return _flat(total, np.broadcast_to(weights, total.shape))
    if values.ndim == 0 and weights.ndim == 1 and row.scalar_takes_weights:
        values = values.reshape(1)
    elif weights.ndim == values.ndim + 1:
        weights = squeezed(weights)
    elif values.ndim == weights.ndim + 1:
        weights = weights[..., None]
    if weights.ndim == values.ndim and all(
        size in {1, other} for size, other in zip(weights.shape, values.shape, strict=True)
    ):
        weights = np.broadcast_to(weights, values.shape)
    else:
        values = values.mean(axis=tuple(range(weights.ndim, values.ndim)), dtype=np.float32)
    return _flat(_product(values, weights), weights)


def _product(values: Array, weights: Array) -> Array:
    together(values.shape, weights.shape)
    return np.asarray(values * weights)


def _sample_means(values: Array) -> Array:
    if values.ndim < 2:
        return values
    return np.asarray(values.mean(axis=tuple(range(1, values.ndim)), dtype=np.float32))


def _flags(weights: Array) -> Array:
    return np.asarray(weights != 0, dtype=np.float32)


def _flat(total: Array, count: Array) -> Parts:
    return _per_sample(total), _per_sample(count)


def _per_sample(values: Array) -> Array:
    if values.ndim == 0:
        return values.reshape(1)
    return np.asarray(values.reshape(len(values), -1).sum(axis=1, dtype=np.float64))

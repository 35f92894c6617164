"""The mean of the means of batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.steps.aggregation.mean import Mean
from metrics_core.steps.aggregation.total import Total


@dataclass(frozen=True)
class BatchMeans(Mean):
    """The mean of the means of batches: a short last batch counts as much as a full one.

    Examples
    --------
    >>> BatchMeans.of_batches(np.array([1.0, 1.0, 0.0]), 2).result
    0.5
    """

    @classmethod
    def of_batches(cls, values: Array, batch_size: int, weights: Array | None = None) -> Self:
        """State of values ``(n,)`` cut into batches in order.

        Parameters
        ----------
        batch_size : int
            1 or more. The last batch may be shorter. Merge states at batch borders only.
        """
        means = batch_means(values, batch_size, weights)
        return cls(Total.of(means), Total(float(len(means))))


def batch_means(values: Array, batch_size: int, weights: Array | None = None) -> Array:
    """The mean of each batch, 0.0 where nothing in it counts; see `BatchMeans.of_batches`.

    Examples
    --------
    >>> batch_means(np.array([1.0, 1.0, 0.0]), 2).tolist()
    [1.0, 0.0]
    """
    if batch_size < 1:
        raise InputError("batch_size", "must be at least 1", batch_size, "Keras's default is 32.")
    starts = np.arange(0, len(values), batch_size)
    wide = values.astype(np.float64)
    if weights is None:
        counts = np.diff(np.append(starts, len(values))).astype(np.float64)
    else:
        wide = wide * weights
        counts = np.add.reduceat(weights.astype(np.float64), starts)
    totals = np.add.reduceat(wide, starts)
    means: Array = np.divide(totals, counts, out=np.zeros_like(totals), where=counts != 0)
    return means

"""What is known of a model at the end of an epoch."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.live_keras.datasets import Dataset
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions

MAX_KEPT = 50_000
"""Outputs that are kept of each epoch: samples times units; the first rows."""
ROWS_AT_ONCE = 4_096
"""Rows of one call of `predict`, and of training samples evaluated at an epoch's end."""
GRID = 60
"""Points a side at which the decision boundary of flat data is asked for."""


@dataclass(frozen=True, eq=False, kw_only=True)
class EpochReport:
    """What is known at the end of an epoch; plain values and arrays, fit to be pickled.

    Attributes
    ----------
    epoch : int
        From 1; 0 is the model before training.
    logs : dict of str to float
        What Keras prints for the epoch: the running means of training by the metrics' names, and
        ``val_...``. Empty for epoch 0.
    train, val : dict of str to float
        What `evaluate` gives for the weights at the end of the epoch: on the training samples (the
        first 4,096, in one batch) and on the validation set (in batches as for training).
    outputs : ndarray of float32, shape (n, units)
        What `predict` gives for the validation set, 4,096 rows at once; the first rows, up to
        50,000 numbers.
    labels : ndarray
        Their labels as fed, shape (n,) or (n, classes).
    kind : {"one_hot", "sparse", "binary"}
        What labels and outputs are together.
    class_names : tuple of str
    boundary : ndarray of float32 or None, shape (60, 60, units)
        Outputs over the plane, see `boundary_points`; None unless the data are flat.
    warned : tuple of str
        What Keras has warned of so far, one line each.
    seconds : float
        Since the start of the run.
    """

    epoch: int
    logs: dict[str, float]
    train: dict[str, float]
    val: dict[str, float]
    outputs: Array = field(repr=False)
    labels: Array = field(repr=False)
    kind: Kind
    class_names: tuple[str, ...]
    boundary: Array | None = field(repr=False)
    warned: tuple[str, ...]
    seconds: float

    def predictions(self) -> Predictions:
        """Labels and outputs as every other page takes them."""
        return Predictions.of(
            self.labels, self.outputs, kind=self.kind, class_names=self.class_names
        )


def boundary_points(data: Dataset) -> tuple[Array, Array]:
    """The points of the plane at which the outputs of flat data are asked for.

    Returns
    -------
    tuple of ndarray of float32
        60 points along the first input and 60 along the second, as the data come, a little beyond
        the samples. ``boundary[j, i]`` is the output at the i-th of the first and the j-th of the
        second.

    Examples
    --------
    >>> from metrics_core.live_keras.datasets import dataset
    >>> [len(points) for points in boundary_points(dataset("moons"))]
    [60, 60]
    """
    both = np.concatenate([data.x_train, data.x_val])
    low, high = both.min(axis=0), both.max(axis=0)
    margin = (high - low) * 0.05
    first, second = np.linspace(low - margin, high + margin, GRID, dtype=np.float32).T
    return first, second

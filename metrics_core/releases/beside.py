"""What ``evaluate`` of a release prints for a metric class that is compiled beside accuracy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from metrics_core.numeric.arrays import Array
from metrics_core.releases.counted.metrics import counted_metric
from metrics_core.releases.names import find_release
from metrics_core.releases.preparing import take
from metrics_core.releases.ran_beside import counting_of
from metrics_core.releases.rules import aggregate, inputs
from metrics_core.releases.rules.refusal import KerasRefusal
from metrics_core.releases.rules.release import Loss


@inputs.QUIET
def metric_beside(
    name: str,
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    release: str,
    loss: Loss,
    batch_size: int = 32,
    sample_weight: npt.ArrayLike | None = None,
    weighted: bool = False,
    **options: Any,
) -> Array:
    """Compute what a release prints for ``metrics=["accuracy", keras.metrics.NAME(...)]``.

    Parameters
    ----------
    name : str
        ``Precision``, ``Recall``, ``AUC``, ``PrecisionAtRecall``, ``F1Score``, ``FBetaScore``,
        ``BinaryIoU`` or ``MeanIoU``.
    y_true, y_pred, release, loss, batch_size, sample_weight, weighted
        As for `compiled_accuracy`.
    **options
        Arguments of the class.

    Returns
    -------
    ndarray of float32
        One number, or one per column for an F-score without average.

    Raises
    ------
    KerasRefusal
        Where the release raises an error, or lacks the class or the argument.
    InputError
        As `compiled_accuracy`.

    Examples
    --------
    >>> data = {"y_true": [0, 1, 1, 0], "y_pred": [0.501, 0.502, 0.9, 0.2]}
    >>> asked = {"release": "keras-3.15.1", "loss": "binary_crossentropy"}
    >>> print(metric_beside("Precision", **data, **asked))
    0.6666667
    >>> float(metric_beside("AUC", **data, **asked)), float(
    ...     metric_beside("AUC", **data, **asked, num_thresholds=2000)
    ... )
    (0.875, 1.0)
    """
    row = find_release(release)
    rules = counting_of(row.name)
    if name not in rules.classes:
        raise KerasRefusal(
            "missing", "{release} has no metric class `{name}`.", release=row.title, name=name
        )
    for option in options:
        if (name, option) in rules.absent:
            raise KerasRefusal(
                "missing",
                "`{name}` of {release} has no argument `{option}`.",
                name=name,
                release=row.title,
                option=option,
            )
    if name in rules.refused:
        raise KerasRefusal(
            "compile",
            "{release} was run on TensorFlow 1.15, where it refuses `{name}`.",
            release=row.title,
            name=name,
        )
    given = take(y_true, y_pred, sample_weight, row, loss, "string", batch_size)
    given.check(row, loss, "string", None)
    weights = given.weights if weighted else None
    if weights is not None:
        weights = aggregate.weight_columns(weights, given.outputs, row)
    labels, outputs, lengths = given.labels, given.outputs, given.lengths
    value = counted_metric(name, options, labels, outputs, weights, lengths, rules)
    return value.astype(np.float32)

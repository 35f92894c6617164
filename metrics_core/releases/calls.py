"""Metric functions and metric classes of a release, called directly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from metrics_core.numeric.arrays import Array
from metrics_core.releases.evaluating import over_batches
from metrics_core.releases.names import find_release
from metrics_core.releases.rules import inputs
from metrics_core.releases.rules.functions import CLASS_FUNCTIONS, Metric, missing, named
from metrics_core.releases.rules.refusal import KerasRefusal, while_calling
from metrics_core.releases.rules.release import Release

_OPTIONS = {"threshold": "binary", "k": "top_k", "beta": "fbeta"}


@inputs.QUIET
def call_function(
    name: str, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, *, release: str, **options: float
) -> Array:
    """Call a metric function of a release, outside of ``compile``.

    Parameters
    ----------
    name : str
        ``accuracy``, ``binary_accuracy``, ``categorical_accuracy``,
        ``sparse_categorical_accuracy``, the top-k functions, ``mean_absolute_error``,
        ``mean_squared_error``, the five further functions of Keras 1, or ``mean_pred``.
    y_true, y_pred : array_like
        Any shape and numeric dtype; nothing is cast or aligned unless the release does it.
    release : str
        A name of `release_names`.
    **options : float
        ``threshold``, ``k`` or ``beta``, where the function takes it.

    Returns
    -------
    ndarray
        As the release returns it: one mean, one number per row, or one per element.

    Raises
    ------
    KerasRefusal
        Where the release raises an error or has no such function.
    InputError
        For an unknown release.

    Examples
    --------
    >>> asked = {"y_true": np.float32([2, 1]), "y_pred": np.float32([2.5, 1.5])}
    >>> float(call_function("binary_accuracy", **asked, release="keras-2.2.4"))
    0.5
    >>> call_function("binary_accuracy", **asked, release="keras-3.15.1").tolist()
    [0.0, 1.0]
    """
    row = find_release(release)
    metric = named(name, row)
    if metric is None:
        raise missing("function", name, row)
    own = Metric(name, metric.function, metric.options | options)
    _check_options(own, options, row)
    labels, outputs = inputs.numbers("y_true", y_true), inputs.numbers("y_pred", y_pred)
    with while_calling():
        return own.compute(labels, outputs, row).collapse()


@inputs.QUIET
def run_class(
    name: str,
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    release: str,
    batch_size: int | None = None,
    sample_weight: npt.ArrayLike | None = None,
    **options: float,
) -> float:
    """Run a metric class of a release: ``update_state`` batch by batch, then ``result``.

    Parameters
    ----------
    name : str
        ``Accuracy``, ``BinaryAccuracy``, ``CategoricalAccuracy``, ``SparseCategoricalAccuracy``,
        ``TopKCategoricalAccuracy``, ``SparseTopKCategoricalAccuracy``, ``MeanAbsoluteError`` or
        ``MeanSquaredError``.
    y_true, y_pred : array_like
        Samples along the first axis; cast to float32 by the class.
    release : str
        A name of `release_names`.
    batch_size : int or None
        None for everything in one batch.
    sample_weight : array_like or None
        One number, ``(n,)``, or more axes.
    **options : float
        ``threshold`` or ``k``, where the class takes it.

    Raises
    ------
    KerasRefusal
        Where the release raises an error or has no such class.
    InputError
        For an unknown release, a batch size below 1 or no samples.

    Examples
    --------
    >>> data = {"y_true": [[1], [0]], "y_pred": [[0.9], [0.8]]}
    >>> run_class("BinaryAccuracy", **data, release="keras-3.15.1", sample_weight=[3, 1])
    0.75
    """
    row = find_release(release)
    if name not in row.classes:
        raise missing("class", name, row)
    metric = Metric(name, CLASS_FUNCTIONS[name], dict(options))
    _check_options(metric, options, row)
    if row.threshold_inside and not 0 < options.get("threshold", 0.5) < 1:
        raise KerasRefusal(
            "call",
            "The threshold of `{name}` must lie between 0 and 1; it is {threshold}.",
            name=name,
            threshold=options["threshold"],
        )
    labels = inputs.numbers("y_true", y_true).astype(np.float32)
    outputs = inputs.numbers("y_pred", y_pred).astype(np.float32)
    weights = None
    if sample_weight is not None:
        weights = inputs.numbers("sample_weight", sample_weight).astype(np.float32)
    inputs.check_lengths(labels, outputs, weights if weights is not None and weights.ndim else None)
    lengths = inputs.batch_lengths(len(outputs), batch_size or len(outputs))
    if row.totals == "by_length":
        row = replace(row, totals="float32", weighting="broadcast")
    with while_calling():
        compute = metric.compute_in_class
        return over_batches(metric, compute, labels, outputs, weights, lengths, row)[0]


def _check_options(metric: Metric, options: dict[str, float], row: Release) -> None:
    for option in options:
        takes = option in _OPTIONS and _OPTIONS[option] in metric.function
        if not takes or (option == "threshold" and not row.threshold_argument):
            raise KerasRefusal(
                "call",
                "`{name}` of {release} has no argument `{option}`.",
                name=metric.name,
                release=row.title,
                option=option,
            )

"""Losses and calibration errors, as metrics with their code."""

from __future__ import annotations

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.metric import Metric

BRIER = Metric(
    name="brier",
    title=Message("Brier score"),
    compared=Message("squared distance of score and label"),
    averaged=Message("mean"),
    numpy=("result = float(np.average((y_pred.astype(float) - (y_true == 1)) ** 2, weights=w))",),
)
_CLIPPED = "p = np.clip(y_pred.astype(float), 1e-7, 1 - 1e-7)"
LOG_LOSS = Metric(
    name="log_loss",
    title=Message("Log loss (binary cross-entropy)"),
    compared=Message("minus the logarithm of the probability of the label"),
    averaged=Message("mean"),
    numpy=(
        _CLIPPED,
        "result = float(np.average(-np.log(np.where(y_true == 1, p, 1 - p)), weights=w))",
    ),
    library=(
        "import keras",
        "",
        "metric = keras.metrics.BinaryCrossentropy()",
        "result = float(metric(y_true.reshape(-1, 1), y_pred.reshape(-1, 1){weight}))",
    ),
)


def calibration_error(bins: int) -> Metric:
    """How far mean scores are from the share of label 1, over bins of equal width.

    Examples
    --------
    >>> str(calibration_error(15).title)
    'Expected calibration error, 15 bins'
    """
    return Metric(
        name="calibration_error",
        title=Message("Expected calibration error, {bins} bins", {"bins": bins}),
        compared=Message("mean score against the share of label 1, in bins of equal width"),
        averaged=Message("mean over the bins, weighted by their samples"),
        numpy=(
            f"edges = np.linspace(0, 1, {bins} + 1)[1:-1]",
            "at = np.searchsorted(edges, y_pred.astype(float), side='left')",
            f"scored = np.bincount(at, w * y_pred, {bins})",
            f"ones = np.bincount(at, w * (y_true == 1), {bins})",
            "result = float(np.abs(scored - ones).sum() / w.sum())",
        ),
    )


def confidence_error(bins: int) -> Metric:
    """How far the highest probability is from how often it is right, over bins of equal width.

    Notes
    -----
    Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, 2017.

    Examples
    --------
    >>> str(confidence_error(15).title)
    'Expected calibration error of the confidence, 15 bins'
    """
    return Metric(
        name="confidence_error",
        title=Message("Expected calibration error of the confidence, {bins} bins", {"bins": bins}),
        compared=Message("highest output against the share that is right, in bins of equal width"),
        averaged=Message("mean over the bins, weighted by their samples"),
        labels="classes",
        numpy=(
            "sure = y_pred.max(axis=1).astype(float)",
            "right = np.argmax(y_pred, axis=1) == y_true",
            f"at = np.searchsorted(np.linspace(0, 1, {bins} + 1)[1:-1], sure, side='left')",
            f"gaps = np.bincount(at, w * (sure - right), {bins})",
            "result = float(np.abs(gaps).sum() / w.sum())",
        ),
    )


CROSS_ENTROPY = Metric(
    name="cross_entropy",
    title=Message("Log loss (categorical cross-entropy)"),
    compared=Message("minus the logarithm of the probability of the true class"),
    averaged=Message("mean"),
    labels="classes",
    numpy=(
        "p = y_pred / y_pred.sum(axis=1, dtype=float, keepdims=True)  # as Keras does",
        "p = np.clip(p[np.arange(len(p)), y_true.astype(int)], 1e-7, 1 - 1e-7)",
        "result = float(np.average(-np.log(p), weights=w))",
    ),
    library=(
        "import keras",
        "",
        "metric = keras.metrics.SparseCategoricalCrossentropy()",
        "result = float(metric(y_true, y_pred{weight}))",
    ),
)
BRIER_OF_CLASSES = Metric(
    name="brier_of_classes",
    title=Message("Brier score, summed over the classes"),
    compared=Message("squared distance of every score from its label"),
    averaged=Message("sum over the classes, mean over the samples"),
    labels="elements",
    numpy=(
        "squares = (y_pred.astype(float) - (y_true == 1)) ** 2",
        "result = float(np.average(squares.sum(axis=1), weights=w))",
    ),
)

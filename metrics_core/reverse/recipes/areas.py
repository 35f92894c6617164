"""Areas under curves and losses, as metrics with their code."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metric import Metric

_PAIRS = Message("each score of label 1 against each of label 0")
_ROC = (
    "def area(ones, scores, w):",
    "    order = np.argsort(-scores, kind='stable')",
    "    last = np.append(np.diff(scores[order]) != 0, True)  # equal scores together",
    "    found = np.append(0, np.cumsum((w * ones)[order])[last])",
    "    wrong = np.append(0, np.cumsum((w * ~ones)[order])[last])",
    "    height = (found[1:] + found[:-1]) / 2 / found[-1]",
    "    return np.sum(np.diff(wrong / wrong[-1]) * height)",
    "",
)
_PRECISION = (
    "def area(ones, scores, w):",
    "    order = np.argsort(-scores, kind='stable')",
    "    last = np.append(np.diff(scores[order]) != 0, True)  # equal scores together",
    "    found = np.cumsum((w * ones)[order])[last]",
    "    wrong = np.cumsum((w * ~ones)[order])[last]",
    "    share = found / np.maximum(found + wrong, 1e-300)",
    "    return np.sum(np.diff(np.append(0, found)) * share) / found[-1]",
    "",
)
_SINGLE = "result = float(area(y_true == 1, y_pred, w))"
_KERAS_COUNTS = (
    "scores = np.clip(y_pred.astype(np.float32), 0, 1)",
    "buckets = np.maximum(np.ceil(scores * np.float32(199)) - 1, 0).astype(int)",
    "found = np.bincount(buckets, w * (y_true != 0), 200)[::-1].cumsum()[::-1]",
    "wrong = np.bincount(buckets, w * (y_true == 0), 200)[::-1].cumsum()[::-1]",
)
_KERAS_ROC = (
    *_KERAS_COUNTS,
    "recall, fallout = found / found[0], wrong / wrong[0]",
    "heights = (recall[1:] + recall[:-1]) / 2",
    "result = float(np.sum((fallout[:-1] - fallout[1:]) * heights))",
)
_KERAS_PR = (
    *_KERAS_COUNTS,
    "above, gained = found + wrong, found[:-1] - found[1:]",
    "share = lambda a, b: np.divide(a, b, out=np.zeros(len(a)), where=b > 0)",
    "slope = share(gained, above[:-1] - above[1:])",
    "rest = found[1:] - slope * above[1:]",
    "both = (above[:-1] > 0) & (above[1:] > 0)",
    "ratio = np.where(both, above[:-1] / np.maximum(above[1:], 1e-300), 1)",
    "result = float(np.sum(slope * (gained + rest * np.log(ratio))) / found[0])",
)


def _keras(arguments: str) -> tuple[str, ...]:
    return (
        "import keras",
        "",
        f"metric = keras.metrics.AUC({arguments})",
        "result = float(metric(y_true, y_pred{weight}))",
    )


def _sklearn(function: str) -> tuple[str, ...]:
    return (
        f"from sklearn.metrics import {function}",
        "",
        f"result = float({function}(y_true, y_pred{{weight}}))",
    )


AUC = Metric(
    name="auc",
    title=Message("AUC (area under the ROC curve)"),
    compared=_PAIRS,
    averaged=Message("share of the pairs in the right order, ties counting half"),
    numpy=(*_ROC, _SINGLE),
    library=_sklearn("roc_auc_score"),
)
AVERAGE_PRECISION = Metric(
    name="average_precision",
    title=Message("Average precision (area under precision and recall, AUC-PR)"),
    compared=Message("precision at every score of label 1"),
    averaged=Message("mean over the samples with label 1"),
    numpy=(*_PRECISION, _SINGLE),
    library=_sklearn("average_precision_score"),
)
KERAS_AUC = Metric(
    name="keras_auc",
    title=Message("AUC of Keras with 200 thresholds"),
    compared=Message("recall and false positive rate at 200 thresholds from 0 to 1"),
    averaged=Message("area by trapezoids between the 200 thresholds"),
    numpy=_KERAS_ROC,
    library=_keras(""),
)
KERAS_AUC_PR = Metric(
    name="keras_auc_pr",
    title=Message("AUC of Keras with 200 thresholds, precision and recall (AUC-PR)"),
    compared=Message("precision and recall at 200 thresholds from 0 to 1"),
    averaged=Message("area, precision interpolated between the 200 thresholds"),
    numpy=_KERAS_PR,
    library=_keras('curve="PR"'),
)
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


_MANY = {
    "auc": (AUC, _ROC, "roc_auc_score"),
    "average_precision": (AVERAGE_PRECISION, _PRECISION, "average_precision_score"),
}
_AVERAGES = {
    "macro": (
        Message("{area}, macro"),
        Message("mean over the classes"),
        ("result = float(np.mean(each))",),
    ),
    "weighted": (
        Message("{area}, weighted by class"),
        Message("mean over the classes, weighted by their samples"),
        ("result = float(np.average(each, weights=w @ (y_true == 1)))",),
    ),
}
_EACH = "each = [area(y_true[:, c] == 1, y_pred[:, c], w) for c in range(y_pred.shape[1])]"


def area_of_classes(name: str, average: str) -> Metric:
    """The mean of one area over the classes, each against the rest.

    Examples
    --------
    >>> str(area_of_classes("auc", "macro").title)
    'AUC (area under the ROC curve), macro'
    """
    area, function, sklearn = _MANY[name]
    title, averaged, lines = _AVERAGES[average]
    return replace(
        area,
        name=f"{name}_{average}",
        title=replace(title, values={"area": area.title}),
        averaged=averaged,
        labels="elements",
        numpy=(*function, _EACH, *lines),
        library=(
            f"from sklearn.metrics import {sklearn}",
            "",
            f'result = float({sklearn}(y_true, y_pred, average="{average}"{{weight}}))',
        ),
    )


_FLAT = (
    "w = np.repeat(w, y_pred.shape[1])",
    "y_true, y_pred = y_true.reshape(-1), y_pred.reshape(-1)",
)


def of_elements(metric: Metric) -> Metric:
    """The same metric over every element of every row, as one sample each.

    Examples
    --------
    >>> str(of_elements(KERAS_AUC).title)
    'AUC of Keras with 200 thresholds, micro (every output by itself)'
    """
    library: tuple[str, ...] = ()
    if metric in (KERAS_AUC, KERAS_AUC_PR):
        library = metric.library
    elif metric is LOG_LOSS:
        library = (*metric.library[:3], "result = float(metric(y_true, y_pred{weight}))")
    return replace(
        metric,
        name=f"{metric.name}_micro",
        title=Message("{metric}, micro (every output by itself)", {"metric": metric.title}),
        labels="elements",
        numpy=(*_FLAT, *metric.numpy),
        library=library,
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

"""Areas under curves, as metrics with their code."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.metric import Metric

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
PRECISION_AT_RECALL = MappingProxyType(
    {
        least: Metric(
            name=f"precision_at_recall_{round(100 * least)}",
            title=Message("Precision of Keras at a recall of {least} or more", {"least": least}),
            compared=Message("precision and recall at 200 thresholds from 0 to 1"),
            averaged=Message(
                "the highest precision where the recall is {least} or more", {"least": least}
            ),
            numpy=(
                "scores = np.clip(y_pred.astype(np.float32), 0, 1)",
                "above = np.ceil(scores * np.float32(199)).astype(int)",
                "found = np.bincount(above, w * (y_true != 0), 201)[::-1].cumsum()[::-1][1:]",
                "wrong = np.bincount(above, w * (y_true == 0), 201)[::-1].cumsum()[::-1][1:]",
                "precision = found / np.maximum(found + wrong, 1e-300)",
                "recall = (found / np.sum(w * (y_true != 0))).astype(np.float32)",
                f"result = float(precision[recall >= np.float32({least})].max(initial=0))",
            ),
            library=(
                "import keras",
                "",
                f"metric = keras.metrics.PrecisionAtRecall({least})",
                "result = float(metric(y_true, y_pred{weight}))",
            ),
        )
        for least in (0.5, 0.8, 0.9)
    }
)
"""By the least recall."""
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


_PAIR = (
    "def pair(a, b):",
    "    rows = (y_true[:, a] == 1) | (y_true[:, b] == 1)",
    "    return np.mean([area(y_true[rows, c] == 1, y_pred[rows, c], w[rows]) for c in (a, b)])",
    "",
    "pairs = [(a, b) for b in range(y_pred.shape[1]) for a in range(b)]",
    "each = [pair(a, b) for a, b in pairs]",
)
AUC_OF_PAIRS = replace(
    AUC,
    name="auc_of_pairs",
    title=Message("AUC (area under the ROC curve), one class against one, macro"),
    compared=Message("two classes at a time, by the score of either"),
    averaged=Message("mean over the pairs of classes"),
    labels="elements",
    numpy=(*_ROC, *_PAIR, "result = float(np.mean(each))"),
    library=(),
)
AUC_OF_PAIRS_WEIGHTED = replace(
    AUC_OF_PAIRS,
    name="auc_of_pairs_weighted",
    title=Message("AUC (area under the ROC curve), one class against one, weighted"),
    averaged=Message("mean over the pairs of classes, weighted by their samples"),
    numpy=(
        *_ROC,
        *_PAIR,
        "sizes = [np.sum((y_true[:, a] == 1) | (y_true[:, b] == 1)) for a, b in pairs]",
        "result = float(np.average(each, weights=sizes))",
    ),
)

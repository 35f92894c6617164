"""What people call accuracy, or compute beside it, from the scores without a decision."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.areas import AUC, AVERAGE_PRECISION
from metrics_core.reverse.recipes.metrics.metric import Metric

_FLAT = (
    "scores = y_pred.astype(float).reshape(len(y_pred), -1)",
    "labels = (y_true == 1).reshape(scores.shape)",
)
_DISTANCE = Message("distance of every score from its label")
_SQUARE = Message("squared distance of every score from its label")
_TOGETHER = Message("score times label, without a threshold")

ONE_MINUS_MAE = Metric(
    name="one_minus_mae",
    title=Message("1 - mean absolute error"),
    compared=_DISTANCE,
    averaged=Message("1 minus the mean"),
    numpy=(
        *_FLAT,
        "result = float(1 - np.average(np.abs(scores - labels).mean(axis=1), weights=w))",
    ),
)
ONE_MINUS_MSE = Metric(
    name="one_minus_mse",
    title=Message("1 - mean squared error"),
    compared=_SQUARE,
    averaged=Message("1 minus the mean"),
    numpy=(
        *_FLAT,
        "result = float(1 - np.average(((scores - labels) ** 2).mean(axis=1), weights=w))",
    ),
)
ROOT_MSE = Metric(
    name="root_mse",
    title=Message("Root mean squared error"),
    compared=_SQUARE,
    averaged=Message("square root of the mean"),
    numpy=(
        *_FLAT,
        "squares = ((scores - labels) ** 2).mean(axis=1)",
        "result = float(np.sqrt(np.average(squares, weights=w)))",
    ),
)
R_SQUARED = Metric(
    name="r_squared",
    title=Message("R² (coefficient of determination)"),
    compared=_SQUARE,
    averaged=Message("1 minus its sum over that of the labels from their mean"),
    numpy=(
        "truth, scores = (y_true == 1) * 1.0, y_pred.astype(float)",
        "spread = np.average((truth - np.average(truth, weights=w)) ** 2, weights=w)",
        "result = float(1 - np.average((scores - truth) ** 2, weights=w) / spread)",
    ),
)
SOFT_DICE = Metric(
    name="soft_dice",
    title=Message("Soft Dice (F1 of the scores themselves)"),
    compared=_TOGETHER,
    averaged=Message("twice the sum over the sum of labels and scores"),
    numpy=(
        *_FLAT,
        "both, all = w @ (scores * labels), w @ (scores + labels)",
        "result = float(2 * both.sum() / all.sum())",
    ),
)
SOFT_IOU = Metric(
    name="soft_iou",
    title=Message("Soft IoU (Jaccard of the scores themselves)"),
    compared=_TOGETHER,
    averaged=Message("sum over the sum of labels and scores without it"),
    numpy=(
        *_FLAT,
        "both, all = w @ (scores * labels), w @ (scores + labels)",
        "result = float(both.sum() / (all - both).sum())",
    ),
)
TRUE_SCORE = Metric(
    name="true_score",
    title=Message("Mean score of the true class"),
    compared=Message("the score of the true class"),
    averaged=Message("mean"),
    labels="elements",
    numpy=("result = float(np.average((y_pred * (y_true == 1)).sum(axis=1), weights=w))",),
)
HIGHEST_SCORE = Metric(
    name="highest_score",
    title=Message("Mean of the highest score (confidence)"),
    compared=Message("the highest score, whether right or wrong"),
    averaged=Message("mean"),
    labels="elements",
    numpy=("result = float(np.average(y_pred.max(axis=1).astype(float), weights=w))",),
)


def _shifted(name: str, title: Message, result: str) -> Metric:
    return replace(
        AUC, name=name, title=title, library=(), numpy=(*AUC.numpy, f"result = {result}")
    )


GINI = _shifted("gini", Message("Gini coefficient (2 AUC - 1)"), "2 * result - 1")
AUC_SWAPPED = _shifted("auc_swapped", Message("AUC with label 0 as positive"), "1 - result")
PRECISION_TRAPEZOIDS = Metric(
    name="precision_trapezoids",
    title=Message("Area under precision and recall, by trapezoids"),
    compared=AVERAGE_PRECISION.compared,
    averaged=Message("area by trapezoids, from precision 1 at recall 0"),
    numpy=(
        "y_true, y_pred, w = y_true[w > 0], y_pred[w > 0], w[w > 0]",
        "ones, order = y_true == 1, np.argsort(-y_pred, kind='stable')",
        "last = np.append(np.diff(y_pred[order]) != 0, True)  # equal scores together",
        "found, wrong = np.cumsum((w * ones)[order])[last], np.cumsum((w * ~ones)[order])[last]",
        "precision = np.append(1, found / np.maximum(found + wrong, 1e-300))",
        "recall = np.append(0, found / found[-1])",
        "result = float(np.diff(recall) @ (precision[1:] + precision[:-1]) / 2)",
    ),
    library=(
        "from sklearn.metrics import auc, precision_recall_curve",
        "",
        "precision, recall, _ = precision_recall_curve(y_true, y_pred{weight})",
        "result = float(auc(recall, precision))",
    ),
)
BATCH_AUC = replace(
    AUC,
    name="batch_auc",
    title=Message("AUC (area under the ROC curve) of each batch"),
    numpy=(
        *AUC.numpy[:-1],
        "both = 0 < np.count_nonzero(y_true == 1) < len(y_true)",
        "result = float(area(y_true == 1, y_pred, w)) if both else np.nan",
    ),
    library=(),
)

"""Metrics of the whole matrix of true and predicted classes."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS, SHARE
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.steps.choices.decision.choice import Decision

_MATRIX = (
    "classes = np.union1d(y_true, decided)",
    "true, chosen = np.searchsorted(classes, y_true), np.searchsorted(classes, decided)",
    "size = len(classes)",
    "matrix = np.bincount(true * size + chosen, w, size * size).reshape(size, size)",
    "rows, columns, total = matrix.sum(axis=1), matrix.sum(axis=0), matrix.sum()",
)
_PRECISION, _RECALL = (COUNT_METRICS[name].code for name in ("precision", "recall"))
_PAIRS = Message("true class against predicted class")


def _kappa(name: str, title: Message, apart: str, argument: str = "") -> Metric:
    """Cohen's kappa, plain or with weights for the distance of the classes."""
    return Metric(
        name=name,
        title=title,
        compared=_PAIRS,
        averaged=Message("agreement beyond chance"),
        labels="classes",
        numpy=(
            *_MATRIX,
            "steps = np.arange(size)",
            f"apart = {apart}",
            "chance = (apart * np.outer(rows, columns)).sum() / total",
            "result = float(1 - (apart * matrix).sum() / chance) if chance else 0.0",
        ),
        library=(
            "from sklearn.metrics import cohen_kappa_score",
            "",
            f"result = float(cohen_kappa_score(y_true, decided{argument}{{weight}}))",
        ),
    )


_ROWS = (
    _kappa("kappa", Message("Cohen's kappa"), "1 - np.eye(size)"),
    _kappa(
        "kappa_linear",
        Message("Cohen's kappa, linear weights"),
        "np.abs(steps[:, None] - steps)",
        ', weights="linear"',
    ),
    _kappa(
        "kappa_quadratic",
        Message("Cohen's kappa, quadratic weights"),
        "(steps[:, None] - steps) ** 2",
        ', weights="quadratic"',
    ),
    Metric(
        name="matthews_of_classes",
        title=Message("Matthews correlation"),
        compared=_PAIRS,
        averaged=Message("correlation of labels and decisions"),
        labels="classes",
        numpy=(
            *_MATRIX,
            "both = np.trace(matrix) * total - rows @ columns",
            "spread = np.sqrt(total**2 - rows @ rows) * np.sqrt(total**2 - columns @ columns)",
            "result = float(both / spread) if spread else 0.0",
        ),
        library=(
            "from sklearn.metrics import matthews_corrcoef",
            "",
            "result = float(matthews_corrcoef(y_true, decided{weight}))",
        ),
    ),
    Metric(
        name="error_rate",
        title=Message("Error rate (1 - accuracy)"),
        compared=Message("different from the label"),
        averaged=Message("mean"),
        labels="classes",
        numpy=("result = float(np.average(decided != y_true, weights=w))",),
    ),
    Metric(
        name="within_one",
        title=Message("Accuracy within one class (neighbours count)"),
        compared=Message("at most one class apart"),
        averaged=Message("mean"),
        labels="classes",
        numpy=(
            "apart = np.abs(decided.astype(int) - y_true.astype(int))",
            "result = float(np.average(apart <= 1, weights=w))",
        ),
    ),
    Metric(
        name="f1_of_means",
        title=Message("F1 of macro precision and macro recall"),
        compared=Message("each class against the others"),
        averaged=Message("harmonic mean of the two means over the classes"),
        labels="classes",
        numpy=(
            SHARE,
            *_MATRIX,
            "tp = np.diag(matrix)",
            "fp, fn = columns - tp, rows - tp",
            f"p, r = np.mean({_PRECISION}), np.mean({_RECALL})",
            "result = float(2 * p * r / (p + r)) if p + r else 0.0",
        ),
    ),
)
_METRICS = {row.name: row for row in _ROWS}


def of_matrix(name: str, decision: Decision) -> Metric:
    """A metric of the matrix by its name, after a decision.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision.argmax import ARGMAX
    >>> str(of_matrix("kappa_linear", ARGMAX).title)
    "Cohen's kappa, linear weights"
    """
    return replace(_METRICS[name], decision=decision)

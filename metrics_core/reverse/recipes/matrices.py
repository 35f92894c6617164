"""Metrics of the whole matrix of true and predicted classes, and of samples left out."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.figures import FIGURES, SHARE
from metrics_core.reverse.recipes.metric import Metric
from metrics_core.steps.choices.decision import Decision

_MATRIX = (
    "classes = np.union1d(y_true, decided)",
    "true, chosen = np.searchsorted(classes, y_true), np.searchsorted(classes, decided)",
    "size = len(classes)",
    "matrix = np.bincount(true * size + chosen, w, size * size).reshape(size, size)",
    "rows, columns, total = matrix.sum(axis=1), matrix.sum(axis=0), matrix.sum()",
)
_PAIRS = Message("true class against predicted class")
_KAPPA_WEIGHTS = {
    "kappa": ("1 - np.eye(size)", "", Message("Cohen's kappa")),
    "kappa_linear": (
        "np.abs(steps[:, None] - steps)",
        ', weights="linear"',
        Message("Cohen's kappa, linear weights"),
    ),
    "kappa_quadratic": (
        "(steps[:, None] - steps) ** 2",
        ', weights="quadratic"',
        Message("Cohen's kappa, quadratic weights"),
    ),
}


def kappa(name: str, decision: Decision) -> Metric:
    """Cohen's kappa, plain or with weights for the distance of the classes.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision import ARGMAX
    >>> str(kappa("kappa_linear", ARGMAX).title)
    "Cohen's kappa, linear weights"
    """
    weights, argument, title = _KAPPA_WEIGHTS[name]
    return Metric(
        name=name,
        title=title,
        compared=_PAIRS,
        averaged=Message("agreement beyond chance"),
        decision=decision,
        labels="classes",
        numpy=(
            *_MATRIX,
            "steps = np.arange(size)",
            f"apart = {weights}",
            "chance = (apart * np.outer(rows, columns)).sum() / total",
            "result = float(1 - (apart * matrix).sum() / chance) if chance else 0.0",
        ),
        library=(
            "from sklearn.metrics import cohen_kappa_score",
            "",
            f"result = float(cohen_kappa_score(y_true, decided{argument}{{weight}}))",
        ),
    )


def matthews(decision: Decision) -> Metric:
    """The correlation of Matthews for several classes."""
    return Metric(
        name="matthews_of_classes",
        title=Message("Matthews correlation"),
        compared=_PAIRS,
        averaged=Message("correlation of labels and decisions"),
        decision=decision,
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
    )


def error_rate(decision: Decision) -> Metric:
    """The share of wrong decisions: 1 minus the accuracy."""
    return Metric(
        name="error_rate",
        title=Message("Error rate (1 - accuracy)"),
        compared=Message("different from the label"),
        averaged=Message("mean"),
        decision=decision,
        labels="classes",
        numpy=("result = float(np.average(decided != y_true, weights=w))",),
    )


def within_one(decision: Decision) -> Metric:
    """The share of predicted classes that are the true one or a neighbour of it."""
    return Metric(
        name="within_one",
        title=Message("Accuracy within one class (neighbours count)"),
        compared=Message("at most one class apart"),
        averaged=Message("mean"),
        decision=decision,
        labels="classes",
        numpy=(
            "apart = np.abs(decided.astype(int) - y_true.astype(int))",
            "result = float(np.average(apart <= 1, weights=w))",
        ),
    )


def f1_of_means(decision: Decision) -> Metric:
    """F1 of the macro precision and the macro recall, which is not the macro F1."""
    precision, recall = FIGURES["precision"].code, FIGURES["recall"].code
    return Metric(
        name="f1_of_means",
        title=Message("F1 of macro precision and macro recall"),
        compared=Message("each class against the others"),
        averaged=Message("harmonic mean of the two means over the classes"),
        decision=decision,
        labels="classes",
        numpy=(
            SHARE,
            *_MATRIX,
            "tp = np.diag(matrix)",
            "fp, fn = columns - tp, rows - tp",
            f"p, r = np.mean({precision}), np.mean({recall})",
            "result = float(2 * p * r / (p + r)) if p + r else 0.0",
        ),
    )


def without_label(label: int, decision: Decision) -> Metric:
    """The accuracy over the samples with another label, as where padding is left out.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision import ARGMAX
    >>> str(without_label(0, ARGMAX).title)
    'Accuracy without label 0'
    """
    return Metric(
        name="accuracy_without",
        title=Message("Accuracy without label {label}", {"label": label}),
        compared=Message("equal to the label, where that is not {label}", {"label": label}),
        averaged=Message("mean over the samples without label {label}", {"label": label}),
        decision=decision,
        labels="classes",
        numpy=(
            f"kept = y_true != {label}",
            "result = float(np.average(decided[kept] == y_true[kept], weights=w[kept]))",
        ),
    )


def padded_share(label: int, decision: Decision) -> Metric:
    """The right ones without a label, divided by all samples."""
    return Metric(
        name="share_without",
        title=Message("Accuracy, label {label} never counted as right", {"label": label}),
        compared=Message("equal to the label, which is not {label}", {"label": label}),
        averaged=Message("sum of the matches divided by all samples"),
        decision=decision,
        labels="classes",
        numpy=(
            f"right = (decided == y_true) & (y_true != {label})",
            "result = float(np.average(right, weights=w))",
        ),
    )


_COUNTED = (
    "tp = np.array([w[(y_true == c) & (decided == c)].sum() for c in classes])",
    "fp = np.array([w[(y_true != c) & (decided == c)].sum() for c in classes])",
    "fn = np.array([w[(y_true == c) & (decided != c)].sum() for c in classes])",
)
_MEANS = {
    "micro": (
        Message("{figure} without label {label}, micro"),
        Message("counts of all classes but {label} together"),
        (
            "tp, fp, fn = (part.sum() for part in (tp, fp, fn))",
            "result = float({figure})",
        ),
    ),
    "macro": (
        Message("{figure} without label {label}, macro"),
        Message("mean over the classes but {label}"),
        ("result = float(np.mean({figure}))",),
    ),
    "weighted": (
        Message("{figure} without label {label}, weighted by class"),
        Message("mean over the classes but {label}, weighted by their samples"),
        ("result = float(share(np.sum({figure} * (tp + fn)), np.sum(tp + fn)))",),
    ),
}


def figure_without(figure: str, average: str, label: int, decision: Decision) -> Metric:
    """A figure averaged over all classes but one, of all samples.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision import ARGMAX
    >>> str(figure_without("f1", "micro", 0, ARGMAX).title)
    'F1 without label 0, micro'
    """
    title, averaged, lines = _MEANS[average]
    row = FIGURES[figure]
    shown: dict[str, object] = {"figure": row.title, "label": label}
    taken = f'average="{average}", labels=classes, zero_division=0'
    classes = f"classes = np.setdiff1d(np.union1d(y_true, decided), [{label}])"
    return Metric(
        name=f"{figure}_{average}_without",
        title=replace(title, values=shown),
        compared=Message("each class but {label} against the others", shown),
        averaged=replace(averaged, values=shown),
        decision=decision,
        labels="classes",
        numpy=(SHARE, classes, *_COUNTED, *(line.format(figure=row.code) for line in lines)),
        library=(
            f"from sklearn.metrics import {row.sklearn}",
            "",
            classes,
            f"result = float({row.sklearn}(y_true, decided, {taken}{{weight}}))",
        ),
    )

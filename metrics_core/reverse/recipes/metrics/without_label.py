"""Metrics of samples of which those with one label are left out, as padding is."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS, SHARE
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.steps.choices.decision.choice import Decision


def without_label(label: int, decision: Decision) -> Metric:
    """The accuracy over the samples with another label, as where padding is left out.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision.argmax import ARGMAX
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
        Message("{metric} without label {label}, micro"),
        Message("counts of all classes but {label} together"),
        (
            "tp, fp, fn = (part.sum() for part in (tp, fp, fn))",
            "result = float({metric})",
        ),
    ),
    "macro": (
        Message("{metric} without label {label}, macro"),
        Message("mean over the classes but {label}"),
        ("result = float(np.mean({metric}))",),
    ),
    "weighted": (
        Message("{metric} without label {label}, weighted by class"),
        Message("mean over the classes but {label}, weighted by their samples"),
        ("result = float(share(np.sum({metric} * (tp + fn)), np.sum(tp + fn)))",),
    ),
}


def counted_without(name: str, average: str, label: int, decision: Decision) -> Metric:
    """A metric averaged over all classes but one, of all samples.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision.argmax import ARGMAX
    >>> str(counted_without("f1", "micro", 0, ARGMAX).title)
    'F1 without label 0, micro'
    """
    title, averaged, lines = _MEANS[average]
    row = COUNT_METRICS[name]
    shown: dict[str, object] = {"metric": row.title, "label": label}
    taken = f'average="{average}", labels=classes, zero_division=0'
    classes = f"classes = np.setdiff1d(np.union1d(y_true, decided), [{label}])"
    return Metric(
        name=f"{name}_{average}_without",
        title=replace(title, values=shown),
        compared=Message("each class but {label} against the others", shown),
        averaged=replace(averaged, values=shown),
        decision=decision,
        labels="classes",
        numpy=(SHARE, classes, *_COUNTED, *(line.format(metric=row.code) for line in lines)),
        library=(
            f"from sklearn.metrics import {row.sklearn}",
            "",
            classes,
            f"result = float({row.sklearn}(y_true, decided, {taken}{{weight}}))",
        ),
    )

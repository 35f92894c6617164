"""Metrics of the counts of one class or of several, as recipes have them."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.averages import SINGLE, Average
from metrics_core.reverse.recipes.metrics.count_metrics import SHARE, CountMetric
from metrics_core.reverse.recipes.metrics.metric import Labels, Metric
from metrics_core.steps.choices.decision.choice import Decision

_COMPARED = Message("each class against the others")
_COUNTS: dict[Labels, tuple[str, ...]] = {
    "one": (
        "yes, hit = y_true == 1, decided == 1",
        "tp, fp = [w[yes & hit].sum()], [w[~yes & hit].sum()]",
        "fn, tn = [w[yes & ~hit].sum()], [w[~yes & ~hit].sum()]",
        "tp, fp, fn, tn = map(np.array, (tp, fp, fn, tn))",
    ),
    "classes": (
        "classes = np.union1d(y_true, decided)",
        "tp = np.array([w[(y_true == c) & (decided == c)].sum() for c in classes])",
        "fp = np.array([w[(y_true != c) & (decided == c)].sum() for c in classes])",
        "fn = np.array([w[(y_true == c) & (decided != c)].sum() for c in classes])",
        "tn = w.sum() - tp - fp - fn",
    ),
    "elements": (
        "yes, hit, w = y_true == 1, decided == 1, w[:, None]",
        "tp, fp = (w * (yes & hit)).sum(axis=0), (w * (~yes & hit)).sum(axis=0)",
        "fn, tn = (w * (yes & ~hit)).sum(axis=0), (w * (~yes & ~hit)).sum(axis=0)",
    ),
}


_ROW_NAMES = {"f1": "f_beta"}
"""What the catalogue calls a metric, where it does otherwise."""


def metric_of_counts(
    counted: CountMetric,
    average: Average,
    labels: Labels,
    decision: Decision,
    *,
    first: bool = True,
) -> Metric:
    """A metric of the counts of classes under an average.

    Parameters
    ----------
    first : bool
        For one class: whether label 1 is the positive one; False: label 0.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision.argmax import ARGMAX
    >>> from metrics_core.reverse.recipes.metrics.averages import MACRO
    >>> from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
    >>> str(metric_of_counts(COUNT_METRICS["f1"], MACRO, "classes", ARGMAX).title)
    'F1, macro'
    """
    shown: dict[str, object] = {"metric": counted.title}
    title = replace(average.title, values=shown)
    swap = () if first else ("tp, fp, fn, tn = tn, fn, fp, tp  # label 0 is the positive one",)
    if not first:
        title = Message("{metric} of label 0", shown)
    lines = [line.format(metric=counted.code) for line in average.code]
    return Metric(
        name=_ROW_NAMES.get(counted.name, counted.name)
        if average is SINGLE and first
        else f"{counted.name}_{average.name}" + ("" if first else "_0"),
        title=title,
        compared=SINGLE.averaged if labels == "one" else _COMPARED,
        averaged=average.averaged,
        decision=decision,
        labels=labels,
        numpy=(SHARE, *_COUNTS[labels], *swap, *lines),
        library=_library(counted, average, labels, first),
    )


_ALONE = {
    "balanced_accuracy": "balanced_accuracy_score",
    "matthews": "matthews_corrcoef",
    "kappa": "cohen_kappa_score",
}
"""Functions of scikit-learn that take no average."""


def _library(
    counted: CountMetric, average: Average, labels: Labels, first: bool
) -> tuple[str, ...]:
    alone = _ALONE.get(counted.name, "") if average is SINGLE and labels == "one" and first else ""
    if alone:
        line = f"result = float({alone}(y_true.astype(int), decided.astype(int){{weight}}))"
        return (f"from sklearn.metrics import {alone}", "", line)
    how = average.sklearn
    if average is SINGLE and labels == "one":
        how = f'"binary", pos_label={int(first)}'
    if not (counted.sklearn and how):
        return ()
    taken = "y_true, decided" if labels == "classes" else "y_true.astype(int), decided.astype(int)"
    arguments = f"{taken}, {counted.more}average={how}, zero_division=0"
    return (
        f"from sklearn.metrics import {counted.sklearn}",
        "",
        f"result = float({counted.sklearn}({arguments}{{weight}}))",
    )


def class_metric(counted: CountMetric, label: int, decision: Decision) -> Metric:
    """The metric of one class, where the highest output decides.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision.argmax import ARGMAX
    >>> from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
    >>> str(class_metric(COUNT_METRICS["recall"], 3, ARGMAX).title)
    'Recall of class 3'
    """
    shown: dict[str, object] = {"metric": counted.title, "label": label}
    head = (f"y_true, decided = y_true == {label}, decided == {label}",)
    lines = (line.format(metric=counted.code) for line in SINGLE.code)
    library: tuple[str, ...] = ()
    if counted.sklearn:
        arguments = f'y_true, decided, {counted.more}labels=[{label}], average="macro"'
        library = (
            f"from sklearn.metrics import {counted.sklearn}",
            "",
            f"result = float({counted.sklearn}({arguments}, zero_division=0{{weight}}))",
        )
    return Metric(
        name=f"{counted.name}_of_class",
        title=Message("{metric} of class {label}", shown),
        compared=Message("class {label} against the others", {"label": label}),
        averaged=SINGLE.averaged,
        decision=decision,
        labels="classes",
        numpy=(SHARE, *head, *_COUNTS["one"], *lines),
        library=library,
    )

"""Metrics that follow from counts, and how those of several classes become one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reverse.recipes.metric import Labels, Metric
from metrics_core.steps.choices.decision import Decision

SHARE = "share = lambda a, b: np.divide(a, b, out=np.zeros(np.shape(b)), where=b != 0)"
_COMPARED = Message("each class against the others")
_ONE = Message("counted as true and false, positive and negative")


@dataclass(frozen=True)
class Figure:
    """A metric that follows from the four counts.

    Attributes
    ----------
    name : str
    title : Message
    code : str
        The same in numpy, from `tp`, `fp`, `fn`, `tn` and `share`.
    of : callable
        From `Counts` to the figure; arrays give one a class or threshold.
    sklearn, more : str
        The function of `sklearn.metrics` that takes ``average``, and its other arguments.
    """

    name: str
    title: Message
    code: str
    of: Callable[[Counts], Any]
    sklearn: str = ""
    more: str = ""


def _share(part: Any, whole: Any) -> Array:
    wide = np.asarray(whole, np.float64)
    found: Array = np.divide(part, wide, out=np.zeros_like(wide), where=wide != 0)
    return found


def _kappa(counts: Counts) -> Array:
    tp, fp = 1.0 * counts.true_positives, 1.0 * counts.false_positives
    tn, fn = 1.0 * counts.true_negatives, 1.0 * counts.false_negatives
    chance = (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn)
    return _share(2 * (tp * tn - fp * fn), chance)


def _iou(counts: Counts) -> Array:
    union = counts.positives + counts.false_positives
    return _share(counts.true_positives, union)


_ROWS = (
    Figure("accuracy", Message("Accuracy"), "share(tp + tn, tp + tn + fp + fn)",
           lambda c: c.accuracy),
    Figure("precision", Message("Precision"), "share(tp, tp + fp)",
           lambda c: c.precision, "precision_score"),
    Figure("recall", Message("Recall"), "share(tp, tp + fn)", lambda c: c.recall, "recall_score"),
    Figure("f1", Message("F1"), "share(2 * tp, 2 * tp + fp + fn)",
           lambda c: c.f_beta(), "f1_score"),
    Figure("f2", Message("F2"), "share(5 * tp, 5 * tp + 4 * fn + fp)",
           lambda c: c.f_beta(2.0), "fbeta_score", "beta=2.0, "),
    Figure("f05", Message("F0.5"), "share(1.25 * tp, 1.25 * tp + 0.25 * fn + fp)",
           lambda c: c.f_beta(0.5), "fbeta_score", "beta=0.5, "),
    Figure("specificity", Message("Specificity"), "share(tn, tn + fp)", lambda c: c.specificity),
    Figure("fallout", Message("False positive rate"), "share(fp, tn + fp)",
           lambda c: c.false_positive_rate),
    Figure("negative_precision", Message("Negative predictive value"), "share(tn, tn + fn)",
           lambda c: _share(c.true_negatives, c.true_negatives + c.false_negatives)),
    Figure("iou", Message("IoU (Jaccard)"), "share(tp, tp + fp + fn)", _iou, "jaccard_score"),
    Figure("predicted_share", Message("Share predicted positive"),
           "share(tp + fp, tp + fp + tn + fn)", lambda c: c.predicted_share),
    Figure("balanced", Message("Balanced accuracy"),
           "(share(tp, tp + fn) + share(tn, tn + fp)) / ((tp + fn > 0) * 1 + (tn + fp > 0))",
           lambda c: c.balanced_accuracy),
    Figure("youden", Message("Youden's J"), "share(tp, tp + fn) + share(tn, tn + fp) - 1",
           lambda c: c.youden),
    Figure("geometric_mean", Message("Geometric mean of recall and specificity"),
           "np.sqrt(share(tp, tp + fn) * share(tn, tn + fp))",
           lambda c: np.sqrt(c.recall * c.specificity)),
    Figure("matthews", Message("Matthews correlation"),
           "share(tp * tn - fp * fn, np.sqrt((tp + fp) * (tn + fn)) * "
           "np.sqrt((tp + fn) * (tn + fp)))",
           lambda c: c.matthews),
    Figure("kappa", Message("Cohen's kappa"),
           "share(2 * (tp * tn - fp * fn), (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn))", _kappa),
)  # fmt: skip
FIGURES: dict[str, Figure] = {row.name: row for row in _ROWS}
"""Every figure of one class against the rest, by its name."""
AVERAGED = ("precision", "recall", "f1", "f2", "f05", "specificity", "iou", "accuracy")
"""Those of which people take the mean over the classes."""


@dataclass(frozen=True)
class Average:
    """How the figures of several classes become one number.

    Attributes
    ----------
    name : str
        As scikit-learn calls it, where it does.
    title : Message
        With the figure as ``{figure}``.
    averaged : Message
    code : tuple of str
        Lines from `each`, or from the counts, to `result`; ``{figure}`` stands for its code.
    of : callable
        The same from the counts of all classes and the figure.
    sklearn : str
        The argument ``average``, as code; empty where scikit-learn has no such.
    """

    name: str
    title: Message
    averaged: Message
    code: tuple[str, ...]
    of: Callable[[Counts, Figure], float]
    sklearn: str = ""


def _seen(counts: Counts) -> Array:
    return np.asarray((counts.positives + counts.false_positives) > 0)


def _macro(counts: Counts, figure: Figure) -> float:
    values, seen = np.asarray(figure.of(counts), np.float64), _seen(counts)
    return float(values[seen].mean()) if seen.any() else 0.0


def _weighted(counts: Counts, figure: Figure) -> float:
    values, support = np.asarray(figure.of(counts)), np.asarray(counts.positives, np.float64)
    return float(values @ support / support.sum()) if support.any() else 0.0


def _micro(counts: Counts, figure: Figure) -> float:
    return float(figure.of(pooled(counts)))


def pooled(counts: Counts) -> Counts:
    """The counts of all classes together."""
    sums = (
        counts.true_positives,
        counts.false_positives,
        counts.true_negatives,
        counts.false_negatives,
    )
    return Counts(*(np.sum(part).item() for part in sums))


_SEEN = ("seen = tp + fp + fn > 0  # classes among labels or predictions",)
_POOLED = ("tp, fp, fn, tn = (np.sum(part) for part in (tp, fp, fn, tn))",)
MACRO = Average(
    "macro",
    Message("{figure}, macro"),
    Message("mean over the classes that occur"),
    (*_SEEN, "each = {figure}", "result = float(each[seen].mean()) if seen.any() else 0.0"),
    _macro,
    '"macro"',
)
ALL = Average(
    "all_classes",
    Message("{figure}, macro over every output"),
    Message("mean over all classes, 0 for those that never occur"),
    ("result = float(np.mean({figure}))",),
    lambda counts, figure: float(np.mean(figure.of(counts))),
)
WEIGHTED = Average(
    "weighted",
    Message("{figure}, weighted by class"),
    Message("mean over the classes, weighted by their samples"),
    ("each = {figure}", "result = float(share(np.sum(each * (tp + fn)), np.sum(tp + fn)))"),
    _weighted,
    '"weighted"',
)
MICRO = Average(
    "micro",
    Message("{figure}, micro"),
    Message("counts of all classes together"),
    (*_POOLED, "result = float({figure})"),
    _micro,
    '"micro"',
)
SINGLE = Average(
    "single", Message("{figure}"), _ONE, (*_POOLED, "result = float({figure})"), _micro
)

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


_ROW_NAMES = {"f1": "f_beta", "balanced": "balanced_accuracy"}
"""What the catalogue calls a figure, where it does otherwise."""


def figure_metric(
    figure: Figure, average: Average, labels: Labels, decision: Decision, *, first: bool = True
) -> Metric:
    """The metric of a figure under an average.

    Parameters
    ----------
    first : bool
        For one class: whether label 1 is the positive one; False: label 0.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision import ARGMAX
    >>> str(figure_metric(FIGURES["f1"], MACRO, "classes", ARGMAX).title)
    'F1, macro'
    """
    shown: dict[str, object] = {"figure": figure.title}
    title = replace(average.title, values=shown)
    swap = () if first else ("tp, fp, fn, tn = tn, fn, fp, tp  # label 0 is the positive one",)
    if not first:
        title = Message("{figure} of label 0", shown)
    lines = [line.format(figure=figure.code) for line in average.code]
    return Metric(
        name=_ROW_NAMES.get(figure.name, figure.name)
        if average is SINGLE and first
        else f"{figure.name}_{average.name}" + ("" if first else "_0"),
        title=title,
        compared=_ONE if labels == "one" else _COMPARED,
        averaged=average.averaged,
        decision=decision,
        labels=labels,
        numpy=(SHARE, *_COUNTS[labels], *swap, *lines),
        library=_library(figure, average, labels, first),
    )


_ALONE = {
    "balanced": "balanced_accuracy_score",
    "matthews": "matthews_corrcoef",
    "kappa": "cohen_kappa_score",
}
"""Functions of scikit-learn that take no average."""


def _library(figure: Figure, average: Average, labels: Labels, first: bool) -> tuple[str, ...]:
    alone = _ALONE.get(figure.name, "") if average is SINGLE and labels == "one" and first else ""
    if alone:
        line = f"result = float({alone}(y_true.astype(int), decided.astype(int){{weight}}))"
        return (f"from sklearn.metrics import {alone}", "", line)
    how = average.sklearn
    if average is SINGLE and labels == "one":
        how = f'"binary", pos_label={int(first)}'
    if not (figure.sklearn and how):
        return ()
    taken = "y_true, decided" if labels == "classes" else "y_true.astype(int), decided.astype(int)"
    zero = "zero_division=0"
    return (
        f"from sklearn.metrics import {figure.sklearn}",
        "",
        f"result = float({figure.sklearn}({taken}, {figure.more}average={how}, {zero}{{weight}}))",
    )


def class_metric(figure: Figure, label: int, decision: Decision) -> Metric:
    """The figure of one class, where the highest output decides.

    Examples
    --------
    >>> from metrics_core.steps.choices.decision import ARGMAX
    >>> str(class_metric(FIGURES["recall"], 3, ARGMAX).title)
    'Recall of class 3'
    """
    shown: dict[str, object] = {"figure": figure.title, "label": label}
    head = (f"y_true, decided = y_true == {label}, decided == {label}",)
    lines = (line.format(figure=figure.code) for line in SINGLE.code)
    library: tuple[str, ...] = ()
    if figure.sklearn:
        arguments = f'y_true, decided, {figure.more}labels=[{label}], average="macro"'
        library = (
            f"from sklearn.metrics import {figure.sklearn}",
            "",
            f"result = float({figure.sklearn}({arguments}, zero_division=0{{weight}}))",
        )
    return Metric(
        name=f"{figure.name}_of_class",
        title=Message("{figure} of class {label}", shown),
        compared=Message("class {label} against the others", {"label": label}),
        averaged=_ONE,
        decision=decision,
        labels="classes",
        numpy=(SHARE, *head, *_COUNTS["one"], *lines),
        library=library,
    )

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


@dataclass(frozen=True, kw_only=True)
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
    Figure(
        name="accuracy",
        title=Message("Accuracy"),
        code="share(tp + tn, tp + tn + fp + fn)",
        of=lambda c: c.accuracy,
    ),
    Figure(
        name="precision",
        title=Message("Precision"),
        code="share(tp, tp + fp)",
        of=lambda c: c.precision,
        sklearn="precision_score",
    ),
    Figure(
        name="recall",
        title=Message("Recall"),
        code="share(tp, tp + fn)",
        of=lambda c: c.recall,
        sklearn="recall_score",
    ),
    Figure(
        name="f1",
        title=Message("F1"),
        code="share(2 * tp, 2 * tp + fp + fn)",
        of=lambda c: c.f_beta(),
        sklearn="f1_score",
    ),
    Figure(
        name="f2",
        title=Message("F2"),
        code="share(5 * tp, 5 * tp + 4 * fn + fp)",
        of=lambda c: c.f_beta(2.0),
        sklearn="fbeta_score",
        more="beta=2.0, ",
    ),
    Figure(
        name="f05",
        title=Message("F0.5"),
        code="share(1.25 * tp, 1.25 * tp + 0.25 * fn + fp)",
        of=lambda c: c.f_beta(0.5),
        sklearn="fbeta_score",
        more="beta=0.5, ",
    ),
    Figure(
        name="specificity",
        title=Message("Specificity"),
        code="share(tn, tn + fp)",
        of=lambda c: c.specificity,
    ),
    Figure(
        name="fallout",
        title=Message("False positive rate"),
        code="share(fp, tn + fp)",
        of=lambda c: c.false_positive_rate,
    ),
    Figure(
        name="negative_precision",
        title=Message("Negative predictive value"),
        code="share(tn, tn + fn)",
        of=lambda c: _share(c.true_negatives, c.true_negatives + c.false_negatives),
    ),
    Figure(
        name="iou",
        title=Message("IoU (Jaccard)"),
        code="share(tp, tp + fp + fn)",
        of=_iou,
        sklearn="jaccard_score",
    ),
    Figure(
        name="predicted_share",
        title=Message("Share predicted positive"),
        code="share(tp + fp, tp + fp + tn + fn)",
        of=lambda c: c.predicted_share,
    ),
    Figure(
        name="balanced",
        title=Message("Balanced accuracy"),
        code="(share(tp, tp + fn) + share(tn, tn + fp)) / ((tp + fn > 0) * 1 + (tn + fp > 0))",
        of=lambda c: c.balanced_accuracy,
    ),
    Figure(
        name="youden",
        title=Message("Youden's J"),
        code="share(tp, tp + fn) + share(tn, tn + fp) - 1",
        of=lambda c: c.youden,
    ),
    Figure(
        name="geometric_mean",
        title=Message("Geometric mean of recall and specificity"),
        code="np.sqrt(share(tp, tp + fn) * share(tn, tn + fp))",
        of=lambda c: np.sqrt(c.recall * c.specificity),
    ),
    Figure(
        name="matthews",
        title=Message("Matthews correlation"),
        code="share(tp * tn - fp * fn, np.sqrt((tp + fp) * (tn + fn)) * "
        "np.sqrt((tp + fn) * (tn + fp)))",
        of=lambda c: c.matthews,
    ),
    Figure(
        name="kappa",
        title=Message("Cohen's kappa"),
        code="share(2 * (tp * tn - fp * fn), (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn))",
        of=_kappa,
    ),
)
FIGURES: dict[str, Figure] = {row.name: row for row in _ROWS}
"""Every figure of one class against the rest, by its name."""
AVERAGED = ("precision", "recall", "f1", "f2", "f05", "specificity", "iou", "accuracy")
"""Those of which people take the mean over the classes."""


@dataclass(frozen=True, kw_only=True)
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
    name="macro",
    title=Message("{figure}, macro"),
    averaged=Message("mean over the classes that occur"),
    code=(*_SEEN, "each = {figure}", "result = float(each[seen].mean()) if seen.any() else 0.0"),
    of=_macro,
    sklearn='"macro"',
)
ALL = Average(
    name="all_classes",
    title=Message("{figure}, macro over every output"),
    averaged=Message("mean over all classes, 0 for those that never occur"),
    code=("result = float(np.mean({figure}))",),
    of=lambda counts, figure: float(np.mean(figure.of(counts))),
)
WEIGHTED = Average(
    name="weighted",
    title=Message("{figure}, weighted by class"),
    averaged=Message("mean over the classes, weighted by their samples"),
    code=("each = {figure}", "result = float(share(np.sum(each * (tp + fn)), np.sum(tp + fn)))"),
    of=_weighted,
    sklearn='"weighted"',
)
MICRO = Average(
    name="micro",
    title=Message("{figure}, micro"),
    averaged=Message("counts of all classes together"),
    code=(*_POOLED, "result = float({figure})"),
    of=_micro,
    sklearn='"micro"',
)
SINGLE = Average(
    name="single",
    title=Message("{figure}"),
    averaged=_ONE,
    code=(*_POOLED, "result = float({figure})"),
    of=_micro,
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

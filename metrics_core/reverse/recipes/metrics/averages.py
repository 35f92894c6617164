"""How the metrics of several classes become one number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reverse.recipes.metrics.count_metrics import CountMetric


@dataclass(frozen=True, kw_only=True)
class Average:
    """How the metrics of several classes become one number.

    Attributes
    ----------
    name : str
        As scikit-learn calls it, where it does.
    title : Message
        With the metric as ``{metric}``.
    averaged : Message
    code : tuple of str
        Lines from `each`, or from the counts, to `result`; ``{metric}`` stands for its code.
    of : callable
        The same from the counts of all classes and the metric.
    sklearn : str
        The argument ``average``, as code; empty where scikit-learn has no such.
    """

    name: str
    title: Message
    averaged: Message
    code: tuple[str, ...]
    of: Callable[[Counts, CountMetric], float]
    sklearn: str = ""


def _seen(counts: Counts) -> Array:
    return np.asarray((counts.positives + counts.false_positives) > 0)


def _macro(counts: Counts, metric: CountMetric) -> float:
    values, seen = np.asarray(metric.of(counts), np.float64), _seen(counts)
    return float(values[seen].mean()) if seen.any() else 0.0


def _weighted(counts: Counts, metric: CountMetric) -> float:
    values, support = np.asarray(metric.of(counts)), np.asarray(counts.positives, np.float64)
    return float(values @ support / support.sum()) if support.any() else 0.0


def _micro(counts: Counts, metric: CountMetric) -> float:
    return float(metric.of(pooled(counts)))


def pooled(counts: Counts) -> Counts:
    """The counts of all classes together."""
    return Counts(*(np.sum(part).item() for part in counts.parts))


def of_some(counts: Counts, some: Array) -> Counts:
    """The counts of some of the classes."""
    return Counts(*(np.asarray(part)[some] for part in counts.parts))


_SEEN = ("seen = tp + fp + fn > 0  # classes among labels or predictions",)
_POOLED = ("tp, fp, fn, tn = (np.sum(part) for part in (tp, fp, fn, tn))",)
MACRO = Average(
    name="macro",
    title=Message("{metric}, macro"),
    averaged=Message("mean over the classes that occur"),
    code=(*_SEEN, "each = {metric}", "result = float(each[seen].mean()) if seen.any() else 0.0"),
    of=_macro,
    sklearn='"macro"',
)
ALL = Average(
    name="all_classes",
    title=Message("{metric}, macro over every output"),
    averaged=Message("mean over all classes, 0 for those that never occur"),
    code=("result = float(np.mean({metric}))",),
    of=lambda counts, metric: float(np.mean(metric.of(counts))),
)
WEIGHTED = Average(
    name="weighted",
    title=Message("{metric}, weighted by class"),
    averaged=Message("mean over the classes, weighted by their samples"),
    code=("each = {metric}", "result = float(share(np.sum(each * (tp + fn)), np.sum(tp + fn)))"),
    of=_weighted,
    sklearn='"weighted"',
)
MICRO = Average(
    name="micro",
    title=Message("{metric}, micro"),
    averaged=Message("counts of all classes together"),
    code=(*_POOLED, "result = float({metric})"),
    of=_micro,
    sklearn='"micro"',
)
SINGLE = Average(
    name="single",
    title=Message("{metric}"),
    averaged=Message("counted as true and false, positive and negative"),
    code=(*_POOLED, "result = float({metric})"),
    of=_micro,
)

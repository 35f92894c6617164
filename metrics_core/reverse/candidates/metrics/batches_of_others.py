"""Means over batches of the AUC, of macro metrics, and of the accuracy without a label."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import COMMON, Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.batches import FEW
from metrics_core.reverse.candidates.metrics.matrix.without import PADDING
from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.averages import MACRO
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
from metrics_core.reverse.recipes.metrics.of_counts import metric_of_counts
from metrics_core.reverse.recipes.metrics.of_scores import BATCH_AUC
from metrics_core.reverse.recipes.metrics.without_label import without_label
from metrics_core.steps.choices.decision.argmax import ARGMAX
from metrics_core.steps.choices.decision.choice import NO_DECISION
from metrics_core.steps.decision.argmax import argmax

MOST_CLASSES = 100
"""Classes up to which macro metrics of batches are tried."""
_OF_BATCHES = ("precision", "recall", "f1")


def sizes_of(n_samples: int) -> Array:
    """The common batch sizes from 8 on, for few samples."""
    found = [size for size in sorted(COMMON) if 8 <= size < n_samples]
    return np.array(found if n_samples <= FEW else [], np.int64)


def auc_of_batches(view: View) -> Iterator[Tried]:
    """The mean of the AUC of each batch that has both labels.

    Examples
    --------
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> data = Predictions.of([0, 1] * 8, [0.2, 0.6] * 4 + [0.5, 0.5] * 4)
    >>> next(auc_of_batches(next(views(data)))).values[0].tolist()
    0.75
    """
    sizes = sizes_of(len(view.scores))
    plain = view.weights is None and view.reading.column is None and not view.activations
    if not plain or view.has_nan or not len(sizes):
        return
    values = np.array([_mean_auc(view, size) for size in sizes.tolist()])
    cost = costs.METRIC["auc"]
    yield as_tried(
        BATCH_AUC, "binary", cost, values,
        reading=view.reading, averaging="batch_means", sizes=sizes,
    )  # fmt: skip


def _mean_auc(view: View, size: int) -> float:
    at = np.arange(len(view.scores)) // size
    order = np.lexsort((view.scores, at))
    scores, ones, at = view.scores[order], view.labels[order], at[order]
    new = np.append(True, (np.diff(scores) != 0) | (np.diff(at) != 0))
    (starts,) = np.nonzero(new)
    ends = np.append(starts[1:], len(scores))
    ranks = ((starts + ends + 1) / 2)[np.cumsum(new) - 1] - at * size  # ties share their mean
    n_ones = np.bincount(at, ones)
    n_zeros = np.bincount(at) - n_ones
    above = np.bincount(at, ranks * ones) - n_ones * (n_ones + 1) / 2
    pairs = n_ones * n_zeros
    return float((above[pairs > 0] / pairs[pairs > 0]).mean()) if pairs.any() else float("nan")


def classes_of_batches(data: Predictions) -> Iterator[Tried]:
    """The means over batches of macro F1, precision and recall, and of accuracy without padding.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 0, 1] * 4, [0, 1, 1, 1] * 4, kind="class_indices")
    >>> next(classes_of_batches(data)).values.round(4).tolist()[:1]
    [0.8333]
    """
    sizes = sizes_of(data.n_samples)
    if data.kind not in ("sparse", "one_hot", "class_indices") or not len(sizes):
        return
    of_indices = data.kind == "class_indices"
    labels = argmax(data.labels) if data.kind == "one_hot" else data.labels
    chosen, decision = (data.outputs, NO_DECISION) if of_indices else (argmax(data.outputs), ARGMAX)
    if not all(np.all(np.isfinite(side)) for side in (labels, chosen)):
        return
    classes, both = np.unique(np.concatenate([labels, chosen]), return_inverse=True)
    if len(classes) > MOST_CLASSES:
        return
    true, predicted = both.reshape(2, -1)
    rows = [_macro(true, predicted, size, len(classes)) for size in sizes.tolist()]
    for column, name in enumerate(_OF_BATCHES):
        metric = metric_of_counts(COUNT_METRICS[name], MACRO, "classes", decision)
        cost = costs.METRIC[name] + costs.AVERAGE["macro"] - 1
        each = np.array([row[column] for row in rows])
        yield as_tried(metric, data.kind, cost, each, averaging="batch_means", sizes=sizes)
    for label in classes[np.isin(classes, PADDING)].tolist():
        kept, right = labels != label, (true == predicted) & (labels != label)
        each = np.array([_without(kept, right, size) for size in sizes.tolist()])
        if kept.any() and not kept.all():
            metric = without_label(int(label), decision)
            cost = costs.METRIC[metric.name]
            yield as_tried(metric, data.kind, cost, each, averaging="batch_means", sizes=sizes)


def _macro(true: Array, predicted: Array, size: int, n: int) -> tuple[float, ...]:
    """The means over the batches of each macro counted, over the classes that a batch has."""
    at = np.arange(len(true)) // size * n
    cells = (int(at[-1]) // n + 1) * n
    rows, columns = (np.bincount(at + side, minlength=cells) for side in (true, predicted))
    both = np.bincount((at + true)[true == predicted], minlength=cells)
    seen = (rows + columns > 0).reshape(-1, n).sum(axis=1)
    found = []
    for part, whole in ((both, columns), (both, rows), (2 * both, rows + columns)):
        each = np.divide(part, whole, out=np.zeros(cells), where=whole > 0)
        found.append(float((each.reshape(-1, n).sum(axis=1) / seen).mean()))
    return tuple(found)


def _without(kept: Array, right: Array, size: int) -> float:
    """The mean over the batches of their accuracy; NaN where a batch has nothing else."""
    starts = np.arange(0, len(kept), size)
    counts = np.add.reduceat(kept, starts, dtype=np.int64)
    hits = np.add.reduceat(right, starts, dtype=np.int64)
    return float((hits / counts).mean()) if counts.all() else float("nan")

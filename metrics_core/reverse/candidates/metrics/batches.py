"""Precision, recall and F1 of each batch, and their mean: what Keras 1 printed of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array, zeros_and_ones
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import COMMON, Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.of_rows.rows import element_labels
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.averages import MICRO, SINGLE
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS
from metrics_core.reverse.recipes.metrics.of_counts import metric_of_counts
from metrics_core.reverse.recipes.readings import activated
from metrics_core.reverse.recipes.recipe import Averaging
from metrics_core.steps.choices.decision.threshold import THRESHOLD
from metrics_core.steps.decision.threshold import above

_NAMES = ("precision", "recall", "f1")
ALL_TO = 256
"""Every batch size up to this is tried with few samples, and the common ones beyond."""
FEW = 20_000
MOST_SCORES = 12_000_000


def batch_sizes(n_samples: int) -> Array:
    """The batch sizes that are tried, below the number of samples."""
    common = np.array(sorted(size for size in COMMON if size >= 8))
    sizes = np.union1d(np.arange(2, ALL_TO + 1), common) if n_samples <= FEW else common
    return sizes[sizes < n_samples]


def of_batches(data: Predictions) -> Iterator[Tried]:
    """The mean over batches of precision, recall and F1.

    Examples
    --------
    >>> data = Predictions.of([1, 0, 1, 1], [0.9, 0.8, 0.7, 0.1])
    >>> tried = list(of_batches(data))
    >>> [(t.choice.variant, t.averaging, t.values.round(4).tolist()) for t in tried[:2]]
    [('precision', 'batch_means', [0.75, 0.3333]), ('precision', 'by_length', [nan, 0.5])]
    """
    single = data.kind == "binary" and zeros_and_ones(data.labels)
    labels = data.labels == 1 if single else element_labels(data)
    sizes = batch_sizes(data.n_samples)
    if labels is None or not len(sizes) or data.outputs.size > MOST_SCORES:
        return
    kind: Kind = data.kind if data.kind in ("binary", "multi_label") else "one_hot"
    usual = ("softmax",) if kind == "one_hot" else ("sigmoid",)
    last = np.zeros(0, bool)
    means: list[tuple[str, Averaging, Array]] = []
    for activations in ((), usual):
        scores = activated(data.outputs, activations)
        for threshold in (0.5,) if activations else (0.5, 0.0):
            chosen = above(scores, threshold)
            if not means or not np.array_equal(chosen, last):
                last, means = chosen, list(_means(_running(labels, chosen), sizes))
            extra = costs.ZERO_THRESHOLD if threshold == 0 else 0
            extra += 1 if kind == "one_hot" else 0
            for name, averaging, values in means:
                average, form = (SINGLE, "one") if kind == "binary" else (MICRO, "elements")
                yield as_tried(
                    metric_of_counts(COUNT_METRICS[name], average, form, THRESHOLD),  # type: ignore[arg-type]
                    kind,
                    extra + costs.METRIC[name],
                    values,
                    activations=activations,
                    threshold=threshold,
                    averaging=averaging,
                    sizes=sizes,
                )


def _running(labels: Array, chosen: Array) -> Array:
    """Sums over the first 0, 1, 2 ... samples of true, predicted, and both: ``(3, n + 1)``."""
    parts = (labels, chosen, labels & chosen)
    sums = np.zeros((3, len(labels) + 1), np.int64)
    for row, part in zip(sums, parts, strict=True):
        each = np.count_nonzero(part, axis=1) if part.ndim == 2 else part
        np.cumsum(each, out=row[1:])
    return sums


def _means(sums: Array, sizes: Array) -> Iterator[tuple[str, Averaging, Array]]:
    n = sums.shape[1] - 1
    numbers = -(-n // sizes)
    first = np.append(0, np.cumsum(numbers)[:-1])
    starts = (np.arange(numbers.sum()) - np.repeat(first, numbers)) * np.repeat(sizes, numbers)
    ends = np.minimum(starts + np.repeat(sizes, numbers), n)
    true, predicted, both = sums[:, ends] - sums[:, starts]
    lengths, last, uneven = ends - starts, first + numbers - 1, n % sizes != 0
    parts = ((both, predicted), (both, true), (2 * both, true + predicted))
    for name, (part, whole) in zip(_NAMES, parts, strict=True):
        each = np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
        total = np.add.reduceat(each, first)
        by_length = np.add.reduceat(each * lengths, first) / n
        full = (total - each[last]) / np.maximum(numbers - 1, 1)
        yield name, "batch_means", total / numbers
        yield name, "by_length", np.where(uneven, by_length, np.nan)
        yield name, "tail_dropped", np.where(uneven, full, np.nan)

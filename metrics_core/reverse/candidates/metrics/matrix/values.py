"""What the metrics of the whole matrix of true and predicted classes are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.counting.counts import Counts
from metrics_core.numeric.arrays import Array
from metrics_core.reverse.recipes.metrics.averages import MACRO
from metrics_core.reverse.recipes.metrics.count_metrics import COUNT_METRICS


def kappas(counts: Array) -> Iterator[tuple[str, float]]:
    """Cohen's kappa, plain and with both weights, by name."""
    seen = (counts.sum(axis=0) + counts.sum(axis=1)) > 0
    matrix = counts[np.ix_(seen, seen)].astype(np.float64)
    steps, total = np.arange(len(matrix)), matrix.sum()
    chance = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / total if total else matrix
    apart = np.abs(steps[:, None] - steps)
    kinds = {"kappa": (apart > 0) * 1.0}
    if len(matrix) > 2:
        kinds |= {"kappa_linear": apart, "kappa_quadratic": apart**2}
    for name, weights in kinds.items():
        expected = float((weights * chance).sum())
        yield name, 1 - float((weights * matrix).sum()) / expected if expected else 0.0


def matthews(counts: Array) -> float:
    """The correlation of Matthews for several classes."""
    matrix = counts.astype(np.float64)
    rows, columns, total = matrix.sum(axis=1), matrix.sum(axis=0), float(matrix.sum())
    both = float(np.trace(matrix)) * total - float(rows @ columns)
    left, right = total**2 - float(rows @ rows), total**2 - float(columns @ columns)
    spread = float(np.sqrt(left) * np.sqrt(right))
    return both / spread if spread else 0.0


def f1_of_means(counts: Counts) -> float:
    """F1 of the macro precision and the macro recall, which is not the macro F1."""
    precision, recall = (MACRO.of(counts, COUNT_METRICS[name]) for name in ("precision", "recall"))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

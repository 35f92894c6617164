"""What the calls of libraries give, where no ordinary accuracy of Keras gives it too."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from metrics_core.catalog.rows import CATALOG
from metrics_core.evaluation import evaluate
from metrics_core.libraries import LibraryRefusal
from metrics_core.libraries.usual import usual_answers
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.rules import SEARCHED
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.of_libraries import metric_of_library
from metrics_core.steps.shared import Steps

MOST_OUTPUTS = 200_000
"""Outputs of all columns together up to which the calls of libraries are tried."""
_K = (2, 3, 5)
_NEAR = 1e-9


def of_libraries(data: Predictions) -> Iterator[Tried]:
    """The usual calls of every library and version that differ on these data from Keras.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 1, 0], [0.2, 0.7, 0.5, 0.2])
    >>> [str(tried.choice.metric.title) for tried in of_libraries(data)]
    ['torchmetrics 0.2.0–0.10.3: Accuracy()']
    """
    if data.outputs.size > MOST_OUTPUTS:
        return
    plain, seen = _ordinary(data), set[object]()
    for found in usual_answers(data):
        value = found.value
        if value is None or not math.isfinite(value):
            continue
        if isinstance(found.answer, LibraryRefusal):
            continue
        if any(abs(value - other) < _NEAR for other in plain):
            continue
        metric = metric_of_library(found, data)
        if metric is None:
            continue
        way = round(value, 12), metric.decision.name, str(metric.averaged)
        if way in seen:
            continue
        seen.add(way)
        name = found.usual.call
        cost = costs.LIBRARY + (costs.LIBRARY_BY_NAME if "(" in name[:-2] else 0)
        tried = as_tried(metric, data.kind, cost, value, threshold=found.answer.settings.threshold)
        yield replace(tried, choice=replace(tried.choice, k=found.answer.settings.k))


def _ordinary(data: Predictions) -> list[float]:
    """What the accuracies of the catalogue give by default."""
    steps = Steps(data)
    rows = [row for row in CATALOG.values() if row.name in SEARCHED and data.kind in row.needs]
    found = [evaluate(data, row.name, steps=steps).result for row in rows]
    found += [
        evaluate(data, row.name, steps=steps, k=k).result
        for row in rows
        if "k" in row.uses(data.kind)
        for k in _K
    ]
    if data.kind == "binary":  # Youden's J is the adjusted balanced accuracy of two classes
        found.append(evaluate(data, "binary_accuracy", steps=steps, threshold=0.0).result)
        found.append(2 * evaluate(data, "balanced_accuracy", steps=steps).result - 1)
    return found

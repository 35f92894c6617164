"""Numbers that are no mean over the samples' matches: other metrics, and a broadcast by mistake."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.catalog.rows import CATALOG
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.broadcast import all_against_all
from metrics_core.reverse.candidates.rules import RULES, SEARCHED, rule_choice
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.reverse.recipes.recipe import Averaging
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps

_MOST_LABELS = 100
_BEFORE: tuple[Activation, ...] = ("none", "sigmoid")


def others(data: Predictions) -> Iterator[Tried]:
    """Rows of the catalogue that no mean over matches gives; every label against every output.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 1, 1], [0.9, 0.2, 0.8, 0.7])
    >>> [round(float(tried.values[0]), 4) for tried in others(data)][:4]
    [0.55, 0.395, 0.65, 0.625]
    """
    steps, elements = Steps(data), data.kind in ("binary", "multi_label")
    for row in CATALOG.values():
        counted = row.aggregation.counted  # among the metrics
        if not counted and row.name not in SEARCHED and data.kind in row.needs:
            value = evaluate(data, row.name, steps=steps).result
            yield _tried(data, row.name, costs.OTHER_METRIC, value)
    if not elements:
        return
    labels, counts = np.unique(data.labels, return_counts=True)
    if data.kind == "multi_label" or len(labels) > _MOST_LABELS:
        return
    for activation in _BEFORE:
        steps = Steps(data, activation)
        way = () if activation == "none" else (activation,)
        for rule in RULES:
            variant, threshold, cost = rule_choice(rule)
            decision = CATALOG[variant].decision_for(data.kind)
            predicted = decision.decide(steps, Settings(threshold=threshold))
            value = all_against_all(labels, counts, predicted)
            cost += costs.ACTIVATION[way] + costs.AVERAGING["broadcast"]
            yield _tried(data, variant, cost, value, way, threshold, "broadcast")


def _tried(
    data: Predictions,
    variant: str,
    cost: int,
    value: float,
    activations: tuple[str, ...] = (),
    threshold: float = 0.5,
    averaging: Averaging = "pooled",
) -> Tried:
    reading, nothing = Reading("as_is"), np.zeros(0, bool)
    choice = Hits(
        reading=reading,
        activations=activations,
        variant=variant,
        kind=data.kind,
        cost=cost,
        hits=nothing,
        width=1,
        threshold=threshold,
    )
    return Tried(
        choice=choice,
        averaging=averaging,
        weighting="ignored",
        values=np.array([value]),
        sizes=np.array([32]),
        costs=np.array([cost]),
    )

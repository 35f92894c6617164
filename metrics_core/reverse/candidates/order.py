"""Steps 3 and 4 where only the order of a row's scores counts: argmax and top k."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.readings import Reading, in_range
from metrics_core.steps.comparison import equal
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.rank import rank_of_true_class


def hits_of_order(
    data: Predictions,
    tries: list[tuple[Reading, Predictions]],
    activations: tuple[str, ...],
    scores: Array,
    plain: dict[str, Array],
) -> Iterator[Hits]:
    """Argmax and top k; an activation that changes no order is not tried again."""
    chosen = argmax(scores)
    again = "argmax" in plain and np.array_equal(plain["argmax"], chosen)
    plain.setdefault("argmax", chosen)
    for reading, given in tries:
        kind: Kind = "one_hot" if data.kind == "multi_label" else given.kind
        true_class = argmax(given.labels) if given.labels.ndim == 2 else given.labels
        cost = costs.ACTIVATION[activations] + costs.READING[reading.name]
        if data.kind == "multi_label":
            cost += costs.COMPARISON["class_of_many_labels"]
        sparse = "sparse_" if kind == "sparse" else ""
        first = equal(true_class, chosen)
        if not again:
            usual = true_class if reading.name == "as_is" else None
            name = f"{sparse}categorical_accuracy"
            yield Hits(
                reading=reading,
                activations=activations,
                variant=name,
                kind=kind,
                cost=cost,
                hits=first,
                true_class=usual,
            )
        if (activations and reading.name != "as_is") or not in_range(true_class, data.n_outputs):
            continue
        rank = rank_of_true_class(scores, true_class)
        key = f"rank {reading.name}"
        if key in plain and np.array_equal(plain[key], rank):
            continue
        plain.setdefault(key, rank)
        for k in range(1, max(data.n_outputs, 5) + 1):
            matches = (rank >= 0) & (rank < k)
            if k == 1 and np.array_equal(matches, first):
                continue
            total = cost + costs.DEFAULT_K + (0 if k == 5 else 1)
            name = f"{sparse}top_k_categorical_accuracy"
            yield Hits(
                reading=reading,
                activations=activations,
                variant=name,
                kind=kind,
                cost=total,
                hits=matches,
                k=k,
            )

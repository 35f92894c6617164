"""The mean over the classes of an area of each against the rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.areas import (
    AUC_OF_PAIRS,
    AUC_OF_PAIRS_WEIGHTED,
    area_of_classes,
)
from metrics_core.sweep import Sweep, auc, average_precision

MOST_PAIRED = 100_000
"""Samples up to which AUC of one class against one is tried."""
_AREAS = {"auc": auc, "average_precision": average_precision}


def areas_of_classes(data: Predictions, views: list[View]) -> Iterator[Tried]:
    """AUC and average precision, macro and weighted by class; where every class occurs.

    Of three classes and more also AUC of one class against one, which has no weights.

    Examples
    --------
    >>> from metrics_core.reverse.candidates.metrics.views import views
    >>> data = Predictions.of([0, 2, 1], [[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.4, 0.5, 0.1]])
    >>> next(areas_of_classes(data, list(views(data)))).values.tolist()
    [1.0]
    """
    groups: dict[tuple[tuple[str, ...], bool], list[View]] = {}
    for view in views:
        if view.reading.column is not None:
            groups.setdefault((view.activations, view.weights is None), []).append(view)
    kind: Kind = "multi_label" if data.kind == "multi_label" else "one_hot"
    for (activations, plain), group in groups.items():
        if any(view.has_nan or not view.reordered for view in group):
            continue
        sweeps = [view.sweep for view in group]
        if not all(sweep.positives and sweep.negatives for sweep in sweeps):
            continue
        support = np.array([sweep.positives for sweep in sweeps])
        for name, area in _AREAS.items():
            values = np.array([area(sweep) for sweep in sweeps])
            for average, value in (
                ("macro", values.mean()),
                ("weighted", np.average(values, weights=support)),
            ):
                yield as_tried(
                    area_of_classes(name, average),
                    kind,
                    costs.METRIC[name] + costs.AVERAGE[average],
                    float(value),
                    activations=activations,
                    weighting="ignored" if plain else "used",
                )
        if plain and kind == "one_hot" and len(group) > 2 and data.n_samples <= MOST_PAIRED:
            yield from _of_pairs(group, activations)


def _of_pairs(group: list[View], activations: tuple[str, ...]) -> Iterator[Tried]:
    """AUC of every two classes among their own samples, by the score of either."""
    areas, sizes = [], []
    for first, second in combinations(group, 2):
        rows = first.labels | second.labels
        both = [auc(Sweep.of(view.scores[rows], view.labels[rows])) for view in (first, second)]
        areas.append(np.mean(both))
        sizes.append(np.count_nonzero(rows))
    for metric, average, value in (
        (AUC_OF_PAIRS, "macro", np.mean(areas)),
        (AUC_OF_PAIRS_WEIGHTED, "weighted", np.average(areas, weights=sizes)),
    ):
        yield as_tried(
            metric,
            "one_hot",
            costs.METRIC["auc"] + costs.AVERAGE[average] + costs.OF_PAIRS,
            float(value),
            activations=activations,
        )

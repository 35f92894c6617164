"""The mean over the classes of an area of each against the rest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.views import View
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.metrics.areas import area_of_classes
from metrics_core.sweep import auc, average_precision

_AREAS = {"auc": auc, "average_precision": average_precision}


def areas_of_classes(data: Predictions, views: list[View]) -> Iterator[Tried]:
    """AUC and average precision, macro and weighted by class; where every class occurs.

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

"""Rows with several true labels: what of them is among the k highest outputs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Means, Tried
from metrics_core.reverse.candidates.metrics.as_tried import as_tried
from metrics_core.reverse.candidates.metrics.of_rows.rows import element_labels
from metrics_core.reverse.candidates.metrics.views import weights_of
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.metrics import several
from metrics_core.reverse.recipes.readings import Reading

MOST_SORTED = 2_000_000
"""Scores up to which the outputs of each row are sorted."""
_MOST_K = 20
_OFTEN = (1, 3, 5, 10)


def of_top(data: Predictions, means: Means) -> Iterator[Tried]:
    """Any true label in the top k, and the shares of true labels there, for each k.

    Examples
    --------
    >>> data = Predictions.of([[1, 1, 0]], [[0.1, 0.9, 0.5]], kind="multi_label")
    >>> tried = of_top(data, Means(1, None))
    >>> [(each.choice.variant, float(each.values[0])) for each in tried][:3]
    [('any_in_top_k', 1.0), ('precision_at_k', 1.0), ('recall_at_k', 0.5)]
    """
    labels = element_labels(data)
    if data.kind != "multi_label" or labels is None or labels.size > MOST_SORTED:
        return
    most = min(data.n_outputs - 1, _MOST_K)
    top = np.argsort(-data.outputs.astype(np.float64), axis=1, kind="stable")[:, :most]
    found = np.cumsum(np.take_along_axis(labels, top, axis=1), axis=1)
    own = np.maximum(np.count_nonzero(labels, axis=1), 1)
    for k in range(1, most + 1):
        got, more = found[:, k - 1], 0 if k in _OFTEN else 1
        for metric, hits, width in (
            (several.top_k("any_in_top_k", k), got > 0, 1),
            (several.top_k("precision_at_k", k), got, k),
        ):
            choice = Hits(
                reading=Reading("as_is"),
                activations=(),
                variant=metric.name,
                kind="multi_label",
                cost=more + costs.METRIC[metric.name],
                hits=hits,
                width=width,
                k=k,
                metric=metric,
            )
            yield from means.of(choice)
        recall = several.top_k("recall_at_k", k)
        for weights in weights_of(data):
            yield as_tried(
                recall,
                "multi_label",
                more + costs.METRIC[recall.name],
                float(np.average(got / own, weights=weights)),
                weighting="ignored" if weights is None else "used",
            )

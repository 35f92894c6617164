"""One value of a metric, as something that was tried."""

from __future__ import annotations

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.reverse.candidates.batches import Tried, size_costs
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.choice import Hits
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.reverse.recipes.recipe import Averaging, Weighting

_NOTHING = np.zeros(0, bool)


def as_tried(
    metric: Metric,
    kind: Kind,
    cost: int,
    value: float | Array,
    *,
    reading: Reading | None = None,
    activations: tuple[str, ...] = (),
    threshold: float = 0.5,
    averaging: Averaging = "pooled",
    weighting: Weighting = "ignored",
    sizes: Array | None = None,
) -> Tried:
    """Wrap a value, or one value for each batch size.

    Parameters
    ----------
    cost : int
        Of the metric and its decision; those of reading, activation, mean and weights are added.

    Examples
    --------
    >>> from metrics_core.reverse.recipes.metrics.areas import AUC
    >>> as_tried(AUC, "binary", 1, 0.75, activations=("sigmoid",)).costs.tolist()
    [3]
    """
    how = reading or Reading("as_is")
    total = cost + costs.READING[how.name] + costs.ACTIVATION[activations]
    total += costs.AVERAGING[averaging] + costs.WEIGHTING[weighting]
    choice = Hits(
        reading=how,
        activations=activations,
        variant=metric.name,
        kind=kind,
        cost=cost,
        hits=_NOTHING,
        threshold=threshold,
        metric=metric,
    )
    each = np.array([total]) if sizes is None else total + size_costs(sizes)
    return Tried(
        choice=choice,
        averaging=averaging,
        weighting=weighting,
        values=np.atleast_1d(np.asarray(value, np.float64)),
        sizes=np.array([32]) if sizes is None else sizes,
        costs=each,
    )

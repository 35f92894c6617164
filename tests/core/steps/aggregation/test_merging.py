"""States that merge into the state of the whole."""

from __future__ import annotations

import numpy as np

from metrics_core.steps.aggregation.batches import BatchMeans
from metrics_core.steps.aggregation.mean import Mean
from metrics_core.steps.aggregation.per_class import PerClassMean
from tests.every import every

RNG = np.random.default_rng(11)
WEIGHTS = {"none": None, "some zero": RNG.integers(0, 4, 999) / 4.0, "flags": RNG.random(999) < 0.5}
LABELS = RNG.integers(-2, 3, 999)
VALUES = {"matches": RNG.random(999) < 0.7, "errors": RNG.random(999).astype("f4")}


def states(kind, values, weights, rows):
    weigh = None if weights is None else weights[rows]
    if kind is PerClassMean:
        return PerClassMean.of(values[rows], LABELS[rows], weigh)
    if kind is BatchMeans:
        return BatchMeans.of_batches(values[rows], 10, weigh)
    return Mean.of(values[rows], weigh)


@every("kind", [Mean, PerClassMean, BatchMeans])
@every("weights", WEIGHTS.values(), ids=WEIGHTS)
@every("values", VALUES.values(), ids=VALUES)
def test_states_merge_in_any_grouping_into_the_state_of_the_whole(kind, weights, values):
    whole = states(kind, values, weights, slice(None))
    cuts = [slice(0, 10), slice(10, 500), slice(500, 990), slice(990, None)]
    a, b, c, d = (states(kind, values, weights, cut) for cut in cuts)
    empty = kind.empty()
    for merged in (
        a.merge(b).merge(c).merge(d),
        a.merge(b.merge(c.merge(d))),
        a.merge(b).merge(c.merge(d)),
    ):
        assert (merged.result, merged.total.value, merged.count.value) == (
            whole.result,
            whole.total.value,
            whole.count.value,
        )
        assert type(merged) is kind
    assert empty.merge(whole).result == whole.merge(empty).result == whole.result
    assert empty.result == 0.0

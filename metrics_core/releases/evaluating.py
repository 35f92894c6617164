"""From labels and outputs to the number, batch by batch, as a release goes through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.releases.counted.metrics import counted_metric
from metrics_core.releases.ran_beside import counting_of
from metrics_core.releases.resolve import Resolved
from metrics_core.releases.rules import aggregate
from metrics_core.releases.rules.arithmetic import ALIGNING, Computed, aligned
from metrics_core.releases.rules.batch_scores import ONE_NUMBER
from metrics_core.releases.rules.functions import Metric
from metrics_core.releases.rules.release import Release
from metrics_core.releases.rules.shapes import squeezed, squeezed_pair

_MATCHING = ("accuracy",)
Compute = Callable[[Array, Array, Release], Computed]


def evaluate(
    resolved: Resolved,
    labels: Array,
    outputs: Array,
    weights: Array | None,
    lengths: Array,
    row: Release,
) -> tuple[float, Array | None]:
    """Run a metric over batches.

    Parameters
    ----------
    resolved : Resolved
    labels, outputs, weights : ndarray
        As a release takes them; weights only for a weighted metric.
    lengths : ndarray of int
        How many samples each batch has.
    row : Release

    Returns
    -------
    value : float
        What is printed.
    matches : ndarray or None
        One number per element or sample, where the metric tells samples apart.
    """
    metric = resolved.metric
    if weights is not None:
        weights = aggregate.weight_columns(weights, outputs, row)
    rules = counting_of(row.name)
    if metric.function in rules.classes:
        found = counted_metric(metric.function, {}, labels, outputs, weights, lengths, rules)
        if found.size > 1:
            raise InputError(
                "metric",
                "must give a single number for all columns",
                repr(metric.function),
                "Ask `metric_beside` for a number per column.",
            )
        return float(found.astype(np.float32).item()), None
    if row.totals == "by_length":
        row = replace(row, weights_follow="values")
    if row.ranks_assumed:
        row = replace(row, squeezes="never", exact_shapes=False)
        squeezes = row.sparse_labels == "squeeze" and "sparse" in metric.function
        if squeezes and labels.ndim < outputs.ndim:
            labels = squeezed(labels)
    compute = metric.compute_in_class if resolved.as_class else metric.compute
    value, computed = over_batches(metric, compute, labels, outputs, weights, lengths, row)
    if computed is None or not metric.function.endswith(_MATCHING):
        return value, None
    uneven = row.aligns_ranks == "squeeze" and computed.returns == "batch"
    return value, None if uneven else computed.values


def over_batches(
    metric: Metric,
    compute: Compute,
    labels: Array,
    outputs: Array,
    weights: Array | None,
    lengths: Array,
    row: Release,
) -> tuple[float, Computed | None]:
    """Update a metric batch by batch; at once where one sample's number is that sample's own.

    Parameters
    ----------
    metric : Metric
    compute : callable
        One of the metric's two ways to ask its function.
    labels, outputs : ndarray
    weights : ndarray or None
        One number, or samples along the first axis.
    lengths : ndarray of int
        How many samples each batch has.
    row : Release

    Returns
    -------
    value : float
    computed : Computed or None
        Of all samples, where they can be told apart.
    """
    given = outputs
    labels, outputs = _inside_class(labels, outputs, row)
    if weights is not None and row.weights_follow != "values":
        followed = given if row.weights_follow == "given_outputs" else outputs
        weights = aggregate.follow(weights, followed.ndim)
    computed = None
    if _tells_samples_apart(metric, labels, outputs, row):
        computed = compute(labels, outputs, row)
        if computed.returns == "row" and computed.values.ndim == 1:
            computed = replace(computed, returns="batch")
    starts = np.cumsum(lengths) - lengths
    if computed is None or _needs_batches(computed, weights, row):
        totals, counts = _batch_by_batch(compute, labels, outputs, weights, starts, row)
    else:
        totals, counts = _at_once(computed, weights, starts, lengths, row)
    return aggregate.run(totals, counts, lengths, row), computed


def _needs_batches(computed: Computed, weights: Array | None, row: Release) -> bool:
    """Whether weights meet a number of each batch, or fit or not batch by batch."""
    if weights is None:
        return False
    stretched = weights.ndim > 1 and (not row.weights_stretch or row.weights_follow != "values")
    return weights.ndim == 0 or computed.returns == "batch" or stretched


def _inside_class(labels: Array, outputs: Array, row: Release) -> tuple[Array, Array]:
    """Bring labels and outputs together as a metric class does before it calls its function."""
    if row.squeezes == "never":
        return labels, outputs
    return squeezed_pair(labels, outputs, ask=row.squeezes == "ones")


def _tells_samples_apart(metric: Metric, labels: Array, outputs: Array, row: Release) -> bool:
    """Whether one sample's number depends on that sample alone."""
    function, rows = metric.function, outputs.shape[:-1]
    if function in ONE_NUMBER or outputs.ndim < 2:
        return False
    if outputs.ndim > 2 and (
        "top_k" in function or ("sparse" in function and row.sparse_labels == "flatten")
    ):
        return False
    if "sparse" in function:
        return labels.shape in {rows, (*rows, 1)}
    if function in ALIGNING:
        labels, outputs = aligned(labels, outputs, row)
    return labels.ndim == outputs.ndim


def _batch_by_batch(
    compute: Compute,
    labels: Array,
    outputs: Array,
    weights: Array | None,
    starts: Array,
    row: Release,
) -> aggregate.Parts:
    sums = []
    for start, stop in zip(starts, [*starts[1:], len(outputs)], strict=True):
        values = compute(labels[start:stop], outputs[start:stop], row).collapse()
        part = weights if weights is None or weights.ndim == 0 else weights[start:stop]
        total, count = aggregate.parts(values, part, row)
        sums.append((np.float32(total.sum()), np.float32(count.sum())))
    totals, counts = np.array(sums, dtype=np.float32).T
    return totals, counts


def _at_once(
    computed: Computed, weights: Array | None, starts: Array, lengths: Array, row: Release
) -> aggregate.Parts:
    if computed.returns == "batch":
        per_sample = computed.values.reshape(len(computed.values), -1)
        sums = np.add.reduceat(per_sample.sum(axis=1, dtype=np.float64), starts)
        means = (sums / (lengths * per_sample.shape[1])).astype(np.float32)
        return means, np.ones(len(means), np.float32)
    total, count = aggregate.parts(computed.collapse(), weights, row)
    return aggregate.batch_sums(total, starts), aggregate.batch_sums(count, starts)

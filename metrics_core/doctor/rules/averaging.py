"""How much each sample counts: batches and weights."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, share
from metrics_core.doctor.finding import Finding, some_rows
from metrics_core.messages import Message


def tail_dropped(case: Case) -> Finding | None:
    """What would be printed if the last, short batch were dropped."""
    size = case.settings.batch_size
    rest = case.n % size
    if rest == 0 or case.n < size:
        return None
    full = case.value_of_rows(slice(0, case.n - rest))
    if abs(full - case.accuracy) < VISIBLE:
        return None
    return Finding(
        severity="note",
        title=Message("The last, shorter batch matters"),
        seen=Message(
            "{total} samples in batches of {size} leave {n} over; without it the accuracy is "
            "{full}.",
            {"total": case.n, "size": size, "n": rest, "full": share(full)},
            plural="{total} samples in batches of {size} leave {n} over; without them the accuracy "
            "is {full}.",
        ),
        consistent_with=Message(
            "A pipeline with `drop_remainder=True`, or `steps` that round down."
        ),
        sure="possible",
        remedy=Message("Keep the last batch when evaluating."),
        code=f"dataset.batch({size}, drop_remainder=False)",
        rows=np.arange(case.n - rest, case.n)[:8],
        counterfactual=Message(
            "without the last sample: {value} instead of {now}",
            {"n": rest, "value": share(full), "now": share(case.accuracy)},
            plural="without the last {n} samples: {value} instead of {now}",
        ),
    )


def batch_means(case: Case) -> Finding | None:
    """A mean of batch means lets a sample of a short last batch count for more."""
    size, in_view = case.settings.batch_size, case.settings.aggregation == "batch_means"
    if case.n % size == 0 or case.n < size or case.settings.aggregation == "per_class":
        return None
    means, pooled = case.value(aggregation="batch_means"), case.value(aggregation=None)
    if abs(means - pooled) < VISIBLE:
        return None
    return Finding(
        severity="warning" if in_view else "note",
        title=Message("A mean of batch means"),
        seen=Message(
            "The last of {batches} batches has {n} sample instead of {size}, but counts as much "
            "as the others in a mean of batch means: {means}.",
            {
                "batches": -(-case.n // size),
                "n": case.n % size,
                "size": size,
                "means": share(means),
            },
            plural="The last of {batches} batches has {n} samples instead of {size}, but counts as "
            "much as the others in a mean of batch means: {means}.",
        ),
        consistent_with=Message("A training loop that averages the accuracies of its batches."),
        sure="certain" if in_view else "possible",
        remedy=Message("Add up the correct predictions and divide once, as metric objects do."),
        code="metric.update_state(y, y_pred)  # for each batch; metric.result() at the end",
        counterfactual=Message(
            "over all samples: {pooled}; mean of batch means: {means}",
            {"pooled": share(pooled), "means": share(means)},
        ),
        apply={"aggregation": None} if in_view else {},
    )


def weights_ignored(case: Case) -> Finding | None:
    """There are sample weights, and the number in view does not use them."""
    weight = case.predictions.sample_weight
    if weight is None or case.settings.weighted:
        return None
    weighted = case.value(weighted=True)
    gap = abs(weighted - case.accuracy)
    if gap < 0.0005:
        return None
    return Finding(
        severity="warning" if gap >= VISIBLE else "note",
        title=Message("Sample weights that are ignored"),
        seen=Message(
            "The weights range from {low} to {high} (0 for {n} sample), but the number in view "
            "counts every sample once.",
            {
                "low": f"{weight.min():.4g}",
                "high": f"{weight.max():.4g}",
                "n": int(np.count_nonzero(weight == 0)),
            },
            plural="The weights range from {low} to {high} (0 for {n} samples), but the number in "
            "view counts every sample once.",
        ),
        consistent_with=Message(
            "`metrics=` in Keras, which ignores sample weights; `weighted_metrics=` uses them."
        ),
        sure="certain",
        remedy=Message("Use the weights, or state that they are ignored."),
        code="model.compile(loss=loss, weighted_metrics=['accuracy'])",
        rows=some_rows(weight == 0),
        counterfactual=Message(
            "with weights: {value} instead of {now}",
            {"value": share(weighted), "now": share(case.accuracy)},
        ),
        apply={"weighted": True},
    )

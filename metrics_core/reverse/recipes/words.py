"""The choices of a recipe in words, as templates."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.reverse.recipes.interval import Interval

ACTIVATIONS = {
    (): "none",
    ("sigmoid",): "sigmoid",
    ("softmax",): "softmax",
    ("logit",): "the sigmoid undone",
    ("sigmoid", "sigmoid"): "sigmoid, twice",
    ("softmax", "softmax"): "softmax, twice",
}
COMPARISONS = {
    "equal": "equal to the label",
    "equal_as_positive": "equal to the label (0, or not 0)",
    "all_equal": "all elements equal",
    "equal_class": "equal to the true class",
    "in_top_k": "true class in the top {k}",
}
AVERAGES = {
    "pooled": "mean",
    "per_class": "mean of each class, then of the classes",
    "batch_means": "mean of batches of {batch_size}, then of the batches",
    "tail_dropped": "mean without the incomplete last batch of {batch_size}",
    "broadcast": "mean of every label against every output, n x n",
    "decided_positive": "mean over those decided 1",
    "actual_positive": "mean over those labelled 1",
    "f_beta": "decided 1, and labelled 1",
}
WEIGHTED = {
    "ignored": "{average}",
    "used": "{average}, with sample weights",
    "by_count": "weighted sums over the number of weights above 0, in batches of {batch_size}",
}


def decided(decision: str, threshold: float, intervals: tuple[Interval, ...]) -> Message:
    """Step 3 in words, with the interval where the threshold is free.

    Examples
    --------
    >>> str(decided("threshold", 0.5, ())), str(decided("argmax", 0.5, ()))
    ('> 0.5', 'highest output')
    """
    if len(intervals) == 1:
        ends = (intervals[0].low, intervals[0].high)
        values: dict[str, object] = dict(zip(("low", "high"), map(_shown, ends), strict=True))
        return Message("> any threshold from {low} to below {high}", values)
    if intervals:
        values = {"count": len(intervals), "threshold": threshold}
        return Message("> {threshold:g}, in one of {count} intervals of thresholds", values)
    return {
        "threshold": Message("> {threshold:g}", {"threshold": threshold}),
        "round": Message("round, halves to even"),
        "argmax": Message("highest output"),
        "rank": Message("rank of the true class"),
    }.get(decision, Message("none"))


def _shown(number: float) -> str:
    """A score with the digits that tell it from its neighbours: as float32 where it is one."""
    single = np.float32(number)
    return str(single) if float(single) == number else repr(number)

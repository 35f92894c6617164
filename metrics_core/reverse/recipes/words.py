"""The choices of a recipe in words, as messages whose values are put in later."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.reverse.recipes.interval import Interval

ACTIVATIONS = {
    (): Message("none"),
    ("sigmoid",): Message("sigmoid"),
    ("softmax",): Message("softmax"),
    ("logit",): Message("logit (inverse sigmoid)"),
    ("sigmoid", "sigmoid"): Message("sigmoid, twice"),
    ("softmax", "softmax"): Message("softmax, twice"),
    ("softmax_samples",): Message("softmax over the samples (dim=0) instead of the classes"),
}
AVERAGES = {
    "tail_dropped": Message("mean without the incomplete last batch of {batch_size}"),
    "broadcast": Message("mean of every label against every output, n x n"),
    "broadcast_sum": Message(
        "every label against every output (a broadcast to n x n), summed and divided by n"
    ),
    "broadcast_batches": Message(
        "every label against every output of its batch (a broadcast), summed and divided by n, "
        "in batches of {batch_size}"
    ),
    "by_length": Message("mean of the batches of {batch_size}, weighted by their length"),
    "within_batches": Message("mean, the outputs taken in batches of {batch_size}"),
    "per_batch": Message("correct per batch: all matches divided by the batches of {batch_size}"),
    "per_full_batch": Message("correct per batch of {batch_size}, without the incomplete last one"),
    "per_batch_size": Message("all matches divided by the batch size, {batch_size}"),
    "batch_sum": Message("sum, not mean, of the accuracies of batches of {batch_size}"),
    "number": Message("number of matches, not divided by the samples"),
}
"""Averages that no row of the catalogue takes."""
WEIGHTED = {
    "ignored": Message("{average}"),
    "used": Message("{average}, with sample weights"),
    "by_count": Message(
        "weighted sums divided by the number of weights above 0, in batches of {batch_size}"
    ),
}
_MOST_LISTED = 8
"""Intervals up to which a threshold of each is named."""


def free_threshold(threshold: float, intervals: tuple[Interval, ...]) -> Message:
    """The thresholds that give a number, at least one interval of them.

    Examples
    --------
    >>> str(free_threshold(0.5, (Interval(0.25, 0.5, 7, 10), Interval(0.75, 1.0, 7, 10))))
    '> 0.5, in one of 2 intervals of thresholds: 7, 7'
    """
    values: dict[str, object]
    if len(intervals) == 1:
        ends = (intervals[0].low, intervals[0].high)
        values = dict(zip(("low", "high"), map(shown_score, ends), strict=True))
        return Message("> any threshold from {low} up to {high} (exclusive)", values)
    values = {"count": len(intervals), "threshold": threshold}
    if len(intervals) <= _MOST_LISTED:
        values["each"] = ", ".join(f"{part.threshold:g}" for part in intervals)
        return Message("> {threshold:g}, in one of {count} intervals of thresholds: {each}", values)
    return Message("> {threshold:g}, in one of {count} intervals of thresholds", values)


def shown_score(number: float) -> str:
    """A score with the digits that tell it from its neighbours: as float32 where it is one."""
    single = np.float32(number)
    return str(single) if float(single) == number else repr(number)

"""What a sweep says in tables: best thresholds, intervals, ties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from accuracy_lens.explore.thresholds.answers import shown
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.counts import FIGURES, CostMatrix, Counts
from metrics_core.counting.intervals import wilson
from metrics_core.datasets.sweeping.shared import MOST as MOST_TIES
from metrics_core.datasets.sweeping.shared import Shared
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.sweep import Best, Sweep

_PARTS = {
    "accuracy": ("true_positives", "true_negatives"),
    "precision": ("true_positives", "false_positives"),
    "recall": ("true_positives", "false_negatives"),
    "specificity": ("true_negatives", "false_positives"),
}

Ties = tuple[list[str], list[str], list[str], list[str]]
"""Scores, samples that share each, and the accuracy there with either comparison."""


def best_frame(best: Sequence[Best], counts: Counts, cost: CostMatrix) -> pd.DataFrame:
    """One row per metric: its best value, where that is, and its value at the threshold in view."""
    here = {name: figure(float(row.of(counts))) for name, row in FIGURES.items()}
    here |= {name: say("0 of 0: {why}", why=why) for name, why in undefined(counts).items()}
    here["cost"] = figure(float(counts.cost(cost)))
    titles = {name: say(row.title) for name, row in FIGURES.items()}
    titles["cost"] = say("Mean cost (lowest)")
    return pd.DataFrame(
        {
            say("Metric"): [titles[row.name] for row in best],
            say("Best"): [figure(row.value) for row in best],
            say("At this threshold"): [here[row.name] for row in best],
            say("Threshold"): [shown(row.threshold) for row in best],
            say("From"): [f"{row.low:.9g}" for row in best],
            say("Up to (exclusive)"): [f"{row.high:.9g}" for row in best],
            say("Intervals"): [row.n_intervals for row in best],
        }
    )


def undefined(counts: Counts) -> dict[str, Message]:
    """By name of a metric, why it is 0 of 0 at a threshold; Keras prints 0 then."""
    found: dict[str, Message] = {}
    if not counts.positives:
        found["recall"] = Message("no sample is 1")
    if not counts.negatives:
        found["specificity"] = Message("no sample is 0")
    if not counts.predicted_positive:
        found["precision"] = Message("nothing was predicted 1")
    if not counts.positives and not counts.predicted_positive:
        found["f1"] = Message("no sample is 1, and nothing was predicted 1")
    return found


def interval_frame(
    counts: Counts,
    areas: dict[str, float],
    ends: dict[str, tuple[float, float]],
    *,
    weighted: bool = False,
) -> pd.DataFrame:
    """Metrics that are shares, with Wilson's interval, and the areas with theirs.

    Parameters
    ----------
    counts : Counts
    weighted : bool
        The counts are weights, of which Wilson's interval knows nothing; they are left out.
    areas, ends : dict
        By name; empty where a label is missing or no intervals were asked for.
    """
    rows = []
    for name, (first, second) in ({} if weighted else _PARTS).items():
        right = getattr(counts, first)
        whole = right + getattr(counts, second)
        if name == "accuracy":
            right, whole = whole, counts.count
        low, high = wilson(float(right), float(whole))
        share = f"{amount(float(right))} / {amount(float(whole))}"
        value = float(FIGURES[name].of(counts))
        rows.append((say(FIGURES[name].title), figure(value), figure(low), figure(high), share))
    titles = {
        "auc": say("Area under the ROC curve"),
        "average_precision": say("Average precision"),
    }
    for name, (low, high) in ends.items():
        row = (titles[name], figure(areas[name]), figure(low), figure(high), say("bootstrap"))
        rows.append(row)
    columns = [say("Metric"), say("Value"), say("From"), say("To"), say("Counted")]
    return pd.DataFrame(rows, columns=columns)


def ties_of(sweep: Sweep) -> Ties:
    """The scores that the most samples share, with the accuracy of either comparison there."""
    scores, sizes = np.zeros(0), np.zeros(0)
    most = 0.0 if sweep.weighted else 1.0
    for block in sweep.blocks():
        size = block.at_1 + block.at_0
        some = np.flatnonzero(size > most)
        if not len(some):
            continue
        sizes = np.append(sizes, size[some])
        scores = np.append(scores, block.scores[some].astype(np.float64))
        keep = np.sort(np.argsort(-sizes, kind="stable")[:MOST_TIES])
        scores, sizes = scores[keep], sizes[keep]
        if len(sizes) == MOST_TIES:
            most = sizes.min()  # of equal sizes the lower score stays
    at = [sweep.at_each(scores, inclusive=loose) for loose in (False, True)]
    return _ties(scores, sizes, *at)


def ties_kept(shared: Shared, positives: float, negatives: float) -> Ties:
    """The same of scores that were kept with what was counted at and above them.

    Examples
    --------
    >>> kept = Shared(np.array([0.5]), np.array([[1], [1]]), np.array([[2], [0]]))
    >>> ties_kept(kept, 3, 3)
    (['0.5'], ['2'], ['0.8333'], ['0.8333'])
    """
    at = [
        Counts(tp, fp, negatives - fp, positives - tp)
        for tp, fp in (shared.above, shared.above + shared.at)
    ]
    return _ties(shared.scores, shared.sizes, *at)


def _ties(scores: Array, sizes: Array, strict: Counts, loose: Counts) -> Ties:
    """The largest first; of equal sizes the lower score."""
    order = np.argsort(-sizes, kind="stable")
    sides = [np.asarray(counts.accuracy)[order].tolist() for counts in (strict, loose)]
    return (
        [f"{score:.9g}" for score in scores[order].tolist()],
        [amount(size) for size in sizes[order].tolist()],
        [figure(value) for value in sides[0]],
        [figure(value) for value in sides[1]],
    )


def ties_frame(ties: Ties) -> pd.DataFrame:
    """The same as a table."""
    titles = (
        say("Score"), say("Samples that share it"), say("Accuracy with >"), say("Accuracy with ≥"),
    )  # fmt: skip
    return pd.DataFrame(dict(zip(titles, ties, strict=True)))

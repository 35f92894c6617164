"""What a sweep says, as frames and sentences: metrics at the threshold, best thresholds, ties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from accuracy_lens.components.threshold_lens.grid import finite_range
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.counts import FIGURES, CostMatrix, Counts
from metrics_core.counting.intervals import wilson
from metrics_core.distribution import Distribution
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.steps.decision import effective_threshold
from metrics_core.steps.one_class import class_name
from metrics_core.sweep import Best, Sweep

MOST_TIES = 12
_PARTS = {
    "accuracy": ("true_positives", "true_negatives"),
    "precision": ("true_positives", "false_positives"),
    "recall": ("true_positives", "false_negatives"),
    "specificity": ("true_negatives", "false_positives"),
}


def at_threshold(sweep: Sweep, threshold: float, *, inclusive: bool = False) -> Counts:
    """The counts at a threshold as Keras compares it: rounded to float32 first."""
    limit = float(effective_threshold(threshold, np.dtype(sweep.dtype)))
    return sweep.at(limit, inclusive=inclusive)


def spread_of(sweep: Sweep, n_bins: int = 60) -> Distribution:
    """Counts or weights of scores in bins of equal width, read off the sweep.

    Examples
    --------
    >>> spread = spread_of(Sweep.of(np.array([0.0, 0.4, 1.0]), np.array([False, True, True])), 2)
    >>> spread.positive.tolist(), spread.other.tolist()
    ([1, 1], [1, 0])
    """
    low, high = finite_range(sweep)
    edges = np.linspace(low, high, n_bins + 1) if high > low else np.array([low, high])
    from_edge = sweep.at_each(edges[:-1], inclusive=True)
    ones, zeros = np.asarray(from_edge.true_positives), np.asarray(from_edge.false_positives)
    over = sweep.at(high)
    sides = [
        ones - np.append(ones[1:], over.true_positives),
        zeros - np.append(zeros[1:], over.false_positives),
    ]
    if len(edges) == 2:
        sides = [np.append(side, np.zeros(n_bins - 1, side.dtype)) for side in sides]
    total = sweep.positives + sweep.negatives
    inside = sum(float(side.sum()) for side in sides)
    return Distribution(low, high, sides[0], sides[1], round(total - inside))


def sides_of(data: Predictions, class_index: int | None) -> tuple[Message, Message]:
    """What label 1 and label 0 are."""
    if data.n_outputs == 1:
        return Message("label 1"), Message("label 0")
    if class_index is None:
        return Message("outputs with label 1"), Message("outputs with label 0")
    name = {"name": class_name(data, class_index)}
    if data.kind == "multi_label":
        return Message("with label {name}", name), Message("without label {name}", name)
    if data.n_outputs == 2:
        rest = {"name": class_name(data, 1 - class_index)}
        return Message("label 1: class {name}", name), Message("label 0: class {name}", rest)
    return Message("label 1: class {name}", name), Message("label 0: any other class")


def of_what(data: Predictions, class_index: int | None) -> Message | None:
    """What the numbers of a sweep are of, where there are several outputs."""
    if data.n_outputs == 1:
        return None
    if class_index is None:
        return Message(
            "All {n:,} outputs of the {columns} columns, each on its own.",
            {"n": data.y_pred.size, "columns": data.n_outputs},
        )
    name = {"name": class_name(data, class_index)}
    if data.kind == "multi_label":
        return Message("Label {name} alone, by its own output.", name)
    if data.n_outputs == 2:
        rest = class_name(data, 1 - class_index)
        return Message(
            "Class {name} against class {rest}, by the output of class {name}.",
            name | {"rest": rest},
        )
    return Message("Class {name} against all others, by its own output.", name)


def by_highest(data: Predictions, share: float) -> Message:
    """The accuracy by the highest output, which is another number than that of a threshold."""
    values: dict[str, object] = {"share": figure(share), "n": data.n_outputs}
    return Message(
        "By the highest of the {n} outputs, without a threshold, the accuracy over all classes is "
        "{share}.",
        values,
    )


def headline(counts: Counts, best: Best, areas: dict[str, float]) -> Message:
    """The accuracy at the threshold, the best one there is, and the areas."""
    values: dict[str, object] = {
        "accuracy": figure(float(counts.accuracy)),
        "right": amount(float(counts.true_positives + counts.true_negatives)),
        "count": amount(float(counts.count)),
        "best": figure(best.value),
        "at": shown(best.threshold),
        "majority": figure(float(counts.majority)),
    }
    if not areas:
        return Message(
            "Accuracy {accuracy} ({right} of {count}). The best that any threshold gives is "
            "{best}, at {at}; always predicting the more frequent label gives {majority}.",
            values,
        )
    return Message(
        "Accuracy {accuracy} ({right} of {count}). The best that any threshold gives is {best}, "
        "at {at}; always predicting the more frequent label gives {majority}. Area under the ROC "
        "curve {auc}, average precision {average_precision}.",
        values | {name: figure(value) for name, value in areas.items()},
    )


def shown(threshold: float | None) -> str:
    """A threshold as it is typed."""
    return say("none that Keras accepts") if threshold is None else f"{threshold:.6g}"


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


def ties_sentence(sweep: Sweep, threshold: float) -> Message:
    """What ``>=`` would change at the threshold in view."""
    strict, loose = (at_threshold(sweep, threshold, inclusive=side) for side in (False, True))
    tied = float(loose.predicted_positive - strict.predicted_positive)
    values: dict[str, object] = {
        "threshold": f"{threshold:.6g}",
        "strict": figure(float(strict.accuracy)),
        "loose": figure(float(loose.accuracy)),
    }
    if not tied:
        return Message("No score equals {threshold}: > and ≥ predict the same there.", values)
    if sweep.weighted:
        return Message(
            "Scores of weight {weight} equal {threshold}: with > they are class 0 and the accuracy "
            "is {strict}, with ≥ they are class 1 and it is {loose}. Keras uses >.",
            values | {"weight": amount(tied)},
        )
    return Message(
        "{n:,} score equals {threshold}: with > it is class 0 and the accuracy is {strict}, with ≥ "
        "it is class 1 and the accuracy is {loose}. Keras uses >.",
        values | {"n": int(tied)},
        plural="{n:,} scores equal {threshold}: with > they are class 0 and the accuracy is "
        "{strict}, with ≥ they are class 1 and it is {loose}. Keras uses >.",
    )


def ties_frame(sweep: Sweep) -> pd.DataFrame:
    """The scores that the most samples share, with the accuracy of either comparison there."""
    scores, sizes = np.zeros(0), np.zeros(0)
    for block in sweep.blocks():
        size = np.asarray(block.at_1 + block.at_0, np.float64)
        some = size > 1 if not sweep.weighted else size > 0
        sizes = np.append(sizes, size[some])
        scores = np.append(scores, block.scores[some].astype(np.float64))
        keep = np.sort(np.argsort(-sizes, kind="stable")[:MOST_TIES])
        scores, sizes = scores[keep], sizes[keep]
    order = np.argsort(-sizes, kind="stable")
    scores, sizes = scores[order], sizes[order]
    sides = [np.asarray(sweep.at_each(scores, inclusive=loose).accuracy) for loose in (False, True)]
    return pd.DataFrame(
        {
            say("Score"): [f"{score:.9g}" for score in scores],
            say("Samples that share it"): [amount(size) for size in sizes.tolist()],
            say("Accuracy with >"): [figure(value) for value in sides[0].tolist()],
            say("Accuracy with ≥"): [figure(value) for value in sides[1].tolist()],
        }
    )

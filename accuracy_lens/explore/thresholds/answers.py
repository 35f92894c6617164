"""What a sweep says in sentences: its numbers at the threshold, what they are of, ties."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from accuracy_lens.components.threshold_lens.grid import finite_range
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.counts import Counts
from metrics_core.messages import Message
from metrics_core.overview.distribution import Distribution, even_edges
from metrics_core.predictions import Predictions
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.sweep import Best, Sweep


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
    edges = even_edges(low, high, n_bins) if high > low else np.array([low, high])
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


def by_highest(data: Predictions, share: float) -> Message:
    """The accuracy by the highest output, which is another number than that of a threshold."""
    values: dict[str, object] = {"share": figure(share), "n": data.n_outputs}
    return Message(
        "By the highest of the {n} outputs, without a threshold, the accuracy over all classes is "
        "{share}.",
        values,
    )


def plot_labels(areas: Mapping[str, float]) -> dict[str, Message]:
    """What a screen reader calls the plots that have an area under their curve, by their names.

    Examples
    --------
    >>> from accuracy_lens.words.text import say
    >>> say(plot_labels({"auc": 0.92134, "average_precision": 0.5})["roc"])
    'ROC, AUC 0.9213'
    """
    if not areas:
        return {}
    auc, precision = figure(areas["auc"]), figure(areas["average_precision"])
    words = "Precision and recall, average precision {area}"
    return {
        "roc": Message("ROC, AUC {area}", {"area": auc}),
        "precision_recall": Message(words, {"area": precision}),
    }


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

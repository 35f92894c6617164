"""Counts of classes -> names, sentences and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from accuracy_lens.explore.classes.matrix import ANY, NO_CLASS, OTHERS
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.intervals import wilson
from metrics_core.counting.mixups import Mixup, largest_mixups
from metrics_core.counting.per_class import PerClass
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

MOST_NAMED = 8
SPECIAL: dict[int, Message] = {
    ANY: Message("any class"),
    OTHERS: Message("others"),
    NO_CLASS: Message("no class"),
}


def class_labels(names: Sequence[str] | None, n_classes: int) -> tuple[str, ...]:
    """What each class is called: its name, with its number where that alone is not clear.

    Examples
    --------
    >>> class_labels(["cat", "dog", "cat", ""], 4), class_labels(None, 2)
    (('cat (0)', 'dog', 'cat (2)', '(3)'), ('0', '1'))
    """
    if names is None:
        return tuple(str(index) for index in range(n_classes))
    texts = [" ".join(name.encode("utf-8", "replace").decode().split()) for name in names]
    often = Counter([*texts, *(say(SPECIAL[key]) for key in SPECIAL)])
    numbered = tuple(f"{text} ({index})".strip() for index, text in enumerate(texts[:n_classes]))
    short = tuple(
        text if text and often[text] == 1 else long
        for text, long in zip(texts[:n_classes], numbered, strict=True)
    )
    return short if len(set(short)) == n_classes else numbered


def called(key: int, labels: Sequence[str]) -> str:
    """The name of a class, or of what stands for several or none."""
    return say(SPECIAL[key]) if key in SPECIAL else labels[key]


def title_of(
    accuracy: float, kind: Kind, n_classes: int, threshold: float, *, by_class: bool
) -> Message:
    """The accuracy and what it is of.

    Parameters
    ----------
    accuracy : float
    kind : Kind
    n_classes : int
    threshold : float
        Of one output per sample.
    by_class : bool
        Whether classes have thresholds of their own.
    """
    values: dict[str, object] = {
        "value": figure(accuracy), "n": n_classes, "threshold": f"{threshold:g}",
    }  # fmt: skip
    if kind == "binary":
        return Message("Accuracy {value}, class 1 above {threshold}", values)
    if kind == "class_indices":
        return Message("Accuracy {value} over {n} classes, each output equal to its label", values)
    if by_class:
        return Message(
            "Accuracy {value} over {n} classes, by the highest output above its class's threshold",
            values,
        )
    return Message("Accuracy {value} over {n} classes, by the highest output", values)


def answer(confusion: Confusion) -> Message:
    """The accuracy with its count and interval."""
    size = effective_size(confusion)
    low, high = wilson(confusion.accuracy * size, size)
    return Message(
        "{right} of {total} right, 95 % interval {low} to {high}.",
        {
            "right": amount(float(confusion.hits.sum())),
            "total": amount(confusion.count),
            "low": figure(low),
            "high": figure(high),
        },
    )


def effective_size(confusion: Confusion) -> float:
    """The number of samples that an interval of the accuracy rests on: Kish's, with weights.

    Examples
    --------
    >>> effective_size(Confusion.of([0, 1], [0, 0], 2, weights=[0.5, 0.5]))
    2.0
    """
    square = float(confusion.squares[0].sum())
    return confusion.count**2 / square if square else 0.0


def worst(confusion: Confusion, labels: Sequence[str]) -> list[Message]:
    """Which class is found least often, and which is most often mistaken for another."""
    sentences = []
    support, hits = confusion.support, confusion.hits
    if np.any(support > 0):
        recall = np.divide(hits, support, out=np.full(len(hits), np.inf), where=support > 0)
        lowest = int(recall.argmin())
        sentences.append(
            Message(
                "Lowest recall: {name} with {recall}, {right} of {total}.",
                {
                    "name": labels[lowest],
                    "recall": figure(float(recall[lowest])),
                    "right": amount(float(hits[lowest])),
                    "total": amount(float(support[lowest])),
                },
            )
        )
    largest = largest_mixups(confusion, 1)
    if not largest:
        return [*sentences, Message("No sample is predicted as a wrong class.")]
    return [*sentences, _most_frequent(largest[0], labels, confusion)]


def _most_frequent(mixup: Mixup, labels: Sequence[str], confusion: Confusion) -> Message:
    return Message(
        "Most frequent confusion: {true} is predicted as {predicted}, {count} of {total}.",
        {
            "true": labels[mixup.true_class],
            "predicted": labels[mixup.predicted_class],
            "count": amount(mixup.count),
            "total": amount(float(confusion.support[mixup.true_class])),
        },
    )


def class_frame(metrics: PerClass, labels: Sequence[str], n_effective: float) -> pd.DataFrame:
    """One row a class: how many there are, and each metric with its interval."""
    return pd.DataFrame(
        {
            say("class"): list(labels),
            say("samples"): metrics.support,
            say("predicted"): metrics.predicted,
            say("accuracy against the rest"): metrics.accuracy,
            say("accuracy, 95 %"): _intervals(
                wilson(metrics.accuracy * n_effective, np.full(len(labels), n_effective))
            ),
            say("precision"): metrics.precision,
            say("precision, 95 %"): _intervals(metrics.precision_interval),
            say("recall"): metrics.recall,
            say("recall, 95 %"): _intervals(metrics.recall_interval),
            say("F1"): metrics.f1,
        }
    )


def never(metrics: PerClass, labels: Sequence[str]) -> list[Message]:
    """Which classes have a precision or a recall of 0 of 0."""
    unpredicted = [labels[index] for index in np.flatnonzero(metrics.predicted == 0).tolist()]
    missing = [labels[index] for index in np.flatnonzero(metrics.support == 0).tolist()]
    sentences = []
    if unpredicted:
        sentences.append(
            Message(
                "Nothing was predicted as class {names}: its precision is 0 of 0.",
                {"n": len(unpredicted), "names": _some(unpredicted)},
                plural="Nothing was predicted as {n} of the classes: their precision is 0 of 0: "
                "{names}.",
            )
        )
    if missing:
        sentences.append(
            Message(
                "No sample is of class {names}: its recall is 0 of 0.",
                {"n": len(missing), "names": _some(missing)},
                plural="No sample is of {n} of the classes: their recall is 0 of 0: {names}.",
            )
        )
    return sentences


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")


def _intervals(ends: tuple[Array, Array]) -> list[str]:
    return [f"{low:.4f} – {high:.4f}" for low, high in zip(*ends, strict=True)]


def averages_frame(metrics: PerClass) -> pd.DataFrame:
    """The mean of the classes that occur, and the mean weighted by their samples."""
    occurs = (metrics.support > 0) | (metrics.predicted > 0)
    weights = {
        say("macro"): np.where(occurs, 1.0, 0.0),
        say("weighted by samples"): metrics.support.astype(np.float64),
    }
    columns = {
        say("accuracy against the rest"): metrics.accuracy,
        say("precision"): metrics.precision,
        say("recall"): metrics.recall,
        say("F1"): metrics.f1,
    }
    rows: dict[str, list[Any]] = {say("average"): list(weights)}
    for title, values in columns.items():
        rows[title] = [
            float(values @ weight / weight.sum()) if weight.sum() else 0.0
            for weight in weights.values()
        ]
    return pd.DataFrame(rows)

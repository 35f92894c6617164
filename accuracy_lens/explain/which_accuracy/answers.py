"""What the releases compute on the data in view, as numbers and branches (no streamlit)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.releases import (
    RELEASES,
    CompiledAccuracy,
    KerasRefusal,
    Loss,
    Release,
    Resolved,
    for_predictions,
    resolve,
)
from metrics_core.releases.rules.inputs import labels_in_evaluate

Answer = CompiledAccuracy | KerasRefusal
METRICS = (
    "accuracy", "acc", "Accuracy", "ACC", "binary_accuracy", "categorical_accuracy",
    "sparse_categorical_accuracy", "top_k_categorical_accuracy", "BinaryAccuracy",
    "CategoricalAccuracy", "SparseCategoricalAccuracy",
)  # fmt: skip
RULES = {
    "loss": Message("The choice depends on the units of the last layer, then on the loss."),
    "shapes": Message("The choice depends on the shapes of labels and outputs, not on the loss."),
}
_BINARY: Loss = "binary_crossentropy"
_SPARSE: Loss = "sparse_categorical_crossentropy"
_PROBES: dict[str, tuple[tuple[Message, Loss, tuple[int, ...], tuple[int, ...]], ...]] = {
    "loss": (
        (Message("One output unit"), _BINARY, (9, 1), (9, 1)),
        (Message("Several units, and the loss is binary crossentropy"), _BINARY, (9, 4), (9, 4)),
        (
            Message("Several units, and the loss is sparse categorical crossentropy"),
            _SPARSE, (9, 1), (9, 4),
        ),
        (Message("Several units, and any other loss"), "categorical_crossentropy", (9, 4), (9, 4)),
    ),
    "shapes": (
        (Message("The outputs have one column"), _BINARY, (9, 1), (9, 1)),
        (Message("The labels have fewer axes than the outputs"), _BINARY, (9,), (9, 4)),
        (Message("The labels have one column, the outputs several"), _BINARY, (9, 1), (9, 4)),
        (Message("Labels and outputs have several columns"), _BINARY, (9, 4), (9, 4)),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Branch:
    """One branch of a decision tree: when it is taken, what it leads to, whether it was taken."""

    question: Message
    function: str
    taken: bool


def ask_all(
    predictions: Predictions, *, loss: Loss, metric: str, batch_size: int, weighted: bool
) -> dict[str, Answer]:
    """Ask every row of releases; only numbers and sentences are kept, no arrays behind them.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 1], [0.2, 0.7, 1.6])
    >>> asked = {"metric": "acc", "batch_size": 32, "weighted": False}
    >>> answers = ask_all(data, loss="binary_crossentropy", **asked)
    >>> answers["keras-2.3.1"].printed, answers["keras-3.15.1"].printed
    ('0.6667', '1.0000')
    """
    asked = {"loss": loss, "metric": metric, "batch_size": batch_size, "weighted": weighted}
    return {name: ask(predictions, name, **asked) for name in RELEASES}


def ask(predictions: Predictions, release: str, **asked: Any) -> Answer:
    """Ask a release by its name; what it refuses is an answer too."""
    try:
        return replace(for_predictions(predictions, release=release, **asked), matches=None)
    except KerasRefusal as refusal:
        return refusal.with_traceback(None)


def branches(row: Release, chosen: Resolved | None) -> tuple[Branch, ...]:
    """The decision tree of a release, by asking it once for each branch.

    Parameters
    ----------
    row : Release
    chosen : Resolved or None
        What the release made of the question in view; None where it knows no such metric.

    Examples
    --------
    >>> [branch.function for branch in branches(RELEASES["keras-2.3.1"], None)][:2]
    ['binary_accuracy', 'binary_accuracy']
    """
    found = []
    for question, loss, labels, outputs in _PROBES[row.resolves_by]:
        probe = resolve(
            "accuracy", row, loss=loss, loss_form="string", labels_shape=labels,
            outputs_shape=outputs,
        )  # fmt: skip
        taken = chosen is not None and chosen.branch.template == probe.branch.template
        found.append(Branch(question, probe.metric.name, taken))
    return tuple(found)


def resolved(
    predictions: Predictions, row: Release, *, loss: Loss, metric: str, weighted: bool
) -> Resolved | None:
    """What the metric means to a release, even where computing it is refused later; else None."""
    outputs = predictions.y_pred[:1].reshape(1, -1)
    labels = labels_in_evaluate(np.asarray(predictions.y_true[:1]), outputs, loss, "string", row)
    try:
        return resolve(
            metric, row, loss=loss, loss_form="string", labels_shape=labels.shape,
            outputs_shape=outputs.shape, weighted=weighted,
        )  # fmt: skip
    except KerasRefusal:
        return None

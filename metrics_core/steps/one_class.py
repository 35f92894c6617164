"""One class of several against the rest: its column of the scores, and whether a label is it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps


def one_class(steps: Steps, class_index: int) -> Steps:
    """The steps of one class against the rest, as of one output per sample.

    The activation has been applied to all outputs before the column is taken, so that a softmax
    stays one over the row.

    Parameters
    ----------
    steps : Steps
        Of several outputs per sample whose labels name one class: indices or one-hot rows.
    class_index : int
        The positive class, from 0 to C - 1; it becomes label 1. A class index out of range is
        label 0. One-hot labels keep their column as it came.

    Raises
    ------
    InputError
        Where the outputs are of another kind, or there is no such class.

    Examples
    --------
    >>> steps = Steps(Predictions.of([0, 1, 1], [[0.9, 0.1], [0.4, 0.6], [0.7, 0.3]]))
    >>> positive = one_class(steps, 1)
    >>> data = positive.predictions
    >>> positive.scores.tolist(), data.labels.tolist(), data.kind
    ([0.1, 0.6, 0.3], [0, 1, 1], 'binary')
    """
    data = steps.predictions
    if data.kind not in ("one_hot", "sparse"):
        raise InputError(
            "predictions",
            "must have labels that name one class of several outputs",
            Message("kind {kind}", {"kind": data.kind}),
            "Use the predictions as they are.",
        )
    if not 0 <= class_index < data.n_outputs:
        raise InputError(
            "class_index",
            "must be a class from 0 to {last}",
            class_index,
            "Choose one of the columns.",
            last=data.n_outputs - 1,
        )
    if data.kind == "sparse":
        labels = (data.labels == class_index).astype(np.uint8)
    else:
        labels = np.ascontiguousarray(data.labels[:, class_index])
    outputs = np.ascontiguousarray(data.y_pred[:, class_index])
    for array in (labels, outputs):
        array.setflags(write=False)
    predictions = replace(
        data, y_true=labels, y_pred=outputs, kind="binary", class_names=_names(data, class_index)
    )
    scores = outputs
    if steps.activation != "none":
        scores = np.ascontiguousarray(steps.scores[:, class_index])
        scores.setflags(write=False)
    return Steps(predictions, steps.activation, column=class_index, scores=scores)


def parting(steps: Steps, positive: Steps, threshold: float) -> int:
    """In how many samples of two outputs the threshold and the highest output predict otherwise.

    Parameters
    ----------
    steps : Steps
        Of two outputs per sample.
    positive : Steps
        What `one_class` made of them.
    threshold : float

    Examples
    --------
    >>> steps = Steps(Predictions.of([0, 1], [[0.5, 0.5], [0.7, 0.6]]))
    >>> parting(steps, one_class(steps, 1), 0.5)
    1
    """
    return int(np.count_nonzero(positive.above(threshold) != (steps.argmax == positive.column)))


def sums_to_one(steps: Steps) -> bool:
    """Whether the scores of each row sum to 1, within 1e-3.

    Examples
    --------
    >>> sums_to_one(Steps(Predictions.of([0, 1], [[0.6, 0.4], [0.7, 0.6]])))
    False
    """
    with np.errstate(invalid="ignore"):
        return bool(np.all(np.abs(steps.scores.sum(axis=1, dtype=np.float64) - 1.0) <= 1e-3))


def outputs_words(data: Predictions, column: int | None) -> Message:
    """What comes in, in words: all outputs, or those of one class.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [[0.6, 0.4], [0.7, 0.6]], class_names=["cat", "dog"])
    >>> str(outputs_words(data, None)), str(outputs_words(data, 1))
    ('2 x 2 outputs', '2 samples, the output of class dog')
    """
    if column is not None:
        return Message(
            "{n:,} sample, the output of class {name}",
            {"n": data.n_samples, "name": data.class_name(column)},
            plural="{n:,} samples, the output of class {name}",
        )
    if data.n_outputs > 1:
        values = {"rows": f"{data.n_samples:,}", "columns": data.n_outputs}
        return Message("{rows} x {columns} outputs", values)
    return Message("{n:,} sample", {"n": data.n_samples}, plural="{n:,} samples")


def _names(data: Predictions, class_index: int) -> tuple[str, ...] | None:
    """Of label 0 and label 1; only of two classes does the rest have a name."""
    if data.n_outputs != 2 or (data.class_names is None and class_index == 1):
        return None
    names = data.class_names or ("0", "1")
    return names[1 - class_index], names[class_index]

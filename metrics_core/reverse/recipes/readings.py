"""Step 1 of a recipe: how labels and outputs are read before anything is computed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array, zeros_and_ones
from metrics_core.numeric.assignment import best_assignment
from metrics_core.predictions import Predictions
from metrics_core.steps.activation import activate
from metrics_core.steps.decision.argmax import argmax

MOST_PERMUTED = 200
"""Classes up to which the best assignment is looked for."""
WORDS = {
    "as_is": Message("as they are"),
    "signs": Message("labels -1 and 1 read as 0 and 1"),
    "minus_one": Message("labels lowered by one"),
    "plus_one": Message("labels raised by one"),
    "flipped": Message("labels inverted"),
    "permuted": Message("classes in another order: {order}"),
    "one_column": Message("one column of labels read as one-hot: always class 0"),
    "one_unit": Message("highest of a single output: always class 0"),
    "one_unit_both": Message(
        "highest of a single output and of a single label: both always class 0"
    ),
    "one_class": Message("class {column} against the rest"),
}
_LINES = {
    "as_is": (),
    "signs": ("y_true = (y_true > 0).astype(float)  # -1 and 1 become 0 and 1",),
    "minus_one": ("y_true = y_true.astype(float) - 1",),
    "plus_one": ("y_true = y_true.astype(float) + 1",),
    "flipped": ("y_true = 1 - y_true.astype(float)",),
    "permuted": ("y_true = np.array({order})[y_true.astype(int)]",),
    "one_column": ("y_true = np.zeros(len(y_true))  # argmax of one column",),
    "one_class": (),
    "one_unit": ("y_pred = np.zeros(len(y_pred), int)  # argmax of one output",),
    "one_unit_both": (
        "y_pred = np.zeros(len(y_pred), int)  # argmax of one output",
        "y_true = np.zeros(len(y_true), int)  # argmax of one label",
    ),
}
_PLAIN = ("as_is", "signs", "flipped")


@dataclass(frozen=True)
class Reading:
    """How labels and outputs are read.

    Attributes
    ----------
    name : str
        A key of `WORDS`.
    order : tuple of int or None
        For ``permuted``: what each class of the labels becomes.
    column : int or None
        For ``one_class``: the class whose column is compared with "is it this class", after the
        activation.

    Examples
    --------
    >>> Reading("minus_one").read(Predictions.of([1, 2], [[0.9, 0.1], [0.2, 0.8]])).labels.tolist()
    [0.0, 1.0]
    """

    name: str
    order: tuple[int, ...] | None = None
    column: int | None = None

    @property
    def words(self) -> Message:
        """The choice in words."""
        return replace(WORDS[self.name], values={"order": self._shown, "column": self.column})

    @property
    def _shown(self) -> str:
        return ", ".join(str(class_index) for class_index in self.order or ())

    def by_class(self, kind: Kind) -> bool:
        """Whether one-hot labels become class indices first."""
        return kind == "one_hot" and self.name not in _PLAIN

    def lines_for(self, kind: Kind) -> list[str]:
        """Numpy code that reads `y_true` and `y_pred` of a kind so."""
        first = ["y_true = np.argmax(y_true, axis=1)"] if self.by_class(kind) else []
        if self.column is not None:
            column = f"y_true[:, {self.column}] == 1"
            if kind != "multi_label":
                column = f"y_true.reshape(-1) == {self.column}"
            taken = f"y_pred = y_pred[:, {self.column}]"
            return [*first, f"y_true = ({column}).astype(float)", taken]
        return [*first, *(line.format(order=f"[{self._shown}]") for line in _LINES[self.name])]

    def read(self, data: Predictions) -> Predictions:
        """The predictions as this reading has them."""
        if self.name == "as_is":
            return data
        labels = argmax(data.labels) if self.by_class(data.kind) else data.labels
        kind: Kind = "sparse" if self.by_class(data.kind) else data.kind
        wide = labels.astype(np.float64)
        match self.name:
            case "signs":
                labels = (labels > 0).astype(np.float64)
            case "minus_one":
                labels = wide - 1
            case "plus_one":
                labels = wide + 1
            case "flipped":
                labels = 1 - wide
            case "one_class":
                labels = labels[:, self.column] if labels.ndim == 2 else labels == self.column
                outputs = data.outputs[:, self.column]
                return replace(data, y_true=labels * 1.0, y_pred=outputs, kind="binary")
            case "permuted":
                labels = np.array(self.order)[labels.astype(np.intp)]
            case _:
                labels = labels if self.name == "one_unit" else np.zeros(len(labels), np.int64)
        if self.name.startswith("one_unit"):
            zeros = np.zeros(data.n_samples, np.int64)
            return replace(data, y_true=labels, y_pred=zeros, kind="class_indices")
        return replace(data, y_true=labels, kind=kind)


def readings(data: Predictions) -> list[Reading]:
    """The readings that make sense for some predictions, the plain one first."""
    names = ["as_is"]
    labels = data.labels
    if data.kind in ("binary", "multi_label"):
        low = labels.min()
        names += ["signs"] if low == -1 and labels.max() <= 1 else []
        names += ["flipped"] if zeros_and_ones(labels) else []
    if data.kind != "multi_label":
        names += ["minus_one", "plus_one"]
    if data.kind == "sparse":
        names.append("one_column")
    if data.kind == "binary":
        names += ["one_unit", "one_unit_both"]
    found = [Reading(name) for name in names]
    if data.kind in ("one_hot", "sparse", "class_indices") and data.n_classes <= MOST_PERMUTED:
        order = _best_order(data)
        found += [Reading("permuted", order)] if order is not None else []
    return found


def _best_order(data: Predictions) -> tuple[int, ...] | None:
    """The permutation of the classes with the most matches; None where it changes nothing."""
    true = argmax(data.labels) if data.kind == "one_hot" else data.labels
    chosen = data.outputs if data.kind == "class_indices" else argmax(data.outputs)
    classes = data.n_classes
    for side in (true, chosen):
        if not in_range(side, classes):
            return None
    pairs = true.astype(np.intp) * classes + chosen.astype(np.intp)
    counts = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    order = best_assignment(counts)
    if counts[np.arange(classes), order].sum() == np.trace(counts):
        return None
    return tuple(int(class_index) for class_index in order)


def in_range(labels: Array, n_classes: int) -> bool:
    """Whether all are whole numbers from 0 to one below the number of classes."""
    whole = labels.dtype.kind in "iub" or bool(np.all(labels == np.floor(labels)))
    return whole and bool(labels.min() >= 0) and bool(labels.max() < n_classes)


def activated(outputs: Array, activations: tuple[str, ...]) -> Array:
    """Apply activations one after the other; ``logit`` undoes a sigmoid.

    Examples
    --------
    >>> activated(np.array([0.5, 0.0]), ("logit",)).tolist()
    [0.0, -inf]
    """
    scores = outputs
    for name in activations:
        if name == "logit":
            wide = scores.astype(np.promote_types(scores.dtype, np.float32), copy=False)
            with np.errstate(divide="ignore"):
                scores = np.log(wide) - np.log1p(-wide)
        else:
            scores = activate(scores, name)
    return scores

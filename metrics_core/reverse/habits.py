"""What people write for data like these: how the cost of a choice depends on the data.

The table of costs says how unusual a choice is in general. Here is what the labels and outputs
change about it: probabilities are not compared with 0, labels from 1 to C are lowered by one, and
one-hot labels against sigmoid units are compared element by element by a release of its own accord.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from metrics_core.catalog.rows import CATALOG
from metrics_core.kinds import Kind
from metrics_core.predictions import Predictions
from metrics_core.releases import RELEASES, Loss, resolve
from metrics_core.reverse.recipes import costs
from metrics_core.reverse.recipes.readings import Reading

_LOSSES: dict[Kind, tuple[Loss, ...]] = {
    "binary": ("binary_crossentropy",),
    "one_hot": ("categorical_crossentropy", "binary_crossentropy"),
    "sparse": ("sparse_categorical_crossentropy",),
    "multi_label": ("binary_crossentropy",),
    "class_indices": (),
}
"""With which losses people train on such labels."""
_ERRORS = ("mean_absolute_error", "mean_squared_error", "mean_prediction")
_ROW_SUM = 1e-2


class Choice(Protocol):
    """What is known of a recipe before its mean is taken."""

    @property
    def reading(self) -> Reading:
        """As in `Recipe`."""

    @property
    def activations(self) -> tuple[str, ...]:
        """As in `Recipe`."""

    @property
    def variant(self) -> str:
        """As in `Recipe`."""

    @property
    def kind(self) -> Kind:
        """As in `Recipe`."""


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What the data say about how they are computed with.

    Attributes
    ----------
    kind : Kind
    n_outputs : int
    unit : bool
        Whether every output is from 0 to 1.
    softmaxed : bool
        Whether the outputs of each sample sum to 1.
    printed : frozenset of str
        The rows of the catalogue that a release prints for ``metrics=["accuracy"]``.
    first : int
        By how much all labels lie above class indices, where they fit once that is taken off.
    filled : bool
        Whether there is a label for the last class as well, once that is taken off.
    column : bool
        Whether labels (n,) stand against outputs (n, 1).
    """

    kind: Kind
    n_outputs: int
    unit: bool
    softmaxed: bool
    printed: frozenset[str]
    first: int
    filled: bool
    column: bool

    @classmethod
    def of(cls, data: Predictions) -> Habits:
        """Look at labels and outputs.

        Examples
        --------
        >>> habits = Habits.of(Predictions.of([0, 1, 1], [0.2, 0.7, 0.4]))
        >>> habits.unit, habits.first
        (True, 0)
        """
        outputs = data.outputs
        unit = bool(outputs.min() >= 0 and outputs.max() <= 1)
        sums = unit and outputs.ndim == 2
        first, filled = _first_label(data)
        return cls(
            kind=data.kind,
            n_outputs=data.n_outputs,
            unit=unit,
            softmaxed=sums and bool(np.abs(outputs.sum(axis=1, dtype=float) - 1).max() < _ROW_SUM),
            printed=_printed(data),
            first=first,
            filled=filled,
            column=data.y_true.ndim == 1 and data.y_pred.ndim == 2,
        )

    def reading(self, name: str) -> int:
        """The cost of a reading of these data."""
        cost = costs.READING[name]
        if name in ("minus_one", "plus_one"):
            if self.first == (1 if name == "minus_one" else -1):
                return cost - 3 + (not self.filled)
            return cost + 2 * (self.kind in ("binary", "one_hot"))
        if name == "permuted" and self.n_outputs == 2:
            return costs.READING["flipped"]
        return cost

    def activation(self, names: tuple[str, ...]) -> int:
        """The cost of activations of these outputs."""
        cost = costs.ACTIVATION[names]
        if names == ("softmax",) and self.n_outputs == 1:
            return cost + 1
        if names in (("sigmoid",), ("softmax",)):
            usual = "sigmoid" if self.kind in ("binary", "multi_label") else "softmax"
            return cost + 2 if self.unit else cost - (names == (usual,))
        return cost

    def decision(self, choice: Choice, threshold: float) -> int:
        """What a threshold of 0 costs more than another: no one compares probabilities with it."""
        row = CATALOG.get(choice.variant)
        if threshold != 0 or (row and row.decision_for(choice.kind).name != "threshold"):
            return 0
        last = choice.activations[-1:]
        return 6 if last in (("sigmoid",), ("softmax",)) or (self.unit and not last) else 0

    def comparison(self, choice: Choice) -> int:
        """What comparing these labels so costs more, or less, than in general."""
        row = CATALOG.get(choice.variant)
        if row is None or "one_hot" not in (self.kind, choice.kind):
            return -int(self.kind == "multi_label" and choice.variant == "subset_accuracy")
        if choice.variant in self.printed:  # the loss decides; with softmax it is an unusual one
            free = costs.COMPARISON[_compared(self.kind, row.comparison.by_element)]
            return -free * (not self.softmaxed)
        return int(self.kind == "sparse" and row.comparison.by_element)

    def by_hand(self, choice: Choice) -> int:
        """What a recipe costs more, or less, for who computes by hand and not by a release."""
        if self.kind != "multi_label":
            return 0
        return int("categorical" in choice.variant) - int(choice.variant == "subset_accuracy")

    def more(self, choice: Choice, averaging: str = "pooled", threshold: float = 0.5) -> int:
        """What a recipe costs more, or less, on these data than the table says."""
        name = choice.reading.name
        return (
            self.reading(name)
            - costs.READING[name]
            + self.activation(choice.activations)
            - costs.ACTIVATION[choice.activations]
            + self.decision(choice, threshold)
            + self.comparison(choice)
            + 2 * (choice.variant in _ERRORS)
            - int(averaging == "broadcast" and self.column)
        )

    def more_of_free(self, choice: Choice) -> int:
        """The same for a free threshold, which no one takes for the elements of classes."""
        by_class = choice.kind == "one_hot" and self.n_outputs > 1
        return self.more(choice) + 3 * by_class


def _printed(data: Predictions) -> frozenset[str]:
    """What ``accuracy`` means in any release, with any loss for these labels."""
    outputs = data.y_pred.shape if data.y_pred.ndim == 2 else (data.n_samples, 1)
    rules = {(row.resolves_by, row.rounds): row for row in RELEASES.values()}
    found = {
        resolve(
            "accuracy",
            row,
            loss=loss,
            loss_form="string",
            labels_shape=data.y_true.shape,
            outputs_shape=outputs,
        ).metric.variant(row)
        for row in rules.values()
        for loss in _LOSSES[data.kind]
    }
    return frozenset(name for name in found if name)


def _compared(kind: Kind, by_element: bool) -> str:
    """The row of the table of comparisons that the candidates take."""
    if kind == "multi_label":
        return "usual" if by_element else "class_of_many_labels"
    return "elements_of_classes" if by_element else "usual"


def _first_label(data: Predictions) -> tuple[int, bool]:
    """1 where labels run from 1, -1 where they run from -1, else 0; and whether to the last."""
    labels = data.labels
    if labels.ndim == 2:
        return 0, False
    start, end = 0, data.n_classes - 1
    if data.kind == "class_indices":
        start, end = data.outputs.min(), data.outputs.max()
    shift = labels.min() - start
    fits = abs(shift) == 1 and labels.max() - shift <= end
    return (int(shift), bool(labels.max() - shift == end)) if fits else (0, False)

"""What the rules share, each computed once and only when a rule asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from metrics_core.doctor.labels import LabelValues, codes, label_values
from metrics_core.doctor.output_scale import are_decisions, scale_of
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.overview.summary import Summary, summarize
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps

T = TypeVar("T")

MAIN: dict[Kind, str] = {
    "binary": "binary_accuracy",
    "one_hot": "categorical_accuracy",
    "sparse": "sparse_categorical_accuracy",
    "multi_label": "element_accuracy",
    "class_indices": "accuracy",
}
"""The accuracy that a reader of each kind of predictions looks at first."""
MOST_CLASSES = 1000
VISIBLE = 0.005
"""A difference of half a percentage point is visible."""


def share(value: float) -> str:
    """A share with four decimals, as Keras prints it.

    Examples
    --------
    >>> share(0.9)
    '0.9000'
    """
    return f"{value:.4f}"


def percent(value: float) -> str:
    """A share as a percentage with two decimals.

    Examples
    --------
    >>> percent(0.9633)
    '96.33 %'
    """
    return f"{100 * value:.2f} %"


class Case:
    """Predictions under one view, with what the rules want to know about them.

    Parameters
    ----------
    predictions : Predictions
    settings : Settings
        The view.
    steps : Steps, optional
        Shared arrays of earlier evaluations.
    """

    holds_rows = True

    def __init__(
        self, predictions: Predictions, settings: Settings, steps: Steps | None = None
    ) -> None:
        self.predictions = predictions
        self.settings = settings
        self.kind = predictions.kind
        self.main = MAIN[predictions.kind]
        self.n = predictions.n_samples
        self._steps: dict[Activation, Steps] = {}
        if steps is not None and steps.serve(predictions, settings.activation):
            self._steps[settings.activation] = steps

    def under(self, data: Predictions, changes: Mapping[str, object]) -> Case:
        """Other data, or these, with some settings changed; arrays are shared where they serve."""
        settings = self.settings.changed(**changes)
        shared = self.steps_under(settings.activation) if data is self.predictions else None
        return Case(data, settings, shared)

    def steps_under(self, activation: Activation) -> Steps:
        """The arrays under an activation, computed once."""
        if activation not in self._steps:
            self._steps[activation] = Steps(self.predictions, activation)
        return self._steps[activation]

    def of(self, variant: str, **changes: object) -> Evaluation:
        """A variant under the settings in view, some of them changed."""
        settings = self.settings.changed(**changes)
        steps = self.steps_under(settings.activation)
        return evaluate(self.predictions, variant, settings, steps=steps)

    def value(self, **changes: object) -> float:
        """The main accuracy under the settings in view, some of them changed."""
        return self.of(self.main, **changes).result

    def with_labels(self, y_true: npt.ArrayLike, kind: Kind | None = None) -> Predictions:
        """The same outputs against other labels."""
        data = self.predictions
        return Predictions.of(
            y_true, data.y_pred, kind=kind or data.kind, sample_weight=data.sample_weight
        )

    def value_with(self, y_true: npt.ArrayLike, kind: Kind | None = None) -> float:
        """The main accuracy of the same outputs against other labels."""
        other = self.with_labels(y_true, kind)
        return evaluate(other, MAIN[other.kind], self.settings).result

    def value_of_rows(self, rows: slice | Array) -> float:
        """The main accuracy of some rows alone."""
        data = self.predictions
        weight = None if data.sample_weight is None else data.sample_weight[rows]
        part = Predictions(
            y_true=data.y_true[rows],
            y_pred=data.y_pred[rows],
            kind=data.kind,
            sample_weight=weight,
        )
        return evaluate(part, self.main, self.settings).result

    def value_less_one(self) -> float:
        """The main accuracy against class indices that are lower by 1."""
        return self.value_with(self.predictions.y_true.astype(np.int64) - 1)

    def of_rows(self, make: Callable[[], T], without: T) -> T:
        """What only single rows can give; where they are not held, what stands for it."""
        return make() if self.holds_rows else without

    def as_kind(self, kind: Kind) -> float:
        """The main accuracy of another kind that the same arrays fit."""
        other = replace(self.predictions, kind=kind)
        return evaluate(other, MAIN[kind], self.settings).result

    @cached_property
    def seen(self) -> Evaluation:
        """The main accuracy under the settings in view."""
        return self.of(self.main)

    @property
    def accuracy(self) -> float:
        """Its result."""
        return self.seen.result

    @property
    def size(self) -> int:
        """How many outputs there are, over all samples."""
        return self.n * self.predictions.n_outputs

    @property
    def first(self) -> Array:
        """The outputs of the first sample, before the activation."""
        return np.asarray(self.raw[0].reshape(-1))

    def between(self, low: float, high: float) -> tuple[int, Callable[[], Array]]:
        """How many scores are above one number and not above another, and which ones."""
        marks = (self.scores > low) & (self.scores <= high)
        return int(np.count_nonzero(marks)), lambda: marks

    @property
    def ones(self) -> float | None:
        """The share of samples, or of labels, that is predicted 1; None beyond two classes."""
        if self.kind in ("binary", "multi_label"):
            return float(np.mean(self.seen.decisions))
        if self.predictions.n_classes == 2 and self.predictions.n_outputs == 2:
            return float(np.mean(self.predicted_class == 1))
        return None

    def changed(self, after: Case) -> int | None:
        """How many matches are others after a remedy; None where they cannot be held together."""
        was, now = self.seen.matches, after.seen.matches
        return int(np.count_nonzero(was != now)) if was.shape == now.shape else None

    @property
    def share_found(self) -> float:
        """Of the labels that are 1, the share that is predicted 1."""
        return float(self.seen.decisions[self.predictions.labels == 1].mean())

    @property
    def raw(self) -> Array:
        """The outputs before the activation."""
        return self.predictions.outputs

    @property
    def steps(self) -> Steps:
        """The arrays under the activation in view."""
        return self.steps_under(self.settings.activation)

    @property
    def scores(self) -> Array:
        """The outputs after the activation in view."""
        return self.steps.scores

    @cached_property
    def summary(self) -> Summary:
        """Range and form of the outputs before the activation."""
        return summarize(self.predictions)

    @cached_property
    def scale(self) -> float | None:
        """100 or 255 where the outputs seem to be shares of it, as per cent or bytes are."""
        return scale_of(self.predictions, self.summary, self.label_values)

    @cached_property
    def decided(self) -> bool:
        """Whether all outputs are 0 or 1 and both occur: decisions, not scores."""
        return self.kind != "class_indices" and are_decisions(self.raw, self.summary)

    @property
    def logits_in_view(self) -> bool:
        """Whether the threshold meets outputs beyond 0 and 1."""
        raw = self.settings.activation == "none" and self.summary.form == "logits"
        return raw and self.scale is None

    @cached_property
    def label_values(self) -> LabelValues:
        """The distinct labels, or elements of labels, with their counts."""
        return label_values(self.predictions.labels)

    @cached_property
    def true_class(self) -> Array:
        """The class of each label; -1 where it is not a class."""
        return codes(self.steps.true_class, self.predictions.n_classes)

    @cached_property
    def predicted_class(self) -> Array:
        """The class predicted for each sample; -1 where the output is not a class."""
        if self.kind == "binary":
            return self.seen.decisions.astype(np.int64)
        if self.kind == "class_indices":
            return codes(self.raw, self.predictions.n_classes)
        return self.steps.argmax

    @cached_property
    def confusion(self) -> Array | None:
        """Counts of true class by predicted class; None beyond a thousand classes."""
        classes = self.predictions.n_classes
        if classes > MOST_CLASSES or self.kind == "multi_label":
            return None
        cells = self.true_class * classes + self.predicted_class
        if self.kind == "class_indices" or self.true_class.min() < 0:
            cells = cells[(self.true_class >= 0) & (self.predicted_class >= 0)]
        counts: Array = np.bincount(cells, minlength=classes * classes)
        return counts.reshape(classes, classes)

    @cached_property
    def constant(self) -> bool:
        """Whether every sample has the same outputs."""
        outputs = self.raw
        near = bool((outputs[: min(self.n, 64)] == outputs[0]).all())
        return self.n > 1 and near and bool((outputs == outputs[0]).all())

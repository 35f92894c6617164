"""Step 4: each way to compare decisions with labels."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps import comparison as compare
from metrics_core.steps.choices.decision import Decision
from metrics_core.steps.choices.sample import (
    Explanation,
    Sample,
    match_equation,
    number,
    verdict,
)
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.decision.rank import in_top
from metrics_core.steps.shared import Steps


class Comparison:
    """A choice at the comparison step.

    Attributes
    ----------
    name : str
    by_class : bool
        Whether the label is taken as a class index, from a one-hot row as well.
    by_sample : bool
        Whether the elements of a sample are compared together and give one match.
    by_element : bool
        Whether a match is about one element, so that elements are counted.
    as_positive : bool
        Whether every label other than 0 counts as 1.
    uses_label : bool
    casts_label : bool
        Whether the label is cast to the dtype of scores that are compared as they are.
    custom : bool
        Whether it is a function that somebody wrote.
    values_name : str
        What numpy code calls the result.
    numpy : tuple of str
        Lines of numpy; `metrics_core.codegen.numpy_code` fills the names in.
    """

    name: str
    by_class: bool = False
    by_sample: bool = False
    by_element: bool = False
    as_positive: bool = False
    uses_label: bool = True
    casts_label: bool = True
    custom: bool = False
    values_name: str = "matches"
    numpy: tuple[str, ...] = ("matches = {y} == {d}",)

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        """The matches, bool, or errors: ``(n,)`` or ``(n, C)``."""
        raise NotImplementedError

    def words(self, settings: Settable) -> Message:
        """The choice in a few words."""
        raise NotImplementedError

    @property
    def without(self) -> Message | None:
        """Why the step does not matter, where it does not."""
        return None

    def compared_label(self, label: Array, decisions: Array) -> Array:
        """A label in the dtype in which it is compared."""
        return _cast(label, decisions.dtype) if decisions.dtype.kind == "f" else label

    def explain(self, sample: Sample) -> Explanation | None:
        """Say of one sample how it was compared; None where the decision says it."""
        if sample.decisions.ndim == 0:
            return None
        right, n = int(np.count_nonzero(sample.matches)), len(sample.label)
        said = Message(
            "{right} of the {n} elements of this sample are right", {"right": right, "n": n}
        )
        return said, rf"\frac{{{right}}}{{{n}}}"

    def one_value(self, steps: Steps, settings: Settable) -> float | None:
        """The one value of all samples together, where there are no values per sample."""
        return None

    def on_batch(self, steps: Steps, settings: Settable) -> float:
        """The value of some samples alone, where `one_value` is not None."""
        raise NotImplementedError

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        """The Keras metric that decides and compares by itself; empty where there is none."""
        return ""

    def keras(self, decided: str) -> tuple[list[str], str, list[str]]:
        """Lines before the metric of Keras, the metric, and what it is called with."""
        return [], "Accuracy()", ["y_true", decided]

    def code_imports(self) -> list[str]:
        """Lines that the code needs at its head."""
        return []

    def call_code(self, scores: str, weight: str, batch_size: int | None) -> list[str] | None:
        """Lines that leave one value per sample in ``values``; None where numpy lines do."""
        return None


class _Equal(Comparison):
    name = "equal"
    by_element = True

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.equal(steps.predictions.labels, decision.decide(steps, settings))

    def words(self, settings: Settable) -> Message:
        return Message("equal to the label")

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        by_score = decision.boundary is not None
        return _filled(decision.keras_accuracy, kind, settings) if by_score else ""


class _EqualOutput(_Equal):
    name = "equal_output"

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.equal_output(steps.predictions.labels, decision.decide(steps, settings))

    def compared_label(self, label: Array, decisions: Array) -> Array:
        return _cast(label, decisions.dtype)


class _EqualAsPositive(_Equal):
    name = "equal_as_positive"
    as_positive = True
    numpy = ("positive = y_true != 0", "matches = positive == {d}")

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        decisions = decision.decide(steps, settings)
        return compare.equal_as_positive(steps.predictions.labels, decisions)

    def words(self, settings: Settable) -> Message:
        return Message("equal to the label (0, or not 0)")

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        return ""


class _AllEqual(Comparison):
    name = "all_equal"
    by_sample = True
    numpy = ("matches = ({y} == {d}).all(axis=1)",)

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.all_equal(steps.predictions.labels, decision.decide(steps, settings))

    def words(self, settings: Settable) -> Message:
        return Message("all elements equal")

    def explain(self, sample: Sample) -> Explanation | None:
        right, n = int(np.count_nonzero(sample.label == sample.decisions)), len(sample.label)
        values = {"right": right, "n": n, "verdict": verdict(sample.matches)}
        said = Message("{right} of {n} elements are right and all must be: {verdict}", values)
        return said, match_equation(f"{right} = {n}", sample.matches)

    def keras(self, decided: str) -> tuple[list[str], str, list[str]]:
        line = f"matches = keras.ops.all(keras.ops.equal(y_true, {decided}), axis=1)"
        return [line], "Mean()", ["matches"]


class _EqualClass(Comparison):
    name = "equal_class"
    by_class = True

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.equal(steps.true_class, decision.decide(steps, settings))

    def words(self, settings: Settable) -> Message:
        return Message("equal to the true class")

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        return _filled(decision.keras_accuracy, kind, settings)


class _InTopK(Comparison):
    name = "in_top_k"
    numpy = ("matches = higher < {k}",)

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return in_top(decision.decide(steps, settings), settings.k)

    def words(self, settings: Settable) -> Message:
        return Message("true class in the top {k}", {"k": settings.k})

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        return _filled("{sparse}TopKCategoricalAccuracy(k={k})", kind, settings)


class _AbsoluteError(Comparison):
    name = "absolute_error"
    values_name = "errors"
    numpy = ("errors = np.abs({s} - {y})",)
    keras_name: ClassVar[str] = "MeanAbsoluteError()"

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        decisions = decision.decide(steps, settings)
        return compare.absolute_error(steps.predictions.labels, decisions)

    def words(self, settings: Settable) -> Message:
        return Message("distance to the label")

    def explain(self, sample: Sample) -> Explanation | None:
        error = number(sample.value)
        if sample.scores.ndim:
            said = "the mean distance between scores and labels is {error}"
            return Message(said, {"error": error}), error
        values = _distance(sample)
        said = "the score {score} and the label {label} differ by {error}"
        equation = rf"\lvert {values['score']} - {values['label']} \rvert"
        return Message(said, values), rf"{equation} = {error}"

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        return self.keras_name


class _SquaredError(_AbsoluteError):
    name = "squared_error"
    numpy = ("errors = ({s} - {y}) ** 2",)
    keras_name = "MeanSquaredError()"

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        decisions = decision.decide(steps, settings)
        return compare.squared_error(steps.predictions.labels, decisions)

    def words(self, settings: Settable) -> Message:
        return Message("squared distance to the label")

    def explain(self, sample: Sample) -> Explanation | None:
        error = number(sample.value)
        if sample.scores.ndim:
            said = "the mean squared distance between scores and labels is {error}"
            return Message(said, {"error": error}), error
        values = _distance(sample)
        said = "the score {score} and the label {label} differ by {error} when squared"
        equation = rf"\lvert {values['score']} - {values['label']} \rvert"
        return Message(said, values), rf"{equation}^2 = {error}"


class _NoComparison(Comparison):
    name = "none"
    uses_label = False
    casts_label = False
    values_name = "{s}"
    numpy = ()

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return decision.decide(steps, settings)

    def words(self, settings: Settable) -> Message:
        return Message("none")

    @property
    def without(self) -> Message | None:
        return Message("the label does not matter")

    def explain(self, sample: Sample) -> Explanation | None:
        score = number(sample.value)
        return Message("the score is {score}; the label does not matter", {"score": score}), score

    def keras(self, decided: str) -> tuple[list[str], str, list[str]]:
        return [], "Mean()", [decided]


EQUAL = _Equal()
EQUAL_OUTPUT = _EqualOutput()
EQUAL_AS_POSITIVE = _EqualAsPositive()
ALL_EQUAL = _AllEqual()
EQUAL_CLASS = _EqualClass()
IN_TOP_K = _InTopK()
ABSOLUTE_ERROR = _AbsoluteError()
SQUARED_ERROR = _SquaredError()
NO_COMPARISON = _NoComparison()


def _cast(label: Array, dtype: np.dtype[np.generic]) -> Array:
    with np.errstate(invalid="ignore", over="ignore"):
        return label.astype(dtype)


def _distance(sample: Sample) -> dict[str, object]:
    return {
        "score": number(sample.scores[()]),
        "label": number(sample.label[()]),
        "error": number(sample.value),
    }


def _filled(template: str, kind: Kind, settings: Settable) -> str:
    sparse = "Sparse" if kind == "sparse" else ""
    return template.format(sparse=sparse, k=settings.k, threshold=float(settings.threshold))

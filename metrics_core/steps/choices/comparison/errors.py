"""Distances between scores and labels, where nothing is decided."""

from __future__ import annotations

from typing import ClassVar

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps import comparison as compare
from metrics_core.steps.choices.comparison.choice import Comparison
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.sample import Explanation, Sample, number
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


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


ABSOLUTE_ERROR = _AbsoluteError()
SQUARED_ERROR = _SquaredError()


def _distance(sample: Sample) -> dict[str, object]:
    return {
        "score": number(sample.scores[()]),
        "label": number(sample.label[()]),
        "error": number(sample.value),
    }

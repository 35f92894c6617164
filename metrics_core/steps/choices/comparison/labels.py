"""Decisions that equal their labels."""

from __future__ import annotations

import numpy as np

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps import comparison as compare
from metrics_core.steps.choices.comparison.choice import Comparison, filled, in_dtype
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.sample import Explanation, Sample, match_equation, verdict
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


def _sides(steps: Steps, decision: Decision, settings: Settable) -> tuple[Array, Array]:
    """Labels and decisions."""
    decisions = decision.decide(steps, settings)
    bools = decisions.dtype.kind == "b"
    return (steps.decided_labels if bools else steps.predictions.labels), decisions


class _Equal(Comparison):
    name = "equal"
    by_element = True

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.equal(*_sides(steps, decision, settings))

    def words(self, settings: Settable) -> Message:
        return Message("equal to the label")

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        by_score = decision.boundary is not None
        return filled(decision.keras_accuracy, kind, settings) if by_score else ""


class _EqualOutput(_Equal):
    name = "equal_output"

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.equal_output(steps.predictions.labels, decision.decide(steps, settings))

    def compared_label(self, label: Array, decisions: Array) -> Array:
        return in_dtype(label, decisions.dtype)


class _EqualAsPositive(_Equal):
    name = "equal_as_positive"
    as_positive = True
    numpy = ("positive = y_true != 0", "matches = positive == {d}")

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        decisions = decision.decide(steps, settings)
        return compare.equal_as_positive(steps.positive, decisions)

    def words(self, settings: Settable) -> Message:
        return Message("equal to the label (0, or not 0)")

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        return ""


class _AllEqual(Comparison):
    name = "all_equal"
    by_sample = True
    numpy = ("matches = ({y} == {d}).all(axis=1)",)

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.all_equal(*_sides(steps, decision, settings))

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


EQUAL = _Equal()
EQUAL_OUTPUT = _EqualOutput()
EQUAL_AS_POSITIVE = _EqualAsPositive()
ALL_EQUAL = _AllEqual()

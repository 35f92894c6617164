"""Thresholds as libraries beside Keras take them: in the dtype of the scores, and from it on."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.sample import (
    Explanation,
    Sample,
    bracket,
    match_equation,
    number,
    verdict,
)
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


class _Above(Decision):
    """Class 1 above a threshold that keeps the dtype of the scores; Keras makes it float32."""

    name = "above"
    uses = ("threshold",)
    boundary = "threshold"
    numpy = ("decided = {s} > {t}",)
    keras = "keras.ops.greater({s}, {t})"
    without = None
    sign = ">"

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return np.asarray(steps.scores > _in_dtype(settings.threshold, steps.scores))

    def words(self, settings: Settable) -> Message:
        return Message("> {threshold:g}", {"threshold": settings.threshold})

    def explain(self, sample: Sample) -> Explanation:
        values = self.values(sample)
        said = (
            "{score} is above {threshold}, so class {decided}; the label is {label}: {verdict}"
            if sample.decisions
            else "{score} is not above {threshold}, so class {decided}; the label is {label}: "
            "{verdict}"
        )
        return Message(said, values), self.equation(values, sample)

    def values(self, sample: Sample) -> dict[str, object]:
        """What the sentence and the equation name."""
        limit = float(_in_dtype(sample.settings.threshold, sample.scores))
        return {
            "score": number(sample.scores[()], limit),
            "threshold": f"{sample.settings.threshold:g}",
            "decided": number(sample.decisions[()]),
            "label": number(sample.label[()]),
            "verdict": verdict(sample.matches),
        }

    def equation(self, values: dict[str, object], sample: Sample) -> str:
        """The claim with the numbers put in."""
        claim = f"{values['score']} {self.sign} {values['threshold']}"
        return match_equation(f"{values['label']} = {bracket(claim)}", sample.matches)


class _AtLeast(_Above):
    """Class 1 from the threshold on."""

    name = "at_least"
    numpy = ("decided = {s} >= {t}",)
    keras = "keras.ops.greater_equal({s}, {t})"
    sign = r"\ge"

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return np.asarray(steps.scores >= _in_dtype(settings.threshold, steps.scores))

    def words(self, settings: Settable) -> Message:
        return Message(">= {threshold:g}", {"threshold": settings.threshold})

    def explain(self, sample: Sample) -> Explanation:
        values = self.values(sample)
        said = (
            "{score} is at least {threshold}, so class {decided}; the label is {label}: {verdict}"
            if sample.decisions
            else "{score} is below {threshold}, so class {decided}; the label is {label}: {verdict}"
        )
        return Message(said, values), self.equation(values, sample)


ABOVE = _Above()
AT_LEAST = _AtLeast()


def _in_dtype(threshold: float, scores: Array) -> np.generic:
    dtype = scores.dtype if scores.dtype.kind == "f" else np.dtype(np.float64)
    limit: np.generic = dtype.type(threshold)
    return limit

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
        limit = float(_in_dtype(sample.settings.threshold, sample.scores))
        values = {
            "score": number(sample.scores[()], limit),
            "threshold": f"{sample.settings.threshold:g}",
            "decided": number(sample.decisions[()]),
            "label": number(sample.label[()]),
            "verdict": verdict(sample.matches),
        }
        claim = f"{values['score']} {self.sign} {values['threshold']}"
        equation = match_equation(f"{values['label']} = {bracket(claim)}", sample.matches)
        return Message(self.sentence(bool(sample.decisions)), values), equation

    def sentence(self, predicted: bool) -> str:
        """What is said of a sample, as a template."""
        if predicted:
            return (
                "{score} is above {threshold}, so class {decided}; the label is {label}: {verdict}"
            )
        return (
            "{score} is not above {threshold}, so class {decided}; the label is {label}: {verdict}"
        )


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

    def sentence(self, predicted: bool) -> str:
        if predicted:
            return (
                "{score} is at least {threshold}, so class {decided}; the label is {label}: "
                "{verdict}"
            )
        return "{score} is below {threshold}, so class {decided}; the label is {label}: {verdict}"


ABOVE = _Above()
AT_LEAST = _AtLeast()


def _in_dtype(threshold: float, scores: Array) -> np.generic:
    dtype = scores.dtype if scores.dtype.kind == "f" else np.dtype(np.float64)
    limit: np.generic = dtype.type(threshold)
    return limit

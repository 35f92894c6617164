"""Thresholds as libraries beside Keras take them: in the dtype of the scores, and from it on."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.threshold import Threshold
from metrics_core.steps.choices.sample import Explanation, Sample
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


class _Above(Threshold):
    """Class 1 above a threshold that keeps the dtype of the scores; Keras makes it float32."""

    name = "above"
    casts = True
    keras_accuracy = ""

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return np.asarray(steps.scores > self.limit(settings.threshold, steps.scores))

    def limit(self, threshold: float, scores: Array) -> np.generic:
        dtype = scores.dtype if scores.dtype.kind == "f" else np.dtype(np.float64)
        found: np.generic = dtype.type(threshold)
        return found


class _AtLeast(_Above):
    """Class 1 from the threshold on."""

    name = "at_least"
    numpy = ("decided = {s} >= {t}",)
    keras = "keras.ops.greater_equal({s}, {t})"
    sign = r"\ge"

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return np.asarray(steps.scores >= self.limit(settings.threshold, steps.scores))

    def words(self, settings: Settable) -> Message:
        return Message(">= {threshold:g}", {"threshold": settings.threshold})

    def caption(self, decisions: Array, settings: Settable) -> Message:
        found = int(np.count_nonzero(decisions))
        return Message(
            "{found:,} of {total:,} scores are at least {threshold:g}.",
            {"found": found, "total": decisions.size, "threshold": settings.threshold},
        )

    def explain(self, sample: Sample) -> Explanation:
        said = (
            "{score} is at least {threshold}, so class {decided}; the label is {label}: {verdict}"
            if sample.decisions
            else "{score} is below {threshold}, so class {decided}; the label is {label}: {verdict}"
        )
        values = self.values(sample)
        return Message(said, values), self.equation(values, sample)


ABOVE = _Above()
AT_LEAST = _AtLeast()

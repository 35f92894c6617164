"""Class 1 where the score is above the threshold."""

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
    side,
    verdict,
)
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.steps.shared import Steps


class Threshold(Decision):
    """Class 1 above a threshold that is rounded as Keras rounds it."""

    name = "threshold"
    uses = ("threshold",)
    boundary = "threshold"
    numpy = ("decided = {s} > {t}",)
    keras = "keras.ops.greater({s}, {t})"
    casts = False
    keras_accuracy = "BinaryAccuracy(threshold={threshold!r})"
    without = None
    sign = ">"
    """In the equation of a sample."""

    def decide(self, steps: Steps, settings: Settable) -> Array:
        """The classes: bool."""
        return steps.above(settings.threshold)

    def words(self, settings: Settable) -> Message:
        """The choice in a word or two."""
        return Message("> {threshold:g}", {"threshold": settings.threshold})

    def caption(self, decisions: Array, settings: Settable) -> Message:
        """How many scores are of class 1."""
        above = int(np.count_nonzero(decisions))
        return scores_above(above, decisions.size, f"{settings.threshold:g}")

    def limit(self, threshold: float, scores: Array) -> np.generic:
        """The threshold as it is compared with scores."""
        return effective_threshold(threshold, scores.dtype)

    def explain(self, sample: Sample) -> Explanation:
        """Say of one sample on which side of the threshold it is."""
        score, limit = sample.scores[()], self.limit(sample.settings.threshold, sample.scores)
        if score == limit:
            said = (
                "{score} equals the threshold and is not above it, so class {decided}; "
                "the label is {label}: {verdict}"
            )
        elif sample.decisions:
            said = (
                "{score} is above {threshold}, so class {decided}; the label is {label}: {verdict}"
            )
        elif np.isnan(score):
            said = "{score} is above nothing, so class {decided}; the label is {label}: {verdict}"
        else:
            said = (
                "{score} is not above {threshold}, so class {decided}; "
                "the label is {label}: {verdict}"
            )
        values = self.values(sample)
        return Message(said, values), self.equation(values, sample)

    def values(self, sample: Sample) -> dict[str, object]:
        """What the sentence and the equation name."""
        score, predicted, label = sample.scores[()], sample.decisions[()], sample.label[()]
        threshold = sample.settings.threshold
        limit = self.limit(threshold, sample.scores)
        shown, over = number(score, float(limit)), f"{threshold:g}"
        if side(shown, over) != side(score, limit):
            shown, over = str(float(score)), str(float(limit))
        return {
            "score": shown,
            "threshold": over,
            "decided": number(predicted),
            "label": number(label, float(predicted)),
            "verdict": verdict(sample.matches),
        }

    def equation(self, values: dict[str, object], sample: Sample) -> str:
        """The claim with the numbers put in."""
        compared = values["label"]
        if sample.as_positive and sample.label[()] not in (0, 1):
            compared = rf"[\,{compared} \neq 0\,]"
        claim = bracket(f"{values['score']} {self.sign} {values['threshold']}")
        return match_equation(f"{compared} = {claim}", sample.matches)


THRESHOLD = Threshold()


def scores_above(above: int, total: int, threshold: str) -> Message:
    """How many scores are above the threshold.

    Examples
    --------
    >>> str(scores_above(27, 96, "0.5"))
    '27 of 96 scores are above 0.5.'
    """
    values = {"above": f"{above:,}", "total": f"{total:,}", "threshold": threshold}
    return Message("{above} of {total} scores are above {threshold}.", values)

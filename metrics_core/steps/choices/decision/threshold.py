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


class _Threshold(Decision):
    name = "threshold"
    uses = ("threshold",)
    boundary = "threshold"
    numpy = ("decided = {s} > {t}",)
    keras = "keras.ops.greater({s}, {t})"
    casts = False
    keras_accuracy = "BinaryAccuracy(threshold={threshold!r})"
    without = None

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return steps.above(settings.threshold)

    def words(self, settings: Settable) -> Message:
        return Message("> {threshold:g}", {"threshold": settings.threshold})

    def caption(self, decisions: Array, settings: Settable) -> Message:
        above = int(np.count_nonzero(decisions))
        return scores_above(above, decisions.size, f"{settings.threshold:g}")

    def explain(self, sample: Sample) -> Explanation:
        score, predicted, label = sample.scores[()], sample.decisions[()], sample.label[()]
        threshold = sample.settings.threshold
        limit = effective_threshold(threshold, score.dtype)
        shown, over = number(score, float(limit)), f"{threshold:g}"
        if side(shown, over) != side(score, limit):
            shown, over = str(float(score)), str(float(limit))
        values = {
            "score": shown,
            "threshold": over,
            "decided": number(predicted),
            "label": number(label, float(predicted)),
            "verdict": verdict(sample.matches),
        }
        if score == limit:
            said = (
                "{score} equals the threshold and is not above it, so class {decided}; "
                "the label is {label}: {verdict}"
            )
        elif predicted:
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
        compared = values["label"]
        if sample.as_positive and label not in (0, 1):
            compared = rf"[\,{compared} \neq 0\,]"
        claim = f"{compared} = {bracket(f'{shown} > {over}')}"
        return Message(said, values), match_equation(claim, sample.matches)


THRESHOLD = _Threshold()


def scores_above(above: int, total: int, threshold: str) -> Message:
    """How many scores are above the threshold.

    Examples
    --------
    >>> str(scores_above(27, 96, "0.5"))
    '27 of 96 scores are above 0.5.'
    """
    values = {"above": f"{above:,}", "total": f"{total:,}", "threshold": threshold}
    return Message("{above} of {total} scores are above {threshold}.", values)

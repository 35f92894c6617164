"""The class to which the score rounds."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.sample import Explanation, Sample, match_equation, number, verdict
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


class _Round(Decision):
    name = "round"
    boundary = "rounding"
    numpy = ("decided = np.rint({s})  # halves to the even number",)
    keras = "keras.ops.round({s})"
    casts = False
    without = None

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return steps.rounded

    def words(self, settings: Settable) -> Message:
        return Message("round, halves to even")

    def caption(self, decisions: Array, settings: Settable) -> Message:
        ones = f"{np.count_nonzero(decisions == 1):,}"
        values = {"ones": ones, "n": f"{decisions.size:,}"}
        return Message("{ones} of {n} scores round to exactly 1.", values)

    def explain(self, sample: Sample) -> Explanation:
        score, predicted, right = sample.scores[()], sample.decisions[()], sample.matches
        half = float(np.floor(float(score))) + 0.5 if np.isfinite(score) else None
        values = {
            "score": number(score, half),
            "decided": number(predicted + 0.0),  # -0 is 0
            "label": number(sample.compared_label[()], float(predicted)),
            "verdict": verdict(right),
        }
        said = "{score} rounds to {decided}; the label is {label}: {verdict}"
        if score == half:
            said = (
                "{score} lies halfway and rounds to the even {decided}; "
                "the label is {label}: {verdict}"
            )
        rounding = rf"{values['label']} = \mathrm{{round}}({values['score']})"
        return Message(said, values), match_equation(
            rounding, right, f"{values['label']} = {values['decided']}"
        )


ROUND = _Round()

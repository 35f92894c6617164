"""The class of the highest output."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.choice import COMPARED_IN_ROWS, Decision
from metrics_core.steps.choices.sample import Explanation, Sample, match_equation, number, verdict
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


class Argmax(Decision):
    """The class of the highest output, as TensorFlow chooses it."""

    name = "argmax"
    ordered = True
    numpy = ("decided = np.argmax({s}, axis=1)",)
    keras = "keras.ops.argmax({s}, axis=1)"
    casts = False
    keras_accuracy = "{sparse}CategoricalAccuracy()"
    without = None

    def decide(self, steps: Steps, settings: Settable) -> Array:
        """The class of each row."""
        return steps.argmax

    def words(self, settings: Settable) -> Message:
        """The choice in a few words."""
        return Message("highest output")

    def caption(self, decisions: Array, settings: Settable) -> Message:
        """That there is no threshold."""
        return COMPARED_IN_ROWS

    def explain(self, sample: Sample) -> Explanation:
        """Say of one sample which output is the highest."""
        scores, predicted, right = sample.scores, sample.decisions[()], sample.matches
        best = scores[predicted]
        ties = int(np.count_nonzero((scores == best) & (np.signbit(scores) == np.signbit(best))))
        values = {
            "label": number(sample.true_class[()]),
            "verdict": verdict(right),
            "decided": number(predicted),
            "score": number(best),
            "ties": ties,
        }
        if np.isnan(best):
            said = (
                "no output is above the lowest number, so class {decided}; "
                "the label is {label}: {verdict}"
            )
        elif ties > 1:
            said = (
                "{ties} outputs share the highest score ({score}), the first is class {decided}; "
                "the label is {label}: {verdict}"
            )
        else:
            said = (
                "output {decided} is the highest ({score}), so class {decided}; "
                "the label is {label}: {verdict}"
            )
        own = f"{values['label']} = "
        equation = match_equation(rf"{own}\arg\max_c s_c", right, f"{own}{values['decided']}")
        return Message(said, values), equation


ARGMAX = Argmax()

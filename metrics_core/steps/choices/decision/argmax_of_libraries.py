"""The class of the highest output as libraries beside Keras find it, where one is NaN too."""

from __future__ import annotations

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.argmax import Argmax
from metrics_core.steps.choices.sample import Explanation, Sample, match_equation, number, verdict
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.shared import Steps


class _NanHighest(Argmax):
    """The first NaN of a row, as numpy, torch and JAX choose; without one, the highest output."""

    def decide(self, steps: Steps, settings: Settable) -> Array:
        return highest_or_nan(steps.scores)

    def explain(self, sample: Sample) -> Explanation:
        predicted, right = sample.decisions[()], sample.matches
        if not np.isnan(sample.scores[predicted]):
            return super().explain(sample)
        values = {
            "label": number(sample.true_class[()]),
            "verdict": verdict(right),
            "decided": number(predicted),
        }
        said = (
            "output {decided} is not a number, which is chosen before all others, so class "
            "{decided}; the label is {label}: {verdict}"
        )
        equation = match_equation(f"{values['label']} = {values['decided']}", right)
        return Message(said, values), equation


class _FirstNotPassed(Argmax):
    """The first output that no later one is above: NaN in the first place stays."""

    def decide(self, steps: Steps, settings: Settable) -> Array:
        scores = steps.scores
        if not np.isnan(scores).any():
            return argmax(scores, signed_zero=False)
        chosen, best = np.zeros(len(scores), np.int64), scores[:, 0]
        for column in range(1, scores.shape[1]):
            above = scores[:, column] > best
            chosen[above], best = column, np.where(above, scores[:, column], best)
        return chosen


def highest_or_nan(scores: Array) -> Array:
    """Choose the class of the highest score in each row, NaN before all, ties to the first.

    Parameters
    ----------
    scores : ndarray, shape (n, C)

    Returns
    -------
    ndarray of int64, shape (n,)

    Examples
    --------
    >>> highest_or_nan(np.array([[0.2, 0.7], [0.9, np.nan], [-0.0, 0.0]])).tolist()
    [1, 1, 0]
    """
    if np.isnan(scores).any():
        return np.asarray(scores.argmax(axis=1))
    return argmax(scores, signed_zero=False)


NAN_HIGHEST = _NanHighest()
FIRST_NOT_PASSED = _FirstNotPassed()

"""One sample's way through an evaluation, read from the arrays that the steps left behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.sample import Explanation, Sample
from metrics_core.steps.decision.argmax import argmax


@dataclass(frozen=True, eq=False, kw_only=True)
class Trace:
    """What happened to one sample at every step.

    Attributes
    ----------
    index : int
        Row of the sample, from 0.
    label, raw, activated, decided, compared : ndarray
        The sample's part of the array of each step: a scalar ``()`` or a row ``(C,)``.
    value : float
        What the sample adds: 1.0 right, 0.0 wrong, a share of elements, or an error.
    weight : ndarray
        What it weighs in the aggregation: ``()`` or ``(C,)``.
    sentence : Message
        The same in one sentence.
    equation : str
        The variant's formula for this sample, in LaTeX, with the numbers put in.
    """

    index: int
    label: Array
    raw: Array
    activated: Array
    decided: Array
    compared: Array
    value: float
    weight: Array
    sentence: Message
    equation: str


def trace(evaluation: Evaluation, index: int) -> Trace:
    """Read one sample's numbers from an evaluation; nothing is computed for any other.

    Parameters
    ----------
    evaluation : Evaluation
    index : int
        Row of the sample, from 0 to n - 1.

    Raises
    ------
    InputError
        If there is no such row.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([1, 1], np.array([0.46332538, 1.5], dtype="f4"))
    >>> str(trace(evaluate(data, "binary_accuracy"), 0).sentence)
    '0.4633 is not above 0.5, so class 0; the label is 1: wrong'
    """
    data = evaluation.predictions
    if not 0 <= index < data.n_samples:
        raise InputError(
            "index",
            "must be a row from 0 to {last}",
            index,
            "Choose a row of the table.",
            last=data.n_samples - 1,
        )
    sentence, equation = explain(evaluation, index)
    part = evaluation.only(slice(index, index + 1))
    return Trace(
        index=index,
        label=np.asarray(data.labels[index]),
        raw=np.asarray(data.outputs[index]),
        activated=np.asarray(part.scores[0]),
        decided=np.asarray(part.decisions[0]),
        compared=np.asarray(part.matches[0]),
        value=float(part.sample_values()[0]),
        weight=part.weight(0),
        sentence=sentence,
        equation=equation,
    )


def explain(evaluation: Evaluation, index: int) -> Explanation:
    r"""Say what happened to one sample, in a sentence and in LaTeX.

    Parameters
    ----------
    evaluation, index
        See `trace`; the index is not checked here.

    Returns
    -------
    sentence : Message
    equation : str
        One term of the variant's formula with the numbers put in, down to what the sample adds;
        for several elements the share that is right.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> print(explain(evaluate(Predictions.of([1], [0.8656]), "binary_accuracy"), 0)[1])
    [\,1 = [\,0.8656 > 0.5\,]\,] = 1
    """
    part = evaluation.only(slice(index, index + 1))
    label, decisions = part.predictions.labels[0], part.decisions[0]
    comparison = evaluation.variant.comparison
    sample = Sample(
        label=np.asarray(label),
        compared_label=np.asarray(comparison.compared_label(label, decisions)),
        scores=np.asarray(part.scores[0]),
        decisions=np.asarray(decisions),
        matches=np.asarray(part.matches[0]),
        true_class=np.asarray(label if np.ndim(label) == 0 else argmax(label[None])[0]),
        as_positive=comparison.as_positive,
        value=float(part.sample_values()[0]),
        shared=evaluation.one_value,
        settings=evaluation.settings,
    )
    return comparison.explain(sample) or evaluation.decision.explain(sample)

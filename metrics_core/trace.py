"""One sample's way through an evaluation, read from the arrays that the steps left behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.sentences import explain


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
    one = evaluation.only(slice(index, index + 1))
    return Trace(
        index=index,
        label=np.asarray(data.labels[index]),
        raw=np.asarray(data.outputs[index]),
        activated=np.asarray(one.scores[0]),
        decided=np.asarray(one.decisions[0]),
        compared=np.asarray(one.matches[0]),
        value=float(one.sample_values()[0]),
        weight=one.weight(0),
        sentence=sentence,
        equation=equation,
    )

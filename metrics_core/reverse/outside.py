"""What lies outside the outputs: where to look when no recipe gives the number."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse.reported import Reported

_TRAINING = Message(
    "Training mode: with dropout or batch normalization, the outputs during training differ from "
    "these."
)
_RUNNING_MEAN = Message(
    "A running mean: the progress bar of an epoch shows the mean over batches seen while the "
    "weights were still changing; `evaluate` afterwards gives a different number."
)
_DATA = Message(
    "Other data: the number may come from the training or validation data, or from other samples."
)
_PREPARED = Message(
    "Other preprocessing: inputs scaled, resized or ordered differently give different outputs."
)
_SHUFFLED = Message(
    "Shuffling: if the data was shuffled between `predict` and reading the labels, labels and "
    "outputs no longer match."
)
_PRECISION = Message(
    "Precision: in float16 or mixed precision the outputs differ in the third decimal, and scores "
    "close to the threshold end up on its other side."
)
_PER_CENT = Message("A share is between 0 and 1: if {number} is a percentage, type {number} %.")
_WEIGHTS = Message(
    "Sample weights: these outputs have none; if the number was weighted, add the weights."
)


def outside(data: Predictions, reported: Reported) -> tuple[Message, ...]:
    """List what can give a number that these outputs cannot, the likeliest first.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [0.2, 0.7])
    >>> str(outside(data, Reported(91, 0))[0])
    'A share is between 0 and 1: if 91 is a percentage, type 91 %.'
    """
    found = []
    if reported.low > 1:
        found.append(replace(_PER_CENT, values={"number": reported.rounded(reported.value)}))
    if data.sample_weight is None:
        found.append(_WEIGHTS)
    always = (_TRAINING, _RUNNING_MEAN, _DATA, _PREPARED, _SHUFFLED, _PRECISION)
    return (*found, *always)

"""What lies outside the outputs: where to look when no recipe gives the number."""

from __future__ import annotations

from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse.reported import Reported

_TRAINING = (
    "Training mode: with dropout or batch normalisation the model gives other outputs while it "
    "trains than these."
)
_RUNNING_MEAN = (
    "A running mean: the progress bar of an epoch shows the mean over batches that were seen while "
    "the weights still moved; `evaluate` after it gives another."
)
_DATA = "Other data: the number may belong to training or validation data, or to other samples."
_PREPARED = "Other preprocessing: inputs scaled, resized or ordered otherwise give other outputs."
_SHUFFLED = (
    "Shuffling: if the data was shuffled between `predict` and reading the labels, labels and "
    "outputs no longer belong together."
)
_PRECISION = (
    "Precision: in float16 or mixed precision the outputs differ in the third decimal, and scores "
    "beside the threshold change sides."
)
_PER_CENT = "A share lies from 0 to 1: if {number} is per cent, type {number} %."
_WEIGHTS = (
    "Sample weights: none came with these outputs; if the number was weighted, add the weights."
)


def outside(data: Predictions, reported: Reported) -> tuple[Message, ...]:
    """List what can give a number that these outputs cannot, the likeliest first.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [0.2, 0.7])
    >>> str(outside(data, Reported(91, 0))[0])
    'A share lies from 0 to 1: if 91 is per cent, type 91 %.'
    """
    found = []
    if reported.low > 1:
        found.append(Message(_PER_CENT, {"number": reported.rounded(reported.value)}))
    if data.sample_weight is None:
        found.append(Message(_WEIGHTS))
    always = (_TRAINING, _RUNNING_MEAN, _DATA, _PREPARED, _SHUFFLED, _PRECISION)
    return (*found, *(Message(template) for template in always))

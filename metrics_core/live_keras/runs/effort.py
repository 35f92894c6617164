"""How much there is to do in a run, compared with others."""

from __future__ import annotations

import itertools

from metrics_core.live_keras.datasets import Dataset
from metrics_core.live_keras.runs.settings import RunSettings


def effort(settings: RunSettings, data: Dataset) -> float:
    """About the seconds that a run takes on one core of its own.

    Keras builds and traces the model once; then every epoch costs something, every batch, and
    every weight for every row. The figures are those of one machine. Another one is faster or
    slower by a factor, so that this is a unit to measure in.

    Parameters
    ----------
    settings : RunSettings
    data : Dataset
        What it is trained on.

    Examples
    --------
    >>> from metrics_core.live_keras.datasets import dataset
    >>> for epochs in (10, 20, 200):
    ...     print(round(effort(RunSettings(epochs=epochs), dataset("digits")), 1))
    6.3
    9.6
    69.3
    """
    widths = (data.n_features, *settings.hidden, settings.output_units)
    weights = sum(before * after for before, after in itertools.pairwise(widths))
    rows = len(data.x_train)
    batches = -(-rows // settings.batch_size)
    of_hidden = 1 + settings.batch_norm + (settings.dropout > 0)
    layers = 1 + len(settings.hidden) * of_hidden
    built = 1.8 + 0.35 * layers + 0.5 * len(settings.metrics)
    return built + settings.epochs * (0.17 + 0.004 * batches + 5e-10 * weights * rows)

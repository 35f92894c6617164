"""What each sample weighs before the aggregation chooses who counts."""

from __future__ import annotations

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps


def sample_weights(steps: Steps, settings: Settable) -> Array | None:
    """Weights of samples times weights of classes.

    Returns
    -------
    ndarray, shape (n,), or None
        None where every sample counts 1.
    """
    weights = steps.predictions.sample_weight if settings.weighted else None
    if settings.class_weight is None:
        return weights
    by_class = np.ones(steps.predictions.n_samples)
    for label, weight in settings.class_weight:
        by_class[steps.true_class == label] = weight
    return by_class if weights is None else by_class * weights

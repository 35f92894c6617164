"""What several pages derive from the data in view: labels in the other form, steps, a summary."""

from __future__ import annotations

from accuracy_lens.view.caches import DATA, Size, session_cache
from metrics_core.predictions import Predictions
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps
from metrics_core.summary import Summary, summarize

STEPS = Size(sample=DATA.sample + 40, output=DATA.output + 10, class_=64)
"""Of one activation, with the data themselves; operators' custom metrics add 8 per sample."""


@session_cache(entries=2, size=DATA)
def converted(digest: str, form: str, _predictions: Predictions) -> Predictions:
    """The same samples with the labels in another form: ``one_hot`` or ``sparse``."""
    return _predictions.to_one_hot() if form == "one_hot" else _predictions.to_sparse()


@session_cache(entries=2, size=STEPS)
def steps(digest: str, activation: Activation, _predictions: Predictions) -> Steps:
    """The shared arrays of one activation, computed when they are asked for."""
    return Steps(_predictions, activation)


@session_cache(entries=2)
def summary(digest: str, _predictions: Predictions) -> Summary:
    """What the description line says."""
    return summarize(_predictions)

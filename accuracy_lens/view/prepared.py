"""What several pages derive from the data in view: labels in the other form, steps, a summary."""

from __future__ import annotations

import numpy as np

from accuracy_lens.view.caches import DATA, Size, session_cache
from metrics_core.overview.summary import Summary, summarize
from metrics_core.overview.threshold_ladder import sweep_elements
from metrics_core.predictions import Predictions
from metrics_core.reading.columns.positive import positive_of
from metrics_core.steps.activation import Activation
from metrics_core.steps.one_class import one_class
from metrics_core.steps.shared import Steps
from metrics_core.sweep.state import Sweep

STEPS = Size(sample=DATA.sample + 40, output=DATA.output + 10, class_=64)
"""Of one activation, with the data themselves; operators' custom metrics add 8 per sample."""


@session_cache(entries=2, size=DATA, examples=16)
def converted(digest: str, form: str, _predictions: Predictions) -> Predictions:
    """The same samples with the labels in another form: ``one_hot`` or ``sparse``."""
    return _predictions.to_one_hot() if form == "one_hot" else _predictions.to_sparse()


@session_cache(entries=2, size=STEPS, examples=16)
def steps(digest: str, activation: Activation, _predictions: Predictions) -> Steps:
    """The shared arrays of one activation, computed when they are asked for."""
    return Steps(_predictions, activation)


@session_cache(entries=1, size=Size(sample=24, output=10), examples=16)  # there are two outputs
def class_steps(digest: str, activation: Activation, class_index: int, _steps: Steps) -> Steps:
    """The steps of one class against the rest."""
    return one_class(_steps, class_index)


@session_cache(entries=2, examples=16)
def first_class(digest: str, _predictions: Predictions) -> int:
    """The class that is positive until the visitor names another.

    Of two the one whose name says so, such as yes, else class 1; of several the one with the most
    samples; of labels beside each other the one that the most samples have.
    """
    data = _predictions
    if is_two_classes(data):
        names = data.class_names or ()
        known = positive_of(tuple(names))
        return 1 if known is None else names.index(known)
    if data.kind == "sparse":
        whole = data.labels[(data.labels >= 0) & (data.labels < data.n_outputs)].astype(np.intp)
        counts = np.bincount(whole, minlength=data.n_outputs)
    else:
        counts = np.count_nonzero(data.labels == 1, axis=0)
    return int(np.argmax(counts))


def is_two_classes(data: Predictions) -> bool:
    """Whether there are two outputs, one for each of two classes: a binary problem."""
    return data.n_outputs == 2 and data.kind in ("one_hot", "sparse")


@session_cache(entries=2, examples=16)
def summary(digest: str, _predictions: Predictions) -> Summary:
    """What the description line says."""
    return summarize(_predictions)


@session_cache(entries=2, size=Size(output=16), examples=16)
def swept(digest: str, activation: Activation, weighted: bool, _steps: Steps) -> Sweep | None:
    """The sorted scores of every output, whatever else is set; see `sweep_elements`."""
    return sweep_elements(_steps, weighted)

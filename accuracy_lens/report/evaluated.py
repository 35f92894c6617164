"""Every row of the catalogue on some data, as the Metrics page opens with it (no streamlit)."""

from __future__ import annotations

from collections.abc import Callable

from accuracy_lens.words.text import error_words
from metrics_core.catalog.rows import CATALOG, Misfit, misfit
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.one_class import one_class
from metrics_core.steps.shared import Steps


def evaluate_all(
    predictions: Predictions,
    settings: Settings,
    positive: int | None = 1,
    *,
    progress: Callable[[float], None] | None = None,
) -> tuple[dict[str, Evaluation], dict[str, Misfit]]:
    """The evaluations that fit, by name, and why the other rows do not.

    Parameters
    ----------
    positive : int or None
        Of two classes with an output each: whose output is read by what reads one; None reads both,
        each on its own.
    progress : callable, optional
        Told again and again which share of the work is done, from 0 to 1.

    Examples
    --------
    >>> evaluations, misfits = evaluate_all(Predictions.of([0, 1], [0.2, 0.4]), Settings())
    >>> evaluations["binary_accuracy"].result, "categorical_accuracy" in misfits
    (0.5, True)
    """
    shared = Steps(predictions, settings.activation)
    two = predictions.n_outputs == 2 and predictions.kind in ("one_hot", "sparse")
    own = one_class(shared, positive) if two and positive is not None else None
    evaluations: dict[str, Evaluation] = {}
    misfits: dict[str, Misfit] = {}
    for number, row in enumerate(CATALOG.values()):
        if progress is not None:
            progress(number / len(CATALOG))
        steps = own if own is not None and row.reads_one_output else shared
        wrong = misfit(row, steps.predictions.kind)
        if wrong is not None:
            misfits[row.name] = wrong
            continue
        try:
            evaluations[row.name] = evaluate(steps.predictions, row.name, settings, steps=steps)
        except InputError as error:  # a custom function that fails on these data
            misfits[row.name] = Misfit(error_words(error), None)
    return evaluations, misfits

"""The numbers of the Metrics page, computed once: evaluations, distribution, slider stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from accuracy_lens.components.threshold_lens.ladder import Ladder
from accuracy_lens.components.threshold_lens.stops import ladder
from accuracy_lens.view import prepared
from accuracy_lens.view.caches import BOUNDS, Bound, Size, session_cache
from accuracy_lens.view.prepared import STEPS
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import tried
from accuracy_lens.words.language import current
from accuracy_lens.words.text import error_words
from metrics_core.catalog.rows import CATALOG, Misfit, misfit
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.row_order import row_order
from metrics_core.overview.distribution import Distribution, distribution
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps
from metrics_core.sweep.state import Sweep

BOUNDS["evaluations"] = Bound(1, STEPS)
"""Those of the last run; `evaluate_all` keeps them by hand."""


@session_cache(entries=4, examples=16)
def spread(digest: str, activation: Activation, _steps: Steps) -> Distribution:
    """The distribution of scores, positive labels or true classes apart from the others."""
    data = _steps.predictions
    if data.kind == "sparse":
        classes = np.arange(data.n_outputs, dtype=np.int64)
        return distribution(_steps.scores, _steps.true_class[:, None] == classes)
    return distribution(_steps.scores, _steps.positive)


@session_cache(entries=2, worded=True, examples=16)
def rungs(
    digest: str, settings: Settings, low: float, high: float, names: tuple[str, ...],
    language: str, _steps: Steps,
) -> Ladder | None:  # fmt: skip
    """What the slider stops at, for the variants named; None where none of them has a threshold."""

    def sweep(steps: Steps, weighted: bool) -> Sweep | None:
        return prepared.swept(digest, steps.activation, weighted, steps)

    kind = _steps.predictions.kind
    found = any("threshold" in CATALOG[name].uses(kind) for name in names)
    return ladder(_steps, settings, low, high, sweep, names=names) if found else None


def drawn(
    evaluations: Mapping[str, Evaluation], shown: Evaluation
) -> tuple[Distribution, Ladder | None]:
    """The scores of the variant in view, and what the slider says of all that are read from them.

    Parameters
    ----------
    evaluations : mapping of str to Evaluation
    shown : Evaluation
        The one in view.
    """
    steps, digest = shown.steps, shown.predictions.digest
    found = spread(digest, steps.activation, steps)
    anywhere = replace(shown.settings, threshold=0.5)
    names = tuple(name for name, each in evaluations.items() if each.steps is steps)
    return found, rungs(digest, anywhere, found.low, found.high, names, current(), steps)


@session_cache(entries=1, size=Size(sample=8))
def score_order(digest: str, activation: Activation, key: str, _values: Array) -> Array:
    """Row numbers in ascending order of a column; equal values keep their order."""
    return row_order(_values)


def evaluate_all(
    predictions: Predictions, settings: Settings, shared: Steps, positive: Steps | None = None
) -> tuple[dict[str, Evaluation], dict[str, Misfit]]:
    """Every row of the catalogue: the evaluations that fit, and why the others do not.

    An evaluation of the last run is used again where none of the settings that matter to it moved;
    older ones are dropped. What is kept are numbers; the arrays are those of the shared steps.

    Parameters
    ----------
    positive : Steps, optional
        Of the positive class of two, on which the variants are computed that read one output.
    """
    last = VISITOR.evaluations
    kept: dict[object, Evaluation] = {}
    evaluations: dict[str, Evaluation] = {}
    misfits: dict[str, Misfit] = {}
    for row in CATALOG.values():
        used = positive if positive is not None and row.reads_one_output else shared
        data = used.predictions
        wrong = misfit(row, data.kind)
        if wrong is not None:
            misfits[row.name] = wrong
            continue
        matter = tuple(getattr(settings, name) for name in row.uses(data.kind))
        common = replace(settings, threshold=0.0, k=0, beta=1.0)
        key = (data.digest, row.name, row.comparison, common, matter)
        compute = partial(evaluate, data, row.name, settings, steps=used)
        evaluation: Evaluation | InputError | None = last.get(key)
        if evaluation is None:
            evaluation = tried(compute) if row.comparison.custom else compute()
        if isinstance(evaluation, InputError):
            misfits[row.name] = Misfit(error_words(evaluation), None)
            continue
        evaluations[row.name] = replace(evaluation, settings=settings, steps=used)
        kept[key] = evaluations[row.name]
    VISITOR.evaluations = kept
    return evaluations, misfits

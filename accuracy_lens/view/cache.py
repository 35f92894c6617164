"""What is computed once: bounded caches keyed by a digest of the data and frozen settings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from accuracy_lens.explore.metrics.ladder import Ladder, ladder
from accuracy_lens.view.state import VISITOR
from accuracy_lens.words.feedback import tried
from accuracy_lens.words.text import error_words
from metrics_core.catalog.rows import CATALOG, Misfit, misfit
from metrics_core.distribution import Distribution, distribution
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.generate import GeneratorSettings, generate
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.row_order import row_order
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps
from metrics_core.summary import Summary, summarize
from metrics_core.sweep.state import Sweep
from metrics_core.threshold_ladder import sweep_elements


@st.cache_resource(max_entries=4, ttl=3600, show_spinner=False)
def generated(settings: GeneratorSettings) -> Predictions:
    """Synthetic predictions; they hold nothing of a visitor, so all visitors share them."""
    return generate(settings)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def converted(digest: str, form: str, _predictions: Predictions) -> Predictions:
    """The same samples with the labels in another form: ``one_hot`` or ``sparse``."""
    return _predictions.to_one_hot() if form == "one_hot" else _predictions.to_sparse()


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def steps(digest: str, activation: Activation, _predictions: Predictions) -> Steps:
    """The shared arrays of one activation."""
    return Steps(_predictions, activation)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def summary(digest: str, _predictions: Predictions) -> Summary:
    """What the description line says."""
    return summarize(_predictions)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def spread(digest: str, activation: Activation, _steps: Steps) -> Distribution:
    """The distribution of scores, positive labels or true classes apart from the others."""
    data = _steps.predictions
    if data.kind == "sparse":
        classes = np.arange(data.n_outputs, dtype=np.int64)
        return distribution(_steps.scores, _steps.true_class[:, None] == classes)
    return distribution(_steps.scores, _steps.positive)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def swept(digest: str, activation: Activation, weighted: bool, _steps: Steps) -> Sweep | None:
    """The sorted scores behind the ladder; none of the other settings matters to them."""
    return sweep_elements(_steps, weighted)


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def rungs(digest: str, settings: Settings, low: float, high: float, _steps: Steps) -> Ladder | None:
    """What the slider stops at; None where no variant has a threshold."""

    def sweep(steps: Steps, weighted: bool) -> Sweep | None:
        return swept(digest, steps.activation, weighted, steps)

    kind = _steps.predictions.kind
    uses = (row.uses(kind) for row in CATALOG.values() if kind in row.needs)
    found = any("threshold" in used for used in uses)
    return ladder(_steps, settings, low, high, sweep) if found else None


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def score_order(digest: str, activation: Activation, key: str, _values: Array) -> Array:
    """Row numbers in ascending order of a column; equal values keep their order."""
    return row_order(_values)


def evaluate_all(
    predictions: Predictions, settings: Settings, shared: Steps
) -> tuple[dict[str, Evaluation], dict[str, Misfit]]:
    """Every row of the catalogue: the evaluations that fit, and why the others do not.

    An evaluation of the last run is used again where none of the settings that matter to it moved;
    older ones are dropped. What is kept are numbers; the arrays are those of the shared steps.
    """
    last = VISITOR.evaluations
    kept: dict[object, Evaluation] = {}
    made: dict[str, Evaluation] = {}
    wrong: dict[str, Misfit] = {}
    for row in CATALOG.values():
        found = misfit(row, predictions.kind)
        if found is not None:
            wrong[row.name] = found
            continue
        matter = tuple(getattr(settings, name) for name in row.uses(predictions.kind))
        common = replace(settings, threshold=0.0, k=0, beta=1.0)
        key = (predictions.digest, row.name, row.comparison, common, matter)
        compute = partial(evaluate, predictions, row.name, settings, steps=shared)
        evaluation: Evaluation | InputError | None = last.get(key)
        if evaluation is None:
            evaluation = tried(compute) if row.comparison.custom else compute()
        if isinstance(evaluation, InputError):
            wrong[row.name] = Misfit(error_words(evaluation), None)
            continue
        kept[key] = made[row.name] = replace(evaluation, settings=settings, steps=shared)
    VISITOR.evaluations = kept
    return made, wrong

"""What the classes page computes once: bounded caches keyed by the data's digest and the view."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accuracy_lens.view.caches import Size, session_cache
from metrics_core.aggregating import State
from metrics_core.catalog.rows import variant
from metrics_core.counting.class_inputs import check_n_classes
from metrics_core.counting.class_thresholds import decide
from metrics_core.counting.confusion import MOST_CLASSES, Confusion
from metrics_core.counting.counts import FIGURES, Counts
from metrics_core.counting.per_class import PerClass, per_class
from metrics_core.counting.top_k import TopK
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.activation import Activation
from metrics_core.steps.decision.blocks import blocks
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.steps.shared import Steps
from metrics_core.sweep import Sweep
from metrics_core.sweep.optimum.best import best_thresholds
from metrics_core.sweep.rejection import CoverageCurve, coverage_curve, rejection
from metrics_core.sweep.views import sweep_of

ClassThresholds = tuple[tuple[int, float], ...]
"""The classes that have a threshold, with it."""
_NO_THRESHOLD = float(np.finfo(np.float32).min)
_CURVE_POINTS = 400


@dataclass(frozen=True, eq=False)
class LabelTable:
    """Each label of multi-hot rows on its own: its 2 x 2 counts and the metrics that follow."""

    counts: Counts
    per_class: PerClass
    n_effective: float


def checked_classes(data: Predictions) -> int:
    """How many classes, or labels beside each other, the page is about.

    Raises
    ------
    InputError
        Where they are more than are counted; class indices such as times are.
    """
    if data.kind != "multi_label":
        check_n_classes(data.n_classes, MOST_CLASSES)
    return data.n_classes


@session_cache(entries=2, size=Size(class_=8), examples=256)
def main_state(digest: str, name: str, settings: Settings, _steps: Steps) -> State:
    """The state of the accuracy whose steps the strip shows: numbers, no arrays of the data."""
    return evaluate(_steps.predictions, name, settings, steps=_steps).state


def main_evaluation(digest: str, name: str, settings: Settings, steps: Steps) -> Evaluation:
    """The accuracy whose steps the strip shows."""
    return Evaluation(steps, variant(name), settings, main_state(digest, name, settings, steps))


@session_cache(entries=3, size=Size(sample=8), examples=16)
def predicted(
    digest: str,
    activation: Activation,
    threshold: float,
    class_thresholds: ClassThresholds,
    label: int,
    _steps: Steps,
) -> Array:
    """The class that is predicted for each sample, -1 for none; 0 or 1 for one label of several."""
    data = _steps.predictions
    match data.kind:
        case "class_indices":
            return data.outputs
        case "binary" | "multi_label":
            scores = _steps.scores if data.kind == "binary" else _steps.scores[:, label]
            limit = effective_threshold(threshold, scores.dtype)
            return (scores > limit).astype(np.int8)
    if not class_thresholds:
        return _steps.argmax
    limits = np.full(data.n_outputs, _NO_THRESHOLD)
    for index, class_threshold in class_thresholds:
        limits[index] = class_threshold
    return decide(_steps.scores, limits)


@session_cache(entries=2, size=Size(class_=40, pair=8), examples=16)
def confusion(
    digest: str,
    activation: Activation,
    threshold: float,
    class_thresholds: ClassThresholds,
    label: int,
    weighted: bool,
    _steps: Steps,
) -> Confusion:
    """Which class is predicted as which; the two sides of one label for multi-hot rows."""
    data = _steps.predictions
    several = data.kind == "multi_label"
    return Confusion.of(
        data.labels[:, label] if several else _steps.true_class,
        predicted(digest, activation, threshold, class_thresholds, label, _steps),
        2 if several else data.n_classes,
        data.sample_weight if weighted else None,
    )


@session_cache(entries=2, size=Size(class_=16), examples=16)
def top_k(digest: str, activation: Activation, weighted: bool, _steps: Steps) -> TopK:
    """The accuracy for every k."""
    data = _steps.predictions
    return TopK.of(_steps.true_class, _steps.scores, data.sample_weight if weighted else None)


@session_cache(entries=2, size=Size(sample=16, fixed=1 << 16), examples=16)
def reject_curve(
    digest: str,
    activation: Activation,
    weighted: bool,
    _steps: Steps,
) -> tuple[Sweep, CoverageCurve]:
    """The sweep of the highest scores, and of its curve as many points as can be told apart."""
    sweep = rejection(_steps, weighted=weighted)
    whole = coverage_curve(sweep)
    some = whole.coverage > 0
    rows = np.flatnonzero(some)
    if len(rows) > _CURVE_POINTS:
        wanted = np.linspace(whole.coverage[rows[-1]], whole.coverage[0], _CURVE_POINTS)
        rows = np.unique(len(rows) - 1 - np.searchsorted(whole.coverage[some][::-1], wanted))
    parts = (whole.thresholds, whole.coverage, whole.accuracy, whole.answered)
    return sweep, CoverageCurve(*(part[rows] for part in parts))


@session_cache(entries=2, size=Size(class_=64), examples=16)
def best_class_thresholds(
    digest: str,
    activation: Activation,
    weighted: bool,
    _steps: Steps,
) -> ClassThresholds:
    """For each class that occurs the threshold with the best F1 against all others."""
    found = []
    for index in range(_steps.predictions.n_outputs):
        sweep = sweep_of(_steps, index, weighted=weighted)
        if sweep is not None and sweep.positives > 0:
            best = best_thresholds(sweep, {"f1": FIGURES["f1"]})[0]
            if best.threshold is not None:
                found.append((index, best.threshold))
    return tuple(found)


@session_cache(entries=4, size=Size(class_=400), examples=16)
def label_table(
    digest: str,
    activation: Activation,
    threshold: float,
    weighted: bool,
    _steps: Steps,
) -> LabelTable:
    """Count each column of multi-hot labels on its own, all of them in one pass over blocks."""
    data, scores = _steps.predictions, _steps.scores
    weight = data.sample_weight if weighted else None
    limit = effective_threshold(threshold, scores.dtype)
    sums = np.zeros((3, data.n_outputs), np.int64 if weight is None else np.float64)
    squares = np.zeros((2, data.n_outputs))
    for rows in blocks(scores):
        above, positive = scores[rows] > limit, _ones(data.labels, rows)
        part = None if weight is None else weight[rows].astype(np.float64)
        for index, mask in enumerate((above & positive, above, positive)):
            sums[index] += mask.sum(axis=0) if part is None else part @ mask
        if part is not None:
            squares += np.stack([(part * part) @ positive, (part * part) @ above])
    both, taken, occurring = sums
    n = data.n_samples if weight is None else float(weight.sum(dtype=np.float64))
    counts = Counts(both, taken - both, n - taken - occurring + both, occurring - both)
    effective = float(n)
    if weight is None:
        squares = sums[[2, 1]].astype(np.float64)
    else:
        square = float(np.square(weight, dtype=np.float64).sum())
        effective = effective * effective / square if square else 0.0
    return LabelTable(counts, per_class(counts, squares), effective)


def _ones(labels: Array, rows: slice) -> Array:
    block = labels[rows]
    positive = np.asarray(block == 1)
    good = positive | (block == 0)
    if not good.all():
        row, column = np.argwhere(~good)[0]
        raise InputError(
            "y_true",
            "must be 0 or 1 for each label",
            f"{block[row, column]} in row {rows.start + row}",
            "Map the labels to 0 and 1 first.",
        )
    return positive

"""Counts at a ladder of thresholds equal an evaluation at each of them."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.evaluation import evaluate
from metrics_core.overview.threshold_ladder import counts_at, ladder_results, sweep_elements
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.decision.threshold import above
from metrics_core.steps.shared import Steps
from tests.every import every

RANDOM = np.random.default_rng(11)
LADDER = np.array([-0.5, 0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.5])


def cut(steps, thresholds, weighted=False):
    sweep = sweep_elements(steps, weighted)
    return None if sweep is None else counts_at(sweep, thresholds)


def ties(shape, dtype):
    """Scores on the rungs, beside them, and not finite."""
    near = np.concatenate([LADDER, np.nextafter(LADDER, 9), [np.nan, np.inf, -np.inf]])
    return RANDOM.choice(near, shape).astype(dtype)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize("shape", [(400,), (400, 1), (90, 3)])
def test_a_cut_counts_what_is_strictly_above_by_label(dtype, shape):
    scores = ties(shape, dtype)
    labels = RANDOM.integers(0, 2, shape)
    kind = "multi_label" if shape[-1] == 3 else "binary"
    made = cut(Steps(Predictions.of(labels, scores, kind=kind)), LADDER)
    for place, threshold in enumerate(LADDER):
        passed = above(scores, threshold)
        assert made.true_positives[place] == np.count_nonzero(passed & (labels == 1))
        assert made.false_positives[place] == np.count_nonzero(passed & (labels == 0))
        assert made.positives[place] == labels.sum()
        assert made.count[place] == labels.size


@every("weighted", [False, True])
@every("name", [n for n, row in CATALOG.items() if "binary" in row.needs])
def test_every_result_is_that_of_an_evaluation(name, weighted):
    labels = RANDOM.integers(0, 2, 300)
    data = Predictions.of(labels, ties(300, "f4"), sample_weight=RANDOM.integers(0, 4, 300))
    steps, settings = Steps(data), Settings(weighted=weighted, beta=0.5)
    made = ladder_results(CATALOG[name], "binary", cut(steps, LADDER, weighted=weighted), settings)
    if "threshold" not in CATALOG[name].uses("binary"):
        assert made is None
        return
    for place, threshold in enumerate(LADDER):
        one = evaluate(data, name, settings, threshold=float(threshold))
        assert made.results[place] == pytest.approx(one.result, abs=1e-12)
        assert made.totals[place] == pytest.approx(one.total, abs=1e-9)
        assert made.counts[place] == pytest.approx(one.count, abs=1e-9)


def test_above_every_score_nothing_is_left_whatever_the_weights():
    weights = np.array([0.1, 0.2, 0.3, 0.7])
    data = Predictions.of([0, 1, 1, 0], [0.1, 0.2, 0.3, 0.4], sample_weight=weights)
    made = cut(Steps(data), np.array([0.5, 0.6]), weighted=True)
    assert made.predicted_positive.tolist() == [0.0, 0.0]


def test_one_class_leaves_the_other_out_of_the_balanced_mean():
    data = Predictions.of([1, 1], [0.2, 0.8])
    made = cut(Steps(data), np.array([0.5]))
    found = ladder_results(CATALOG["balanced_accuracy"], "binary", made, Settings())
    assert (found.results.tolist(), found.counts.tolist()) == ([0.5], [1])


@pytest.mark.parametrize(
    "data",
    [
        Predictions.of([-1, 1], [0.2, 0.8]),
        Predictions.of([0.05, 0.95], [0.2, 0.8]),
        Predictions.of([np.nan, 1], [0.2, 0.8]),
        Predictions.of([2, 0], [[0.2, 0.5, 0.3], [0.8, 0.1, 0.1]]),
        Predictions.of([0, 3], [0, 3]),
    ],
)
def test_labels_other_than_0_and_1_are_not_counted(data):
    assert cut(Steps(data), LADDER) is None


@pytest.mark.parametrize(
    ("name", "kind", "settings"),
    [
        ("subset_accuracy", "multi_label", Settings()),
        ("balanced_accuracy", "one_hot", Settings()),
        ("binary_accuracy", "binary", Settings(aggregation="batch_means")),
        ("binary_accuracy", "binary", Settings(aggregation="per_class")),
        ("recall", "binary", Settings(class_weight=((0, 2.0),))),
        ("binary_accuracy_rounded", "binary", Settings()),
    ],
)
def test_what_counts_cannot_tell_is_left_to_the_evaluation(name, kind, settings):
    made = cut(Steps(Predictions.of([0, 1], [0.2, 0.8])), LADDER)
    assert ladder_results(CATALOG[name], kind, made, settings) is None

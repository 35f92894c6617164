"""Answering only where the highest score is above a threshold."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps
from metrics_core.sweep.rejection import coverage_curve, rejection

NAN, INF = np.nan, np.inf


def predictions(n=400, n_classes=4, one_hot=False, dtype="f4", seed=0, rows=slice(None)):
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 9, (n, n_classes)).astype(dtype) / 8
    labels = rng.integers(0, n_classes, n)
    scores[np.arange(n), labels] += rng.integers(0, 4, n).astype(dtype) / 8
    weight = rng.integers(0, 5, n) / 4
    data = Predictions.of(labels[rows], scores[rows], sample_weight=weight[rows])
    return data.to_one_hot() if one_hot else data


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("one_hot", [False, True])
def test_coverage_and_accuracy_of_the_answers_at_any_threshold(one_hot, weighted, dtype):
    data = predictions(one_hot=one_hot, dtype=dtype)
    made = rejection(Steps(data), weighted=weighted)
    right = data.y_pred.argmax(axis=1) == predictions(dtype=dtype).labels
    top, weight = data.y_pred.max(axis=1), data.sample_weight if weighted else np.ones(400)
    for threshold in (-1.0, 0.0, 0.5, 0.75, 0.76, 1.0, 1.375, 9.0):
        counts, answered = made.at(threshold), top > threshold
        assert counts.predicted_positive == weight[answered].sum()
        assert counts.true_positives == weight[answered & right].sum()
        assert counts.predicted_share == weight[answered].sum() / weight.sum()
        if not weight[answered].any():
            assert counts.precision == 0


@pytest.mark.parametrize("weighted", [False, True])
def test_the_curve_begins_at_the_accuracy_of_all_and_ends_without_an_answer(weighted):
    data = predictions()
    sweep = rejection(Steps(data), weighted=weighted)
    made = coverage_curve(sweep)
    whole = evaluate(data, "sparse_categorical_accuracy", weighted=weighted)
    assert (made.thresholds[0], made.coverage[0]) == (-INF, 1)
    assert made.accuracy[0] == pytest.approx(whole.result, abs=1e-15)
    assert made.answered[0] == whole.count
    assert (made.coverage[-1], made.accuracy[-1], made.answered[-1]) == (0, 0, 0)
    assert (np.diff(made.thresholds) > 0).all()
    assert (np.diff(made.coverage) < 0).all()
    for place, threshold in enumerate(made.thresholds[1:].tolist(), 1):
        counts = sweep.at(threshold)
        assert made.coverage[place] == counts.predicted_share
        assert made.accuracy[place] == counts.precision
        assert made.answered[place] == counts.predicted_positive


def test_parts_that_are_swept_apart_merge_to_the_whole():
    parts = [rejection(Steps(predictions(rows=slice(i, None, 3)))) for i in range(3)]
    merged = coverage_curve(parts[2].merge(parts[0]).merge(parts[1]))
    whole = coverage_curve(rejection(Steps(predictions())))
    for name in ("thresholds", "coverage", "accuracy", "answered"):
        assert np.array_equal(getattr(merged, name), getattr(whole, name))


def test_a_row_without_any_number_is_answered_at_no_threshold():
    scores = [[NAN, NAN], [NAN, 0.25], [-INF, -INF], [0.75, 0.5]]
    made = rejection(Steps(Predictions.of([0, 1, 0, 1], scores)))
    assert made.n_rows == 4
    counts = made.at(-1e9)
    assert (counts.true_positives, counts.false_positives) == (1, 1)
    assert coverage_curve(made).accuracy[0] == 3 / 4


def test_the_highest_score_is_that_after_the_activation():
    data = Predictions.of([0, 1], [[2.0, 0.0], [0.0, 0.0]])
    made = rejection(Steps(data, "softmax"))
    assert made.low == 0.5
    assert made.high == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-6)


def test_a_tie_is_decided_for_the_lowest_index():
    made = rejection(Steps(Predictions.of([0, 1], [[0.5, 0.5], [0.5, 0.5]])))
    assert made.at(0.25).precision == 0.5


def test_whole_numbers_as_scores_are_swept():
    made = rejection(Steps(Predictions.of([0, 1], [[3, 1], [2, 2]])))
    assert (made.at(2).predicted_share, made.at(2).precision) == (0.5, 1)


@pytest.mark.parametrize(
    "data",
    [
        Predictions.of([0, 1], [0.2, 0.8]),
        Predictions.of([0, 3], [0, 3]),
        Predictions.of([[0, 1], [1, 1]], [[0.2, 0.8], [0.3, 0.4]]),
    ],
)
def test_predictions_without_one_true_class_among_several_are_refused(data):
    with pytest.raises(InputError, match="`predictions` must have one score per class"):
        rejection(Steps(data))

"""The figures of several classes, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from accuracy_lens.explore.classes.matrix import matrix_of
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.top_k import TopK
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps
from metrics_core.sweep.rejection import coverage_curve, rejection

CASES = [(9, 2), (40, 3), (3000, 10), (3000, 200)]
WEIGHTS = ["none", "quarters", "random"]
cases = pytest.mark.parametrize(("n", "n_classes"), CASES)
weights = pytest.mark.parametrize("weight", WEIGHTS)


def make_weights(name, rng, n):
    made = {"quarters": rng.integers(0, 9, n) / 4, "random": rng.random(n)}
    return made.get(name)


def decided(n, n_classes, weight, seed=0):
    """Classes that never occur, on either side or both, among them."""
    rng = np.random.default_rng(seed)
    true = rng.choice(rng.integers(0, n_classes, n_classes), n)
    said = np.where(rng.random(n) < 0.6, true, rng.integers(0, n_classes, n))
    return true, said, make_weights(weight, rng, n)


@cases
@weights
def test_the_counts_and_their_shares(n, n_classes, weight):
    true, said, used = decided(n, n_classes, weight)
    made = Confusion.of(true, said, n_classes, used)
    options = {"labels": range(n_classes), "sample_weight": used}
    theirs = metrics.confusion_matrix(true, said, **options)
    if weight == "random":
        np.testing.assert_allclose(made.counts, theirs, rtol=1e-12)
    else:
        assert np.array_equal(made.counts, theirs)
    matrix = matrix_of(made, "class-order", n_classes)
    for by, name in (("true", "true"), ("predicted", "pred"), ("all", "all")):
        theirs = metrics.confusion_matrix(true, said, normalize=name, **options)
        np.testing.assert_allclose(matrix.shares(by), theirs, rtol=1e-12)


@cases
@weights
def test_precision_recall_f1_and_support(n, n_classes, weight):
    true, said, used = decided(n, n_classes, weight)
    made = Confusion.of(true, said, n_classes, used).per_class()
    options = {"labels": range(n_classes), "sample_weight": used, "zero_division": 0}
    theirs = metrics.precision_recall_fscore_support(true, said, **options)
    ours = made.precision, made.recall, made.f1, made.support
    for mine, its in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-12, atol=1e-15)


@cases
@weights
def test_each_class_against_the_rest(n, n_classes, weight):
    true, said, used = decided(n, n_classes, weight)
    made = Confusion.of(true, said, n_classes, used).one_vs_rest()
    options = {"labels": range(n_classes), "sample_weight": used}
    theirs = metrics.multilabel_confusion_matrix(true, said, **options)
    ours = np.stack(
        [made.true_negatives, made.false_positives, made.false_negatives, made.true_positives]
    )
    np.testing.assert_allclose(ours.T, theirs.reshape(-1, 4), rtol=1e-9, atol=1e-9)


@cases
@weights
@pytest.mark.filterwarnings("ignore:y_pred contains classes not in y_true")
def test_accuracy_and_balanced_accuracy(n, n_classes, weight):
    true, said, used = decided(n, n_classes, weight)
    made = Confusion.of(true, said, n_classes, used)
    theirs = metrics.accuracy_score(true, said, sample_weight=used)
    assert made.accuracy == pytest.approx(theirs, abs=1e-12)
    theirs = metrics.balanced_accuracy_score(true, said, sample_weight=used)
    assert made.balanced_accuracy == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(("n", "n_classes"), [(40, 3), (3000, 10), (3000, 24), (400, 200)])
@weights
def test_top_k_for_every_k_and_argmax(n, n_classes, weight):
    rng = np.random.default_rng(4)
    true, scores = rng.integers(0, n_classes, n), rng.random((n, n_classes), "f4")
    used = make_weights(weight, rng, n)
    made = TopK.of(true, scores, used)
    options = {"labels": range(n_classes), "sample_weight": used}
    for k in {1, 2, 5, n_classes // 2, n_classes - 1}:
        if k < n_classes:
            theirs = metrics.top_k_accuracy_score(true, scores, k=k, **options)
            assert made.accuracy(k) == pytest.approx(theirs, abs=1e-12)
    theirs = metrics.accuracy_score(true, scores.argmax(axis=1), sample_weight=used)
    data = Predictions.of(true, scores, kind="sparse", sample_weight=used)
    ours = evaluate(data, "sparse_categorical_accuracy", weighted=used is not None).result
    assert ours == pytest.approx(theirs, abs=1e-12)
    assert made.accuracies[0] == pytest.approx(theirs, abs=1e-12)


@weights
def test_the_coverage_curve_is_a_precision_curve_over_the_highest_score(weight):
    rng = np.random.default_rng(5)
    true, scores = rng.integers(0, 5, 800), rng.integers(0, 33, (800, 5)) / 32
    used = make_weights(weight, rng, 800)
    data = Predictions.of(true, scores, sample_weight=used)
    made = coverage_curve(rejection(Steps(data), weighted=used is not None))
    right = scores.argmax(axis=1) == true
    precision, _, thresholds = metrics.precision_recall_curve(
        right, scores.max(axis=1), sample_weight=used
    )
    kept = np.isin(thresholds, made.thresholds)
    np.testing.assert_allclose(made.accuracy[:-1], precision[:-1][kept], rtol=1e-12)

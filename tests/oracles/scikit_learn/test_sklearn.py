"""Every figure that scikit-learn also has, against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from tests.every import every

N, CLASSES = 400, 5
SEEDS = range(3)
THRESHOLDS = [0.0, 0.25, 0.5, 1.0]
weighted = every("weighted", [False, True])
seeds = every("seed", SEEDS)
thresholds = every("threshold", THRESHOLDS)


def agree(ours, theirs):
    assert ours == pytest.approx(float(theirs), rel=1e-12, abs=1e-15)


def weights(rng, on):
    made = rng.integers(0, 5, N) / 3
    return made, made if on else None


def labelled(seed, shape, weigh):
    """Labels and probabilities on a mesh of eighths, so that many lie on the threshold."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, shape)
    scores = rng.integers(0, 9, shape) / 8
    weight, used = weights(rng, weigh)
    kind = "binary" if len(shape) == 1 else "multi_label"
    return Predictions.of(labels, scores, kind=kind, sample_weight=weight), labels, scores, used


BINARY = {
    "binary_accuracy": (metrics.accuracy_score, {}),
    "balanced_accuracy": (metrics.balanced_accuracy_score, {}),
    "precision": (metrics.precision_score, {"zero_division": 0}),
    "recall": (metrics.recall_score, {}),
}


@seeds
@weighted
@thresholds
@every("name", BINARY)
def test_binary_figures(name, threshold, weighted, seed):
    data, labels, scores, used = labelled(seed, (N,), weighted)
    theirs, options = BINARY[name]
    made = evaluate(data, name, threshold=threshold, weighted=weighted)
    agree(made.result, theirs(labels, scores > threshold, sample_weight=used, **options))


@seeds
@weighted
@thresholds
@every("beta", [0.5, 1.0, 2.0])
@every("shape", [(N,), (N, CLASSES)])
def test_f_beta(shape, beta, threshold, weighted, seed):
    data, labels, scores, used = labelled(seed, shape, weighted)
    made = evaluate(data, "f_beta", beta=beta, threshold=threshold, weighted=weighted)
    average = "binary" if len(shape) == 1 else "micro"
    decided = (scores > threshold).astype(int)
    options = {"sample_weight": used, "zero_division": 0, "average": average}
    agree(made.result, metrics.fbeta_score(labels, decided, beta=beta, **options))


@seeds
@weighted
@thresholds
def test_multi_label_figures(threshold, weighted, seed):
    data, labels, scores, used = labelled(seed, (N, CLASSES), weighted)
    decided = (scores > threshold).astype(int)

    def ours(name):
        return evaluate(data, name, threshold=threshold, weighted=weighted).result

    agree(ours("element_accuracy"), 1 - metrics.hamming_loss(labels, decided, sample_weight=used))
    agree(ours("subset_accuracy"), metrics.accuracy_score(labels, decided, sample_weight=used))
    options = {"average": "micro", "sample_weight": used, "zero_division": 0}
    agree(ours("precision"), metrics.precision_score(labels, decided, **options))
    agree(ours("recall"), metrics.recall_score(labels, decided, **options))


@seeds
@weighted
@pytest.mark.parametrize("shape", [(N,), (N, CLASSES)])
def test_errors(shape, weighted, seed):
    data, labels, scores, used = labelled(seed, shape, weighted)
    absolute = evaluate(data, "mean_absolute_error", weighted=weighted)
    squared = evaluate(data, "mean_squared_error", weighted=weighted)
    agree(absolute.result, metrics.mean_absolute_error(labels, scores, sample_weight=used))
    agree(squared.result, metrics.mean_squared_error(labels, scores, sample_weight=used))
    if len(shape) == 1:
        agree(squared.result, metrics.brier_score_loss(labels, scores, sample_weight=used))


@seeds
@weighted
@pytest.mark.parametrize("one_hot", [False, True])
def test_figures_of_several_classes(one_hot, weighted, seed):
    rng = np.random.default_rng(seed)
    labels, scores = rng.integers(0, CLASSES, N), rng.normal(size=(N, CLASSES))
    scores[np.arange(N), labels] += 1
    weight, used = weights(rng, weighted)
    data = Predictions.of(labels, scores, sample_weight=weight)
    prefix = "" if one_hot else "sparse_"
    data = data.to_one_hot() if one_hot else data
    decided = scores.argmax(axis=1)

    def ours(name, **settings):
        return evaluate(data, name, weighted=weighted, **settings).result

    accuracy = ours(f"{prefix}categorical_accuracy")
    agree(accuracy, metrics.accuracy_score(labels, decided, sample_weight=used))
    balanced = metrics.balanced_accuracy_score(labels, decided, sample_weight=used)
    agree(ours("balanced_accuracy"), balanced)
    for k in range(1, CLASSES):
        theirs = metrics.top_k_accuracy_score(labels, scores, k=k, sample_weight=used)
        agree(ours(f"{prefix}top_k_categorical_accuracy", k=k), theirs)
    assert ours(f"{prefix}top_k_categorical_accuracy", k=CLASSES) == 1


@seeds
@weighted
def test_class_indices_on_both_sides(weighted, seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, CLASSES, N)
    decided = np.where(rng.random(N) < 0.6, labels, rng.integers(0, CLASSES, N))
    weight, used = weights(rng, weighted)
    data = Predictions.of(labels, decided, sample_weight=weight)
    for name, theirs in (
        ("accuracy", metrics.accuracy_score),
        ("balanced_accuracy", metrics.balanced_accuracy_score),
    ):
        made = evaluate(data, name, weighted=weighted)
        agree(made.result, theirs(labels, decided, sample_weight=used))


@pytest.mark.parametrize(
    ("labels", "decided"), [([0, 0], [0, 0]), ([0, 0], [1, 0]), ([1, 1], [0, 0]), ([1], [1])]
)
def test_one_class_only(labels, decided):
    data = Predictions.of(labels, np.array(decided, "f4"))
    options = {"zero_division": 0}
    for name, theirs in (
        ("precision", metrics.precision_score(labels, decided, **options)),
        ("recall", metrics.recall_score(labels, decided, **options)),
        ("f_beta", metrics.f1_score(labels, decided, **options)),
    ):
        agree(evaluate(data, name).result, theirs)


def test_balanced_accuracy_of_classes_that_never_occur_as_labels():
    labels, decided = [0, 0, 2, 2], [0, 1, 2, 3]
    with pytest.warns(UserWarning, match="not in y_true"):
        theirs = metrics.balanced_accuracy_score(labels, decided)
    agree(evaluate(Predictions.of(labels, decided), "balanced_accuracy").result, theirs)

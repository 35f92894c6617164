"""The steps and the means against the installed Keras 3."""

from __future__ import annotations

import os
import warnings

import numpy as np
import pytest

from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.activation import activate
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.threshold import above

pytestmark = pytest.mark.keras
N, CLASSES = 240, 6
RNG = np.random.default_rng(17)
ODD = np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, 0.5, 1.0, 1.5, -0.5, 1e4, -1e4], "f4")
SCORES = {
    "random": RNG.normal(0.4, 0.6, (N, CLASSES)).astype("f4"),
    "ties": RNG.integers(-2, 7, (N, CLASSES)).astype("f4") / 4,
    "odd": RNG.choice(ODD, (N, CLASSES)),
    "halves": RNG.choice(np.array([0.5, 0.49999997, 0.50000006, 0.3, 0.9], "f4"), (N, CLASSES)),
    "double": RNG.choice([0.3, 0.30000001, 0.5, 0.9, 0.89999997, 0.1], (N, CLASSES)),
    "half precision": RNG.normal(0.4, 0.6, (N, CLASSES)).astype("f2"),
}
INDICES = RNG.integers(0, CLASSES, N)
HOT = np.eye(CLASSES, dtype="f4")[INDICES]
MULTI = RNG.integers(0, 2, (N, CLASSES)).astype("f4")
WEIGHT = (RNG.integers(0, 5, N) / 4).astype("f4")
each_scores = pytest.mark.parametrize("scores", SCORES.values(), ids=SCORES)


@pytest.fixture(scope="session")
def keras():
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import keras
    return keras


def same(ours, theirs):
    theirs = np.asarray(theirs)
    assert ours.shape == theirs.shape
    assert np.array_equal(ours.astype(theirs.dtype), theirs, equal_nan=True)


@each_scores
@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 0.9])
@pytest.mark.parametrize("columns", [1, CLASSES])
def test_binary_accuracy_element_by_element(keras, scores, threshold, columns):
    labels, scores = MULTI[:, :columns], scores[:, :columns]
    kind = "binary" if columns == 1 else "multi_label"
    made = evaluate(
        Predictions.of(labels, scores, kind=kind), "binary_accuracy", threshold=threshold
    )
    theirs = keras.metrics.binary_accuracy(labels, scores, threshold=threshold)
    same(made.matches.reshape(labels.shape), theirs)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.9])
def test_float16_scores_on_and_beside_a_threshold_are_compared_as_float32(keras, threshold):
    nearest = np.float16(threshold)
    scores = np.array(
        [np.nextafter(nearest, np.float16(-1)), nearest, np.nextafter(nearest, np.float16(2))]
    )
    scores, labels = scores.reshape(-1, 1), np.ones((3, 1), "f4")
    made = evaluate(Predictions.of(labels, scores), "binary_accuracy", threshold=threshold)
    assert made.matches.tolist() == [False, float(nearest) > float(np.float32(threshold)), True]
    theirs = keras.metrics.binary_accuracy(labels, scores, threshold=threshold)
    same(made.matches.reshape(labels.shape), theirs)


@each_scores
@pytest.mark.parametrize("kind", ["sparse", "one_hot"])
def test_categorical_accuracy_sample_by_sample(keras, scores, kind):
    labels, prefix = (INDICES, "sparse_") if kind == "sparse" else (HOT, "")
    made = evaluate(Predictions.of(labels, scores, kind=kind), f"{prefix}categorical_accuracy")
    same(made.matches, getattr(keras.metrics, f"{prefix}categorical_accuracy")(labels, scores))


@each_scores
def test_argmax_sample_by_sample(keras, scores):
    same(argmax(scores), np.asarray(keras.ops.argmax(scores, axis=-1), "i8"))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_argmax_of_the_lowest_and_the_signed_zero(keras, dtype):
    low = np.finfo(dtype).min
    values = np.array([np.nan, -np.inf, low, -0.0, 0.0, -1e-5, 1], dtype)
    rows = np.array(np.meshgrid(values, values, values)).reshape(3, -1).T.copy()
    same(argmax(rows), np.asarray(keras.ops.argmax(rows, axis=-1), "i8"))


@pytest.mark.parametrize("scores", [SCORES[name] for name in ("random", "ties", "odd", "halves")])
@pytest.mark.parametrize("k", [0, 1, 2, 5, 6, 9])
@pytest.mark.parametrize("kind", ["sparse", "one_hot"])
def test_top_k_sample_by_sample(keras, scores, k, kind):
    labels = INDICES.copy() if kind == "sparse" else HOT
    if kind == "sparse":
        labels[:4] = [-1, CLASSES, 99, -7]
    name = f"{'sparse_' if kind == 'sparse' else ''}top_k_categorical_accuracy"
    made = evaluate(Predictions.of(labels, scores, kind=kind), name, k=k)
    same(made.matches, getattr(keras.metrics, name)(labels, scores, k=k))


@pytest.mark.parametrize("scores", [SCORES[name] for name in ("random", "ties", "odd", "double")])
@pytest.mark.parametrize("name", ["mean_absolute_error", "mean_squared_error"])
def test_errors_sample_by_sample(keras, scores, name):
    made = evaluate(Predictions.of(MULTI, scores, kind="multi_label"), name)
    theirs = np.asarray(getattr(keras.losses, name)(MULTI, scores))
    np.testing.assert_allclose(made.sample_values(), theirs, rtol=1e-6)


def streamed(metric, labels, scores, weight):
    """The result of a Keras metric that saw the data in uneven batches."""
    for part in np.array_split(np.arange(N), 7):
        metric.update_state(labels[part], scores[part], None if weight is None else weight[part])
    return float(metric.result())


@pytest.mark.parametrize("weight", [None, WEIGHT], ids=["plain", "weighted"])
@pytest.mark.parametrize("columns", [1, CLASSES])
@pytest.mark.parametrize("threshold", [0.3, 0.5])
@pytest.mark.parametrize("scores", ["random", "ties", "halves"])
def test_means_over_an_epoch(keras, weight, columns, threshold, scores):
    labels, scores = MULTI[:, :columns], np.clip(SCORES[scores][:, :columns], 0, 1)
    kind = "binary" if columns == 1 else "multi_label"
    data = Predictions.of(labels, scores, kind=kind, sample_weight=weight)
    metrics = {
        "binary_accuracy": keras.metrics.BinaryAccuracy(threshold=threshold),
        "accuracy": keras.metrics.Accuracy(),
        "precision": keras.metrics.Precision(thresholds=threshold),
        "recall": keras.metrics.Recall(thresholds=threshold),
        "mean_absolute_error": keras.metrics.MeanAbsoluteError(),
        "mean_squared_error": keras.metrics.MeanSquaredError(),
        "f_beta": keras.metrics.FBetaScore(average="micro", beta=2.0, threshold=threshold),
    }
    for name, metric in metrics.items():
        made = evaluate(data, name, threshold=threshold, beta=2.0, weighted=weight is not None)
        assert made.result == pytest.approx(streamed(metric, labels, scores, weight), rel=1e-6), (
            name
        )


@pytest.mark.parametrize("weight", [None, WEIGHT], ids=["plain", "weighted"])
@each_scores
def test_means_of_several_classes_over_an_epoch(keras, weight, scores):
    data = Predictions.of(INDICES, scores, sample_weight=weight)
    metrics = {"sparse_categorical_accuracy": keras.metrics.SparseCategoricalAccuracy()}
    if scores.dtype == "f4":
        top = keras.metrics.SparseTopKCategoricalAccuracy(k=2)
        metrics["sparse_top_k_categorical_accuracy"] = top
    for name, metric in metrics.items():
        made = evaluate(data, name, k=2, weighted=weight is not None)
        assert made.result == pytest.approx(streamed(metric, INDICES, scores, weight), rel=1e-6), (
            name
        )


@pytest.mark.parametrize("outputs", ["i8", "f4"])
def test_exact_equality_cuts_labels_only_against_whole_outputs(keras, outputs):
    labels, decided = np.array([0, 0.5, 1.5, 3], "f4"), np.array([0, 0, 1, 2], outputs)
    metric = keras.metrics.Accuracy()
    metric.update_state(labels, decided)
    made = evaluate(Predictions.of(labels, decided, kind="class_indices"), "accuracy")
    assert made.result == pytest.approx(float(metric.result()), rel=1e-7)


# Keras's kernels themselves are up to 6 units in the last place off in float32, and compute float16
# in float16, where the core rounds once: the tolerances are theirs.
@pytest.mark.parametrize(
    ("activation", "dtype", "tolerance"),
    [
        ("sigmoid", "f2", 2e-3),
        ("softmax", "f2", 1.2e-2),
        ("sigmoid", "f4", 6e-7),
        ("softmax", "f4", 6e-7),
        ("sigmoid", "f8", 1.2e-15),
        ("softmax", "f8", 1.2e-15),
    ],
)
def test_activations_and_what_is_decided_from_them(keras, activation, dtype, tolerance):
    logits = RNG.normal(0, 6, (4_000, CLASSES)).astype(dtype)
    ours = activate(logits, activation)
    theirs = np.asarray(getattr(keras.activations, activation)(keras.ops.convert_to_tensor(logits)))
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=1e-6 if dtype == "f2" else 0)
    if dtype != "f2":
        for threshold in (0.3, 0.5, 0.9):
            same(above(ours, threshold), above(theirs, threshold))
        same(argmax(ours), argmax(theirs))


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
def test_activations_at_the_boundaries(keras, activation):
    rows = [
        [1e4, 0, -1e4],
        [-1e4] * 3,
        [np.nan, 0, 1],
        [np.inf, 0, 1],
        [-np.inf, 0, 1],
        [-np.inf] * 3,
    ]
    logits = np.array(rows, "f4")
    theirs = np.asarray(getattr(keras.activations, activation)(keras.ops.convert_to_tensor(logits)))
    np.testing.assert_allclose(activate(logits, activation), theirs, rtol=3e-7, atol=1e-37)

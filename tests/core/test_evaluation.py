"""Evaluations: numbers worked out by hand, settings and their refusals, shared steps."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.aggregation.batches import BatchMeans
from metrics_core.steps.aggregation.mean import Mean
from metrics_core.steps.shared import Steps
from tests.every import every

BINARY = Predictions.of(
    [0, 0, 1, 1, 1, 0],
    np.array([0.2, 0.5, 0.6, 1.6, -0.4, 2.5], "f4"),
    sample_weight=[1, 2, 0, 1, 3, 1],
)
SPARSE = Predictions.of(
    [0, 1, 2, 2], [[0.5, 0.2, 0.3], [0.4, 0.4, 0.2], [0.1, 0.6, 0.3], [0.9, 0.08, 0.02]]
)
MULTI = Predictions.of(
    [[1, 0, 1], [0, 0, 0], [1, 1, 0]], [[0.9, 0.2, 0.4], [0.1, 0.5, 0.3], [0.8, 0.7, 0.6]]
)
INDICES = Predictions.of([0, 1, 3, 3, 4, 2], [0, 1, 3, 4, 4, 4])
NUMBERS = Predictions.of(INDICES.y_true, INDICES.y_pred, kind="binary")


@every(
    ("data", "name", "settings", "total", "count"),
    [
        (BINARY, "binary_accuracy", {}, 4, 6),
        (BINARY, "binary_accuracy", {"threshold": 0.6}, 3, 6),
        (BINARY, "binary_accuracy", {"weighted": True}, 4, 8),
        (BINARY, "binary_accuracy", {"weighted": True, "class_weight": ((1, 2.0),)}, 5, 12),
        (BINARY, "binary_accuracy", {"activation": "softmax"}, 3, 6),
        (BINARY, "binary_accuracy", {"activation": "sigmoid"}, 2, 6),
        (BINARY, "binary_accuracy_rounded", {}, 3, 6),
        (BINARY, "accuracy", {}, 0, 6),
        (BINARY, "balanced_accuracy", {}, 4 / 3, 2),
        (BINARY, "balanced_accuracy", {"weighted": True}, 1, 2),
        (BINARY, "precision", {}, 2, 3),
        (BINARY, "precision", {"weighted": True}, 1, 2),
        (BINARY, "precision", {"threshold": 9.0}, 0, 0),
        (BINARY, "recall", {}, 2, 3),
        (BINARY, "recall", {"weighted": True}, 1, 4),
        (BINARY, "f_beta", {}, 4, 6),
        (BINARY, "f_beta", {"beta": 2, "threshold": 0.55}, 10, 15),
        (BINARY, "f_beta", {"beta": 2, "weighted": True}, 5, 18),
        (BINARY, "binary_accuracy", {"aggregation": "batch_means", "batch_size": 4}, 1, 2),
        (BINARY, "binary_accuracy", {"aggregation": "per_class"}, 4 / 3, 2),
        (BINARY, "f_beta", {"aggregation": "per_class"}, 4, 6),
        (MULTI, "element_accuracy", {"aggregation": "per_class"}, 7, 9),
        (SPARSE, "sparse_categorical_accuracy", {}, 1, 4),
        (SPARSE, "sparse_categorical_accuracy", {"class_weight": ((0, 2.0), (1, 0.0))}, 2, 4),
        (SPARSE, "sparse_top_k_categorical_accuracy", {"k": 1}, 2, 4),
        (SPARSE, "sparse_top_k_categorical_accuracy", {"k": 2}, 3, 4),
        (SPARSE, "sparse_top_k_categorical_accuracy", {}, 4, 4),
        (SPARSE, "balanced_accuracy", {}, 1, 3),
        (SPARSE.to_one_hot(), "top_k_categorical_accuracy", {"k": 2}, 3, 4),
        (SPARSE.to_one_hot(), "categorical_accuracy", {}, 1, 4),
        (MULTI, "element_accuracy", {}, 7, 9),
        (MULTI, "subset_accuracy", {}, 1, 3),
        (MULTI, "precision", {}, 3, 4),
        (MULTI, "recall", {}, 3, 4),
        (INDICES, "accuracy", {}, 4, 6),
        (NUMBERS, "mean_absolute_error", {}, 3, 6),
        (NUMBERS, "mean_squared_error", {}, 5, 6),
        (NUMBERS, "mean_prediction", {}, 16, 6),
    ],
)
def test_total_count_and_result_are_those_worked_out_by_hand(data, name, settings, total, count):
    made = evaluate(data, name, **settings)
    assert made.total == pytest.approx(total, rel=1e-15)
    assert made.count == count
    assert made.result == pytest.approx(total / count if count else 0, rel=1e-15)


@pytest.mark.parametrize(
    ("name", "lack"),
    [
        ("mean_absolute_error", "distance"),
        ("mean_squared_error", "distance"),
        ("mean_prediction", "mean"),
    ],
)
def test_class_indices_are_names_and_no_numbers(name, lack):
    with pytest.raises(InputError, match=f"as the names of classes have no {lack}; these are"):
        evaluate(INDICES, name)


def test_the_arrays_of_every_step_are_kept():
    made = evaluate(BINARY, "binary_accuracy", activation="sigmoid")
    assert made.scores.dtype == np.float32
    assert np.array_equal(made.decisions, made.scores > np.float32(0.5))
    assert made.decisions.tolist() == [True, True, True, True, False, True]
    assert made.matches.tolist() == [False, False, True, True, False, False]
    assert made.parts == ((1.0, None),)
    ranks = evaluate(SPARSE, "sparse_top_k_categorical_accuracy", k=2)
    assert ranks.decisions.tolist() == [0, 0, 1, 2]
    assert ranks.matches.tolist() == [True, True, True, False]


@every("shape", [(4,), (4, 1)])
@every("name", [name for name, row in CATALOG.items() if "binary" in row.needs])
def test_flat_and_column_arrays_never_broadcast(name, shape):
    flat = Predictions.of([0, 1, 1, 0], [0.1, 0.9, 0.2, 0.8])
    other = Predictions.of(flat.y_true.reshape(shape), flat.y_pred.reshape(-1, 1))
    one, two = evaluate(flat, name), evaluate(other, name)
    assert one.matches.shape == two.matches.shape == (4,)
    assert (one.total, one.count) == (two.total, two.count)


def test_a_variant_that_does_not_fit_and_a_setting_out_of_its_range_are_refused():
    with pytest.raises(InputError, match="`k` must"):
        evaluate(SPARSE, "sparse_top_k_categorical_accuracy", k=-1)
    with pytest.raises(InputError, match="`treshold` must be a setting"):
        evaluate(BINARY, "f_beta", treshold=0.5)
    with pytest.raises(InputError, match="categorical_accuracy needs one-hot labels; these are"):
        evaluate(SPARSE, "categorical_accuracy")


def test_settings_and_changes_come_to_the_same():
    settings = Settings(threshold=0.6, weighted=True)
    made = evaluate(BINARY, "binary_accuracy", settings)
    assert made.settings == settings
    assert evaluate(BINARY, "binary_accuracy", threshold=0.6, weighted=True).result == made.result
    assert evaluate(BINARY, "binary_accuracy", settings, threshold=0.5).settings.weighted


def test_weights_that_are_not_there_count_as_one_each():
    bare = Predictions.of(BINARY.y_true, BINARY.y_pred)
    assert evaluate(bare, "binary_accuracy", weighted=True).result == 4 / 6


def test_shared_steps_give_the_same_and_are_made_once():
    steps = Steps(BINARY, "sigmoid")
    first = evaluate(BINARY, "binary_accuracy", activation="sigmoid", steps=steps)
    second = evaluate(BINARY, "precision", activation="sigmoid", steps=steps)
    assert first.scores is second.scores
    assert first.decisions is second.decisions
    moved = evaluate(BINARY, "binary_accuracy", activation="sigmoid", threshold=0.6, steps=steps)
    alone = evaluate(BINARY, "binary_accuracy", activation="sigmoid", threshold=0.6)
    assert moved.decisions is not first.decisions
    assert np.array_equal(moved.decisions, alone.decisions)
    assert first.decisions.sum() == 5


def test_steps_of_other_data_or_another_activation_are_not_used():
    other = Predictions.of(1 - BINARY.y_true, BINARY.y_pred)
    for steps in (Steps(other), Steps(BINARY, "sigmoid")):
        assert evaluate(BINARY, "binary_accuracy", steps=steps).result == 4 / 6
    again = Predictions.of(BINARY.y_true, BINARY.y_pred, sample_weight=BINARY.sample_weight)
    steps = Steps(again)
    assert evaluate(BINARY, "binary_accuracy", steps=steps).scores is steps.scores


@pytest.mark.parametrize("name", ["binary_accuracy", "precision", "recall", "f_beta"])
@pytest.mark.parametrize("weighted", [False, True])
def test_one_batch_of_all_samples_is_the_mean(name, weighted):
    settings = {"weighted": weighted, "beta": 1.3}
    one = evaluate(BINARY, name, aggregation="batch_means", batch_size=6, **settings)
    assert one.result == pytest.approx(evaluate(BINARY, name, **settings).result, rel=1e-15)


def test_batches_of_rows_hold_whole_rows():
    halves = evaluate(MULTI, "element_accuracy", aggregation="batch_means", batch_size=2)
    assert halves.result == pytest.approx((5 / 6 + 2 / 3) / 2, rel=1e-15)


def test_narrow_weights_are_widened_before_they_are_multiplied():
    data = Predictions.of([1, 1], [0.7, 0.8], sample_weight=np.array([20_000, 1], "f2"))
    made = evaluate(data, "f_beta", beta=1.3, weighted=True)
    assert made.weight(0) == 20_000 + 1.3**2 * 20_000
    assert made.count == pytest.approx(20_001 * 2.69, rel=1e-15)
    assert evaluate(data, "f_beta", beta=9, weighted=True, aggregation="batch_means").result == 1


def test_labels_out_of_range_and_broken_rows_are_wrong_and_still_counted():
    scores = [[0.1, 0.9], [0.9, 0.1], [np.nan, 1.0], [np.inf, 0.0], [0.5, 0.5]]
    data = Predictions.of([5, -1, 1, 0, 0], scores)
    assert evaluate(data, "sparse_categorical_accuracy").matches.tolist() == [0, 0, 1, 1, 1]
    top = evaluate(data, "sparse_top_k_categorical_accuracy", k=9)
    assert (top.matches.tolist(), top.count) == ([0, 0, 0, 0, 1], 5)


EVERY = {"binary": BINARY, "sparse": SPARSE, "one_hot": SPARSE.to_one_hot(), "indices": INDICES}
EVERY |= {"multi_label": MULTI, "names": Predictions.of([0, 1], [0.2, 0.7], sample_ids=["a", "b"])}


@pytest.mark.parametrize("activation", ["none", "sigmoid"])
@pytest.mark.parametrize("data", EVERY.values(), ids=EVERY)
def test_the_steps_of_some_samples_are_parts_of_those_of_all(data, activation):
    fancy = np.array([1, 0, 1])
    for name in [name for name, row in CATALOG.items() if data.kind in row.needs]:
        made = evaluate(data, name, activation=activation, weighted=True, threshold=0.55)
        for rows in (slice(1, 3), fancy, np.arange(data.n_samples) == 1):
            part = made.only(rows)
            assert np.array_equal(part.predictions.labels, data.labels[rows])
            assert np.array_equal(part.scores, made.scores[rows])
            assert np.array_equal(part.decisions, made.decisions[rows])
            assert part.decisions.dtype == made.decisions.dtype
            assert np.array_equal(part.matches, made.matches[rows])
            assert (part.result, part.total) == (made.result, made.total)
            assert part.only(slice(1)).sample_values().tolist() == [part.sample_values()[0]]
        weights = [made.weight(row) for row in range(data.n_samples)]
        summed = sum(factor * np.asarray(1 if w is None else w) for factor, w in made.parts)
        assert np.array_equal(np.broadcast_to(summed, np.shape(weights)), weights)


def many(n_classes, kind=None):
    draw = np.random.default_rng(8)
    n = 200_003 // (n_classes or 1)
    labels = draw.integers(0, n_classes or 2, n)
    scores = draw.normal(size=(n, n_classes) if n_classes else n).astype("f4")
    if kind == "multi_label":
        labels = draw.integers(0, 2, scores.shape)
    return Predictions.of(labels, scores, kind=kind, sample_weight=draw.random(n, np.float32))


MANY = {"binary": many(0), "sparse": many(3), "multi_label": many(3, "multi_label")}


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("data", MANY.values(), ids=MANY)
def test_blocks_of_samples_merge_into_the_number_of_all(data, weighted):
    for name in [name for name, row in CATALOG.items() if data.kind in row.needs]:
        made = evaluate(data, name, weighted=weighted, beta=1.3, threshold=0.1)
        if not CATALOG[name].aggregation.by_class:
            state = Mean.empty()
            for factor, counts in made.parts:
                state = state.merge(Mean.of(made.matches, counts).scaled(factor))
            assert (made.total, made.count) == (state.total.value, state.count.value)
        means = evaluate(
            data, name, weighted=weighted, aggregation="batch_means", batch_size=7, threshold=0.1
        )
        width = made.matches.size // data.n_samples
        ((_, weights), *more) = made.parts
        if not more:
            flat = None if weights is None else np.asarray(weights, float).reshape(-1)
            whole = BatchMeans.of_batches(made.matches.reshape(-1), 7 * width, flat)
            assert (means.result, means.count) == (whole.result, whole.count.value)


def test_evaluations_keep_less_than_the_arrays_that_they_read():
    draw = np.random.default_rng(9)
    outputs = draw.random(500_000, np.float32)
    data = Predictions.of(draw.integers(0, 2, 500_000), outputs, sample_weight=outputs)
    steps, settings = Steps(data), Settings(weighted=True)
    tracemalloc.start()
    try:
        names = [name for name, row in CATALOG.items() if data.kind in row.needs]
        made = [evaluate(data, name, settings, steps=steps) for name in names]
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(made) == 10
    assert kept < 0.25 * data.nbytes
    assert peak < 1.5 * data.nbytes

"""Top-k accuracy for every k from one ranking, without arrays in between."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from metrics_core.counting.top_k import TopK
from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.decision.rank import in_top, rank_of_true_class
from tests.every import every

NAN, INF = np.nan, np.inf


def random(n, n_classes, seed=0, dtype="f4"):
    """Scores on a coarse mesh with many ties, some not finite; labels in and out of range."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(-4, 5, (n, n_classes)).astype(dtype) / 8
    odd = rng.random((n, n_classes)) < 0.02
    scores[odd] = rng.choice(np.array([NAN, INF, -INF, -0.0], dtype), odd.sum())
    labels = rng.integers(-1, n_classes + 1, n)
    return labels, scores, rng.integers(0, 9, n) / 4


def argmax_accuracy(labels, scores):
    data = Predictions.of(labels, scores, kind="sparse")
    return evaluate(data, "sparse_categorical_accuracy").result


SHAPES = [(1, 1), (50, 1), (40_000, 3), (3000, 24), (3000, 25), (700, 100), (90, 1000)]


@every("dtype", ["f2", "f4", "f8"])
@every("shape", SHAPES)
def test_every_k_is_that_of_the_ranks(shape, dtype):
    labels, scores, weights = random(*shape, dtype=dtype)
    rank = rank_of_true_class(scores, labels)
    plain, weighed = TopK.of(labels, scores), TopK.of(labels, scores, weights)
    assert plain.count == shape[0]
    assert plain.never == np.count_nonzero(rank < 0)
    assert plain.by_rank.sum() == np.count_nonzero(rank >= 0)
    for k in {0, 1, 2, 5, shape[1] - 1, shape[1], shape[1] + 1}:
        right = in_top(rank, k)
        assert plain.accuracy(k) == right.mean()
        expected = np.average(right, weights=weights) if weights.sum() else 0
        assert weighed.accuracy(k) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("weighted", [False, True])
def test_merged_parts_equal_the_whole(shape, weighted):
    labels, scores, weights = random(*shape)
    state = TopK.empty(shape[1])
    for start in range(0, shape[0], shape[0] // 3 + 1):
        rows = slice(start, start + shape[0] // 3 + 1)
        part = labels[rows], scores[rows], weights[rows] if weighted else None
        state = state.merge(TopK.of(*part))
    given = weights if weighted else None
    whole = TopK.of(labels, scores, given)
    assert state.by_rank.tolist() == whole.by_rank.tolist()
    assert state.never == whole.never


@pytest.mark.parametrize("weighted", [False, True])
def test_every_k_is_what_an_evaluation_gives(weighted):
    labels, scores, weights = random(2000, 7)
    labels = labels % 7
    data = Predictions.of(labels, scores, sample_weight=weights)
    given = weights if weighted else None
    for k in (1, 3, 7):
        evaluation = evaluate(data, "sparse_top_k_categorical_accuracy", weighted=weighted, k=k)
        ours = TopK.of(labels, scores, given).accuracy(k)
        assert ours == pytest.approx(evaluation.result, abs=1e-14)


def test_a_tie_counts_for_the_true_class_in_top_k_and_for_the_lowest_index_in_argmax():
    scores = np.array([[0.5, 0.5, 0.1]] * 2)
    assert TopK.of([0, 1], scores).accuracies.tolist() == [1, 1, 1]
    assert argmax_accuracy([0, 1], scores) == 0.5


def test_rows_that_are_not_finite_and_labels_out_of_range_are_in_no_top_k():
    scores = [[0.1, NAN], [INF, 0.1], [0.2, 0.1], [0.2, 0.1], [0.2, 0.1], [0.2, 0.1]]
    made = TopK.of([0, 0, 2, -1, NAN, 1], scores)
    assert (made.by_rank.tolist(), made.never) == ([0, 1], 5)
    assert made.accuracies.tolist() == [0, 1 / 6]
    assert argmax_accuracy([0, 0, 2, -1, NAN, 1], scores) == 2 / 6


def test_a_label_that_is_no_whole_number_is_cut_in_top_k_and_never_right_in_argmax():
    assert TopK.of([0.9], [[0.9, 0.1]]).accuracy(1) == 1
    assert argmax_accuracy([0.9], [[0.9, 0.1]]) == 0


def test_no_samples_and_no_weight_give_zero():
    for made in (TopK.empty(2), TopK.of([], np.empty((0, 2))), TopK.of([0], [[1, 0]], [0.0])):
        assert made.accuracies.tolist() == [0, 0]
        assert made.result.tolist() == [0, 0]
        assert made.accuracy(1) == made.accuracy(0) == made.count == 0


@pytest.mark.parametrize("k", [-1, 1.5, NAN, INF])
def test_a_k_that_is_no_whole_number_from_0_is_refused(k):
    with pytest.raises(InputError, match="`k` must be a whole number"):
        TopK.of([0], [[1, 0]]).accuracy(k)


@pytest.mark.parametrize(
    ("labels", "scores", "weights", "sentence"),
    [
        ([0, 1], [[0.1, 0.2]], None, "must have one number for each sample"),
        ([[0, 1, 0]], [[0.1, 0.2]], None, "must have one number for each sample"),
        ([0], [0.1], None, r"`scores` must have shape \(n, classes\)"),
        ([0], np.empty((1, 0)), None, r"`scores` must have shape \(n, classes\)"),
        ([0], [["a", "b"]], None, "`scores` must hold numbers"),
        ([0], [[0.1, 0.2]], [-1.0], "`weights` must be finite and not negative"),
        ([0], [[0.1, 0.2]], [1.0, 1.0], "`weights` must have one number for each sample"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(labels, scores, weights, sentence):
    with pytest.raises(InputError, match=sentence):
        TopK.of(labels, scores, weights)


def test_parts_of_other_classes_do_not_merge():
    with pytest.raises(InputError, match="`other` must count 2 classes"):
        TopK.empty(2).merge(TopK.empty(3))


def test_the_counts_are_read_only_and_the_inputs_stay():
    labels, scores, _ = random(500, 6)
    before = scores.copy()
    made = TopK.of(labels, scores)
    np.testing.assert_array_equal(scores, before)
    with pytest.raises(ValueError, match="read-only"):
        made.by_rank[0] = 1


@pytest.mark.parametrize("shape", [(1_000_000, 10), (20_000, 1000)])
def test_counting_takes_little_memory_beside_the_inputs(shape):
    rng = np.random.default_rng(0)
    labels, scores = rng.integers(0, shape[1], shape[0]), rng.random(shape, "f4")
    for weights in (None, rng.random(shape[0])):
        tracemalloc.start()
        TopK.of(labels, scores, weights)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4 * 2**20

"""Counts of pairs of classes, and what follows from them."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from metrics_core.counting.confusion import MOST_CLASSES, Confusion
from metrics_core.counting.intervals import wilson
from metrics_core.errors import InputError
from metrics_core.steps.aggregation.per_class import PerClassMean

TRUE = [0, 0, 0, 0, 1, 1, 1, 2, 2]
DECIDED = [0, 0, 1, -1, 1, 1, 0, 2, -1]
WEIGHT = np.array([1, 2, 0.5, 4, 1, 0, 3, 0.25, 2])


def plain(true, decided, n_classes, weights=None):
    """One row after the other, in Python."""
    counts = np.zeros((n_classes, n_classes))
    for row, (one, other) in enumerate(zip(true, decided, strict=True)):
        if other >= 0:
            counts[int(one), int(other)] += 1 if weights is None else weights[row]
    return counts


def random(n, n_classes, seed=0, unanswered=True):
    rng = np.random.default_rng(seed)
    true = rng.integers(0, n_classes, n)
    decided = np.where(rng.random(n) < 0.6, true, rng.integers(-unanswered, n_classes, n))
    return true, decided, rng.integers(0, 9, n) / 4


def same(one, other, close=None):
    for name in ("counts", "unanswered", "squares"):
        mine, its = getattr(one, name), getattr(other, name)
        if close is None:
            assert mine.dtype == its.dtype
            np.testing.assert_array_equal(mine, its)
        else:
            np.testing.assert_allclose(mine, its, rtol=close)


def test_rows_are_true_classes_and_columns_decided_ones():
    made = Confusion.of(TRUE, DECIDED, 3)
    assert made.counts.tolist() == [[2, 1, 0], [1, 2, 0], [0, 0, 1]]
    assert made.unanswered.tolist() == [1, 0, 1]
    assert made.counts.dtype == made.unanswered.dtype == np.int64
    assert made.support.tolist() == [4, 3, 2]
    assert made.predicted.tolist() == [3, 3, 1]
    assert made.hits.tolist() == [2, 2, 1]
    assert (made.count, made.answered, made.coverage) == (9, 7, 7 / 9)
    assert (made.result, made.accuracy_of_answered) == (5 / 9, 5 / 7)
    assert made.balanced_accuracy == pytest.approx((2 / 4 + 2 / 3 + 1 / 2) / 3, abs=1e-15)


def test_weights_are_summed_in_float64():
    made = Confusion.of(TRUE, DECIDED, 3, WEIGHT.astype("f4"))
    assert made.counts.tolist() == [[3, 0.5, 0], [3, 1, 0], [0, 0, 0.25]]
    assert made.unanswered.tolist() == [4, 0, 2]
    assert made.squares.tolist() == [[21.25, 10, 4.0625], [14, 1.25, 0.0625]]
    assert made.counts.dtype == np.float64
    assert made.accuracy == pytest.approx(4.25 / 13.75, abs=1e-15)


@pytest.mark.parametrize("n_classes", [1, 2, 10, 300, 1000, 1100])
def test_many_blocks_agree_with_a_plain_walk(n_classes):
    true, decided, weights = random(70_001, n_classes)
    made = Confusion.of(true, decided, n_classes)
    np.testing.assert_array_equal(made.counts, plain(true, decided, n_classes))
    assert made.unanswered.sum() == np.count_nonzero(decided < 0)
    weighed = Confusion.of(true, decided, n_classes, weights)
    np.testing.assert_array_equal(weighed.counts, plain(true, decided, n_classes, weights))
    assert weighed.unanswered.sum() == weights[decided < 0].sum()


@pytest.mark.parametrize("dtype", ["i1", "u1", "i4", "u8", "f2", "f4", "f8", ">i4", ">f8"])
def test_any_dtype_of_whole_numbers_is_counted_alike(dtype):
    true, decided, _ = random(500, 7, unanswered=False)
    made = Confusion.of(true.astype(dtype), decided.astype(dtype)[:, None], 7)
    same(made, Confusion.of(true, decided, 7))


@pytest.mark.parametrize("n_classes", [1, 4, 1000])
@pytest.mark.parametrize("weighted", [False, True])
def test_merged_parts_equal_the_whole(n_classes, weighted):
    true, decided, weights = random(5000, n_classes)
    state = Confusion.empty(n_classes)
    for rows in (slice(0, 7), slice(7, 7), slice(7, 4000), slice(4000, None)):
        part = weights[rows] if weighted else None
        state = state.merge(Confusion.of(true[rows], decided[rows], n_classes, part))
    same(state, Confusion.of(true, decided, n_classes, weights if weighted else None))


def test_merging_weights_that_are_no_quarters_agrees_to_rounding():
    true, decided, _ = random(5000, 4)
    weights = np.random.default_rng(3).random(5000)
    parts = [Confusion.of(true[i::2], decided[i::2], 4, weights[i::2]) for i in (0, 1)]
    same(parts[0].merge(parts[1]), Confusion.of(true, decided, 4, weights), 1e-12)


def test_a_part_with_weights_merges_with_one_without():
    both = Confusion.of([0, 1], [0, 1], 2).merge(Confusion.of([1], [0], 2, [0.5]))
    assert both.counts.tolist() == [[1, 0], [0.5, 1]]
    assert both.squares.tolist() == [[1, 1.25], [1.25, 1]]
    assert both.merge(both).squares.tolist() == [[2, 2.5], [2.5, 2]]


def test_no_samples_give_zeros_everywhere():
    for made in (Confusion.empty(3), Confusion.of([], [], 3), Confusion.of([1], [2], 3, [0.0])):
        assert made.count == made.result == made.balanced_accuracy == made.coverage == 0
        assert made.accuracy_of_answered == 0
        figures = made.per_class()
        assert figures.recall.tolist() == figures.accuracy.tolist() == [0, 0, 0]
        assert [end.tolist() for end in figures.recall_interval] == [[0] * 3, [1] * 3]
    same(Confusion.empty(3), Confusion.of([], [], 3))


def test_one_class_is_always_right_where_it_is_decided():
    made = Confusion.of([0, 0], [0, -1], 1)
    assert (made.accuracy, made.accuracy_of_answered) == (0.5, 1)
    figures = made.per_class()
    assert (figures.precision[0], figures.recall[0], figures.specificity[0]) == (1, 0.5, 0)


@pytest.mark.parametrize("weighted", [False, True])
def test_each_class_against_the_rest_is_counted_as_a_binary_problem(weighted):
    true, decided, weights = random(400, 5)
    used = weights if weighted else np.ones(400)
    made = Confusion.of(true, decided, 5, weights if weighted else None).one_vs_rest()
    for number in range(5):
        own, said = true == number, decided == number
        assert made.true_positives[number] == used[own & said].sum()
        assert made.false_positives[number] == used[~own & said].sum()
        assert made.false_negatives[number] == used[own & ~said].sum()
        assert made.true_negatives[number] == used[~own & ~said].sum()


def test_the_figures_of_a_class_with_their_intervals():
    figures = Confusion.of(TRUE, DECIDED, 3).per_class()
    assert figures.recall.tolist() == [2 / 4, 2 / 3, 1 / 2]
    assert figures.precision.tolist() == [2 / 3, 2 / 3, 1]
    assert figures.f1.tolist() == [4 / 7, 4 / 6, 2 / 3]
    assert figures.specificity.tolist() == [4 / 5, 5 / 6, 1]
    assert figures.accuracy.tolist() == [6 / 9, 7 / 9, 8 / 9]
    assert figures.recall_size.tolist() == figures.support.tolist() == [4, 3, 2]
    assert figures.precision_size.tolist() == figures.predicted.tolist() == [3, 3, 1]
    for place, (hits, support, decided) in enumerate([(2, 4, 3), (2, 3, 3), (1, 2, 1)]):
        recall = [end[place] for end in figures.recall_interval]
        precision = [end[place] for end in figures.precision_interval]
        assert recall == pytest.approx(wilson(hits, support), abs=1e-15)
        assert precision == pytest.approx(wilson(hits, decided), abs=1e-15)


def test_equal_weights_give_the_intervals_of_as_many_samples_and_unequal_ones_wider_ones():
    true, decided, _ = random(300, 4)
    without = Confusion.of(true, decided, 4).per_class()
    equal = Confusion.of(true, decided, 4, np.full(300, 0.1)).per_class()
    np.testing.assert_allclose(equal.recall_size, without.support)
    np.testing.assert_allclose(equal.recall_interval, without.recall_interval, atol=1e-12)
    np.testing.assert_allclose(equal.precision_interval, without.precision_interval, atol=1e-12)
    weights = np.where(np.arange(300) % 10 == 0, 20.0, 1.0)
    uneven = Confusion.of(true, decided, 4, weights).per_class()
    assert (uneven.recall_size < without.support / 2).all()
    weight, own = weights[true == 2], weights[decided == 2]
    assert uneven.recall_size[2] == pytest.approx(weight.sum() ** 2 / (weight**2).sum())
    assert uneven.precision_size[2] == pytest.approx(own.sum() ** 2 / (own**2).sum())


def test_the_balanced_accuracy_is_that_of_the_aggregation():
    true, decided, weights = random(700, 6)
    true[true == 4] = 3
    made = Confusion.of(true, decided, 6, weights)
    expected = PerClassMean.of(true == decided, true, weights).result
    assert made.balanced_accuracy == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize(
    ("true", "decided", "sentence"),
    [
        ([0, 3], [0, 0], "`true_class` must be whole numbers from 0 to 2. Got 3 in row 1"),
        ([0, -1], [0, 0], "`true_class` must be whole numbers from 0 to 2. Got -1 in row 1"),
        ([0.5, 0], [0, 0], "`true_class` must be whole numbers from 0 to 2. Got 0.5 in row 0"),
        ([0, np.nan], [0, 0], "`true_class` must be whole numbers from 0 to 2. Got nan in row 1"),
        ([0, np.inf], [0, 0], "`true_class` must be whole numbers from 0 to 2. Got inf in row 1"),
        ([0, 2**63], [0, 0], "`true_class` must be whole .* Got 9223372036854775808 in row 1"),
        ([0, 0], [0, 3], "`predicted_class` must be whole numbers from -1 to 2. Got 3 in row 1"),
        ([0, 0], [0, -2], "`predicted_class` must be whole numbers from -1 to 2. Got -2 in row 1"),
        ([0, 0], [0, 1, 1], "`predicted_class` must have one number for each sample"),
        ([0, 0], [[0, 1]], "`predicted_class` must have one number for each sample"),
        ([[0, 1], [1, 0]], [0, 1], "`true_class` must have one number for each sample"),
        (["a", "b"], [0, 1], "`true_class` must hold numbers"),
    ],
)
def test_classes_that_cannot_be_counted_are_refused_by_name(true, decided, sentence):
    true = np.array(true, "u8") if 2**63 in true else true
    with pytest.raises(InputError, match=sentence):
        Confusion.of(true, decided, 3)


def test_the_row_of_a_refusal_is_counted_over_all_blocks():
    true = np.zeros(200_000, "i4")
    true[150_003] = 9
    with pytest.raises(InputError, match="Got 9 in row 150003"):
        Confusion.of(true, np.zeros(200_000, "i4"), 3)


def test_the_row_of_a_weight_is_counted_over_all_blocks():
    weights = np.ones(200_000)
    weights[150_003] = -1
    with pytest.raises(InputError, match=r"Got -1.0 in row 150003"):
        Confusion.of(np.zeros(200_000, "i4"), np.zeros(200_000, "i4"), 3, weights)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([1, -0.5], "finite and not negative. Got -0.5 in row 1"),
        ([np.nan, 1], "finite and not negative. Got nan in row 0"),
        ([1, np.inf], "finite and not negative. Got inf in row 1"),
        ([1, 1, 1], "one number for each sample"),
    ],
)
def test_weights_that_cannot_be_summed_are_refused(weights, sentence):
    with pytest.raises(InputError, match=f"`weights` must (be|have) {sentence}"):
        Confusion.of([0, 1], [0, 1], 2, weights)


@pytest.mark.parametrize("n_classes", [0, -1, MOST_CLASSES + 1, 2.5])
def test_a_number_of_classes_out_of_range_is_refused(n_classes):
    for make in (lambda: Confusion.empty(n_classes), lambda: Confusion.of([0], [0], n_classes)):
        with pytest.raises(InputError, match="`n_classes` must be a whole number from 1 to 4096"):
            make()


def test_parts_of_other_classes_do_not_merge():
    with pytest.raises(InputError, match=r"`other` must count 2 classes to be merged\. Got 3"):
        Confusion.empty(2).merge(Confusion.empty(3))


def test_the_inputs_stay_and_the_counts_are_read_only():
    true, decided, _ = random(100, 3)
    before = true.copy(), decided.copy()
    made = Confusion.of(true, decided, 3)
    assert np.array_equal(true, before[0])
    assert np.array_equal(decided, before[1])
    with pytest.raises(ValueError, match="read-only"):
        made.counts[0, 0] = 1


def test_counting_takes_little_memory_beside_the_inputs():
    true, decided, weights = random(1_000_000, 10)
    for part in (None, weights):
        tracemalloc.start()
        Confusion.of(true, decided, 10, part)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4 * 2**20

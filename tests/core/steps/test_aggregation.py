"""Exact totals, and states that merge into the state of the whole."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.steps.aggregation import BatchMeans, Mean, PerClassMean, Total
from tests.every import every

RNG = np.random.default_rng(11)
SPREAD = RNG.normal(size=5_000) * 10.0 ** RNG.integers(-6, 7, 5_000)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], 0),
        ([0.1] * 10, 1),
        ([1e16, 1.0, -1e16], 1),
        ([1.0, 1e100, 1.0, -1e100], 2),
        ([1e16, 1.0, 1.0, 1.0, -1e16], 3),
        ([5e-324, 5e-324], 1e-323),
        ([np.inf, 1], np.inf),
        ([1e308, 1e308], np.inf),
    ],
)
def test_a_total_loses_nothing_to_cancellation_or_range(values, expected):
    assert Total.of(np.array(values, float)).value == expected


@pytest.mark.parametrize("values", [[np.nan, 1], [np.inf, -np.inf]])
def test_a_total_of_nan_or_of_opposite_infinities_is_nan(values):
    array = np.array(values)
    assert math.isnan(Total.of(array).value)
    assert math.isnan(Total.of(array[:1]).merge(Total.of(array[1:])).value)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_a_total_of_floats_is_the_exact_sum_whatever_the_order(dtype):
    values = SPREAD[np.abs(SPREAD) < 1e4].astype(dtype)
    expected = math.fsum(values.tolist())
    for order in (values, values[::-1], np.sort(values), RNG.permutation(values)):
        assert Total.of(order).value == expected


@pytest.mark.parametrize("dtype", ["?", "i1", "u1", "i8", "u8"])
def test_a_total_of_whole_numbers_is_a_count_without_overflow(dtype):
    values = np.ones(70_000, dtype)
    assert Total.of(values) == Total(70_000.0)
    assert Total.of(values[:0]) == Total()


def test_a_total_of_integers_beyond_their_own_range_is_still_right():
    assert Total.of(np.array([2**62] * 4)).value == 2.0**64
    assert Total.of(np.array([-(2**63)] * 2)).value == -(2.0**64)


def test_a_total_longer_than_one_block_is_exact():
    values = np.full(1_048_577, 0.1)
    assert Total.of(values).value == float(Fraction(0.1) * len(values))


@pytest.mark.parametrize("pieces", [2, 7, 500])
def test_merged_totals_equal_the_total_of_the_whole(pieces):
    merged = Total()
    for part in np.array_split(SPREAD, pieces):
        merged = merged.merge(Total.of(part))
    assert merged.value == Total.of(SPREAD).value == math.fsum(SPREAD.tolist())
    assert merged.merge(Total()) == Total().merge(merged) == merged


def test_merging_keeps_what_the_larger_part_would_swallow():
    assert Total(1e16).merge(Total(1.0)).merge(Total(-1e16)).value == 1.0


@pytest.mark.parametrize("factor", [1.69, 0.1, 4.0])
def test_scaled_parts_merge_into_the_scaled_whole(factor):
    merged = Total()
    for count in (19, 5, 1, 73):
        merged = merged.merge(Total(float(count)).scaled(factor))
    assert merged.value == Total(98.0).scaled(factor).value == float(98 * Fraction(factor))
    assert Total(np.inf).scaled(factor).value == np.inf


def test_a_mean_is_total_over_count_and_zero_where_nothing_counts():
    values = np.array([True, False, True, True])
    assert Mean.of(values).result == 0.75
    assert Mean.of(values, np.array([0, 2.0, 1, 1])).result == 0.5
    assert Mean.of(values, np.zeros(4)).result == Mean.empty().result == 0.0
    assert Mean.of(values, np.array([True, True, False, False])).result == 0.5


@pytest.mark.parametrize("dtype", ["?", "u1", "i4", "f2", "f4"])
def test_weights_of_every_dtype_are_counted_in_float64(dtype):
    values, weights = np.ones(3_000, "f2"), np.ones(3_000, dtype)
    assert Mean.of(values, weights) == Mean(Total(3_000.0), Total(3_000.0))


def test_a_float16_mean_neither_overflows_nor_stalls():
    assert Mean.of(np.full(4_000, 60_000, "f2")).result == 60_000


WEIGHTS = {"none": None, "some zero": RNG.integers(0, 4, 999) / 4.0, "flags": RNG.random(999) < 0.5}
LABELS = RNG.integers(-2, 3, 999)
VALUES = {"matches": RNG.random(999) < 0.7, "errors": RNG.random(999).astype("f4")}


def states(kind, values, weights, rows):
    weigh = None if weights is None else weights[rows]
    if kind is PerClassMean:
        return PerClassMean.of(values[rows], LABELS[rows], weigh)
    if kind is BatchMeans:
        return BatchMeans.of_batches(values[rows], 10, weigh)
    return Mean.of(values[rows], weigh)


@every("kind", [Mean, PerClassMean, BatchMeans])
@every("weights", WEIGHTS.values(), ids=WEIGHTS)
@every("values", VALUES.values(), ids=VALUES)
def test_states_merge_in_any_grouping_into_the_state_of_the_whole(kind, weights, values):
    whole = states(kind, values, weights, slice(None))
    cuts = [slice(0, 10), slice(10, 500), slice(500, 990), slice(990, None)]
    a, b, c, d = (states(kind, values, weights, cut) for cut in cuts)
    empty = kind.empty()
    for merged in (
        a.merge(b).merge(c).merge(d),
        a.merge(b.merge(c.merge(d))),
        a.merge(b).merge(c.merge(d)),
    ):
        assert (merged.result, merged.total.value, merged.count.value) == (
            whole.result,
            whole.total.value,
            whole.count.value,
        )
        assert type(merged) is kind
    assert empty.merge(whole).result == whole.merge(empty).result == whole.result
    assert empty.result == 0.0


@pytest.mark.parametrize("dtype", ["i1", "i8", "f4"])
@pytest.mark.parametrize("weights", [None, np.ones(5)], ids=["plain", "weighted"])
@pytest.mark.parametrize("highest", [4, 120])
def test_classes_that_do_not_occur_do_not_count(dtype, weights, highest):
    labels = np.array([3, 3, 3, 0, highest], dtype)
    state = PerClassMean.of(np.array([True, False, False, True, False]), labels, weights)
    assert state.classes.tolist() == [0, 3, highest]
    assert state.result == pytest.approx((1 + 1 / 3 + 0) / 3, abs=1e-16)
    assert (state.count.value, len(state.means)) == (3.0, 3)


def test_the_state_of_no_samples_has_no_class():
    empty = PerClassMean.empty()
    assert (empty.classes.tolist(), empty.means, empty.count.value) == ([], (), 0.0)
    assert PerClassMean.of(np.array([], bool), np.array([], int)).classes.tolist() == []


def test_a_class_without_weight_does_not_count():
    state = PerClassMean.of(np.array([True, False]), np.array([0, 1]), np.array([1.0, 0.0]))
    assert (state.result, state.count.value) == (1.0, 1.0)


def test_many_narrow_labels_do_not_wrap_around():
    labels = np.resize(np.arange(-100, 101, dtype="i1"), 603)
    state = PerClassMean.of(labels > 0, labels)
    assert state.classes.tolist() == list(range(-100, 101))
    assert state.result == 100 / 201


def test_labels_that_are_nan_are_one_class_also_after_merging():
    values, labels = np.array([True, False, False]), np.array([1, np.nan, np.nan])
    part = PerClassMean.of(values, labels)
    merged = part.merge(part)
    assert np.array_equal(merged.classes, [1, np.nan], equal_nan=True)
    assert merged.result == part.result == 0.5


@pytest.mark.parametrize(
    ("size", "weights", "expected"),
    [
        (1, None, 0.6),
        (2, None, (1 + 0.5 + 0) / 3),
        (5, None, 0.6),
        (99, None, 0.6),
        (2, [1, 3, 0, 0, 1], (1 + 0 + 0) / 3),
        (2, [0, 0, 1, 3, 1], (0 + 0.25 + 0) / 3),
    ],
)
def test_every_batch_counts_the_same_however_short_or_light(size, weights, expected):
    values = np.array([True, True, True, False, False])
    weigh = None if weights is None else np.array(weights)
    assert BatchMeans.of_batches(values, size, weigh).result == pytest.approx(expected, abs=1e-16)


def test_a_batch_of_no_samples_is_refused():
    with pytest.raises(InputError) as caught:
        BatchMeans.of_batches(np.ones(3), 0)
    assert str(caught.value) == ("`batch_size` must be at least 1. Got 0. Keras's default is 32.")

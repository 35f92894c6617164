"""Exact totals, whatever the order, the dtype and the cut."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from metrics_core.steps.aggregation.total import Total

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

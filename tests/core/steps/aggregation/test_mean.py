"""Means of every dtype, plain and weighted."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.steps.aggregation.mean import Mean
from metrics_core.steps.aggregation.total import Total


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

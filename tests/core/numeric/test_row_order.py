"""The order of rows: numpy's stable one, for every dtype and for values that are special."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.numeric.row_order import row_order
from tests.every import every

RNG = np.random.default_rng(5)


@every("dtype", ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "f2", "f4", "f8"])
@every("n", [0, 1, 70_000])
def test_the_order_is_that_of_a_stable_sort(dtype, n):
    values = RNG.normal(size=n) * 50
    if np.dtype(dtype).kind == "u":
        values = np.abs(values)
    values = values.astype(dtype)
    order = row_order(values)
    assert order.dtype == np.uint32
    assert np.array_equal(order, np.argsort(values, kind="stable"))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_zeros_are_equal_infinities_are_outermost_and_nan_is_last(dtype):
    nan = np.array([np.nan], dtype)
    special = np.array([0.0, -0.0, np.inf, 1, -1, -np.inf, 6e-8, -6e-8, 0.0], dtype)
    values = np.concatenate([nan, -nan, special, nan])
    assert row_order(values).tolist() == [7, 6, 9, 2, 3, 10, 8, 5, 4, 0, 1, 11]


def test_the_ends_of_an_integer_range_keep_their_places():
    for dtype in ("i1", "i4", "u4"):
        ends = np.iinfo(dtype)
        assert row_order(np.array([ends.max, 0, ends.min], dtype)).tolist()[-1] == 0
    assert row_order(np.array([2**31 - 1, -1, -(2**31)], "i4")).tolist() == [2, 1, 0]

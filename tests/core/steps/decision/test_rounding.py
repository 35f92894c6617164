"""Rounding at halves, NaN, infinities and dtype borders."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.steps.decision.rounding import round_half_even

FLOATS = ["f2", "f4", "f8"]
INF, NAN = np.inf, np.nan


@pytest.mark.parametrize("dtype", FLOATS)
def test_halves_round_to_the_even_number_and_the_dtype_stays(dtype):
    scores = np.array([-2.5, -1.5, -0.7, -0.5, -0.0, 0.25, 0.5, 1.5, 2.5, 3.5, 1e4, -1e4], dtype)
    rounded = round_half_even(scores)
    assert rounded.dtype == scores.dtype
    assert rounded.tolist() == [-2, -2, -1, 0, 0, 0, 0, 2, 2, 4, 1e4, -1e4]


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("half", [0.5, 1.5])
def test_the_next_number_beside_a_half_rounds_to_its_own_side(dtype, half):
    value = np.array(half, dtype)
    beside = np.array([np.nextafter(value, value - 1), np.nextafter(value, value + 1)])
    assert round_half_even(beside).tolist() == [half - 0.5, half + 0.5]


def test_rounding_keeps_nan_infinities_integers_and_subnormals_become_zero():
    rounded = round_half_even(np.array([NAN, INF, -INF, 5e-324]))
    assert np.isnan(rounded[0])
    assert rounded[1:].tolist() == [INF, -INF, 0]
    for whole in (np.array([3, -7]), np.array([True, False])):
        assert round_half_even(whole) is whole

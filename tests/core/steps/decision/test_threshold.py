"""Rounding and thresholds at ties, NaN, infinities, signed zeros and dtype borders."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.steps.decision import (
    above,
    effective_threshold,
    round_half_even,
)

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


@pytest.mark.parametrize("dtype", ["f4", "f8"])
@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 0.9, -1.7, 1e4])
def test_only_a_score_strictly_above_the_threshold_is_class_1(dtype, threshold):
    limit = np.array(effective_threshold(threshold, np.dtype(dtype)))
    scores = np.array([np.nextafter(limit, -INF), limit, np.nextafter(limit, INF)], dtype)
    assert above(scores, threshold).tolist() == [False, False, True]


def test_nan_is_class_0_and_infinities_lie_on_their_side():
    assert above(np.array([NAN, -INF, INF]), 0.5).tolist() == [False, False, True]
    assert above(np.array([NAN, -INF, INF]), -1e4).tolist() == [False, False, True]


def test_zeros_of_either_sign_are_not_above_either_zero_and_a_subnormal_is():
    scores = np.array([0.0, -0.0, 1e-45, -1e-45], "f4")
    for zero in (0.0, -0.0):
        assert above(scores, zero).tolist() == [False, False, True, False]


@pytest.mark.parametrize(
    ("threshold", "dtype", "expected"),
    [
        (0.3, "f8", 0.30000001192092896),
        (0.9, "f8", 0.8999999761581421),
        (0.3, "f4", 0.30000001192092896),
        (0.3, "f2", 0.30000001192092896),
        (0.3, "i8", 0.30000001192092896),
        (0.3, "?", 0.30000001192092896),
        (0.5 + 2**-40, "f8", 0.5),
        (1e300, "f8", INF),
        (7e4, "f2", 7e4),
    ],
)
def test_the_threshold_becomes_float32_first_and_is_never_narrower(threshold, dtype, expected):
    assert float(effective_threshold(threshold, np.dtype(dtype))) == expected


def test_a_float16_score_is_compared_as_float32():
    assert above(np.array([0.3, 0.5], "f2"), 0.3).tolist() == [True, True]
    assert above(np.array([0.5], "f2"), 0.5).tolist() == [False]
    assert above(np.array([65504, INF], "f2"), 7e4).tolist() == [False, True]


def test_a_float64_score_of_nine_tenths_is_above_a_threshold_of_nine_tenths():
    assert above(np.array([0.9, 0.3]), 0.9).tolist() == [True, False]
    assert above(np.array([0.3]), 0.3).tolist() == [False]


@pytest.mark.parametrize("threshold", [NAN, INF, -INF])
def test_a_threshold_that_is_not_finite_is_refused(threshold):
    with pytest.raises(InputError) as caught:
        above(np.array([0.5]), threshold)
    assert str(caught.value) == (
        f"`threshold` must be a finite number. Got {threshold}. "
        "Use 0.5 for probabilities or 0.0 for logits."
    )

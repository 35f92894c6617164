"""The threshold at ties, NaN, infinities, signed zeros and dtype borders."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.steps.decision.threshold import above, effective_threshold

INF, NAN = np.inf, np.nan


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

"""Argmax at ties, NaN, infinities, signed zeros and dtype borders."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.steps.decision.argmax import argmax
from tests.every import every

FLOATS = ["f2", "f4", "f8"]
INF, NAN = np.inf, np.nan


@every("dtype", FLOATS)
@every(
    ("row", "expected"),
    [
        ([0.2, 0.7, 0.7], 1),
        ([3, 3, 3], 0),
        ([0, 0, 0], 0),
        ([NAN, 0.1, 0.3], 2),
        ([0.1, NAN, 0.3], 2),
        ([0.3, 0.1, NAN], 0),
        ([NAN, -1, -2], 1),
        ([NAN, NAN, NAN], 0),
        ([NAN, -INF, NAN], 0),
        ([NAN, -INF, -1], 2),
        ([-INF, -INF, -INF], 0),
        ([-INF, -1e4, -INF], 1),
        ([0, INF, INF], 1),
        ([NAN, NAN, INF], 2),
        ([-0.0, 0.0, -1], 1),
        ([0.0, -0.0, -1], 0),
        ([-0.0, -0.0, 0.0], 2),
        ([-1, -0.0, NAN], 1),
        ([NAN, -0.0, 0.0], 2),
        ([-0.0, -0.0, -0.0], 0),
        ([-0.0, -1e-5, -1], 0),
    ],
)
def test_argmax_takes_the_first_of_the_highest_and_skips_nan(dtype, row, expected):
    assert argmax(np.array([row, row], dtype)).tolist() == [expected] * 2


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_argmax_of_nothing_above_the_lowest_finite_number_is_0(dtype):
    low = np.finfo(dtype).min
    rows = [[-INF, low, low], [low, low, -INF], [NAN, low, NAN], [-INF, np.nextafter(low, 0), low]]
    assert argmax(np.array(rows, dtype)).tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("width", [3, 40])
@pytest.mark.parametrize("dtype", FLOATS)
def test_the_lowest_finite_number_wins_nothing_among_few_and_many_classes(width, dtype):
    low = np.finfo(np.promote_types(dtype, "f4")).min
    rows = np.full((4, width), -INF, dtype)
    with np.errstate(over="ignore"):
        rows[1:, 1:] = np.array(low).astype(dtype)
    rows[2, 2], rows[3, 1] = -1, NAN
    assert argmax(rows).tolist() == [0, 0, 2, 0]


def test_argmax_of_float16_is_that_of_the_same_numbers_in_float32():
    rows = np.array([[-INF, -65504, -INF], [-0.0, -1e-5, -6e-8], [-0.0, 6e-8, 0.0]], "f2")
    assert argmax(rows).tolist() == argmax(rows.astype("f4")).tolist() == [1, 0, 1]


def test_argmax_of_releases_before_keras_3_holds_both_zeros_equal():
    rows = np.array([[-0.0, 0.0, -1], [-1, -0.0, 0.0], [NAN, -0.0, 0.0]])
    assert argmax(rows, signed_zero=False).tolist() == [0, 1, 1]


@pytest.mark.parametrize("dtype", ["?", "i1", "u8"])
def test_argmax_of_whole_numbers_takes_the_first_of_the_highest(dtype):
    assert argmax(np.array([[0, 1, 1], [0, 0, 0]], dtype)).tolist() == [1, 0]


def test_argmax_agrees_row_by_row_with_a_plain_walk_beyond_one_block():
    rng = np.random.default_rng(5)
    rows = rng.choice(np.array([NAN, -INF, INF, -0.0, 0.0, 1, -1], "f4"), (120_000, 3))
    best, chosen = np.full(len(rows), np.finfo("f4").min), np.zeros(len(rows), int)
    for place in range(3):
        column = np.where(
            (rows[:, place] == 0) & np.signbit(rows[:, place]), -1e-38, rows[:, place]
        )
        higher = column > best
        best, chosen = np.where(higher, column, best), np.where(higher, place, chosen)
    before = rows.copy()
    assert np.array_equal(argmax(rows), chosen)
    np.testing.assert_array_equal(rows, before)

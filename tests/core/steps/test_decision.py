"""Rounding, threshold, argmax and rank at ties, NaN, infinities, signed zeros and dtype borders."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.steps.decision import (
    NEVER,
    above,
    argmax,
    argmax_blocks,
    blocks,
    effective_threshold,
    in_top,
    rank_blocks,
    rank_of_true_class,
    round_half_even,
)
from tests.every import every

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


@pytest.mark.parametrize("width", [3, 40])
def test_deciding_leaves_the_scores_as_they_came(width):
    rows = np.random.default_rng(7).choice(np.array([NAN, -INF, -0.0, 0.0, -1]), (50, width))
    before = rows.copy()
    argmax(rows)
    rank_of_true_class(rows, np.full(50, 2))
    assert np.array_equal(rows, before, equal_nan=True)
    assert np.array_equal(np.signbit(rows), np.signbit(before))


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


ROW = [0.5, 0.2, 0.2, 0.1, 0.9]


@every(
    ("row", "label", "expected"),
    [
        *((ROW, label, rank) for label, rank in enumerate([1, 2, 2, 4, 0])),
        ([7.0] * 5, 3, 0),
        ([-0.0, 0.0], 0, 0),
        (ROW, 5, NEVER),
        (ROW, -1, NEVER),
        (ROW, -0.5, 1),
        (ROW, 4.9, 0),
        (ROW, NAN, NEVER),
        (ROW, INF, NEVER),
        (ROW, 2**40, NEVER),
        ([0.1, NAN], 0, NEVER),
        ([0.1, INF], 1, NEVER),
        ([0.1, -INF], 0, NEVER),
        ([0.1, 5e-324], 1, 1),
        ([1e4, -1e4], 1, 1),
    ],
)
def test_the_rank_counts_strictly_higher_scores_in_a_finite_row(row, label, expected):
    assert (
        rank_of_true_class(np.array([row, row]), np.array([label] * 2)).tolist() == [expected] * 2
    )


def test_ranks_of_many_rows_agree_with_sorting():
    rng = np.random.default_rng(2)
    scores = rng.permuted(np.tile(np.arange(4, dtype="i2"), (150_000, 1)), axis=1)
    labels = rng.integers(0, 4, 150_000).astype("u1")
    rank = rank_of_true_class(scores, labels)
    assert np.array_equal(rank, 3 - scores[np.arange(150_000), labels])


WIDTHS = [1, 2, 23, 24, 25, 40, 300]
"""On both sides of the number of classes from which rows are walked along instead of columns."""
KEYS = {
    "mixed": [NAN, -INF, INF, -0.0, 0.0, 1, -1],
    "zeros": [-0.0, 0.0, NAN],
    "below zero": [-0.0, -0.5, -1, NAN],
    "lowest": [-INF, NAN],
    "ties": [1, 2, 3],
}


def walked(rows, signed_zero):
    """The highest of each row, class by class from the first, as the kernel walks."""
    keys = rows.astype("f8")
    if signed_zero:
        keys = np.where((keys == 0) & np.signbit(keys), -1e-300, keys)
    lowest = float(np.finfo(np.promote_types(rows.dtype, "f4")).min)
    best, chosen = np.full(len(rows), lowest), np.zeros(len(rows), int)
    for place in range(rows.shape[1]):
        higher = keys[:, place] > best
        best, chosen = np.where(higher, keys[:, place], best), np.where(higher, place, chosen)
    return chosen


@every("order", ["C", "F"])
@every("dtype", ["f2", "f4", "f8", ">f4"])
@every("keys", KEYS)
@every("width", WIDTHS)
def test_few_and_many_classes_in_any_layout_are_decided_by_one_rule(width, keys, dtype, order):
    rng = np.random.default_rng(width)
    pool = np.array(KEYS[keys], dtype)
    if keys == "lowest":
        pool = np.append(pool, np.finfo(dtype).min).astype(dtype)
    wide = rng.choice(pool, (400, width))
    rows = np.asarray(wide, order=order)
    for signed_zero in (True, False):
        assert np.array_equal(argmax(rows, signed_zero=signed_zero), walked(wide, signed_zero))
    labels = rng.integers(-1, width + 1, 400)
    own = wide[np.arange(400), np.clip(labels, 0, width - 1)]
    expected = np.count_nonzero(wide > own[:, None], axis=1)
    expected[~np.isfinite(wide).all(axis=1) | (labels < 0) | (labels >= width)] = NEVER
    assert np.array_equal(rank_of_true_class(rows, labels), expected)


@every("dtype", ["?", "i1", "u1", "i8"])
@every("width", WIDTHS)
def test_whole_numbers_of_few_and_many_classes_are_decided_alike(width, dtype):
    rng = np.random.default_rng(width)
    lowest = 0 if dtype in "?u1" else np.iinfo(dtype).min
    rows = rng.choice(np.array([lowest, 0, 1]), (300, width)).astype(dtype)
    labels = rng.integers(0, width, 300)
    assert np.array_equal(argmax(rows), rows.argmax(axis=1))
    own = rows[np.arange(300), labels]
    assert np.array_equal(rank_of_true_class(rows, labels), (rows > own[:, None]).sum(axis=1))


def test_a_rank_of_more_than_a_byte_holds():
    assert rank_of_true_class(np.arange(1000.0)[None], np.array([0])).tolist() == [999]


@pytest.mark.parametrize("shape", [(0, 3), (1, 1), (40_000, 10), (700, 1000), (2, 300_000)])
def test_blocks_cover_all_rows_in_order_and_stay_small(shape):
    cut = list(blocks(np.broadcast_to(np.float32(0), shape)))
    assert [rows.start for rows in cut[1:]] == [rows.stop for rows in cut[:-1]]
    assert (not cut and shape[0] == 0) or (cut[0].start, cut[-1].stop) == (0, shape[0])
    for rows in cut:
        assert 0 < rows.stop - rows.start <= max(1, 262_144 // shape[1])


@pytest.mark.parametrize("width", [10, 40])
def test_a_block_at_a_time_gives_what_all_at_once_does(width):
    rng = np.random.default_rng(9)
    scores, labels = rng.random((20_000, width), "f4"), rng.integers(-1, width, 20_000)
    classes = [index for _, index in argmax_blocks(scores)]
    ranks = [rank for _, rank in rank_blocks(scores, labels)]
    assert len(classes) == len(ranks) > 1
    assert np.array_equal(np.concatenate(classes), argmax(scores))
    assert np.array_equal(np.concatenate(ranks), rank_of_true_class(scores, labels))


@pytest.mark.parametrize(
    ("k", "expected"),
    [
        (0, [0, 0, 0]),
        (1, [1, 0, 0]),
        (4, [1, 0, 0]),
        (5, [1, 1, 0]),
        (6, [1, 1, 0]),
        (10**9, [1, 1, 0]),
    ],
)
def test_top_k_from_no_class_to_more_than_there_are(k, expected):
    assert in_top(np.array([0, 4, NEVER]), k).tolist() == [bool(one) for one in expected]


@pytest.mark.parametrize("k", [-1, 1.5, NAN, INF])
def test_a_k_that_is_no_whole_number_from_0_is_refused(k):
    with pytest.raises(InputError, match="`k` must be a whole number"):
        in_top(np.array([0]), k)

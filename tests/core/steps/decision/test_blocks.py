"""Few and many classes in any layout: argmax and rank, a block of rows at a time."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.blocks import blocks
from metrics_core.steps.decision.rank import NEVER, rank_of_block, rank_of_true_class
from tests.every import every

INF, NAN = np.inf, np.nan
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


@pytest.mark.parametrize("width", [3, 40])
def test_deciding_leaves_the_scores_as_they_came(width):
    rows = np.random.default_rng(7).choice(np.array([NAN, -INF, -0.0, 0.0, -1]), (50, width))
    before = rows.copy()
    argmax(rows)
    rank_of_true_class(rows, np.full(50, 2))
    assert np.array_equal(rows, before, equal_nan=True)
    assert np.array_equal(np.signbit(rows), np.signbit(before))


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


@pytest.mark.parametrize("shape", [(0, 3), (1, 1), (40_000, 10), (700, 1000), (2, 300_000)])
def test_blocks_cover_all_rows_in_order_and_stay_small(shape):
    cut = list(blocks(np.broadcast_to(np.float32(0), shape)))
    assert [rows.start for rows in cut[1:]] == [rows.stop for rows in cut[:-1]]
    assert (not cut and shape[0] == 0) or (cut[0].start, cut[-1].stop) == (0, shape[0])
    for rows in cut:
        assert 0 < rows.stop - rows.start <= max(1, 524_288 // shape[1])


@pytest.mark.parametrize("width", [10, 40])
def test_a_block_at_a_time_gives_what_all_at_once_does(width):
    rng = np.random.default_rng(9)
    scores, labels = rng.random((30_000, width), "f4"), rng.integers(-1, width, 30_000)
    classes = [argmax(scores[rows]) for rows in blocks(scores)]
    ranks = [rank_of_block(scores[rows], labels[rows]) for rows in blocks(scores)]
    assert len(classes) == len(ranks) > 1
    assert np.array_equal(np.concatenate(classes), argmax(scores))
    assert np.array_equal(np.concatenate(ranks), rank_of_true_class(scores, labels))

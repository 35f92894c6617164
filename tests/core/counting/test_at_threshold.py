"""Counting against a threshold in one pass equals a count by hand."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from metrics_core.counting.at_threshold import count_cells
from metrics_core.errors import InputError
from metrics_core.steps.decision import above

RANDOM = np.random.default_rng(5)
N = 300_000
SCORES = np.array([0.0, -0.0, 0.3, 0.5, np.nextafter(0.5, 1), 0.7, np.inf, -np.inf, np.nan])


def by_hand(labels, passed, weights):
    ones = labels == 1
    cells = (~passed & ~ones, passed & ~ones, ~passed & ones, passed & ones)
    return tuple(weights[cell].sum() for cell in cells)


@pytest.mark.parametrize("threshold", [-0.1, 0.0, 0.3, 0.5, 2.0])
@pytest.mark.parametrize("form", [bool, "u1", "i8", "f4", "f8"])
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_counts_are_those_of_the_decisions_across_blocks(dtype, form, threshold):
    scores = RANDOM.choice(SCORES, N).astype(dtype)
    labels = RANDOM.integers(0, 2, N).astype(form)
    passed, weights = above(scores, threshold), RANDOM.integers(0, 4, N)
    cells = count_cells(labels, scores, threshold)
    assert cells == by_hand(labels, passed, np.ones(N, int))
    assert all(type(cell) is int for cell in cells)
    assert count_cells(labels, scores, threshold, weights) == by_hand(labels, passed, weights)


def test_whole_numbers_as_scores_are_compared_as_they_are():
    cells = count_cells(np.array([0, 1, 1]), np.array([0, 1, 2]), 1.0)
    assert cells == (1, 0, 1, 1)


def test_parts_add_up_to_the_whole_and_no_samples_to_nothing():
    labels, scores = RANDOM.integers(0, 2, 1000), RANDOM.random(1000)
    parts = [count_cells(labels[rows], scores[rows], 0.4) for rows in (slice(7), slice(7, None))]
    assert tuple(np.sum(parts, axis=0).tolist()) == count_cells(labels, scores, 0.4)
    assert count_cells([], [], 0.5) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("labels", lambda: count_cells([0, 1], [0.5], 0.5)),
        ("labels", lambda: count_cells([[0], [1]], [0.5, 0.5], 0.5)),
        ("labels", lambda: count_cells([0, 2], [0.5, 0.5], 0.5)),
        ("labels", lambda: count_cells([0, np.nan], [0.5, 0.5], 0.5)),
        ("labels", lambda: count_cells(["a"], [0.5], 0.5)),
        ("weights", lambda: count_cells([0], [0.5], 0.5, [1.0, 2.0])),
        ("threshold", lambda: count_cells([0], [0.5], np.inf)),
    ],
)
def test_what_cannot_be_counted_is_refused(argument, call):
    with pytest.raises(InputError) as refusal:
        call()
    assert refusal.value.argument == argument


def test_the_refusal_names_the_row_of_a_label():
    labels = np.zeros(N)
    labels[N - 2] = 0.5
    with pytest.raises(InputError, match=f"0.5 in row {N - 2}"):
        count_cells(labels, labels, 0.5)


@pytest.mark.parametrize("weighted", [False, True])
def test_counting_takes_less_than_four_mebibytes(weighted):
    labels = RANDOM.integers(0, 2, 1_000_000).astype("f4")
    scores = RANDOM.random(1_000_000, dtype="f4")
    tracemalloc.start()
    count_cells(labels, scores, 0.5, labels if weighted else None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 2**20

"""The highest score among the classes that are above their own threshold."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.counting.class_thresholds import UNANSWERED, decide
from metrics_core.counting.confusion import Confusion
from metrics_core.errors import InputError
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.threshold import above
from tests.every import every

NAN, INF = np.nan, np.inf
LOW = float(np.finfo("f4").min)


def plain(scores, thresholds):
    """One row after the other: the classes that pass, then the highest of them."""
    passes = np.stack([above(scores[:, i], t) for i, t in enumerate(thresholds)], axis=1)
    chosen = []
    for row, passed in zip(scores, passes, strict=True):
        places = np.flatnonzero(passed)
        own = argmax(row[places][None])[0] if len(places) else None
        chosen.append(UNANSWERED if own is None else places[own])
    return chosen


@every("dtype", ["f2", "f4", "f8", "i1", "u8", "?"])
@every("shape", [(1, 1), (300, 1), (2000, 3), (500, 24), (500, 25), (60, 300)])
def test_it_agrees_with_a_plain_walk(shape, dtype):
    rng = np.random.default_rng(1)
    scores = rng.integers(0, 5, shape) / (4 if dtype[0] == "f" else 1)
    scores = scores.astype(dtype)
    if dtype[0] == "f":
        odd = rng.random(shape) < 0.1
        scores[odd] = rng.choice(
            np.array([NAN, INF, -INF, -0.0, 0.0, -0.125, -0.5], dtype), odd.sum()
        )
    thresholds = rng.integers(-1, 5, shape[1]) / 4
    made = decide(scores, thresholds)
    assert made.dtype == np.int64
    assert made.tolist() == plain(scores, thresholds)


def test_each_block_of_many_rows_is_decided_as_if_alone():
    scores = np.random.default_rng(2).random((40_000, 3), "f4")
    thresholds = [0.5, 0.7, 0.6]
    parts = [decide(scores[start : start + 9999], thresholds) for start in range(0, 40_000, 9999)]
    assert np.array_equal(decide(scores, thresholds), np.concatenate(parts))


def test_a_score_equal_to_its_threshold_does_not_pass_nor_does_nan():
    scores = np.array([[0.5, 0.25], [NAN, 0.5], [0.75, NAN], [NAN, NAN]], "f4")
    assert decide(scores, [0.5, 0.25]).tolist() == [-1, 1, 0, -1]


def test_the_highest_of_those_below_zero_is_chosen_beside_a_higher_one_that_fails():
    assert decide([[-0.5, -0.25, 5.0]], [-1.0, -1.0, 9.0]).tolist() == [1]


def test_the_threshold_is_rounded_as_keras_does():
    assert decide(np.array([[0.3, 0.1]]), [0.3, 0.5]).tolist() == [-1]
    assert decide(np.array([[0.9, 0.1]]), [0.9, 0.5]).tolist() == [0]


def test_thresholds_below_every_score_leave_argmax():
    scores = np.random.default_rng(3).normal(size=(500, 6)).astype("f4")
    assert decide(scores, [-1e9] * 6).tolist() == argmax(scores).tolist()
    assert (decide(scores, [1e9] * 6) == UNANSWERED).all()


def test_the_lowest_number_there_is_can_pass():
    assert decide(np.array([[-INF, np.finfo("f8").min]]), [0.0, LOW]).tolist() == [-1]
    assert decide(np.array([[NAN, np.finfo("f8").min]]), [0.0, -1e300]).tolist() == [1]


def test_what_is_decided_can_be_counted_with_what_is_not():
    made = Confusion.of([0, 1, 1], decide([[0.6, 0.4], [0.6, 0.3], [0.2, 0.4]], [0.7, 0.35]), 2)
    assert made.counts.tolist() == [[0, 1], [0, 1]]
    assert made.unanswered.tolist() == [0, 1]


def test_no_rows_give_no_decisions():
    assert decide(np.empty((0, 2)), [0.5, 0.5]).tolist() == []


@pytest.mark.parametrize(
    ("thresholds", "sentence"),
    [
        ([0.5], "`thresholds` must have one number for each of the 2 classes. Got 1 number"),
        ([0.5] * 3, "`thresholds` must have one number for each of the 2 classes"),
        ([0.5, NAN], "`threshold` must be a finite number"),
        ([0.5, INF], "`threshold` must be a finite number"),
        (0.5, "`thresholds` must have one number"),
    ],
)
def test_thresholds_that_do_not_fit_are_refused(thresholds, sentence):
    with pytest.raises(InputError, match=sentence):
        decide([[0.6, 0.4]], thresholds)


def test_scores_of_one_axis_are_refused():
    with pytest.raises(InputError, match=r"`scores` must have shape \(n, classes\)"):
        decide([0.6, 0.4], [0.5, 0.5])

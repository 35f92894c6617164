"""Arrays that are made once, parts of them, and what samples weigh."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.choices.weights import sample_weights
from metrics_core.steps.shared import Steps

SCORES = np.array([[0.6, 0.4], [0.2, 1.5], [0.5, 0.5], [0.1, 0.9]], "f4")
SPARSE = Predictions.of([0, 0, 1, 1], SCORES, kind="sparse", sample_weight=[1, 2, 0.5, 0])
ONE_HOT = SPARSE.to_one_hot()
WHOLE = {
    "scores": SCORES.tolist(),
    "rounded": [[1, 0], [0, 2], [0, 0], [0, 1]],
    "argmax": [0, 1, 0, 1],
    "true_class": [0, 0, 1, 1],
    "rank": [0, 1, 0, 0],
}
PARTS = [slice(1, 3), np.array([3, 0]), np.array([True, False, False, True])]


@pytest.mark.parametrize("data", [SPARSE, ONE_HOT], ids=["sparse", "one_hot"])
@pytest.mark.parametrize("name", WHOLE)
def test_each_array_is_that_of_its_step_also_for_some_samples(data, name):
    steps = Steps(data)
    for rows in PARTS:
        expected = np.array(WHOLE[name])[rows].tolist()
        assert getattr(steps.only(rows), name).tolist() == expected
        assert getattr(steps.only(rows).only(slice(1, 2)), name).tolist() == expected[1:2]
        assert getattr(Steps(data).only(rows), name).tolist() == expected
    assert getattr(steps, name).tolist() == WHOLE[name]


def test_labels_other_than_0_are_positive():
    steps = Steps(Predictions.of([0, 1, 2, -1, 0.5], np.zeros(5), kind="binary"))
    assert steps.positive.tolist() == [False, True, True, True, True]
    assert steps.only(slice(2)).positive.tolist() == [False, True]


@pytest.mark.parametrize("name", ["scores", "argmax", "rank", "positive", "true_class"])
def test_what_is_expensive_is_made_once_and_parts_share_it(name):
    steps = Steps(ONE_HOT, "softmax")
    part = steps.only(slice(0, 2))
    made = getattr(part, name)
    assert getattr(part, name) is made
    assert np.shares_memory(made, getattr(steps, name))
    assert getattr(steps, name) is getattr(steps, name)


def test_the_decisions_at_the_last_threshold_are_kept_and_no_others():
    steps = Steps(SPARSE)
    first = steps.above(0.5)
    assert steps.above(0.5) is first
    assert first.tolist() == [[True, False], [False, True], [False, False], [False, True]]
    assert steps.above(0.45)[2].tolist() == [True, True]
    assert steps.above(0.5) is not first
    assert np.shares_memory(steps.only(slice(2)).above(0.5), steps.above(0.5))


def test_the_places_of_the_classes_are_found_once():
    steps = Steps(ONE_HOT)
    assert steps.places is steps.places
    assert steps.places.classes.tolist() == [0, 1]
    first, second = (SCORES[rows].tolist() for rows in steps.places.rows())
    assert (first, second) == (SCORES[:2].tolist(), SCORES[2:].tolist())


def test_blocks_are_all_samples_in_order():
    steps = Steps(SPARSE, "sigmoid", column=1)
    cut = list(steps.blocks(3))
    assert [part.scores.shape for part in cut] == [(3, 2), (1, 2)]
    assert np.concatenate([part.scores for part in cut]).tolist() == steps.scores.tolist()
    assert {(part.activation, part.column) for part in cut} == {("sigmoid", 1)}


def test_steps_serve_the_same_numbers_under_the_same_activation():
    steps = Steps(SPARSE, "sigmoid")
    again = Predictions.of(
        SPARSE.y_true, SPARSE.y_pred, kind="sparse", sample_weight=[1, 2, 0.5, 0]
    )
    other = Predictions.of(SPARSE.y_true[::-1], SPARSE.y_pred, kind="sparse")
    assert again is not SPARSE
    assert steps.serve(SPARSE, "sigmoid")
    assert steps.serve(again, "sigmoid")
    assert not steps.serve(SPARSE, "softmax")
    assert not steps.serve(again, "none")
    assert not steps.serve(other, "sigmoid")


def test_a_custom_function_is_called_again_only_for_another_key():
    calls = []

    def make(steps):
        calls.append(steps)
        return np.arange(4.0)

    steps = Steps(SPARSE)
    part = steps.only(slice(1, 3))
    assert part.custom("f", 1, make).tolist() == [1, 2]
    assert steps.custom("f", 1, make).tolist() == [0, 1, 2, 3]
    assert part.custom("f", 1, make).tolist() == [1, 2]
    assert calls == [steps]
    steps.custom("f", 2, make)
    steps.custom("g", 2, make)
    assert calls == [steps] * 3


def test_one_value_of_a_custom_function_stays_whole_for_some_samples():
    part = Steps(SPARSE).only(np.array([2]))
    assert part.custom("f", None, lambda _: np.asarray(7.0)).tolist() == 7.0


def test_a_custom_function_that_failed_fails_the_same_without_a_second_call():
    calls = []

    def fail(steps):
        calls.append(steps)
        raise InputError("f", "must work", 0, "Mend it.")

    steps = Steps(SPARSE)
    for _ in range(2):
        with pytest.raises(InputError, match="`f` must work"):
            steps.custom("f", 1, fail)
    assert len(calls) == 1
    assert steps.custom("f", 2, lambda _: np.zeros(4)).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("data", [SPARSE, ONE_HOT], ids=["sparse", "one_hot"])
@pytest.mark.parametrize(
    ("weighted", "class_weight", "expected"),
    [
        (False, None, None),
        (True, None, [1, 2, 0.5, 0]),
        (False, ((1, 3.0),), [1, 1, 3, 3]),
        (False, ((0, 0.0), (1, 2.0), (9, 5.0)), [0, 0, 2, 2]),
        (True, ((0, 0.5), (1, 4.0)), [0.5, 1, 2, 0]),
    ],
)
def test_weights_of_samples_and_of_classes_are_multiplied(data, weighted, class_weight, expected):
    made = sample_weights(Steps(data), Settings(weighted=weighted, class_weight=class_weight))
    assert (made if made is None else made.tolist()) == expected


def test_without_weights_of_samples_weighting_changes_nothing():
    bare = Predictions.of([0, 1], [0.2, 0.7])
    assert sample_weights(Steps(bare), Settings(weighted=True)) is None
    made = sample_weights(Steps(bare), Settings(weighted=True, class_weight=((0, 2.0),)))
    assert made.tolist() == [2, 1]


@pytest.mark.parametrize(
    ("dtype", "odd"),
    [
        *((dtype, None) for dtype in "?bBilfd"),
        ("b", 2), ("i", -1), ("l", 2), ("f", 0.5), ("f", np.nan), ("d", 1.5),
    ],
)  # fmt: skip
def test_bool_decisions_are_compared_with_labels_as_they_are(dtype, odd):
    labels = np.array([0, 1, 0, 1, 1, 0], dtype)
    if odd is not None:
        labels[[2, 4]] = odd
    data = Predictions.of(labels, np.float32([0.2, 0.7, 0.4, 0.4, 0.9, 0.6]), kind="binary")
    expected = labels == np.array([False, True, False, False, True, True])
    assert data.labels_are_01 == (odd is None)
    for steps in (None, Steps(data), Steps(data).only(slice(0, 6))):
        found = evaluate(data, "binary_accuracy", steps=steps)
        assert found.matches.tolist() == expected.tolist()
        assert found.total == expected.sum()
    shared = Steps(data)
    assert shared.positive.tolist() == (labels != 0).tolist()
    assert evaluate(data, "binary_accuracy", steps=shared).total == expected.sum()


def test_steps_that_are_not_shared_keep_no_decisions():
    data = Predictions.of([0, 1, 1], [0.2, 0.7, 0.4])
    for shared in (False, True):
        steps = Steps(data, shared=shared)
        assert evaluate(data, "binary_accuracy", steps=steps).total == 2
        first, second = (steps.only(slice(0, 2)).above(0.5) for _ in range(2))
        assert first.tolist() == second.tolist() == [False, True]
        assert np.shares_memory(first, second) == shared

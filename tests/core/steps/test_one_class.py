"""One class of several, read as one output per sample: labels, scores, names, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.predictions import Predictions
from metrics_core.steps.one_class import one_class, parting, sums_to_one
from metrics_core.steps.shared import Steps

SCORES = np.array([[0.9, 0.1, 0.0], [0.25, 0.25, 0.5], [0.0, 1.0, -2.0]])
INDICES = [0, 2, 7]
ONE_HOT = np.array([[1, 0, 0], [0, 0, 1], [0, 0.95, 0.05]])


@pytest.mark.parametrize(
    ("true", "column", "labels"),
    [
        (INDICES, 0, [1, 0, 0]),
        (INDICES, 1, [0, 0, 0]),
        (INDICES, 2, [0, 1, 0]),
        (ONE_HOT, 0, [1, 0, 0]),
        (ONE_HOT, 1, [0, 0, 0.95]),
        (ONE_HOT, 2, [0, 1, 0.05]),
    ],
)
def test_the_labels_and_the_outputs_are_those_of_the_class(true, column, labels):
    kind = "one_hot" if np.ndim(true) == 2 else "sparse"
    data = Predictions.of(true, SCORES, kind=kind, sample_weight=[1, 2, 3])
    steps = one_class(Steps(data), column)
    assert steps.predictions.kind == "binary"
    assert steps.predictions.labels.tolist() == labels
    assert steps.predictions.outputs.tolist() == steps.scores.tolist() == SCORES[:, column].tolist()
    assert steps.predictions.sample_weight.tolist() == [1, 2, 3]
    assert (steps.column, steps.activation, steps.predictions.n_outputs) == (column, "none", 1)


@pytest.mark.parametrize("activation", ["sigmoid", "softmax"])
@pytest.mark.parametrize("column", [0, 2])
def test_the_activation_saw_the_whole_row_and_is_not_applied_again(activation, column):
    whole = Steps(Predictions.of(INDICES, SCORES), activation)
    steps = one_class(whole, column)
    assert steps.scores.tolist() == whole.scores[:, column].tolist()
    assert steps.predictions.outputs.tolist() == SCORES[:, column].tolist()
    assert steps.activation == activation
    assert steps.only(slice(1, 2)).scores.tolist() == [whole.scores[1, column]]
    assert steps.only(slice(1, 2)).column == column


@pytest.mark.parametrize("activation", ["none", "softmax"])
@pytest.mark.parametrize("true", [INDICES, ONE_HOT], ids=["sparse", "one_hot"])
def test_the_columns_are_copies_that_nobody_can_write(true, activation):
    kind = "one_hot" if np.ndim(true) == 2 else "sparse"
    steps = one_class(Steps(Predictions.of(true, SCORES, kind=kind), activation), 1)
    for array in (steps.scores, steps.predictions.labels, steps.predictions.outputs):
        assert array.flags.c_contiguous
        assert not array.flags.writeable


def test_outputs_that_are_scores_already_are_copied_once():
    steps = one_class(Steps(Predictions.of(INDICES, SCORES)), 1)
    assert np.shares_memory(steps.scores, steps.predictions.outputs)


def test_labels_of_class_indices_become_bytes_and_one_hot_ones_keep_their_dtype():
    assert one_class(Steps(Predictions.of(INDICES, SCORES)), 0).predictions.labels.dtype == "u1"
    data = Predictions.of(ONE_HOT, SCORES, kind="one_hot")
    assert one_class(Steps(data), 0).predictions.labels.dtype == np.float64


@pytest.mark.parametrize(
    ("names", "width", "column", "expected"),
    [
        (("cat", "dog"), 2, 0, ("dog", "cat")),
        (("cat", "dog"), 2, 1, ("cat", "dog")),
        (None, 2, 0, ("1", "0")),
        (None, 2, 1, None),
        (("cat", "dog", "cow"), 3, 1, None),
        (None, 3, 0, None),
    ],
)
def test_of_two_classes_the_rest_has_a_name(names, width, column, expected):
    data = Predictions.of([0, 1, 1], SCORES[:, :width], class_names=names)
    assert one_class(Steps(data), column).predictions.class_names == expected
    assert data.class_name(column) == (names[column] if names else str(column))


@pytest.mark.parametrize(
    "data",
    [
        Predictions.of([0, 1], [0.2, 0.7]),
        Predictions.of([[0, 1, 1], [1, 0, 0]], SCORES[:2], kind="multi_label"),
        Predictions.of([0, 2], [1, 2], kind="class_indices"),
    ],
    ids=lambda data: data.kind,
)
def test_labels_that_do_not_name_one_class_of_several_are_refused(data):
    with pytest.raises(InputError) as caught:
        one_class(Steps(data), 0)
    assert str(caught.value) == (
        "`predictions` must have labels that name one class of several outputs. "
        f"Got kind {data.kind}. Use the predictions as they are."
    )


@pytest.mark.parametrize("column", [-1, 3, 99])
def test_a_class_that_is_not_there_is_refused(column):
    with pytest.raises(InputError) as caught:
        one_class(Steps(Predictions.of(INDICES, SCORES)), column)
    assert str(caught.value) == (
        f"`class_index` must be a class from 0 to 2. Got {column}. Choose one of the columns."
    )


@pytest.mark.parametrize(
    ("column", "threshold", "expected"),
    [(0, 0.5, 1), (1, 0.5, 1), (0, 0.25, 0), (1, 0.25, 2), (0, 1.0, 3), (1, 1.0, 1)],
)
def test_the_threshold_parts_from_the_highest_output(column, threshold, expected):
    steps = Steps(Predictions.of([0, 1, 1, 0], [[0.5, 0.5], [0.7, 0.6], [0.2, 0.8], [0.9, 0.1]]))
    assert parting(steps, one_class(steps, column), threshold) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[0.5, 0.5], [0.75, 0.25]], True),
        ([[0.5, 0.5], [0.75, 0.75]], False),
        ([[0.5, 0.5], [0.75, -0.75]], False),
        ([[0.5, 0.5009]], True),
        ([[0.5, 0.4991]], True),
        ([[0.5, 0.5011]], False),
        ([[0.5, 0.4989]], False),
        ([[0.5, np.nan]], False),
        ([[np.inf, -np.inf]], False),
    ],
)
def test_scores_sum_to_one_within_a_thousandth_in_every_row(rows, expected):
    steps = Steps(Predictions.of(np.zeros(len(rows), "i8"), np.array(rows), kind="sparse"))
    assert sums_to_one(steps) is expected


def test_scores_are_summed_wide_enough_for_many_classes():
    steps = Steps(Predictions.of([0], np.full((1, 4096), 1 / 4096, "f2"), kind="sparse"))
    assert sums_to_one(steps)
    crowd = np.full((1, 3000), 0.0003, "f2")
    assert not sums_to_one(Steps(Predictions.of([0], crowd, kind="sparse")))


def test_a_row_of_opposite_infinities_warns_nobody(recwarn):
    sums_to_one(Steps(Predictions.of([0], [[np.inf, -np.inf]], kind="sparse")))
    assert not recwarn.list

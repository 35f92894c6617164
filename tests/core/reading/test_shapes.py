"""Arrays of sequences and images, labels that do not count, several heads."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import LIMITS, guess_roles, positions, read_columns, to_predictions
from metrics_core.reading.ignored import each_sample_once, ignorable, leave_out
from tests.numpy_files import npz

RNG = np.random.default_rng(3)
IMAGES = RNG.random((3, 4, 5, 3)).astype("f4")
CLASSES = RNG.integers(0, 3, (3, 4, 5))
RIGHT = float(np.mean(IMAGES.argmax(-1) == CLASSES))


def loaded(**arrays):
    table = read_columns(npz(**arrays), "out.npz")
    return table, to_predictions(table, guess_roles(table)).predictions


def accuracy(predictions) -> float:
    pred, true = predictions.y_pred, predictions.y_true
    if predictions.kind == "class_indices":
        return float(np.mean(pred.reshape(-1) == true.reshape(-1)))
    labels = true.argmax(-1) if predictions.kind == "one_hot" else true.reshape(-1)
    return float(np.mean(pred.argmax(-1) == labels))


@pytest.mark.parametrize(
    ("y_true", "y_pred", "kind"),
    [
        (CLASSES, IMAGES, "sparse"),
        (CLASSES[..., None], IMAGES, "sparse"),
        (np.eye(3)[CLASSES], IMAGES, "one_hot"),
        (CLASSES, IMAGES.argmax(-1), "class_indices"),
        (CLASSES, np.moveaxis(IMAGES, -1, 1), "sparse"),
        (CLASSES[:, None], np.moveaxis(IMAGES, -1, 1), "sparse"),
        (np.moveaxis(np.eye(3)[CLASSES], -1, 1), np.moveaxis(IMAGES, -1, 1), "one_hot"),
        (CLASSES, IMAGES.reshape(3, 20, 3), "sparse"),
        (CLASSES.reshape(3, 20), IMAGES.reshape(3, 20, 3), "sparse"),
        (CLASSES.reshape(3, 20), IMAGES.reshape(3, 20, 3).argmax(-1), "class_indices"),
        (CLASSES.astype("f4"), IMAGES.argmax(-1).astype("f4"), "class_indices"),
    ],
)
def test_every_position_is_a_sample(y_true, y_pred, kind):
    table, predictions = loaded(y_true=y_true, y_pred=y_pred)
    assert predictions.kind == kind
    assert predictions.n_samples == 60
    assert accuracy(predictions) == RIGHT
    assert "60 positions (3 × " in str(table.notes[0])


def test_names_are_not_needed():
    _, predictions = loaded(arr_0=CLASSES, arr_1=IMAGES)
    assert accuracy(predictions) == RIGHT


def test_one_unit_for_each_pixel():
    true, pred = RNG.integers(0, 2, (3, 4, 5)), RNG.random((3, 4, 5, 1))
    _, predictions = loaded(masks=true, preds=pred)
    assert predictions.kind == "binary"
    assert np.array_equal(predictions.labels, true.reshape(-1))


def test_rows_that_were_read_as_samples_still_are():
    table, predictions = loaded(y_true=RNG.integers(0, 2, (6, 4)), y_pred=RNG.random((6, 4)))
    assert predictions.kind == "multi_label"
    assert table.lead == ()
    table, predictions = loaded(y_true=np.arange(6) % 3, y_pred=RNG.random((6, 3)), x=IMAGES)
    assert predictions.n_samples == 6
    assert "x is left out: its shape (3, 4, 5, 3) does not go with (6,)" in str(table.notes[0])


def test_positions_are_views_of_the_arrays():
    table, predictions = loaded(y_true=CLASSES, y_pred=IMAGES)
    assert np.shares_memory(predictions.y_pred, table.raw.arrays["y_pred"].data)


def test_the_limit_of_rows_holds_for_positions():
    data = npz(y_true=np.full((1001, 10000), 2, "u1"), y_pred=np.ones((1001, 10000, 1), "u1"))
    with pytest.raises(InputError, match="at most 10,000,000 rows"):
        read_columns(data, "big.npz", LIMITS)


def test_a_weight_of_each_sample_stands_at_each_of_its_positions():
    _, predictions = loaded(y_true=CLASSES, y_pred=IMAGES, sample_weight=[1.0, 2.0, 3.0])
    assert predictions.sample_weight.tolist() == [1.0] * 20 + [2.0] * 20 + [3.0] * 20


def test_padding_is_found_and_left_out():
    true = CLASSES.reshape(3, 20).copy()
    true[0, 5:], true[1, 15:] = -100, -100
    pred = IMAGES.reshape(3, 20, 3)
    table = read_columns(npz(label_ids=true, predictions=pred), "out.npz")
    roles = guess_roles(table)
    found = {row.name: (row.n, row.usual) for row in ignorable(table, roles)}
    assert found["label -100"] == (20, True)
    assert found["label 0"] == (int(np.sum(true == 0)), False)
    left = leave_out(table, roles, "label -100")
    predictions = to_predictions(left, roles).predictions
    kept = true != -100
    assert accuracy(predictions) == np.mean(pred.argmax(-1)[kept] == true[kept])
    assert "20 of 60 rows are left out, whose label is -100" in str(left.notes[-1])
    once, weighted = each_sample_once(left, roles)
    weights = to_predictions(once, weighted).predictions.sample_weight
    assert np.isclose(weights.sum(), 3)
    assert weights[0] == 1 / 5


def test_a_mask_is_found_and_left_out():
    mask = np.ones((3, 20), int)
    mask[:, 12:] = 0
    table = read_columns(
        npz(y_true=CLASSES.reshape(3, 20), y_pred=IMAGES.reshape(3, 20, 3), attention_mask=mask),
        "out.npz",
    )
    roles = guess_roles(table)
    first = ignorable(table, roles)[0]
    assert (first.name, first.n, first.usual) == ("mask attention_mask", 24, True)
    assert to_predictions(leave_out(table, roles, first.name), roles).predictions.n_samples == 36


@pytest.mark.parametrize(
    ("labels", "outputs", "usual"),
    [
        ([0, 1, 2, 255], np.zeros((4, 3)), ["label 255"]),
        ([0, 255, 0, 255], np.zeros(4), []),
        ([0, 1, 1, 0], np.zeros(4), []),
        ([0, 0, 0, 1], np.zeros((4, 3)), []),
        ([-1, 1, -1, 1], np.zeros(4), []),
        ([0, 1, -100, 0], np.zeros((4, 2)), ["label -100"]),
    ],
)
def test_what_is_left_out_unasked_can_be_nothing_else(labels, outputs, usual):
    table = read_columns(npz(y_true=np.array(labels), y_pred=outputs), "out.npz")
    rows = ignorable(table, guess_roles(table))
    assert [row.name for row in rows if row.usual] == usual


def test_rows_of_no_class_are_padding():
    true = np.eye(3)[CLASSES.reshape(3, 20)]
    true[:, 12:] = 0
    table = read_columns(npz(y_true=true, y_pred=IMAGES.reshape(3, 20, 3)), "out.npz")
    roles = guess_roles(table)
    (row,) = ignorable(table, roles)
    assert (row.name, row.n, row.usual) == ("empty", 24, True)
    assert to_predictions(leave_out(table, roles, "empty"), roles).predictions.kind == "one_hot"


def test_each_head_is_a_part():
    table = read_columns(
        npz(
            age_true=CLASSES, age_pred=IMAGES, sex_true=np.array([0, 1, 1]),
            sex_pred=RNG.random((3, 1)), sample_weight=np.ones(3),
        ),
        "out.npz",
    )  # fmt: skip
    assert list(table.parts) == ["age", "sex"]
    assert list(table.columns) == ["age_true", "age_pred", "sample_weight"]
    assert table.parts["sex"].n_rows == 3
    assert guess_roles(table.parts["sex"]).outputs == ("sex_pred",)


def test_columns_of_single_outputs_are_no_heads():
    table = read_columns(
        npz(y_true=np.arange(4) % 2, prob_0=np.zeros(4), prob_1=np.ones(4)), "out.npz"
    )
    assert not table.parts
    assert guess_roles(table).outputs == ("prob_0", "prob_1")


def test_the_other_reading_can_be_chosen():
    table = read_columns(npz(y_true=CLASSES % 2, y_pred=RNG.random((3, 4, 5))), "out.npz")
    found = positions.readings(table.raw.arrays)
    assert [reading.lead for reading in found] == [(3, 4), (3, 4, 5)]
    again = positions.arrange(table.raw, found[1])
    assert again.columns["y_pred"].data.shape == (60,)
    assert len(again.notes) == 1


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.array([{"a": 1}, None], dtype=object), "Python objects of shape (2,)"),
        (np.array(0.91), "a single value of dtype float64"),
        (np.ones(2, complex), "complex128 of shape (2,)"),
    ],
)
def test_what_is_left_out_is_said_with_the_way_out(array, words):
    table = read_columns(npz(y_true=[0, 1], y_pred=[0.2, 0.7], other=array), "out.npz")
    assert list(table.columns) == ["y_true", "y_pred"]
    assert "other is left out" in str(table.notes[0])
    assert words in str(table.notes[0])
    with pytest.raises(InputError, match="at least one column of numbers or words") as refused:
        read_columns(npz(other=array), "out.npz")
    assert words in str(refused.value)


def test_the_fields_of_records_are_columns():
    records = np.array([(1, 0.7), (0, 0.2)], dtype=[("y_true", "i4"), ("y_pred", "f4")])
    table = read_columns(npz(rows=records), "out.npz")
    assert list(table.columns) == ["rows.y_true", "rows.y_pred"]

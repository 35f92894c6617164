"""What Predictions accept, refuse and keep."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.kinds import KINDS
from metrics_core.predictions import Predictions
from tests.every import every

ROWS = [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]]
HOT = [[0, 0, 1], [1, 0, 0]]


@every(
    ("y_true", "y_pred", "kind", "n_outputs", "n_classes"),
    [
        ([0, 1], [0.2, 0.7], "binary", 1, 2),
        ([[0], [1]], [0.2, 0.7], "binary", 1, 2),
        ([0, 1], [[0.2], [0.7]], "binary", 1, 2),
        ([0, 1], [1, 0], "binary", 1, 2),
        ([False, True], [True, True], "binary", 1, 2),
        ([0, 2], [0.0, 2.0], "binary", 1, 2),
        ([0, 2], [1, 0], "class_indices", 1, 3),
        ([0, 1], [[4], [0]], "class_indices", 1, 5),
        ([2, 0], ROWS, "sparse", 3, 3),
        ([[2], [0]], ROWS, "sparse", 3, 3),
        (HOT, ROWS, "one_hot", 3, 3),
        ([[0.05, 0.05, 0.9], [1.0005, 0, 0]], ROWS, "one_hot", 3, 3),
        ([[0, 1, 1], [1, 0, 0]], ROWS, "multi_label", 3, 3),
        ([[0, 0, 0], [1, 0, 0]], ROWS, "multi_label", 3, 3),
        ([[np.nan, 0, 1], [1, 0, 0]], ROWS, "multi_label", 3, 3),
        ([3], [0.2], "binary", 1, 2),
    ],
)
def test_the_kind_is_told_from_shapes_dtypes_and_values(y_true, y_pred, kind, n_outputs, n_classes):
    made = Predictions.of(y_true, y_pred)
    assert (made.kind, made.n_outputs, made.n_classes) == (kind, n_outputs, n_classes)


def test_one_odd_row_far_down_makes_one_hot_labels_multi_label():
    labels = np.tile(np.array(HOT, "u1"), (40_000, 1))
    labels[-1, 1] = 1
    assert Predictions.of(labels, labels.astype("f4")).kind == "multi_label"


@pytest.mark.parametrize("true_shape", [(4,), (4, 1)])
@pytest.mark.parametrize("pred_shape", [(4,), (4, 1)])
def test_flat_and_column_arrays_are_one_sample_a_row_and_never_broadcast(true_shape, pred_shape):
    made = Predictions.of(
        np.array([0, 1, 1, 0]).reshape(true_shape), np.linspace(0, 1, 4).reshape(pred_shape)
    )
    assert made.labels.shape == made.outputs.shape == (4,)
    assert (made.y_true.shape, made.y_pred.shape) == (true_shape, pred_shape)


@every("pred", ["f2", "f4", "f8", "i4", "u1", "?"])
@every("true", ["?", "i1", "i8", "u2", "f2", "f8"])
def test_the_dtypes_that_came_are_kept(true, pred):
    made = Predictions.of(np.array([0, 1], true), np.array([1, 0], pred))
    assert (made.y_true.dtype, made.y_pred.dtype) == (np.dtype(true), np.dtype(pred))
    weighted = Predictions.of([0, 1], [0.5, 0.5], sample_weight=np.array([1, 0], pred))
    assert weighted.sample_weight.dtype == np.dtype(pred)


@every(
    ("y_true", "y_pred", "others", "argument", "part"),
    [
        ([], [], {}, "y_pred", "at least one row"),
        ([0], np.empty((1, 0)), {}, "y_pred", "at least one row"),
        (0, 0.5, {}, "y_pred", "shape ()"),
        ([0], np.zeros((1, 2, 3)), {}, "y_pred", "flatten time steps"),
        ([0, 1], [0.5], {}, "y_true", "each of the 1 rows"),
        ([[0, 1]], [0.5, 0.5], {}, "y_true", "shape (1, 2)"),
        (1, [0.5], {}, "y_true", "shape ()"),
        ([[0, 1], [1, 0]], ROWS, {}, "y_true", "3 outputs"),
        ([[0, 1]], [0.5], {}, "y_true", "1 output per sample"),
        (["a"], [0.5], {}, "y_true", "must hold numbers"),
        ([0], [1j], {}, "y_pred", "must hold numbers"),
        ([0], [None], {}, "y_pred", "must hold numbers"),
        ([0, 1], [[1, 2], [3]], {}, "y_pred", "rows of unequal length"),
        ([0], [0.5], {"kind": "ternary"}, "kind", "must be one of"),
        ([0], [0.5], {"kind": "sparse"}, "y_true", "sparse labels"),
        ([2, 0], ROWS, {"kind": "one_hot"}, "y_true", "one_hot labels"),
        (HOT, ROWS, {"kind": "binary"}, "y_true", "binary labels"),
        ([0], [0.5], {"sample_weight": [1, 1]}, "sample_weight", "each of the 1"),
        ([0], [0.5], {"sample_weight": ["1"]}, "sample_weight", "numbers"),
        ([0, 1], [1, 0], {"sample_weight": [1, -1]}, "sample_weight", "-1 in row 1"),
        ([0], [1], {"sample_weight": [np.nan]}, "sample_weight", "nan in row 0"),
        ([0], [1], {"sample_weight": [np.inf]}, "sample_weight", "inf in row 0"),
        ([0], [0.5], {"sample_ids": ["a", "b"]}, "sample_ids", "shape (2,)"),
        ([2, 0], ROWS, {"class_names": ["a", "b"]}, "class_names", "2 names"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(y_true, y_pred, others, argument, part):
    with pytest.raises(InputError) as caught:
        Predictions.of(y_true, y_pred, **others)
    assert caught.value.argument == argument
    assert part in str(caught.value)


def view_of_writable():
    base = np.array([0.25, 0.5])
    view = base[:]
    view.setflags(write=False)
    return base, view


def view_of_bytes_that_change():
    base = bytearray(np.array([0.25, 0.5]).tobytes())
    view = np.frombuffer(base)
    view.setflags(write=False)
    return np.frombuffer(base), view


def the_array_itself():
    base = np.array([0.25, 0.5])
    return base, base


@pytest.mark.parametrize("make", [the_array_itself, view_of_writable, view_of_bytes_that_change])
def test_an_array_that_its_owner_can_still_write_to_is_copied(make):
    base, given = make()
    was_writable = given.flags.writeable
    made = Predictions.of([0, 1], given, sample_weight=given, sample_ids=given)
    base[:] = 9
    for part in (made.y_pred, made.sample_weight, made.sample_ids):
        assert part.tolist() == [0.25, 0.5]
    assert given.flags.writeable == was_writable


def test_an_array_that_nobody_can_write_to_is_not_copied():
    base = np.array([0.25, 0.5])
    base.setflags(write=False)
    assert np.shares_memory(Predictions.of([0, 1], base[:]).y_pred, base)


def test_every_array_is_read_only():
    made = Predictions.of([[0], [1]], [[0.1], [0.9]], sample_weight=[1, 2], sample_ids=[7, 8])
    for part in (made.outputs, made.labels, made.sample_weight, made.sample_ids):
        with pytest.raises(ValueError, match="read-only"):
            part[0] = 1
    for other in (Predictions.of(HOT, ROWS).to_sparse(), Predictions.of([2, 0], ROWS).to_one_hot()):
        assert not other.y_true.flags.writeable


def test_labels_are_written_in_the_other_form_and_back():
    sparse = Predictions.of([2.0, 0.0], ROWS, class_names="abc")
    hot = sparse.to_one_hot()
    assert (hot.kind, hot.y_true.tolist(), hot.y_true.dtype) == ("one_hot", HOT, np.uint8)
    assert hot.to_sparse().y_true.tolist() == [2, 0]
    assert (hot.class_names, hot.digest != sparse.digest) == (("a", "b", "c"), True)


@pytest.mark.parametrize("label", [3, -1, 0.5, np.nan])
def test_labels_that_are_no_class_cannot_become_one_hot(label):
    with pytest.raises(InputError, match="in row 1"):
        Predictions.of([0, label], ROWS).to_one_hot()


def test_only_the_fitting_kind_can_be_rewritten():
    with pytest.raises(InputError, match="kind one_hot"):
        Predictions.of(HOT, ROWS).to_one_hot()
    with pytest.raises(InputError, match="kind sparse"):
        Predictions.of([2, 0], ROWS).to_sparse()


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"one_hot", "multi_label"}))
def test_arrays_are_read_as_another_kind_only_where_their_shapes_fit(kind):
    made = Predictions.of(HOT, ROWS)
    assert made.as_kind("multi_label").as_kind("one_hot").digest == made.digest
    with pytest.raises(InputError, match=kind):
        made.as_kind(kind)


@pytest.mark.parametrize(
    ("y_true", "expected"),
    [([np.nan, 3.0], 4), ([np.nan, np.nan], 2), ([np.inf, 0], 2), ([-1, -2], 2)],
)
def test_classes_are_counted_from_the_finite_indices(y_true, expected):
    assert Predictions.of(y_true, [1.0, 1.0], kind="class_indices").n_classes == expected

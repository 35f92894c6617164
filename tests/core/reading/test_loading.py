from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import Loaded, Roles, guess_roles, read_columns, to_predictions
from tests.numpy_files import npz


def load(text: str, **options) -> Loaded:
    table = read_columns(text.encode(), "mine.csv")
    return to_predictions(table, guess_roles(table), **options)


def opened(**arrays: np.ndarray):
    return read_columns(npz(**arrays), "mine.npz")


def test_float32_columns_stack_to_contiguous_float32() -> None:
    random = np.random.default_rng(0)
    outputs = random.random((70_001, 3)).astype(np.float32)
    labels = random.integers(0, 3, 70_001).astype(np.int16)
    table = opened(y_true=labels, **{f"p_{i}": outputs[:, i] for i in range(3)})
    made = to_predictions(table, guess_roles(table)).predictions
    assert made.kind == "sparse"
    assert made.y_pred.dtype == np.float32
    assert made.y_pred.flags.c_contiguous
    assert np.array_equal(made.y_pred, outputs)
    assert made.y_true.dtype == np.int16


def test_arrays_are_passed_on_without_a_copy() -> None:
    table = opened(
        y_true=np.array([0, 1]), y_pred=np.array([[0.5, 0.5], [0.25, 0.75]]), weight=np.ones(2)
    )
    made = to_predictions(table, guess_roles(table)).predictions
    assert np.shares_memory(made.y_pred, table.columns["y_pred"].data)
    assert np.shares_memory(made.y_true, table.columns["y_true"].data)
    assert made.sample_weight is not None
    assert np.shares_memory(made.sample_weight, table.columns["weight"].data)


def test_two_words_against_one_output_are_0_and_1_in_the_shown_order() -> None:
    text = "label,score\npos,0.9\nneg,0.2\npos,0.4\n"
    loaded = load(text)
    assert loaded.predictions.kind == "binary"
    assert loaded.predictions.y_true.tolist() == [1, 0, 1]
    assert loaded.classes == ("neg", "pos")
    assert str(loaded.notes[-1]).endswith("0 = neg, 1 = pos.")
    turned = load(text, class_order=["pos", "neg"])
    assert turned.predictions.y_true.tolist() == [0, 1, 0]
    assert turned.predictions.class_names == ("pos", "neg")


def test_words_follow_the_names_of_the_output_columns() -> None:
    loaded = load("label,p_dog,p_cat,p_owl\ncat,0.1,0.8,0.1\ndog,0.9,0.1,0\n")
    assert loaded.classes == ("dog", "cat", "owl")
    assert loaded.predictions.y_true.tolist() == [1, 0]
    assert loaded.predictions.kind == "sparse"


def test_words_follow_the_class_names_of_an_npz() -> None:
    table = opened(
        label=np.array(["b", "a"]), probs=np.eye(3)[:2], classes=np.array(["c", "b", "a"])
    )
    loaded = to_predictions(table, guess_roles(table))
    assert loaded.predictions.y_true.tolist() == [1, 2]
    assert loaded.classes == ("c", "b", "a")


def test_words_that_do_not_fit_the_outputs_need_an_order() -> None:
    text = "label,p_0,p_1,p_2\ncat,0.1,0.8,0.1\ndog,0.9,0.1,0\n"
    with pytest.raises(InputError, match="3 classes of the outputs"):
        load(text)
    assert load(text, class_order=["cat", "owl", "dog"]).predictions.y_true.tolist() == [0, 2]
    with pytest.raises(InputError, match="no 'dog'"):
        load(text, class_order=["cat", "owl", "cow"])
    with pytest.raises(InputError, match="2 classes of the outputs"):
        load("label,score\na,0.1\nb,0.2\nc,0.3\n")
    with pytest.raises(InputError, match="2 classes of the outputs"):
        load("label,score\na,0.1\na,0.2\n")


def test_words_as_outputs_share_the_order_of_the_labels() -> None:
    loaded = load("label,predicted\nb,a\nc,c\nb,b\n")
    assert loaded.classes == ("a", "b", "c")
    assert loaded.predictions.y_true.tolist() == [1, 2, 1]
    assert loaded.predictions.y_pred.tolist() == [0, 2, 1]
    assert loaded.predictions.kind == "class_indices"


def test_label_columns_are_put_into_the_order_of_the_outputs() -> None:
    loaded = load("true_cat,true_dog,p_dog,p_cat\n1,0,0.3,0.7\n0,1,0.6,0.4\n")
    assert loaded.predictions.kind == "one_hot"
    assert loaded.predictions.y_true.tolist() == [[0, 1], [1, 0]]
    assert loaded.predictions.class_names == ("dog", "cat")
    assert "reordered to match the output columns" in str(loaded.notes[0])


def test_missing_cells_are_refused_with_their_places_or_dropped_with_a_count() -> None:
    text = "id,y_true,y_pred,sample_weight\na,1,0.5,1\nb,,0.2,2\n,0,0.1,1\nd,1,NA,\ne,0,nan,1\n"
    with pytest.raises(InputError) as caught:
        load(text)
    assert "2 of 5 rows, the first is row 1 (y_true: 1, y_pred: 1, sample_weight: 1)" in str(
        caught.value
    )
    loaded = load(text, missing="drop")
    assert loaded.n_dropped == 2
    assert str(loaded.notes[0]) == "2 of 5 rows have missing cells and are left out."
    made = loaded.predictions
    assert made.y_true.tolist() == [1, 0, 0]
    assert made.y_pred[:2].tolist() == [0.5, 0.1]
    assert np.isnan(made.y_pred[2])
    assert made.sample_ids.tolist() == ["a", "", "e"]
    assert made.sample_weight.tolist() == [1, 1, 1]


def test_dropping_keeps_words_and_stacked_columns_aligned() -> None:
    loaded = load("label,p_a,p_b\na,1,0\n,0.5,0.5\nz,,1\nb,0.25,0.75\n", missing="drop")
    assert loaded.predictions.y_true.tolist() == [0, 1]
    assert loaded.predictions.y_pred.tolist() == [[1.0, 0.0], [0.25, 0.75]]
    assert loaded.classes == ("a", "b")
    with pytest.raises(InputError, match="2 of 2 rows"):
        load("y_true,y_pred\n1,\n,0.5\n", missing="drop")


def test_roles_that_do_not_fit_are_refused() -> None:
    table = read_columns(b"a,b,c\n1,0.5,x\n0,0.25,y\n", "x")
    for roles, words in (
        (Roles(labels=(), outputs=("b",)), "labels"),
        (Roles(labels=("a",), outputs=()), "outputs"),
        (Roles(labels=("a",), outputs=("nope",)), "nope"),
        (Roles(labels=("a",), outputs=("a",)), "a single role"),
        (Roles(labels=("a",), outputs=("c",)), "words in c"),
        (Roles(labels=("a",), outputs=("b",), weight="c"), "words in c"),
        (Roles(labels=("a", "c"), outputs=("b",)), "words in c"),
    ):
        with pytest.raises(InputError, match=words):
            to_predictions(table, roles)
    wide = opened(p=np.eye(2), q=np.ones(2), y=np.arange(2))
    with pytest.raises(InputError, match="lists"):
        to_predictions(wide, Roles(labels=("y",), outputs=("p", "q")))
    with pytest.raises(InputError, match="drop"):
        to_predictions(table, Roles(labels=("a",), outputs=("b",)), missing="keep")  # type: ignore[arg-type]


def test_kind_and_names_of_number_labels_are_taken_over() -> None:
    text = "y_true_0,y_true_1,p_0,p_1\n1,0,0.1,0.9\n0,1,0.2,0.8\n"
    assert load(text).predictions.kind == "one_hot"
    loaded = load(text, kind="multi_label", class_order=["cat", "dog"])
    assert loaded.predictions.kind == "multi_label"
    assert loaded.predictions.class_names == ("cat", "dog")

"""Which columns of a file look like labels by their values alone."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.reading import (
    Column,
    RawTable,
    Roles,
    guess_roles,
    read_columns,
    to_predictions,
)


def labels_of(values):
    """What is taken for labels beside a column of fractions, where no name says it."""
    array = np.asarray(values)
    columns = {"a": Column(array), "b": Column(np.linspace(0.0, 0.9, len(array)))}
    return guess_roles(RawTable(name="x", format="CSV", n_rows=len(array), columns=columns)).labels


@pytest.mark.parametrize("values", [np.arange(6), [3, 1, 2], np.arange(6.0), np.arange(2000)])
def test_whole_numbers_that_are_all_different_are_no_labels(values):
    assert labels_of(values) == ()


@pytest.mark.parametrize(
    "values", [[0, 1, 2, 1], [3.0, 3.0, 1.0], [1, 0], [5, 5, 5], [True, False, True]]
)
def test_whole_numbers_that_repeat_are_labels_and_so_are_two_values(values):
    assert labels_of(values) == ("a",)


@pytest.mark.parametrize(("n_classes", "labels"), [(1000, ("a",)), (1001, ())])
def test_more_classes_than_a_thousand_are_no_labels(n_classes, labels):
    assert labels_of(np.arange(3 * n_classes) % n_classes) == labels


@pytest.mark.parametrize("values", [[0, -1, -1, 0], [0.5, 0.5, 1.0, 1.0], [np.nan, 1, 1, 0]])
def test_negative_numbers_fractions_and_nan_are_no_labels(values):
    with np.errstate(invalid="ignore"):
        assert labels_of(values) == ()


YES = np.arange(40) % 2
POINTS = np.arange(40) % 7
DIGITS = np.where(np.arange(40) < 24, YES, 2 + np.arange(40) % 8)


@pytest.mark.parametrize(
    ("labels", "outputs", "kind"),
    [
        (YES, 300 + 13 * np.arange(40), "binary"),
        (YES, POINTS + YES, "binary"),
        (YES, 1.0 * POINTS, "binary"),
        (YES, POINTS - 3, "binary"),
        (YES, -1 - POINTS, "binary"),
        (YES, 2 * np.arange(40), "binary"),
        (YES, DIGITS, "class_indices"),  # most are 0 or 1, as predicted classes are
        (YES, YES + 1, "class_indices"),  # two values: classes from 1 on
        (0 * YES, POINTS, "class_indices"),  # one label alone says nothing
        (YES + (POINTS == 6), POINTS, "class_indices"),
        (YES, YES[::-1], "binary"),
    ],
)
def test_whole_numbers_beside_labels_0_and_1_are_scores_unless_most_are_0_or_1(
    labels, outputs, kind
):
    text = "label,score\n" + "".join(f"{a},{b}\n" for a, b in zip(labels, outputs, strict=True))
    roles = Roles(labels=("label",), outputs=("score",))
    loaded = to_predictions(read_columns(text.encode(), "x.csv"), roles)
    assert loaded.predictions.kind == kind
    told = any("they are read as scores, not as classes" in str(note) for note in loaded.notes)
    assert told == (kind == "binary" and not 0 <= outputs.min() <= outputs.max() <= 1)


def read(**columns):
    table = RawTable(
        name="x", format="CSV", n_rows=N,
        columns={title: column(values) for title, values in columns.items()},
    )  # fmt: skip
    return table, guess_roles(table)


def column(values):
    values = np.asarray(values)
    if values.dtype.kind != "U":
        return Column(values)
    words, codes = np.unique(values, return_inverse=True)
    return Column(codes.astype(np.int32), words)


N = 30
YES = np.arange(N) % 3 == 0
SCORE = np.where(YES, 0.6, 0.3) + np.linspace(-0.25, 0.25, N)


def test_of_two_columns_that_go_alike_with_the_outputs_neither_is_sure():
    """That without a name for labels is not taken, though it goes with the predictions a bit."""
    likely = YES ^ (np.arange(N) % 14 == 1)
    decided = np.where(SCORE > 0.5, "yes", "no")
    alone = {"given": np.where(YES, "yes", "no"), "pred_class": decided, "Predicted": SCORE}
    _, found = read(**alone)
    assert (found.labels, found.sure) == (("given",), True)
    _, found = read(has_card=likely.astype(int), **alone)
    assert not found.sure
    assert {*found.labels, *found.rivals} == {"given", "has_card"}


def test_one_word_in_all_rows_is_no_prediction_of_numbers():
    _, found = read(model=["v1"] * N, y_true=YES.astype(int))
    assert (found.labels, found.sure) == (("y_true",), False)
    _, found = read(model=["v1"] * N, y_true=YES.astype(int), age=20 + np.arange(N) % 7)
    assert "model" not in found.outputs
    _, found = read(predicted=["LABEL_1"] * N, y_true=np.where(YES, "LABEL_1", "LABEL_0"))
    assert (found.labels, found.outputs, found.sure) == (("y_true",), ("predicted",), True)


@pytest.mark.parametrize("kind", [bool, int, np.uint8, float])
@pytest.mark.parametrize(("one", "zero"), [("yes", "no"), (">50K", "<=50K")])
def test_outputs_of_class_1_before_class_0_change_places(kind, one, zero):
    sure = np.where(YES, 0.9, 0.2)
    outputs = {f"p_{one}": sure, f"p_{zero}": 1 - sure}
    loaded = to_predictions(*read(y_true=YES.astype(kind), **outputs))
    data = loaded.predictions
    assert (data.outputs.argmax(axis=1) == data.labels).all()
    assert data.class_names == (zero, one)
    assert (data.labels == YES).all()
    assert f"Label 1 stands for {one}: its output is taken" in str(loaded.notes[-1])
    signed = to_predictions(*read(y_true=2 * YES.astype(int) - 1, **outputs)).predictions
    assert (signed.outputs.argmax(axis=1) == signed.labels).all()


@pytest.mark.parametrize("names", [("malignant", "benign"), ("cat", "dog")])
def test_labels_stay_where_more_outputs_are_right_or_no_name_says_otherwise(names):
    sure = np.where(YES, 0.2, 0.9)
    first, second = (f"p_{name}" for name in names)
    loaded = to_predictions(*read(y_true=YES.astype(int), **{first: sure, second: 1 - sure}))
    assert (loaded.predictions.labels == YES).all()
    assert not loaded.notes
    unknown = to_predictions(*read(y_true=YES.astype(int), p_cat=1 - sure, p_dog=sure))
    assert (unknown.predictions.labels == YES).all()


@pytest.mark.parametrize("name", ["y_test", "y_val", "targets", "gt", "y_true", "Y"])
@pytest.mark.parametrize("true", [np.eye(2)[YES.astype(int)], YES[:, None].astype(np.float32)])
def test_lists_of_labels_are_known_by_any_name_of_labels(name, true):
    scores = np.stack([1 - SCORE, SCORE], axis=1)[:, -true.shape[1] :]
    for order in (1, -1):
        columns = dict([(name, true), ("y_pred", scores)][::order])
        _, found = read(**columns)
        assert (found.labels, found.outputs, found.sure) == ((name,), ("y_pred",), True)


@pytest.mark.parametrize("true", [np.eye(3)[np.arange(N) % 3], np.arange(N)[:, None] % 3])
def test_lists_of_labels_without_a_name_are_offered(true):
    outputs = np.random.default_rng(0).dirichlet(np.ones(3), N)
    for columns in ({"arr_0": true, "arr_1": outputs}, {"arr_1": outputs, "arr_0": true}):
        _, found = read(**columns)
        assert (found.labels, found.outputs, found.sure) == (("arr_0",), ("arr_1",), False)
    _, found = read(arr_0=outputs, arr_1=outputs)
    assert found.labels == ()


@pytest.mark.parametrize("names", [("prob_1", "prob_2", "prob_3"), ("a", "b", "c")])
def test_beside_several_outputs_the_column_of_as_many_classes_is_the_likeliest(names):
    place = np.arange(N) * 7 % 3
    outputs = np.random.default_rng(1).dirichlet(np.ones(3), N)
    columns = {name: outputs[:, which] for which, name in enumerate(names)}
    given = np.array(["a", "b", "c"])[place] if names[0] == "a" else place + 1
    _, found = read(has_card=(np.arange(N) % 2), species=given, sold=YES.astype(int), **columns)
    assert (found.labels, found.outputs) == (("species",), names)


def test_a_prediction_is_no_output_of_a_class_beside_numbered_ones():
    """Though its name begins as theirs do, and another column has some of their numbers."""
    place = np.arange(N) * 7 % 3
    outputs = np.random.default_rng(1).dirichlet(np.ones(3), N)
    numbered = {f"p{which}": outputs[:, which] for which in range(3)}
    _, found = read(**{"class": place}, **numbered, prediction=place[::-1], sex=np.arange(N) % 2)
    assert (found.labels, found.outputs) == (("class",), ("p0", "p1", "p2"))
    assert found.hard == "prediction"


@pytest.mark.parametrize("decided", [True, False])
def test_scores_of_the_likeliest_classes_are_not_those_of_each_class(decided):
    outputs = np.random.default_rng(1).dirichlet(np.ones(4), N)
    order = np.argsort(-outputs, axis=1)
    pets = np.array(["cat", "dog", "fox", "owl"])
    columns = {"label": pets[np.arange(N) * 7 % 4]}
    for rank in range(3):
        if decided:
            columns[f"pred_{rank + 1}"] = pets[order[:, rank]]
        columns[f"prob_{rank + 1}"] = outputs[np.arange(N), order[:, rank]]
    _, found = read(**columns)
    assert (found.labels, found.sure) == (("label",), False)
    assert (found.outputs == ("pred_1",)) == decided
    (doubt,) = map(str, found.doubts)
    assert doubt.startswith("prob_1, prob_2, prob_3 never rise from column to column: they ")
    assert ("are the scores of the likeliest classes" in doubt) == decided


def test_two_outputs_of_which_the_first_is_always_higher_may_be_of_rare_classes():
    low = np.linspace(0.01, 0.4, N)
    _, found = read(label=YES.astype(int), prob_0=1 - low, prob_1=low)
    assert (found.outputs, found.sure, found.doubts) == (("prob_0", "prob_1"), True, ())


def test_an_order_of_classes_that_is_said_is_kept():
    sure = np.where(YES, 0.9, 0.2)
    table, roles = read(y_true=YES.astype(int), p_yes=sure, p_no=1 - sure)
    said = to_predictions(table, roles, class_order=("yes", "no")).predictions
    assert said.class_names == ("yes", "no")
    assert (said.outputs[:, 0] == sure).all()
    assert (said.labels == YES).all()

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

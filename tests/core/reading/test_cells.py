"""Cells that are no numbers, and cells with an index before their class."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import Column, RawTable, Roles, guess_roles, read_columns, to_predictions
from metrics_core.reading.formats.stray_cells import settle


def table_of(cells, title="y_pred"):
    """A column of text, whatever a reader would have made of its cells."""
    words, codes = np.unique(np.array(cells), return_inverse=True)
    columns = {
        "y_true": Column(np.arange(len(cells)) % 2),
        title: Column(codes.astype(np.int32), words),
    }
    return settle(RawTable(name="mine.csv", format="CSV", n_rows=len(cells), columns=columns))


NUMBERS = [f"0.{i}5" for i in range(9)]


@pytest.mark.parametrize("cell", ["n.d.", "-", "?", "#DIV/0!", "error", "~0.3", "missing", "n. a."])
def test_text_among_numbers_is_named_and_counts_as_missing(cell):
    table = table_of([*NUMBERS, cell, "0.5"])
    roles = guess_roles(table)
    assert (roles.labels, roles.outputs) == (("y_true",), ("y_pred",))
    with pytest.raises(InputError, match="1 of 11 rows, the first is row 9"):
        to_predictions(table, roles)
    loaded = to_predictions(table, roles, missing="drop")
    assert loaded.predictions.n_samples == 10
    expected = f"1 of 11 cells is no number ({cell!r} in row 9)"
    assert any(expected in str(note) for note in loaded.notes)


def test_classes_that_are_partly_numbers_stay_words():
    table = table_of(["1", "2", "3a", "1", "2", "3b"], "predicted")
    assert table.columns["predicted"].is_text
    assert guess_roles(table).outputs == ("predicted",)


def test_a_mark_before_the_number_of_the_predicted_class_is_read():
    table = table_of(["*0.75", "0.25", "*0.5", "0.125"], "probability")
    assert to_predictions(table, guess_roles(table)).predictions.y_pred.tolist() == [
        0.75, 0.25, 0.5, 0.125,
    ]  # fmt: skip


def test_words_chosen_as_outputs_are_named_with_their_row_and_number():
    table = read_columns(b"a,b\n1,x\n0,0.5\n1,y\n", "mine.csv")
    with pytest.raises(
        InputError, match="words in b: 2 of 3 cells are no numbers, the first is 'x'"
    ):
        to_predictions(table, Roles(labels=("a",), outputs=("b",)))


def test_indices_before_the_classes_give_their_order():
    text = b"actual,predicted\n2:no,2:no\n1:yes,2:no\n1:yes,1:yes\n"
    table = read_columns(text, "weka.csv")
    loaded = to_predictions(table, guess_roles(table))
    assert loaded.classes == ("yes", "no")
    assert loaded.predictions.y_true.tolist() == [1, 0, 0]

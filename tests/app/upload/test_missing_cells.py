"""Cells that are missing or no numbers: counted, and left out only when asked."""

from __future__ import annotations

GAPS = b"y_true,y_pred\n0,0.1\n1,\n1,0.75\n,0.25\n1,0.5\n"


def test_missing_values_are_counted_and_dropped_only_when_asked(visit):
    lens = visit(data="upload").drop("a.csv", GAPS)
    assert lens.app.toggle(key="drop").label == "Leave out the 2 rows with missing cells"
    lens.click("use")
    assert "missing" in lens.errors[0]
    lens.set(drop=True).click("use")
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"
    assert "2 of 5 rows have missing cells and are left out" in lens.texts


def test_the_refusal_of_missing_cells_offers_to_leave_the_rows_out(visit):
    lens = visit(data="upload").drop("a.csv", GAPS).click("use")
    assert "leave out the 2 rows" in lens.errors[0]
    lens.click("leave_out")
    assert lens.errors == []
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"


def test_a_cell_that_is_no_number_is_named_and_can_be_left_out(visit):
    content = b"y_true,y_pred\n0,0.1\n1,n.d.\n1,0.75\n0,0.25\n1,~0.5\n"
    lens = visit(data="upload").drop("a.csv", content)
    assert "y_pred: 2 of 5 cells are no numbers (the first is 'n.d.' in row 1)" in lens.texts
    lens.click("use").click("leave_out")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 3"


def test_rows_without_an_epoch_are_dropped_only_when_asked(visit):
    content = b"epoch,y_true,y_pred\n1,1,0.75\n,1,0.25\n2,1,0.75\n2,1,0.25\n"
    lens = visit(data="upload").drop("log.csv", content).click("use")
    assert "the first is row 1 (epoch: 1)" in lens.errors[0]
    lens.set(drop=True).click("use")
    assert lens.cards["binary_accuracy"]["count"] == "1 of 2"
    assert "epoch 2 of 2" in lens.texts

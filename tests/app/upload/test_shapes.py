"""Uploads of workbooks, of arrays with positions, of heads, and of two files, through the page."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from tests.core.reading.books import xlsx
from tests.numpy_files import npz

OLD_BOOK = Path(__file__).parents[2] / "data" / "predictions.xls"
"""Written by xlwt: a sheet of notes, then `id`, `truth` (yes, no) and `score` of 12 samples."""
RNG = np.random.default_rng(5)
OUTPUTS = RNG.random((2, 4, 5, 3)).astype("f4")
CLASSES = RNG.integers(0, 3, (2, 4, 5))
CLASSES[0, 0] = 255
COUNTED = CLASSES != 255
RIGHT = OUTPUTS.argmax(-1) == CLASSES


def test_a_workbook_is_read_and_its_format_is_named(visit):
    rows = [["Run 3"], ["y_true", "y_pred"], [1, 0.75], [0, 0.25], [1, 0.125], [0, "0,5"]]
    lens = visit(data="upload").drop("book.xlsx", xlsx({"Results": rows}))
    assert lens.errors == []
    assert "excel workbook (xlsx)" in lens.texts.lower()
    assert "The table begins in row 2 of its sheet." in lens.texts
    lens.click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 4"


def test_another_sheet_can_be_chosen(visit):
    sheets = {
        "A": [["y_true", "y_pred"], [1, 0.75], [0, 0.25]],
        "B": [["label", "score"], [1, 0.25], [0, 0.25], [0, 0.75]],
    }
    lens = visit(data="upload").drop("book.xlsx", xlsx(sheets))
    lens.set(**{"part-book.xlsx": "B"})
    assert lens.app.multiselect[0].value == ["label"]
    lens.click("use")
    assert lens.errors == []
    assert lens.cards["binary_accuracy"]["count"] == "1 of 3"


def test_a_workbook_of_the_old_format_is_read(visit):
    lens = visit(data="upload").drop(OLD_BOOK.name, OLD_BOOK.read_bytes())
    assert lens.errors == []
    assert "excel workbook (xls)" in lens.texts.lower()
    assert "The sheet Predictions is read" in lens.texts
    lens.click("use")
    assert lens.cards["binary_accuracy"]["count"] == "6 of 12"
    assert lens.values["recall"] == "0.5000"


def test_whole_per_cent_beside_two_labels_are_scores_and_the_remedy_can_be_applied(visit):
    per_cent = [97, 4, 61, 33, 12, 88, 45, 71, 20, 55, 8, 93]
    lines = [f"{int(p > 40)},{p}" for p in per_cent]
    lens = visit(data="upload").drop("a.csv", "\n".join(["y_true,confidence", *lines]).encode())
    lens.click("use")
    assert "whole numbers from 4 to 97 beside labels 0 and 1: they are read as scores" in lens.texts
    lens.app.switch_page("pages/explain/doctor.py")
    lens.run().click("doctor_apply_outputs-scaled")
    assert lens.app.number_input(key="threshold").value == 50
    assert lens.cards["binary_accuracy"]["count"] == "11 of 12"


def test_words_in_a_column_of_no_known_name_are_the_labels_that_the_other_file_lacks(visit):
    labels = "customer,Churned\n7,Yes\n9,No\n8,No\n"
    outputs = "customer,probability\n8,0.25\n7,0.75\n9,0.625\n"
    lens = visit(data="upload").drop("a.csv", labels.encode(), ("b.csv", outputs.encode()))
    lens.click("use")
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"


def test_pixels_without_a_class_are_left_out_and_can_be_counted(visit):
    data = npz(y_true=CLASSES.astype("u1"), y_pred=OUTPUTS)
    lens = visit(data="upload").drop("out.npz", data)
    assert lens.app.selectbox(key="ignored-out.npz").value == "label 255"
    assert "Each of the 40 positions (2 × 4 × 5) is a sample" in lens.texts
    lens.click("use")
    card = lens.cards["sparse_categorical_accuracy"]
    assert card["count"] == f"{RIGHT[COUNTED].sum()} of 35"
    assert "5 of 40 rows are left out, whose label is 255" in lens.texts
    lens.click("reopen").set(**{"ignored-out.npz": "nothing"}).click("use")
    assert lens.cards["sparse_categorical_accuracy"]["count"] == f"{RIGHT.sum()} of 40"


def test_each_sample_can_count_once(visit):
    data = npz(y_true=CLASSES.astype("u1"), y_pred=OUTPUTS)
    lens = visit(data="upload").drop("out.npz", data)
    lens.set(upload_counting="sample").click("use")
    assert lens.errors == []
    lens.app.toggle(key="weighted").set_value(True)
    lens.run()
    of_samples = [RIGHT[i][COUNTED[i]].mean() for i in range(2)]
    assert lens.values["sparse_categorical_accuracy"] == f"{np.mean(of_samples):.4f}"


def test_the_head_is_asked_for(visit):
    data = npz(
        age_true=[0, 1, 2], age_pred=np.eye(3), sex_true=[0, 1, 1], sex_pred=[[0.2], [0.4], [0.9]]
    )
    lens = visit(data="upload").drop("heads.npz", data)
    assert lens.app.selectbox(key="part-heads.npz").options == ["age", "sex"]
    lens.set(**{"part-heads.npz": "sex"}).click("use")
    assert lens.errors == []
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"


SOLUTION = b"id,target\n7,1\n8,0\n9,1\n"
SUBMISSION = b"id,target\n9,0.4\n7,0.9\n11,0.3\n"


def test_two_files_dropped_together_are_one_data_set(visit):
    lens = visit(data="upload")
    lens.drop("sample_submission.csv", SUBMISSION, ("solution.csv", SOLUTION))
    assert lens.errors == []
    assert "2 rows are joined by id" in lens.texts
    lens.click("use")
    assert lens.cards["binary_accuracy"]["count"] == "1 of 2"


def test_a_second_file_goes_with_a_first_that_has_only_labels(visit):
    lens = visit(data="upload").drop("y_test.csv", b"y_true\n1\n0\n1\n")
    assert "No outputs are seen in this file" in lens.texts
    lens.drop("preds.csv", b"y_pred\n0.75\n0.625\n0.875\n")
    assert lens.errors == []
    lens.click("use")
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"


def test_three_files_are_refused(visit):
    lens = visit(data="upload").drop("a.csv", SOLUTION, ("b.csv", SOLUTION), ("c.csv", SOLUTION))
    assert "Got 3 files" in lens.errors[0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("model.pkl", pickle.dumps({"y": 1}), "pandas.read_pickle(path)"),
        ("outputs.h5", b"\x89HDF\r\n\x1a\n" + bytes(64), "h5py.File(path)"),
        ("model.h5", b"\x89HDF\r\n\x1a\n" + b"model_config", "model.predict"),
        ("old.pt", b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", "torch.load(path"),
        ("new.mat", b"MATLAB 7.3 MAT-file".ljust(512), "'-v7'"),
    ],
)
def test_what_is_not_opened_is_refused_with_the_lines_that_convert_it(visit, name, content, words):
    lens = visit(data="upload").drop(name, content)
    (sentence,) = lens.errors
    assert words in sentence
    assert "np.savez('outputs.npz'" in sentence or "save('outputs.mat'" in sentence

"""The question about the columns: what is guessed, said, and can be chosen otherwise."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.app.upload.samples import LABELS, OUTPUTS, PLAIN, rows

CHURN = rows(
    "tenure,Churned,churn_score",
    [f"{i % 7 + i},{'Yes' if i % 3 else 'No'},{0.9 - i / 40 if i % 3 else 0.1 + i / 50}"
     for i in range(12)],
)  # fmt: skip


def test_a_refused_choice_of_columns_loses_nothing(visit):
    lens = visit(data="upload").drop("a.csv", PLAIN)
    lens.app.multiselect[1].set_value([])
    lens.run().click("use")
    assert len(lens.errors) == 1
    lens.app.multiselect[1].set_value(["y_pred"])
    lens.run().click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 6"


def test_text_labels_are_mapped_in_an_order_that_can_be_turned_round(visit):
    content = b"label,score\ncat,0.9\ndog,0.8\ncat,0.1\ncat,0.2\n"
    lens = visit(data="upload").drop("pets.csv", content).click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 4"
    assert "0 = cat, 1 = dog" in lens.texts
    lens.click("reopen")
    lens.app.multiselect[2].set_value(["dog", "cat"])
    lens.run().click("use")
    assert lens.cards["binary_accuracy"]["count"] == "1 of 4"


def test_the_line_above_the_page_says_what_was_taken_and_asks_again(visit):
    lens = visit(data="upload").drop("churn.csv", CHURN).click("use")
    assert "Labels: Churned (Yes = 1) · Outputs: churn_score" in lens.texts
    lens.click("reopen")
    assert "Check the columns" in lens.texts
    assert lens.app.multiselect[0].value == ["Churned"]


def test_an_unsure_guess_says_so_and_the_next_best_column_is_one_click_away(visit):
    lines = [f"{i % 2},{int(i % 4 > 0)},{(i % 2) / 2 + i / 50}" for i in range(24)]
    lens = visit(data="upload").drop("two.csv", rows("a,b,p", lines))
    assert "This is a guess" in "\n".join(warning.value for warning in lens.app.warning)
    lens.click("use")
    assert "Labels: b · Outputs: p · a guess, not sure" in lens.texts
    before = lens.cards["binary_accuracy"]["count"]
    lens.click("labels:a")
    assert "Labels: a · Outputs: p · as chosen" in lens.texts
    assert lens.cards["binary_accuracy"]["count"] != before
    lens.click("labels:b")
    assert lens.cards["binary_accuracy"]["count"] == before


def test_what_was_left_out_is_said_at_the_question(visit):
    sink = io.BytesIO()
    images = pa.array([b"x"] * 6, pa.binary())
    made = pa.table({"y_true": LABELS, "y_pred": OUTPUTS, "picture": images})
    pq.write_table(made, sink)
    lens = visit(data="upload").drop("pictures.parquet", sink.getvalue())
    assert "The column picture is left out" in lens.texts


def test_class_1_can_be_turned_round_at_the_question(visit):
    lens = visit(data="upload").drop("churn.csv", CHURN)
    assert lens.app.multiselect[2].value == ["No", "Yes"]
    right = lens.click("use").cards["binary_accuracy"]["count"]
    lens.click("reopen").click("turn").click("use")
    assert "Churned (No = 1)" in lens.texts
    assert lens.cards["binary_accuracy"]["count"] != right


def test_a_score_of_the_predicted_class_is_read_as_such_and_can_be_read_otherwise(visit):
    lines = [f"{'ab'[i % 2]},{'ab'[i % 2]},{0.6 + i / 100}" for i in range(20)]
    lens = visit(data="upload").drop("w.csv", rows("actual,predicted,score", lines))
    assert "score is read as the probability of the class in predicted" in lens.texts
    lens.click("use")
    assert lens.cards["binary_accuracy"]["count"] == "20 of 20"
    lens.click("reopen").set(**{"predicted-w.csv": "none"}).click("use")
    assert lens.cards["binary_accuracy"]["count"] == "10 of 20"


def test_the_threshold_of_a_column_of_predictions_is_said(visit):
    lines = [f"{int(i > 5)},{1 - i / 20},{i / 20},{int(i % 9 > 4)}" for i in range(20)]
    lens = visit(data="upload").drop("h.csv", rows("predict,p0,p1,y", lines))
    assert "predict agrees with p1 > 0.25 in all 20 rows" in lens.texts


def test_words_that_name_no_output_column_are_named(visit):
    content = b"label,p_cat,p_dog\ncat,0.9,0.1\nwolf,0.2,0.8\n"
    lens = visit(data="upload").drop("pets.csv", content)
    shown = "\n".join(warning.value for warning in lens.app.warning).replace("\\", "")
    assert "'wolf' in row 1, with columns p_cat, p_dog" in shown
    lens.click("use")
    assert "wolf" in lens.errors[0]
    lens.set(**{"match-pets.csv": True}).click("use")
    assert lens.cards["sparse_categorical_accuracy"]["count"] == "2 of 2"


def test_labels_of_signs_are_mapped_or_kept_as_keras_compares_them(visit):
    signs = [-1, 1, 1, -1, 1, 1]
    lines = [f"{label},{output}" for label, output in zip(signs, OUTPUTS, strict=True)]
    lens = visit(data="upload").drop("signs.csv", rows("y_true,y_pred", lines)).click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 6"
    assert "labels -1 and 1 are read as 0 and 1" in lens.texts
    lens.click("reopen").set(**{"signs-signs.csv": "as they are"}).click("use")
    assert lens.errors == []
    decided = np.array(OUTPUTS) > 0.5
    printed = np.mean(decided == np.array(signs))  # Keras: mean(equal(y, p > 0.5))
    assert lens.values["binary_accuracy"] == f"{printed:.4f}" == "0.3333"
    assert lens.cards["binary_accuracy"]["count"] == "2 of 6"
    assert "labels -1 and 1 are used as they are" in lens.texts


def test_only_labels_of_signs_are_asked_about(visit):
    lens = visit(data="upload").drop("a.csv", PLAIN)
    assert [group.key for group in lens.app.button_group if group.key.startswith("signs")] == []

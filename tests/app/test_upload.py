"""Uploads through the page: every format, spoiled files, wrong guesses, missing values."""

from __future__ import annotations

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest

from accuracy_lens.view.table import View

LABELS = [0, 1, 1, 0, 1, 1]
OUTPUTS = [0.25, 0.75, 0.5, 0.625, 0.875, 0.125]


def delimited(separator: str) -> bytes:
    lines = [f"y_true{separator}y_pred"]
    lines += [f"{t}{separator}{p}" for t, p in zip(LABELS, OUTPUTS, strict=True)]
    return "\n".join(lines).encode()


def arrow(write) -> bytes:
    sink = io.BytesIO()
    write(pa.table({"y_true": LABELS, "y_pred": pa.array(OUTPUTS, pa.float32())}), sink)
    return sink.getvalue()


def stream(table: pa.Table, sink: io.BytesIO) -> None:
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)


def npz() -> bytes:
    sink = io.BytesIO()
    np.savez(sink, y_true=np.array(LABELS), y_pred=np.array(OUTPUTS, "f4"))
    return sink.getvalue()


ROWS = [{"y_true": t, "y_pred": p} for t, p in zip(LABELS, OUTPUTS, strict=True)]
FILES = {
    "a.csv": delimited(","),
    "a.tsv": delimited("\t"),
    "records.json": json.dumps(ROWS).encode(),
    "columns.json": json.dumps({"y_true": LABELS, "y_pred": OUTPUTS}).encode(),
    "a.jsonl": "\n".join(json.dumps(row) for row in ROWS).encode(),
    "a.parquet": arrow(pa.parquet.write_table),
    "a.feather": arrow(pa.feather.write_feather),
    "a.arrow": arrow(stream),
    "a.npz": npz(),
    "utf16.csv": delimited(",").decode().encode("utf-16"),
    "bom.csv": b"\xef\xbb\xbf" + delimited(","),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_every_format_gives_the_same_cards(visit, name):
    lens = visit(data="upload").drop(name, FILES[name])
    assert lens.errors == []
    lens.click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 6"
    assert lens.values["mean_prediction"] == "0.5208"
    assert name in lens.texts


def test_a_lone_npy_array_is_read_once_its_columns_are_chosen(visit):
    sink = io.BytesIO()
    np.save(sink, np.column_stack([LABELS, OUTPUTS]).astype("f4"))
    lens = visit(data="upload").drop("a.npy", sink.getvalue())
    assert lens.errors == []
    labels, outputs = lens.app.multiselect[:2]
    labels.set_value(labels.options[:1])
    outputs.set_value(outputs.options[1:])
    lens.run().click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 6"


def npy_header(dtype: str, rows: int) -> bytes:
    header = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({rows},), }}"
    return b"\x93NUMPY\x01\x00v\x00" + header.ljust(117).encode() + b"\n"


BAD = {
    "cut.csv": b"y_true,y_pred\n0,0.1\n1",
    "empty.tsv": b"",
    "open.json": b'[{"y_true": 1',
    "word.jsonl": b"{\nnope",
    "short.parquet": b"PAR1 not a file PAR1",
    "short.feather": b"ARROW1\x00\x00",
    "short.arrow": b"\xff\xff\xff\xff\x10\x00\x00\x00",
    "lying.npy": npy_header("<f4", 10**12),
    "pickled.npy": npy_header("|O", 1),
    "short.npz": b"PK\x03\x04rest",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_spoiled_file_gives_one_sentence_and_the_next_upload_works(visit, name):
    lens = visit(data="upload").drop(name, BAD[name])
    (sentence,) = lens.errors
    assert "must" in sentence
    assert "Got" in sentence
    assert sentence.rstrip().endswith(".")
    lens.drop("a.csv", FILES["a.csv"]).click("use")
    assert lens.errors == []
    assert lens.cards["binary_accuracy"]["count"] == "3 of 6"


def test_a_refused_choice_of_columns_loses_nothing(visit):
    lens = visit(data="upload").drop("a.csv", FILES["a.csv"])
    lens.app.multiselect[1].set_value([])
    lens.run().click("use")
    assert len(lens.errors) == 1
    lens.app.multiselect[1].set_value(["y_pred"])
    lens.run().click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 6"


def test_missing_values_are_counted_and_dropped_only_when_asked(visit):
    lens = visit(data="upload").drop("a.csv", b"y_true,y_pred\n0,0.1\n1,\n1,0.75\n,0.25\n1,0.5\n")
    assert lens.app.toggle(key="drop").label == "Leave out the 2 rows with missing cells"
    lens.click("use")
    assert "missing" in lens.errors[0]
    lens.app.toggle(key="drop").set_value(True)
    lens.run().click("use")
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"
    assert "2 of 5 rows have missing cells and are left out" in lens.texts


def test_text_labels_are_mapped_in_an_order_that_can_be_turned_round(visit):
    content = b"label,score\ncat,0.9\ndog,0.8\ncat,0.1\ncat,0.2\n"
    lens = visit(data="upload").drop("pets.csv", content).click("use")
    assert lens.cards["binary_accuracy"]["count"] == "3 of 4"
    assert "0 = cat, 1 = dog" in lens.texts
    lens.click("reopen")
    lens.app.multiselect[2].set_value(["dog", "cat"])
    lens.run().click("use")
    assert lens.cards["binary_accuracy"]["count"] == "1 of 4"


def test_removing_the_file_asks_for_another(visit):
    lens = visit(data="upload").drop("a.csv", FILES["a.csv"]).click("use").click("remove")
    assert len(lens.app.file_uploader) == 1
    assert "Drop a file" in lens.texts


def test_another_visitor_does_not_see_the_file(visit):
    visit(data="upload").drop("mine.csv", FILES["a.csv"]).click("use")
    other = visit(data="upload")
    assert "mine.csv" not in other.texts
    assert "Drop a file" in other.texts


def test_a_name_in_a_file_is_shown_as_it_stands_and_never_as_markdown(visit):
    name = "![x](http://example.org/x.png).csv"
    lens = visit(data="upload").drop(name, FILES["a.csv"]).click("use")
    shown = [element.value for element in lens.app.markdown if "example" in element.value]
    assert shown
    assert all("](" not in text for text in shown)


def epochs_file(sizes: dict[int, int]) -> bytes:
    """One sample is right in the first epoch, two in the second, and so on."""
    lines = ["epoch,y_true,y_pred"]
    for right, (epoch, size) in enumerate(sizes.items(), 1):
        lines += [f"{epoch},1,{0.75 if row < right else 0.25}" for row in range(size)]
    return "\n".join(lines).encode()


@pytest.fixture
def logged(visit):
    def drop(sizes=None, **query):
        content = epochs_file(sizes or {1: 4, 2: 6, 3: 5})
        lens = visit(data="upload", **query).drop("log.csv", content)
        assert lens.app.selectbox(key="epoch-log.csv").value == "epoch"
        return lens.click("use")

    return drop


def test_a_slider_moves_through_the_epochs_of_a_file(logged):
    lens = logged()
    assert lens.cards["binary_accuracy"]["count"] == "3 of 5"
    assert "epoch 3 of 3" in lens.texts
    slider = lens.app.select_slider(key="epoch")
    assert list(slider.options) == ["1", "2", "3"]
    assert slider.proto.query_param_key == "epoch"
    counts = {}
    for epoch in (1, 2, 3, 1):
        lens.app.select_slider(key="epoch").set_value(epoch)
        lens.run()
        counts[epoch] = lens.cards["binary_accuracy"]["count"]
        assert f"epoch {epoch} of 3" in lens.texts
    assert counts == {1: "1 of 4", 2: "2 of 6", 3: "3 of 5"}


PAGES = [
    "explore/metrics", "explore/thresholds", "explore/classes", "explain/which_accuracy",
    "explain/number", "explain/doctor",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_epoch_stays_on_every_page_and_moves_there(logged, page):
    lens = logged()
    lens.app.select_slider(key="epoch").set_value(2)
    lens.run().app.switch_page(f"pages/{page}.py")
    lens.run()
    assert "epoch 2 of 3" in lens.texts
    assert "6 samples" in lens.texts
    lens.app.select_slider(key="epoch").set_value(1)
    lens.run()
    assert lens.errors == []
    assert "epoch 1 of 3" in lens.texts
    assert "4 samples" in lens.texts


def test_a_shorter_epoch_has_no_sample_beyond_its_end(logged):
    lens = logged()
    lens.app.select_slider(key="epoch").set_value(2)
    lens.run().set(sample=5)
    lens.app.select_slider(key="epoch").set_value(1)
    lens.run()
    assert lens.app.number_input(key="sample").value == 0
    assert lens.errors == []


def test_the_epoch_in_the_address_is_opened_where_the_file_has_it(logged):
    assert "epoch 2 of 3" in logged(epoch=2).texts
    assert "epoch 3 of 3" in logged(epoch=9).texts


def test_another_file_with_other_epochs_starts_at_its_last(logged):
    lens = logged()
    lens.app.select_slider(key="epoch").set_value(2)
    lens.run().click("remove").drop("next.csv", epochs_file({5: 3, 10: 3})).click("use")
    assert "epoch 10 of 10" in lens.texts
    assert lens.cards["binary_accuracy"]["count"] == "2 of 3"


def test_one_epoch_has_no_slider_and_a_column_may_be_set_to_not_used(logged):
    lens = logged({7: 4})
    assert len(lens.app.select_slider) == 0
    assert lens.cards["binary_accuracy"]["count"] == "1 of 4"
    lens = logged().click("reopen").set(**{"epoch-log.csv": "none"}).click("use")
    assert len(lens.app.select_slider) == 0
    assert lens.cards["binary_accuracy"]["count"] == "6 of 15"


def test_a_broken_epoch_is_named_and_the_file_is_of_use_without_it(visit):
    content = b"epoch,y_true,y_pred\n1,1,0.75\n1.5,1,0.25\n"
    lens = visit(data="upload").drop("log.csv", content).click("use")
    (sentence,) = lens.errors
    assert "1.5 in row 1" in sentence
    lens.set(**{"epoch-log.csv": "none"}).click("use")
    assert lens.errors == []
    assert lens.cards["binary_accuracy"]["count"] == "1 of 2"


def test_rows_without_an_epoch_are_dropped_only_when_asked(visit):
    content = b"epoch,y_true,y_pred\n1,1,0.75\n,1,0.25\n2,1,0.75\n2,1,0.25\n"
    lens = visit(data="upload").drop("log.csv", content).click("use")
    assert "the first is row 1 (epoch: 1)" in lens.errors[0]
    lens.app.toggle(key="drop").set_value(True)
    lens.run().click("use")
    assert lens.cards["binary_accuracy"]["count"] == "1 of 2"
    assert "epoch 2 of 2" in lens.texts


def rows(header: str, lines: list[str]) -> bytes:
    return "\n".join([header, *lines]).encode()


CHURN = rows(
    "tenure,Churned,churn_score",
    [f"{i % 7 + i},{'Yes' if i % 3 else 'No'},{0.9 - i / 40 if i % 3 else 0.1 + i / 50}"
     for i in range(12)],
)  # fmt: skip


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


def test_the_refusal_of_missing_cells_offers_to_leave_the_rows_out(visit):
    content = b"y_true,y_pred\n0,0.1\n1,\n1,0.75\n,0.25\n1,0.5\n"
    lens = visit(data="upload").drop("a.csv", content).click("use")
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


def test_what_was_left_out_is_said_at_the_question(visit):
    sink = io.BytesIO()
    images = pa.array([b"x"] * 6, pa.binary())
    made = pa.table({"y_true": LABELS, "y_pred": OUTPUTS, "picture": images})
    pa.parquet.write_table(made, sink)
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


def test_the_encoding_that_was_guessed_is_shown_and_can_be_changed(visit):
    text = "Diagnose;p_geschädigt\ngesund;0,25\ngeschädigt;0,75\n"
    lens = visit(data="upload").drop("scan.csv", text.encode("cp1252"))
    key = View.upload_encoding.of("scan.csv").key
    assert lens.app.selectbox(key=key).value == "cp1252"
    assert "p_geschädigt" in lens.app.dataframe[0].value.columns
    lens.set(**{key: "cp850"})
    assert "it was read as DOS code page 850" in lens.texts
    assert "p_geschädigt" not in lens.app.dataframe[0].value.columns
    lens.set(**{key: "cp1252"}).click("use")
    assert lens.errors == []
    assert lens.app.session_state["_source"].predictions.class_names == ("gesund", "geschädigt")
    plain = visit(data="upload").drop("plain.csv", text.encode())
    assert not [box for box in plain.app.selectbox if box.label == "Encoding of the text"]


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
    lens = visit(data="upload").drop("a.csv", FILES["a.csv"])
    assert [group.key for group in lens.app.button_group if group.key.startswith("signs")] == []

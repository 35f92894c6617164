"""Files that are dropped: every format, spoiled ones, their encoding, name and visitor."""

from __future__ import annotations

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest

from accuracy_lens.view.control_table.table import View
from tests.app.upload.samples import LABELS, OUTPUTS, PLAIN, delimited
from tests.numpy_files import npy, npz


def arrow(write) -> bytes:
    sink = io.BytesIO()
    write(pa.table({"y_true": LABELS, "y_pred": pa.array(OUTPUTS, pa.float32())}), sink)
    return sink.getvalue()


def stream(table: pa.Table, sink: io.BytesIO) -> None:
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)


ROWS = [{"y_true": t, "y_pred": p} for t, p in zip(LABELS, OUTPUTS, strict=True)]
FILES = {
    "a.csv": PLAIN,
    "a.tsv": delimited("\t"),
    "records.json": json.dumps(ROWS).encode(),
    "columns.json": json.dumps({"y_true": LABELS, "y_pred": OUTPUTS}).encode(),
    "a.jsonl": "\n".join(json.dumps(row) for row in ROWS).encode(),
    "a.parquet": arrow(pa.parquet.write_table),
    "a.feather": arrow(pa.feather.write_feather),
    "a.arrow": arrow(stream),
    "a.npz": npz(y_true=np.array(LABELS), y_pred=np.array(OUTPUTS, "f4")),
    "utf16.csv": PLAIN.decode().encode("utf-16"),
    "bom.csv": b"\xef\xbb\xbf" + PLAIN,
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
    content = npy(np.column_stack([LABELS, OUTPUTS]).astype("f4"))
    lens = visit(data="upload").drop("a.npy", content)
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
    lens.drop("a.csv", PLAIN).click("use")
    assert lens.errors == []
    assert lens.cards["binary_accuracy"]["count"] == "3 of 6"


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


def test_removing_the_file_asks_for_another(visit):
    lens = visit(data="upload").drop("a.csv", PLAIN).click("use").click("remove")
    assert len(lens.app.file_uploader) == 1
    assert "Drop a file" in lens.texts


def test_another_visitor_does_not_see_the_file(visit):
    visit(data="upload").drop("mine.csv", PLAIN).click("use")
    other = visit(data="upload")
    assert "mine.csv" not in other.texts
    assert "Drop a file" in other.texts


def test_a_name_in_a_file_is_shown_as_it_stands_and_never_as_markdown(visit):
    name = "![x](http://example.org/x.png).csv"
    lens = visit(data="upload").drop(name, PLAIN).click("use")
    shown = [element.value for element in lens.app.markdown if "example" in element.value]
    assert shown
    assert all("](" not in text for text in shown)

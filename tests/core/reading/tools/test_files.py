"""Whole files as tools write them: from the bytes to the right accuracy, with the guess accepted.

Each file of `tests/data/tools.json` was once read wrongly.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from metrics_core.reading import guess_roles, read_columns, to_predictions
from metrics_core.reading.formats.encoding.names import encoding_said
from metrics_core.reading.formats.encoding.recode import encodings_of, recoded
from metrics_core.reading.joining import guess, join
from tests.every import every

FILES = json.loads((Path(__file__).parents[3] / "data" / "tools.json").read_text(encoding="utf-8"))


@every("name", FILES)
def test_the_file_of_a_tool_gives_its_accuracy(name: str) -> None:
    file = FILES[name]
    content = file["text"].encode(file.get("encoding", "utf-8"))
    table = read_columns(content, "file")
    roles = guess_roles(table)
    data = to_predictions(table, roles, missing="drop").predictions
    decided = {
        "binary": lambda scores: scores > 0.5,
        "sparse": lambda scores: scores.argmax(axis=1),
        "class_indices": lambda classes: classes,
    }[data.kind](data.y_pred)
    assert np.mean(decided == data.y_true) == pytest.approx(file["right"], abs=1e-6), roles
    if "one" in file:
        assert data.class_names is not None
        assert data.class_names[1] == file["one"]


def read(text: str, name: str, encoding: str = "utf-8"):
    return read_columns(text.encode(encoding), name)


def test_another_encoding_reads_words_and_names_again_and_comes_back():
    text = "größe,p\nschön,0.5\nhäßlich,0.25\n"
    wrong = recoded(read(text, "x.csv", "cp1252"), "cp850")
    assert [encoding_said(note) for note in wrong.notes] == ["cp850"]
    assert "größe" not in wrong.columns
    again = recoded(wrong, "cp1252")
    assert list(again.columns) == ["größe", "p"]
    assert again.columns["größe"].values.tolist() == ["schön", "häßlich"]
    assert again.columns["p"].values.tolist() == [0.5, 0.25]


def test_an_encoding_that_cannot_read_the_bytes_is_not_offered():
    table = read("y,p\nsicher\x81,1\n".replace("\x81", "ü"), "x.csv", "cp850")
    assert "cp850" in encodings_of(table)
    assert "cp1252" not in encodings_of(table)  # it has no sign for the byte of this ü
    assert encodings_of(read("y,p\nü,1\n", "x.csv")) == ()


@pytest.mark.parametrize(
    ("write", "other"),
    [
        (str, lambda row: f"img_{row}"),
        (str, lambda row: f"{row:05d}"),
        (lambda row: f"im{row}", lambda row: f"test/im{row}.PNG"),
        (lambda row: f"{row}.0", lambda row: f"u{row}"),
    ],
)
def test_ids_of_two_files_meet_though_they_are_written_differently(write, other):
    labels = [1, 0, 1, 1, 0, 1]
    true = "id,target\n" + "".join(f"{write(i)},{y}\n" for i, y in enumerate(labels))
    rows = [{"id": other(i), "pred": 0.1 + 0.1 * y} for i, y in enumerate(labels)][::-1]
    table = join(read(true, "labels.csv"), read(json.dumps(rows), "pred.json"))
    data = to_predictions(table, guess(table)).predictions
    assert data.y_true.tolist() == labels[::-1]
    assert data.y_pred.tolist() == [0.1 + 0.1 * y for y in labels[::-1]]


def test_what_was_turned_is_said():
    said = {}
    for name in ("minus one plus one prob", "minus one both", "prob_0 only", "onehot vs index"):
        table = read(FILES[name]["text"], "x.csv")
        said[name] = " ".join(map(str, to_predictions(table, guess_roles(table)).notes))
    assert "counts every -1 as wrong" in said["minus one plus one prob"]
    assert "on both sides" in said["minus one both"]
    assert "1 - prob_0" in said["prob_0 only"]
    assert "one-hot labels are read as class indices" in said["onehot vs index"]


def test_a_name_of_class_0_is_not_turned_where_the_values_speak_against_it():
    text = "y_true,prob_0\n1,0.9\n0,0.1\n1,0.8\n0,0.2\n"
    table = read(text, "x.csv")
    data = to_predictions(table, guess_roles(table)).predictions
    assert data.y_pred.tolist() == [0.9, 0.1, 0.8, 0.2]


def test_targets_and_outputs_of_matlab_networks():
    true, pred = np.arange(12) % 2, np.linspace(0.05, 0.95, 12)
    text = "y,t\n" + "".join(f"{p},{t}\n" for t, p in zip(true, pred, strict=True))
    roles = guess_roles(read(text, "x.csv"))
    assert (roles.labels, roles.outputs) == (("t",), ("y",))
    rows = enumerate(zip(true, pred, strict=True))
    time = "t,y,p\n" + "".join(f"{i},{t},{p}\n" for i, (t, p) in rows)
    assert guess_roles(read(time, "x.csv")).labels == ("y",)


def test_single_values_by_id_are_rows():
    table = read('{"a1": 0.9, "b2": 0.2, "c3": 0.3}', "x.json")
    assert table.columns["index"].values.tolist() == ["a1", "b2", "c3"]
    assert table.columns["value"].values.tolist() == [0.9, 0.2, 0.3]
    assert list(read('{"p_0": 0.9, "p_1": 0.1}', "x.json").columns) == ["p_0", "p_1"]

"""MATLAB files: what people save, and files that lie."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from dataclasses import replace

import numpy as np
import pytest
import scipy.io

from metrics_core.errors import InputError
from metrics_core.reading import LIMITS, guess_roles, read_columns, to_predictions

RNG = np.random.default_rng(1)
LABELS = np.array([0, 1, 2, 1, 0, 2, 2, 1, 0, 0])
OUTPUTS = RNG.random((10, 3))
RIGHT = float(np.mean(OUTPUTS.argmax(1) == LABELS))


def mat(compressed: bool = True, **arrays) -> bytes:
    file = io.BytesIO()
    scipy.io.savemat(file, arrays, do_compression=compressed)
    return file.getvalue()


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize(
    ("y_true", "y_pred"),
    [
        (LABELS, OUTPUTS),
        (LABELS[:, None].astype(float), OUTPUTS),
        (LABELS + 1, OUTPUTS),
        (LABELS, OUTPUTS.T),
    ],
)
def test_labels_and_outputs_of_a_file(compressed, y_true, y_pred):
    data = mat(compressed, y_true=y_true, y_pred=y_pred)
    table = read_columns(data, "out.mat")
    assert table.format == "MATLAB"
    predictions = to_predictions(table, guess_roles(table)).predictions
    assert float(np.mean(predictions.y_pred.argmax(1) == predictions.y_true)) == RIGHT


def test_samples_in_columns_are_turned_round():
    table = read_columns(mat(y_true=np.eye(3)[LABELS].T, y_pred=OUTPUTS.T), "out.mat")
    predictions = to_predictions(table, guess_roles(table)).predictions
    assert predictions.kind == "one_hot"
    assert np.array_equal(predictions.y_pred, OUTPUTS)
    assert "columns of y_true, y_pred" in str(table.notes[0])


def test_whole_numbers_on_both_sides_are_classes_though_they_are_doubles():
    table = read_columns(mat(y_true=LABELS * 1.0, y_pred=OUTPUTS.argmax(1) * 1.0), "out.mat")
    assert to_predictions(table, guess_roles(table)).predictions.kind == "class_indices"


def test_words_structs_and_sequences():
    words = np.array(["cat", "dog", "eel"], dtype=object)[LABELS]
    table = read_columns(mat(label=words, scores=OUTPUTS, net={"layers": 3}), "out.mat")
    loaded = to_predictions(table, guess_roles(table))
    assert loaded.classes == ("cat", "dog", "eel")
    assert "net is left out: it is a struct; save its fields" in str(table.notes[0])
    table = read_columns(mat(y_true=LABELS.reshape(2, 5), y_pred=OUTPUTS.reshape(2, 5, 3)), "x.mat")
    assert table.lead == (2, 5)


def element(kind: int, body: bytes) -> bytes:
    return struct.pack("<II", kind, len(body)) + body


def matrix(
    shape: tuple[int, int], values: bytes, declared: int | None = None, kind: int = 6
) -> bytes:
    flags = element(6, struct.pack("<II", kind, 0))
    dims = element(5, struct.pack("<ii", *shape))
    name = struct.pack("<II", 1, 6) + b"y_true\0\0"
    size = len(values) if declared is None else declared
    return element(14, flags + dims + name + struct.pack("<II", 9, size) + values)


def cell(content: bytes) -> bytes:
    flags, dims = element(6, struct.pack("<II", 1, 0)), element(5, struct.pack("<ii", 1, 1))
    return element(14, flags + dims + struct.pack("<II", 1, 6) + b"y_true\0\0" + content)


def file(*parts: bytes) -> bytes:
    return b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM" + b"".join(parts)


def test_the_hand_written_form_is_right():
    table = read_columns(file(matrix((3, 1), np.arange(3.0).tobytes())), "x.mat")
    assert table.columns["y_true"].values.tolist() == [0, 1, 2]


BOMB = element(15, zlib.compress(matrix((1000, 1000), bytes(8_000_000)), 9))
HOSTILE = {
    "shape": file(matrix((2**30, 2), bytes(16))),
    "compressed shape": file(element(15, zlib.compress(matrix((2**30, 2), bytes(16))))),
    "negative": file(matrix((-4, 2), bytes(16))),
    "size": file(matrix((2, 1), bytes(16), 2**31)),
    "compressed size": file(element(15, zlib.compress(matrix((2, 1), bytes(16), 2**32 - 1)))),
    "cut": file(matrix((4, 1), bytes(32)))[:-20],
    "tag": file(struct.pack("<II", 15, 2**32 - 1)),
    "garbage": file(bytes(range(256)) * 4),
    "not deflated": file(element(15, b"nothing of the kind")),
    "empty": file(),
    "cell of an unknown kind": file(cell(matrix((2, 1), bytes(16), kind=19))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_lies_is_refused(name):
    with pytest.raises(InputError, match=r"`a\.mat` must"):
        read_columns(HOSTILE[name], "a.mat")


def test_what_inflates_above_the_limit_is_refused():
    assert len(BOMB) < 20_000
    with pytest.raises(InputError, match="at most 1 MB once opened"):
        read_columns(file(BOMB), "a.mat", replace(LIMITS, max_array_bytes=1 << 20))


def test_without_scipy_the_refusal_says_what_brings_it(monkeypatch):
    data = mat(y_true=LABELS, y_pred=OUTPUTS)
    monkeypatch.setitem(sys.modules, "scipy.io", None)
    with pytest.raises(InputError, match=r"pip install 'accuracy-lens\[matlab\]'"):
        read_columns(data, "out.mat")

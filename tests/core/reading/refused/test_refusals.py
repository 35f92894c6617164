from __future__ import annotations

import io
import json
import pickle
import struct
import time
import zipfile
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import LIMITS, Roles, read_columns, to_predictions
from tests.every import every


def refusal(data: bytes, name: str = "mine.xyz", limits=LIMITS) -> str:
    with pytest.raises(InputError) as caught:
        read_columns(data, name, limits)
    text = str(caught.value)
    assert text.startswith(f"`{name}"), text
    assert len(text) < 600
    return text


def saved(save, *values, **options) -> bytes:
    file = io.BytesIO()
    save(file, *values, **options)
    return file.getvalue()


def parquet(columns: dict, **options) -> bytes:
    return saved(lambda file: pq.write_table(pa.table(columns), file, **options))


def npy_header(text: str, body: bytes = b"", version: int = 1) -> bytes:
    head = text.encode()
    size = struct.pack("<H" if version == 1 else "<I", len(head))
    return b"\x93NUMPY" + bytes([version, 0]) + size + head + body


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for title, content in members.items():
            archive.writestr(title, content)
    return file.getvalue()


def shape_header(shape: str, descr: str = "'<f4'") -> str:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n"


@every(
    ("data", "words"),
    [
        (b"", "0 bytes"),
        (b"y_true,y_pred\n", "at least one row"),
        (b"\n\n\n", "at least one row"),
        (b"a,a\n1,2\n", "'a' more than once"),
        (b"a,b\n1,2\n1,2,3\n", "3 cells in row 2"),
        (b'a,b\n1,"open\n', "closing quote"),
        (b"a,b\n1\n", "Got 1 cell in row 1: 1"),
        (b"[1, [2], 3]", "side by side"),
        (b'{"a": [1, 2], "b": [1]}', "a: 2, b: 1"),
        (b'{"a": 1', "not closed"),
        (b'[{"a": 1}', "not closed"),
        (b'[{"a": 1}]]', "closed twice"),
        (b'{"a": "x}', "closing quote"),
        (b'[{"a": 1} {"a": 2}]', "without a single comma"),
        (b'[{"a": 1},, {"a": 2}]', "without a single comma"),
        (b'[{"a": 1},]', "outside of its records"),
        (b'{"a": 1}, {"a": 2}', "not separated by a line break alone"),
        (b'{"a": 1}\n{"a": "x"}', "changed from number to string"),
        (b'{"a": 1, "a": 2}', "specified twice"),
        (b'{"a": {"0": 1, "0": 2}}', "same key"),
        (b'{"a": {"0": 1}, "b": {"1": 1}}', "different rows in the column b"),
        (b'{"columns": ["a"], "index": {"a": 1}}', "records or columns"),
        (b'{"a": tru}', "valid JSON"),
        (b"{}", "at least one"),
        (b"[]", "at least one row"),
        (b"PAR1", "valid Parquet"),
        (b"PAR1" + bytes(50) + b"PAR1", "valid Parquet"),
        (b"ARROW1\0\0" + bytes(50), "valid Arrow"),
        (b"\xff\xff\xff\xff\x10\0\0\0" + bytes(50), "valid Arrow"),
        (b"\x93NUMPY", "valid NPY"),
        (b"\x93NUMPY\x09\x00\x10\x00", "valid NPY"),
        (npy_header("not a header"), "cannot be read"),
        (npy_header(shape_header("(3,)"), bytes(8)), "8 bytes instead of 12 bytes"),
        (npy_header(shape_header("(3,)"), bytes(16)), "16 bytes instead of 12 bytes"),
        (npy_header(shape_header("(-3,)"), bytes(8)), "shape (-3,)"),
        (npy_header(shape_header("(0,)")), "at least one row"),
        (npy_header(shape_header("()"), bytes(4)), "shape (rows,)"),
        (npy_header(shape_header("(1,)", "'<c8'"), bytes(8)), "complex64"),
        (npy_header(shape_header("(1,)", "'|V8'"), bytes(8)), "not numbers or words"),
        (b"PK\x03\x04" + bytes(60), "valid NPZ"),
        (zipped({}), "an empty archive"),
        (zipped({"a.txt": b"x"}), "NPY arrays only"),
        (zipped({"a.npy": b"x"}), "valid NPY"),
        (bytes(range(256)) * 10, "not text"),
        (b"a,b\n\x00\x01\x02", "not text"),
    ],
)
def test_a_bad_file_is_refused_by_name_with_the_reason(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89HDF\r\n\x1a\n" + bytes(20), "h5py"),
        (pickle.dumps([1, 2]), "can run code"),
        (pickle.dumps([1, 2], protocol=2), "can run code"),
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (zipped({"[Content_Types].xml": b"x"}), "save the sheet as CSV"),
        (zipped({"config.json": b"{}", "model.weights.h5": b""}), "model.predict"),
        (zipped({"outputs/data.pkl": b""}), "PyTorch"),
        (b"FEA1" + bytes(20), "to_feather"),
        (b"\x28\xb5\x2f\xfd" + bytes(20), "Zstandard"),
        (saved(np.save, np.array([{}], dtype=object)), "not Python objects"),
        (saved(np.savez, y=np.array([None])), "not Python objects"),
    ],
)
def test_a_foreign_file_is_refused_with_the_way_to_convert_it(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_pickled_arrays_are_never_loaded() -> None:
    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("unpickled",))

    refusal(saved(np.save, np.array([Bomb()], dtype=object)))
    refusal(pickle.dumps(Bomb()))


def test_every_truncation_of_a_whole_file_is_refused_or_read() -> None:
    columns = {"y": list(range(50)), "p": [i / 50 for i in range(50)]}
    for data in (
        parquet(columns),
        saved(np.save, np.arange(50.0)),
        saved(np.savez_compressed, y=np.arange(50), p=np.arange(50.0)),
    ):
        for length in range(1, len(data), 7):
            refusal(data[:length])


def test_200000_equal_column_names_are_refused() -> None:
    text = refusal(b",".join([b"a"] * 200_000) + b"\n1\n")
    assert "10,000 columns" in text


def test_a_parquet_bomb_is_refused_by_its_footer() -> None:
    zeros = pa.array(np.zeros(10_000_000, dtype=np.int64))
    bomb = parquet({f"c{i}": zeros for i in range(11)}, compression="zstd")
    assert len(bomb) < 600_000
    started = time.perf_counter()
    assert "values" in refusal(bomb)
    rows = pa.array(np.zeros(10_000_001, dtype=np.int8))
    assert "10,000,001 rows" in refusal(parquet({"a": rows}))
    assert time.perf_counter() - started < 3


def test_a_long_word_in_many_rows_stays_small() -> None:
    words = pa.DictionaryArray.from_arrays(np.zeros(1_000_000, np.int32), ["x" * 5000])
    data = parquet({"word": words, "y": np.zeros(1_000_000, np.int8)}, compression="zstd")
    assert len(data) < 50_000
    table = read_columns(data, "x")
    assert table.nbytes < 10_000_000


def test_too_many_different_texts_are_left_out() -> None:
    limits = replace(LIMITS, max_texts=3)
    table = read_columns(b"y,id\n0,a\n1,b\n0,c\n1,d\n", "x", limits)
    assert list(table.columns) == ["y"]
    assert "4 different texts" in str(table.notes[0])


@pytest.mark.parametrize("shape", ["(1000000000000,)", "(1000000000000, 0)", "(1, 1000000000000)"])
def test_an_npy_header_of_a_trillion_is_refused(shape: str) -> None:
    assert "000,000,000" in refusal(npy_header(shape_header(shape)))
    assert "000,000,000" in refusal(npy_header(shape_header(shape, "'<U0'"), version=2))
    assert "000,000,000" in refusal(zipped({"y.npy": npy_header(shape_header(shape))}))


def test_an_npz_whose_zip_lies_about_sizes_is_refused() -> None:
    declared = npy_header(shape_header("(1000,)"))
    more = zipped({"y.npy": declared + bytes(50_000_000)})
    assert len(more) < 100_000
    assert "more than the declared 4,000 bytes" in refusal(more)
    fewer = zipped({"y.npy": declared + bytes(100)})
    assert "100 bytes instead of 4,000 bytes" in refusal(fewer)
    honest = zipped({"y.npy": declared + bytes(4000)})
    read_columns(honest, "x")
    entry = honest.rfind(b"PK\x01\x02")
    for size in (10, 1000, 2**31):
        lying = bytearray(honest)
        lying[entry + 24 : entry + 28] = struct.pack("<I", size)
        if size < 4000:
            assert "valid" in refusal(bytes(lying))
        else:  # more is declared than there is: what there is comes out whole
            assert read_columns(bytes(lying), "x").columns["y"].values.tolist() == [0.0] * 1000


def test_a_zip_of_many_members_or_large_arrays_is_refused() -> None:
    empty = npy_header(shape_header("(1,)"), bytes(4))
    many = zipped({f"{i}.npy": empty for i in range(10_001)}, zipfile.ZIP_STORED)
    assert "at most 10,000 columns" in refusal(many)
    large = {f"{i}.npy": npy_header(shape_header("(10000000,)", "'<f8'")) for i in range(20)}
    assert "1,024 MB" in refusal(zipped(large))
    assert "y: 1, z: 2" in refusal(saved(np.savez, y=np.zeros(1), z=np.zeros(2)))


@pytest.mark.parametrize("text", ["[" * 1_000_000, '{"a":' * 200_000, "[{" + '"a":[' * 100_000])
def test_deeply_nested_json_is_refused_unparsed(text: str) -> None:
    started = time.perf_counter()
    assert "deeper than 16 levels" in refusal(text.encode())
    assert time.perf_counter() - started < 3


def test_json_with_too_many_keys_is_refused() -> None:
    record = json.dumps({f"k{i}": i for i in range(30_000)})
    assert "columns" in refusal(f"[{record}, {record}]".encode())
    assert "columns" in refusal(record.encode())


def test_limits_hold_at_the_boundary() -> None:
    limits = replace(LIMITS, max_rows=2, max_columns=2, max_bytes=100)
    read_columns(b"a,b\n1,2\n3,4", "x", limits)
    assert "3 rows" in refusal(b"a,b\n1,2\n3,4\n5,6", limits=limits)
    assert "3 columns" in refusal(b"a,b,c\n1,2,3", limits=limits)
    read_columns(b"a\n" + b" " * 97 + b"1", "x", limits)
    assert "MB" in refusal(b"a\n" + b" " * 98 + b"1", limits=limits)
    assert "3 rows" in refusal(b'[{"a":1},{"a":1},{"a":1}]', limits=limits)
    one = b'{"a": [[1.0, 2.0, 3.0]]}'
    assert "3 columns" in refusal(one, limits=limits)


def test_ten_million_rows_and_a_million_times_ten_are_within_the_limits() -> None:
    rows = 10_000_000
    data = saved(np.savez, y=np.zeros(rows, np.int8), p=np.zeros(rows, np.float32))
    assert read_columns(data, "x").n_rows == rows
    assert read_columns(saved(np.save, np.zeros((1_000_000, 11), np.float32)), "x").n_rows == 10**6


def test_a_name_that_is_long_or_has_lines_is_shortened() -> None:
    with pytest.raises(InputError) as caught:
        read_columns(b"", "x\n" * 500)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("digits", [19, 100, 5000])
def test_a_word_that_ends_in_a_number_no_integer_holds_is_a_word(digits: int) -> None:
    word = f"c{'1' * digits}"
    table = read_columns(f"y_true,y_pred\n1,{word}\n0,{word}\n".encode(), "x.csv")
    with pytest.raises(InputError, match=r"must hold numbers in every column\. Got words"):
        to_predictions(table, Roles(labels=("y_true",), outputs=("y_pred",)))

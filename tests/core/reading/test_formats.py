from __future__ import annotations

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.reading import RawTable, read_columns

FLOAT = np.array([0.25, 0.75, 0.5], dtype=np.float32)
WIDE = np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]], dtype=np.float32)
LABEL = np.array([0, 1, 1], dtype=np.int8)


def arrow_table() -> pa.Table:
    return pa.table(
        {
            "half": pa.array(FLOAT.astype(np.float16)),
            "single": pa.array(FLOAT),
            "double": pa.array(FLOAT.astype(np.float64)),
            "label": pa.array(LABEL),
            "big": pa.array([1, 2**62, 3], pa.int64()),
            "flag": pa.array([True, False, True]),
            "word": pa.array(["cat", "dog", "cat"]),
            "kind": pa.array(["a", "b", "a"]).dictionary_encode(),
            "long": pa.array(["x", "y", "y"], pa.large_string()),
            "list": pa.array(WIDE.tolist(), pa.list_(pa.float32())),
            "fixed": pa.FixedSizeListArray.from_arrays(pa.array(WIDE.ravel()), 2),
            "code": pa.array([5, 6, 5], pa.int16()).dictionary_encode(),
            "when": pa.array([0, 1, 2], pa.date32()),
        }
    )


def parquet(table: pa.Table, **options: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def ipc_file(table: pa.Table, compression: str | None = None) -> bytes:
    file = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with pa.ipc.new_file(file, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=2)
    return file.getvalue()


def ipc_stream(table: pa.Table) -> bytes:
    file = io.BytesIO()
    with pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return file.getvalue()


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npz(compressed: bool = False, **arrays: np.ndarray) -> bytes:
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return file.getvalue()


def check_arrow(table: RawTable) -> None:
    columns = table.columns
    for name, dtype in (("half", "f2"), ("single", "f4"), ("double", "f8")):
        assert columns[name].values.dtype == np.dtype(dtype)
        assert columns[name].values.tolist() == FLOAT.tolist()
    assert columns["label"].values.dtype == np.int8
    assert columns["big"].values.tolist() == [1, 2**62, 3]
    assert columns["flag"].values.dtype == np.bool_
    assert columns["flag"].values.tolist() == [True, False, True]
    assert columns["word"].values.tolist() == ["cat", "dog", "cat"]
    assert columns["kind"].values.tolist() == ["a", "b", "a"]
    assert columns["long"].values.tolist() == ["x", "y", "y"]
    for name in ("list", "fixed"):
        assert columns[name].values.dtype == np.float32
        assert columns[name].values.tolist() == WIDE.tolist()
    assert columns["code"].values.dtype == np.int16
    assert columns["code"].values.tolist() == [5, 6, 5]
    assert columns["when"].values.tolist() == ["1970-01-01", "1970-01-02", "1970-01-03"]
    assert all(column.n_missing == 0 for column in columns.values())
    assert all(not column.values.flags.writeable for column in columns.values())


def test_arrow_ipc_keeps_every_dtype() -> None:
    for data, shown in (
        (ipc_file(arrow_table()), "Arrow IPC file"),
        (ipc_file(arrow_table(), "lz4"), "Arrow IPC file"),
        (ipc_file(arrow_table(), "zstd"), "Arrow IPC file"),
        (ipc_stream(arrow_table()), "Arrow IPC stream"),
    ):
        table = read_columns(data, "named.csv")
        assert (table.format, table.n_rows) == (shown, 3)
        check_arrow(table)


@pytest.mark.parametrize("compression", ["snappy", "zstd", "gzip", "none"])
def test_parquet_keeps_every_dtype(compression: str) -> None:
    table = read_columns(parquet(arrow_table(), compression=compression, row_group_size=2), "x")
    assert table.format == "Parquet"
    check_arrow(table)


def test_nulls_are_missing_and_nan_is_a_value() -> None:
    source = pa.table(
        {
            "f": pa.array([0.5, None, float("nan")], pa.float32()),
            "h": pa.array(np.array([1, 2, 3], np.float16), mask=np.array([0, 1, 0], bool)),
            "i": pa.array([2**60 + 1, None, 3], pa.int64()),
            "b": pa.array([None, True, False]),
            "w": pa.array(["x", None, "y"]),
            "l": pa.array([[1.0, 2.0], None, [3.0, None]], pa.list_(pa.float32())),
            "n": pa.nulls(3),
        }
    )
    for data in (parquet(source), ipc_file(source)):
        columns = read_columns(data, "x").columns
        assert [columns[name].n_missing for name in "fhibwln"] == [1, 1, 1, 1, 1, 2, 3]
        assert columns["f"].values.dtype == np.float32
        assert np.isnan(columns["f"].values[2])
        assert columns["f"].missing.tolist() == [False, True, False]
        assert columns["i"].values.tolist() == [2**60 + 1, 0, 3]
        assert columns["w"].values.tolist() == ["x", "", "y"]
        assert columns["l"].values[0].tolist() == [1.0, 2.0]
        assert columns["l"].missing.tolist() == [False, True, True]


def test_a_dictionary_that_lists_a_word_twice_or_a_null_is_settled() -> None:
    words = pa.DictionaryArray.from_arrays(
        pa.array([0, 1, 2, 3, None], pa.int8()), pa.array(["a", "b", "a", None])
    )
    doubled = pa.DictionaryArray.from_arrays(pa.array([2, 1, None, 0, 2]), ["a", "b", "a"])
    source = pa.table({"w": words, "d": doubled})
    whole = io.BytesIO()
    with pa.ipc.new_stream(whole, source.schema) as writer:
        writer.write_table(source)
    for data in (ipc_file(source), whole.getvalue()):
        columns = read_columns(data, "x").columns
        assert columns["w"].values.tolist() == ["a", "b", "a", "", ""]
        assert columns["w"].words.tolist() == ["a", "b"]
        assert columns["w"].n_missing == 2
        assert columns["d"].values.tolist() == ["a", "b", "", "a", "a"]
        assert sorted(columns["d"].words) == ["a", "b"]
        assert columns["d"].n_missing == 1


def test_sliced_arrow_arrays_are_read_from_their_start() -> None:
    source = arrow_table().slice(1, 2)
    columns = read_columns(ipc_stream(source), "x").columns
    assert columns["single"].values.tolist() == [0.75, 0.5]
    assert columns["fixed"].values.tolist() == WIDE[1:].tolist()
    assert columns["word"].values.tolist() == ["dog", "cat"]


def test_unusable_arrow_columns_are_left_out_with_a_note() -> None:
    source = pa.table(
        {
            "y": [0, 1],
            "struct": [{"a": 1}, {"a": 2}],
            "ragged": [[1.0], [1.0, 2.0]],
            "bytes": [b"a", b"b"],
        }
    )
    table = read_columns(parquet(source), "x")
    assert list(table.columns) == ["y", "struct.a"]
    shown = [str(note) for note in table.notes]
    assert len(shown) == 2
    assert "same length" in shown[0]
    assert "1, 2" in shown[0]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimited_text_finds_its_delimiter(delimiter: str, newline: str) -> None:
    rows = [["y_true", "y_pred", "name"], ["1", "0.75", "a"], ["0", "1e-3", "b"]]
    text = newline.join(delimiter.join(row) for row in rows) + newline
    table = read_columns(text.encode(), "any.bin")
    assert table.format == ("TSV" if delimiter == "\t" else "CSV")
    assert table.columns["y_true"].values.tolist() == [1, 0]
    assert table.columns["y_true"].values.dtype == np.int64
    assert table.columns["y_pred"].values.tolist() == [0.75, 0.001]
    assert table.columns["name"].values.tolist() == ["a", "b"]


def test_csv_tells_missing_from_nan_and_infinity() -> None:
    text = "y,p,w\n1,nan,a\n0,inf,NA\n,-Inf,b\nNA,,\nnull,NaN,None\n"
    columns = read_columns(text.encode(), "x.csv").columns
    assert columns["y"].n_missing == 3
    assert columns["y"].values.dtype == np.int64
    assert columns["p"].missing.tolist() == [False, False, False, True, False]
    assert np.isnan(columns["p"].values[[0, 4]]).all()
    assert columns["p"].values[1:3].tolist() == [np.inf, -np.inf]
    assert columns["w"].values.tolist() == ["a", "", "b", "", ""]
    assert columns["w"].n_missing == 3


def test_csv_with_quotes_dates_decimal_commas_and_an_index() -> None:
    text = ";y_true;y_pred;when\n0;1;0,75;2024-01-02\n1;0;0,5;2024-01-03\n"
    columns = read_columns(text.encode(), "x.csv").columns
    assert list(columns) == ["index", "y_true", "y_pred", "when"]
    assert columns["y_pred"].values.tolist() == [0.75, 0.5]
    assert columns["when"].values.tolist() == ["2024-01-02", "2024-01-03"]
    quoted = '"a, b",name\n1,"x\ny"\n2,"say ""hi"""\n'
    columns = read_columns(quoted.encode(), "x.csv").columns
    assert columns["a, b"].values.tolist() == [1, 2]
    assert columns["name"].values.tolist() == ["x\ny", 'say "hi"']


def test_numbers_without_a_header_get_names_and_no_row_is_lost() -> None:
    file = io.BytesIO()
    np.savetxt(file, np.column_stack([FLOAT, LABEL]))
    for data in (file.getvalue(), b"0.25,0\n0.75,1\n0.5,1"):
        columns = read_columns(data, "x.txt").columns
        assert list(columns) == ["column_0", "column_1"]
        assert columns["column_0"].values.tolist() == FLOAT.tolist()
    file = io.BytesIO()
    np.savetxt(file, np.column_stack([LABEL, FLOAT]), delimiter=",", header="y_true,y_pred")
    assert list(read_columns(file.getvalue(), "x.csv").columns) == ["y_true", "y_pred"]


def test_one_column_text_and_blank_lines() -> None:
    table = read_columns(b"\n\nscore\n0.5\n\n0.75\n", "x.csv")
    assert table.columns["score"].values.tolist() == [0.5, 0.75]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_text_is_read_in_every_encoding(encoding: str) -> None:
    text = "y_true,name\n1,Käse\n0,été\n"
    table = read_columns(text.encode(encoding), "x.csv")
    assert list(table.columns) == ["y_true", "name"]
    assert table.columns["name"].values.tolist() == ["Käse", "été"]
    assert table.notes == ()
    lines = '{"y_true": 1, "name": "Käse"}\n{"y_true": 0, "name": "été"}\n'
    assert read_columns(lines.encode(encoding), "x").columns["name"].values[0] == "Käse"


def test_older_encodings_are_guessed_and_said() -> None:
    words = "Größe, Äpfel, Übung und Straße; viele Wörter für die Prüfung der Häuser. "
    text = "y_true,name\n" + "".join(f'{i % 2},"{words}"\n' for i in range(20))
    table = read_columns(text.encode("cp1252"), "x.csv")
    assert table.columns["name"].values[0] == words
    assert "read as" in str(table.notes[0])


RECORDS = [{"y_true": 1, "y_pred": [0.25, 0.75], "w": "é{"}, {"y_true": 0, "y_pred": [1, 0]}]


@pytest.mark.parametrize("indent", [None, 2])
def test_json_records(indent: int | None) -> None:
    table = read_columns(json.dumps(RECORDS, indent=indent).encode(), "x.txt")
    assert (table.format, table.n_rows) == ("JSON", 2)
    assert table.columns["y_true"].values.tolist() == [1, 0]
    assert table.columns["y_pred"].values.tolist() == [[0.25, 0.75], [1.0, 0.0]]
    assert table.columns["w"].values.tolist() == ["é{", ""]
    assert table.columns["w"].n_missing == 1


def test_json_lines_compact_or_indented() -> None:
    lines = "\r\n".join(json.dumps(record) for record in RECORDS).encode()
    indented = "\n".join(json.dumps(record, indent=1) for record in RECORDS).encode()
    for data in (lines, indented, lines + b"\n\n"):
        table = read_columns(data, "x.json")
        assert (table.format, table.n_rows) == ("JSON Lines", 2)
        assert table.columns["y_pred"].values.shape == (2, 2)


def test_json_columns_as_lists_and_as_pandas_writes_them() -> None:
    lists = {
        "y_true": [0, 1],
        "y_pred": [[0.5, 0.5], [0.25, float("nan")]],
        "day": ["2024-01-01"] * 2,
    }
    columns = read_columns(json.dumps(lists).encode(), "x.json").columns
    assert columns["y_true"].values.tolist() == [0, 1]
    assert columns["y_pred"].values[0].tolist() == [0.5, 0.5]
    assert np.isnan(columns["y_pred"].values[1, 1])
    assert columns["y_pred"].n_missing == 0
    assert columns["day"].values.tolist() == ["2024-01-01"] * 2
    frame = {"y_true": {"0": 0, "1": 1}, "y_pred": {"0": 0.5, "1": None}}
    columns = read_columns(json.dumps(frame).encode(), "x.json").columns
    assert list(columns) == ["y_true", "y_pred"]
    assert columns["y_pred"].n_missing == 1
    named = {"y_true": {"a": 0, "b": 1}, "y_pred": {"a": 0.5, "b": 0.25}}
    columns = read_columns(json.dumps(named).encode(), "x.json").columns
    assert columns["index"].values.tolist() == ["a", "b"]


def test_json_braces_and_quotes_within_texts_are_not_structure() -> None:
    tricky = [{"a": '},{"a":"', "b": "\\"}, {"a": '\\\\"]', "b": "[["}]
    columns = read_columns(json.dumps(tricky).encode(), "x.json").columns
    assert columns["a"].values.tolist() == ['},{"a":"', '\\\\"]']
    assert columns["b"].values.tolist() == ["\\", "[["]


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f4", "i1", "u8", "?", "<U3", "S3"])
def test_npy_of_one_axis_keeps_its_dtype(dtype: str) -> None:
    array = np.array([0, 1, 1]).astype(dtype)
    table = read_columns(npy(array), "x.txt")
    assert (table.format, table.n_rows, list(table.columns)) == ("NPY", 3, ["column_0"])
    values = table.columns["column_0"].values
    assert values.tolist() == (array.astype(float) if array.dtype.kind in "SU" else array).tolist()
    if array.dtype.kind in "fiu":
        assert values.dtype == array.dtype.newbyteorder("=")


@pytest.mark.parametrize("order", ["C", "F"])
def test_npy_of_two_axes_offers_its_columns(order: str) -> None:
    table = read_columns(npy(np.asarray(WIDE, order=order)), "x.npy")
    assert list(table.columns) == ["column_0", "column_1"]
    assert table.columns["column_1"].values.tolist() == WIDE[:, 1].tolist()


def test_structured_npy_gives_its_fields() -> None:
    array = np.array([(1, 0.5), (0, 0.25)], dtype=[("y_true", "i4"), ("y_pred", "f4")])
    columns = read_columns(npy(array), "x.npy").columns
    assert columns["y_true"].values.dtype == np.int32
    assert columns["y_pred"].values.tolist() == [0.5, 0.25]


@pytest.mark.parametrize("compressed", [False, True])
def test_npz_gives_one_column_an_array(compressed: bool) -> None:
    data = npz(
        compressed,
        y_true=LABEL,
        y_pred=WIDE,
        class_names=np.array(["cat", "dog"]),
        images=np.zeros((3, 4, 4), dtype=np.float32),
        threshold=np.float32(0.5),
    )
    table = read_columns(data, "x")
    assert (table.format, table.n_rows) == ("NPZ", 3)
    assert list(table.columns) == ["y_true", "y_pred"]
    assert table.columns["y_true"].values.dtype == np.int8
    assert table.columns["y_pred"].values.tolist() == WIDE.tolist()
    assert table.class_names == ("cat", "dog")
    assert [str(note)[:32] for note in table.notes] == [
        "The column images is left out: i",
        "The column threshold is left out",
    ]


def test_a_path_reads_like_its_bytes(tmp_path) -> None:
    path = tmp_path / "any"
    path.write_bytes(npz(y_true=LABEL, y_pred=FLOAT))
    assert read_columns(path, "mine.npz").columns["y_pred"].values.tolist() == FLOAT.tolist()

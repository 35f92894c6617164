"""Arrow and Parquet: every dtype, nulls, dictionaries, slices, and what is left out."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.reading import RawTable, read_columns
from tests.core.reading.formats.values import FLOAT, LABEL, WIDE


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


def ipc(
    table: pa.Table, open_new=pa.ipc.new_file, rows: int | None = 2, compression: str | None = None
) -> bytes:
    """A file or a stream, in batches of so many rows."""
    file = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    with open_new(file, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=rows)
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
        (ipc(arrow_table()), "Arrow IPC file"),
        (ipc(arrow_table(), compression="lz4"), "Arrow IPC file"),
        (ipc(arrow_table(), compression="zstd"), "Arrow IPC file"),
        (ipc(arrow_table(), pa.ipc.new_stream), "Arrow IPC stream"),
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
    for data in (parquet(source), ipc(source)):
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
    for data in (ipc(source), ipc(source, pa.ipc.new_stream, rows=None)):
        columns = read_columns(data, "x").columns
        assert columns["w"].values.tolist() == ["a", "b", "a", "", ""]
        assert columns["w"].words.tolist() == ["a", "b"]
        assert columns["w"].n_missing == 2
        assert columns["d"].values.tolist() == ["a", "b", "", "a", "a"]
        assert sorted(columns["d"].words) == ["a", "b"]
        assert columns["d"].n_missing == 1


def test_sliced_arrow_arrays_are_read_from_their_start() -> None:
    source = arrow_table().slice(1, 2)
    columns = read_columns(ipc(source, pa.ipc.new_stream), "x").columns
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


def test_lists_of_labels_and_probabilities_are_a_column_each() -> None:
    probs = [[{"label": "yes", "prob": p}, {"label": "no", "prob": 1 - p}] for p in (0.25, 0.75)]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"label": ["no", "yes"], "predicted_label_probs": probs}), sink)
    table = read_columns(sink.getvalue().to_pybytes(), "bq.parquet")
    found = {
        title: column.data.tolist() for title, column in table.columns.items() if title != "label"
    }
    assert found == {
        "predicted_label_probs.prob.no": [0.75, 0.25],
        "predicted_label_probs.prob.yes": [0.25, 0.75],
    }
    assert not table.notes

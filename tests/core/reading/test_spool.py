from __future__ import annotations

import io
import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.predictions import Predictions
from metrics_core.reading import Column, RawTable, read_columns, spool


def test_a_stored_table_loads_whole_after_its_file_is_gone(tmp_path) -> None:
    source = pa.table(
        {
            "half": pa.array(np.array([1, 2, 3], np.float16)),
            "word": ["a", None, "b"],
            "list": [[1, 2], [3, 4], None],
            "flag": [True, False, True],
        }
    )
    file = io.BytesIO()
    pq.write_table(source, file)
    table = read_columns(file.getvalue(), "x")
    manifest = pickle.loads(pickle.dumps(spool.store(table, tmp_path)))
    loaded = spool.load(manifest, tmp_path)
    (tmp_path / spool.COLUMNS).unlink()
    assert (loaded.name, loaded.format, loaded.n_rows) == ("x", "Parquet", 3)
    assert list(loaded.columns) == list(table.columns)
    for name, column in loaded.columns.items():
        assert column.values.dtype == table.columns[name].values.dtype
        assert column.values.tolist() == table.columns[name].values.tolist()
        assert column.n_missing == table.columns[name].n_missing
        assert not column.data.flags.writeable


def test_loaded_arrays_are_not_copied_into_predictions(tmp_path) -> None:
    file = io.BytesIO()
    np.savez(file, y=np.array([0, 1]), p=np.array([0.5, 0.25]))
    loaded = spool.load(spool.store(read_columns(file.getvalue(), "x"), tmp_path), tmp_path)
    data = loaded.columns["p"].data
    assert np.shares_memory(Predictions.of(loaded.columns["y"].data, data).y_pred, data)


def test_strided_columns_are_stored_in_order(tmp_path) -> None:
    file = io.BytesIO()
    np.save(file, np.arange(6.0).reshape(3, 2))
    loaded = spool.load(spool.store(read_columns(file.getvalue(), "x"), tmp_path), tmp_path)
    assert loaded.columns["column_1"].values.tolist() == [1.0, 3.0, 5.0]


def mapped_kib(mark: str) -> int:
    """How much of the mapping of a file stands in memory now."""
    lines = iter(Path("/proc/self/smaps").read_text().splitlines())
    for line in lines:
        if mark in line:
            return next(int(rest.split()[1]) for rest in lines if rest.startswith("Rss:"))
    raise AssertionError(mark)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="needs Linux")
def test_columns_at_rest_take_no_memory_and_are_read_again(tmp_path) -> None:
    values = np.arange(500_000.0)
    table = RawTable(
        name="x",
        format="NPZ",
        n_rows=len(values),
        columns={"y_pred": Column(values), "y_true": Column(values)},
    )
    loaded = spool.load(spool.store(table, tmp_path), tmp_path)
    assert all(np.array_equal(column.data, values) for column in loaded.columns.values())
    assert mapped_kib(str(tmp_path)) > 7_000
    spool.rest(loaded)
    assert mapped_kib(str(tmp_path)) < 100
    assert all(np.array_equal(column.data, values) for column in loaded.columns.values())
    spool.rest(table)
    assert table.columns["y_pred"].data[-1] == 499_999

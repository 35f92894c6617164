from __future__ import annotations

import io
import pickle

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.predictions import Predictions
from metrics_core.reading import read_columns, spool


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

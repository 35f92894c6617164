"""NPY and NPZ: axes, fields, and one column an array."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.reading import read_columns
from tests.core.reading.formats.values import FLOAT, LABEL, WIDE
from tests.numpy_files import npy, npz


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

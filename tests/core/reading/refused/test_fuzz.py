from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import guess_roles, read_columns, to_predictions

HEADS = [b"", b"PAR1", b"\x93NUMPY\x01\x00", b"PK\x03\x04", b"[{", b'{"a":', b"a,b\n", b"\xff\xfe"]


def try_to_read(data: bytes) -> None:
    """Only an InputError may escape, and what is read must be whole."""
    try:
        table = read_columns(data, "fuzz")
        assert all(len(column.values) == table.n_rows for column in table.columns.values())
        to_predictions(table, guess_roles(table), missing="drop")
    except InputError:
        pass


@pytest.mark.parametrize("head", HEADS)
def test_random_bytes_give_a_table_or_an_input_error(head: bytes) -> None:
    random = np.random.default_rng(len(head))
    for _ in range(60):
        size = int(random.integers(1, 600))
        try_to_read(head + random.integers(0, 256, size, dtype=np.uint8).tobytes())
        letters = np.frombuffer(b' \n\r\t,;|"\\{}[]:0123456789.-eNaA', dtype=np.uint8)
        try_to_read(head + random.choice(letters, size).tobytes())


def whole_files() -> list[bytes]:
    table = pa.table(
        {"y": [0, 1, 1], "p": [0.1, 0.9, 0.4], "w": ["a", "b", "a"], "l": [[1, 2]] * 3}
    )
    first, second, third = io.BytesIO(), io.BytesIO(), io.BytesIO()
    pq.write_table(table, first, compression="none")
    np.savez(second, y=np.array([0, 1]), p=np.array([0.1, 0.9]), w=np.array(["a", "b"]))
    np.save(third, np.arange(6.0).reshape(3, 2))
    lines = b'{"y": 0, "p": [0.1, 0.2], "w": "a"}\n{"y": 1, "p": [0.1, 0.2], "w": null}\n'
    text = b'id,y,p,w\n1,0,0.25,"a"\n2,1,0.5,b\n'
    return [first.getvalue(), second.getvalue(), third.getvalue(), lines, text]


@pytest.mark.parametrize("which", range(5))
def test_damaged_files_give_a_table_or_an_input_error(which: int) -> None:
    whole = whole_files()[which]
    random = np.random.default_rng(which)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(int(random.integers(1, 5))):
            data[int(random.integers(len(data)))] = int(random.integers(256))
        try_to_read(bytes(data))

"""Files of many columns, and columns of long texts: time and memory grow with the file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import tracemalloc

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import RawTable, guess_roles, read_columns, to_predictions
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.formats.text import mend
from metrics_core.reading.limits import LIMITS
from metrics_core.reading.table import Column
from tests.every import every

COLUMNS, ROWS = 1500, 20
MOST_SECONDS = 3.0
"""Of processor time, ten times what it takes: with a cost by the square it was ten times this."""


def _parquet(values):
    into = io.BytesIO()
    pq.write_table(pa.table(values), into)
    return into.getvalue()


def _npz(values):
    into = io.BytesIO()
    np.savez(into, **values)
    return into.getvalue()


WRITERS = {
    "csv": lambda values: "\n".join(
        [",".join(values), *(",".join(map(str, row)) for row in zip(*values.values(), strict=True))]
    ).encode(),
    "json": lambda values: json.dumps({t: v.tolist() for t, v in values.items()}).encode(),
    "parquet": _parquet,
    "npz": _npz,
}


@every("form, name", [("csv", "p_{}"), ("json", "n{}x"), ("parquet", "p_{}"), ("npz", "n{}x")])
def test_the_cost_of_columns_grows_as_their_number(form, name):
    rng = np.random.default_rng(0)
    values = {name.format(at): rng.random(ROWS).round(4) for at in range(COLUMNS)}
    values["y_true"] = rng.integers(0, 2, ROWS)
    data = WRITERS[form](values)
    before = time.process_time()
    table = read_columns(data, f"x.{form}")
    roles = guess_roles(table)
    assert time.process_time() - before < MOST_SECONDS
    assert roles.labels == ("y_true",)
    assert len(table.columns) == COLUMNS + 1
    assert table.columns["y_true"].data.dtype.kind == "i"
    assert table.columns[name.format(7)].values.tolist() == values[name.format(7)].tolist()


def test_a_wide_csv_keeps_what_is_no_number():
    names = [f"c{at}" for at in range(600)]
    cells = [["1"] * 600, ["2.5"] * 600]
    cells[0][:5] = ["cat", "", "7", "true", "1e3"]
    cells[1][:5] = ["dog", "4", "8", "false", "NA"]
    data = "\n".join(",".join(row) for row in [names, *cells]).encode()
    table = read_columns(data, "x.csv")
    assert table.columns["c0"].values.tolist() == ["cat", "dog"]
    assert table.columns["c1"].missing.tolist() == [True, False]
    assert table.columns["c2"].data.tolist() == [7, 8]
    assert table.columns["c2"].data.dtype.kind == "i"
    assert table.columns["c3"].data.tolist() == [True, False]
    assert table.columns["c4"].data[0] == 1000.0


def long_words(rows: int, longest: int) -> Column:
    """Few words, one of them long, in many rows."""
    return Column(np.arange(rows, dtype=np.int32) % 3, np.array(["a", "b", "x" * longest]))


def test_some_cells_of_long_words_take_no_more_memory_than_they_are():
    column = long_words(1_000_000, 5000)
    tracemalloc.start()
    try:
        assert column.cells(slice(5)).tolist()[:2] == ["a", "b"]
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()
    assert column.full_bytes == 20_000_000_000


def test_ids_that_would_fill_the_memory_are_left_out_with_a_note():
    columns = {
        "id": long_words(100_000, 5000),
        "y": Column(np.arange(100_000) % 2),
        "p": Column(np.linspace(0, 1, 100_000)),
    }
    table = RawTable(name="x", format="CSV", n_rows=100_000, columns=columns)
    loaded = to_predictions(table, Roles(labels=("y",), outputs=("p",), ids="id"))
    assert loaded.predictions.sample_ids is None
    assert "go without their ids" in str(loaded.notes[-1])


def test_a_class_of_many_letters_is_called_by_the_first_of_them():
    words = ["x" * 50_000, "x" * 50_000 + "y"]
    data = "\n".join(["y_true,y_pred", *(f"{word},{word}" for word in words * 2)]).encode()
    table = read_columns(data, "x.csv")
    loaded = to_predictions(table, guess_roles(table))
    names = loaded.predictions.class_names
    assert [len(name) for name in names] == [164, 164]
    assert names[0] != names[1]
    assert max(len(str(note)) for note in loaded.notes) < 1000


def test_texts_and_names_without_end_are_refused_or_left_out():
    text = "x" * (LIMITS.max_text + 1)
    table = read_columns(f"y,p,note\n1,0.5,{text}\n0,0.2,b\n".encode(), "x.csv")
    assert list(table.columns) == ["y", "p"]
    assert "too long" in str(table.notes[-1])
    with pytest.raises(InputError, match="names of at most 1,000 characters"):
        read_columns(_parquet({"n" * 1001: np.zeros(3), "y": np.zeros(3)}), "x.parquet")


def test_more_words_than_there_may_be_classes_are_refused():
    words = np.array([f"w{at}" for at in range(LIMITS.max_columns + 1)])
    column = Column(np.arange(len(words), dtype=np.int32), words)
    table = RawTable(
        name="x", format="CSV", n_rows=len(words), columns={"y_true": column, "y_pred": column}
    )
    with pytest.raises(InputError, match="at most 10,000 classes"):
        to_predictions(table, Roles(labels=("y_true",), outputs=("y_pred",)))


@pytest.mark.parametrize("cell", ["cat", " cat", ":", "y: 0"])
def test_many_columns_of_words_cost_no_more_patterns_than_one(monkeypatch, cell):
    def asked(n_columns):
        head = ",".join(f"w{i}" for i in range(n_columns))
        rows = f"{head}\n{','.join([cell] * n_columns)}\n".encode()
        tried.clear()
        assert len(read_columns(rows, "wide.csv").columns) == n_columns
        return len(tried)

    tried = []
    for name in ("match_substring_regex", "replace_substring_regex"):
        made = getattr(pc, name)
        monkeypatch.setattr(
            pc, name, lambda *given, made=made, **named: (tried.append(1), made(*given, **named))[1]
        )
    assert 0 < asked(600) == asked(1800)


def test_more_columns_of_odd_numbers_than_there_is_time_for_are_refused_before_they_are_read(
    monkeypatch,
):
    head = ",".join(f"w{i}" for i in range(2001))
    rows = f"{head}\n{','.join(['5 %'] * 2001)}\n".encode()
    monkeypatch.setattr(mend, "to_numbers", None)
    with pytest.raises(InputError, match=r"wide\.csv` must have at most 2,000 columns of numbers"):
        read_columns(rows, "wide.csv")


def test_columns_without_errors_of_a_sheet_are_not_searched_for_them(monkeypatch):
    monkeypatch.setattr(mend, "SHEET_ERROR", "(")  # no expression
    table = read_columns(b"y,p\n1,5 %\n0,7 %\n", "percent.csv")
    assert table.columns["p"].data.tolist() == [0.05, 0.07]
    with pytest.raises(InputError):
        read_columns(b"y,p\n1,5 %\n0,#ZAHL!\n", "sheet.csv")


READ_WITHIN = """
import os, resource, sys
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
from pathlib import Path
from metrics_core.reading import read_columns, spool
spool.prepare()
held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + 2**30,) * 2)
print(len(read_columns(sys.stdin.buffer.read(), "wide.csv").columns))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux")
@pytest.mark.parametrize(("columns", "rows"), [(200, 20_000), (500, 8000)])
def test_columns_of_words_reserve_no_more_than_the_file_is_worth(columns, rows):
    line = ",".join(["often", "never"] * (columns // 2))
    data = "\n".join([",".join(f"w{i}" for i in range(columns)), *[line] * rows])
    command = [sys.executable, "-c", READ_WITHIN]
    read = subprocess.run(command, input=data.encode(), capture_output=True, check=False)
    assert read.stdout.decode().split() == [str(columns)], read.stderr.decode()[-300:]

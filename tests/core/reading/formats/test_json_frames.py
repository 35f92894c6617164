"""A frame of numbered rows is read by Arrow, and as Python's parser reads it."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from metrics_core.errors import InputError
from metrics_core.reading import read_columns
from metrics_core.reading.formats.json import text

N = 40


def frame(index):
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "y_true": rng.integers(0, 2, N),
            "y_pred": rng.random(N).round(4),
            "right": rng.random(N) < 0.5,
            "word": ["cat", "a {dog}", None, "12"] * (N // 4),
            "gaps": [None, 0.5, 1, 2.5] * (N // 4),
            "mixed": [1, "one", 2.5, None] * (N // 4),
            "when": ["2026-11-30", "2026-12-01"] * (N // 2),
            "big": [2**53 + 1, -3] * (N // 2),
        },
        index=index,
    )


ROWS = {
    "in order": range(N),
    "shuffled": [*range(N // 2, N), *range(N // 2)],
    "negative": range(-5, N - 5),
}
COLUMNS = [
    ["y_true", "y_pred"], ["y_true", "right", "gaps"], ["y_true", "y_pred", "big"],
    ["y_true", "when"], ["y_true", "mixed"], ["y_true", "word"],
]  # fmt: skip


def told(data):
    """All that is read of a text, or what is said of it."""
    try:
        table = read_columns(data, "x.json")
    except InputError as error:
        return str(error)
    columns = {
        title: (str(column.values.dtype), repr(column.values.tolist()), repr(column.missing))
        for title, column in table.columns.items()
    }
    return columns, table.format, [str(note) for note in table.notes]


def both(data, monkeypatch):
    """The same by way of Arrow and by Python's parser."""
    monkeypatch.setattr(text, "LEAST", 0)
    fast = told(data)
    monkeypatch.setattr(text, "unframed", lambda _: None)
    return fast, told(data)


@pytest.mark.parametrize("orient", ["columns", "index"])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("columns", COLUMNS, ids=lambda each: each[-1])
def test_a_frame_is_read_as_pythons_parser_reads_it(monkeypatch, orient, indent, rows, columns):
    made = json.loads(frame(ROWS[rows])[columns].to_json(orient=orient))
    fast, slow = both(json.dumps(made, indent=indent).encode(), monkeypatch)
    assert fast == slow


@pytest.mark.parametrize(
    "odd",
    [
        '{"y":{"0":1,"0":0},"p":{"0":0.5,"0":0.25}}',
        '{"y":{"0":1,"1":0},"p":{"1":0.5,"0":0.25}}',
        '{"y":{"0":1,"1":0},"y":{"0":0.5,"1":0.25}}',
        '{"y":{"0":1,"1":0},"p":{"0":0.5}}',
        '{"y":{"0":1:2,"1" 0},"p":{"0":0.5,"1":0.25}}',
        '{"y":{"0":1,"a":0},"p":{"0":0.5,"a":0.25}}',
        '{"y":{"0":"1:2","1":"a"},"p":{"0":0.5,"1":0.25}}',
        '{"y":{"0":1,"1":0} "p":{"0":0.5,"1":0.25}}',
        '{"data":{"0":1,"1":0},"columns":{"0":0.5,"1":0.25}}',
        '{"y":{"0":1,"1":0},"index":{"0":7,"1":8}}',
        '{"y":{"3":1,"1":0},"index":{"3":7,"1":8}}',
        '{"y":{"0":1,"1":0},"p":{"0":0.5,"1":0.25}}}',
        '{"0":{"y":1,"p":0.5},"1":{"y":0}}',
        '{"0":{"y":1,"p":0.5},"1":{"p":0.25,"y":0}}',
        '{"0":{"y":1,"p":0.5},"0":{"y":0,"p":0.25}}',
        '{"0":{"y":1,"p":0.5},"1":{"2":{"y":1}}}',
        '{"0":{"y":1,"p":0.5},"1":3}',
        '{"2":{"y":1,"index":4},"1":{"y":0,"index":5}}',
        '{"0":{"y":NaN,"p":0.5},"1":{"y":1,"p":Infinity}}',
    ],
)
def test_what_is_no_frame_is_said_as_before(monkeypatch, odd):
    fast, slow = both(odd.encode(), monkeypatch)
    assert fast == slow


@pytest.mark.parametrize("orient", ["columns", "index"])
@pytest.mark.parametrize("shuffled", [False, True])
def test_no_cell_of_a_long_frame_becomes_an_object_of_python(monkeypatch, orient, shuffled):
    n = 10_000
    made = pd.DataFrame({"y_true": np.arange(n) % 2, "y_pred": np.arange(n) / n})
    if shuffled:
        made = made.sample(frac=1.0, random_state=0)
    monkeypatch.setattr(text, "load", None)
    table = read_columns(made.to_json(orient=orient).encode(), "x.json")
    assert table.n_rows == n
    assert table.columns["y_true"].values.tolist() == made["y_true"].tolist()

"""Every value of every column is what Arrow says, however its file writes it."""

from __future__ import annotations

import io
import math

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics_core.reading import guess_roles, read_columns, to_predictions
from tests.every import every

WORDS = st.text("abcdefgh é日", min_size=1, max_size=4).map(lambda text: f"w{text}w")
INTEGERS = {
    pa.int8(): (-(2**7), 2**7 - 1), pa.int16(): (-(2**15), 2**15 - 1),
    pa.int32(): (-(2**31), 2**31 - 1), pa.int64(): (-(2**63), 2**63 - 1),
    pa.uint8(): (0, 2**8 - 1), pa.uint16(): (0, 2**16 - 1), pa.uint32(): (0, 2**32 - 1),
    pa.uint64(): (0, 2**64 - 1),
}  # fmt: skip
FLOATS = {pa.float16(): 16, pa.float32(): 32, pa.float64(): 64}
INDICES = (pa.int8(), pa.uint8(), pa.int16(), pa.int32(), pa.uint32(), pa.int64())
WRITERS = {
    "x.parquet": lambda table, into: pq.write_table(table, into, row_group_size=3),
    "x.feather": lambda table, into: _write_ipc(pa.ipc.new_file, table, into),
    "x.arrows": lambda table, into: _write_ipc(pa.ipc.new_stream, table, into),
}


def _write_ipc(writer, table, into):
    with writer(into, table.schema) as sink:
        sink.write_table(table)


@st.composite
def columns(draw, rows):
    """An Arrow array of any kind that is read, with nulls, unused words and a cut-off start."""
    kind = draw(st.sampled_from([*INTEGERS, *FLOATS, "bool", "word", "large", "view", "category"]))
    null = draw(st.sampled_from([st.nothing(), st.none()]))

    def cells(value):
        return draw(st.lists(value | null, min_size=rows + 1, max_size=rows + 1))

    if kind in INTEGERS:
        array = pa.array(cells(st.integers(*INTEGERS[kind])), kind)
    elif kind in FLOATS:
        array = pa.array(
            [
                None if cell is None else np.dtype(f"f{FLOATS[kind] // 8}").type(cell)
                for cell in cells(st.floats(width=FLOATS[kind]))
            ],
            kind,
        )
    elif kind == "bool":
        array = pa.array(cells(st.booleans()), pa.bool_())
    elif kind == "category":
        words = draw(st.lists(WORDS, min_size=1, max_size=rows + 1, unique=True))
        index = draw(st.sampled_from(INDICES))
        places = draw(st.permutations(range(len(words))))
        order = [places[row % len(words)] for row in range(rows + 1)]
        codes = [code if draw(st.booleans() | null) is not None else None for code in order]
        array = pa.DictionaryArray.from_arrays(pa.array(codes, index), pa.array(words))
    else:
        text = {"word": pa.string(), "large": pa.large_string(), "view": pa.string_view()}[kind]
        array = pa.array(cells(WORDS), text)
    return array.slice(1)


@st.composite
def tables(draw):
    """One to four columns of equal length, in one chunk or two."""
    rows = draw(st.integers(1, 8))
    made = {f"c{at}": draw(columns(rows)) for at in range(draw(st.integers(1, 4)))}
    table = pa.table(made)
    if rows > 1 and draw(st.booleans()):
        middle = draw(st.integers(1, rows - 1))
        table = pa.concat_tables([table.slice(0, middle), table.slice(middle)])
    return table


def same(mine, theirs):
    if theirs is None:
        return mine is None
    if isinstance(theirs, float) and math.isnan(theirs):
        return math.isnan(mine)
    return mine == theirs


def cells_of(column):
    """The cells as Python values, None where one is missing."""
    gone = np.zeros(len(column.data), bool) if column.missing is None else column.missing
    cells = column.values.tolist()
    return [None if missing else cell for cell, missing in zip(cells, gone, strict=True)]


@settings(max_examples=60, deadline=None)
@given(table=tables(), name=st.sampled_from(sorted(WRITERS)))
def test_every_value_is_the_one_that_was_written(table, name):
    into = io.BytesIO()
    WRITERS[name](table, into)
    read = read_columns(into.getvalue(), name)
    for title, column in zip(table.column_names, table.columns, strict=True):
        theirs, mine = column.to_pylist(), cells_of(read.columns[title])
        assert all(map(same, mine, theirs)), (title, column.type, mine, theirs)
        first = read.columns[title].cells(slice(1)).tolist()
        assert first == read.columns[title].values[:1].tolist() or math.isnan(first[0])


@every("name", sorted(WRITERS))
def test_ids_stay_with_their_samples_where_a_category_lists_its_words_in_another_order(name):
    ids = pa.DictionaryArray.from_arrays(
        pa.array([3, 1, 2, 0], pa.int8()), pa.array(["img_1", "img_2", "img_5", "img_9"])
    )
    table = pa.table({"id": ids, "y_true": [0, 1, 1, 0], "y_pred": [0.1, 0.9, 0.8, 0.2]})
    into = io.BytesIO()
    WRITERS[name](table, into)
    read = read_columns(into.getvalue(), name)
    found = to_predictions(read, guess_roles(read)).predictions.sample_ids
    assert found.tolist() == ["img_9", "img_2", "img_5", "img_1"]

"""Results as files: every metric as JSON, every sample as a row of CSV or Parquet."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from accuracy_lens.components.sample_columns import column_titles
from accuracy_lens.components.sample_table import row_numbers, sample_table
from metrics_core.evaluation import Evaluation
from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps

_CHUNK = 131_072


_FORMULA = r"^[=+\-@\t\r\n]"


def samples_csv(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array = slice(None),
    extra: Mapping[str, Array] | None = None,
) -> bytes:
    r"""Write `sample_table` as CSV in UTF-8, for people: titled in the reader's language.

    It is safe to open in a spreadsheet.

    Text that begins with = + - @, a tab or the end of a line gets an apostrophe in front, so that
    it is not run as a formula; names in the header always stand behind a plain word. Numbers stay
    numbers: nan, inf and -inf as well. Titles beyond ASCII have a byte order mark in front, without
    which spreadsheets take them for another encoding.

    Parameters
    ----------
    predictions, steps, evaluations, rows, extra
        See `sample_table`.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [0.25, 0.375], class_names=["=1+1", "b"])
    >>> samples_csv(data, Steps(data), {}).decode().splitlines()[1]
    '0,"\'=1+1",0.25,0'
    """
    tables = _chunks(predictions, steps, evaluations, rows, extra)

    def titled(table: pa.Table) -> pa.Table:
        titles = column_titles(table.column_names, predictions.n_outputs)
        return _without_formulas(table).rename_columns(list(titles.values()))

    return _marked(_written(map(titled, tables), pa.csv.CSVWriter))


def samples_parquet(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array = slice(None),
    extra: Mapping[str, Array] | None = None,
) -> bytes:
    """Write `sample_table` as Parquet, for programs: names and text as they came.

    Parameters
    ----------
    predictions, steps, evaluations, rows, extra
        See `sample_table`.

    Examples
    --------
    >>> data = Predictions.of([0, 1], [0.25, 0.375])
    >>> samples_parquet(data, Steps(data), {})[:4]
    b'PAR1'
    """
    return _written(_chunks(predictions, steps, evaluations, rows, extra), pa.parquet.ParquetWriter)


def _chunks(
    predictions: Predictions,
    steps: Steps,
    evaluations: Mapping[str, Evaluation],
    rows: slice | Array,
    extra: Mapping[str, Array] | None,
) -> Iterator[pa.Table]:
    """The table in parts of equal schema; one empty part where no row is asked for."""
    numbers = row_numbers(rows, predictions.n_samples)
    for start in range(0, max(len(numbers), 1), _CHUNK):
        part = numbers[start : start + _CHUNK]
        yield sample_table(predictions, steps, evaluations, part, extra)


def _written(tables: Iterator[pa.Table], open_writer: Callable[..., Any]) -> bytes:
    sink, first = io.BytesIO(), next(tables)
    with open_writer(sink, first.schema) as writer:
        for table in chain([first], tables):
            writer.write_table(table)
    return sink.getvalue()


def _marked(content: bytes) -> bytes:
    title, _, _ = content.partition(b"\n")
    return content if title.isascii() else codecs.BOM_UTF8 + content


def _without_formulas(table: pa.Table) -> pa.Table:
    for position, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            column = table.column(position)
            if pc.any(pc.match_substring_regex(column, _FORMULA)).as_py():
                column = pc.replace_substring_regex(column, f"({_FORMULA})", r"'\1")
                table = table.set_column(position, field, column)
    return table

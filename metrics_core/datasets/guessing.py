"""Which columns of sharded data are what: the guess for uploads, on the first rows."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.datasets.columns.meaning import elements_of
from metrics_core.datasets.shards import Shard
from metrics_core.reading import RawTable, Roles, joining, read_columns
from metrics_core.reading.columns.classes.labels import used_words
from metrics_core.reading.limits import LONGEST

ROWS, FILES = 4096, 4
"""How many rows are looked at, and of how many files at most, spread over all."""
MOST_WORDS, MOST_TEXT = 1000, 200_000
"""Words in the first rows of a column that can name classes; characters of those of all columns."""


def first_rows(shards: Sequence[Shard]) -> RawTable:
    """The first rows of some of the files, as an upload of them would be read.

    Files without rows, as programs that split their work write them, are passed over.

    Raises
    ------
    InputError
        Where a file cannot be read, or none has rows.
    """
    some = shards[:: max(1, -(-len(shards) // FILES))]
    parts = [part for part in _parts(some) if part.num_rows] or [
        next((part for part in _parts(shards) if part.num_rows), next(_parts(shards)))
    ]
    alike = [part for part in parts if part.schema.equals(parts[0].schema)]
    content = io.BytesIO()
    pq.write_table(pa.concat_tables(alike), content)
    return read_columns(content.getvalue(), shards[0].name)


def _parts(shards: Sequence[Shard]) -> Iterator[pa.Table]:
    n_rows = max(1, ROWS // len(shards))
    for shard in shards:
        with shard.open() as file:
            rows = next(file.iter_batches(n_rows), None)
            yield pa.Table.from_batches([] if rows is None else [rows], file.schema_arrow)


def guess(shards: Sequence[Shard]) -> tuple[RawTable, Roles]:
    """The first rows, and what their columns seem to be for."""
    table = first_rows(shards)
    return table, joining.guess(table)


def numeric_names(table: RawTable) -> list[str]:
    """What labels and outputs can be: columns of numbers, and each element of those of lists."""
    numeric = [title for title, column in table.columns.items() if not column.is_text]
    return list(elements_of(table, numeric))


def words_in(table: RawTable) -> dict[str, tuple[str, ...]]:
    """The words in each column that can name classes: few and short."""
    found, room = {}, MOST_TEXT
    for title, column in table.columns.items():
        words = used_words(column, None) if column.is_text else ()
        size = sum(map(len, words))
        if 0 < len(words) <= MOST_WORDS and max(map(len, words)) <= LONGEST and size <= room:
            found[title] = words
            room -= size
    return found

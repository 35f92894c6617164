"""The files of a data set: where they are, how long, and the dtype of their outputs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.datasets.columns.asked import Columns
from metrics_core.datasets.columns.leaves import is_text, leaf_of, stored
from metrics_core.datasets.elsewhere import FileElsewhere
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.sweep.keys import settled

NAMED = 20
"""Columns that a refusal names."""


@dataclass(frozen=True)
class Shard:
    """One Parquet file.

    Attributes
    ----------
    path : str
    name : str
        What it is called in a sentence: its path within the data set.
    filesystem : object or None
        Of fsspec, which can be pickled; None for files of this machine.
    footer : str
        The digest of its footer when it was measured, which it must keep; empty before.
    """

    path: str
    name: str
    filesystem: Any = None
    footer: str = ""

    @contextmanager
    def open(self) -> Iterator[pq.ParquetFile]:
        """Read the footer, and what is read within the ``with``.

        Raises
        ------
        InputError
            Where the file is gone, may not be read or reached, is no whole Parquet file, or is not
            the one that was measured.
        """
        try:
            with pq.ParquetFile(self._source(), pre_buffer=False) as file:
                if self.footer and self.footer != digest_of(file.metadata):
                    raise InputError(
                        self.name, "must stay as it is while it is read",
                        Message("a file that was written anew"),
                        "Read again when nobody writes to the data set.",
                    )  # fmt: skip
                yield file
        except MemoryError:
            raise
        except FileNotFoundError as error:
            raise InputError(
                self.name, "must be there while it is read", Message("no such file"),
                "Do not write to a data set that is looked at.",
            ) from error  # fmt: skip
        except PermissionError as error:
            raise InputError(
                self.name, "must be open to the account that reads it", Message("no right to read"),
                "Let the account read every file of the data set.",
            ) from error  # fmt: skip
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                self.name, "must be a Parquet file", Message("something else"),
                "Write it again, or leave it out of the data set.",
            ) from error  # fmt: skip

    def _source(self) -> Any:
        """What is read: elsewhere the bytes that are asked for, and none ahead of them."""
        if self.filesystem is None:
            return self.path
        return FileElsewhere(self.name, self._opened)

    def _opened(self) -> Any:
        try:
            return self.filesystem.open(self.path, cache_type="none")
        except TypeError:  # a file system that has no cache
            return self.filesystem.open(self.path)


@dataclass(frozen=True)
class Measured:
    """What the footers of all files say.

    Attributes
    ----------
    rows : tuple of int
        Of each file.
    n_bytes : int
        Of all files, of the columns that are read, as they are stored.
    dtype : dtype
        float32 or float64: how scores of all files are held.
    shards : tuple of Shard
        The files, which must keep what they say of their rows from now on.
    """

    rows: tuple[int, ...]
    n_bytes: int
    dtype: np.dtype[Any]
    shards: tuple[Shard, ...]

    @property
    def n_rows(self) -> int:
        """Of all files."""
        return sum(self.rows)


def measure(
    shards: Sequence[Shard],
    columns: Columns,
    progress: Callable[[float], None] = lambda _: None,
) -> Measured:
    """Read the footers, and hold the files to each other.

    Raises
    ------
    InputError
        Without files; where a file lacks a column or has no numbers there.
    """
    if not shards:
        raise InputError(
            "shards", "must be one Parquet file or more", Message("none"),
            "Check the name or the pattern.",
        )  # fmt: skip
    rows, kept, n_bytes, dtype = [], [], 0, np.dtype(np.float32)
    for number, shard in enumerate(shards):
        with shard.open() as file:
            schema, footer = file.schema_arrow, file.metadata
            for name in columns.names:
                _check(shard, schema, name, words=bool(columns.words) and name == columns.labels[0])
            for name in () if columns.decided else columns.y_pred:
                dtype = np.promote_types(dtype, settled(_numpy(schema, name)))
            n_bytes += _stored_bytes(footer, stored(schema, columns.names))
            rows.append(footer.num_rows)
            kept.append(replace(shard, footer=digest_of(footer)))
        progress((number + 1) / len(shards))
    return Measured(tuple(rows), n_bytes, dtype, tuple(kept))


def digest_of(footer: pq.FileMetaData) -> str:
    """Of the places, sizes and statistics of all columns: others where a file was written anew."""
    written = pa.BufferOutputStream()
    footer.write_metadata_file(written)
    return hashlib.blake2b(written.getvalue(), digest_size=16).hexdigest()


def _stored_bytes(footer: pq.FileMetaData, paths: Iterable[tuple[str, ...]]) -> int:
    """Of some columns, as they are stored, with all that lies below them."""
    read = {".".join(path) for path in paths}
    places = []
    for place in range(footer.num_columns):
        steps = accumulate(footer.schema.column(place).path.split("."), "{}.{}".format)
        if not read.isdisjoint(steps):
            places.append(place)
    return sum(
        footer.row_group(group).column(place).total_compressed_size
        for group in range(footer.num_row_groups)
        for place in places
    )


def _numpy(schema: pa.Schema, name: str) -> np.dtype[Any]:
    leaf = leaf_of(schema, name)
    assert leaf is not None
    assert leaf.numbers is not None
    dtype: np.dtype[Any] = np.dtype(leaf.numbers.to_pandas_dtype())
    return dtype


def _check(shard: Shard, schema: pa.Schema, name: str, *, words: bool) -> None:
    leaf = leaf_of(schema, name)
    if leaf is None:
        raise InputError(
            name, "must be a column of every file",
            Message(
                "{file} with the columns {names}",
                {"file": shard.name, "names": ", ".join(schema.names[:NAMED])},
            ),
            "Name a column that all files have, or leave the file out.",
        )  # fmt: skip
    received = Message("{kind} in {file}", {"kind": leaf.kind, "file": shard.name})
    if words and not (is_text(leaf.kind) and leaf.place is None):
        raise InputError(
            name, "must hold words for classes", received,
            "Name no classes where labels are numbers.",
        )  # fmt: skip
    if leaf.numbers is None:
        raise InputError(
            name, "must hold numbers", received,
            "Write labels as whole numbers and outputs as floating-point numbers.",
        )  # fmt: skip

"""Columns on disk, from the process that parses a file to the one that uses it."""

from __future__ import annotations

import mmap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.axes import readings
from metrics_core.reading.columns.roles import Roles
from metrics_core.reading.detect import read_columns
from metrics_core.reading.formats.encoding.recode import recoded
from metrics_core.reading.joining import guess, join
from metrics_core.reading.limits import Limits
from metrics_core.reading.positions import arrange, best_reading
from metrics_core.reading.table import Column, RawTable

UPLOAD, COLUMNS, EARLIER = "upload", "columns", "earlier"
_ALIGN = 64
_THREADS = 4


@dataclass(frozen=True)
class Stored:
    """An array in the file of columns: how to read it, and where it starts."""

    dtype: str
    shape: tuple[int, ...]
    offset: int


Kept = tuple[str, Stored, Stored | None, Stored | None, Stored | None]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What the file of columns holds: of each column or array its name and its parts."""

    name: str
    format: str
    n_rows: int
    columns: tuple[Kept, ...]
    arrays: tuple[Kept, ...]
    parts: tuple[tuple[str, Manifest], ...]
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    class_names: tuple[str, ...] | None
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class Found:
    """What a child process made of a file: where its columns lie, and what they seem to be."""

    manifest: Manifest
    roles: Roles


def parse(folder: str, name: str, limits: Limits) -> Found:
    """Read the upload in `folder` and write its columns next to it; runs in a child process."""
    return _found(read_columns(Path(folder) / UPLOAD, name, limits), folder)


def parse_both(folder: str, names: tuple[str, str], limits: Limits) -> Found:
    """Read two uploads, the labels and the outputs of one data set, and write what they give."""
    first, second = (
        read_columns(Path(folder) / f"{UPLOAD}-{which}", name, limits)
        for which, name in enumerate(names)
    )
    return _found(join(first, second, limits), folder)


def parse_beside(folder: str, earlier: Manifest, name: str, limits: Limits) -> Found:
    """Read an upload that goes with the table of an earlier one, which lies in `folder` too."""
    second = read_columns(Path(folder) / UPLOAD, name, limits)
    return _found(join(load(earlier, Path(folder), EARLIER), second, limits), folder)


def recode(folder: str, earlier: Manifest, encoding: str, limits: Limits) -> Found:
    """Read the words of an earlier table, which lies in `folder`, in another encoding."""
    return _found(recoded(load(earlier, Path(folder), EARLIER), encoding), folder)


def guess_again(folder: str, earlier: Manifest, which: int, limits: Limits) -> Roles:
    """The roles of an earlier table's columns, in one of the readings of its arrays."""
    table = load(earlier, Path(folder), EARLIER)
    if table.raw is not None:
        table = arrange(table.raw, readings(table.raw.arrays)[which])
    return guess(table)


def _found(table: RawTable, folder: str) -> Found:
    return Found(store(table, Path(folder)), guess(table))


def store(table: RawTable, folder: Path, called: str = COLUMNS) -> Manifest:
    """Write the arrays of a table into one file; the manifest says where each of them lies.

    Of a table that is one reading of some arrays only these are written.
    """
    with (folder / called).open("wb") as file:
        return _write(table, file)


def _write(table: RawTable, file: BinaryIO) -> Manifest:
    def put(array: Array | None) -> Stored | None:
        if array is None:
            return None
        file.write(bytes(-file.tell() % _ALIGN))
        stored = Stored(array.dtype.str, array.shape, file.tell())
        file.write(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
        return stored

    def keep(columns: Mapping[str, Column]) -> tuple[Kept, ...]:
        kept = []
        for title, column in columns.items():
            data = put(column.data)
            assert data is not None
            kept.append((title, data, put(column.words), put(column.missing), put(column.indices)))
        return tuple(kept)

    parts = tuple((name, _write(part, file)) for name, part in table.parts.items())
    table = table if table.raw is None else table.raw
    return Manifest(
        name=table.name,
        format=table.format,
        n_rows=table.n_rows,
        columns=() if parts else keep(table.columns),
        arrays=() if parts else keep(table.arrays),
        parts=parts,
        sides=table.sides,
        class_names=table.class_names,
        notes=table.notes,
    )


def load(manifest: Manifest, folder: Path, called: str = COLUMNS) -> RawTable:
    """The table, mapped read-only from its file; the file may be deleted afterwards.

    Examples
    --------
    >>> import tempfile
    >>> table = read_columns(b"y_true,y_pred\\n1,0.7\\n", "x.csv")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     again = load(store(table, Path(folder)), Path(folder))
    >>> again.columns["y_pred"].values.tolist()
    [0.7]
    """
    with (folder / called).open("rb") as file:
        memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return _mapped(manifest, memory)


def _mapped(manifest: Manifest, memory: mmap.mmap) -> RawTable:
    def get(stored: Stored | None) -> Array | None:
        if stored is None:
            return None
        count = int(np.prod(stored.shape))
        flat = np.frombuffer(memory, np.dtype(stored.dtype), count, stored.offset)
        return flat.reshape(stored.shape)

    def columns(kept: tuple[Kept, ...]) -> dict[str, Column]:
        found = {}
        for title, data, words, missing, indices in kept:
            mapped = get(data)
            assert mapped is not None
            found[title] = Column(mapped, get(words), get(missing), get(indices))
        return found

    if manifest.parts:
        parts = {name: _mapped(part, memory) for name, part in manifest.parts}
        return replace(next(iter(parts.values())), parts=parts)
    table = RawTable(
        name=manifest.name,
        format=manifest.format,
        n_rows=manifest.n_rows,
        columns=columns(manifest.columns),
        arrays=columns(manifest.arrays),
        sides=manifest.sides,
        class_names=manifest.class_names,
        notes=manifest.notes,
    )
    return best_reading(table)


def memory_of(table: RawTable) -> mmap.mmap | None:
    """The file that the columns of a table are mapped from; None for other tables."""
    tables = (table, *table.parts.values(), *([] if table.raw is None else [table.raw]))
    columns = (c for each in tables for c in (*each.columns.values(), *each.arrays.values()))
    return next((found for c in columns if (found := _map_of(c.data)) is not None), None)


def rest(table: RawTable) -> None:
    """Give back the memory of columns that are mapped from a file, where the system can.

    Nothing is lost: what is looked at again is read again. Call it when the columns that count have
    been copied side by side.
    """
    if not hasattr(mmap, "MADV_DONTNEED"):
        return
    maps = {id(found): found for c in table.columns.values() if (found := _map_of(c.data))}
    for found in maps.values():
        found.madvise(mmap.MADV_DONTNEED)


def _map_of(array: object) -> mmap.mmap | None:
    while isinstance(array, np.ndarray | memoryview):
        array = array.base if isinstance(array, np.ndarray) else array.obj
    return array if isinstance(array, mmap.mmap) else None


def prepare() -> None:
    """Keep a child process small: few Arrow threads, since each one reserves address space."""
    pa.set_cpu_count(min(_THREADS, pa.cpu_count()))
    pa.set_io_thread_count(1)

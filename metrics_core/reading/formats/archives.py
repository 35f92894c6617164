"""NPZ: a zip of NPY arrays, one column each; no size that the zip declares is trusted."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import IO

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import says
from metrics_core.reading.formats.foreign import UNPACK_ONE, foreign_file, inside
from metrics_core.reading.formats.left_out import UnusableError, left_out, nothing_left
from metrics_core.reading.formats.numpy_files import (
    LONGEST_HEADER,
    Header,
    check_header,
    read_header,
    to_array,
    to_column,
    unusable,
)
from metrics_core.reading.formats.sheets.workbook import kind_of, read_workbook
from metrics_core.reading.limits import (
    Limits,
    check_bytes,
    check_columns,
    check_names,
    malformed,
    shorten,
)
from metrics_core.reading.table import Column, RawTable

_NAMES = {"class_names", "classes", "categories", "label_names", "target_names", "names"}
_BLOCK = 1 << 20
_ENTRY_BYTES = 1024
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"


def read_zip(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read a zip: a workbook, or the arrays of an NPZ file.

    Raises
    ------
    InputError
        See `read_workbook` and `read_npz`; and for zips that hold anything else.
    """
    check_directory(data, name, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        titles = archive.namelist()
    kind = kind_of(titles)
    return read_npz(data, name, limits) if kind is None else read_workbook(data, name, kind, limits)


def read_npz(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read the arrays of an NPZ file as they came; `positions` makes columns of them.

    An array of words, or a shorter one of whole numbers, that is called ``class_names`` or the like
    gives the names of the classes; a structured array gives its fields. Single values, Python
    objects and complex numbers are left out unread, with a note, and so are arrays of more than two
    axes that nothing calls labels or outputs, where others are called so.

    Raises
    ------
    InputError
        For a broken zip, encrypted members, and sizes above the limits, counted while reading.
    """
    check_directory(data, name, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: info for info in archive.infolist()}
        _check_members(archive.infolist(), name, limits)
        headers = {}
        for title, info in members.items():
            with archive.open(info) as stream:
                start = stream.read(LONGEST_HEADER + 12)
            headers[title] = read_header(start, f"{name}: {title}")
        notes, names = _sort_out(headers, name)
        for title, header in headers.items():
            check_header(header, f"{name}: {title}", limits)
        check_bytes(name, sum(header.nbytes for header in headers.values()), limits)
        arrays: dict[str, Column] = {}
        class_names = None
        for title, header in headers.items():
            with archive.open(members[title]) as stream:
                array = to_array(_read_exactly(stream, header, f"{name}: {title}"), header)
            for called, part in _fields(title.removesuffix(".npy"), array):
                try:
                    column = to_column(part, name, limits)
                except UnusableError as error:
                    notes.append(left_out(called, error.reason))
                    continue
                if title in names:
                    class_names = tuple(str(text) for text in column.values)
                else:
                    arrays[called] = column
    if not arrays:
        raise nothing_left(name, notes)
    return RawTable(
        name=name,
        format="NPZ",
        n_rows=max(len(column.data) for column in arrays.values()),
        columns={},
        class_names=class_names,
        notes=tuple(notes),
        arrays=arrays,
    )


def _fields(title: str, array: Array) -> list[tuple[str, Array]]:
    if not array.dtype.names:
        return [(title, array)]
    return [(f"{title}.{field}", array[field]) for field in array.dtype.names]


def check_directory(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a directory that is too long for one entry per column, before it is listed."""
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise malformed(name, "NPZ", Message("a zip file without its directory"))
    size = int(struct.unpack("<I", data[end + 12 : end + 16])[0])
    if size > limits.max_columns * _ENTRY_BYTES or data[end - 20 : end - 16] == _END_64:
        raise malformed(name, "NPZ", Message("a directory of {size:,} bytes", {"size": size}))


def _check_members(infos: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    titles = [info.filename for info in infos]
    check_columns(name, len(titles), limits)
    check_names(name, titles)
    strange = [title for title in titles if not title.endswith(".npy")]
    if strange or not titles:
        foreign = inside(titles)
        if foreign is not None:
            raise foreign_file(name, *foreign)
        raise InputError(
            name,
            "must hold NPY arrays only, as `np.savez` writes them",
            shorten(repr(strange[0])) if strange else Message("an empty archive"),
            UNPACK_ONE,
        )
    for info in infos:
        if info.flag_bits & 1:
            raise malformed(
                name,
                "NPZ",
                Message("the encrypted array {array}", {"array": shorten(info.filename)}),
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise malformed(
                name,
                "NPZ",
                Message("an unknown compression in {array}", {"array": shorten(info.filename)}),
            )


def _sort_out(headers: dict[str, Header], name: str) -> tuple[list[Message], set[str]]:
    """Take out what is not a column; tell which array holds class names."""
    notes: list[Message] = []
    names: set[str] = set()
    roles = {says(title.removesuffix(".npy")) for title in headers}
    longest = max((header.shape[0] for header in headers.values() if header.shape), default=0)
    for title, header in list(headers.items()):
        called = title.removesuffix(".npy")
        plain = called.rpartition("/")[2].lower()
        if reason := unusable(header):
            notes.append(_not_read(called, reason[0], reason[1]))
            del headers[title]
        elif len(header.shape) > 2 and says(called) is None and roles >= {"label", "output"}:
            shown = {"shape": header.shape, "dtype": shorten(header.dtype)}
            notes.append(left_out(called, Message("it has shape {shape} and dtype {dtype}", shown)))
            del headers[title]
        elif plain in _NAMES and len(header.shape) == 1:
            shorter = header.dtype.kind in "iu" and header.shape[0] < longest
            if header.dtype.kind in "US" or shorter:
                names.add(title)
    if len(headers) == len(names) and notes:
        raise nothing_left(name, notes)
    return notes, names


def _not_read(title: str, reason: Message, remedy: Message) -> Message:
    shown = {"column": shorten(title), "reason": reason, "remedy": remedy}
    return Message("The column {column} is left out: it is {reason}. {remedy}", shown)


def _read_exactly(stream: IO[bytes], header: Header, name: str) -> memoryview:
    """The values that the header declares: neither fewer nor more bytes, whatever the zip says."""
    stream.read(header.start)
    parts = bytearray()
    while len(parts) <= header.nbytes:
        block = stream.read(min(_BLOCK, header.nbytes + 1 - len(parts)))
        if not block:
            break
        parts += block
    if len(parts) != header.nbytes:
        values = {"held": len(parts), "declared": header.nbytes}
        if len(parts) > header.nbytes:
            raise malformed(
                name, "NPY", Message("more than the declared {declared:,} bytes of values", values)
            )
        raise malformed(
            name, "NPY", Message("{held:,} bytes instead of {declared:,} bytes of values", values)
        )
    return memoryview(parts).toreadonly()

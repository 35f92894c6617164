"""NPY: the header is read and checked first; objects are never unpickled."""

from __future__ import annotations

import ast
import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.formats.arrow_columns import UnusableError, column_of, left_out
from metrics_core.reading.limits import (
    Limits,
    check_bytes,
    check_columns,
    check_names,
    check_shape,
    malformed,
    shorten,
)
from metrics_core.reading.table import Column, RawTable

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 65_536
_PREFIX = {1: ("<H", 10), 2: ("<I", 12), 3: ("<I", 12)}


@dataclass(frozen=True)
class Header:
    """What an NPY header declares; the values begin at byte `start`."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    start: int

    @property
    def nbytes(self) -> int:
        """Bytes that the values take."""
        return math.prod(self.shape) * self.dtype.itemsize


def read_header(data: bytes, name: str) -> Header:
    """Dtype, shape and order that the first bytes of an NPY file declare.

    Raises
    ------
    InputError
        Where the header is broken, or declares Python objects.

    Examples
    --------
    >>> import io
    >>> file = io.BytesIO()
    >>> np.save(file, np.zeros((3, 2), dtype=np.float32))
    >>> read_header(file.getvalue(), "x.npy").shape
    (3, 2)
    """
    if data[:6] != MAGIC or len(data) < 10 or data[6] not in _PREFIX:
        raise malformed(name, "NPY", Message("an unknown NPY header"))
    form, prefix = _PREFIX[data[6]]
    if len(data) < prefix:
        raise malformed(name, "NPY", Message("a truncated header"))
    length = int(struct.unpack(form, data[8:prefix])[0])
    if length > LONGEST_HEADER or prefix + length > len(data):
        raise malformed(name, "NPY", Message("a header of {size:,} bytes", {"size": length}))
    try:
        fields = ast.literal_eval(data[prefix : prefix + length].decode("utf-8").strip())
        descr, shape, fortran = fields["descr"], fields["shape"], fields["fortran_order"]
        dtype = np.lib.format.descr_to_dtype(descr)
        whole = all(type(size) is int and size >= 0 for size in shape)
    except (ValueError, SyntaxError, TypeError, KeyError, RecursionError, MemoryError):
        raise malformed(name, "NPY", Message("a header that cannot be read")) from None
    if not whole or not isinstance(shape, tuple) or not isinstance(fortran, bool):
        raise malformed(name, "NPY", Message("shape {shape}", {"shape": shorten(repr(shape))}))
    if dtype.hasobject:
        raise InputError(
            name,
            "must hold numbers or words, not Python objects",
            Message("dtype {dtype}", {"dtype": shorten(dtype)}),
            'Save a plain array: `np.save(path, values.astype("float32"))`.',
        )
    return Header(dtype, shape, fortran, prefix + length)


def check_header(header: Header, name: str, limits: Limits) -> None:
    """Refuse a declared shape or size above the limits."""
    rows = header.shape[0] if header.shape else 0
    if len(header.shape) not in (1, 2):
        raise InputError(
            name,
            "must hold an array of shape (rows,) or (rows, columns)",
            Message("shape {shape}", {"shape": header.shape}),
            "Reshape it to one row for each sample.",
        )
    width = header.shape[1] if len(header.shape) == 2 else len(header.dtype.names or (0,))
    check_shape(name, rows, width, limits)
    check_bytes(name, header.nbytes, limits)


def to_array(data: memoryview, header: Header) -> Array:
    """The values as an array over the same memory, in this machine's byte order."""
    flat = np.frombuffer(data, dtype=header.dtype, count=math.prod(header.shape))
    shaped = flat.reshape(header.shape, order="F" if header.fortran else "C")
    if not header.dtype.isnative:
        shaped = shaped.astype(header.dtype.newbyteorder("="))
    return shaped


def to_column(array: Array, name: str, limits: Limits) -> Column:
    """A numpy array as a column.

    Raises
    ------
    UnusableError
        For complex numbers, dates as numbers of another kind, bytes, and long floats.
    """
    kind = array.dtype.kind
    if kind in "SU" and array.ndim == 1:
        texts = np.char.decode(array, "utf-8", "replace") if kind == "S" else array
        return column_of(pa.chunked_array([pa.array(texts, type=pa.string())]), name, limits)
    if kind == "M" and array.ndim == 1:
        texts = np.datetime_as_string(array)
        return column_of(pa.chunked_array([pa.array(texts, type=pa.string())]), name, limits)
    if kind not in "biuf" or array.dtype.itemsize > 8:
        shown = {"kind": shorten(array.dtype), "shape": array.shape}
        raise UnusableError(
            Message("it holds {kind} of shape {shape}, not numbers or words", shown)
        )
    return Column(array)


def read_npy(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read one array.

    ``(n,)`` gives ``column_0``, ``(n, C)`` gives ``column_0`` to ``column_{C-1}``, so that one of
    them can be named the labels; a structured array gives its fields.

    Raises
    ------
    InputError
        For a broken header, Python objects, a shape above the limits, and missing bytes.
    """
    header = read_header(data, name)
    check_header(header, name, limits)
    held = len(data) - header.start
    if held != header.nbytes:
        values = {"held": held, "declared": header.nbytes}
        raise malformed(
            name, "NPY", Message("{held:,} bytes instead of {declared:,} bytes of values", values)
        )
    array = to_array(memoryview(data)[header.start :], header)
    if array.dtype.names:
        parts = {field: array[field] for field in array.dtype.names}
        if array.ndim != 1 or any(part.ndim > 2 for part in parts.values()):
            raise malformed(
                name, "NPY", Message("records of shape {shape}", {"shape": array.shape})
            )
    elif array.ndim == 2:
        check_columns(name, array.shape[1], limits)
        parts = {f"column_{index}": array[:, index] for index in range(array.shape[1])}
    else:
        parts = {"column_0": array}
    check_names(name, list(parts))
    columns: dict[str, Column] = {}
    notes: list[Message] = []
    for title, part in parts.items():
        try:
            columns[title] = to_column(part, name, limits)
        except UnusableError as error:
            notes.append(left_out(title, error.reason))
    if not columns:
        raise malformed(name, "NPY", notes[0])
    return RawTable(name=name, format="NPY", n_rows=len(array), columns=columns, notes=tuple(notes))

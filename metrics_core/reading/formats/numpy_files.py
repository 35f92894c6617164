"""NPY: the header is read and checked first; objects are never unpickled."""

from __future__ import annotations

import ast
import math
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any

import numpy as np
import pyarrow as pa

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.formats.arrow.columns import column_of
from metrics_core.reading.formats.left_out import UnusableError, left_out, nothing_left
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
        Where the header is broken.

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
        dtype, shape, fortran = _declared(bytes(data[prefix : prefix + length]))
        whole = all(type(size) is int and size >= 0 for size in shape)
    except (ValueError, SyntaxError, TypeError, KeyError, RecursionError, MemoryError):
        raise malformed(name, "NPY", Message("a header that cannot be read")) from None
    if not whole or not isinstance(shape, tuple) or not isinstance(fortran, bool):
        raise malformed(name, "NPY", Message("shape {shape}", {"shape": shorten(repr(shape))}))
    return Header(dtype, shape, fortran, prefix + length)


@lru_cache(64)
def _declared(header: bytes) -> tuple[np.dtype[Any], Any, Any]:
    """The same text stands before each of thousands of arrays of one length."""
    fields = ast.literal_eval(header.decode("utf-8").strip())
    dtype = np.lib.format.descr_to_dtype(fields["descr"])
    return dtype, fields["shape"], fields["fortran_order"]


def check_header(header: Header, name: str, limits: Limits) -> None:
    """Refuse Python objects, a single value, and a declared shape or size above the limits.

    More than two axes are samples, positions, and perhaps outputs on the last one.
    """
    if reason := unusable(header):
        raise InputError(
            name,
            "must hold numbers or words, not Python objects, of shape (rows,) or with more axes",
            reason[0],
            reason[1],
        )
    shape = header.shape
    width = shape[-1] if len(shape) > 1 else len(header.dtype.names or (0,))
    check_shape(name, math.prod(shape[:-1]) if len(shape) > 1 else shape[0], width, limits)
    check_bytes(name, header.nbytes, limits)


def unusable(header: Header) -> tuple[Message, Message] | None:
    """Why an array can be no column, and the way out; None where it can.

    Examples
    --------
    >>> print(unusable(Header(np.dtype("O"), (4,), False, 0))[0])
    an array of Python objects of shape (4,)
    """
    shape, dtype = header.shape, header.dtype
    if dtype.hasobject:
        return Message("an array of Python objects of shape {shape}", {"shape": shape}), Message(
            "Save plain numbers: `np.array(values.tolist(), dtype='float32')`; where its rows "
            "differ in length, `np.concatenate(list(values))`."
        )
    if not shape:
        return Message("a single value of dtype {dtype}", {"dtype": shorten(dtype)}), Message(
            "Save the labels and outputs of each sample, not a figure made of them."
        )
    if dtype.kind == "c":
        return Message(
            "{dtype} of shape {shape}", {"dtype": shorten(dtype), "shape": shape}
        ), Message("Save their real part: `values.real`, or their size: `np.abs(values)`.")
    if dtype.kind == "V" and (not dtype.names or len(shape) > 1):
        shown = {"dtype": shorten(dtype), "shape": shape}
        return Message(
            "records of dtype {dtype} and shape {shape}, not numbers or words", shown
        ), Message(
            "Save each field by itself: `np.savez(path, y_true=values['…'], y_pred=values['…'])`."
        )
    return None


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
    if kind in "SU" and array.ndim == 2 and array.shape[1] == 1:
        array = array[:, 0]
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
    them can be named the labels; a structured array gives its fields, and one of more axes itself.

    Raises
    ------
    InputError
        For a broken header, Python objects, a shape above the limits, and missing bytes.
    """
    header = read_header(data, name)
    check_header(header, name, limits)
    title = PurePath(name).stem
    held = len(data) - header.start
    if held != header.nbytes:
        values = {"held": held, "declared": header.nbytes}
        raise malformed(
            name, "NPY", Message("{held:,} bytes instead of {declared:,} bytes of values", values)
        )
    array = to_array(memoryview(data)[header.start :], header)
    if array.ndim > 2:
        whole = {title: to_column(array, name, limits)}
        return RawTable(name=name, format="NPY", n_rows=len(array), columns={}, arrays=whole)
    if array.dtype.names:
        parts = {field: array[field] for field in array.dtype.names}
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
        raise nothing_left(name, notes)
    return RawTable(name=name, format="NPY", n_rows=len(array), columns=columns, notes=tuple(notes))

"""MATLAB files of version 5 (``save`` without ``-v7.3``): numbers, logicals and texts."""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.formats.left_out import UnusableError, left_out, nothing_left
from metrics_core.reading.formats.numpy_files import to_column
from metrics_core.reading.limits import Limits, check_bytes, check_columns, malformed, shorten
from metrics_core.reading.table import Column, RawTable

_HEADER, _TAG = 128, 8
_COMPRESSED = 15
_BLOCK = 1 << 20
_NUMBERS = {
    "double", "single", "logical", "int8", "int16", "int32", "int64",
    "uint8", "uint16", "uint32", "uint64",
}  # fmt: skip
_WAYS_OUT: dict[str, Message] = {
    "struct": Message("it is a struct; save its fields: `save(path, '-struct', 'name')`"),
    "sparse": Message("it is sparse; save `full(name)`"),
    "cell": Message("it is a cell array of other things than texts; save `cell2mat(name)`"),
    "table": Message("it is a table or a category; save `table2array(name)` or `double(name)`"),
}
_MOST_CELLS = 200_000


def read_matlab(data: bytes, name: str, limits: Limits) -> RawTable:
    """Read the arrays of a MATLAB file, one column each.

    Vectors lose their second axis, samples in columns (as neural network functions of MATLAB have
    them) are turned round, and labels from 1 to C against C outputs are names of classes. Structs,
    sparse matrices and objects are left out, with a note.

    Raises
    ------
    InputError
        For a broken file, for sizes above the limits: declared, and inflated; and without SciPy.
    """
    try:
        import scipy.io  # noqa: PLC0415 - 110 MB on disk, which few need
    except ModuleNotFoundError:
        raise InputError(
            name,
            "needs SciPy, which is not installed here, to be read",
            Message("a MATLAB file"),
            "Run `pip install 'accuracy-lens[matlab]'`, or save the arrays as CSV.",
        ) from None
    held = sum(_inflated_sizes(data, name, limits))
    listed = _read(name, scipy.io.whosmat, data)
    check_columns(name, len(listed), limits)
    notes: list[Message] = []
    wanted = []
    for title, shape, kind in listed:
        if kind not in (*_NUMBERS, "char", "cell") or (
            kind == "cell" and math.prod(shape) > _MOST_CELLS
        ):
            way = _WAYS_OUT.get(kind, _WAYS_OUT["table"])
            notes.append(left_out(title, way))
            continue
        if min(shape, default=0) < 0 or math.prod(shape) > max(held, 1):
            shown = {"array": shorten(title), "shape": shape}
            raise malformed(
                name, "MATLAB", Message("{array} of shape {shape} without its values", shown)
            )
        wanted.append(title)
    check_bytes(name, sum(8 * math.prod(s) for t, s, _ in listed if t in wanted), limits)
    found = _read(name, scipy.io.loadmat, data, variable_names=wanted, chars_as_strings=True)
    raw = {title: found[title] for title in wanted if title in found}
    arrays: dict[str, Column] = {}
    for title, array in _turned(raw, notes).items():
        try:
            arrays[title] = to_column(_texts(array), name, limits)
        except UnusableError:
            notes.append(left_out(title, _WAYS_OUT["cell"]))
    if not arrays:
        raise nothing_left(name, notes or [Message("no arrays")])
    return RawTable(
        name=name,
        format="MATLAB",
        n_rows=max(len(column.data) for column in arrays.values()),
        columns={},
        class_names=_class_names(arrays),
        notes=tuple(notes),
        arrays=arrays,
    )


def _read(name: str, read: Callable[..., Any], data: bytes, **options: object) -> Any:
    """What SciPy reads; of the ways in which a file can be broken it foresees few."""
    try:
        return read(io.BytesIO(data), **options)
    except MemoryError:
        raise
    except Exception as error:
        raise malformed(name, "MATLAB", error) from error


def _inflated_sizes(data: bytes, name: str, limits: Limits) -> Iterator[int]:
    """The bytes of each variable, inflated in blocks and counted, whatever its tag declares."""
    order = "<" if data[126:128] == b"IM" else ">"
    at, total = _HEADER, 0
    while at + _TAG <= len(data):
        kind, size = struct.unpack(f"{order}II", data[at : at + _TAG])
        at += _TAG
        if size > len(data) - at:
            raise malformed(name, "MATLAB", Message("a variable that is cut off"))
        if kind == _COMPRESSED:
            machine = zlib.decompressobj()
            waiting: bytes | memoryview = memoryview(data)[at : at + size]
            inflated = 0
            while len(waiting) and not machine.eof:
                inflated += len(machine.decompress(waiting, _BLOCK))
                waiting = machine.unconsumed_tail
                check_bytes(name, total + inflated, limits)
        else:
            inflated = size
        total += inflated
        check_bytes(name, total, limits)
        yield inflated
        at += size


def _texts(array: Array) -> Array:
    """A cell array of texts as words; other arrays as they are."""
    if array.dtype.kind != "O":
        return array
    cells = [np.asarray(cell) for cell in array.reshape(-1)]
    if not all(cell.dtype.kind == "U" and cell.size <= 1 for cell in cells):
        raise UnusableError(_WAYS_OUT["cell"])
    return np.array(["".join(cell.reshape(-1)) for cell in cells])


def _turned(arrays: dict[str, Array], notes: list[Message]) -> dict[str, Array]:
    """Vectors with one axis, and the samples of matrices in rows."""
    plain = {title: array for title, array in arrays.items() if array.size}
    flat = {t: a for t, a in plain.items() if a.ndim == 2 and 1 in a.shape}
    wide = {t: a for t, a in plain.items() if a.ndim == 2 and 1 not in a.shape}
    lengths = {array.size for array in flat.values()}
    turned = [
        title
        for title, array in wide.items()
        if (array.shape[1] in lengths and array.shape[0] not in lengths)
        or (not flat and len(wide) > 1 and _has_samples_in_columns(wide))
    ]
    if turned:
        shown = {"columns": shorten(", ".join(turned))}
        notes.append(Message("The samples were read from the columns of {columns}.", shown))
    several = any(array.size > 1 for array in plain.values())
    found = {}
    for title, array in plain.items():
        if title in flat:
            if array.size > 1 or not several:
                found[title] = array.reshape(-1)
        elif array.ndim == 2:
            found[title] = array.T if title in turned else array
        else:
            found[title] = array
    return found


def _has_samples_in_columns(wide: dict[str, Array]) -> bool:
    """Whether some matrix is one-hot by columns and not by rows, and all have as many columns."""
    if len({array.shape for array in wide.values()}) > 1:
        return False
    for array in wide.values():
        if array.dtype.kind in "biuf" and np.all((array == 0) | (array == 1)):
            by_column, by_row = np.all(array.sum(axis=0) == 1), np.all(array.sum(axis=1) == 1)
            if by_column and not by_row:
                return True
    return False


def _class_names(arrays: dict[str, Column]) -> tuple[str, ...] | None:
    """The numbers 1 to C, where labels count from 1 and go up to the C columns of the outputs."""
    widths = {column.width for column in arrays.values() if column.data.ndim > 1}
    for column in arrays.values():
        data = column.data
        if column.is_text or data.ndim > 1 or data.dtype.kind not in "iuf" or len(widths) != 1:
            continue
        (width,) = widths
        if data.min() == 1 and data.max() == width and np.all(data == np.floor(data)):
            return tuple(str(index) for index in range(1, width + 1))
    return None

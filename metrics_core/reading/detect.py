"""What a file is, by its first bytes; and the one door to all readers."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from os import PathLike
from pathlib import Path

import pyarrow as pa

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.archives import read_zip
from metrics_core.reading.formats.arrow.files import read_ipc_file, read_ipc_stream, read_parquet
from metrics_core.reading.formats.delimited import read_delimited
from metrics_core.reading.formats.encoding.utf8 import to_utf8
from metrics_core.reading.formats.foreign import (
    OPEN_AND_SAVE,
    OUTPUTS,
    UNPACK,
    foreign_file,
    saved_objects,
)
from metrics_core.reading.formats.json.shapes import without_python
from metrics_core.reading.formats.json.text import read_json
from metrics_core.reading.formats.matlab import read_matlab
from metrics_core.reading.formats.numpy_files import MAGIC, read_npy
from metrics_core.reading.formats.sheets.workbook import read_old_office
from metrics_core.reading.formats.stray_cells import settle
from metrics_core.reading.limits import LIMITS, Limits, check_size, malformed, shorten
from metrics_core.reading.positions import sort_out
from metrics_core.reading.table import RawTable

Reader = Callable[[bytes, str, Limits], RawTable]
_READERS: tuple[tuple[bytes, str, Reader], ...] = (
    (b"PAR1", "Parquet", read_parquet),
    (b"ARROW1", "Arrow", read_ipc_file),
    (b"\xff\xff\xff\xff", "Arrow", read_ipc_stream),
    (MAGIC, "NPY", read_npy),
    (b"PK\x03\x04", "NPZ", read_zip),
    (b"PK\x05\x06", "NPZ", read_zip),
    (b"\xd0\xcf\x11\xe0", "Excel workbook (XLS)", read_old_office),
    (b"MATLAB 5.0", "MATLAB", read_matlab),
)
_REFUSED: tuple[tuple[bytes, Message, Message], ...] = (
    (
        b"FEA1",
        Message("a Feather file of version 1"),
        Message("Write it again with `frame.to_feather(path)`."),
    ),
    (b"\x1f\x8b", Message("a gzip file"), UNPACK),
    (b"BZh", Message("a bzip2 file"), UNPACK),
    (b"\xfd7zXZ\x00", Message("an xz file"), UNPACK),
    (b"\x28\xb5\x2f\xfd", Message("a Zstandard file"), UNPACK),
    (
        b"7z\xbc\xaf\x27\x1c",
        Message("a 7z archive"),
        Message("Unpack it and upload one of its files."),
    ),
    (
        b"SQLite format 3",
        Message("an SQLite database"),
        Message("Write the table as CSV or Parquet."),
    ),
    (b"Obj\x01", Message("an Avro file"), Message("Write the table as Parquet.")),
    (b"ORC", Message("an ORC file"), Message("Write the table as Parquet.")),
    (b"%PDF", Message("a PDF file"), Message("Save the table as CSV.")),
    (b"\x89PNG", Message("an image"), OUTPUTS),
    (b"\xff\xd8\xff", Message("an image"), OUTPUTS),
    (
        b"$FL",
        Message("an SPSS file"),
        Message("Convert it: `frame = pandas.read_spss(path)`, `frame.to_csv('outputs.csv')`."),
    ),
    (
        b"<stata_dta>",
        Message("a Stata file"),
        Message("Convert it: `frame = pandas.read_stata(path)`, `frame.to_csv('outputs.csv')`."),
    ),
    (
        b"RDX",
        Message("an R workspace"),
        Message("Convert it in R: `load(path)`, `write.csv(frame, 'outputs.csv')`."),
    ),
    (
        b"# Created by Octave",
        Message("a text file of Octave"),
        Message("Save it as MATLAB does: `save('-v7', 'outputs.mat', 'y_true', 'y_pred')`."),
    ),
    (b"<!doctype html", Message("an HTML page"), OPEN_AND_SAVE),
    (b"<html", Message("an HTML page"), OPEN_AND_SAVE),
    (b"<?xml", Message("an XML file"), OPEN_AND_SAVE),
)
_FAILURES = (
    pa.ArrowException,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    struct.error,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_columns(
    source: bytes | str | PathLike[str],
    name: str,
    limits: Limits = LIMITS,
    *,
    encoding: str | None = None,
) -> RawTable:
    """Read a file of labels and outputs into raw columns; its content decides the format.

    Parameters
    ----------
    source : bytes or path
        The content, or where it is.
    name : str
        What the user calls the file; every refusal names it. Its ending is not trusted.
    limits : Limits, default LIMITS
        How much the file may need.
    encoding : str, optional
        Of a text file, as Python calls it (``"cp1252"``); guessed where it is not given.

    Returns
    -------
    RawTable
        Columns in the dtypes that came.

    Raises
    ------
    InputError
        For every file that is malformed, foreign, or above the limits.

    Examples
    --------
    >>> table = read_columns(b"label,score\\n1,0.7\\n0,0.2\\n", "scores.csv")
    >>> table.format, table.n_rows, list(table.columns)
    ('CSV', 2, ['label', 'score'])
    """
    name = shorten(name)
    try:
        if not isinstance(source, bytes):
            check_size(name, Path(source).stat().st_size, limits)
            source = Path(source).read_bytes()
        check_size(name, len(source), limits)
        return sort_out(settle(_read(source, name, limits, encoding)), limits)
    except InputError:
        raise
    except MemoryError:
        raise InputError(
            name,
            "must fit into the memory that is reserved for one file",
            Message("a file that needs more"),
            "Keep only some of the samples, or save outputs as float32.",
        ) from None
    except _FAILURES as error:
        raise malformed(name, _format(source), error) from error


def _read(data: bytes, name: str, limits: Limits, encoding: str | None) -> RawTable:
    for magic, _, read in _READERS:
        if data.startswith(magic):
            return read(data, name, limits)
    _refuse_foreign(data, name)
    text, notes = to_utf8(data, name, encoding)
    text = without_python(text)
    start = text[:_BLANKS].lstrip()[:1]
    reader = read_json if start in (b"{", b"[") else read_delimited
    table = reader(text, name, limits)
    return replace(table, notes=(*notes, *table.notes))


_BLANKS = 65_536


def _refuse_foreign(data: bytes, name: str) -> None:
    """Say what a file of a known but unreadable kind is, and how to convert it."""
    start = data[:64].lower()
    foreign = [(kind, hint) for magic, kind, hint in _REFUSED if start.startswith(magic.lower())]
    if (code := saved_objects(data)) is not None:
        foreign = [code]
    if foreign:
        raise foreign_file(name, *foreign[0])


def _format(source: object) -> str:
    if isinstance(source, bytes):
        for magic, format, _ in _READERS:
            if source.startswith(magic):
                return format
        return "JSON" if source.lstrip()[:1] in (b"{", b"[") else "CSV"
    return "readable"

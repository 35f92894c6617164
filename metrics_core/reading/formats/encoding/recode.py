"""A text that was read in one encoding, as it reads in another: words and names alone change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from metrics_core.reading.formats.encoding.guess import CHOICES
from metrics_core.reading.formats.encoding.names import encoding_said, said_encoding
from metrics_core.reading.table import RawTable

_MOST_WORDS = 1000


def encoding_of(table: RawTable) -> str | None:
    """The encoding that was guessed for a text; None where none was, and for two joined files."""
    found = [code for note in table.notes if (code := encoding_said(note)) is not None]
    return found[0] if len(found) == 1 and not any(table.sides) else None


def encodings_of(table: RawTable) -> tuple[str, ...]:
    """The encodings in which the words and names of a table can be read, the guessed one first.

    Of words the first thousand of a column are tried.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns("classe,p\\nnão,0.2\\n".encode("cp1252"), "x.csv")
    >>> encodings_of(table)[:2]
    ('cp1252', 'cp850')
    """
    was = encoding_of(table)
    if was is None:
        return ()
    texts = [*table.columns]
    for column in table.columns.values():
        texts += [] if column.words is None else map(str, column.words[:_MOST_WORDS])
    raw = "\n".join(texts).encode(was, "replace")
    others = (code for code in CHOICES if code != was and _can_read(raw, code))
    return (was, *others)


def _can_read(raw: bytes, encoding: str) -> bool:
    try:
        return "\ufffd" not in raw.decode(encoding)
    except UnicodeDecodeError:
        return False


def recoded(table: RawTable, encoding: str) -> RawTable:
    """The table as it reads in another encoding.

    Examples
    --------
    >>> from metrics_core.reading import read_columns
    >>> table = read_columns("y,p\\nDeðil,0.2\\nil,0.7\\n".encode("cp1252"), "x.csv")
    >>> recoded(table, "cp1252").columns["y"].values.tolist()
    ['Deðil', 'il']
    """
    was = encoding_of(table)
    if was is None or was == encoding:
        return table
    titles = _again(table.columns, was, encoding)
    columns = {}
    for title, column in zip(titles, table.columns.values(), strict=True):
        words = column.words
        if words is not None and len(words):
            words = np.array(_again(map(str, words), was, encoding))
        columns[title] = replace(column, words=words)
    notes = tuple(
        note if encoding_said(note) is None else said_encoding(encoding) for note in table.notes
    )
    return replace(table, columns=columns, notes=notes)


def _again(texts: Iterable[str], was: str, now: str) -> list[str]:
    return [text.encode(was, "replace").decode(now, "replace") for text in texts]

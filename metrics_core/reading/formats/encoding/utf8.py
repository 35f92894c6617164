"""Bytes of a text file -> UTF-8, whichever encoding it came in."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading.formats.encoding.guess import (
    WESTERN,
    _asian,
    _guess_other,
    _is_turkish,
    guess_western,
)
from metrics_core.reading.formats.encoding.names import said_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROBE = 65_536
_BLOCK = 1 << 20
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13})


def to_utf8(
    data: bytes, name: str, encoding: str | None = None
) -> tuple[bytes, tuple[Message, ...]]:
    """The text as UTF-8 without a byte order mark, and a note where the encoding was guessed.

    Parameters
    ----------
    data : bytes
        UTF-8, UTF-16 or UTF-32 with or without a mark (UTF-32 with one), or an older encoding.
    name : str
        The name of the file, for the refusal.
    encoding : str, optional
        The encoding, as Python calls it, where it is known; it outweighs any guess.

    Raises
    ------
    InputError
        Where the bytes are not text.

    Examples
    --------
    >>> to_utf8("a,b".encode("utf-16"), "x.csv")
    (b'a,b', ())
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _recode(data, marked, name), ()
    if encoding is not None:
        return _recode(data, encoding, name), (said_encoding(encoding),)
    probe = data[:_PROBE]
    if wide := _wide(probe):
        return _recode(data, wide, name), ()
    if probe.translate(None, _CONTROLS) != probe:
        raise _not_text(name, Message("bytes that are not text"))
    broken = _first_bad(data)
    if broken is None:
        return data, ()
    start = max(0, broken - _PROBE // 2)
    sample = data[start : start + _PROBE]
    best = _asian(sample) or ("cp1254" if _is_turkish(sample) else guess_western(sample))
    if best is None:
        match = from_bytes(sample).best()
        best = None if match is None else match.encoding
        if best is None or best in (*WESTERN, "latin_1"):
            best = _guess_other(sample) or best
        if best is None:
            raise _not_text(name, Message("bytes in no known text encoding"))
    return _recode(data, best, name), (said_encoding(best),)


def _wide(probe: bytes) -> str | None:
    """Which UTF-16 the bytes are in: plain letters have a zero on one side of each pair."""
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    pairs = max(1, len(probe) // 2)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def _first_bad(data: bytes) -> int | None:
    """Where the bytes stop being UTF-8, or None; reads block by block."""
    if data.isascii():
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    for start in range(0, len(data), _BLOCK):
        try:
            decoder.decode(view[start : start + _BLOCK], start + _BLOCK >= len(data))
        except UnicodeDecodeError as error:
            return start + error.start
    return None


def _recode(data: bytes, encoding: str, name: str) -> bytes:
    if encoding == "utf-8-sig" and _first_bad(data) is None:
        return data[len(codecs.BOM_UTF8) :]
    try:
        return data.decode(encoding).encode("utf-8")
    except (UnicodeError, LookupError):
        raise _not_text(
            name, Message("bytes that are not {encoding}", {"encoding": encoding})
        ) from None


def _not_text(name: str, received: Message) -> InputError:
    return InputError(
        name,
        "must be CSV, TSV, JSON, JSON Lines, Parquet, Arrow, NPY or NPZ",
        received,
        "Save it in one of these formats, text preferably as UTF-8.",
    )

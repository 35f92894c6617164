"""Bytes of a text file -> UTF-8, whichever encoding it came in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from metrics_core.errors import InputError
from metrics_core.messages import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "cp1252": "Windows-1252",
    "cp850": "DOS code page 850",
    "mac_roman": "Mac Roman",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "iso8859_2": "ISO 8859-2",
    "iso8859_7": "ISO 8859-7",
    "koi8_r": "KOI8-R",
    "shift_jis": "Shift JIS",
    "gb18030": "GB 18030",
    "euc_kr": "EUC-KR",
    "big5": "Big5",
}
"""Encodings that are called by a name that people know."""
WESTERN = ("cp1252", "cp850", "mac_roman")
"""Encodings of Western Europe, the common ones first."""
_OTHERS = ("cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "gb18030", "euc_kr")
CHOICES = (*WESTERN, *_OTHERS, "iso8859_2", "koi8_r", "iso8859_7", "big5")
"""Encodings that are offered where one was guessed."""
_COMMON = frozenset("àáâãäåæçèéêíñóôõöøúüß")
_LESS_COMMON = frozenset("ëìîïòùûýÿœªº")
_CAPITALS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒ")
_AT_WORDS = frozenset("\u2018\u2019\u201c\u201d\u201e\u2026\u2013\u2014\u00a0«»¿¡°´")
_APART = frozenset("\u2022€£§©®±²³µ·×%‰")
_ONLY_TURKISH = frozenset("ğışĞİŞ")
_TURKISH = _ONLY_TURKISH | frozenset("çöüâîûÇÖÜ")
_TWO_BYTES = ("gb2312", "gbk", "gb18030", "big5", "euc_kr", "cp949", "euc_jp", "shift_jis")
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
        if best is None or best in (*WESTERN, "cp1252", "latin_1"):
            best = _guess_other(sample) or best
        if best is None:
            raise _not_text(name, Message("bytes in no known text encoding"))
    return _recode(data, best, name), (said_encoding(best),)


_READ_AS = "The text is not UTF-8; it was read as {encoding}."


def said_encoding(encoding: str) -> Message:
    """The note about an encoding that was guessed."""
    return Message(
        "The text is not UTF-8; it was read as {encoding}.", {"encoding": name_of(encoding)}
    )


def name_of(encoding: str) -> str:
    """What people call an encoding.

    Examples
    --------
    >>> name_of("cp1252"), name_of("utf_7")
    ('Windows-1252', 'utf_7')
    """
    return _NAMES.get(encoding, encoding)


def encoding_said(note: Message) -> str | None:
    """The encoding that such a note tells; None for other notes."""
    if note.template != _READ_AS:
        return None
    shown = str(note.values["encoding"])
    return next((code for code, name in _NAMES.items() if name == shown), shown)


def guess_western(sample: bytes) -> str | None:
    """Which encoding of Western Europe makes words of the bytes; None where none does.

    A word has small letters after small ones, and few accents in a row; the first encoding that
    gives such words is taken, so that a rare one never beats a common one.

    Examples
    --------
    >>> guess_western("não, coração".encode("cp1252")), guess_western("não".encode("cp850"))
    ('cp1252', 'cp850')
    >>> guess_western("кошка и собака".encode("cp1251")) is None
    True
    """
    found = {encoding: _likeness(sample, encoding) for encoding in WESTERN}
    if found[WESTERN[0]] >= 0.85:
        return WESTERN[0]
    best = max(WESTERN, key=lambda encoding: found[encoding])
    return best if found[best] > 0.8 else None


def _asian(sample: bytes) -> str | None:
    """The encoding of two bytes a sign, where all runs beyond ASCII are long and even."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    if not runs or len(b"".join(runs)) < 3 * len(runs) or any(len(run) % 2 for run in runs):
        return None
    match = from_bytes(sample).best()
    return match.encoding if match is not None and match.encoding in _TWO_BYTES else None


def _is_turkish(sample: bytes) -> bool:
    """Whether all letters beyond ASCII are Turkish, and some are of no other Western language."""
    letters = {sign for sign in _decoded(sample, "cp1254") if sign.isalpha() and not sign.isascii()}
    return letters <= _TURKISH and bool(letters & _ONLY_TURKISH)


def _guess_other(sample: bytes) -> str | None:
    """The first encoding that makes words without a stray capital or sign of all the bytes."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    long = len(b"".join(runs)) > 2.5 * len(runs)
    for encoding in ("cp1251", *_OTHERS) if long else _OTHERS:
        text = _decoded(sample, encoding)
        pairs = zip(f" {text}", text, strict=False)
        if text and all(
            sign.isascii() or (sign.isalpha() and not (before.islower() and sign.isupper()))
            for before, sign in pairs
        ):
            return encoding
    return None


def _decoded(sample: bytes, encoding: str) -> str:
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _likeness(sample: bytes, encoding: str) -> float:
    """The share of the signs beyond ASCII that stand where a Western text has them."""
    text = _decoded(sample, encoding)
    likely = total = 0.0
    padded = f" {text} "
    for place in range(1, len(padded) - 1):
        sign = padded[place]
        if sign.isascii():
            continue
        total += 1
        before, after = padded[place - 1], padded[place + 1]
        foreign = all(near.isalpha() and not near.isascii() for near in (before, after))
        small = before.isascii() and before.islower()
        if sign in _COMMON or sign in _LESS_COMMON:
            last = sign in "œç" and not after.isalpha()
            likely += 0.0 if foreign or last or after.isupper() else 1.0 if sign in _COMMON else 0.9
        elif sign in _CAPITALS:
            likely += not small and not foreign
        elif sign in _AT_WORDS:
            likely += sign == "\u2019" or not (small and after.isalpha())
        elif sign in _APART:
            likely += not (before.isalpha() or after.isalpha())
    return likely / total if total else 0.0


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

"""What encodings are called, and the note on one that was guessed."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message

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


_READ_AS: Message = Message("The text is not UTF-8; it was read as {encoding}.", {"encoding": ""})


def said_encoding(encoding: str) -> Message:
    """The note about an encoding that was guessed."""
    return replace(_READ_AS, values={"encoding": name_of(encoding)})


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
    if note.template != _READ_AS.template:
        return None
    shown = str(note.values["encoding"])
    return next((code for code, name in _NAMES.items() if name == shown), shown)

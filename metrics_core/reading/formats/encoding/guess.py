"""Which older encoding makes words of the bytes."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

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

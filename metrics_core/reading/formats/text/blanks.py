"""Cells parted by blanks, or in columns of fixed width -> cells parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from metrics_core.reading.formats.text.rows import tokens, wide_tokens

_COMMENT = re.compile(rb"(?m)^[ \t]*(?:#|//|%|--)[ \t]*")


_NEW_LINES, _BLANKS = (10, 13), (32, 9)


def part_cells(data: bytes, lines: list[str]) -> tuple[bytes, str]:
    """Cells parted by blanks -> by tabs, or as they are where one blank parts all of them."""
    if any(_COMMENT.match(line.encode()) for line in lines):
        data = _COMMENT.sub(b"#", data)
        lines = [_COMMENT.sub(b"#", line.encode()).decode() for line in lines]
    whole = [line for line in lines if line.strip()]
    if _is_even(whole, tokens):
        if all(line == " ".join(tokens(line)) for line in whole):
            return data, " "
        if b'"' not in data:
            return squeeze(data), "\t"
        return _by_line(data, tokens), "\t"
    places = _gaps(whole)
    if _is_even(whole, wide_tokens):
        most = max(len(wide_tokens(line)) for line in whole)
        named = any(all(line[a:b].strip() for a, b in places or ()) for line in whole[:10])
        if places is None or len(places) <= most or not named:
            return _by_line(data, wide_tokens), "\t"
    if places is None:
        return _by_line(data, tokens), "\t"
    return _by_line(data, lambda line: [line[a:b].strip() for a, b in places]), "\t"


def _by_line(data: bytes, split: Callable[[str], list[str]]) -> bytes:
    parted = ("\t".join(split(line)) for line in data.decode("utf-8", "replace").splitlines())
    return ("\n".join(parted) + "\n").encode()


def _is_even(lines: list[str], split: Callable[[str], list[str]]) -> bool:
    """Whether all lines between a head and an ending have as many cells, more than one."""
    counts = [len(split(line)) for line in lines if not line.startswith("#")]
    below = counts[1:] or counts
    common = max(set(below), key=below.count)
    first, last = counts.index(common), len(counts) - counts[::-1].index(common)
    body = counts[first:last]
    return common > 1 and set(body) == {common} and 2 * len(body) >= min(len(counts), 20)


def _gaps(lines: list[str]) -> list[tuple[int, int]] | None:
    """Columns of fixed width: what lies between places that are blank in every line."""
    counts = [len(tokens(line)) for line in lines]
    usual = [
        count
        for count in set(counts)
        if count > 1 and counts.count(count) > max(1, len(counts) // 10)
    ]
    within = [place for place, count in enumerate(counts) if count in usual]
    if not within:
        return None
    lines = lines[within[0] : within[-1] + 1]
    width = max(map(len, lines))
    ink = np.zeros(width + 1, dtype=bool)
    for line in lines:
        ink[: len(line)] |= np.array([not sign.isspace() for sign in line], dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ink]).astype(np.int8)))
    starts = edges[0::2].tolist()
    return list(zip(starts, [*starts[1:], width + 1_000], strict=True)) if starts[1:] else None


def squeeze(data: bytes) -> bytes:
    """One tab for each run of blanks, and none at the ends of lines.

    Examples
    --------
    >>> squeeze(b"  1   0.5 \\n 0 0.25\\n")
    b'1\\t0.5\\n0\\t0.25\\n'
    """
    text = np.frombuffer(data, dtype=np.uint8)
    blank, ends = np.isin(text, _BLANKS), np.isin(text, _NEW_LINES)
    after = np.append((blank | ends)[1:], True)
    text, ends = text[keep := ~(blank & after)], ends[keep]
    blank = np.isin(text, _BLANKS)
    start = np.concatenate([[True], ends[:-1]])
    text = text[keep := ~(blank & start)].copy()
    text[blank[keep]] = 9
    return bytes(text.data)

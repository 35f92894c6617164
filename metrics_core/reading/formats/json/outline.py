"""Where the records of a JSON text begin and end, found without building anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.reading.limits import Limits, malformed

_BLOCK, _FIRST = 16 << 20, 1 << 20
_QUOTE, _SLASH, _COMMA, _LINE = b'"'[0], b"\\"[0], b","[0], b"\n"[0]
_STEP = np.zeros(256, dtype=np.int8)
_STEP[list(b"{[")] = 1
_STEP[list(b"}]")] = -1
_MARKED = _STEP != 0
_MARKED[_QUOTE] = True
_BLANK = np.zeros(256, dtype=bool)
_BLANK[list(b" \t\r\n")] = True
_LONGEST_GAP = 4096


@dataclass(frozen=True, eq=False, kw_only=True)
class Outline:
    """Records of a JSON text: ``opens[i]`` and ``closes[i]`` are the positions of their braces.

    `base` is 1 for records inside one pair of square brackets and 0 for records side by side;
    `depth` is the deepest nesting, `inner` tells whether records hold objects themselves, and
    `lists` whether there is anything but records, so that no record could be found.
    """

    opens: Array
    closes: Array
    base: int
    depth: int
    inner: bool
    lists: bool = False


def outline(data: bytes, name: str, limits: Limits) -> Outline:
    """Find the records, and check nesting and the number of keys before anything is parsed.

    Raises
    ------
    InputError
        For unclosed brackets or strings, nesting deeper than `limits.max_depth`, and more keys per
        record than columns are allowed.

    Examples
    --------
    >>> from metrics_core.reading import LIMITS
    >>> outline(b'[{"a": 1}, {"a": 2}]', "x.json", LIMITS).opens.tolist()
    [1, 11]
    """
    text = np.frombuffer(data, dtype=np.uint8)
    _check_depth(_brackets(text[:_FIRST])[2], name, limits)  # before arrays of all are made
    positions, marks, depths, n_quotes, unclosed = _brackets(text)
    if unclosed:
        raise malformed(name, "JSON", Message("a string without its closing quote"))
    steps = _STEP[marks]
    _check_depth(depths, name, limits)
    deepest = int(depths.max(initial=0))
    if not len(depths) or depths[-1] != 0 or depths.min() < 0:
        raise malformed(name, "JSON", Message("brackets that are not closed, or closed twice"))
    base = int(marks[0] == b"["[0])
    opening = (steps == 1) & (depths == base + 1)
    nothing = np.empty(0, dtype=np.int32)
    if (marks[opening] != b"{"[0]).any() or (base and not opening.any() and _holds(text)):
        return Outline(
            opens=nothing, closes=nothing, base=base, depth=deepest, inner=False, lists=True
        )
    starts = np.flatnonzero(opening)
    ends = np.flatnonzero((steps == -1) & (depths == base))
    _check_keys(n_quotes[ends] - n_quotes[starts], len(starts), name, limits)
    inner = bool(((marks == b"{"[0]) & (depths > base + 1)).any())
    found = Outline(
        opens=positions[starts], closes=positions[ends], base=base, depth=deepest, inner=inner
    )
    _check_between(text, found, int(positions[-1]), name)
    return found


def _brackets(text: Array) -> tuple[Array, Array, Array, Array, bool]:
    """Brackets outside of strings, and whether a string is not closed.

    Where each stands, what it is, how deep it is after it, and the quotes before it.
    """
    parts = [
        (np.flatnonzero(_MARKED[text[start : start + _BLOCK]]) + start).astype(np.int32)
        for start in range(0, len(text), _BLOCK)
    ]
    positions = np.concatenate(parts)
    marks = text[positions]
    quotes = marks == _QUOTE
    if (text == _SLASH).any():
        quotes[quotes] = ~_escaped(text, positions[quotes])
    n_quotes = np.cumsum(quotes, dtype=np.int32)
    unclosed = bool(len(n_quotes) and n_quotes[-1] % 2)
    bracket = (marks != _QUOTE) & (n_quotes % 2 == 0)
    positions, marks, n_quotes = positions[bracket], marks[bracket], n_quotes[bracket]
    return positions, marks, np.cumsum(_STEP[marks], dtype=np.int32), n_quotes, unclosed


def _check_depth(depths: Array, name: str, limits: Limits) -> None:
    deepest = int(depths.max(initial=0))
    if deepest > limits.max_depth:
        raise InputError(
            name,
            "must not nest brackets deeper than {limit} levels",
            Message("{depth:,} levels", {"depth": deepest}),
            "Write one flat record for each sample.",
            limit=limits.max_depth,
        )


def _holds(text: Array) -> bool:
    """Whether anything stands between the first bracket and the last."""
    return int(np.count_nonzero(~_BLANK[text])) > 2


def _escaped(text: Array, quotes: Array) -> Array:
    """Which quotes follow an odd number of backslashes."""
    slashes = np.flatnonzero(text == _SLASH)
    fresh = np.ones(len(slashes), dtype=bool)
    fresh[1:] = np.diff(slashes) != 1
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(slashes)), 0))
    before = np.searchsorted(slashes, quotes - 1)
    before[before == len(slashes)] = 0
    touching = slashes[before] == quotes - 1
    length = before - first[before] + 1
    odd: Array = touching & (length % 2 == 1)
    return odd


def _check_keys(quotes: Array, records: int, name: str, limits: Limits) -> None:
    """Refuse records with more texts than twice the columns that are allowed."""
    if records > 1 and int(quotes.max()) > 4 * limits.max_columns:
        raise InputError(
            name,
            "must have at most {limit:,} columns",
            Message("{count:,} or more in one record", {"count": int(quotes.max()) // 4}),
            "Keep only the labels, the outputs, the weight and the id.",
            limit=limits.max_columns,
        )


def _check_between(text: Array, found: Outline, last: int, name: str) -> None:
    """Only blanks, and within square brackets one comma, may come between records."""
    head = text[: found.opens[0] if len(found.opens) else last]
    tail = text[found.closes[-1] + 1 :] if len(found.closes) else text[last:]
    outer = int(np.count_nonzero(~_BLANK[head])), int(np.count_nonzero(~_BLANK[tail]))
    gaps = found.opens[1:] - found.closes[:-1] - 1
    if outer != (found.base, found.base):
        raise malformed(name, "JSON", Message("text outside of its records"))
    longest = int(gaps.max(initial=0))
    if longest > _LONGEST_GAP:
        raise malformed(
            name, "JSON", Message("{size:,} bytes between two records", {"size": longest})
        )
    commas = np.zeros(len(gaps), dtype=np.int32)
    left = np.arange(len(gaps))
    for step in range(longest):
        left = left[gaps[left] > step]
        byte = text[found.closes[left] + 1 + step]
        commas[left] += byte == _COMMA
        if not (_BLANK[byte] | (byte == _COMMA)).all():
            raise malformed(name, "JSON", Message("text between two records"))
    if (commas != found.base).any():
        raise malformed(
            name,
            "JSON",
            Message("two records without a single comma between them")
            if found.base
            else Message("two records that are not separated by a line break alone"),
        )


def as_lines(data: bytes, found: Outline) -> bytearray:
    """The same records with one line each.

    Examples
    --------
    >>> from metrics_core.reading import LIMITS
    >>> text = b'[{"a":\\n1},{"a": 2}]'
    >>> bytes(as_lines(text, outline(text, "x.json", LIMITS))).split(b"\\n")
    [b' {"a": 1}', b'{"a": 2} ']
    """
    lines = bytearray(data.replace(b"\n", b" ").replace(b"\r", b" "))
    text = np.frombuffer(lines, dtype=np.uint8)
    text[: found.opens[0]] = b" "[0]
    text[found.closes[-1] + 1 :] = b" "[0]
    gaps = found.opens[1:] - found.closes[:-1] - 1
    for step in range(int(gaps.max(initial=0))):
        positions = found.closes[:-1][gaps > step] + 1 + step
        text[positions] = _LINE if step == 0 else b" "[0]
    return lines

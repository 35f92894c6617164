"""A table whose rows are numbered, as pandas writes it -> lists or records, which Arrow reads."""

from __future__ import annotations

import re

from metrics_core.reading.formats.json.objects import ROWS, TITLES

LEAST = 1 << 16
"""Bytes below which a text is not worth it."""
_MOST = 10_000
_COUNT = rb"-?\d+"
_HEAD = re.compile(rb'\s*\{\s*"([^"{}]*)"\s*:\s*\{\s*"([^"{}]*)"\s*:')
_KEY = re.compile(rb'"(' + _COUNT + rb')"\s*:\s*')
_COLUMN = re.compile(rb'"([^"{}]*)"\s*:\s*\{([^{}]*)\}')
_RECORD = re.compile(rb'"(' + _COUNT + rb')"\s*:\s*(?=\{[^{}]*\})')
_WHOLE = re.compile(_COUNT)


def unframed(data: bytes) -> bytes | None:
    """Lists for the columns of a frame, or records for its rows, in place of numbered objects.

    Python would make an object of each cell. None for any other text, and wherever a doubt is left
    (a backslash, a list, a colon in a cell): it is read as it is.

    Examples
    --------
    >>> unframed(b'{"y":{"0":1,"1":0},"p":{"0":0.7,"1":0.2}}')
    b'{"y":[1,0],"p":[0.7,0.2]}'
    >>> unframed(b'{"4": {"y": 1}, "7": {"y": 0}}')
    b'[{"y": 1,"index":"4"}, {"y": 0,"index":"7"}]'
    >>> unframed(b'{"y": [1, 0]}') is None
    True
    """
    head = _HEAD.match(data)
    if head is None or b"\\" in data or b"[" in data:
        return None
    outer, inner = (_WHOLE.fullmatch(key) is not None for key in head.groups())
    if outer == inner:
        return None
    return _records(data.strip()) if outer else _lists(data.strip())


def _lists(data: bytes) -> bytes | None:
    """Of an object a column, each with the same rows."""
    n_columns = data.count(b"{") - 1
    between = b"".join(_COLUMN.sub(b"", data).split())
    if not 2 <= n_columns <= _MOST or between != b"{%b}" % (b"," * (n_columns - 1)):
        return None
    titles, lists = [], []
    rows: list[bytes] = []
    for title, cells in _COLUMN.findall(data):
        keys, left = _parted(cells, rows)
        if b":" in left or (rows and keys != rows):
            return None
        rows = keys
        titles.append(title.decode())
        lists.append(left)
    told = {*map(str.lower, TITLES), *ROWS} & {title.lower() for title in titles}
    in_order = _in_order(rows)
    if told or len({*titles}) < n_columns or not (in_order or _may_be_rows(rows)):
        return None
    if not in_order and "index" not in titles:
        titles.append("index")
        lists.append(b",".join(b'"%b"' % row for row in rows))
    parts = (
        b'"%b":[%b]' % (title.encode(), cells) for title, cells in zip(titles, lists, strict=True)
    )
    return b"{" + b",".join(parts) + b"}"


def _parted(cells: bytes, rows: list[bytes]) -> tuple[list[bytes], bytes]:
    """The keys of an object, which may be these rows, and its values with commas between."""
    pieces = cells.split(b'"')
    keys = pieces[1::2]
    left = b'"'.join([b"", *pieces[2::2]]).replace(b'":', b"")
    if b'"' not in left and (keys == rows if rows else _in_order(keys)):
        return keys, left
    return _KEY.findall(cells), _KEY.sub(b"", cells)


def _records(data: bytes) -> bytes | None:
    """Of an object a row."""
    rows = _RECORD.findall(data)
    in_order = _in_order(rows)
    if len(rows) != data.count(b"{") - 1 or not (in_order or _may_be_rows(rows)):
        return None
    if in_order or b'"index"' in data:
        records = _RECORD.sub(b"", data)
    else:
        numbered = rb'"(' + _COUNT + rb')"\s*:\s*(\{[^{}]*)\}'
        records = re.sub(numbered, rb'\2,"index":"\1"}', data)
    return b"[" + records[1:-1] + b"]"


def _may_be_rows(keys: list[bytes]) -> bool:
    return bool(keys) and len({*keys}) == len(keys)


def _in_order(keys: list[bytes]) -> bool:
    return b",".join(keys) == ",".join(map(str, range(len(keys)))).encode()

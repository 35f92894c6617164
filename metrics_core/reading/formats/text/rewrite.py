"""Tables that were drawn, padded with blanks, or declared -> cells parted by one mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metrics_core.reading.formats.text.blanks import part_cells
from metrics_core.reading.formats.text.listings import listing
from metrics_core.reading.formats.text.rows import BLANK, MARKS, find_mark, next_line

_RULE = re.compile(
    rb"(?m)^(?=[^\n\r]*(?:--|==|__|\xe2\x94\x80|\xe2\x95[\x90\x8c]))"
    rb"(?:[-+|=:#*_ \t]|\xe2[\x94\x95][\x80-\xbf])*+\r?(?:\n|\Z)"
)
_BARS = re.compile(rb"\xe2\x94[\x82\x83\x86\x87\x8a\x8b]|\xe2\x95\x91")
_EDGES = re.compile(rb"(?m)^[ \t]*\|[ \t]*+|(?<![ \t|])[ \t]*+\|?[ \t]*+(?=\r?$)")
_MARGINS = re.compile(rb"(?m)^[ \t]+|(?<![ \t])[ \t]++(?=\r?$)")
_AROUND = re.compile(rb"(?<![ \t])[ \t]*+\|[ \t]*+")
_LIST = re.compile(rb"\[[^\[\]\n\r]*\]")
_OPEN_LIST = re.compile(r"(?:^|,) *\[[^\[\]]*,[^\[\]]*\] *(?:,|$)")
_WIDE_CELL = re.compile(r"[^\s|] {2,}[^\s|]")
_ATTRIBUTE = re.compile(r"""@attribute\s+('[^']*'|"[^"]*"|\S+)\s*(.*)""", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\d+\. +\|")


@dataclass(frozen=True)
class Rewritten:
    """A text with one mark between its cells: the mark, the quote, and names declared elsewhere."""

    data: bytes
    mark: str | None = None
    quote: str = '"'
    names: list[str] | None = None
    format: str | None = None


def rewrite(data: bytes, lines: list[str], name: str) -> Rewritten:
    """The same cells with one mark between them; a text that is plain comes back as it is.

    Parameters
    ----------
    data : bytes
        UTF-8.
    lines : list of str
        The first lines of it.
    name : str
        The name of the file, for refusals.

    Examples
    --------
    >>> table = b" y |  p\\n---+----\\n 1 | 0.5\\n"
    >>> rewrite(table, table.decode().splitlines(), "x.txt").data
    b'y|p\\n1|0.5\\n'
    """
    first = next((line.strip().lower() for line in lines if line.strip("\ufeff \t")[:1] not in
                  ("", "%")), "")  # fmt: skip
    if first.startswith("@relation"):
        return _arff(data, lines)
    if first.startswith("sep=") and len(first.strip('"')) in (4, 5):
        given = next(line for line in lines if line.strip()).rstrip("\r\n").strip('"')
        end = next_line(data, data.lower().index(b"sep="))
        return Rewritten(data[end:], given[4:5] or "\t")
    if (listed := listing(lines, data)) is not None:
        return Rewritten(listed, "\t")
    sample = "\n".join(lines).encode()
    if _RULE.search(sample):
        data = _RULE.sub(b"", _BARS.sub(b"|", data))
        sample = _RULE.sub(b"", _BARS.sub(b"|", sample))
        lines = sample.decode("utf-8", "replace").splitlines()
    barred = [line for line in lines if "|" in line]
    edged = 2 * sum(line.lstrip().startswith("|") for line in barred) > len(barred)
    if 2 * len(barred) > len(lines) and (edged or any(" |" in line for line in barred)):
        numbered = sum(bool(_NUMBERED.match(line)) for line in barred)
        if 2 * numbered > len(barred) or (
            _WIDE_CELL.search(barred[0]) and _WIDE_CELL.search(barred[-1])
        ):  # as Stata lists
            bare = [line.replace("|", " ") for line in lines]
            return Rewritten(*part_cells(data.replace(b"|", b" "), bare))
        return Rewritten(_AROUND.sub(b"|", (_EDGES if edged else _MARGINS).sub(b"", data)), "|")
    if _has_lists_between_blanks(lines):
        data, lines = _closed(data), _closed("\n".join(lines).encode()).decode().split("\n")
        return Rewritten(*part_cells(data, lines))
    if _has_open_lists(lines):
        return Rewritten(_LIST.sub(lambda found: found[0].replace(b",", b" "), data))
    wrapped = _unwrap(data, lines)
    if wrapped is not None:
        return Rewritten(wrapped)
    mark = find_mark(lines, name)
    if mark == BLANK:
        return Rewritten(*part_cells(data, lines))
    return Rewritten(data, mark, quote="'" if _quoted_singly(lines) else '"')


def _has_open_lists(lines: list[str]) -> bool:
    """Whether most rows hold lists without quotes, whose commas would part the row."""
    rows = [line for line in lines[1:] if line.strip()]
    return 2 * sum(bool(_OPEN_LIST.search(row)) and '"' not in row for row in rows) > len(rows)


def _has_lists_between_blanks(lines: list[str]) -> bool:
    """Whether most rows hold lists, and no mark stands outside of them."""
    rows = [line for line in lines[1:] if line.strip()]
    outside = [_LIST.sub(b"", line.encode()).decode() for line in rows]
    whole = [row for row, rest in zip(rows, outside, strict=True) if rest.strip() and rest != row]
    return 2 * len(whole) > len(rows) and not any(m in rest for m in MARKS for rest in outside)


def _closed(data: bytes) -> bytes:
    """Lists without blanks in them."""
    return _LIST.sub(lambda found: re.sub(rb"[,\s]+(?=[^\s\]])", b",", found[0]), data)


def _quoted_singly(lines: list[str]) -> bool:
    """Whether cells stand in single quotes."""
    return bool(lines) and all(
        re.search(r"(?:^|[,;|\t])'[^']*'(?:[,;|\t]|$)", line) and '"' not in line
        for line in lines[:20] if line.strip()
    )  # fmt: skip


def _unwrap(data: bytes, lines: list[str]) -> bytes | None:
    """Lines that were quoted whole, without those quotes."""
    whole = [line.strip() for line in lines if line.strip()]
    if len(whole) < 2 or not all(
        len(line) > 1 and line[0] == line[-1] == '"' and '"' not in line[1:-1].replace('""', "")
        for line in whole
    ):
        return None
    if not all(any(mark in line for mark in MARKS) for line in whole[:1]):
        return None
    bare = re.sub(rb'(?m)^[ \t]*"|"[ \t]*(?=\r?$)', b"", data)
    return bare.replace(b'""', b'"')


def _arff(data: bytes, lines: list[str]) -> Rewritten:
    """What follows ``@data``, with the names of the attributes."""
    found = re.compile(rb"(?im)^[ \t]*@data[^\n\r]*(?:\r\n?|\n)").search(data)
    head = data[: found.start() if found else len(data)].decode("utf-8", "replace")
    names = [
        match.group(1).strip("'\"")
        for line in head.splitlines()
        if (match := _ATTRIBUTE.match(line.strip()))
    ]
    body = data[found.end() :] if found else b""
    body = re.sub(rb"(?m)^[ \t]*%[^\n\r]*(?:\r\n?|\n|\Z)", b"", body)
    quote = "'" if b"'" in body else '"'
    return Rewritten(re.sub(rb"(?<![ \t])[ \t]*+,[ \t]*+", b",", body), ",", quote, names, "ARFF")

"""What a zip really holds: its parts are inflated in blocks and counted before they are read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from metrics_core.messages import Message
from metrics_core.reading.limits import Limits, check_bytes, malformed

_BLOCK = 1 << 20
_LOCAL = 30
_MOST_PARTS = 10_000


def check_parts(
    data: bytes,
    name: str,
    format: str,
    limits: Limits,
    look: Callable[[str, Iterator[bytes]], None] | None = None,
) -> list[str]:
    """Refuse a zip whose parts are more than the limit once inflated, whatever it declares.

    Parameters
    ----------
    data : bytes
    name, format : str
        For refusals.
    limits : Limits
    look : callable, optional
        Takes the title and the inflated blocks of each part; what it leaves is counted after it.

    Returns
    -------
    list of str
        The titles of the parts.

    Raises
    ------
    InputError
    """
    titles = []
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > _MOST_PARTS:
            raise malformed(name, format, Message("{n:,} parts", {"n": len(infos)}))
        check_bytes(name, sum(info.file_size for info in infos), limits)
        for info in infos:
            titles.append(info.filename)
            if info.flag_bits & 1:
                raise malformed(name, format, Message("an encrypted part"))
            blocks = _inflated(data, info, name, format)

            def counted(blocks: Iterator[bytes] = blocks) -> Iterator[bytes]:
                nonlocal total
                for block in blocks:
                    total += len(block)
                    check_bytes(name, total, limits)
                    yield block

            rest = counted()
            if look is not None:
                look(info.filename, rest)
            for _ in rest:
                pass
    return titles


def _inflated(data: bytes, info: zipfile.ZipInfo, name: str, format: str) -> Iterator[bytes]:
    """The content of a part, however long it is; the length that the zip declares is not used."""
    at = info.header_offset
    if len(data) < at + _LOCAL or data[at : at + 4] != b"PK\x03\x04":
        raise malformed(name, format, Message("a part that is not where the directory says"))
    lengths = struct.unpack("<HH", data[at + 26 : at + _LOCAL])
    start = at + _LOCAL + sum(lengths)
    body = memoryview(data)[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        for first in range(0, len(body), _BLOCK):
            yield bytes(body[first : first + _BLOCK])
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise malformed(name, format, Message("an unknown compression"))
    machine = zlib.decompressobj(-15)
    waiting: bytes | memoryview = body
    while len(waiting) and not machine.eof:
        block = machine.decompress(waiting, _BLOCK)
        waiting = machine.unconsumed_tail
        if block:
            yield block

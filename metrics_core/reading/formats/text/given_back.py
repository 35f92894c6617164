"""Address space that Arrow reserves for words, given back as soon as it is free."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_MUCH = 128 << 20
_M_MMAP_THRESHOLD = -3
_USUAL, _LOW = 32 << 20, 128 << 10
"""Of mallopt(3): where glibc's own moving threshold ends, and its first value."""


@contextmanager
def given_back(columns: int, block: int) -> Iterator[None]:
    """Take large pieces apart from others within, where there are many columns.

    For each column of words Arrow reserves the bytes of the whole block and gives most of them
    back; small pieces then lie in the places, so that the next column takes new ones: gigabytes of
    address space for a file of 5 MB with 3,000 columns. It is slower by a fifth, so it is left
    where there are few.
    """
    apart = max(_LOW, min(block // 2, _MUCH // columns))
    if columns * block < _MUCH or not _threshold(apart):
        yield
        return
    try:
        yield
    finally:
        _threshold(_USUAL)


def _threshold(size: int) -> bool:
    """Set from how many bytes on glibc maps memory alone; elsewhere nothing is done."""
    if sys.platform == "linux":
        with suppress(AttributeError):
            return bool(ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, size))
    return False

"""A fingerprint of arrays, by which equal data is known again."""

from __future__ import annotations

import hashlib

import numpy as np

from metrics_core.numeric.arrays import Array


def digest_of(arrays: tuple[Array | None, ...], *others: object) -> str:
    """The fingerprint of arrays, and of other values by their ``repr``.

    Dtypes and shapes count, the order in memory does not.

    Examples
    --------
    >>> digest_of((np.array([1, 2]), None)) == digest_of((np.array([[1], [2]]).ravel(), None))
    True
    """
    digest = hashlib.blake2b(digest_size=16)
    for part in arrays:
        if part is None:
            digest.update(b"none")
            continue
        digest.update(f"{part.dtype.str}{part.shape}".encode())
        contiguous = np.ascontiguousarray(part)
        if contiguous.dtype.kind in "mM":
            contiguous = contiguous.view(np.int64)
        digest.update(contiguous.data)
    digest.update(repr(others).encode())
    return digest.hexdigest()

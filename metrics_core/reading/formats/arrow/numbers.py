"""Arrow columns of numbers -> numpy arrays, without a copy where there is one chunk."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from metrics_core.numeric.arrays import Array


def numbers_of(chunks: list[pa.Array], kind: pa.DataType) -> tuple[Array, Array | None]:
    """Values, 0 or NaN where a cell is null, and the mask of the nulls (None without any)."""
    parts = [_view(chunk, kind) for chunk in chunks if len(chunk)]
    data = parts[0] if len(parts) == 1 else np.concatenate(parts or [_empty(kind)])
    if not any(chunk.null_count for chunk in chunks):
        return data, None
    missing = np.concatenate([c.is_null().to_numpy(zero_copy_only=False) for c in chunks])
    data = data.copy()
    data[missing] = np.nan if data.dtype.kind == "f" else 0
    return data, missing


def _empty(kind: pa.DataType) -> Array:
    return np.empty(0, dtype=kind.to_pandas_dtype())


def _view(chunk: pa.Array, kind: pa.DataType) -> Array:
    if pa.types.is_boolean(kind):
        filled: Array = chunk.fill_null(False).to_numpy(zero_copy_only=False)
        return filled
    dtype = np.dtype(kind.to_pandas_dtype())
    body = chunk.buffers()[1]
    if body is None:
        return np.zeros(len(chunk), dtype=dtype)
    start = chunk.offset * dtype.itemsize
    settled = memoryview(body).toreadonly()
    return np.frombuffer(settled, dtype=dtype, count=len(chunk), offset=start)

"""The arrays and files that are measured: a million samples whose accuracy moves with the cut."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.arrays import Array
from metrics_core.predictions import Predictions

ROWS = 1_000_000
CLASSES = 10


@dataclass(frozen=True)
class BinaryFile:
    """A Parquet file of binary labels and outputs, and the size of its arrays."""

    path: Path
    rows: int
    array_bytes: int

    @property
    def file_bytes(self) -> int:
        return self.path.stat().st_size


def binary_arrays(rows: int = ROWS) -> tuple[Array, Array]:
    """Labels (int64) and outputs (float32); label 1 has the probability output squared.

    Such outputs are too high for their labels, so that every step of a threshold above 0.5 moves
    the fourth decimal of the accuracy: a change that a reader can see.
    """
    draw = np.random.default_rng(2024)
    outputs = draw.random(rows, np.float32)
    labels = (draw.random(rows, np.float32) < outputs**2).astype(np.int64)
    return labels, outputs


def binary_file(folder: Path, rows: int = ROWS) -> BinaryFile:
    """Write `binary_arrays` as pyarrow does by default."""
    labels, outputs = binary_arrays(rows)
    path = folder / f"rows-{rows}.parquet"
    pq.write_table(pa.table({"y_true": labels, "y_pred": outputs}), path)
    return BinaryFile(path, rows, labels.nbytes + outputs.nbytes)


def predictions() -> dict[str, Predictions]:
    """A million samples of three kinds; the multi-class ones have ten outputs each."""
    labels, outputs = binary_arrays()
    draw = np.random.default_rng(2025)
    rows = draw.random((ROWS, CLASSES), np.float32)
    classes = draw.integers(0, CLASSES, ROWS)
    rows[np.arange(ROWS), classes] += np.float32(0.5)
    sparse = Predictions.of(classes, rows)
    return {
        "binary": Predictions.of(labels, outputs),
        "sparse": sparse,
        "one-hot": sparse.to_one_hot(),
    }

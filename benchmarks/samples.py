"""The arrays and files that are measured: a million samples whose accuracy moves with the cut."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from metrics_core.numeric.arrays import Array
from metrics_core.predictions import Predictions

ROWS = 1_000_000
LARGE_ROWS = 10_000_000
CLASSES = 10


@dataclass(frozen=True)
class OutputsFile:
    """A Parquet file of labels and outputs, the size of its arrays, and the card that counts it."""

    path: Path
    rows: int
    array_bytes: int
    card: str = "binary_accuracy"

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


def class_arrays(rows: int = ROWS) -> tuple[Array, Array]:
    """Labels (int64) and ten probabilities a row (float32); somewhat more than half are right."""
    draw = np.random.default_rng(2025)
    outputs = draw.random((rows, CLASSES), np.float32)
    labels = draw.integers(0, CLASSES, rows)
    outputs[np.arange(rows), labels] += np.float32(0.5)
    return labels, outputs / outputs.sum(axis=1, keepdims=True)


def binary_file(folder: Path, rows: int = ROWS, *, weighted: bool = False) -> OutputsFile:
    """Write `binary_arrays` as pyarrow does by default."""
    labels, outputs = binary_arrays(rows)
    columns = {"y_true": labels, "y_pred": outputs}
    if weighted:
        draw = np.random.default_rng(2026)
        columns["sample_weight"] = draw.random(rows, np.float32) + np.float32(0.5)
    return _write(folder / f"rows-{rows}-{'weighted' if weighted else 'plain'}.parquet", columns)


def class_file(folder: Path, rows: int = ROWS) -> OutputsFile:
    """Write `class_arrays` as pyarrow does by default, one column per class."""
    labels, outputs = class_arrays(rows)
    columns = {"y_true": labels} | {f"prob_{c}": outputs[:, c] for c in range(CLASSES)}
    return _write(folder / f"rows-{rows}-classes.parquet", columns, "sparse_categorical_accuracy")


def _write(path: Path, columns: dict[str, Array], card: str = "binary_accuracy") -> OutputsFile:
    pq.write_table(pa.table(columns), path)
    size = sum(column.nbytes for column in columns.values())
    return OutputsFile(path, len(columns["y_true"]), size, card)


def predictions() -> dict[str, Predictions]:
    """A million samples of three kinds; the multi-class ones have ten outputs each."""
    labels, outputs = binary_arrays()
    sparse = Predictions.of(*class_arrays())
    return {
        "binary": Predictions.of(labels, outputs),
        "sparse": sparse,
        "one-hot": sparse.to_one_hot(),
    }

"""What a child process does for the visitor's formula; it needs numpy and the core alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from metrics_core.formula import (
    BatchValues,
    Formula,
    Result,
    Traced,
    evaluate,
    parse,
    trace,
    value_by_batches,
)
from metrics_core.numeric.arrays import Array

WEIGHTS = "weights"


@dataclass(frozen=True)
class Batched:
    """What one metric becomes when it is computed batch by batch.

    Attributes
    ----------
    whole, each_once, by_length, keras_3 : float
        See `metrics_core.formula.BatchValues`.
    by_sample : bool
        Whether there is one value per sample.
    count, last : int
        How many batches there are, and how many samples the last one has.
    """

    whole: float
    each_once: float
    by_length: float
    keras_3: float
    by_sample: bool
    count: int
    last: int

    @classmethod
    def of(cls, made: BatchValues) -> Batched:
        """The figures without the arrays behind them."""
        return cls(
            made.whole,
            made.each_once,
            made.by_length,
            made.keras_3,
            made.by_sample,
            len(made.lengths),
            int(made.lengths[-1]),
        )


def prepare() -> None:
    """Do once what the first formula would otherwise wait for."""
    evaluate(parse("mean(abs(y_true - y_pred))"), {"y_true": [0, 1], "y_pred": [0.25, 0.75]})


def store(folder: str, arrays: Mapping[str, Array]) -> None:
    """Write arrays into a folder, one file each, for the other process to map."""
    for name, array in arrays.items():
        np.save(Path(folder) / f"{name}.npy", array, allow_pickle=False)


def whole(folder: str, formula: Formula, numbers: Mapping[str, float]) -> dict[str, Result]:
    """Compute the values over all samples; values per sample go into the folder, see `collect`."""
    given, weights = _given(folder, numbers)
    made = evaluate(formula, given, weights=weights)
    found = {f"made-{name}": one.samples for name, one in made.items() if one.samples is not None}
    store(folder, found)
    return {name: replace(one, samples=None) for name, one in made.items()}


def collect(folder: str, results: Mapping[str, Result]) -> dict[str, Result]:
    """Put the values per sample that `whole` left in the folder back where they belong."""
    made = {}
    for name, one in results.items():
        path = Path(folder) / f"made-{name}.npy"
        samples = np.load(path, allow_pickle=False) if path.exists() else None
        if samples is not None:
            samples.setflags(write=False)
        made[name] = replace(one, samples=samples)
    return made


def by_batches(
    folder: str, formula: Formula, numbers: Mapping[str, float], batch_size: int
) -> dict[str, Batched]:
    """Compute every metric batch by batch."""
    given, weights = _given(folder, numbers)
    made = value_by_batches(formula, given, batch_size, weights=weights)
    return {name: Batched.of(one) for name, one in made.items()}


def traced(
    folder: str, formula: Formula, numbers: Mapping[str, float], index: int
) -> dict[str, Traced]:
    """Follow one sample through the parts of every metric."""
    return trace(formula, _given(folder, numbers)[0], index)


def _given(folder: str, numbers: Mapping[str, float]) -> tuple[dict[str, Any], Array | None]:
    arrays: dict[str, Any] = {
        path.stem: np.load(path, mmap_mode="r", allow_pickle=False)
        for path in sorted(Path(folder).glob("*.npy"))
    }
    weights = arrays.pop(WEIGHTS, None)
    return {**arrays, **numbers}, weights

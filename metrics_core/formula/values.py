"""What the names of a formula stand for, as arrays of batches, samples and classes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.formula.language.nodes import ARRAYS
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array, check_numeric, frozen

Given = Mapping[str, npt.ArrayLike]
Level = Literal["number", "sample", "class"]
_CONSTANTS = {"pi": np.pi, "e": np.e}


@dataclass(frozen=True, eq=False)
class Value:
    """What one part of a formula is for some batches of equal length.

    Attributes
    ----------
    array : ndarray of float64, shape (b, m, c)
        Batches, samples of a batch, classes of a sample. A number is (1, 1, 1) or (b, 1, 1).
    level : {"number", "sample", "class"}
        One number for all samples of a batch, one per sample, or one per class of each sample.
    """

    array: Array
    level: Level

    @classmethod
    def number(cls, value: float) -> Value:
        """The same number for all batches."""
        return cls(np.full((1, 1, 1), value), "number")


class Names:
    """The values of the names, checked once and split into batches on request.

    Parameters
    ----------
    given : mapping of str to array_like
        The arrays of `ARRAYS`, each ``(n,)``, ``(n, 1)`` or ``(n, C)``; ``threshold`` and ``k`` as
        numbers. What the formula does not use may be left out.
    used : collection of str
        The names that are asked for; no other is looked at.

    Raises
    ------
    InputError
        If a shape or dtype does not fit, or two arrays differ in length.
    """

    def __init__(self, given: Given, used: Collection[str]) -> None:
        self.numbers = dict(_CONSTANTS)
        self.arrays: dict[str, Array] = {}
        self.length = _length(given)
        for name in sorted(used):
            if name in ARRAYS and name in given:
                self.arrays[name] = _column(name, given[name], self.length)
            elif name in given:
                self.numbers[name] = _single(name, given[name])

    def batches(self, size: int | None = None) -> Iterator[dict[str, Value]]:
        """Yield the names for the full batches at once, then for a short last one."""
        size = self.length if size is None else min(size, self.length)
        full = self.length - self.length % size
        for first, last in ((0, full), (full, self.length)):
            if first < last:
                rows = slice(first, last)
                yield self._part(rows, min(size, last - first))

    def _part(self, rows: slice, size: int) -> dict[str, Value]:
        found = {name: Value.number(value) for name, value in self.numbers.items()}
        for name, array in self.arrays.items():
            part = array[rows].reshape(-1, size, array.shape[1])
            found[name] = Value(part, "sample" if array.shape[1] == 1 else "class")
        return found


def weights_of(weights: npt.ArrayLike | None, length: int) -> Array | None:
    """Check the weights of the samples; ``(n,)`` of float64, or None."""
    if weights is None:
        return None
    return _column("weights", weights, length, wide=False).reshape(length)


def values_of(evaluation: Evaluation, names: Collection[str]) -> dict[str, npt.ArrayLike]:
    """Take what a formula's names stand for from an evaluation; nothing else is computed.

    Parameters
    ----------
    evaluation : Evaluation
        A variant of the catalogue, which determines what decisions and matches are.
    names : collection of str
        The names that the formula uses.

    Returns
    -------
    dict
        ``y_pred`` is always there, so that the number of samples is known; ``sample_weight`` is
        left out where the predictions have none. Labels are rounded as the scores are, so that 0.95
        equals a score of 0.95 in float32.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([1, 0], [0.7, 0.6])
    >>> evaluation = evaluate(data, "binary_accuracy", threshold=0.65)
    >>> found = values_of(evaluation, {"decisions", "threshold"})
    >>> sorted(found), found["decisions"]
    (['decisions', 'threshold', 'y_pred'], array([ True, False]))
    """
    found: dict[str, npt.ArrayLike] = {}
    for name in sorted({*names, "y_pred"}):
        match name:
            case "y_true":
                labels = evaluation.predictions.labels
                narrow = evaluation.predictions.outputs.dtype in (np.float16, np.float32)
                single = narrow and labels.dtype == np.float64
                found[name] = labels.astype(np.float32) if single else labels
            case "y_pred":
                found[name] = evaluation.predictions.outputs
            case "scores" | "decisions" | "matches":
                found[name] = getattr(evaluation, name)
            case "sample_weight" if evaluation.predictions.sample_weight is not None:
                found[name] = evaluation.predictions.sample_weight
            case "threshold" | "k":
                found[name] = getattr(evaluation.settings, name)
    return found


def _length(given: Given) -> int:
    for name in given:
        if name in ARRAYS:
            shape = np.shape(given[name])
            if len(shape) in (1, 2) and shape[0] > 0:
                return int(shape[0])
    raise InputError(
        "values",
        "must hold at least one array of shape (n,) or (n, classes), with n at least 1",
        ", ".join(given) or Message("nothing"),
        "Give y_true and y_pred.",
    )


def _column(name: str, value: npt.ArrayLike, length: int, *, wide: bool = True) -> Array:
    array = frozen(name, value)
    check_numeric(name, array)
    fits = array.ndim == 1 or (array.ndim == 2 and (array.shape[1] == 1 or (wide and array.size)))
    if not fits or len(array) != length:
        raise InputError(
            name,
            "must have one row for each of the {rows} samples",
            Message("shape {shape}", {"shape": array.shape}),
            "Take all arrays from the same samples.",
            rows=length,
        )
    column = array.astype(np.float64).reshape(length, -1)
    column.setflags(write=False)
    return column


def _single(name: str, value: npt.ArrayLike) -> float:
    array = np.asarray(value)
    if array.ndim or array.dtype.kind not in "biuf":
        raise InputError(
            name, "must be a single number", repr(value), "Leave it out, or give a number."
        )
    return float(array)

"""What the axes of the arrays of sequences and images mean."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, permutations, product

import numpy as np

from metrics_core.numeric.arrays import Array
from metrics_core.reading.columns.naming import plain, says
from metrics_core.reading.table import Column

MASKS = {
    "mask", "masks", "attention_mask", "padding_mask", "pad_mask", "loss_mask", "label_mask",
    "valid", "is_valid", "valid_mask",
}  # fmt: skip
"""Names of arrays that say which positions count."""


_PROBE = 4096


_MOST_CLASSES = 32
_MOST_ARRAYS, _MOST_PAIRS = 50, 2500


@dataclass(frozen=True)
class Reading:
    """What the axes of the arrays of a file mean.

    Attributes
    ----------
    lead : tuple of int
        Samples, and positions in each: ``(n,)``, ``(n, t)`` or ``(n, h, w)``.
    first : bool
        Whether the classes are on the axis after the samples, as PyTorch writes images, and not on
        the last one.
    """

    lead: tuple[int, ...]
    first: bool = False


def readings(arrays: Mapping[str, Column]) -> tuple[Reading, ...]:
    """The ways to read arrays, the likeliest first; none where no two of them fit together.

    Labels and outputs are looked for by name, and else by shape.

    Examples
    --------
    >>> y_true, y_pred = Column(np.zeros((4, 7), int)), Column(np.zeros((4, 7, 3)))
    >>> readings({"y_true": y_true, "y_pred": y_pred})
    (Reading(lead=(4, 7), first=False),)
    """
    numbers = {
        title: column.data
        for title, column in arrays.items()
        if not column.is_text and says(title) not in ("weight", "id", "epoch") and not _masks(title)
    }
    true = [title for title in numbers if says(title) == "label"]
    pred = [title for title in numbers if says(title) == "output"]
    some = _few_of_each_shape(numbers)
    pairs = list(islice(product(true, pred), _MOST_PAIRS)) or list(permutations(some, 2))
    if not (true and pred):  # by shape alone: tables come before sequences and images
        pairs.sort(key=lambda pair: max(numbers[title].ndim for title in pair) > 2)
    found = [reading for a, b in pairs for reading in _of_pair(numbers[a], numbers[b])]
    if not found and len(numbers) == 1:
        shape = next(iter(numbers.values())).shape
        found = [Reading(shape[:-1] if len(shape) > 2 else shape[:1])]
    return tuple(dict.fromkeys(found))


def _few_of_each_shape(numbers: Mapping[str, Array]) -> list[str]:
    """Arrays that stand for all: two of a shape, so that some of a shape are a pair."""
    found: dict[tuple[int, ...], list[str]] = {}
    for title, array in numbers.items():
        found.setdefault(array.shape, []).append(title)
    if len(found) == len(numbers) or len(numbers) <= _MOST_ARRAYS:
        return list(numbers)[:_MOST_ARRAYS]
    return [title for titles in found.values() for title in titles[:2]][:_MOST_ARRAYS]


def _masks(title: str) -> bool:
    return plain(title) in MASKS


def _of_pair(true: Array, pred: Array) -> Iterator[Reading]:
    """The readings under which two arrays are labels and outputs of the same positions."""
    ts, ps = true.shape, pred.shape
    if ts[0] != ps[0]:
        return
    if len(ts) <= 2 and len(ps) <= 2:
        if ts == ps and len(ts) == 2 and _are_indices(true) and _are_indices(pred):
            yield Reading(ts)
        yield Reading(ts[:1])
    elif ts == ps:
        yield from _of_equal(true, pred)
    elif ps[:-1] in (ts, ts[:-1]) and (ps[:-1] == ts or 1 in (ts[-1], ps[-1])):
        yield Reading(ps[:-1])
        if ps[1:] and len(ps) > 2 and (ps[0], *ps[2:]) == ts:
            yield Reading(ts, first=True)
    elif len(ps) > 2 and (ps[0], *ps[2:]) in (ts, (ts[0], *ts[2:])):
        yield Reading((ps[0], *ps[2:]), first=True)
    elif ts[:-1] == ps:
        yield Reading(ps)
    elif math.prod(ts) == math.prod(ps[:-1]):
        yield Reading(ps[:-1])


def _of_equal(true: Array, pred: Array) -> Iterator[Reading]:
    """Labels and outputs of one shape: the last axis holds classes, or positions."""
    shape = true.shape
    last, all_axes = Reading(shape[:-1]), Reading(shape)
    first = Reading((shape[0], *shape[2:]), first=True)
    if shape[-1] == 1 or _one_hot(true, -1):
        yield last
    elif len(shape) > 3 and (shape[1] == 1 or _one_hot(true, 1)):
        yield first
    elif _are_indices(true) or (shape[-1] > _MOST_CLASSES and not _sums_to_one(pred, -1)):
        yield from (all_axes, last)
    else:
        yield from (last, all_axes)


def _probe(array: Array) -> Array:
    """Some of the first samples."""
    return array[: max(1, _PROBE * len(array) // max(1, array.size))]


def _are_indices(array: Array) -> bool:
    """Whether an array holds whole numbers that are not all 0 and 1."""
    if array.dtype.kind in "iu":
        return bool(array.max(initial=0) > 1 or array.min(initial=0) < 0)
    if array.dtype.kind != "f":
        return False
    probe = _probe(array)
    return bool(np.all(probe == np.floor(probe)) and np.any((probe < 0) | (probe > 1)))


def _one_hot(labels: Array, axis: int) -> bool:
    """Whether labels are 0 and 1 with at most one 1 along an axis, and some 1."""
    probe = _probe(labels)
    sums = probe.sum(axis=axis)
    whole = bool(np.all((probe == 0) | (probe == 1)))
    return whole and bool(np.all(sums <= 1)) and 2 * np.count_nonzero(sums) > sums.size / 4


def _sums_to_one(outputs: Array, axis: int) -> bool:
    return bool(np.all(np.abs(_probe(outputs).sum(axis=axis, dtype=float) - 1) < 1e-2))

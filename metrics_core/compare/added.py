"""What each sample adds to a number in A and in B."""

from __future__ import annotations

import numpy as np

from metrics_core.compare.contributions import MOST_CELLS, Contributions
from metrics_core.evaluation import Evaluation
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.aggregation import AVERAGES

_BLOCK = 262_144
_FEW_BITS = 5


def by_class(evaluation: Evaluation) -> bool:
    """Whether the number is a mean of the classes' means."""
    name = evaluation.settings.aggregation
    how = evaluation.variant.aggregation if name is None else AVERAGES[name]
    return how.by_class and evaluation.variant.averaged_by_class(evaluation.predictions.kind)


def contributions_of(a: Evaluation, b: Evaluation) -> Contributions:
    """What each sample adds to the numerator and the denominator of both.

    Examples
    --------
    >>> from metrics_core.evaluation import evaluate
    >>> from metrics_core.predictions import Predictions
    >>> data = Predictions.of([0, 1, 1], [0.2, 0.7, 0.4])
    >>> a, b = evaluate(data, "precision"), evaluate(data, "precision", threshold=0.1)
    >>> [round(value, 4) for value in contributions_of(a, b).result]
    [1.0, 0.6667]
    """
    averaged = by_class(a) and by_class(b)
    group = a.steps.places.codes if averaged else None
    cells = _cells((a, b), group)
    if cells is not None:
        return cells
    found, n = Contributions.empty(), a.predictions.n_samples
    size = max(1, _BLOCK // max(a.predictions.n_outputs, b.predictions.n_outputs))
    for start in range(0, n, size):
        rows = slice(start, start + size)
        columns = np.stack([column for side in (a, b) for column in _added(side.only(rows))])
        part = None if group is None else group[rows]
        found = found.merge(Contributions.of(columns.T, part))
    return found


def _cells(sides: tuple[Evaluation, Evaluation], group: Array | None) -> Contributions | None:
    """The same where all that a sample adds follows from a few bits; None where it does not."""
    if not all(_of_bits(side.only(slice(0, 1))) for side in sides):
        return None
    bits: list[Array] = []

    def place_of(bit: Array) -> int:
        for place, known in enumerate(bits):
            if np.array_equal(known, bit):
                return place
        bits.append(bit)
        return len(bits) - 1

    read = [
        (
            place_of(side.matches),
            [(factor, None if part is None else place_of(part)) for factor, part in side.parts],
        )
        for side in sides
    ]
    times = times_of(bits, group)
    used = np.flatnonzero(times)
    if len(used) > MOST_CELLS:
        return None
    on = [(used >> (len(bits) - place - 1) & 1).astype(np.float64) for place in range(len(bits))]
    columns = []
    for right, weights in read:
        count = np.zeros(len(used))
        for factor, place in weights:
            count += factor if place is None else factor * on[place]
        columns += [count * on[right], count]
    return Contributions.of(np.column_stack(columns), used >> len(bits), times[used])


def _of_bits(part: Evaluation) -> bool:
    """Whether matches, and who counts, are one bit a sample each."""
    arrays = [part.matches, *(weight for _, weight in part.parts if weight is not None)]
    return all(each.dtype.kind == "b" and each.ndim == 1 for each in arrays)


def times_of(bits: list[Array], group: Array | None = None) -> Array:
    """How often each pattern of bits occurs, behind the number of the group, block by block.

    The first bit is the highest. Counting what has some bits in common is quicker for few bits.

    Parameters
    ----------
    bits : list of ndarray of bool, shape (n,)
    group : ndarray of int, shape (n,), optional
        From 0.

    Examples
    --------
    >>> times_of([np.array([True, True, False]), np.array([True, False, False])]).tolist()
    [1, 0, 1, 1]
    """
    most = 0 if group is None else int(group.max(initial=0))
    if group is not None and most == 1:
        bits, group, most = [group == 1, *bits], None, 0
    few = group is None and len(bits) <= _FEW_BITS
    counts = np.zeros(most + 1 << len(bits), np.int64)
    for start in range(0, len(bits[0]), _BLOCK):
        rows = slice(start, start + _BLOCK)
        part = [bit[rows] for bit in bits]
        counts += _common(part) if few else _coded(part, group, rows, len(counts))
    return counts


def _common(bits: list[Array]) -> Array:
    """From how often some bits are set together to how often they alone are."""
    together: list[Array | None] = [None]
    for bit in reversed(bits):
        together += [bit if mask is None else mask & bit for mask in together]
    counts = np.array(
        [len(bits[0]) if mask is None else np.count_nonzero(mask) for mask in together], np.int64
    )
    for place in range(len(bits)):
        split = counts.reshape(-1, 2, 1 << place)
        split[:, 0] -= split[:, 1]
    return counts


def _coded(bits: list[Array], group: Array | None, rows: slice, size: int) -> Array:
    code = np.zeros(len(bits[0]), np.min_scalar_type(size - 1))
    if group is not None:
        code += group[rows].astype(code.dtype)
    for bit in bits:
        code <<= 1
        code |= bit
    return np.bincount(code, minlength=size)


def _added(evaluation: Evaluation) -> tuple[Array, Array]:
    """Numerator and denominator of each sample."""
    matches = evaluation.matches
    n, width = len(matches), matches.size // max(1, len(matches))
    total, count = np.zeros(n), np.zeros(n)
    for factor, weight in evaluation.parts:
        added = matches if weight is None else matches * np.asarray(weight, np.float64)
        total += factor * _of_rows(added)
        count += factor * (width if weight is None else _of_rows(np.asarray(weight)))
    return total, count


def _of_rows(values: Array) -> Array:
    """The sum over the elements of each row."""
    wide = np.asarray(values, np.float64)
    return wide if wide.ndim == 1 else np.asarray(wide.sum(axis=1))

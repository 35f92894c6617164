"""What each sample adds to a mean in A and in B, kept so that samples can be drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Self

import numpy as np

from metrics_core.numeric.arrays import Array

MOST_CELLS = 1024
"""With more different rows than this, their moments are kept instead of the rows."""
_MOST_CODES = 1 << 20


@dataclass(frozen=True, eq=False)
class Contributions:
    """Numerators and denominators of A and of B, of all samples.

    Samples that add the same are one cell. Where there are more than `MOST_CELLS` different ones,
    a cell is a whole group (all samples, or those of one class) with its mean and its scatter.

    Attributes
    ----------
    group : ndarray of int64, shape (g,)
        The class of a cell where the classes are averaged, else 0; ascending.
    counts : ndarray of int64, shape (g,)
        How many samples a cell has.
    values : ndarray of float64, shape (g, 4)
        Numerator and denominator in A, then in B: the mean of a cell's samples.
    scatter : ndarray of float64, shape (g, 4, 4)
        The sum of squares and products about that mean; 0 where all samples of a cell are alike.
    gathered : bool
        Whether cells are whole groups.

    Examples
    --------
    >>> rows = np.array([[1, 1, 0, 1], [1, 1, 1, 1], [1, 1, 1, 1.0]])
    >>> found = Contributions.of(rows)
    >>> found.counts.tolist(), [round(value, 4) for value in found.result]
    ([1, 2], [1.0, 0.6667])
    """

    group: Array
    counts: Array
    values: Array
    scatter: Array
    gathered: bool = False

    @classmethod
    def empty(cls) -> Self:
        """The state of no samples; merging it changes nothing."""
        return cls(
            np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 4)), np.empty((0, 4, 4))
        )

    @classmethod
    def of(cls, rows: Array, group: Array | None = None, times: Array | None = None) -> Self:
        """The cells of some samples.

        Parameters
        ----------
        rows : ndarray, shape (n, 4)
            Numerator and denominator in A, then in B.
        group : ndarray of int, shape (n,), optional
            The class of each sample, where the classes are averaged.
        times : ndarray of int, shape (n,), optional
            How many samples each row stands for; one each by default.
        """
        n = len(rows)
        whole = np.zeros(n, np.int64) if group is None else np.asarray(group, np.int64)
        counts = np.ones(n, np.int64) if times is None else np.asarray(times, np.int64)
        some = slice(4 * MOST_CELLS)
        if n and len(_distinct(np.column_stack([whole[some], rows[some]]))[0]) <= MOST_CELLS:
            cells, inverse = _distinct(np.column_stack([whole, rows]))
            if len(cells) <= MOST_CELLS:
                sums = np.bincount(inverse, counts, len(cells)).astype(np.int64)
                zeros = np.zeros((len(cells), 4, 4))
                return cls(cells[:, 0].astype(np.int64), sums, cells[:, 1:], zeros)
        values = np.asarray(rows, np.float64)
        return cls(whole, counts, values, np.zeros((0, 4, 4))).by_group() if n else cls.empty()

    def merge(self, other: Self) -> Self:
        """The state of both parts together; sums agree to the rounding of float64."""
        both = type(self)(
            np.concatenate([self.group, other.group]),
            np.concatenate([self.counts, other.counts]),
            np.concatenate([self.values, other.values]),
            np.concatenate([self.scatter, other.scatter]),
        )
        if not len(both.group):
            return both
        if not (self.gathered or other.gathered):
            cells, inverse = _distinct(np.column_stack([both.group, both.values]))
            if len(cells) <= MOST_CELLS:
                counts = np.bincount(inverse, both.counts, len(cells)).astype(np.int64)
                zeros = np.zeros((len(cells), 4, 4))
                return type(self)(cells[:, 0].astype(np.int64), counts, cells[:, 1:], zeros)
        return both.by_group()

    def by_group(self) -> Self:
        """One cell for each group: Chan's sums of squares about the common mean."""
        if not np.any(self.group) and not len(self.scatter):
            return self._of_one_group()
        groups, inverse = np.unique(self.group, return_inverse=True)
        counts = np.bincount(inverse, self.counts, len(groups))
        values = np.stack(
            [
                np.bincount(inverse, self.counts * column, len(groups)) / counts
                for column in self.values.T
            ],
            axis=1,
        )
        scatter = np.zeros((len(groups), 4, 4))
        if len(self.scatter):
            np.add.at(scatter, inverse, self.scatter)
        away = self.values - values[inverse]
        for i in range(4):
            for j in range(i + 1):
                part = np.bincount(inverse, self.counts * away[:, i] * away[:, j], len(groups))
                scatter[:, i, j] += part
                if i != j:
                    scatter[:, j, i] += part
        return type(self)(groups, counts.astype(np.int64), values, scatter, gathered=True)

    def _of_one_group(self) -> Self:
        """The same of rows of no class, a column at a time."""
        total, columns = self.counts.sum(keepdims=True), np.ascontiguousarray(self.values.T)
        if len(self.counts) == total[0]:
            middle = columns.mean(axis=1, keepdims=True)
            away = columns - middle
            scatter = away @ away.T
        else:
            middle = (self.counts * columns).sum(axis=1, keepdims=True) / float(total[0])
            away = columns - middle
            scatter = (self.counts * away) @ away.T
        return type(self)(self.group[:1], total, middle.T, scatter[None], gathered=True)

    @property
    def count(self) -> int:
        """All samples."""
        return int(self.counts.sum())

    @property
    def result(self) -> tuple[float, float]:
        """The mean in A and in B."""
        sums = (self.counts[:, None] * self.values)[None]
        a, b = means(sums, self.group)
        return float(a[0]), float(b[0])


def means(sums: Array, group: Array) -> tuple[Array, Array]:
    """The means in A and in B of several draws.

    Parameters
    ----------
    sums : ndarray, shape (r, g, 4)
        Sums of each cell in each draw.
    group : ndarray, shape (g,)
        Ascending; the mean is that of the groups' means where there are several.

    Returns
    -------
    a, b : ndarray, shape (r,)
        0.0 where nothing counts.
    """
    if not sums.shape[1]:
        return np.zeros(len(sums)), np.zeros(len(sums))
    starts = np.flatnonzero(np.diff(group, prepend=group[0] - 1))
    parts = np.add.reduceat(sums, starts, axis=1)
    found = []
    for side in (0, 2):
        total, count = parts[..., side], parts[..., side + 1]
        some = count != 0
        mean = np.divide(total, count, out=np.zeros_like(total), where=some)
        found.append(mean.sum(axis=1) / np.maximum(some.sum(axis=1), 1))
    return found[0], found[1]


def _distinct(table: Array) -> tuple[Array, Array]:
    """Different rows in ascending order, and which of them each row is."""
    codes = _small(table)
    if codes is None:
        codes = reduce(
            lambda known, column: np.unique(
                known * (len(column[0]) + 1) + column[1], return_inverse=True
            )[1],
            (np.unique(column, return_inverse=True) for column in table.T),
            np.zeros(len(table), np.int64),
        )
        _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
        return table[first], inverse
    first = np.full(int(codes.max()) + 1, -1)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    used = first >= 0
    return table[first[used]], (np.cumsum(used) - 1)[codes]


def _small(table: Array) -> Array | None:
    """One small whole number for each row, in the order of the rows; None where there is none."""
    low, high = table.min(axis=0), table.max(axis=0)
    if not (np.all(low >= 0) and np.all(high < _MOST_CODES)):
        return None
    sizes = high.astype(np.int64) + 1
    if float(np.prod(sizes.astype(np.float64))) > _MOST_CODES:
        return None
    codes = np.zeros(len(table), np.int64)
    for column, size in zip(table.T, sizes.tolist(), strict=True):
        whole = column.astype(np.int64)
        if not np.array_equal(whole, column):
            return None
        codes *= size
        codes += whole
    return codes

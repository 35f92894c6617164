"""Raw columns as a file gives them, before anybody says which are labels and which outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

NO_TEXT = -1


@dataclass(frozen=True, eq=False)
class Column:
    """One column, read-only.

    Attributes
    ----------
    data : ndarray
        ``(n,)`` or ``(n, C)`` numbers or bools in the dtype that came; among `RawTable.arrays` also
        more axes. For text, ``(n,)`` int32
        indices into `words`, -1 where a cell is missing.
    words : ndarray or None
        ``(m,)`` str: the different texts, in any order; None for numbers.
    missing : ndarray or None
        ``(n,)`` bool, True where a cell (or any value of a list) is empty or null; None where none
        is. A float NaN is a value and not missing.
    indices : ndarray or None
        ``(m,)`` whole numbers, where a file writes one before each of the words: ``2:positive``.

    Examples
    --------
    >>> Column(np.array([0, 1, 0]), np.array(["cat", "dog"])).values.tolist()
    ['cat', 'dog', 'cat']
    """

    data: Array
    words: Array | None = None
    missing: Array | None = None
    indices: Array | None = None

    def __post_init__(self) -> None:
        for array in (self.data, self.words, self.missing, self.indices):
            _settle(array)

    @property
    def is_text(self) -> bool:
        """Whether the column holds words."""
        return self.words is not None

    @cached_property
    def n_missing(self) -> int:
        """How many rows have a missing cell."""
        return 0 if self.missing is None else int(np.count_nonzero(self.missing))

    @property
    def values(self) -> Array:
        """The cells: ``(n,)`` or ``(n, C)``; str for text, with "" where a cell is missing.

        Of text every cell takes the bytes of the longest one, see `full_bytes`.
        """
        return self.cells(slice(None))

    def cells(self, rows: slice | Array) -> Array:
        """The cells of some rows, as in `values`.

        Examples
        --------
        >>> Column(np.array([1, 0, -1]), np.array(["cat", "dog"])).cells(slice(1, 3)).tolist()
        ['cat', '']
        """
        data = self.data[rows]
        if self.words is None:
            return data
        cells = self.words[data]
        cells[data == NO_TEXT] = ""
        cells.setflags(write=False)
        return cells

    @property
    def full_bytes(self) -> int:
        """Bytes of `values`."""
        return self.data.nbytes if self.words is None else self.data.size * self.words.itemsize

    @property
    def width(self) -> int:
        """Values per row: 1, or C."""
        return 1 if self.data.ndim == 1 else int(self.data.shape[1])

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays."""
        parts = (self.data, self.words, self.missing)
        return sum(part.nbytes for part in parts if part is not None)


def _settle(array: object) -> None:
    """Make an array read-only, and the arrays that it is a view of."""
    while isinstance(array, np.ndarray):
        array.setflags(write=False)
        array = array.base


@dataclass(frozen=True, eq=False, kw_only=True)
class RawTable:
    """What a file holds.

    Attributes
    ----------
    name : str
        The name of the file.
    format : str
        How it was read, for example ``"Parquet"``.
    n_rows : int
        Number of samples.
    columns : mapping of str to Column
        In the order of the file.
    class_names : tuple of str or None
        Names of the classes, where the file has them in addition to the columns (NPZ).
    notes : tuple of Message
        What was left out or assumed while reading.
    arrays : mapping of str to Column
        The arrays of a file as they came, before `metrics_core.reading.positions` makes columns of
        them.
    raw : RawTable or None
        The table of such arrays, where the columns are one of several ways to read it.
    parts : mapping of str to RawTable
        Tables of which one is to be chosen, such as sheets or the heads of a model; the columns
        here are those of the first.
    lead : tuple of int
        Samples, and positions in each, where a row is a position of a sample; empty where rows are
        samples.
    counted : ndarray or None
        ``(n,)`` bool, the rows that count; None for all of them.
    sides : pair of tuples of str
        The columns of the file with the labels and of that with the outputs, where two were joined.
    """

    name: str
    format: str
    n_rows: int
    columns: Mapping[str, Column]
    class_names: tuple[str, ...] | None = None
    notes: tuple[Message, ...] = ()
    arrays: Mapping[str, Column] = field(default_factory=dict)
    raw: RawTable | None = None
    parts: Mapping[str, RawTable] = field(default_factory=dict)
    lead: tuple[int, ...] = ()
    counted: Array | None = None
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def nbytes(self) -> int:
        """Bytes of all columns together."""
        return sum(column.nbytes for column in self.columns.values())

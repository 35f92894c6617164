"""Which ranges of scores are swept together, so that none holds more rows than it may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from metrics_core.datasets.sweeping.bits import CELL_BITS, CELLS
from metrics_core.datasets.sweeping.ranges import Ranges


@dataclass(frozen=True)
class Cell:
    """Scores whose bits begin alike.

    Attributes
    ----------
    first, last : int
        The lowest and the highest, as `ordered` gives them; equal where it is one score.
    rows : int
    ones, zeros : int or float
        Rows, or weight, of label 1 and of label 0.
    """

    first: int
    last: int
    rows: int
    ones: float
    zeros: float


def cells_of(counted: Ranges, within: Sequence[int], level: int, bits: int) -> list[Cell]:
    """The ranges that have rows, ascending.

    Parameters
    ----------
    counted : Ranges
        Of some ranges of the level above.
    within : sequence of int
        Their upper bits; one 0 on the first level.
    level : int
    bits : int
        Of a score: 32 or 64.
    """
    shift = bits - CELL_BITS * (level + 1)
    found = []
    for place, above in enumerate(within):
        for cell in np.flatnonzero(counted.rows[place]).tolist():
            first = ((above << CELL_BITS) | cell) << shift
            sums = [
                side[place, cell].item() for side in (counted.rows, counted.ones, counted.zeros)
            ]
            found.append(Cell(first, first + (1 << shift) - 1, *sums))
    return found


def groups_of(cells: Iterable[Cell], most: int) -> list[list[Cell]]:
    """Neighbouring ranges that have at most so many rows together; one score stands alone.

    Examples
    --------
    >>> cells = [Cell(0, 9, 3, 1, 2), Cell(10, 19, 4, 4, 0), Cell(20, 20, 90, 45, 45)]
    >>> [[cell.first for cell in group] for group in groups_of(cells, 5)]
    [[0], [10], [20]]
    """
    cells = list(cells)
    single = [cell.first == cell.last for cell in cells]
    total = sum(cell.rows for cell, alone in zip(cells, single, strict=True) if not alone)
    each = total / max(1, -(-total // most))
    groups: list[list[Cell]] = []
    room = 0.0
    for cell, alone in zip(cells, single, strict=True):
        if alone and cell.rows > most:
            groups.append([cell])
            room = 0
        elif cell.rows <= room:
            groups[-1].append(cell)
            room -= cell.rows
        else:
            groups.append([cell])
            room = max(each, cell.rows) - cell.rows
    return groups


def too_many(cells: Iterable[Cell], most: int) -> list[Cell]:
    """The ranges that have more rows and more than one score."""
    return [cell for cell in cells if cell.rows > most and cell.first < cell.last]


def level_of(cell: Cell, bits: int) -> int:
    """The level on which a range is told apart further."""
    return (bits - (cell.last - cell.first).bit_length()) // CELL_BITS


def edges(cells: Sequence[Cell]) -> tuple[Any, Any]:
    """The weight of both labels at or above the lowest score of each range, as arrays."""
    ones = np.array([cell.ones for cell in cells])
    zeros = np.array([cell.zeros for cell in cells])
    return np.cumsum(ones[::-1])[::-1], np.cumsum(zeros[::-1])[::-1]


MOST_WITHIN = CELLS // 1024
"""Ranges that one pass tells apart further."""

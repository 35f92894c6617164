"""Single rows of sharded data, by a second look at the files: of a cell, or the most wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from metrics_core.datasets.blocks import Block, blocks_of
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.running import Tell
from metrics_core.datasets.shards import Shard
from metrics_core.numeric.arrays import Array
from metrics_core.steps.decision.argmax import argmax


@dataclass(frozen=True)
class Sample:
    """One row.

    Attributes
    ----------
    file : str
    row : int
        From 0, in its file.
    label : int
    scores : tuple of float
        Or the predicted class alone, where that is the output.
    """

    file: str
    row: int
    label: int
    scores: tuple[float, ...]


@dataclass(frozen=True)
class Cell:
    """Rows of one true class that are predicted as one.

    Attributes
    ----------
    true, predicted : int or None
        None for any.
    threshold : float
        Of one output, as its scores are compared with it.
    """

    true: int | None
    predicted: int | None
    threshold: float


def of_cell(
    shards: Sequence[Shard], asked: Asked, cell: Cell, first: int, most: int, tell: Tell
) -> list[Sample]:
    """A page of the rows of a cell, in the order of the files; no file is read beyond it.

    Parameters
    ----------
    shards, asked, cell
    first : int
        How many rows come before the page.
    most : int
        Rows of a page.
    tell : callable
    """
    found: list[Sample] = []
    for number, shard in enumerate(shards):
        for block in blocks_of(shard, asked):
            rows = np.flatnonzero(_in_cell(block, cell, decided=asked.columns.of_classes))
            found += _samples(shard, block, rows[first : first + most - len(found)])
            first = max(0, first - len(rows))
            if len(found) == most:
                return found
        tell((number + 1) / len(shards))
    return found


def _in_cell(block: Block, cell: Cell, *, decided: bool) -> Array:
    inside = np.ones(len(block.labels), bool)
    if cell.true is not None:
        inside &= block.true_class == cell.true
    if cell.predicted is not None:
        predicted = block.scores
        if not decided:
            one = predicted.ndim == 1
            predicted = predicted > cell.threshold if one else argmax(predicted)
        inside &= predicted == cell.predicted
    return inside


@dataclass(frozen=True)
class Worst:
    """The rows whose label has the lowest scores, the worst first.

    Examples
    --------
    >>> one = Worst((0.1,), (Sample("a", 0, 1, (0.1,)),))
    >>> one.merge(Worst((0.05,), (Sample("b", 3, 0, (0.95,)),)), 1).samples[0].file
    'b'
    """

    given: tuple[float, ...] = ()
    samples: tuple[Sample, ...] = ()

    def merge(self, other: Worst, most: int) -> Worst:
        """The worst of both parts; of equal ones those that come first in the files."""
        rows = zip((*self.given, *other.given), (*self.samples, *other.samples), strict=True)
        kept = sorted(rows, key=lambda row: (row[0], row[1].file, row[1].row))[:most]
        return Worst(tuple(row[0] for row in kept), tuple(row[1] for row in kept))


@dataclass(frozen=True)
class Looking:
    """A file, and how many of its worst rows are wanted.

    Attributes
    ----------
    shard : Shard
    asked : Asked
    most : int
    even : float
        The score of one output at which neither label is given more: 0.5, or 0 of logits.
    """

    shard: Shard
    asked: Asked
    most: int
    even: float = 0.5


def most_wrong(task: Looking) -> Worst:
    """The rows of one file whose label is given the lowest score."""
    return reduce(lambda one, two: one.merge(two, task.most), _worst(task), Worst())


def _worst(task: Looking) -> Iterator[Worst]:
    for block in blocks_of(task.shard, task.asked):
        scores = block.scores
        if scores.ndim == 1:
            given = np.where(block.labels, scores, 2 * task.even - scores)
        else:
            given = np.take_along_axis(scores, block.true_class[:, None], axis=1)[:, 0]
        rows = np.arange(len(given))
        if len(rows) > task.most:
            limit = np.partition(given, task.most - 1)[task.most - 1]
            rows = np.flatnonzero(given <= limit)
        order = rows[np.argsort(given[rows], kind="stable")][: task.most]
        yield Worst(tuple(given[order].tolist()), tuple(_samples(task.shard, block, order)))


def _samples(shard: Shard, block: Block, rows: Array) -> list[Sample]:
    scores = block.scores if block.scores.ndim == 2 else block.scores[:, None]
    true = block.true_class
    return [
        Sample(shard.name, block.rows.of(row), int(true[row]), tuple(scores[row].tolist()))
        for row in rows.tolist()
    ]

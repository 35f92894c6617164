"""All thresholds of sharded data: exact areas and best thresholds, and the counts at some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np

from metrics_core.counting.counts import CostMatrix
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.running import Runner, Tell
from metrics_core.datasets.shards import Measured, Shard
from metrics_core.datasets.sweeping import plan
from metrics_core.datasets.sweeping.bits import CELL_BITS, score_of
from metrics_core.datasets.sweeping.distinct import Distinct
from metrics_core.datasets.sweeping.held import Range, sweep_range
from metrics_core.datasets.sweeping.part import Part, Place, heights_of, sweep_part
from metrics_core.datasets.sweeping.plan import Cell
from metrics_core.datasets.sweeping.ranges import Counting, Ranges, count_ranges
from metrics_core.datasets.sweeping.stops import BY_RANK, EVERY_STOP, Choosing, round_scores
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.optimum.heights import Totals
from metrics_core.sweep.state import DistinctScores

_SLACK = 1e-9
"""Sums of weights that were added in another order may differ; whole numbers do not."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Work:
    """Files, and what is asked of them.

    Attributes
    ----------
    asked : Asked
    measured : Measured
    runner : Runner
    tell : callable
    thresholds : tuple of float
        At which the counts are to be exact, beside round numbers.
    """

    asked: Asked
    measured: Measured
    runner: Runner
    tell: Tell = lambda _: None
    thresholds: tuple[float, ...] = ()

    @property
    def shards(self) -> tuple[Shard, ...]:
        """The files, as they were measured."""
        return self.measured.shards

    @property
    def n_rows(self) -> int:
        """Scores that are swept, those of weight 0 included."""
        n_outputs = len(self.asked.columns.y_pred)
        return self.measured.n_rows * (n_outputs if self.asked.class_index is None else 1)

    @property
    def most(self) -> int:
        """Rows that one task may hold."""
        width = self.measured.dtype.itemsize + 8 * self.asked.weighted
        return max(1, self.runner.rows_at_once * 4 // width)

    def telling(self, start: float, stop: float) -> Tell:
        """Tells how far a part of the work is."""
        return lambda done: self.tell(start + (stop - start) * done)


def sweep_all(work: Work) -> Part | None:
    """Sweep all scores; None where no row has weight.

    Rows that one task may hold are sorted at once; else their ranges are counted first.
    """
    if work.n_rows <= work.most:
        asked = np.array(work.thresholds)
        task = Range(
            shards=work.shards, asked=work.asked, dtype=work.measured.dtype,
            n_rows=work.n_rows, ends=None, place=asked,
        )  # fmt: skip
        (part,) = work.runner.each(sweep_range, [task], work.tell)
        return part
    top = work.runner.merged(count_ranges, list(_tasks(work)), Ranges.merge, work.telling(0.0, 0.3))
    totals = _total(top.ones), _total(top.zeros)
    if not sum(totals):
        return None
    if top.few is not None:
        return sweep_distinct(
            distinct_scores(top.few, work.measured.dtype), totals, work.asked.cost
        )
    return _by_ranges(work, _told_apart(work, top), totals)


def _tasks(work: Work, level: int = 0, within: Array | None = None) -> Iterator[Counting]:
    for shard in work.shards:
        yield Counting(shard, work.asked, work.measured.dtype, level, within)


def _total(side: Array) -> float:
    total: float = side.sum().item()
    return total


def _told_apart(work: Work, top: Ranges) -> list[Cell]:
    """Ranges, ascending, of which each has one score only or no more rows than may be held."""
    bits = 8 * work.measured.dtype.itemsize
    cells = plan.cells_of(top, [0], 0, bits)
    level = 0
    while full := plan.too_many(cells, work.most)[: plan.MOST_WITHIN]:
        level = min(plan.level_of(cell, bits) for cell in full)
        full = [cell for cell in full if plan.level_of(cell, bits) == level]
        shift = bits - CELL_BITS * level
        above = [cell.first >> shift for cell in full]
        within = np.array(above, np.intp)
        tasks = list(_tasks(work, level, within))
        counted = work.runner.merged(count_ranges, tasks, Ranges.merge, work.telling(0.3, 0.3))
        kept = [cell for cell in cells if cell not in full]
        cells = sorted((*kept, *plan.cells_of(counted, above, level, bits)), key=_first)
    return cells


def _first(cell: Cell) -> int:
    return cell.first


def _by_ranges(work: Work, cells: list[Cell], totals: Totals) -> Part:
    """Sweep groups of ranges, and put them together."""
    dtype = work.measured.dtype
    above_all = [cell for cell in cells if score_of(cell.last, dtype) != -np.inf]
    ones, zeros = plan.edges(above_all)  # no threshold lies below a score of minus infinity
    slack = _SLACK if work.asked.weighted else 0.0
    cost = work.asked.cost
    at = heights_of(cost).at(ones, zeros, totals)
    reached = {name: value - slack for name, value in at.items()}
    finite = [score for cell in cells if np.isfinite(score := score_of(cell.first, dtype))]
    grid = round_scores(min(finite), max(finite)) if finite else np.zeros(0)
    grid = np.union1d(grid, np.array(work.thresholds))
    choosing = Choosing(sum(totals) / BY_RANK, grid)
    parts: dict[int, Part | None] = {}
    tasks: list[Range] = []
    above: Totals = (0, 0)
    for group in reversed(plan.groups_of(cells, work.most)):
        within = (sum(cell.ones for cell in group), sum(cell.zeros for cell in group))
        place = Place(totals, above, reached, choosing, cost)
        above = (above[0] + within[0], above[1] + within[1])
        first, last = group[0].first, group[-1].last
        if first == last:
            parts[first] = _one_score(score_of(first, dtype), within, place)
        else:
            n_rows = sum(cell.rows for cell in group)
            ends = (first, last)
            tasks.append(
                Range(
                    shards=work.shards, asked=work.asked, dtype=dtype,
                    n_rows=n_rows, ends=ends, place=place,
                )
            )  # fmt: skip
    swept = work.runner.each(sweep_range, tasks, work.telling(0.3, 1.0))
    parts |= {task.ends[0]: part for task, part in zip(tasks, swept, strict=True) if task.ends}
    return reduce(Part.merge, (part for _, part in sorted(parts.items()) if part is not None))


def _one_score(score: float, within: Totals, place: Place) -> Part | None:
    ones, zeros = (np.array([side]) for side in within)
    block = DistinctScores(np.array([score]), 0 * ones, 0 * zeros, ones, zeros)
    return sweep_part([block], place, within)


def distinct_scores(few: Distinct, dtype: np.dtype[Any]) -> DistinctScores:
    """The same scores as a sweep gives them."""
    scores = np.array([score_of(each, dtype) for each in few.bits.tolist()], dtype)
    above_1, above_0 = (np.cumsum(side[::-1])[::-1] - side for side in (few.ones, few.zeros))
    return DistinctScores(scores, above_1, above_0, few.ones, few.zeros)


def sweep_distinct(all_scores: DistinctScores, totals: Totals, cost: CostMatrix) -> Part | None:
    """All thresholds of scores that are few."""
    place = Place(totals, (0, 0), heights_of(cost).unknown, EVERY_STOP, cost)
    part = sweep_part([all_scores], place, totals)
    return None if part is None else replace(part, exact_best=True)

"""Sorted rows, swept; single thresholds are tried only where a metric can be at its best."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from metrics_core.counting.counts import CostMatrix
from metrics_core.datasets.sweeping.distinct import MOST
from metrics_core.datasets.sweeping.part import Hot, Part, Place, heights_of, sweep_part
from metrics_core.datasets.sweeping.stops import (
    BY_RANK,
    EVERY_STOP,
    Choosing,
    Stops,
    joined,
    round_scores,
    with_more,
)
from metrics_core.numeric.arrays import Array
from metrics_core.sweep.state import Sweep

STRIDE = 32_768
"""Rows of a block, and between two thresholds that are looked at first."""


def sweep_rows(sweep: Sweep, place: Place) -> Part | None:
    """Sweep sorted rows of a range."""
    within = sweep.positives, sweep.negatives
    place, hot = _hot(sweep, place)
    return sweep_part(sweep.blocks(STRIDE), place, within, hot)


def sweep_whole(sweep: Sweep, asked: Array, cost: CostMatrix) -> Part | None:
    """Sweep all rows; the best thresholds, and those that are asked for, are kept."""
    place = _whole(sweep, asked, cost)
    part = sweep_rows(sweep, place)
    if part is None:
        return None
    totals = part.ones, part.zeros
    peaks = place.heights.of_all_data(part.peaks, part.high, totals).values()
    thresholds = {peak.at for peak in peaks if peak.at >= part.low}
    stops = with_more(joined(part.stops), _at(sweep, sorted(thresholds)))
    return replace(part, stops=(stops,), exact_best=True)


def _at(sweep: Sweep, thresholds: list[float]) -> Stops:
    counts = sweep.at_each(thresholds)
    below = np.asarray(counts.false_negatives), np.asarray(counts.true_negatives)
    return Stops(np.array(thresholds, np.float64), *below)


def _whole(sweep: Sweep, asked: Array, cost: CostMatrix) -> Place:
    totals = sweep.positives, sweep.negatives
    choosing = EVERY_STOP
    if not _are_few(sweep):
        grid = np.union1d(asked, round_scores(*_finite_ends(sweep)))
        choosing = Choosing(sum(totals) / BY_RANK, grid)
    return Place(totals, (0, 0), heights_of(cost).unknown, choosing, cost)


def _are_few(sweep: Sweep) -> bool:
    distinct = 0
    for _, ends, _, _ in sweep.rows.runs():
        distinct += len(ends)
        if distinct > MOST:
            return False
    return True


def _finite_ends(sweep: Sweep) -> tuple[float, float]:
    """The lowest and the highest finite score; infinite without any."""
    largest = float(np.finfo(sweep.rows.coding.floats).max)
    first = sweep.rows.count_below(-largest, inclusive=True)
    last = sweep.rows.count_below(largest, inclusive=False) - 1
    return (sweep.score(first), sweep.score(last)) if first <= last else (math.inf, -math.inf)


def _hot(sweep: Sweep, place: Place) -> tuple[Place, Hot | None]:
    """The place with what the metrics reach at some thresholds, and where they can be higher."""
    if sweep.n_rows < 8 * STRIDE:
        return place, None
    scores = [sweep.score(rank) for rank in range(0, sweep.n_rows, STRIDE)]
    at = sweep.at_each(scores)
    found = np.asarray(at.true_positives) + place.above[0]
    wrong = np.asarray(at.false_positives) + place.above[1]
    some = found + wrong > 0
    reached = place.heights.at(found[some], wrong[some], place.totals)
    least = {name: max(value, reached[name]) for name, value in place.least.items()}
    first, last = sweep.positives + place.above[0], sweep.negatives + place.above[1]
    ends = np.append(first, found), np.append(last, wrong)
    can = place.heights.can_reach(
        np.append(ends[0], place.above[0]), np.append(ends[1], place.above[1]), place.totals, least
    )
    return replace(place, least=least), Hot(np.array(scores), can)

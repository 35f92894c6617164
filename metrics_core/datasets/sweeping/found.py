"""What is known of all thresholds once the rows were let go, and how it is kept in a file."""

from __future__ import annotations

import json
import math
import zipfile
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from metrics_core.counting.counts import CostMatrix, Counts
from metrics_core.datasets.counting.counted import Counting, count_at
from metrics_core.datasets.sweeping.part import Part, heights_of
from metrics_core.datasets.sweeping.shared import NOBODY, Shared
from metrics_core.datasets.sweeping.stops import KeptSweep, Stops, joined, kept_sweep
from metrics_core.datasets.sweeping.whole import Work, sweep_all, sweep_distinct
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.numeric.plain_threshold import plain_threshold
from metrics_core.reading.limits import shorten
from metrics_core.sweep.optimum.best import EVEN_COST, Best
from metrics_core.sweep.optimum.heights import COST
from metrics_core.sweep.optimum.peaks import Peak
from metrics_core.sweep.state import DistinctScores

_STOPS = ("scores", "ones", "zeros")
_SHARED = ("scores", "at", "above")


@dataclass(frozen=True, eq=False, kw_only=True)
class Found:
    """All thresholds of a data set.

    Attributes
    ----------
    n : int or float
        Rows, or their weight.
    positives, negatives : int or float
    auc, average_precision : float or None
        Exact; None where a label does not occur.
    distinct : int
        Different scores.
    low, high : float
    best : tuple of Best
        The best threshold for each metric and the cost.
    stops : Stops
        The thresholds whose counts are kept, and exact.
    complete : bool
        Whether every score is a stop, so that all thresholds are known.
    dtype : dtype
        Of the scores.
    shared : Shared
        The scores that the most rows share; none in a state of an older version.
    cost : CostMatrix
        Of which the best threshold is among `best`.
    """

    positives: float
    negatives: float
    auc: float | None
    average_precision: float | None
    distinct: int
    low: float
    high: float
    best: tuple[Best, ...]
    stops: Stops
    complete: bool
    dtype: np.dtype[Any]
    shared: Shared = NOBODY
    cost: CostMatrix = EVEN_COST

    @property
    def n(self) -> float:
        """Rows, or their weight."""
        return self.positives + self.negatives

    def exact_at(self, threshold: float) -> bool:
        """Whether the counts at a threshold are known, rather than those at the stop below it."""
        outside = not self.low <= threshold < self.high
        return self.complete or outside or threshold in self.stops.scores

    @cached_property
    def sweep(self) -> KeptSweep:
        """The stops, which answer as a sweep does."""
        return kept_sweep(self.stops, self.dtype)

    def save(self, path: Path) -> None:
        """Write it as NPZ."""
        plain = {
            name: getattr(self, name)
            for name in ("positives", "negatives", "auc", "average_precision", "distinct",
                         "low", "high", "complete")
        }  # fmt: skip
        plain |= {"dtype": self.dtype.str, "cost": asdict(self.cost)}
        plain["best"] = [
            [each.name, each.value, each.low, each.high, each.threshold, each.n_intervals,
             [_plain(part) for part in each.counts.parts]]
            for each in self.best
        ]  # fmt: skip
        arrays: dict[str, Any] = {name: getattr(self.stops, name) for name in _STOPS}
        arrays |= {f"shared_{name}": getattr(self.shared, name) for name in _SHARED}
        with path.open("wb") as file:
            np.savez(file, found=np.array(json.dumps(plain)), **arrays)

    @classmethod
    def load(cls, path: Path) -> Found:
        """Read what `save` wrote.

        Raises
        ------
        InputError
            Where the file is something else.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                plain = json.loads(str(file["found"]))
                stops = Stops(*(file[name] for name in _STOPS))
                names = [f"shared_{name}" for name in _SHARED]
                known = all(name in file for name in names)
                shared = Shared(*(file[name] for name in names)) if known else NOBODY
            best = tuple(
                Best(name=name, value=value, low=low, high=high, threshold=threshold,
                     n_intervals=n, counts=Counts(*counts))
                for name, value, low, high, threshold, n, counts in plain.pop("best")
            )  # fmt: skip
            dtype = np.dtype(plain.pop("dtype"))
            cost = CostMatrix(**plain.pop("cost", {}))
            return cls(**plain, best=best, stops=stops, dtype=dtype, shared=shared, cost=cost)
        except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile) as error:
            raise InputError(
                path.name, "must be a state that `accuracy-lens sweep -o` wrote",
                Message("something else"), "Sweep the files again.",
            ) from error  # fmt: skip


def sweep_data(work: Work) -> Found:
    """Sweep sharded data: areas and best thresholds of all scores, and the counts at some.

    Raises
    ------
    InputError
        For predicted classes, which have no scores, and where no row has weight.
    """
    columns = work.asked.columns
    if columns.of_classes:
        raise InputError(
            "y_pred", "must be scores, which a threshold can part",
            Message("predicted classes in {column}", {"column": shorten(columns.y_pred[0])}),
            "Choose a column of outputs; Metrics and Classes count predicted classes.",
        )  # fmt: skip
    part = sweep_all(work)
    if part is None:
        raise nothing_counts()
    return found_of(part, work)


def nothing_counts() -> InputError:
    """The refusal of data without a row that has weight."""
    return InputError(
        "shards", "must have rows with a weight above 0", Message("none"),
        "Name files with rows; leave out weights that are all 0.",
    )  # fmt: skip


def found_of(part: Part, work: Work) -> Found:
    """What a sweep of all rows says."""
    ones, zeros = part.ones, part.zeros
    stops = joined(part.stops)
    found = Found(
        positives=ones,
        negatives=zeros,
        auc=part.twice_won / (2 * ones * zeros) if ones and zeros else None,
        average_precision=min(1.0, math.fsum(part.found_precision) / ones) if ones else None,
        distinct=part.distinct,
        low=part.low,
        high=part.high,
        best=(),
        stops=stops,
        complete=not part.choosing.every,
        dtype=work.measured.dtype,
        shared=part.shared,
        cost=work.asked.cost,
    )
    peaks = heights_of(work.asked.cost).of_all_data(part.peaks, part.high, (ones, zeros))
    at = {name: peak.at for name, peak in peaks.items()}
    if part.exact_best:
        counts = [found.sweep.at(each) for each in at.values()]
    else:
        tasks = [Counting(shard, work.asked, tuple(at.values())) for shard in work.shards]
        both = work.runner.merged(count_at, tasks, Counts.merge, work.telling(1.0, 1.0))
        counts = [Counts(*(part[place] for part in both.parts)) for place in range(len(at))]
    best = tuple(
        _best(name, peak, each if work.asked.weighted else _whole(each))
        for (name, peak), each in zip(peaks.items(), counts, strict=True)
    )
    return replace(found, best=best)


def cheapest(found: Found, cost: CostMatrix) -> Best | None:
    """The threshold of the lowest mean cost; None where not every threshold is known.

    Parameters
    ----------
    found : Found
    cost : CostMatrix
        What each kind of prediction costs.

    Notes
    -----
    Where this is None, `sweep_data` finds it with the cost as `Asked.cost`.
    """
    if not found.complete:
        return None
    stops, totals = found.stops, (found.positives, found.negatives)
    sides = (stops.ones, stops.zeros)
    above = [total - side for total, side in zip(totals, sides, strict=True)]
    at = [np.diff(side, prepend=0) for side in sides]
    some = at[0] + at[1] > 0  # other stops lie between two scores
    scores = DistinctScores(*(each[some] for each in (stops.scores, *above, *at)))
    part = sweep_distinct(scores, totals, cost)
    assert part is not None
    peak = heights_of(cost).of_all_data(part.peaks, part.high, totals)[COST]
    return _best(COST, peak, found.sweep.at(peak.at))


def _best(name: str, peak: Peak, counts: Counts) -> Best:
    return Best(
        name=name,
        value=-peak.value if name == COST else peak.value,
        low=peak.low,
        high=peak.high,
        threshold=plain_threshold(peak.low, peak.high),
        n_intervals=peak.n_intervals,
        counts=counts,
    )


def _whole(counts: Counts) -> Counts:
    return Counts(*(int(part) for part in counts.parts))


def _plain(number: Any) -> float:
    plain: float = number.item() if isinstance(number, np.generic) else number
    return plain

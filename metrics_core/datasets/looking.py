"""All that the pages show of a data set under one view, from as few readings as it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from metrics_core.counting.confusion import Confusion
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.counting.calibrated import Calibrated, Calibrating, calibrate
from metrics_core.datasets.counting.classes import Classes, CountingClasses, count_classes
from metrics_core.datasets.counting.decided import CountingDecisions, count_decisions, joined
from metrics_core.datasets.counting.labels import CountingLabels, LabelCounts, count_labels
from metrics_core.datasets.counting.left_out import left_out
from metrics_core.datasets.running import Runner, Tell
from metrics_core.datasets.shards import Shard, measure
from metrics_core.datasets.sweeping.found import Found, nothing_counts, sweep_data
from metrics_core.datasets.sweeping.whole import Work
from metrics_core.kinds import Kind
from metrics_core.sweep.calibration import Reliability
from metrics_core.sweep.optimum.best import Best


@dataclass(frozen=True)
class Question:
    """A view of some files.

    Attributes
    ----------
    shards : tuple of Shard
    asked : Asked
    thresholds : tuple of float
        At which the counts are to be exact, beside round numbers.
    """

    shards: tuple[Shard, ...]
    asked: Asked
    thresholds: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Read:
    """What was read.

    Attributes
    ----------
    n_rows, n_left_out : int
        Rows that were looked at, and those that were not, as they lack a cell.
    n_files, n_bytes : int
        What was read, once.
    """

    n_rows: int
    n_left_out: int
    n_files: int
    n_bytes: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Decided(Read):
    """What was found of predicted classes, without scores.

    Attributes
    ----------
    confusion : Confusion
    """

    confusion: Confusion

    @property
    def kind(self) -> Kind:
        """What labels and outputs describe, as of arrays in memory."""
        return "class_indices"


@dataclass(frozen=True, eq=False, kw_only=True)
class Look(Read):
    """What was found of scores.

    Attributes
    ----------
    found : Found
        The sweep of one output, of one class against the rest, or of every output by itself.
    calibration : Reliability or None
        Of the same scores; None where one is no probability.
    classes : Classes or None
        Where each row has one class of several outputs.
    labels : LabelCounts or None
        Where each output has a label of its own.
    n_outputs : int
        Of each row.
    """

    found: Found
    calibration: Reliability | None
    classes: Classes | None
    labels: LabelCounts | None
    n_outputs: int

    @property
    def kind(self) -> Kind:
        """What labels and outputs describe, as of arrays in memory."""
        if self.labels is not None:
            return "one_hot" if self.labels.one_hot else "multi_label"
        return "binary" if self.classes is None else "sparse"


def look(question: Question, runner: Runner, tell: Tell) -> Look | Decided:
    """Look at all rows.

    Raises
    ------
    InputError
        For what a file may not hold; see `measure`, `blocks_of` and `sweep_data`.
    """
    asked = question.asked
    measured = measure(question.shards, asked.columns, _part(tell, 0.0, 0.05))
    shards = measured.shards
    n_left_out = left_out(asked, measured, runner, _part(tell, 0.05, 0.1))
    read = {
        "n_rows": measured.n_rows - n_left_out,
        "n_left_out": n_left_out,
        "n_files": len(shards),
        "n_bytes": measured.n_bytes,
    }
    if asked.columns.of_classes:
        deciding = [CountingDecisions(shard, asked) for shard in shards]
        counted = runner.merged(count_decisions, deciding, joined, _part(tell, 0.1, 1.0))
        if not counted.count:
            raise nothing_counts()
        return Decided(confusion=counted, **read)
    classes = labels = None
    if asked.columns.label_each:
        counting = [
            CountingLabels(shard, asked, question.thresholds, measured.dtype) for shard in shards
        ]
        labels = runner.merged(count_labels, counting, LabelCounts.merge, _part(tell, 0.1, 0.3))
        classes = labels.classes if labels.one_hot else None
    elif len(asked.columns.y_pred) > 1:
        tasks = [CountingClasses(shard, asked) for shard in shards]
        classes = runner.merged(count_classes, tasks, Classes.merge, _part(tell, 0.1, 0.3))
    binning = [Calibrating(shard, asked) for shard in shards]
    calibrated = runner.merged(calibrate, binning, Calibrated.merge, _part(tell, 0.3, 0.5))
    work = Work(
        asked=asked, measured=measured, runner=runner,
        tell=_part(tell, 0.5, 1.0), thresholds=question.thresholds,
    )  # fmt: skip
    return Look(
        found=sweep_data(work),
        calibration=calibrated.result,
        classes=classes,
        labels=labels,
        n_outputs=len(asked.columns.y_pred),
        **read,
    )


def cheapest_of(question: Question, runner: Runner, tell: Tell) -> Best:
    """The threshold of the lowest mean cost, as `Asked.cost` counts it, by another sweep.

    Raises
    ------
    InputError
        See `look`.
    """
    measured = measure(question.shards, question.asked.columns, _part(tell, 0.0, 0.1))
    work = Work(
        asked=question.asked, measured=measured, runner=runner,
        tell=_part(tell, 0.1, 1.0),
    )  # fmt: skip
    return sweep_data(work).best[-1]


def _part(tell: Tell, start: float, stop: float) -> Callable[[float], None]:
    return lambda done: tell(start + (stop - start) * done)

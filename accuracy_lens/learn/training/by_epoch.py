"""What a run reported by epoch, as lines of a chart and sentences about its progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from accuracy_lens.jobs.runs.visit import RunState
from accuracy_lens.learn.training.variants import Counted
from metrics_core.live_keras import EpochReport, RunSettings
from metrics_core.messages import Message

Where = Literal["printed", "training", "validation"]


WHERE: Mapping[Where, Message] = {
    "printed": Message("printed while training"),
    "training": Message("evaluate, training samples"),
    "validation": Message("evaluate, validation samples"),
}


LOSS = "loss"
_STEP, _IN_MINUTES = 5, 120
"""Seconds: to what a wait is rounded, and from when on it is said in half minutes."""


@dataclass(frozen=True)
class Line:
    """One line of a chart: a metric by epoch."""

    name: str
    where: Where
    epochs: tuple[int, ...]
    values: tuple[float, ...]


def at_epoch(reports: Sequence[EpochReport], epoch: int) -> EpochReport:
    """The report of an epoch; of the last one before it where there is none yet, or no longer."""
    return max(
        (report for report in reports if report.epoch <= epoch), key=lambda report: report.epoch
    )


def progress(run: RunState) -> tuple[float, Message]:
    """How far a run is, from 0 to 1, and where it stands in words; a failure's reason is apart."""
    epochs = run.settings.epochs if isinstance(run.settings, RunSettings) else 1
    last = run.reports[-1] if run.reports else None
    done = last.epoch if isinstance(last, EpochReport) else 0
    values: dict[str, object] = {"done": done, "epochs": epochs}
    share = min(1.0, done / epochs)
    if run.phase == "queued":
        return share, _waiting(run)
    if run.phase == "failed":
        return share, Message("Ended after epoch {done} of {epochs}", values)
    if run.phase == "stopped":
        return share, Message("Stopped after epoch {done} of {epochs}", values)
    if isinstance(last, EpochReport):
        values["seconds"] = f"{last.seconds:.1f}"
        if run.phase == "done":
            return share, Message(
                "Done: {n} epoch in {seconds} s",
                {**values, "n": epochs},
                plural="Done: {n} epochs in {seconds} s",
            )
        return share, Message("Epoch {done} of {epochs}, {seconds} s", values)
    return share, Message("Starting TensorFlow (about ten seconds the first time)")


def _waiting(run: RunState) -> Message:
    """The place in the queue, and the time until the run begins where that can be said."""
    values: dict[str, object] = {"position": run.position}
    if run.wait is None:
        return Message("Waiting: number {position} in the queue", values)
    seconds = _STEP * round(run.wait / _STEP)
    if seconds <= _STEP:  # what a page needs to be drawn is as long
        return Message("Waiting: number {position} in the queue, begins soon", values)
    if seconds < _IN_MINUTES:
        values["seconds"] = seconds
        return Message(
            "Waiting: number {position} in the queue, begins in about {seconds} s", values
        )
    values["minutes"] = f"{round(2 * run.wait / 60) / 2:g}"
    return Message("Waiting: number {position} in the queue, begins in about {minutes} min", values)


def printed_lines(reports: Sequence[EpochReport], *, loss: bool) -> list[Line]:
    """Every metric of Keras by epoch: the losses, or all the others.

    What is printed while an epoch trains is a mean over its batches; the others are those of the
    weights at its end.
    """
    lines = []
    for name in printed_names(reports):
        if (name == LOSS) != loss:
            continue
        for where in WHERE:
            points = [(each.epoch, values_at(each, where).get(name)) for each in reports]
            known = [(epoch, value) for epoch, value in points if value is not None]
            if known:
                epochs, values = zip(*known, strict=True)
                lines.append(Line(name, where, epochs, values))
    return lines


def printed_names(reports: Sequence[EpochReport]) -> list[str]:
    """The names under which Keras reports its metrics."""
    return list(reports[-1].val) if reports else []


def values_at(report: EpochReport, where: Where) -> Mapping[str, float]:
    """Keras's metrics of an epoch by name, computed in one of the ways."""
    return {"printed": report.logs, "training": report.train, "validation": report.val}[where]


def counted_lines(by_epoch: Mapping[int, Sequence[Counted]]) -> list[Line]:
    """Every variant by epoch, counted in the outputs for the validation samples."""
    names = dict.fromkeys(each.name for variants in by_epoch.values() for each in variants)
    lines = []
    for name in names:
        points = [
            (epoch, each.value)
            for epoch, variants in by_epoch.items()
            for each in variants
            if each.name == name
        ]
        epochs, values = zip(*points, strict=True)
        lines.append(Line(name, "validation", epochs, values))
    return lines


def value_range(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the axis begins and ends: 0 and 1 where all values are within."""
    values = np.array([value for line in lines for value in line.values], np.float64)
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    return (0.0 if low >= 0 else low), high

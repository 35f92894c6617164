"""A place for runs of the Training page that end at once, instead of Keras."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from accuracy_lens.jobs.runs import registry
from accuracy_lens.jobs.runs.executor import RunLimits
from accuracy_lens.jobs.runs.task import News
from metrics_core.live_keras import EpochReport, dataset

ROWS = 50


def report(settings: Any, epoch: int) -> EpochReport:
    """Outputs that are all below 0.5; the highest one is right in one row in five an epoch."""
    data = dataset(settings.dataset, settings.seed, settings.kept)
    labels = data.y_val[:ROWS]
    right = ROWS * epoch // 5
    outputs = np.full((ROWS, settings.output_units), 0.1, np.float32)
    if settings.output_units > 1:
        place = np.where(np.arange(ROWS) < right, labels, (labels + 1) % data.n_classes)
        outputs[np.arange(ROWS), place] = 0.4
        labels = np.eye(data.n_classes, dtype=np.float32)[labels]
    else:
        outputs[:, 0] = np.where(labels == 1, 0.3, -0.3)
        labels = labels[:, None]
    figures = {"loss": 2.0 - epoch / 10, "accuracy": epoch / 5, "binary_accuracy": 0.9}
    boundary = np.zeros((60, 60, settings.output_units), np.float32) if data.is_flat else None
    logs = {**figures, "accuracy": epoch / 10} if epoch else {}
    kind = "one_hot" if settings.output_units > 1 else "binary"
    return EpochReport(
        epoch=epoch, logs=logs, train=figures, val=figures, outputs=outputs, labels=labels,
        kind=kind, class_names=data.class_names, boundary=boundary, warned=(),
        seconds=float(epoch),
    )  # fmt: skip


class Quick:
    """A place where a run gives one report a turn, up to `upto`, and then ends as it is told."""

    def __init__(self) -> None:
        self.places, self.upto, self.outcome = 2, 99, (None, "")
        self.given: list[tuple[Any, Any]] = []
        self.stopped: list[Any] = []

    def slots(self) -> int:
        return self.places

    def submit(self, job: Any, settings: Any) -> Any:
        self.given.append((job, settings))
        epochs = iter(range(settings.epochs + 1))
        stopped = False

        def poll() -> News:
            if stopped:
                return News(True, (), (None, ""))
            epoch = next(epochs, None) if task.done < self.upto else None
            if epoch is not None:
                task.done = epoch + 1
                return News(True, ((report(settings, epoch), 1000),))
            return News(True, (), self.outcome if task.done >= self.upto or epoch is None else None)

        def stop() -> None:
            nonlocal stopped
            stopped = True
            self.stopped.append(settings)

        task = SimpleNamespace(poll=poll, stop=stop, done=0)
        return task

    def warm(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def quick(monkeypatch):
    place = Quick()
    limits = RunLimits(silence_seconds=60)
    made = registry.Runs(limits, executor=lambda _: place, connected=lambda _: True)
    monkeypatch.setattr(registry, "RUNS", made)
    yield place
    made.close()

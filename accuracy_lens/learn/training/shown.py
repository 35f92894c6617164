"""The one or two runs that the page shows, and what is kept of them from move to move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from accuracy_lens.jobs.runs.visit import RunState
from accuracy_lens.learn.training import variants
from accuracy_lens.learn.training.variants import Counted
from accuracy_lens.view.caches import Size, session_cache
from accuracy_lens.words.language import current
from metrics_core.live_keras import EpochReport, RunSettings
from metrics_core.live_keras.runs.rules import MAX_EPOCHS
from metrics_core.messages import Message


def drawn(key: tuple[object, ...], make: Callable[[], Any]) -> Any:
    """A figure, drawn once for everything that it depends on: plotly takes its time."""
    return _drawn(key, current(), make)


@session_cache(entries=16, size=Size(fixed=1 << 20), worded=True)
def _drawn(key: tuple[object, ...], language: str, _make: Callable[[], Any]) -> Any:
    return _make()


@session_cache(entries=2 * (MAX_EPOCHS + 1), size=Size(fixed=1 << 12))
def counted(name: str, side: int, epoch: int, _report: EpochReport) -> tuple[Counted, ...]:
    """The variants at an epoch of one of two runs side by side."""
    return variants.counted(_report)


@dataclass(frozen=True)
class Shown:
    """One run, its caption, and its side of the page: 0 or 1."""

    side: int
    name: str
    run: RunState
    caption: Message

    @property
    def reports(self) -> tuple[EpochReport, ...]:
        """What it reported so far."""
        return cast("tuple[EpochReport, ...]", self.run.reports)

    @property
    def settings(self) -> RunSettings:
        """What it was started with."""
        return cast("RunSettings", self.run.settings)

    def counted(self, report: EpochReport) -> tuple[Counted, ...]:
        """The variants at an epoch, counted once."""
        return counted(self.name, self.side, report.epoch, report)

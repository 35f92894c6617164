"""Runs that equal settings make one: those that go on, and the last that went to their end."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from accuracy_lens.jobs.runs.run_queue import Run


class SharedRuns:
    """Runs by what their outcome depends on; of those that are done the least recently used go.

    Runs that wait or go on always stay; those that failed or were stopped never do.

    Parameters
    ----------
    most : int
        Runs that are done.
    most_bytes : int
        Of their reports together.

    Examples
    --------
    >>> from accuracy_lens.jobs.runs.reports import KeptReports
    >>> shared, run = SharedRuns(most=1, most_bytes=100), Run(None, print, KeptReports(100))
    >>> shared.add("digits", run)
    >>> shared.get("digits") is run
    True
    >>> run.end("failed", None)
    >>> shared.get("digits") is None
    True
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self.most, self.most_bytes = most, most_bytes
        self._runs: OrderedDict[Hashable, Run] = OrderedDict()

    def get(self, key: Hashable) -> Run | None:
        """The run of a key, which is then the last to go."""
        self.trim()
        if key in self._runs:
            self._runs.move_to_end(key)
        return self._runs.get(key)

    def add(self, key: Hashable, run: Run) -> None:
        """Share a run that was started."""
        self._runs[key] = run

    def done(self) -> list[tuple[Hashable, Run]]:
        """Those that went to their end, the one that was asked for last first."""
        return [(key, run) for key, run in reversed(self._runs.items()) if run.phase == "done"]

    def clear(self) -> None:
        """Share nothing any more."""
        self._runs.clear()

    def trim(self) -> None:
        """Let go of runs that ended badly, and of those that are too many or too large."""
        for key in [key for key, run in self._runs.items() if run.phase in ("failed", "stopped")]:
            del self._runs[key]
        done = {key: run.kept.size for key, run in self._runs.items() if run.phase == "done"}
        n, size = len(done), sum(done.values())
        for key, of_run in done.items():
            if n <= self.most and size <= self.most_bytes:
                return
            del self._runs[key]
            n, size = n - 1, size - of_run

"""Whose job is next: one at a time for each visitor, small ones and new visitors first."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from accuracy_lens.jobs.workers import WorkerError

_REMEMBERED = 1000


@dataclass(eq=False)
class _Waiting:
    whose: str
    size: int
    since: float = field(default_factory=time.monotonic)


class Turns:
    """Turns at a few processes.

    Parameters
    ----------
    places : int
        Jobs at the same time.
    most, most_each : int
        Jobs that wait or are done, of all visitors and of one.

    Examples
    --------
    >>> turns = Turns(1)
    >>> with turns.turn("a", 30, 1.0):
    ...     print("at work")
    at work
    """

    def __init__(self, places: int, most: int = 100, most_each: int = 3) -> None:
        self.places, self.most, self.most_each = places, most, most_each
        self._changed = threading.Condition()
        self._waiting: list[_Waiting] = []
        self._running: list[str] = []
        self._used: OrderedDict[str, float] = OrderedDict()

    @property
    def waiting(self) -> int:
        """Jobs that wait."""
        return len(self._waiting)

    @property
    def running(self) -> int:
        """Jobs that are done now."""
        return len(self._running)

    @contextmanager
    def turn(self, whose: str, size: int, seconds: float) -> Iterator[None]:
        """Wait for a turn and take it.

        Parameters
        ----------
        whose : str
            The visitor. Who used the least time so far is next.
        size : int
            Of the job, in bytes: of those who used the same time the smallest is next. A job that
            waited for half of the seconds is next whatever it is.
        seconds : float
            How long to wait.

        Raises
        ------
        WorkerError
            ``"busy"`` where no turn came, or too many wait; ``"own"`` where too many are of this
            visitor.
        """
        mine = _Waiting(whose, size)
        with self._changed:
            names = [*(each.whose for each in self._waiting), *self._running]
            if whose and names.count(whose) >= self.most_each:
                raise WorkerError("own")
            if len(names) >= self.most:
                raise WorkerError("busy")
            self._waiting.append(mine)
            came = self._changed.wait_for(lambda: self._next(seconds / 2) is mine, seconds)
            self._waiting.remove(mine)
            if came:
                self._running.append(whose)
            self._changed.notify_all()
        if not came:
            raise WorkerError("busy")
        start = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                self._running.remove(whose)
                self._used[whose] = self._used.pop(whose, 0.0) + time.monotonic() - start
                if len(self._used) > _REMEMBERED:
                    self._used.popitem(last=False)
                self._changed.notify_all()

    def _next(self, overdue: float) -> _Waiting | None:
        if len(self._running) >= self.places:
            return None
        now = time.monotonic()
        able = [each for each in self._waiting if each.whose not in self._running]
        late = [each for each in able if now - each.since > overdue]
        if late:
            return min(late, key=lambda each: each.since)
        order = ((self._used.get(each.whose, 0.0), each.size, each.since, each) for each in able)
        return min(order, default=(0.0, 0, 0.0, None), key=lambda row: row[:3])[3]

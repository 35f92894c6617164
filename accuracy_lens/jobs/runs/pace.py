"""How fast runs go, measured on those that are done."""

from __future__ import annotations

from collections import deque

LAST = 12
"""Runs that count: a machine that others use too changes its pace."""
FIRST = 0.5
"""Work that the first run of all has besides its own: it loads what later ones find loaded."""


class Pace:
    """Seconds that a unit of work takes.

    Examples
    --------
    >>> pace = Pace()
    >>> pace.seconds is None
    True
    >>> pace.measured(work=9.5, seconds=20.0)
    >>> pace.seconds
    2.0
    >>> pace.measured(work=10.0, seconds=20.0)
    >>> pace.seconds
    2.0
    """

    def __init__(self) -> None:
        self._runs: deque[tuple[float, float]] = deque(maxlen=LAST)

    def measured(self, work: float, seconds: float) -> None:
        """Take note of a run that is done."""
        self._runs.append((work if self._runs else work + FIRST, seconds))

    @property
    def seconds(self) -> float | None:
        """What a unit takes; None before anything was measured."""
        if not self._runs:
            return None
        works, times = zip(*self._runs, strict=True)
        return float(sum(times) / sum(works))

"""How often somebody may try a code that is none: some at once, then one every few seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MOST_ADDRESSES = 10_000


class Guesses:
    """What came from each address of the network, as far as it was wrong.

    A class sits behind one address, so some mistakes are free.

    Parameters
    ----------
    most : int
        Wrong codes at once.
    seconds : float
        After which one more is free.
    now : callable
        Seconds of a clock that never goes back.

    Examples
    --------
    >>> clock = [0.0]
    >>> guesses = Guesses(2, 3.0, now=lambda: clock[0])
    >>> for _ in range(2):
    ...     guesses.was_wrong("10.0.0.7")
    >>> guesses.wait("10.0.0.7"), guesses.wait("10.0.0.8")
    (3.0, 0.0)
    >>> clock[0] = 3.0
    >>> guesses.wait("10.0.0.7")
    0.0
    """

    def __init__(
        self, most: int = 20, seconds: float = 3.0, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """Seconds until the next code from an address is looked at."""
        with self._lock:
            ahead = self._free_at.get(address, 0.0) - self._now()
        return max(ahead - (self._most - 1) * self._seconds, 0.0)

    def was_wrong(self, address: str) -> None:
        """Count a wrong code."""
        now = self._now()
        with self._lock:
            if len(self._free_at) >= MOST_ADDRESSES:
                self._free_at = {each: at for each, at in self._free_at.items() if at > now}
            start = max(self._free_at.pop(address, now), now)
            if len(self._free_at) < MOST_ADDRESSES:
                self._free_at[address] = start + self._seconds

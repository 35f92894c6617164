"""Work on blocks of arrays by several threads: numpy lets other threads run while it computes."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 4
"""More threads gain little: they wait for memory."""


def cores() -> int:
    """How many threads are worth starting: the cores this process may use, `MOST` at most."""
    return min(MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def in_threads(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int | None = None
) -> Iterator[Result]:
    """Call a function for each item, on several threads; the results come in order.

    Parameters
    ----------
    function : callable
        It may be called on any thread, and for several items at once.
    items : iterable
        Read as the work goes on: at most twice as many are held as there are threads.
    threads : int, optional
        1 calls it here; by default the `cores`.

    Examples
    --------
    >>> list(in_threads(len, ["a", "bc", ""]))
    [1, 2, 0]
    """
    threads = cores() if threads is None else threads
    if threads <= 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

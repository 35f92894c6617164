"""Work on many files: one task after the other here, or wherever they are carried out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Protocol, TypeVar

Task = TypeVar("Task")
State = TypeVar("State")
Tell = Callable[[float], None]
"""Told the share that is done, from 0 to 1; what it raises ends the work."""


class Runner(Protocol):
    """What carries out tasks."""

    rows_at_once: int
    """Scores of 4 bytes that one task may hold."""

    def merged(
        self,
        job: Callable[[Task], State],
        tasks: Sequence[Task],
        merge: Callable[[State, State], State],
        tell: Tell,
    ) -> State:
        """Do a job for each of some tasks, at least one; what they give is merged in any order."""

    def each(self, job: Callable[[Task], State], tasks: Sequence[Task], tell: Tell) -> list[State]:
        """Do a job for each of some tasks; what they give, in their order.

        Jobs that hold many rows are done one at a time in each process.
        """


class Here:
    """The process itself, with a thread for each core.

    Parameters
    ----------
    threads : int, optional
    rows_at_once : int
    """

    def __init__(self, threads: int | None = None, rows_at_once: int = 112_000_000) -> None:
        self.threads = threads or min(4, os.cpu_count() or 1)
        self.rows_at_once = rows_at_once

    def merged(
        self,
        job: Callable[[Any], Any],
        tasks: Sequence[Any],
        merge: Callable[[Any, Any], Any],
        tell: Tell,
    ) -> Any:
        """See `Runner`."""
        state: Any = None
        with ThreadPoolExecutor(self.threads) as pool:
            left = list(reversed(tasks))
            waiting: set[Future[Any]] = set()
            try:
                while left or waiting:
                    while left and len(waiting) < 2 * self.threads:
                        waiting.add(pool.submit(job, left.pop()))
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for each in done:
                        made = each.result()
                        state = made if state is None else merge(state, made)
                    tell(1 - (len(left) + len(waiting)) / len(tasks))
            finally:
                for each in waiting:
                    each.cancel()
        return state

    def each(self, job: Callable[[Any], Any], tasks: Sequence[Any], tell: Tell) -> list[Any]:
        """See `Runner`."""
        found = []
        for number, task in enumerate(tasks):
            found.append(job(task))
            tell((number + 1) / len(tasks))
        return found

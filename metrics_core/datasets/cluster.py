"""Work on many files as tasks of a Dask cluster, whose answers are merged there two by two."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from metrics_core.datasets.running import Here, Runner, Tell

AT_ONCE = 32
"""Answers that one task merges."""
LOOK_SECONDS = 0.02


class OnCluster:
    """The workers of a cluster, which need this package and reach the files.

    A task that was lost with its worker is done again by another one; tasks read, and change
    nothing, so that it does not matter how often.

    Parameters
    ----------
    address : str
        Of the scheduler, for example ``tcp://10.0.0.5:8786``.
    rows_at_once : int
        Scores of 4 bytes that one task may hold. Each range is read by a task of its own, so that
        more tasks keep more workers busy, and each of them reads all files.
    """

    def __init__(self, address: str, rows_at_once: int = 28_000_000) -> None:
        self.address, self.rows_at_once = address, rows_at_once

    def merged(
        self,
        job: Callable[[Any], Any],
        tasks: Sequence[Any],
        merge: Callable[[Any, Any], Any],
        tell: Tell,
    ) -> Any:
        """See `Runner`."""
        with self._client() as client:
            level = client.map(job, tasks, pure=False)
            every = list(level)
            while len(level) > 1:
                groups = [level[at : at + AT_ONCE] for at in range(0, len(level), AT_ONCE)]
                level = [client.submit(_reduced, group, merge, pure=False) for group in groups]
            _watch(every, level, tell)
            return level[0].result()

    def each(self, job: Callable[[Any], Any], tasks: Sequence[Any], tell: Tell) -> list[Any]:
        """See `Runner`."""
        with self._client() as client:
            futures = client.map(job, tasks, pure=False)
            _watch(futures, futures, tell)
            return [future.result() for future in futures]

    def _client(self) -> Any:
        distributed = importlib.import_module("distributed")
        return distributed.Client(self.address, timeout=10, set_as_default=False)


def chosen_runner(address: str) -> Runner:
    """The cluster at an address; the process itself where that is empty."""
    return OnCluster(address) if address else Here()


def _reduced(answers: list[Any], merge: Callable[[Any, Any], Any]) -> Any:
    return reduce(merge, answers)


def _watch(every: Sequence[Any], wanted: Sequence[Any], tell: Tell) -> None:
    """Tell how many are done until all that are wanted are, or one failed."""
    while not all(future.done() for future in wanted):
        tell(sum(future.done() for future in every) / len(every))
        if any(future.status in ("error", "cancelled") for future in every):
            break
        time.sleep(LOOK_SECONDS)
    tell(1.0)

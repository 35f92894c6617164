"""Work on many files as tasks of a Dask cluster, whose answers are merged there two by two."""

from __future__ import annotations

import importlib
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from typing import Any

from metrics_core.datasets.elsewhere import answered
from metrics_core.datasets.running import Here, Runner, Tell
from metrics_core.errors import InputError
from metrics_core.messages import Message

SCHEDULER = "ACCURACY_LENS_SCHEDULER"
"""The environment variable with the address of a Dask scheduler."""
AT_ONCE = 32
"""Answers that one task merges."""
LOOK_SECONDS = 0.02
ANSWER_SECONDS = 10.0
UNREAD = "deserialization of the task graph"
"""What a scheduler says that cannot import the function of a task."""
WORKER_SECONDS = 30.0
"""How long there may be no worker, as where all of them are started anew."""


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
            level = client.map(_done, _packed(job, tasks), pure=False)
            every = list(level)
            while len(level) > 1:
                groups = [level[at : at + AT_ONCE] for at in range(0, len(level), AT_ONCE)]
                level = [client.submit(_reduced, group, merge, pure=False) for group in groups]
            _watch(client, every, level, tell)
            return level[0].result()

    def each(self, job: Callable[[Any], Any], tasks: Sequence[Any], tell: Tell) -> list[Any]:
        """See `Runner`."""
        with self._client() as client:
            futures = client.map(_done, _packed(job, tasks), pure=False)
            _watch(client, futures, futures, tell)
            return [future.result() for future in futures]

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """A client; what becomes of the cluster meanwhile is an `InputError`."""
        distributed = importlib.import_module("distributed")
        connect = partial(
            distributed.Client, self.address, timeout=ANSWER_SECONDS, set_as_default=False
        )
        try:
            opened = answered(connect, 2 * ANSWER_SECONDS)  # what is no scheduler may say nothing
        except OSError as error:
            raise _unanswered() from error
        try:
            with opened as client:
                yield client
        except distributed.client.FutureCancelledError as error:
            raise _unanswered() from error
        except distributed.KilledWorker as error:
            raise InputError(
                SCHEDULER, "must lead to workers that can hold the rows they read",
                Message("several that ended over one file"),
                "Give them more memory (`dask worker --memory-limit`), or write files with smaller "
                "row groups.",
            ) from error  # fmt: skip
        except ImportError as error:
            raise InputError(
                SCHEDULER, "must lead to a scheduler and workers with what the server has",
                Message("one without {package}", {"package": error.name or type(error).__name__}),
                "Install it wherever the workers run, in the version of the server.",
            ) from error  # fmt: skip
        except RuntimeError as error:
            if UNREAD not in str(error):
                raise
            raise InputError(
                SCHEDULER, "must lead to a scheduler and workers with what the server has",
                Message("a scheduler without the program"),
                "Start `dask scheduler` in the folder of the program, with PYTHONPATH=. before it.",
            ) from error  # fmt: skip


def chosen_runner(address: str) -> Runner:
    """The cluster at an address; the process itself where that is empty."""
    return OnCluster(address) if address else Here()


def _packed(job: Callable[[Any], Any], tasks: Sequence[Any]) -> list[bytes]:
    """What the scheduler passes on unread: a worker that cannot unpack what Dask packs ends."""
    return [pickle.dumps((job, task), pickle.HIGHEST_PROTOCOL) for task in tasks]


def _done(packed: bytes) -> Any:
    job, task = pickle.loads(packed)  # noqa: S301 - of our own client
    return job(task)


def _reduced(answers: list[Any], merge: Callable[[Any, Any], Any]) -> Any:
    return reduce(merge, answers)


def _watch(client: Any, every: Sequence[Any], wanted: Sequence[Any], tell: Tell) -> None:
    """Tell how many are done until all that are wanted are, or one failed."""
    seen = looked = time.monotonic()
    while not all(future.done() for future in wanted):
        tell(sum(future.done() for future in every) / len(every))
        if any(future.status in ("error", "cancelled") for future in every):
            break
        time.sleep(LOOK_SECONDS)
        now = time.monotonic()
        if now - looked > WORKER_SECONDS / 10:
            looked = now
            seen = now if _has_workers(client) else seen
        if now - seen > WORKER_SECONDS:
            raise InputError(
                SCHEDULER, "must lead to a scheduler that has workers",
                Message("one without any for {seconds:g} seconds", {"seconds": WORKER_SECONDS}),
                "Start workers with `dask worker` and its address, or unset the variable.",
            )  # fmt: skip
    tell(1.0)


def _has_workers(client: Any) -> bool:
    try:
        identity = client.scheduler.identity
        said = client.sync(identity, n_workers=1, callback_timeout=ANSWER_SECONDS)
    except OSError as error:
        raise _unanswered() from error
    return bool(said["workers"])


def _unanswered() -> InputError:
    return InputError(
        SCHEDULER, "must be the address of a Dask scheduler that answers",
        Message("one that does not"),
        "Start `dask scheduler` there and read again, or unset the variable.",
    )  # fmt: skip

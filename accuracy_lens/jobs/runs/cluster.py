"""Runs on a Dask cluster: the same queue, other computers.

The workers need this project and Keras, and take one run at a time each. A run that is stopped is
interrupted inside its worker as soon as Python goes on there, between two batches at the latest;
the worker itself stays.
"""

from __future__ import annotations

import ctypes
import importlib
import logging
import pickle
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.task import Job, News, Outcome, Task, outcome_of
from metrics_core.datasets.elsewhere import answered

ANSWER_SECONDS = 5.0
"""How long the scheduler may take to answer."""
_LOOK_SECONDS = 1.0
_TICK = 0.1
_ALONE = threading.Lock()
"""Keras has one random state a process, so that two runs in it would disturb each other."""
_STOPPED: Outcome = (None, "")

logger = logging.getLogger("accuracy_lens")


def _distributed() -> Any:
    """The package, which is not installed everywhere, when it is needed."""
    return importlib.import_module("distributed")


class Cluster:
    """A Dask cluster, reached when the first run needs it.

    Parameters
    ----------
    address : str
        Of the scheduler, for example ``tcp://10.0.0.5:8786``.
    limits : WorkerLimits
        Only `seconds` holds here; memory is limited where the workers are started.
    """

    def __init__(self, address: str, limits: WorkerLimits) -> None:
        self._address, self._seconds = address, limits.seconds
        self._client: Any = None
        self._workers: frozenset[str] = frozenset()
        self._looked = 0.0

    def slots(self) -> int:
        """As many as workers; 1 where there is none, for the run that then says so."""
        with suppress(OSError):
            self.workers()
        return max(1, len(self._workers))

    def workers(self, since: float = 0.0) -> frozenset[str]:
        """Addresses of the workers, at most a second old.

        Parameters
        ----------
        since : float
            A reading of the monotonic clock; what was known before does not count.

        Raises
        ------
        OSError
            Where the scheduler does not answer.
        """
        oldest = max(since, time.monotonic() - _LOOK_SECONDS)
        if self._client is None or self._looked <= oldest:
            with self._answering() as client:
                identity = client.scheduler.identity
                said = client.sync(identity, n_workers=-1, callback_timeout=ANSWER_SECONDS)
                self._workers, self._looked = frozenset(said["workers"]), time.monotonic()
        return self._workers

    def submit(self, job: Job, settings: object) -> Task:
        """Hand a run to the scheduler."""
        try:
            with self._answering() as client:
                return _ClusterTask(client, self.workers, job, settings, self._seconds)
        except OSError:
            return _Unreachable()

    def warm(self) -> None:
        """Nothing to do: the workers are started by others."""

    def close(self) -> None:
        """Leave the cluster; what still runs there is interrupted."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError):
                client.close(timeout=ANSWER_SECONDS)

    @contextmanager
    def _answering(self) -> Iterator[Any]:
        """The client; where it fails, a new one is made the next time."""
        try:
            if self._client is None or self._client.status != "running":
                self.close()
                connect = partial(
                    _distributed().Client,
                    self._address,
                    timeout=ANSWER_SECONDS,
                    set_as_default=False,
                )
                self._client = answered(connect, 2 * ANSWER_SECONDS)
            yield self._client
        except OSError:
            logger.exception("The scheduler does not answer")
            self.close()
            raise


class _Unreachable:
    def poll(self) -> News:
        return News(started=False, outcome=("unreachable", ""))

    def stop(self) -> None:
        """Nothing runs."""


class _ClusterTask:
    def __init__(
        self,
        client: Any,
        workers: Callable[[float], frozenset[str]],
        job: Job,
        settings: object,
        seconds: float,
    ) -> None:
        name = f"accuracy-lens-run-{uuid.uuid4().hex}"
        self._workers, self._seconds = workers, seconds
        self._worker: str | None = None
        self._began = 0.0
        self._ended: Outcome | None = None
        self._post = _distributed().Queue(name, client=client)
        self._future = client.submit(carry, job, settings, name, key=name, pure=False)

    def poll(self) -> News:
        if self._ended is not None:
            return News(self._worker is not None, (), self._ended)
        reports: list[tuple[object, int]] = []
        try:
            over = self._future.done()  # first: what a finished run sent is then all there
            letters = self._post.get(batch=True, callback_timeout=ANSWER_SECONDS)
            outcome = next(filter(None, (self._open(one, reports) for one in letters)), None)
            outcome = outcome or self._without_word(over)
        except OSError:
            outcome = "unreachable", ""
        if outcome is not None:
            self._end(outcome)
        return News(self._worker is not None, tuple(reports), outcome)

    def stop(self) -> None:
        if self._ended is None:
            self._end(_STOPPED)

    def _open(self, letter: list[Any], reports: list[tuple[object, int]]) -> Outcome | None:
        what, content = letter
        if what == "begun":
            if self._worker is not None:
                return "died", ""  # Dask began it once more on another worker
            self._worker, self._began = content, time.monotonic()
        elif what == "report":
            reports.append((pickle.loads(content), len(content)))  # noqa: S301 - of our own worker
        else:
            ended: Outcome = pickle.loads(content)  # noqa: S301 - of our own worker
            return ended
        return None

    def _without_word(self, over: bool) -> Outcome | None:
        """How a run ended that did not say so itself."""
        if self._worker is not None and time.monotonic() - self._began > self._seconds:
            return "time", ""
        if over:
            error = self._future.exception(timeout=ANSWER_SECONDS)
            if type(error).__name__ == "KilledWorker":
                return "died", ""
            return "error", "".join(traceback.format_exception(error)) if error else "no outcome"
        gone = self._worker is not None and self._worker not in self._workers(self._began)
        return ("died", "") if gone else None

    def _end(self, outcome: Outcome) -> None:
        self._ended = outcome
        with suppress(OSError):
            self._future.cancel(force=True)
            self._post.close()
        self._future.release()


class _Interrupted(BaseException):
    """Raised inside a run that was cancelled; no library catches it."""


def carry(job: Job, settings: object, name: str) -> None:
    """Do a job on a worker and send what it reports; the key of the task is `name`."""
    worker = _distributed().get_worker()
    post = _distributed().Queue(name)

    def send(what: str, content: object) -> None:
        post.put((what, content))

    def report(said: object) -> None:
        send("report", pickle.dumps(said, protocol=pickle.HIGHEST_PROTOCOL))

    def cancelled() -> bool:
        task = worker.state.tasks.get(name)
        return task is None or task.state == "cancelled"

    while not _ALONE.acquire(timeout=_TICK):
        if cancelled():
            return
    try:
        with suppress(_Interrupted), _interrupted_if(cancelled):
            send("begun", worker.address)
            send("ended", pickle.dumps(outcome_of(job, settings, report)))
    finally:
        _ALONE.release()
        post.close()


@contextmanager
def _interrupted_if(condition: Callable[[], bool]) -> Iterator[None]:
    """Raise `_Interrupted` in the block, wherever it is, once the condition holds."""
    thread, over, lock = threading.get_ident(), threading.Event(), threading.Lock()

    def watch() -> None:
        while not over.wait(_TICK):
            if condition():
                with lock:
                    if not over.is_set():
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(
                            ctypes.c_ulong(thread), ctypes.py_object(_Interrupted)
                        )
                return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            over.set()

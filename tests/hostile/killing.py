"""Child processes and servers that are killed at work: who waits is told, and the next works."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from accuracy_lens.jobs.runs.executor import RunLimits
from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.visit import RunState
from accuracy_lens.jobs.workers import Workers
from metrics_core.errors import InputError
from metrics_core.live_keras import RunSettings, train

_LATE = 60.0
_BUSY = """
import os
os.nice(10)
parent = os.getppid()
while os.getppid() == parent:
    pass
"""


@dataclass
class Killed:
    """What became of jobs whose processes were killed.

    Attributes
    ----------
    kills : int
    told : list of float
        Seconds from the kill to the sentence, for jobs that it ended.
    finished : int
        Jobs that ended before, or went to another process.
    wrong : list of str
        Whatever else came.
    """

    kills: int = 0
    told: list[float] = field(default_factory=list)
    finished: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_children(workers: Workers, job: Callable[[], object], n: int, seed: int = 0) -> Killed:
    """Kill the processes of a pool again and again, each time while a job is at work.

    Parameters
    ----------
    workers : Workers
    job : callable
        Waits for a job of the pool; ends with an `InputError` where its process dies.
    n : int
        Kills.
    """
    rng, found = random.Random(seed), Killed()
    for _ in range(n):
        ended: list[float] = []
        outcome: list[object] = []

        def work(ended=ended, outcome=outcome) -> None:
            try:
                job()
                outcome.append(None)
            except InputError as error:
                outcome.append(error)
            except BaseException as error:  # noqa: BLE001 - that is what is looked for
                outcome.append(repr(error))
            ended.append(time.monotonic())

        thread = threading.Thread(target=work)
        thread.start()
        time.sleep(rng.random() * 0.5)
        processes = _processes(workers)
        at = time.monotonic()
        for process in processes:
            os.kill(process, signal.SIGKILL)
        found.kills += bool(processes)
        thread.join(_LATE)
        if not ended:
            found.wrong.append(f"nothing was told within {_LATE:g} seconds")
        elif isinstance(outcome[0], InputError):
            found.told.append(max(0.0, ended[0] - at))
        elif outcome[0] is None:
            found.finished += 1
        else:
            found.wrong.append(str(outcome[0]))
    return found


def _processes(workers: Workers) -> list[int]:
    pools = [place.pool for place in workers._places if place.pool is not None]
    return [
        process.pid
        for pool in pools
        for process in list(pool._pool_manager.worker_manager.workers.values())
        if process.is_alive() and process.pid is not None
    ]


def kill_trainers(n: int, clients: int = 3) -> Killed:
    """Kill the process of a training run that several visitors watch; each of them must be told."""
    runs, found, rng = Runs(RunLimits(silence_seconds=600.0)), Killed(), random.Random(0)
    try:
        for number in range(n):
            settings = RunSettings(epochs=50, seed=number)
            names = [
                runs.start([settings], f"visitor {i}", train, keys=[number]) for i in range(clients)
            ]
            while not _states(runs, names)[0].reports:
                time.sleep(0.05)
            time.sleep(rng.random() * 0.5)
            assert isinstance(runs._executor, Pool)
            processes, at = _processes(runs._executor._workers), time.monotonic()
            for process in processes:
                os.kill(process, signal.SIGKILL)
            found.kills += bool(processes)
            while not all(state.over for state in _states(runs, names)):
                if time.monotonic() - at > _LATE:
                    found.wrong.append(f"{[state.phase for state in _states(runs, names)]}")
                    break
                time.sleep(0.02)
            for state in _states(runs, names):
                if state.phase == "failed" and state.reason is not None:
                    found.told.append(time.monotonic() - at)
                else:
                    found.finished += 1
    finally:
        runs.close()
    return found


def _states(runs: Runs, names: list[str]) -> list[RunState]:
    for name in names:
        runs.touch(name)
    return [state for name in names for state in runs.states(name) or ()]


@contextmanager
def load() -> Iterator[None]:
    """Keep every core busy meanwhile, with no more right of way than trainings have."""
    command = [sys.executable, "-c", _BUSY]
    busy = [subprocess.Popen(command) for _ in range(os.cpu_count() or 2)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()

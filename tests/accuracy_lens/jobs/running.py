"""Jobs for the tests of training runs, and how those wait for them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs import registry as module
from accuracy_lens.jobs.runs.executor import RunLimits
from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.visit import RunState

ROOT = Path(module.__file__).parents[3]
WORKER = WorkerLimits(workers=1, seconds=60.0, memory=1 << 30, setup="")
JOBS = """
import os, signal, sys, time
import numpy as np
from metrics_core.errors import InputError

class Deadly:
    '''Ends the process that reads it.'''

    def __reduce__(self):
        return os._exit, (9,)

def count(settings, report):
    name, epochs = settings
    for epoch in range(epochs):
        report((name, epoch, np.full(3, epoch), os.getpid()))

def endless(settings, report):
    report(os.getpid())
    while True:
        time.sleep(0.05)
        report(time.time())

def deaf(settings, report):
    '''Sits in one long call, where Python handles no signals.'''
    report(os.getpid())
    sum(range(10 ** 11))

def once_dead(settings, report):
    report(os.getpid())
    os.kill(os.getpid(), signal.SIGKILL)

def leaves(settings, report):
    os._exit(0)

def grows(settings, report):
    report(os.getpid())
    len(bytearray(4 << 30))

def refuses(settings, report):
    raise InputError("loss", "must be one of {names}", "'x'", "Choose.", names="a, b")

def fails(settings, report):
    class Own(Exception):
        def __init__(self, one, two):
            super().__init__(one)
    raise Own("secret", 2)

def clock(settings, report):
    report(time.monotonic())

def large(settings, report):
    for number in range(settings):
        report(np.full(1000, number, np.uint8))

def priority(settings, report):
    report(os.nice(0))

def modules(settings, report):
    report(sorted(sys.modules))
"""


class Shared:
    """A pool that outlives the runs of one test."""

    def __init__(self, pool: Pool) -> None:
        self.slots, self.submit, self.warm = pool.slots, pool.submit, pool.warm

    def close(self) -> None:
        pass


def limits(worker: WorkerLimits = WORKER, **options: Any) -> RunLimits:
    return RunLimits(worker=worker, **options)


def until(condition: Callable[[], Any], what: str = "") -> Any:
    """Wait; generous, for machines that are busy with other things."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"never: {what or condition}")


def ended(runs: Runs, name: str) -> tuple[RunState, ...]:
    def over() -> Any:
        runs.touch(name)
        states = runs.states(name)
        assert states is not None
        return all(state.over for state in states) and states

    found: tuple[RunState, ...] = until(over, "the end of a run")
    return found


def first_report(runs: Runs, name: str) -> Any:
    def reported() -> Any:
        runs.touch(name)
        states = runs.states(name)
        assert states is not None
        assert not states[0].over, states[0]
        return states[0].reports

    return until(reported, "a first report")[0]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def works(runs: Runs, jobs: Any) -> int:
    """A short run goes through; the process that did it."""
    (state,) = ended(runs, runs.start([("after", 2)], "next", jobs.count))
    assert (state.phase, state.came) == ("done", 2), state
    return state.reports[-1][3]

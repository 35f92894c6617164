"""What a child process may take, and how it is kept to it."""

from __future__ import annotations

import functools
import importlib
import multiprocessing.spawn
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pebble.pool.process import WORKERS_NAME

if TYPE_CHECKING:
    from accuracy_lens.view.quotas import Quotas


def _usual() -> Quotas:
    from accuracy_lens.view.quotas import quotas  # noqa: PLC0415 - a child has no need of it

    return quotas()


@dataclass(frozen=True)
class WorkerLimits:
    """What a pool and each of its child processes may take.

    Attributes
    ----------
    workers : int
        Processes at the same time; one core is left to the server.
    seconds : float
        Time for one job, counted from its start; then its process is ended and replaced.
    memory : int
        Bytes of address space beyond what a prepared process has (where the system can limit it).
    wait_seconds : float
        How long a job may wait for a free process.
    start_seconds : float
        How long, beyond the time for one job, no process may take one: then all are replaced.
    setup : str
        ``"module:function"`` that a process imports and calls before its first job.
    environment : mapping of str to str
        Environment variables of a process, set before `setup` is imported.
    niceness : int
        0 to 19: how far a process stands back behind others that want the processor (POSIX).
    """

    workers: int = field(default_factory=lambda: _usual().parsers)
    seconds: float = 10.0
    memory: int = field(default_factory=lambda: _usual().parser_bytes)
    wait_seconds: float = 60.0
    start_seconds: float = 20.0
    setup: str = "metrics_core.reading.spool:prepare"
    environment: Mapping[str, str] = field(
        default_factory=lambda: {"ARROW_DEFAULT_MEMORY_POOL": "system"}
    )
    niceness: int = 0


def confine(limits: WorkerLimits) -> None:
    """Prepare a child process, then take away what it does not need."""
    os.environ.update(limits.environment)
    if os.name == "posix":
        os.nice(limits.niceness)
    if limits.setup:
        module, _, function = limits.setup.partition(":")
        getattr(importlib.import_module(module), function)()
    statm = Path("/proc/self/statm")
    if os.name == "posix" and statm.exists():
        import resource  # noqa: PLC0415 - not on every system

        held = int(statm.read_text().split()[0]) * resource.getpagesize()
        _lower(resource.RLIMIT_AS, held + limits.memory)
        _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, value: int) -> None:
    import resource  # noqa: PLC0415 - not on every system

    hard = resource.getrlimit(which)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (bound, bound))


def keep_main_out() -> None:
    """Let our child processes start without the main module, which under Streamlit is the app.

    The standard library hands every new process the path of ``__main__`` to import again. Only
    processes of pebble's name are started without it.
    """
    prepare = multiprocessing.spawn.get_preparation_data
    if hasattr(prepare, "__wrapped__"):
        return

    @functools.wraps(prepare)
    def without_main(name: str) -> dict[str, Any]:
        data: dict[str, Any] = prepare(name)
        if name == WORKERS_NAME:
            data.pop("init_main_from_name", None)
            data.pop("init_main_from_path", None)
        return data

    multiprocessing.spawn.get_preparation_data = without_main

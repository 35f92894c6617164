"""A Dask cluster of this machine: a scheduler and workers, each a process."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from accuracy_lens.jobs.runs import registry as module
from accuracy_lens.jobs.runs.cluster import Cluster
from accuracy_lens.jobs.workers import WorkerLimits

ROOT = Path(module.__file__).parents[3]


class Processes:
    """The cluster's processes, and their end."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._path = f"{ROOT}{os.pathsep}{folder}"
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", self.address)

    def add_worker(self, *options: str) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--nthreads", "1", *options)

    def wait_for(self, workers: int) -> None:
        seen = Cluster(self.address, WorkerLimits())

        def are_there() -> bool:
            with contextlib.suppress(OSError):
                return len(seen.workers()) == workers
            return False

        until(are_there, f"{workers} workers")
        seen.close()

    def end(self) -> None:
        for process in reversed(self._started):
            process.kill()
            process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *words, "--no-dashboard"],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": self._path, "TF_CPP_MIN_LOG_LEVEL": "3"},
            )
        self._started.append(process)
        return process


def until(condition: Callable[[], Any], what: str) -> Any:
    """Wait; generous, for machines that are busy with other things."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"never: {what}")

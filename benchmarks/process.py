"""A server as a child process, and what the system says about it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CPU_CLOCK_OF_PROCESS = 2


@dataclass(frozen=True)
class Server:
    """A running server; Linux's /proc answers for its memory."""

    url: str
    pid: int

    def memory(self, line: str = "VmRSS") -> int:
        """Bytes in memory: ``VmRSS`` now, ``VmHWM`` at most since `forget_peak`."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        (found,) = (row for row in status.splitlines() if row.startswith(f"{line}:"))
        return int(found.split()[1]) * 1024

    def forget_peak(self) -> None:
        """Let ``VmHWM`` start again from here."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def cpu_seconds(self) -> float:
        """Processor time of all its threads so far, to the microsecond."""
        return time.clock_gettime((~self.pid << 3) | _CPU_CLOCK_OF_PROCESS)

    def has_loaded(self, name: str) -> bool:
        """Whether a file of this name is mapped into the process."""
        return name in Path(f"/proc/{self.pid}/maps").read_text()


@contextlib.contextmanager
def serve(module: str, *arguments: str) -> Iterator[Server]:
    """Run ``python -m module ... --port N`` until the block ends; it is warm as it begins."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", module, *arguments, "--port", str(port)]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT) as child,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            if not _is_healthy(url, child):
                log.seek(0)
                raise RuntimeError(f"{module} did not start:\n{log.read()}")
            yield Server(url, child.pid)
        finally:
            child.terminate()


def _is_healthy(url: str, child: subprocess.Popen[bytes]) -> bool:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and child.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer,
        ):
            if answer.status == 200:
                return True
        time.sleep(0.1)
    return False

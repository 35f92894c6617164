"""One of several servers: started, asked how it is, ended, started again."""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from accuracy_lens.serve.process import PARENT

ANSWER_SECONDS = 5.0
"""How long an answer may take."""
PATIENCE = 60.0
"""How long a server may give none before it is ended: a long calculation can hold it up."""
_SOON = 10.0
_MOST_WAIT = 30.0
_PR_SET_PDEATHSIG = 1


class Member:
    """A server as a child process that listens at a socket in the file system.

    Parameters
    ----------
    number : int
        From 1.
    command : sequence of str
        Starts it; ``--socket`` and the path are added.
    path : Path
        Of the socket.
    base_path : str
        Below which it answers.
    environment : mapping of str to str
        On top of that of this process.
    """

    def __init__(
        self,
        number: int,
        command: Sequence[str],
        path: Path,
        base_path: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.number, self.path = number, path
        self._command, self._base_path = [*command, "--socket", str(path)], base_path
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._heard = 0.0
        self._quick_ends = 0

    @property
    def pid(self) -> int | None:
        """Of the process that runs; None where none does."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    @property
    def code(self) -> int | None:
        """The exit code of a process that has ended."""
        return None if self._process is None else self._process.poll()

    def start(self) -> None:
        """Start the process; `is_ready` says when it answers."""
        self._started = self._heard = time.monotonic()
        self._process = start_child(self._command, self._environment)

    def is_ready(self) -> bool:
        """Whether it takes visitors now."""
        return self._answers("readyz")

    def look(self) -> str | None:
        """What is wrong with it, ``"died"`` or ``"silent"``; one that is silent is ended."""
        if self.pid is None:
            return "died"
        now = time.monotonic()
        if self._answers("healthz"):
            self._heard = now
        elif now - self._heard > PATIENCE:
            self.signal(signal.SIGKILL)
            return "silent"
        return None

    def restart_in(self) -> float:
        """Seconds until a process that died may be started again: more, the more often it does."""
        quick = time.monotonic() - self._started < _SOON
        self._quick_ends = self._quick_ends + 1 if quick else 0
        return min(2.0**self._quick_ends - 1, _MOST_WAIT)

    def signal(self, number: int) -> None:
        """Send a signal to the process, if there is one."""
        if self.pid is not None and self._process is not None:
            self._process.send_signal(number)

    def wait(self, seconds: float) -> None:
        """Wait for its end; one that does not come is brought about."""
        if self._process is None:
            return
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self, what: str) -> bool:
        connection = _Connection(self.path)
        try:
            connection.request("GET", f"{self._base_path}/{what}")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=ANSWER_SECONDS)
        self._path = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def start_child(command: Sequence[str], more: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a process that the terminal does not interrupt and that ends with this one."""
    environment = os.environ | {PARENT: str(os.getpid())} | dict(more)
    return subprocess.Popen(  # noqa: S603 - a command of ours
        command, env=environment, start_new_session=True, preexec_fn=_end_with_parent  # noqa: PLW1509 - this process has one thread
    )  # fmt: skip


def _end_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):  # Linux only
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

"""Several servers behind a proxy, watched over: what dies is started again.

SIGTERM ends all of them, SIGHUP starts them anew one after the other, while the others serve.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from accuracy_lens.serve.process import NUMBER
from accuracy_lens.serve.several.member import Member, start_child
from accuracy_lens.serve.several.proxy import configuration, is_resting, sockets
from accuracy_lens.view.quotas import SHARE

_LOOK_SECONDS = 0.5
_START_SECONDS = 120.0
_PROXY_SECONDS = 10.0
_SERVER = ("-m", "accuracy_lens.serve.server")

logger = logging.getLogger("accuracy_lens")


class Supervisor:
    """Servers and their proxy.

    Parameters
    ----------
    n : int
        Servers.
    host, port
        Where visitors reach them.
    nginx : str
        Path of the program.
    folder : Path
        For sockets and the configuration; only its owner may enter.
    base_path : str
        Below which the servers answer.
    command : sequence of str, optional
        Starts a server.
    last_seconds : float
        How long a server that is told to end may take.
    """

    def __init__(
        self,
        n: int,
        host: str,
        port: int,
        nginx: str,
        folder: Path,
        base_path: str = "",
        command: Sequence[str] = (sys.executable, *_SERVER),
        last_seconds: float = 15.0,
    ) -> None:
        self._host, self._port, self._nginx = host, port, nginx
        self._folder, self._base_path, self._last_seconds = folder, base_path, last_seconds
        whole = [*command, "--host", host, "--port", str(port)]
        self.members = [
            Member(
                number, whole, folder / f"{number}.sock", base_path,
                {SHARE: str(n), NUMBER: str(number)},
            )
            for number in range(1, n + 1)
        ]  # fmt: skip
        self._due: dict[int, float] = {}
        self._proxy: subprocess.Popen[bytes] | None = None
        self._asked: list[int] = []

    @property
    def configuration_file(self) -> Path:
        """Where the configuration of the proxy lies."""
        return self._folder / "nginx.conf"

    def run(self, ready: Callable[[], object]) -> int:
        """Serve until this process is told to end; its exit code.

        Parameters
        ----------
        ready : callable
            Called as soon as the pages can be visited.
        """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._hear)
        try:
            for member in self.members:
                member.start()
            if (code := self._wait_for(self.members)) is not None:
                return code
            self._start_proxy()
            ready()
            return self._watch()
        finally:
            self._end()

    def _hear(self, number: int, _: FrameType | None) -> None:
        self._asked.append(number)

    def _told_to_end(self) -> bool:
        return any(number != signal.SIGHUP for number in self._asked)

    def _wait_for(self, members: Sequence[Member]) -> int | None:
        """Wait until servers are ready; the exit code where one cannot be started, or none need."""
        until = time.monotonic() + _START_SECONDS
        while not all(member.is_ready() for member in members):
            if self._told_to_end():
                return 0
            codes = [member.code for member in members if member.code is not None]
            if codes or time.monotonic() > until:
                return codes[0] or 1 if codes else 1
            time.sleep(_LOOK_SECONDS)
        return None

    def _start_proxy(self, resting: int | None = None) -> None:
        servers = sockets(self._folder, len(self.members))
        text = configuration(
            self._folder, servers, self._host, self._port, self._base_path, resting
        )
        self.configuration_file.write_text(text, encoding="utf-8")
        command = [
            self._nginx,
            "-e",
            "stderr",
            "-p",
            str(self._folder),
            "-c",
            str(self.configuration_file),
        ]
        if self._proxy is None or self._proxy.poll() is not None:
            self._proxy = start_child(command, {})
        else:
            self._proxy.send_signal(signal.SIGHUP)
        until = time.monotonic() + _PROXY_SECONDS
        while not is_resting(self._host, self._port, self._base_path, resting):
            if time.monotonic() > until or self._proxy.poll() is not None:
                return
            time.sleep(_LOOK_SECONDS / 5)
        time.sleep(_LOOK_SECONDS)  # for what the process before it has accepted meanwhile

    def _watch(self) -> int:
        while not self._told_to_end():
            if self._asked:
                self._asked.clear()
                self._one_after_the_other()
            for member in self.members:
                self._look_after(member)
            if self._proxy is not None and self._proxy.poll() is not None:
                logger.error("The proxy ended with code %s", self._proxy.returncode)
                return self._proxy.returncode or 1
            time.sleep(_LOOK_SECONDS)
        return 0

    def _look_after(self, member: Member) -> None:
        wrong, now = member.look(), time.monotonic()
        if wrong is None:
            return
        if member.number not in self._due:
            logger.error("Server %s %s and is started again", member.number, wrong)
            self._due[member.number] = now + member.restart_in()
        if now >= self._due[member.number]:
            del self._due[member.number]
            member.start()

    def _one_after_the_other(self) -> None:
        """Start each server anew while the others serve; new visitors pass the one that leaves."""
        for member in self.members:
            self._start_proxy(resting=member.number)
            member.signal(signal.SIGTERM)
            others = [other for other in self.members if other is not member]
            while member.pid is not None and not self._told_to_end():
                for other in others:
                    self._look_after(other)
                time.sleep(_LOOK_SECONDS)
            if self._told_to_end():
                break
            member.start()
            if self._wait_for([member]) is not None:
                logger.error("Server %s does not start; the others stay as they are", member.number)
                break
        self._start_proxy()

    def _end(self) -> None:
        """Let what is under way be finished, then end everything."""
        if self._proxy is not None and self._proxy.poll() is None:
            self._proxy.send_signal(signal.SIGQUIT)  # takes no more, and ends with the last answer
        for member in self.members:
            member.signal(signal.SIGTERM)
        until = time.monotonic() + self._last_seconds
        for member in self.members:
            member.wait(max(0.0, until - time.monotonic()))
        if self._proxy is not None:
            try:
                self._proxy.wait(max(0.5, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._proxy.terminate()
                self._proxy.wait()

"""A whole server: killed under its visitors, and its memory after they have left."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.browser import chromium
from tests.browser.conftest import FLAGS, ROOT, free_port

FORGOTTEN = 150.0
"""Seconds after which Streamlit has let go of a visitor who left."""
_READY = 120.0


@contextlib.contextmanager
def serving(store: Path, workers: int) -> Iterator[tuple[str, int]]:
    """Serve; the address, and the process that was started."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "accuracy_lens",
        "serve",
        f"--port={port}",
        f"--workers={workers}",
    ]
    environment = os.environ | {"ACCURACY_LENS_STORE": str(store)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            url = f"http://127.0.0.1:{port}"
            _until(lambda: _answers(f"{url}/healthz"), _READY)
            yield url, process.pid
        finally:
            process.terminate()


def kill_servers(store: Path, n: int) -> list[float]:
    """Kill the server of a visitor again and again; seconds until another one answers the visitor.

    The page in the browser finds out by the same two answers: the websocket opens again, and the
    process behind it is another.
    """
    seconds = []
    with serving(store, workers=2) as (url, supervisor):
        for _ in range(n):
            with urllib.request.urlopen(url, timeout=30) as answer:
                cookie = answer.headers["Set-Cookie"].partition(";")[0]
            number = cookie.partition("=")[2]
            own = _of_server(url, number)
            with _stream(url, cookie) as websocket:
                at = time.monotonic()
                os.kill(_process(supervisor, number), signal.SIGKILL)
                with contextlib.suppress(ConnectionClosed):
                    while True:
                        websocket.recv(timeout=30)
            _until(lambda cookie=cookie: _opens(url, cookie), 30)
            with contextlib.closing(_ask(url, cookie)) as answer:
                assert answer.headers["Accuracy-Lens-Started"] != own
            seconds.append(time.monotonic() - at)
            _until(
                lambda number=number, own=own: _of_server(url, number) not in (None, own), _READY
            )
    return seconds


def memory_after(store: Path, visitors: int) -> tuple[int, int]:
    """Bytes of a server after five visitors left, and after so many more; each uploads a file."""
    path = chromium.find()
    if path is None:
        raise RuntimeError(chromium.MISSING)
    rng = np.random.default_rng(0)
    file = store / "outputs.npz"
    np.savez(file, y_true=rng.integers(0, 2, 500_000), y_pred=rng.random(500_000))
    with (
        serving(store, workers=1) as (url, server),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        sizes = []
        for n in (5, visitors):
            for _ in range(n):
                _visit(browser, url, file)
            time.sleep(FORGOTTEN)
            sizes.append(_resident(server))
        browser.close()
    return sizes[0], sizes[1]


def _visit(browser: Browser, url: str, file: Path) -> None:
    page = browser.new_page()
    page.goto(f"{url}/?data=upload")
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Use these columns").click()
    page.locator(".card").first.wait_for()
    page.close()


def _resident(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1024


def _process(supervisor: int, number: str) -> int:
    asked = ["pgrep", "-P", str(supervisor), "-f", rf"/{number}\.sock"]
    return int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


def _of_server(url: str, number: str) -> str | None:
    try:
        with urllib.request.urlopen(f"{url}/_server/{number}/readyz", timeout=5) as answer:
            return str(answer.headers["Accuracy-Lens-Started"])
    except OSError:
        return None


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5):
        return True
    return False


def _ask(url: str, cookie: str):
    request = urllib.request.Request(f"{url}/_stcore/health", headers={"Cookie": cookie})
    return urllib.request.urlopen(request, timeout=10)


@contextlib.contextmanager
def _stream(url: str, cookie: str):
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(
        address, origin=url, subprotocols=["streamlit"], additional_headers={"Cookie": cookie},
        open_timeout=5, max_size=None,
    ) as websocket:  # fmt: skip
        yield websocket


def _opens(url: str, cookie: str) -> bool:
    with contextlib.suppress(Exception), _stream(url, cookie):
        return True
    return False


def _until(condition, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)

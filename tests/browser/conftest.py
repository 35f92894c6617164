"""One server and one Chromium a process; a page that errs or calls out fails its test."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    WebSocket,
    expect,
    sync_playwright,
)

from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 60_000  # milliseconds: a busy machine is not a fault of the page
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its process, and what it wrote so far."""

    url: str
    pid: int
    log: Path


@dataclass
class Watch:
    """What went wrong on a page: console errors, uncaught errors, requests to other hosts."""

    own: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        for event, hear in self._ears():
            page.on(event, hear)

    def no_more(self, page: Page) -> None:
        for event, hear in self._ears():
            page.remove_listener(event, hear)

    def _ears(self) -> list[tuple[Any, Callable[[Any], None]]]:
        return [
            ("console", self._console),
            ("pageerror", self._error),
            ("request", self._request),
            ("websocket", self._request),
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _request(self, asked: Request | WebSocket) -> None:
        url = asked.url
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.own:
            self.foreign.append(url)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def serving(module: str, folder: Path, port: int | None = None) -> Iterator[Server]:
    """Run a module that serves app.py, on a free port; its log and its rooms lie in a folder."""
    port = port or free_port()
    log = folder / "server.log"
    command = [sys.executable, "-m", module, "--port", str(port)]
    with (
        log.open("w") as out,
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ
            | {"ACCURACY_LENS_STORE": str(folder), "ACCURACY_LENS_FIGURES": "figures"},
        ) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_healthy(url, process, log)
            yield Server(url, process.pid, log)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve app.py as `make run` does."""
    with serving("accuracy_lens.serve.server", tmp_path_factory.mktemp("server")) as running:
        yield running


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 90
    while time.monotonic() < give_up and process.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, or skip with the reason."""
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@dataclass
class Tabs:
    """Tabs that are kept from test to test: a new one reads all scripts of the page again.

    Each is alone in its window: Chromium draws a tab behind another one a frame a second.
    """

    browser: Browser
    base_url: str
    kept: list[Page] = field(default_factory=list)

    def take(self, viewport: ViewportSize = DESK, color_scheme: str = "light") -> Page:
        """A blank tab of a visitor who asks for no motion; kept ones first."""
        page = (
            self.kept.pop() if self.kept else self.new_context(reduced_motion="reduce").new_page()
        )
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=color_scheme)
        return page

    def new_context(self, **options: object) -> BrowserContext:
        """A context apart, with Playwright's options: a cold start."""
        context = self.browser.new_context(base_url=self.base_url, **options)
        context.set_default_timeout(PATIENCE)
        return context

    def give_back(self, page: Page) -> None:
        """Clear what a visitor leaves behind, and keep the tab."""
        page.mouse.up()
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.goto("about:blank")
        page.mouse.move(0, 0)
        self.kept.append(page)


@pytest.fixture(scope="session")
def tabs(browser: Browser, server: Server) -> Tabs:
    """The tabs of all tests of this process."""
    return Tabs(browser, server.url)


@pytest.fixture
def new_page(tabs: Tabs) -> Iterator[Callable[..., Page]]:
    """Open a page of a fresh visitor, by `viewport` and `color_scheme`.

    With `apart` it has a context of its own, and any option of Playwright's. After the test, any
    console error and any request to another host fails it.
    """
    watch = Watch(urlsplit(tabs.base_url).netloc)
    taken: list[Page] = []
    contexts: list[BrowserContext] = []

    def open_page(*, apart: bool = False, **options: Any) -> Page:
        if apart:
            contexts.append(tabs.new_context(**{"viewport": DESK, **options}))
            page = contexts[-1].new_page()
        else:
            page = tabs.take(**options)
            taken.append(page)
        watch.over(page)
        return page

    yield open_page
    for page in [*taken, *(context.pages[0] for context in contexts)]:
        page.wait_for_timeout(100)  # hear what is still on its way
        watch.no_more(page)
    for page in taken:
        tabs.give_back(page)
    for context in contexts:
        context.close()
    assert watch.errors == []
    assert watch.foreign == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page on a desk's screen, in the light theme."""
    return new_page()


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    """A page on a phone, 390 pixels wide."""
    return new_page(viewport=PHONE)

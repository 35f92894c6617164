"""Pages in a frame of a notebook, also below the path of a proxy, as hubs of notebooks have one."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

import accuracy_lens
from tests.browser.conftest import ROOT
from tests.browser.screen import threshold_field

pytestmark = pytest.mark.long
PREFIX = "/user/ann/proxy/8600"


class Notebook:
    """A server with a page that holds a frame, and with a proxy that takes its path away."""

    def __init__(self, lens: str) -> None:
        self.lens = urlsplit(lens)
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            if path.startswith(PREFIX):
                await self.forward(head, reader, writer)
            else:
                source = self.lens.geturl() if path == "/direct" else f"{PREFIX}{self.lens.path}"
                page = f'<!doctype html><iframe src="{source}" width="1200" height="850"></iframe>'
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                    b"Content-Length: %d\r\n\r\n%s" % (len(page), page.encode())
                )
        writer.close()

    async def forward(self, head, reader, writer) -> None:
        head = head.replace(PREFIX.encode(), b"", 1)
        if b"pgrade: websocket" not in head:
            head = re.sub(rb"(?i)connection: [^\r]*", b"Connection: close", head)
        there, out = await asyncio.open_connection(self.lens.hostname, self.lens.port)
        out.write(head)

        async def pass_on(source, sink):
            with contextlib.suppress(OSError):
                while part := await source.read(65536):
                    sink.write(part)
                    await sink.drain()
            sink.close()

        await asyncio.gather(pass_on(reader, out), pass_on(there, writer))

    def serve(self, ready: threading.Event) -> None:
        async def run():
            server = await asyncio.start_server(self.answer, "127.0.0.1", 0)
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            ready.set()
            await server.serve_forever()

        asyncio.run(run())


@pytest.fixture(scope="module")
def lens() -> Iterator[accuracy_lens.notebook.Launched]:
    random = np.random.default_rng(0)
    with (
        pytest.MonkeyPatch.context() as patch,
        accuracy_lens.launch([0, 1] * 50, random.random(100), class_names=["cat", "dog"]) as found,
    ):
        patch.chdir(ROOT)
        yield found


def test_a_notebook_shows_the_pages_and_hears_what_they_are_set_to(browser: Browser, lens):
    notebook, ready = Notebook(lens.url), threading.Event()
    threading.Thread(target=notebook.serve, args=(ready,), daemon=True).start()
    assert ready.wait(10)
    for path, threshold in (("/direct", "0.25"), ("/proxied", "0.75")):
        page = browser.new_page()
        page.set_default_timeout(60_000)
        wrong: list[str] = []
        page.on(
            "console", lambda said, wrong=wrong: said.type == "error" and wrong.append(said.text)
        )
        page.goto(notebook.url + path)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_text("100 samples").first).to_be_visible()
        field = threshold_field(frame)
        field.fill(threshold)
        field.press("Enter")
        expect(frame.get_by_text(f"above {threshold}").first).to_be_visible()
        assert lens.settings.threshold == float(threshold)
        frame.get_by_role("link", name="Classes").click()
        expect(frame.get_by_role("heading", name="Classes", exact=True)).to_be_visible()
        inside = next(each for each in page.frames if each.parent_frame)
        assert urlsplit(inside.url).path.endswith(f"{urlsplit(lens.url).path}classes")
        inside.goto(inside.url)  # a cold start at a page, below the path
        expect(frame.get_by_role("heading", name="Classes", exact=True)).to_be_visible()
        assert wrong == []
        page.close()

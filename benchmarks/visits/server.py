"""The real server, driven in Chromium, beside an empty one in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import samples
from benchmarks.process import Server, serve
from benchmarks.report import Measure
from benchmarks.samples import OutputsFile
from benchmarks.visits import visit
from benchmarks.visits.visit import METRIC, Press
from tests.browser import chromium

VISITS = 7
PRESSES = 15
MEGABYTE = 1e6
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def measure() -> Iterator[Measure]:
    """First page, upload, threshold, memory: the promises on a file of a million rows."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MISSING)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        serve("accuracy_lens.serve.server") as server,
        serve("benchmarks.visits.empty_server") as empty,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        small, large = (samples.binary_file(Path(folder), rows) for rows in (1000, samples.ROWS))
        yield from _one_visitor(browser, server, empty, small, large)
        yield from _many_visitors(browser, server, large)
        loaded = [float(server.has_loaded("tensorflow"))]
        yield Measure("tensorflow in the server's process (1: yes)", loaded, "", 1)
        yield from _large_files(browser, Path(folder), small)
        browser.close()


def _one_visitor(
    browser: Browser, server: Server, empty: Server, small: OutputsFile, large: OutputsFile
) -> Iterator[Measure]:
    """Memory and threshold: a small file first, so that every library is loaded, then the large."""
    with visit.visitor(browser, server) as page:
        visit.open_first_page(page)
        _upload(page, small)
        visit.press(page, server)
    with visit.visitor(browser, server) as page, visit.visitor(browser, empty) as other:
        visit.open_first_page(page)
        visit.choose_upload(page)
        server.forget_peak()
        before = server.memory()
        visit.upload(page, large)
        visit.settle(page)
        visit.open_first_page(other, METRIC)
        visit.settle(other)
        pairs = [
            (visit.press(page, server), visit.press(other, empty, METRIC)) for _ in range(PRESSES)
        ]
        growth, peak = server.memory() - before, server.memory("VmHWM") - before
    yield from _memory(growth, peak, large)
    yield from _presses([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def _memory(growth: int, peak: int, file: OutputsFile) -> Iterator[Measure]:
    size = file.array_bytes
    arrays = f"{size / MEGABYTE:.0f} MB arrays, {file.file_bytes / MEGABYTE:.1f} MB file"
    yield Measure(f"memory growth / {arrays}", [growth / size], "x", 6)
    yield Measure("memory growth of the server", [growth / MEGABYTE], "MB")
    yield Measure("memory growth at its peak", [peak / MEGABYTE], "MB")


def _presses(ours: list[Press], empty: list[Press]) -> Iterator[Measure]:
    times = {
        name: [[getattr(each, name) for each in side] for side in (ours, empty)]
        for name in Press.__dataclass_fields__
    }
    shown, others = times["shown"]
    yield Measure("threshold: script at the server", times["answered"][0], "ms", 150, "highest")
    yield Measure("threshold: processor time of the server", times["cpu"][0], "ms")
    yield Measure("threshold: key to message sent", times["asked"][0], "ms")
    yield Measure("threshold: key to card in the browser", shown, "ms")
    confirmed = [each.asked + each.answered for each in ours]
    yield Measure("threshold: key to the server's word on it", confirmed, "ms")
    yield Measure("empty app: key to metric in the browser", others, "ms")
    yield Measure("empty app: processor time of the server", times["cpu"][1], "ms")
    yield Measure("empty app: script at the server", times["answered"][1], "ms")
    ratios = [mine / other for mine, other in zip(shown, others, strict=True)]
    yield Measure("threshold: key to card / the same in the empty app", ratios, "x", 3)


def _many_visitors(browser: Browser, server: Server, large: OutputsFile) -> Iterator[Measure]:
    opened, again, asked, carded = [], [], [], []
    for _ in range(VISITS):
        with visit.visitor(browser, server) as page:
            opened.append(visit.open_first_page(page))
            again.append(visit.open_first_page(page.context.new_page()))
            page.bring_to_front()
            seconds = _upload(page, large)
            asked.append(seconds[0])
            carded.append(seconds[1])
    yield Measure("first page usable, cold browser", opened, "s", 2)
    yield Measure("first page usable, second visit", again, "s", 1)
    yield Measure("upload: drop to the question about columns", asked, "s")
    yield Measure("upload: drop to cards", carded, "s", 3)


def _large_files(browser: Browser, folder: Path, small: OutputsFile) -> Iterator[Measure]:
    """Ten million rows and a million rows of ten outputs, each with a server of its own."""
    yield from _large_file(browser, samples.binary_file(folder, samples.LARGE_ROWS), small, 6)
    weighted = samples.binary_file(folder, samples.LARGE_ROWS, weighted=True)
    yield from _large_file(browser, weighted, small, 6, weighted=True)
    yield from _large_file(browser, samples.class_file(folder), small, 3)


def _large_file(
    browser: Browser,
    file: OutputsFile,
    small: OutputsFile,
    seconds: float,
    *,
    weighted: bool = False,
) -> Iterator[Measure]:
    """Drop to cards, and the peak memory over labels, outputs and weights as they came.

    The whole process counts where the arrays are large beside a server that holds none.
    """
    with serve("accuracy_lens.serve.server") as server:
        with visit.visitor(browser, server) as page:
            visit.open_first_page(page)
            _upload(page, small)
        with visit.visitor(browser, server) as page:
            visit.open_first_page(page)
            visit.choose_upload(page)
            server.forget_peak()
            idle = server.memory()
            carded = visit.upload(page, file)[1]
            visit.settle(page)
            if weighted:
                visit.weigh(page)
            peak = server.memory("VmHWM")
    size = file.array_bytes
    what = f"{file.rows:,} rows, {size / MEGABYTE:.0f} MB arrays"
    yield Measure(f"upload: drop to cards, {what}", [carded], "s", seconds)
    yield Measure(f"memory growth at its peak / {what}", [(peak - idle) / size], "x", 4)
    bar = 4 if size > idle / 2 else None
    yield Measure(f"memory of the whole server at its peak / {what}", [peak / size], "x", bar)


def _upload(page: Page, file: OutputsFile) -> tuple[float, float]:
    visit.choose_upload(page)
    seconds = visit.upload(page, file)
    visit.settle(page)
    return seconds

"""The Thresholds page in Chromium: pointer to paint, letting go, what is sent, and large files."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import samples
from benchmarks.process import Server, serve
from benchmarks.report import Measure
from benchmarks.samples import OutputsFile
from benchmarks.visits import visit
from benchmarks.visits.server import FLAGS, MEGABYTE
from benchmarks.visits.visit import METRIC
from tests.browser import chromium

ROUNDS = 5
MOVES = 120
RELEASES = 15
KIBIBYTE = 1024
_FRAME = 1 / 60
_GOLDEN = 0.618034
_SENTENCE = ".st-key-said p"
_TIED = ".st-key-tied p"
_LAST = "> or ≥"
_WAIT = 60_000

# An event is stamped when it arrives and handled when a frame begins; a message that is posted as
# that frame is made comes in once the frame is painted.
_KEEP_MOVES = """
() => {
  window.benchMoves = [];
  window.addEventListener("pointermove", (event) => {
    const handled = performance.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const now = performance.now();
        benchMoves.push([now - event.timeStamp, now - handled]);
      };
      port2.postMessage(0);
    });
  }, { capture: true });
}
"""
_KEEP_SENTENCE = """
(node) => window.addEventListener("pointerup", (event) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    window.benchSaid = [performance.now() - event.timeStamp, node.textContent];
  };
  port2.postMessage(0);
}), { capture: true, once: true })
"""
_AWAIT_CLICK = """
() => {
  for (const name of Object.keys(benchTimes)) delete benchTimes[name];
  window.addEventListener(
    "click", (event) => { benchTimes.clicked = event.timeStamp; }, { capture: true, once: true });
}
"""


# Playwright looks for what is not there yet twice a second only; the page itself in every frame.
_AWAIT_LENS = """
() => {
  const stage = () => [...document.querySelectorAll(".st-key-lens *")]
    .find((node) => node.shadowRoot)?.shadowRoot.querySelector(".stage svg");
  const old = stage();
  window.benchLens = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the lens did not come")), 60000);
    const look = () => {
      if (!stage() || stage() === old) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - benchTimes.clicked);
      return requestAnimationFrame(() => port2.postMessage(0));
    };
    look();
  });
}
"""


@dataclass(frozen=True)
class Dragged:
    """The moves of some drags; milliseconds from the pointer, or its handler, to the paint."""

    painted: list[float]
    worked: list[float]


@dataclass(frozen=True)
class Turned:
    """Seconds from the click on a page's name to its lens, where it has one, and to its rest."""

    lens: float | None
    whole: float


def measure() -> Iterator[Measure]:
    """Drag, let go, turn to the page: a thousand rows beside ten million, and an empty app."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MISSING)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        folder = Path(name)
        small = samples.binary_file(folder, 1000)
        yield from _thresholds(browser, small, samples.binary_file(folder, samples.LARGE_ROWS))
        yield from _classes(browser, samples.class_file(folder, 1000), samples.class_file(folder))
        browser.close()


def _thresholds(browser: Browser, small: OutputsFile, large: OutputsFile) -> Iterator[Measure]:
    with (
        serve("accuracy_lens.serve.server") as server,
        serve("benchmarks.visits.empty_server") as empty,
        visit.visitor(browser, server) as few,
        visit.visitor(browser, server) as many,
        visit.visitor(browser, empty) as other,
    ):
        _arrive(few, small, "Thresholds", _LAST)
        sent: list[bytes] = []
        many.on("websocket", lambda socket: _keep(socket, sent))
        yield from _large_file(server, many, large, "Thresholds", _LAST)
        yield from _payload(sent)
        yield from _drags(few, many)
        visit.open_first_page(other, METRIC)
        yield from _releases(server, many, empty, other)


def _classes(browser: Browser, small: OutputsFile, large: OutputsFile) -> Iterator[Measure]:
    last = "Click a cell"
    with serve("accuracy_lens.serve.server") as server:
        with visit.visitor(browser, server) as page:
            _arrive(page, small, "Classes", last)
        with visit.visitor(browser, server) as page:
            yield from _large_file(server, page, large, "Classes", last)


def _large_file(
    server: Server, page: Page, file: OutputsFile, title: str, last: str
) -> Iterator[Measure]:
    """Seconds from the click to the page at rest, and memory from before the upload until then."""
    visit.open_first_page(page)
    visit.choose_upload(page)
    server.forget_peak()
    idle, cpu = server.memory(), server.cpu_seconds()
    visit.upload(page, file)
    visit.settle(page)
    cpu, turned = server.cpu_seconds(), _turn(page, title, last)
    cpu, peak, size = server.cpu_seconds() - cpu, server.memory("VmHWM"), file.array_bytes
    what = f"{title}, {file.rows:,} rows, {size / MEGABYTE:.0f} MB arrays"
    if turned.lens is not None:
        yield Measure(f"turning to {what}: the lens is painted", [turned.lens], "s", 0.6)
    bar = 1.2 if title == "Thresholds" else None
    yield Measure(f"turning to {what}", [turned.whole], "s", bar)
    yield Measure(f"processor time of the server, turning to {what}", [cpu], "s")
    yield Measure(f"memory growth at its peak / {what}", [(peak - idle) / size], "x", 4)
    bar = 4 if size > idle / 2 else None
    yield Measure(f"memory of the whole server at its peak / {what}", [peak / size], "x", bar)


def _arrive(page: Page, file: OutputsFile, title: str, last: str) -> None:
    visit.open_first_page(page)
    visit.choose_upload(page)
    visit.upload(page, file)
    visit.settle(page)
    _turn(page, title, last)


def _turn(page: Page, title: str, last: str) -> Turned:
    page.evaluate(_AWAIT_CLICK)
    page.evaluate(_AWAIT_LENS)
    page.get_by_role("link", name=title, exact=True).click()
    lens = page.evaluate("benchLens") / 1000 if title == "Thresholds" else None
    page.get_by_text(last).first.wait_for(timeout=_WAIT)
    times = visit.settle(page)
    return Turned(lens, (times["received"] - times["clicked"]) / 1000)


def _keep(socket: WebSocket, sent: list[bytes]) -> None:
    socket.on("framereceived", lambda data: sent.append(data) if isinstance(data, bytes) else None)


def _payload(sent: list[bytes]) -> Iterator[Measure]:
    lens, curves = (_last_message(sent, name) for name in ("threshold", "curves"))
    code = len(lens[1].js_content) + len(lens[1].css_content)
    data = (lens[0] - code) / KIBIBYTE
    yield Measure("sent to the lens, without its code", [data], "KiB", 64)
    yield Measure("sent to the lens, with its code", [lens[0] / KIBIBYTE], "KiB")
    yield Measure("sent to the curves, with their code", [curves[0] / KIBIBYTE], "KiB")


def _last_message(sent: list[bytes], name: str) -> tuple[int, BidiComponent]:
    """How long the last message to a component was, and what it held."""
    for data in reversed(sent):
        element = ForwardMsg.FromString(data).delta.new_element
        if element.bidi_component.component_name == f"accuracy_lens_{name}":
            return len(data), element.bidi_component
    raise RuntimeError(f"nothing was sent to {name}")


def _drags(few: Page, many: Page) -> Iterator[Measure]:
    """The two pages in turns, so that what else the machine does meets both."""
    pages = {"1,000": few, f"{samples.LARGE_ROWS:,}": many}
    drags_of: dict[str, list[Dragged]] = {rows: [] for rows in pages}
    for page in pages.values():
        page.evaluate(_KEEP_MOVES)
        _drag(page)
    for _ in range(ROUNDS):
        for rows, page in pages.items():
            drags_of[rows].append(_drag(page))
    for rows, drags in drags_of.items():
        painted = [time for drag in drags for time in drag.painted]
        late = statistics.quantiles(painted, n=20)[-1]
        yield Measure(f"drag, {rows} rows: pointer to paint", painted, "ms", 17)
        yield Measure(f"drag, {rows} rows: pointer to paint, 19 of 20", [late], "ms", 34)
        worked = [time for drag in drags for time in drag.worked]
        yield Measure(f"drag, {rows} rows: handler to paint", worked, "ms")
    for name in Dragged.__dataclass_fields__:
        small, large = (
            statistics.median(time for drag in drags for time in getattr(drag, name))
            for drags in drags_of.values()
        )
        what = f"drag: {name}, 10,000,000 rows / 1,000 rows"
        yield Measure(what, [large / small], "x", 1.1 if name == "painted" else None)


def _drag(page: Page) -> Dragged:
    """One drag to and fro; the pauses meet every phase of a frame alike."""
    page.bring_to_front()
    box = page.locator(".lens .stage").bounding_box()
    assert box is not None
    y, room = box["y"] + 60, box["width"] - 80
    page.mouse.move(box["x"] + 60, y)
    page.mouse.down()
    page.evaluate("() => { benchMoves.length = 0; }")
    for move in range(1, MOVES + 1):
        share = 1 - abs(1 - 2 * move / MOVES)
        page.mouse.move(box["x"] + 60 + room * share, y)
        time.sleep(_FRAME * (move * _GOLDEN % 1))
    time.sleep(5 * _FRAME)
    moves: list[tuple[float, float]] = page.evaluate("benchMoves")
    page.mouse.up()
    visit.settle(page)
    if len(moves) < 0.9 * MOVES:
        raise RuntimeError(f"only {len(moves)} of {MOVES} moves were painted")
    return Dragged([painted for painted, _ in moves], [worked for _, worked in moves])


def _releases(server: Server, page: Page, empty: Server, other: Page) -> Iterator[Measure]:
    """From letting go to the sentence at the top and to the server's, beside an empty app."""
    said, ours, others = [], [], []
    for turn in range(RELEASES):
        page.bring_to_front()
        painted, press = _release(page, server, 0.3 + 0.4 * (turn * _GOLDEN % 1))
        said.append(painted)
        ours.append(press)
        other.bring_to_front()
        others.append(visit.press(other, empty, METRIC))
    shown, plain = [each.shown for each in ours], [each.shown for each in others]
    yield Measure("letting go, 10,000,000 rows: sentence painted", said, "ms")
    yield Measure("letting go: what the server says of ties", shown, "ms")
    yield Measure("letting go: to message sent", [each.asked for each in ours], "ms")
    yield Measure("letting go: script at the server", [each.answered for each in ours], "ms")
    yield Measure("letting go: processor time of the server", [each.cpu for each in ours], "ms")
    yield Measure("empty app: key to metric in the browser", plain, "ms")
    for what, mine, bar in (("sentence", said, 2), ("ties", shown, None)):
        ratios = [each / theirs for each, theirs in zip(mine, plain, strict=True)]
        yield Measure(f"letting go: to the {what} / key to metric, empty app", ratios, "x", bar)


def _release(page: Page, server: Server, share: float) -> tuple[float, visit.Press]:
    """Milliseconds until the sentence is painted that stays, and what else the server changes."""
    sentence = page.locator(_SENTENCE)
    box = page.locator(".lens .stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * (share - 0.1), box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + 60, steps=5)
    sentence.evaluate(_KEEP_SENTENCE)
    press = visit.answer(page, server, _TIED, "pointerup", page.mouse.up)
    painted, text = page.evaluate("benchSaid")
    if text != sentence.inner_text():
        raise RuntimeError(f"the sentence was {text!r}, and became {sentence.inner_text()!r}")
    return painted, press

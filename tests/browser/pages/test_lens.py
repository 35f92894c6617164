"""The lens and the curves in a real browser: what is dragged, what is shown, what is sent."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from metrics_core.counting.counts import FIGURES, Counts
from tests.browser.conftest import PHONE, ROOT, Tabs, Watch, _wait_until_healthy
from tests.browser.screen import (
    assert_nothing_is_cut_off,
    frame,
    handle,
    idle,
    in_the_middle,
    look_at,
    on_the_lens,
    still,
)

TALL: ViewportSize = {"width": 1280, "height": 1600}
REST = 250  # milliseconds after the last key until Python is told

SCRIPT = """
import streamlit as st
from accuracy_lens.components.curves import Linked, thresholds_to_draw, show_curves, standard_plots
from accuracy_lens.components.threshold_lens.grid import grid_for
from accuracy_lens.components.threshold_lens.lens import Drawing, show_lens, threshold_boundary
from metrics_core.overview.distribution import distribution
from metrics_core.messages import Message
from metrics_core.sweep import Sweep, reliability
from tests.browser.pages.test_lens import sample

scores, positive = sample()
sweep = Sweep.of(scores, positive)
st.session_state.setdefault("fired", [])

def moved(key):
    value = st.session_state[key].get("threshold")
    if value is not None:
        st.session_state.threshold = value
        st.session_state.fired.append(value)

other = st.number_input("other", value=0, key="other", bind="query-params")
threshold = st.number_input("typed", value=0.5, key="threshold", bind="query-params", format="%.9g")
labels = (Message("label 1"), Message("label 0"))
spread = distribution(scores, positive)
grid = grid_for(sweep, [0.5]).including(sweep, [threshold])
cut = threshold_boundary(threshold)
show_lens(
    Drawing(spread, cut, labels, Message("Scores."), threshold=threshold, grid=grid),
    on_threshold=lambda: moved("lens"),
)
plots = standard_plots(0.4)
cuts = thresholds_to_draw(sweep, [pair for plot in plots for pair in plot.curves])
show_curves(
    Linked(cuts.including(sweep, [threshold]), threshold, plots, reliability=reliability(sweep)),
    on_threshold=lambda: moved("cut_curves"),
)
st.text(f"fired {st.session_state.fired} at {threshold!r}")
"""


def sample() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(11)
    positive = random.random(3_000) < 0.4
    logits = random.normal(size=3_000) + np.where(positive, 0.8, -0.8)
    return (1 / (1 + np.exp(-logits))).astype("f4").round(3), positive


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a page that has the two components and nothing else."""
    folder: Path = tmp_path_factory.mktemp("lens")
    (folder / "page.py").write_text(SCRIPT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.headless=true", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "page.py")]
    command += [f"--server.port={port}", "--server.fileWatcherType=none", *options]
    log, url = folder / "log", f"http://127.0.0.1:{port}"
    with (
        log.open("w") as out,
        subprocess.Popen(
            command, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": ""}, stdout=out, stderr=out
        ) as process,
    ):
        try:
            _wait_until_healthy(url, process, log)
            yield url
        finally:
            process.terminate()


@pytest.fixture
def visit(tabs: Tabs, scratch: str) -> Iterator[Callable[..., Page]]:
    """Open that page, in a tab or, with Playwright's options, apart. Errors on it fail the test."""
    watch = Watch(urlsplit(scratch).netloc)
    taken: list[Page] = []
    contexts: list[BrowserContext] = []

    def open_page(
        query: str = "",
        viewport: ViewportSize = TALL,
        before: Callable[[Page], None] | None = None,
        **options: Any,
    ) -> Page:
        if options or before:
            contexts.append(tabs.new_context(viewport=viewport, **options))
            page = contexts[-1].new_page()
        else:
            page = tabs.take(viewport)
            taken.append(page)
        watch.over(page)
        if before:
            before(page)
        page.goto(scratch + query)
        handle(page).wait_for()
        page.get_by_text("fired []").wait_for()
        page.locator(".plot").nth(6).wait_for()
        idle(page)
        still(page.locator(".lens .stage"))
        return page

    yield open_page
    for page in taken:
        watch.no_more(page)
        tabs.give_back(page)
    for context in contexts:
        context.close()
    assert watch.errors == []
    assert watch.foreign == []


class SlowLine:
    """Stands between a page and its server, and can hold back the answers."""

    def __init__(self) -> None:
        self.holds = False
        self.held: list[bytes] = []

    def between(self, page: Page) -> None:
        page.route_web_socket("**/stream", self._relay)

    def ends(self) -> list[int]:
        """How many of the messages held back end with the first run, the second, and so on."""
        kinds = [ForwardMsg.FromString(message).WhichOneof("type") for message in self.held]
        return [n for n, kind in enumerate(kinds, start=1) if kind == "script_finished"]

    def let_through(self, n: int) -> None:
        for message in self.held[:n]:
            self._page_side.send(message)
        del self.held[:n]

    def _relay(self, page_side: WebSocketRoute) -> None:
        server_side = page_side.connect_to_server()
        self._page_side = page_side
        page_side.on_message(server_side.send)
        server_side.on_message(self._answer)

    def _answer(self, message: bytes) -> None:
        if self.holds:
            self.held.append(message)
        else:
            self._page_side.send(message)


def shown(page: Page) -> tuple[float, list[str], list[str]]:
    """The threshold, the four counts and the eight figures, all read at one moment."""
    frame(page)
    return page.evaluate(
        """() => {
        const hosts = [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")];
        const roots = hosts.map((host) => host.shadowRoot);
        const lens = roots.find((root) => root.querySelector(".lens"));
        const texts = (name) => [...lens.querySelectorAll(name)].map((node) => node.textContent);
        return [Number(lens.querySelector(".handle").getAttribute("aria-valuenow")),
            texts(".amount"), texts(".figure dd:not(.baseline)")];
    }"""
    )


def assert_exact(page: Page) -> float:
    """What the lens shows is what numpy counts at the threshold that it names."""
    threshold, amounts, figures = shown(page)
    scores, positive = sample()
    decided = scores > np.float32(threshold)
    tp, fn = int((decided & positive).sum()), int((~decided & positive).sum())
    fp, tn = int((decided & ~positive).sum()), int((~decided & ~positive).sum())
    assert amounts == [f"{count:,}" for count in (tn, fp, fn, tp)]
    counts = Counts(tp, fp, tn, fn)
    wanted = [float(row.of(counts)) for row in FIGURES.values()]
    for text, value in zip(figures, wanted, strict=True):
        assert float(text) == pytest.approx(value, abs=5.001e-5)
        assert len(text.split(".")[1].split("e")[0]) == 4
    return threshold


def rates(threshold: float) -> str:
    """What the ROC curve says at a threshold."""
    scores, positive = sample()
    predicted = scores > np.float32(threshold)
    recall, wrong = predicted[positive].mean(), predicted[~positive].mean()
    return f"false positive rate {wrong:.4f}, recall {recall:.4f}"


def fired(page: Page, *values: float) -> None:
    """Python was told these thresholds, each once, and the page stands at the last one."""
    page.get_by_text(f"fired {list(values)} at {values[-1]!r}").wait_for()


def test_a_drag_by_mouse_shows_exact_figures_at_each_stop_and_tells_python_once(visit):
    page = visit("/?other=3")
    entries = page.evaluate("history.length")
    pointed_at = page.locator(".lens .pointed")
    page.mouse.move(*on_the_lens(page, 0.3))
    expect(pointed_at).to_contain_text("Scores from")
    page.mouse.down()
    seen = []
    for share in (0.35, 0.5, 0.62, 0.8, 0.97, 0.02, 0.7):
        page.mouse.move(*on_the_lens(page, share), steps=4)
        seen.append(assert_exact(page))
    assert len(set(seen)) == 7
    expect(pointed_at).to_contain_text("Point at the bars")
    assert seen[:5] == sorted(seen[:5])
    assert page.get_by_text("fired []").is_visible()
    assert "threshold" not in page.url
    page.mouse.up()
    fired(page, seen[-1])
    expect(pointed_at).to_contain_text("Scores from")
    assert assert_exact(page) == seen[-1]
    assert page.url.endswith(f"?other=3&threshold={seen[-1]!r}")
    assert page.evaluate("history.length") == entries
    assert page.locator(".lens .trace line").count() > 5
    page.get_by_role("button", name="Clear trace").click()
    expect(page.locator(".lens .trace line")).to_have_count(0)


def test_a_click_moves_the_cut_there(visit):
    page = visit()
    page.mouse.click(*on_the_lens(page, 0.25))
    threshold = assert_exact(page)
    assert 0.2 < threshold < 0.3
    fired(page, threshold)
    page.mouse.click(*on_the_lens(page, 0.25))
    page.mouse.click(*on_the_lens(page, 0.75))
    fired(page, threshold, assert_exact(page))


def test_keys_move_by_stops_and_python_is_told_once_they_rest(visit):
    page = visit(before=lambda page: page.clock.install())
    slider = handle(page)
    slider.focus()
    scores, _ = sample()
    stops = np.unique(np.append(scores, np.float32(0.5))).astype(float).tolist()
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))
    steps = {"ArrowRight": 1, "ArrowUp": 1, "PageUp": 10, "ArrowLeft": -1, "PageDown": -10}
    for key in steps:
        page.keyboard.press(key)
        page.clock.run_for(REST - 10)
    threshold = stops[stops.index(0.5) + sum(steps.values())]
    expect(slider).to_have_attribute("aria-valuenow", str(threshold))
    assert page.get_by_text("fired []").is_visible()
    page.clock.run_for(20)
    page.clock.resume()
    fired(page, threshold)
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuenow", str(stops[-1]))
    assert assert_exact(page) == stops[-1] == float(slider.get_attribute("aria-valuemax"))
    page.keyboard.press("Home")
    assert assert_exact(page) == 0.0 == float(slider.get_attribute("aria-valuemin"))
    expect(page.locator(".lens .caption")).to_have_text("3,000 of 3,000 scores are above 0.")
    _, positive = sample()
    said = f"threshold 0: accuracy {positive.mean():.4f}, 3,000 of 3,000 above"
    expect(slider).to_have_attribute("aria-valuetext", said)


def test_a_late_answer_does_not_undo_a_later_choice(visit):
    line = SlowLine()
    page = visit(before=line.between)
    line.holds = True
    choices = []
    for runs, share in ((1, 0.25), (2, 0.75)):
        page.mouse.click(*on_the_lens(page, share))
        choices.append(assert_exact(page))
        while len(line.ends()) < runs:
            page.wait_for_timeout(20)
    line.let_through(line.ends()[0])
    fired(page, choices[0])
    assert assert_exact(page) == choices[1] != choices[0]
    expect(page.locator(".plot .numbers").first).to_have_text(rates(choices[1]))
    line.let_through(len(line.held))
    fired(page, *choices)
    assert assert_exact(page) == choices[1]


def test_a_finger_drags_sideways_and_scrolls_upwards(visit):
    page = visit(viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True)
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        fingers = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
        frame(page)

    send("touchStart", on_the_lens(page, 0.4))
    for share in (0.42, 0.5, 0.6, 0.7):
        send("touchMove", on_the_lens(page, share))
    dragged = assert_exact(page)
    assert 0.6 < dragged < 0.8
    send("touchEnd")
    fired(page, dragged)
    x, y = on_the_lens(page, 0.2)
    send("touchStart", (x, y))
    for far in (15, 60, 110, 150):
        send("touchMove", (x, y - far))
    send("touchEnd")
    assert assert_exact(page) == dragged
    page.touchscreen.tap(*on_the_lens(page, 0.3))
    fired(page, dragged, assert_exact(page))


def test_pointing_at_a_curve_moves_the_lens_and_a_click_chooses(visit):
    page = visit()
    plot = page.locator(".plot").first
    box = in_the_middle(plot.locator(".stage"))
    spot = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3
    page.mouse.move(*spot)
    pointed = assert_exact(page)
    assert pointed != 0.5
    expect(plot.locator(".numbers")).to_have_text(rates(pointed))
    page.mouse.move(5, 5)
    assert assert_exact(page) == 0.5
    page.mouse.click(*spot)
    fired(page, pointed)
    assert assert_exact(page) == pointed


def test_the_curves_follow_the_lens_with_its_exact_numbers(visit):
    page = visit()
    page.mouse.move(*on_the_lens(page, 0.5))
    page.mouse.down()
    page.mouse.move(*on_the_lens(page, 0.66), steps=5)
    threshold = assert_exact(page)
    scores, positive = sample()
    decided = scores > np.float32(threshold)
    precision, recall = positive[decided].mean(), decided[positive].mean()
    expect(page.locator(".numbers").nth(1)).to_have_text(
        f"recall {recall:.4f}, precision {precision:.4f}"
    )
    expect(page.locator(".key .value").nth(1)).to_have_text(f"{precision:.4f}")
    cut = page.locator(".plot .cut").first.bounding_box()
    stage = page.locator(".plot .stage").nth(2).bounding_box()
    share = (cut["x"] - stage["x"] - 40) / (stage["width"] - 52)
    assert share == pytest.approx(threshold / scores.max(), abs=0.02)
    page.mouse.up()


def test_a_line_can_be_hidden_and_shown(visit):
    page = visit()
    key = page.get_by_role("button", name="Specificity")
    lines = page.locator(".plot").nth(2).locator(".still .line")
    expect(lines).to_have_count(4)
    key.click()
    expect(lines).to_have_count(5)
    expect(key).to_have_attribute("aria-pressed", "true")
    key.click()
    expect(lines).to_have_count(4)


def test_nothing_is_cut_off_on_a_phone(visit):
    page = visit(viewport=PHONE)
    for scheme in ("light", "dark"):
        look_at(page, scheme, 390)
        assert_nothing_is_cut_off(page, ".cell, .figure, .plot, .key")

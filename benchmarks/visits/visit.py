"""One visitor in Chromium: opens the page, drops a file, presses the threshold's key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks.process import Server
from benchmarks.samples import OutputsFile

CARD = '.card[data-name="binary_accuracy"] .value'
COUNT = '.card[data-name="{card}"] .count'
WEIGHED = COUNT.format(card="binary_accuracy") + ':has-text("weight")'
METRIC = '[data-testid="stMetricValue"]'
_IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
_QUIET_SECONDS = 0.3

_KEEP_TIMES = """
window.benchTimes = {};
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => { benchTimes.received = performance.now(); });
  }
  send(data) {
    benchTimes.sent ??= performance.now();
    super.send(data);
  }
};
"""
_AWAIT_NEW_TEXT = """
(node, [selector, kind]) => {
  const root = node.getRootNode(), before = node.textContent;
  for (const name of Object.keys(benchTimes)) delete benchTimes[name];
  window.addEventListener(
    kind, (event) => { benchTimes.pressed = event.timeStamp; }, { capture: true, once: true });
  window.benchShown = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      const now = root.querySelector(selector);
      if (!now || now.textContent === before) return;
      benchTimes.shown = performance.now();
      observer.disconnect();
      resolve();
    }).observe(root, { childList: true, characterData: true, subtree: true });
  });
}
"""


# The page looks in every frame; Playwright does twice a second only for what is not there yet.
_AWAIT_READY = """
([result, idle]) => new Promise((resolve, reject) => {
  const roots = () => [document, ...[...document.querySelectorAll("*")]
    .flatMap((node) => node.shadowRoot ?? [])];
  const look = () => {
    const places = roots();
    const there = [result, "[role=slider], [type=range]", idle].every(
      (selector) => places.some((root) => root.querySelector(selector)));
    if (there) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  setTimeout(() => reject(new Error(`${result} did not come`)), 20000);
  look();
})
"""


@dataclass(frozen=True)
class Press:
    """One move of the threshold, by key or by letting go; all in milliseconds.

    Attributes
    ----------
    shown : float
        From the event to the new text in the page.
    asked : float
        From the event to the message that leaves the browser.
    answered : float
        From that message to the last one of the answer: the whole script, at the server.
    cpu : float
        Processor time that the server took.
    """

    shown: float
    asked: float
    answered: float
    cpu: float


@contextmanager
def visitor(browser: Browser, server: Server) -> Iterator[Page]:
    """A page of a visitor who was never here: no cache, no session."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    context.add_init_script(_KEEP_TIMES)
    page = context.new_page()
    page.set_default_timeout(20_000)
    try:
        yield page
    finally:
        context.close()


def open_first_page(page: Page, result: str = CARD) -> float:
    """Seconds from the request to a page that answers: number, slider, script at rest."""
    page.goto("/")
    ready: float = page.evaluate(_AWAIT_READY, [result, _IDLE])
    return ready / 1000


def upload(page: Page, file: OutputsFile) -> tuple[float, float]:
    """Seconds from the drop to the question about columns, and from the drop to the cards.

    The question is answered at once: what is counted is the program's time, not the reader's.
    """
    dropped = page.get_by_test_id("stFileUploaderDropzoneInput")
    start = time.perf_counter()
    dropped.set_input_files(file.path)
    use = page.get_by_role("button", name="Use these columns")
    use.wait_for()
    asked = time.perf_counter() - start
    use.click()
    page.locator(COUNT.format(card=file.card)).filter(has_text=f"of {file.rows:,}").wait_for()
    return asked, time.perf_counter() - start


def choose_upload(page: Page) -> None:
    """Turn the data picker to files."""
    page.get_by_role("radio", name="Upload").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").wait_for(state="attached")
    settle(page)


def weigh(page: Page) -> None:
    """Let the weights of the samples count, and wait until everything is at rest again."""
    page.get_by_test_id("stCheckbox").filter(has_text="sample_weight").click()
    page.locator(WEIGHED).wait_for()
    settle(page)


def press(page: Page, server: Server, result: str = CARD) -> Press:
    """Move the threshold one step by its key, and wait until everything is at rest again."""
    page.get_by_role("slider", name="Threshold").focus()
    return answer(page, server, result, "keydown", lambda: page.keyboard.press("ArrowRight"))


def answer(page: Page, server: Server, result: str, event: str, act: Callable[[], object]) -> Press:
    """Do what makes a text change, from this event on, and wait until everything is at rest."""
    page.locator(result).evaluate(_AWAIT_NEW_TEXT, [result, event])
    cpu = server.cpu_seconds()
    act()
    page.evaluate("() => Promise.race([benchShown, new Promise((end) => setTimeout(end, 20000))])")
    page.wait_for_function("() => benchTimes.received !== undefined")
    times = settle(page)
    if "shown" not in times:
        raise RuntimeError(f"{result} did not change when the threshold moved")
    return Press(
        times["shown"] - times["pressed"],
        times["sent"] - times["pressed"],
        times["received"] - times["sent"],
        1000 * (server.cpu_seconds() - cpu),
    )


def settle(page: Page) -> dict[str, float]:
    """Wait until the script rests and messages have ceased; give the times of the last press."""
    last: object = None
    while True:
        page.locator(_IDLE).wait_for()
        times: dict[str, float] = page.evaluate("benchTimes")
        if times.get("received") == last:
            return times
        last = times.get("received")
        time.sleep(_QUIET_SECONDS)

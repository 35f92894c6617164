"""What the browser tests see on every page: where things stand, and when a page is at rest."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import FloatRect, Locator, Page, expect

Found = TypeVar("Found")
TEN_CLASSES = "?data=generate&kind=multi-class-indices"
TEN_UNITS = "?scenario=ten-sigmoid-units"
LEFT, EDGE = 56, 12  # pixels of the lens beside the first and the last threshold
IDLE = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
ELEMENT_WISE = "Element-wise accuracy on one-hot labels"  # a finding
BUTTON_AT_THE_END = "All metrics as JSON"  # of the Metrics page

# Frames, not milliseconds: a machine that is busy draws fewer of them.
STILL = """node => new Promise(done => {
    let last = "", same = 0;
    const look = () => {
        const { x, y, width, height } = node.getBoundingClientRect();
        const box = [x, y, width, height].join();
        same = box === last ? same + 1 : 0;
        last = box;
        if (same < 8) requestAnimationFrame(look);
        else done();
    };
    look();
})"""

BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
FOLLOWS = f"scheme => (parseInt({BACKGROUND}.slice(4)) > 128) === (scheme === 'light')"


def threshold_field(page: Page) -> Locator:
    """The field in which the threshold is typed."""
    return page.get_by_role("spinbutton", name="Threshold", exact=True)


def frame(page: Page) -> None:
    """Let the page draw what it has heard: two frames."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def eventually(page: Page, check: Callable[[], Found]) -> Found:
    """What a check gives once it passes: after an answer, parts of a page change one by one."""
    end = time.monotonic() + 60
    while True:
        try:
            return check()
        except AssertionError:
            if time.monotonic() > end:
                raise
        page.wait_for_timeout(50)


def idle(page: Page) -> None:
    """Wait until no script runs."""
    page.locator(IDLE).wait_for()


def still(area: Locator) -> FloatRect:
    """Where something stands once it no longer moves."""
    while True:
        area.evaluate(STILL)
        box = area.bounding_box()
        if box is not None and box["height"] > 0:
            return box


def in_the_middle(area: Locator) -> FloatRect:
    """Bring something to the middle of the screen; where it stands there."""
    area.evaluate("node => node.scrollIntoView({ block: 'center' })")
    still(area)
    area.evaluate("node => node.scrollIntoView({ block: 'center' })")
    return still(area)


def open_metrics(page: Page, path: str = "/", card: str = "") -> Page:
    """Open the Metrics page and wait until it stands."""
    page.goto(path)
    shown = page.locator(f".card[data-name={card}]" if card else ".card").first
    shown.wait_for()
    page.get_by_role("button", name=BUTTON_AT_THE_END).wait_for()
    idle(page)
    still(shown)
    return page


def turn(page: Page, title: str, last: Locator) -> Page:
    """Follow a link of the navigation and wait until the page stands with what is last on it."""
    expand = page.get_by_test_id("stExpandSidebarButton")
    if expand.count() > 0:
        expand.click()
    page.get_by_role("link", name=title, exact=True).click()
    expect(last).to_be_attached()
    idle(page)
    return page


def card(page: Page, name: str) -> Locator:
    return page.locator(f".card[data-name={name}]")


def value(page: Page, name: str) -> Locator:
    return card(page, name).locator(".value")


def handle(page: Page) -> Locator:
    """The handle of the lens."""
    return page.get_by_role("slider", name="Threshold", exact=True)


def on_the_lens(page: Page, share: float) -> tuple[float, float]:
    """A point of the lens, as a share of the way from its lowest to its highest threshold."""
    box = still(page.locator(".lens .stage"))
    return box["x"] + LEFT + (box["width"] - LEFT - EDGE) * share, box["y"] + 60


def parameter(name: str, text: str) -> re.Pattern[str]:
    """An address that carries a parameter."""
    return re.compile(rf"[?&]{name}={re.escape(text)}(&|$)")


def selection(page: Page, label: str) -> Locator:
    """A box with a list to choose from."""
    return page.get_by_role("combobox", name=re.compile(rf"^{label}|Selected.*{label}")).first


def choose(page: Page, label: str, option: str) -> None:
    """Choose from the list of a box by mouse."""
    selection(page, label).click()
    page.get_by_role("option", name=option, exact=True).click()


def choose_by_keyboard(page: Page, label: str, option: str) -> None:
    """Choose from the list of a box that has the focus, by its first letters."""
    in_the_middle(selection(page, label))
    selection(page, label).focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("listbox").wait_for()
    page.keyboard.type(option)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")


def assert_nothing_is_cut_off(page: Page, parts: str = "") -> None:
    """The page is not wider than its window, and no part's text than the part."""
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    if parts:
        wider = "nodes => nodes.filter(node => node.scrollWidth - node.clientWidth > 1).length"
        assert page.locator(parts).count() > 0
        assert page.locator(parts).evaluate_all(wider) == 0


def look_at(page: Page, scheme: str, width: int, height: int = 900) -> None:
    """Show an open page in another theme and on another screen."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(FOLLOWS, arg=scheme)
    still(page.get_by_test_id("stMain"))


def background(page: Page) -> list[int]:
    """Red, green and blue behind everything."""
    return [int(level) for level in re.findall(r"\d+", page.evaluate(BACKGROUND))[:3]]

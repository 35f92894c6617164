"""Every page for who cannot see it well, or at all: axe, headings, titles, keys, what is told."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import axe_playwright_python
import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.screen import (
    BUTTON_AT_THE_END,
    TEN_CLASSES,
    TEN_UNITS,
    card,
    handle,
    idle,
    look_at,
    open_metrics,
    turn,
)

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
LOOK = """async (rules) => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], ...rules });
    return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
        .flatMap(({ id, nodes }) =>
            nodes.map(({ target, html }) => [id, `${target.flat()} ${html}`]));
}"""
OF_COLOURS = ["color-contrast", "link-in-text-block"]
ALL: dict[str, object] = {}
COLOURS = {"runOnly": {"type": "rule", "values": OF_COLOURS}}
NO_COLOURS = {"rules": {name: {"enabled": False} for name in OF_COLOURS}}

OF_STREAMLIT: dict[tuple[str, str], str] = {}
"""By rule and a part of the element what Streamlit itself gets wrong, each with the reason why it
stays. An entry that is no longer found fails the test: the list may only shrink."""

HEADINGS = """() => {
    const found = [];
    const walk = (root) => root.querySelectorAll("*").forEach((node) => {
        if (/^H[1-6]$/.test(node.tagName) && node.checkVisibility())
            found.push(Number(node.tagName[1]));
        if (node.shadowRoot) walk(node.shadowRoot);
    });
    walk(document);
    return found;
}"""
FOCUSED = """() => {
    let node = document.activeElement;
    while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    const { outlineStyle, boxShadow } = getComputedStyle(node);
    const name = node.getAttribute("aria-label") ?? node.textContent;
    const table = node.closest("[data-testid=stFullScreenFrame]");
    return [node.className, name, outlineStyle, table !== null];
}"""
MOST_SHIFT = 0.08
"""Web Vitals call 0.1 good, for three of four loads."""
SHIFTS = """window.shifts = [];
const at = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
const said = (node) => (node?.textContent || node?.className || "").toString().slice(0, 40);
new PerformanceObserver((list) => {
    for (const { value, startTime, sources, hadRecentInput } of list.getEntries())
        if (!hadRecentInput) shifts.push([value, startTime, sources.map((source) =>
            `${said(source.node)}: ${at(source.previousRect)} to ${at(source.currentRect)}`)]);
}).observe({ type: "layout-shift", buffered: true });"""


class Reader:
    """Looks at one page after another in both themes, and keeps what axe says of them.

    It begins in the theme in which it left the page before. The other changes colours alone, and is
    asked for these alone; another language leaves them as they are. A state of a page that was
    looked at in both is looked at in the one that the page stands in.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: list[tuple[str, str, str]] = []
        self.schemes = ("light", "dark")

    def look(self, name: str, *, both: bool = True, colours: bool = True) -> None:
        self.page.wait_for_timeout(300)  # scripts of charts and tables come after the page
        idle(self.page)
        first, second = self.schemes
        looks = [(first, ALL if colours else NO_COLOURS), (second, COLOURS)]
        for scheme, rules in looks[: 1 + both]:
            look_at(self.page, scheme, DESK["width"])
            if not self.page.evaluate("'axe' in window"):
                self.page.evaluate(AXE)
            found = self.page.evaluate(LOOK, rules)
            if found:  # a part that was just drawn anew is pale for a moment; a fault stays
                self.page.wait_for_timeout(1000)
                again = self.page.evaluate(LOOK, rules)
                found = [each for each in again if each in found]
            self.seen += [(f"{name}, {scheme}", rule, element) for rule, element in found]
        if both:
            self.schemes = (second, first)
        levels = self.page.evaluate(HEADINGS)
        assert levels.count(1) == 1, (name, levels)
        first = levels.index(1)
        assert first == 0, (name, levels)
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)

    def turn(self, title: str, last: Locator, data: str) -> None:
        turn(self.page, title, last)
        expect(self.page).to_have_title(" · ".join(filter(None, (title, data, "Accuracy Lens"))))
        self.open_drawers()
        self.look(f"{title} of {data}")

    def open_drawers(self) -> None:
        main = self.page.get_by_test_id("stMain")
        for drawer in main.locator("details:not([open]) > summary").all():
            if drawer.is_visible():
                drawer.click()
                idle(self.page)

    def unexcused(self) -> Iterator[tuple[str, str, str]]:
        for state, rule, element in self.seen:
            if not any(rule == name and part in element for name, part in OF_STREAMLIT):
                yield state, rule, element


def test_axe_finds_nothing_serious_on_any_page_in_any_theme(page):
    reader = Reader(page)
    outputs = "96 outputs without an activation"
    open_metrics(page)
    expect(page).to_have_title(f"Metrics · {outputs} · Accuracy Lens")
    reader.open_drawers()
    reader.look("Metrics")
    text = page.get_by_test_id("stMain").get_by_text
    reader.turn("Thresholds", text("> or ≥").first, outputs)
    page.get_by_role("button", name="Table of ROC").click()
    reader.look("Thresholds with a table", both=False)
    reader.turn("Classes", text("Each class against all others"), outputs)
    reader.turn("Compare", text("One sample in A and in B"), outputs)
    reader.turn("Which accuracy?", text("The installed Keras").first, outputs)
    reader.turn("Explain a number", text("Number you computed yourself"), outputs)
    page.get_by_role("textbox", name="Number that was printed").fill("0.6771")
    page.keyboard.press("Enter")
    page.get_by_test_id("stDataFrame").first.wait_for()
    reader.look("a number that is explained", both=False)
    reader.turn("Doctor", text("AL012").first, outputs)
    reader.turn("Lessons", page.get_by_role("button", name="Begin").last, "")
    page.get_by_role("button", name="Begin").first.click()
    page.get_by_text("Step 1 of 9").wait_for()
    reader.look("a lesson")
    reader.turn("Training", page.get_by_role("button", name="Train", exact=True), "")
    reader.turn("Help", page.get_by_role("heading", name=re.compile("^Version")), "")

    open_metrics(page, "/" + TEN_CLASSES)
    reader.look("Metrics of ten classes")
    reader.turn("Classes", text("A threshold for each class"), "Generated data")

    buffer = io.BytesIO()
    np.savez(buffer, y_true=[0, 1, 1, 0], y_pred=np.array([0.2, 0.7, 0.4, 0.1], "f4"))
    page.get_by_role("radio", name="Upload").click()
    reader.look("no data yet", both=False)
    page.locator("input[type=file]").set_input_files(
        {"name": "churn.npz", "mimeType": "", "buffer": buffer.getvalue()}
    )
    page.get_by_role("button", name="Use these columns").wait_for()
    reader.look("columns of a file", both=False)
    page.get_by_role("button", name="Use these columns").click()
    expect(page).to_have_title("Classes · churn.npz · Accuracy Lens")

    page.get_by_role("button", name="Prepare a link").click()
    page.get_by_role("dialog").get_by_role("link", name="Open it in a new tab").wait_for()
    reader.look("Prepare a link")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    links = page.locator(".st-key-pages a")
    for link in links.all():
        title = link.locator("p").inner_text()
        link.click()
        expect(page).to_have_title(re.compile(f"^{re.escape(title)} · "))
        idle(page)
        reader.look(f"{title} in Chinese", both=False, colours=False)
    page.goto("/?view=present&lang=en")
    card(page, "binary_accuracy").wait_for()
    idle(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    reader.look("the presentation view")
    page.goto("/room?lang=en")
    page.get_by_role("button", name="Open a room").wait_for()
    reader.look("the way into a room")
    page.get_by_role("button", name="Open a room").click()
    page.locator(".room_code").wait_for()
    reader.look("a room before the lesson", both=False)
    for name in ("Begin the lesson", "Next", "Open the vote"):
        page.get_by_role("button", name=name, exact=True).click()
        idle(page)
    reader.look("a vote as the teacher sees it")

    assert list(reader.unexcused()) == []
    found = {(rule, element) for _, rule, element in reader.seen}
    for name, part in OF_STREAMLIT:
        assert any(rule == name and part in element for rule, element in found), "take it out"


def test_the_keys_reach_everything_with_one_stop_a_group_and_a_visible_focus(page):
    open_metrics(page)
    page.get_by_role("combobox", name=re.compile("Averaging")).focus()
    stops = []
    while not stops or not stops[-1][1].startswith(BUTTON_AT_THE_END):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert len(stops) < 60
    kinds = [kind for kind, *_ in stops]
    assert kinds.count("card") == 1
    in_tables = [said for _, said, _, is_in_table in stops if is_in_table]
    assert len(in_tables) == page.get_by_test_id("stDataFrame").count() > 0, in_tables
    hidden = [stop for stop in stops if stop[2] == "none" and stop[0] != "handle"]
    assert [stop for stop in hidden if "button" in stop[0] or "card" in stop[0]] == []


def test_arrows_go_from_card_to_card_and_enter_chooses_the_one_in_focus(page):
    open_metrics(page)
    page.locator(".card[tabindex='0']").focus()
    for key, name in (
        ("ArrowRight", "binary_accuracy_rounded"), ("Home", "binary_accuracy"),
        ("ArrowDown", "binary_accuracy_rounded"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(card(page, name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, "binary_accuracy_rounded")).to_have_attribute("aria-pressed", "true")
    expect(card(page, "binary_accuracy")).to_have_attribute("aria-pressed", "false")


def test_what_a_move_gives_is_told_once_it_rests(page):
    open_metrics(page)
    turn(page, "Thresholds", page.get_by_text("> or ≥").first)
    status = page.get_by_role("status").filter(has_text="threshold")
    handle(page).focus()
    expect(status).to_have_count(0)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    said = re.compile(r"^threshold 0\.\d+: accuracy 0\.\d{4}, \d+ of 96 above$")
    expect(status).to_have_text(said)
    expect(handle(page)).to_have_attribute("aria-valuetext", said)
    roc = page.get_by_role("slider", name="ROC, AUC 0.5399")
    expect(roc).to_have_attribute("aria-valuetext", re.compile("^false positive rate .*recall"))
    page.get_by_role("button", name="Table of ROC").click()
    table = page.get_by_role("group", name="Table of ROC").get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(12)
    expect(table.get_by_role("columnheader")).to_have_text(
        ["threshold", "false positive rate", "recall"]
    )
    expect(table.get_by_role("row").last.get_by_role("cell").nth(1)).to_have_text("0.0000")


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/", PHONE),
        ("/" + TEN_UNITS, {"width": 1280, "height": 720}),
        ("/thresholds", DESK),
        ("/classes" + TEN_CLASSES, PHONE),
        ("/compare", PHONE),
    ],
)
def test_nothing_jumps_while_a_page_loads(new_page, path, size):
    """The bar is meant for most loads: one that jumped is followed by two that must not."""

    def shifts():
        page = new_page(apart=True, reduced_motion="reduce", viewport=size)
        page.add_init_script(SHIFTS)
        page.goto(path)
        idle(page)
        expect(page.get_by_test_id("stMain").get_by_role("heading").nth(3)).to_be_attached()
        page.wait_for_timeout(1000)
        idle(page)
        return page.evaluate("shifts")

    def jumped(found):
        return sum(value for value, *_ in found) >= MOST_SHIFT

    first = shifts()
    if jumped(first):
        print(first)
        again = [shifts() for _ in range(2)]
        assert not any(map(jumped, again)), [first, *again]

"""A visit by keyboard alone: load a file, read its number, find what is wrong, share a link."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.screen import idle, parameter, still, value

FOCUSED = """() => {
    let node = document.activeElement;
    while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    const name = node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent;
    return name ?? (node.matches("button, a") ? node.textContent || node.title : "");
}"""


def go_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until what has the focus bears a name."""
    seen: list[str] = []
    while not seen or not re.search(name, seen[-1]):
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUSED) or "")
        assert len(seen) < 80, "; ".join(seen)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "churn.npz"
    scores = np.array([0.2, 0.7, 0.4, 0.1, 0.62, 0.9], np.float32)
    np.savez(path, y_true=[0, 1, 1, 0, 0, 1], y_pred=scores)
    return path


def test_a_visit_by_keyboard_alone(new_page, file):
    page = new_page(
        apart=True, reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"]
    )
    page.goto("/")
    page.get_by_role("button", name="I have outputs").wait_for()
    idle(page)

    go_to(page, "I have outputs$")  # load a file
    page.keyboard.press("Enter")
    drop = page.get_by_test_id("stFileUploaderDropzone")
    drop.locator("button").wait_for()
    still(drop)
    idle(page)
    page.wait_for_timeout(500)  # a script that comes late draws it anew
    idle(page)
    go_to(page, "^uploadUpload$")
    expect(drop.locator("button")).to_be_focused()
    for _ in range(3):  # headless Chromium at times opens none at the first press
        with contextlib.suppress(TimeoutError), page.expect_file_chooser(timeout=8000) as chooser:
            page.keyboard.press("Enter")
            chooser.value.set_files(file)
            break
    page.get_by_role("button", name="Use these columns").wait_for()
    idle(page)
    go_to(page, "Use these columns")
    page.keyboard.press("Enter")

    expect(value(page, "binary_accuracy")).to_have_text("0.6667")  # read the number
    idle(page)
    go_to(page, "^Binary accuracy.*0.6667")
    page.keyboard.press("Enter")
    idle(page)

    go_to(page, "^Threshold$", "Shift+Tab")  # move the threshold
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="Binary accuracy: 0.")).to_have_count(1)
    expect(page).to_have_url(re.compile("threshold="))
    idle(page)

    go_to(page, "Show$")  # find the wrong samples
    page.keyboard.press("ArrowDown")
    page.get_by_role("listbox").wait_for()
    page.keyboard.type("wrong only")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(parameter("show", "wrong"))
    idle(page)
    go_to(page, "^Descending$")
    page.keyboard.press("Tab")  # the table itself; its buttons are reached back from it
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("sample="))
    idle(page)

    go_to(page, "Prepare a link", "Shift+Tab")  # share a link
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("show=wrong").wait_for()
    idle(page)
    go_to(page, "Copy to clipboard")
    page.keyboard.press("Enter")
    dialog.get_by_text("show=wrong").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "show=wrong" in copied
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

"""Back and Forward: an entry per page, with what it showed; cold links ask for nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import eventually, idle, open_metrics


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def threshold(page: Page, value: str) -> None:
    field = page.get_by_label("Threshold", exact=True).first
    field.fill(value)
    field.press("Enter")
    shows(page, value)


def shows(page: Page, value: str) -> None:
    """The page at rest shows a threshold, and its address says the same."""

    def check() -> None:
        idle(page)
        field = page.get_by_label("Threshold", exact=True).first
        assert field.input_value(timeout=5000) == value
        assert f"threshold={value}" in page.url

    eventually(page, check)


def turn_to(page: Page, title: str, path: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(f"**/{path}?**")


def test_a_page_is_one_entry_and_back_shows_what_was_there(page):
    open_metrics(page)
    first = entries(page)
    threshold(page, "0.3")
    assert entries(page) == first
    turn_to(page, "Thresholds", "thresholds")
    shows(page, "0.3")
    assert entries(page) == first + 1
    threshold(page, "0.7")
    turn_to(page, "Doctor", "doctor")
    idle(page)
    assert entries(page) == first + 2
    page.go_back()
    shows(page, "0.7")
    assert "/thresholds" in page.url
    page.go_back()
    shows(page, "0.3")
    assert "/thresholds" not in page.url
    page.go_forward()
    shows(page, "0.7")
    assert entries(page) == first + 2


@pytest.mark.parametrize("path", ["thresholds", "classes", "which_accuracy", "doctor", "training"])
def test_a_cold_link_to_a_page_logs_no_error(page, path):
    page.goto(f"/{path}")
    idle(page)
    expect(page.locator("[data-testid=stMain] h4, [data-testid=stMain] h5").first).to_be_visible()

"""Back and Forward: an entry per page, with what it showed; cold links ask for nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import (
    choose_by_keyboard,
    eventually,
    idle,
    open_metrics,
    parameter,
    selection,
    threshold_field,
)


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def threshold(page: Page, value: str) -> None:
    field = threshold_field(page)
    field.fill(value)
    field.press("Enter")
    shows(page, value)


def shows(page: Page, value: str) -> None:
    """The page at rest shows a threshold, and its address says the same."""

    def check() -> None:
        field = threshold_field(page)
        assert field.input_value(timeout=5000) == value
        assert f"threshold={value}" in page.url
        idle(page)
        assert field.input_value(timeout=5000) == value

    eventually(page, check)


def turn_to(page: Page, title: str, path: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(f"**/{path}?**")


def test_a_page_is_one_entry_and_back_shows_what_was_there(new_page):
    page = new_page(apart=True, reduced_motion="reduce")  # a tab counts up to 50 entries
    open_metrics(page)
    first = entries(page)
    idle(page)
    choose_by_keyboard(page, "Show", "wrong only")
    expect(page).to_have_url(parameter("show", "wrong"))
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
    expect(page).to_have_url(parameter("show", "wrong"))
    expect(selection(page, "Show")).to_have_value("wrong only")
    page.go_forward()
    shows(page, "0.7")
    assert "show=" not in page.url
    assert entries(page) == first + 2


def test_back_twice_at_once_leaves_the_way_forward(page):
    open_metrics(page)
    threshold(page, "0.3")
    for title in ("Thresholds", "Doctor"):
        turn_to(page, title, title.lower())
        idle(page)
    everywhere = entries(page)
    page.evaluate("history.back()")
    page.wait_for_function("location.pathname === '/thresholds'")
    page.evaluate("history.back()")
    page.wait_for_function("location.pathname === '/'")
    shows(page, "0.3")
    page.go_forward()
    page.wait_for_url("**/thresholds?threshold=0.3")
    shows(page, "0.3")
    page.go_forward()
    page.wait_for_url("**/doctor?threshold=0.3")
    assert entries(page) == everywhere


@pytest.mark.parametrize("path", ["no_such_page", "explore/thresholds"])
def test_a_page_that_is_not_there_is_said_on_the_first_page(page, path):
    page.goto(f"/{path}?threshold=0.3")
    shows(page, "0.3")
    sentence = f"There is no page “{path}”; this is Metrics."
    page.get_by_text(sentence).wait_for()
    assert urlsplit(page.url).path == "/"
    assert "no_such_page" not in page.url
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_first_page_has_its_name_as_an_address_too(page):
    page.goto("/metrics?threshold=0.3")
    shows(page, "0.3")
    expect(page.get_by_text("There is no page")).to_have_count(0)


def test_a_refresh_of_a_view_on_a_file_asks_for_the_file(page, tmp_path):
    file = tmp_path / "outputs.npz"
    np.savez(file, y_true=[0, 1, 1, 0], y_pred=np.array([0.2, 0.7, 0.4, 0.6], "f4"))

    def drop() -> None:
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Use these columns").click()

    page.goto("/?data=upload")
    drop()
    threshold(page, "0.65")
    page.wait_for_url("**file=outputs.npz**")
    turn_to(page, "Thresholds", "thresholds")
    shows(page, "0.65")
    assert "file=outputs.npz" in page.url
    page.reload()
    page.get_by_text("This link is of the view on outputs.npz (4 rows)").wait_for()
    drop()
    shows(page, "0.65")
    assert "file=outputs.npz" in page.url
    expect(page.get_by_text("The link is of the view on")).to_have_count(0)


@pytest.mark.parametrize("path", ["thresholds", "classes", "which_accuracy", "doctor", "training"])
def test_a_cold_link_to_a_page_logs_no_error(page, path):
    page.goto(f"/{path}")
    idle(page)
    page.locator("[data-testid=stMain] :is(h1, h2, h3)").nth(1).wait_for()

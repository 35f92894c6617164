"""The pages of the section Explain in a real browser, reached as a visitor reaches them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.screen import (
    ELEMENT_WISE,
    TEN_UNITS,
    assert_nothing_is_cut_off,
    choose,
    idle,
    look_at,
    open_metrics,
    value,
)


def turn_to(page: Page, title: str) -> None:
    """Open the ten sigmoid units and turn to a page by its link."""
    open_metrics(page, "/" + TEN_UNITS)
    expect(value(page, "categorical_accuracy")).to_have_text("0.0998")
    page.get_by_role("link", name=title, exact=True).click()


def test_which_accuracy_shows_both_numbers_of_the_ten_units(page):
    turn_to(page, "Which accuracy?")
    page.get_by_text("All 35 releases").wait_for()
    page.get_by_text("compiled with the loss binary_crossentropy").wait_for()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.9000")
    choose(page, "Loss", "categorical_crossentropy")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.0998")


def test_two_numbers_differ_in_the_decision_step(page):
    turn_to(page, "Explain a number")
    page.get_by_label("Number that was printed").fill("0.8999999761581421")
    page.get_by_label("Number you computed yourself").fill("0.0998")
    page.keyboard.press("Enter")
    page.get_by_text("They differ in the decision step", exact=False).wait_for()


def test_the_doctor_names_it_and_the_quiet_line_counts_it(page):
    page.goto("/" + TEN_UNITS)
    page.get_by_text("3 findings: see Doctor").wait_for()
    page.get_by_role("link", name="Doctor", exact=True).click()
    page.get_by_role("heading", name=ELEMENT_WISE).wait_for()


def test_nothing_is_cut_off(page, tmp_path):
    open_metrics(page)
    for title in ("Which accuracy?", "Explain a number", "Doctor"):
        page.get_by_role("link", name=title, exact=True).click()
        expect(page.locator(".card")).to_have_count(0)
        idle(page)
        for scheme, width in (("dark", 390), ("light", 1440)):
            look_at(page, scheme, width)
            assert_nothing_is_cut_off(page)
            assert len(page.screenshot(path=tmp_path / "page.png")) > 20_000

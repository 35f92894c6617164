"""The pages of the section Explain in a real browser, reached as a visitor reaches them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

TEN_UNITS = "/?scenario=Ten+sigmoid+units%3A+0.9+with+9%2C002+of+10%2C000+wrong"


def turn_to(page: Page, title: str) -> None:
    """Open the ten sigmoid units and turn to a page by its link."""
    page.goto(TEN_UNITS)
    expect(page.locator(".card[data-name=categorical_accuracy] .value")).to_have_text("0.0998")
    page.get_by_role("link", name=title).click()


def test_which_accuracy_shows_both_numbers_of_the_ten_units(page):
    turn_to(page, "Which accuracy?")
    expect(page.get_by_text("The same in all nine releases")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("^Loss|Selected.*Loss")).first.click()
    page.get_by_role("option", name="binary_crossentropy", exact=True).click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.0998")
    page.get_by_role("combobox", name=re.compile("^Release|Selected.*Release")).first.click()
    page.get_by_role("option", name="Keras 2.2.4").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("0.9000")


def test_two_numbers_part_at_the_decision(page):
    turn_to(page, "Explain a number")
    page.get_by_label("Number that was printed").fill("0.8999999761581421")
    page.get_by_label("Number you computed yourself").fill("0.0998")
    page.keyboard.press("Enter")
    expect(page.get_by_text("They differ in the decision step", exact=False)).to_be_visible()


def test_the_doctor_names_it_and_the_quiet_line_counts_it(page):
    page.goto(TEN_UNITS)
    expect(page.get_by_text("3 findings: see Doctor")).to_be_visible()
    page.get_by_role("link", name="Doctor").click()
    expect(page.get_by_text("Accuracy by element on one-hot labels")).to_be_visible()


@pytest.mark.parametrize("title", ["Which accuracy?", "Explain a number", "Doctor"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_nothing_is_cut_off(new_page, tmp_path, title, scheme, width):
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto("/")
    expect(page.locator(".card").first).to_be_visible()
    expand = page.get_by_test_id("stExpandSidebarButton")
    if expand.count():
        expand.click()
    page.get_by_role("link", name=title).click()
    expect(page.locator(".card")).to_have_count(0)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    assert len(page.screenshot(path=tmp_path / "page.png")) > 20_000

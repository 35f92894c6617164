"""Numbers as people type them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.screen import eventually, idle, open_metrics, threshold_field


def test_a_comma_is_a_decimal_point(page):
    open_metrics(page)
    field = threshold_field(page)
    for typed, value in (("0,25", "0.25"), ("0.5", "0.5"), (",25", "0.25")):
        field.click()
        field.press("ControlOrMeta+a")
        page.keyboard.type(typed)
        field.press("Enter")
        eventually(page, lambda value=value: reached(page, value))


def reached(page: Page, value: str) -> None:
    idle(page)
    assert threshold_field(page).input_value() == value
    assert value == "0.5" or f"threshold={value}" in page.url  # where it starts, no address says it


def test_letters_are_refused_with_a_sentence(page):
    open_metrics(page)
    field = threshold_field(page)
    field.click()
    page.keyboard.type("a")
    assert field.evaluate("field => field.validationMessage") == "This field takes a number only."
    assert field.input_value() == "0.5"
    field.press("ControlOrMeta+a")
    page.keyboard.type("0.2x5")
    assert field.evaluate("field => field.validationMessage") == ""
    assert field.input_value() == "0.25"
    page.keyboard.insert_text("abc")
    assert field.evaluate("field => field.validationMessage") != ""
    field.press("Enter")
    expect(field).to_have_value("0.25")

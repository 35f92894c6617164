"""Numbers as people type them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.screen import eventually, idle, open_metrics, threshold_field


@pytest.mark.parametrize("typed", ["0,25", "0.25", ",25"])
def test_a_comma_is_a_decimal_point(page, typed):
    open_metrics(page)
    field = threshold_field(page)
    field.click()
    field.press("ControlOrMeta+a")
    page.keyboard.type(typed)
    field.press("Enter")

    def check() -> None:
        idle(page)
        assert field.input_value() == "0.25"
        assert "threshold=0.25" in page.url

    eventually(page, check)


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

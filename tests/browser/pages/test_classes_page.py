"""The Classes page in a real browser: a cell by mouse, by touch and by keyboard, in every theme."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.screen import (
    TEN_CLASSES,
    assert_nothing_is_cut_off,
    choose_by_keyboard,
    idle,
    in_the_middle,
    look_at,
    open_metrics,
    parameter,
    turn,
)

pytestmark = pytest.mark.long

DARK = r"^rgb\((\d|[1-8]\d)(, (\d|[1-8]\d)){2}\)$"  # each below 90
BRIGHT = r"^rgb\(2\d\d(, 2\d\d){2}\)$"


def turn_to_classes(page: Page) -> Page:
    open_metrics(page, "/" + TEN_CLASSES)  # a cold link to another page is two 404 on the console
    turn(page, "Classes", page.get_by_text("Click a cell", exact=False))
    matrix(page).locator(".nsewdrag").wait_for()
    return page


def matrix(page: Page) -> Locator:
    return page.get_by_role("figure", name=re.compile("Confusion matrix"))


def cell(page: Page, row: int, column: int, n: int = 10) -> tuple[float, float]:
    """The middle of a cell."""
    box = in_the_middle(matrix(page).locator(".nsewdrag"))
    return box["x"] + box["width"] * (column + 0.5) / n, box["y"] + box["height"] * (row + 0.5) / n


def click(page: Page, row: int, column: int) -> None:
    """Point at a cell, read its numbers, click it."""
    spot = cell(page, row, column)
    page.mouse.move(*spot)
    expect(numbers(page)).to_contain_text(f"{row} predicted as {column}:")
    page.mouse.click(*spot)


def numbers(page: Page) -> Locator:
    """What stands beside the cell that is pointed at."""
    return matrix(page).locator(".hoverlayer")


def test_a_click_on_a_cell_lists_its_samples_and_the_next_click_those_of_another(page):
    turn_to_classes(page)
    click(page, 4, 0)
    page.get_by_text("4 predicted as 0: 10 samples").wait_for()
    expect(page).to_have_url(parameter("true", "index-4"))
    expect(page).to_have_url(parameter("decided", "index-0"))
    click(page, 9, 9)
    page.get_by_text("9 predicted as 9: 46 samples").wait_for()
    click(page, 9, 9)
    click(page, 1, 8)
    page.get_by_text("1 predicted as 8: 11 samples").wait_for()


def test_pointing_at_a_cell_tells_its_numbers(page):
    turn_to_classes(page)
    page.mouse.move(*cell(page, 1, 8))
    expect(numbers(page)).to_contain_text("1 predicted as 8: 11")


def test_a_cell_is_chosen_by_keyboard(page):
    turn_to_classes(page)
    for field, key, name in (("True class", "true", "4"), ("Predicted as", "decided", "0")):
        choose_by_keyboard(page, field, name)
        expect(page).to_have_url(parameter(key, f"index-{name}"))
        idle(page)
    page.get_by_text("4 predicted as 0: 10 samples").wait_for()


def test_two_taps_choose_a_cell_on_a_touch_screen(new_page):
    page = turn_to_classes(new_page(apart=True, viewport=PHONE, has_touch=True, is_mobile=True))
    spot = cell(page, 1, 8)
    page.touchscreen.tap(*spot)
    expect(numbers(page)).to_contain_text("1 predicted as 8: 11")
    page.touchscreen.tap(*spot)
    page.get_by_text("1 predicted as 8: 11 samples").wait_for()


def test_a_threshold_typed_into_the_table_decides_and_stands_in_the_address(page):
    turn_to_classes(page)
    box = in_the_middle(page.get_by_test_id("stDataFrame").last)
    page.mouse.dblclick(box["x"] + box["width"] * 0.75, box["y"] + 37 + 17)
    field = page.locator("#portal input")
    field.fill("0.6")
    field.press("Enter")
    expect(page).to_have_url(parameter("cuts", "0%3A0.6"))
    page.get_by_text("without thresholds 0.4700", exact=False).wait_for()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_text("without thresholds", exact=False)).to_have_count(0)
    expect(page.get_by_role("textbox", name="The same as text")).to_have_value("")


@pytest.mark.parametrize(
    ("scheme", "fill"), [("light", DARK), ("dark", BRIGHT)], ids=["light", "dark"]
)
def test_nothing_is_cut_off_and_the_numbers_can_be_read(new_page, scheme, fill):
    page = turn_to_classes(new_page(color_scheme=scheme))
    for width in (1440, 390):
        look_at(page, scheme, width)
        assert_nothing_is_cut_off(page)
        number = matrix(page).locator(".annotation-text").first
        expect(number).to_have_css("fill", re.compile(fill))


def test_names_of_classes_that_look_like_addresses_make_no_link(page, tmp_path):
    names = ["[a](http://elsewhere.invalid)", "www.elsewhere.invalid", "me@elsewhere.invalid"]
    np.savez(
        tmp_path / "named.npz",
        y_true=np.array([0, 1, 2, 2]),
        y_pred=np.eye(3, dtype=np.float32)[[1, 2, 0, 0]],
        class_names=np.array(names),
    )
    page.goto("/?data=upload")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / "named.npz")
    page.get_by_role("button", name="Use these columns").click()
    page.locator(".card").first.wait_for()
    for link in ("Classes", "Thresholds", "Doctor"):
        page.get_by_role("link", name=link, exact=True).click()
        expect(page).to_have_url(re.compile(f"/{link.lower()}"))
        idle(page)
        if link == "Classes":
            page.get_by_text("Most frequent confusion", exact=False).wait_for()
        expect(page.get_by_test_id("stMain").locator("a[href*=elsewhere]")).to_have_count(0)

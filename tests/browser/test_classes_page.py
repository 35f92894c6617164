"""The Classes page in a real browser: a cell by mouse, by touch and by keyboard, in every theme."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

TEN = "/?data=Generate&kind=multi-class%2C+class+indices"
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


def turn_to_classes(page: Page, path: str = TEN) -> Page:
    page.goto(path)
    expect(page.locator(".card").first).to_be_visible()
    expand = page.get_by_test_id("stExpandSidebarButton")
    if expand.count():
        expand.click()
    page.get_by_role("link", name="Classes", exact=True).click()
    expect(page.get_by_text("Click a cell", exact=False)).to_be_visible()
    close = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if expand.count() == 0 and page.viewport_size["width"] < 500:
        close.click()
    expect(page.locator(IDLE)).to_be_visible()
    return page


def matrix(page: Page) -> Locator:
    return page.get_by_role("figure", name=re.compile("Confusion matrix"))


def at_rest(page: Page, area: Locator) -> FloatRect:
    """Bring something to the middle; where it stands once the page no longer moves."""
    last = None
    while True:
        area.evaluate("node => node.scrollIntoView({block: 'center'})")
        box = area.bounding_box()
        if box is not None and box == last:
            return box
        last = box
        page.wait_for_timeout(400)


def cell(page: Page, row: int, column: int, n: int = 10) -> tuple[float, float]:
    """The middle of a cell."""
    box = at_rest(page, matrix(page).locator(".nsewdrag"))
    return box["x"] + box["width"] * (column + 0.5) / n, box["y"] + box["height"] * (row + 0.5) / n


def click(page: Page, row: int, column: int) -> None:
    """Point at a cell, read its numbers, click it."""
    place = cell(page, row, column)
    page.mouse.move(*place)
    expect(numbers(page)).to_contain_text(f"{row} decided as {column}:")
    page.mouse.click(*place)


def numbers(page: Page) -> Locator:
    """What stands beside the cell that is pointed at."""
    return matrix(page).locator(".hoverlayer")


def parameter(name: str, text: str) -> re.Pattern[str]:
    return re.compile(rf"[?&]{name}={re.escape(text)}(&|$)")


def test_a_click_on_a_cell_lists_its_samples_and_the_next_click_those_of_another(page):
    turn_to_classes(page)
    click(page, 4, 0)
    expect(page.get_by_text("4 decided as 0: 10 samples")).to_be_visible()
    expect(page).to_have_url(parameter("true", "4"))
    expect(page).to_have_url(parameter("decided", "0"))
    click(page, 9, 9)
    expect(page.get_by_text("9 decided as 9: 46 samples")).to_be_visible()
    click(page, 9, 9)
    click(page, 1, 8)
    expect(page.get_by_text("1 decided as 8: 11 samples")).to_be_visible()


def test_pointing_at_a_cell_tells_its_numbers(page):
    turn_to_classes(page)
    page.mouse.move(*cell(page, 1, 8))
    expect(numbers(page)).to_contain_text("1 decided as 8: 11")


def test_a_cell_is_chosen_by_keyboard(page):
    turn_to_classes(page)
    for field, key, name in (("True class", "true", "4"), ("Decided as", "decided", "0")):
        page.get_by_role("combobox", name=re.compile(field)).first.focus()
        page.keyboard.type(name)
        expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
        page.keyboard.press("Enter")
        expect(page).to_have_url(parameter(key, name))
        expect(page.locator(IDLE)).to_be_visible()
    expect(page.get_by_text("4 decided as 0: 10 samples")).to_be_visible()


def test_two_taps_choose_a_cell_on_a_touch_screen(new_page):
    page = turn_to_classes(
        new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    )
    place = cell(page, 1, 8)
    page.touchscreen.tap(*place)
    expect(numbers(page)).to_contain_text("1 decided as 8: 11")
    page.touchscreen.tap(*place)
    expect(page.get_by_text("1 decided as 8: 11 samples")).to_be_visible()


def test_a_threshold_typed_into_the_table_decides_and_stands_in_the_address(page):
    turn_to_classes(page)
    box = at_rest(page, page.get_by_test_id("stDataFrame").last)
    page.mouse.dblclick(box["x"] + box["width"] * 0.75, box["y"] + 37 + 17)
    field = page.locator("#portal input")
    field.fill("0.6")
    field.press("Enter")
    expect(page).to_have_url(parameter("cuts", "0%3A0.6"))
    expect(page.get_by_text("without thresholds 0.4700", exact=False)).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_text("without thresholds", exact=False)).to_have_count(0)
    expect(page.get_by_role("textbox", name="The same as text")).to_have_value("")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_nothing_is_cut_off_and_the_numbers_can_be_read(new_page, scheme, width):
    page = turn_to_classes(new_page(viewport={"width": width, "height": 900}, color_scheme=scheme))
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    number = matrix(page).locator(".annotation-text").first
    colour = number.evaluate("node => getComputedStyle(node).fill")
    brightness = sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / 3
    assert brightness < 90 if scheme == "light" else brightness > 200


def test_names_of_classes_that_look_like_addresses_make_no_link(page, tmp_path):
    names = ["[a](http://elsewhere.invalid)", "www.elsewhere.invalid", "me@elsewhere.invalid"]
    np.savez(
        tmp_path / "named.npz",
        y_true=np.array([0, 1, 2, 2]),
        y_pred=np.eye(3, dtype=np.float32)[[1, 2, 0, 0]],
        class_names=np.array(names),
    )
    page.goto("/?data=Upload")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / "named.npz")
    page.get_by_role("button", name="Use these columns").click()
    expect(page.locator(".card").first).to_be_visible()
    for link in ("Classes", "Thresholds", "Doctor"):
        page.get_by_role("link", name=link, exact=True).click()
        expect(page).to_have_url(re.compile(f"/{link.lower()}"))
        expect(page.locator(IDLE)).to_be_visible()
        if link == "Classes":
            expect(page.get_by_text("Most frequent confusion", exact=False)).to_be_visible()
        expect(page.get_by_test_id("stMain").locator("a[href*=elsewhere]")).to_have_count(0)

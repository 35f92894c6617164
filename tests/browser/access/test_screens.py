"""What fits on a projector, in the presentation view, at 200 % zoom and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.screen import assert_nothing_is_cut_off, card, idle, open_metrics, still, turn

EXAMPLE = "/?scenario=no-activation"
MOVED = ("binary_accuracy", "balanced_accuracy", "precision", "recall", "f_beta")
"""The cards of the example that the threshold moves."""


def box(area: Locator) -> FloatRect:
    found = area.bounding_box()
    assert found is not None
    return found


def bottom(area: Locator) -> float:
    place = box(area)
    return place["y"] + place["height"]


def test_on_a_projector_the_lens_and_the_cards_it_moves_are_in_one_view(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    open_metrics(page, EXAMPLE)
    page.locator(".st-key-story_text").wait_for()
    for part in (page.locator(".lens .stage"), *(card(page, name) for name in MOVED)):
        still(part)
        assert bottom(part) <= 720


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_the_presentation_view_fills_the_screen(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{EXAMPLE}&view=present")
    expect(page.locator(".card")).to_have_count(4)
    idle(page)
    last = card(page, "balanced_accuracy")
    still(last)
    assert box(page.locator(".strip"))["x"] < 0.03 * width  # no room is kept for the sidebar
    assert 0.94 * height < bottom(last) <= height
    assert 0.94 * width < box(last)["x"] + box(last)["width"] <= width
    assert 0.8 * height < bottom(page.locator(".lens .legend")) <= height
    page.get_by_text("What to look for", exact=True).click()  # a long story scrolls with the page
    expect(page.locator(".st-key-story_text")).to_have_count(0)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollHeight - node.clientHeight") <= 0


MOVING = """() => [...document.querySelectorAll("*")].filter((node) => {
    const { transitionDuration, animationDuration } = getComputedStyle(node);
    const times = `${transitionDuration}, ${animationDuration}`.split(", ").map(parseFloat);
    return Math.max(...times) > 0.001;
}).map((node) => node.outerHTML.slice(0, 200))"""


def test_at_200_per_cent_what_to_look_for_stands_below_and_nothing_moves_by_itself(page):
    page.set_viewport_size({"width": 720, "height": 900})
    open_metrics(page, EXAMPLE)
    assert box(page.locator(".st-key-story_text"))["y"] >= bottom(page.locator(".board").first)
    assert box(page.locator(".lens"))["width"] > 250
    assert_nothing_is_cut_off(page, ".card, .step")
    assert page.evaluate(MOVING) == []  # Playwright asks for reduced motion
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != []
    page.emulate_media(reduced_motion="reduce")


def test_a_phone_shows_numbers_first_and_the_sidebar_closes_behind_a_page(phone_page):
    page = phone_page
    open_metrics(page, EXAMPLE)
    order = [".lens", ".board", ".st-key-story_text", ".st-key-recipe"]
    tops = [box(page.locator(part).first)["y"] for part in order]
    assert tops == sorted(tops)
    expand = page.get_by_test_id("stExpandSidebarButton")
    expect(expand).to_have_css("content", '"Data and pages"', pseudo="after")
    expand.click()
    data, pages = page.get_by_role("radio", name="Upload"), page.locator(".st-key-pages")
    still(pages)
    assert bottom(data) < box(pages)["y"]
    page.get_by_role("link", name="Classes", exact=True).click()
    page.get_by_role("heading", name="Classes", exact=True, level=1).wait_for()
    expand.wait_for()
    idle(page)
    assert_nothing_is_cut_off(page, "[data-testid=stButtonGroup]")
    turn(page, "Explain a number", page.get_by_text("Number you computed yourself"))
    for label, number in (("Number that was printed", "0.6771"), ("Number you computed", "0.7396")):
        page.get_by_role("textbox", name=label).fill(number)
        page.keyboard.press("Enter")
    row = page.locator(".st-key-fold_pair tr").filter(has_text="differs")
    row.wait_for()
    step, _, printed, own = (box(cell) for cell in row.locator("th, td").all())
    assert printed["y"] >= step["y"] + step["height"] - 1  # folded: both below the step
    assert printed["y"] == own["y"]
    assert own["x"] + own["width"] <= PHONE["width"]
    assert_nothing_is_cut_off(page)


def test_a_link_keeps_its_label_in_chinese(phone_page: Page) -> None:
    phone_page.goto(f"{EXAMPLE}&lang=zh")
    expand = phone_page.get_by_test_id("stExpandSidebarButton")
    expect(expand).to_have_css("content", '"数据与页面"', pseudo="after")

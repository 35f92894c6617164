"""What a drawing says where it is pointed at, and the picture that it is saved as."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from metrics_core.overview.distribution import distribution
from tests.browser.conftest import PHONE
from tests.browser.pages.test_classes_page import matrix, turn_to_classes
from tests.browser.pages.test_thresholds_page import counts_at, open_page, sample
from tests.browser.screen import (
    eventually,
    frame,
    handle,
    in_the_middle,
    look_at,
    on_the_lens,
    open_metrics,
)

pytestmark = pytest.mark.long

TOUCHES = """svg => {
    const bars = [...svg.querySelectorAll("path")].filter(path => !path.closest("defs, pattern"));
    const meet = (a, b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const box = node => node.getBoundingClientRect();
    const lies = text => bars.some(bar => meet(box(text), box(bar)));
    return [...svg.querySelectorAll("text")].filter(lies).map(text => text.textContent);
}"""


def saved(page: Page, press: Callable[[], None], folder: Path) -> tuple[str, tuple[int, int]]:
    """The name of the picture that is saved, and its size in pixels."""
    with page.expect_download() as download:
        press()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) > 10_000
    return file.name, struct.unpack(">II", data[16:24])


def bin_of(share: float) -> str:
    """What the bars say at a share of the way from the lowest to the highest threshold."""
    scores, positive = sample()
    spread = distribution(scores, positive)
    value = share * spread.high  # the lowest stop is 0
    place = int((value - spread.low) / (spread.high - spread.low) * len(spread.other))
    return f"{spread.positive[place]:,} (label 1), {spread.other[place]:,} (label 0)."


@pytest.fixture
def thresholds(page: Page) -> Page:
    return open_page(page)


def test_the_bars_tell_their_counts_to_mouse_and_keys(thresholds):
    page = thresholds
    said = page.locator(".lens .pointed")
    before = page.locator(".lens .legend").bounding_box()
    page.mouse.move(*on_the_lens(page, 0.315))
    expect(said).to_contain_text(bin_of(0.315))
    assert page.locator(".lens .legend").bounding_box() == before
    assert page.locator(".lens .label").inner_text() == "0.5"
    page.mouse.move(5, 5)
    expect(said).not_to_contain_text("Scores from")
    handle(page).focus()
    expect(said).to_contain_text("Scores from")
    for _ in range(3):
        page.keyboard.press("PageUp")

    def of_the_handle() -> None:  # each press is told at once and confirmed by the server later
        low, high = (float(text) for text in said.inner_text().split(": ")[0].split()[2::2])
        assert low <= float(handle(page).get_attribute("aria-valuenow")) <= high

    eventually(page, of_the_handle)


def test_a_tap_tells_the_counts_of_its_bar(new_page):
    page = new_page(apart=True, viewport=PHONE, has_touch=True, is_mobile=True)
    open_page(page)
    in_the_middle(page.locator(".lens .stage"))
    page.touchscreen.tap(*on_the_lens(page, 0.315))
    expect(page.locator(".lens .pointed")).to_contain_text("Scores from")


def plot(page: Page, title: str) -> Locator:
    return page.locator(".plot").filter(has=page.get_by_role("heading", name=title, exact=True))


def test_a_curve_tells_the_threshold_of_its_point_and_where_nothing_is_predicted(thresholds):
    page = thresholds
    roc = plot(page, "ROC")
    place = in_the_middle(roc.locator(".stage"))
    page.mouse.move(place["x"] + place["width"] * 0.35, place["y"] + place["height"] * 0.25)
    frame(page)
    threshold = float(handle(page).get_attribute("aria-valuenow"))
    expect(roc.locator(".at")).to_have_text(f"threshold {threshold:.6g}")
    page.mouse.move(5, 5)
    slider = roc.get_by_role("slider")
    slider.focus()
    page.keyboard.press("PageUp")
    frame(page)
    stood = float(handle(page).get_attribute("aria-valuenow"))
    assert stood < 0.5  # right along the curve: a lower threshold
    rate, recall = float(counts_at(stood).false_positive_rate), float(counts_at(stood).recall)
    expect(roc.locator(".numbers")).to_have_text(
        f"false positive rate {rate:.4f}, recall {recall:.4f}"
    )
    expect(slider).to_have_attribute(
        "aria-valuetext",
        f"{roc.locator('.numbers').inner_text()} {roc.locator('.at').inner_text()}",
    )
    page.keyboard.press("Escape")
    expect(handle(page)).to_have_attribute("aria-valuenow", "0.5")
    calibration = plot(page, "Calibration")
    calibration.locator(".stage").focus()
    expect(calibration.locator(".at")).to_contain_text("with mean score")
    handle(page).focus()
    page.keyboard.press("End")
    for title, first in (("Precision and recall", "recall"), ("Lift", "share predicted positive")):
        expect(plot(page, title).locator(".numbers")).to_have_text(
            f"{first} 0.0000, nothing was predicted 1"
        )


def test_no_text_of_the_lens_lies_on_its_bars_and_it_is_saved_as_a_picture(thresholds, tmp_path):
    page = thresholds
    for scheme, width in (("light", 1440), ("dark", 390)):
        look_at(page, scheme, width)
        lens = page.locator(".lens")
        assert lens.locator(".stage svg").evaluate(TOUCHES) == []
        axis = lens.locator(".stage .many").all_text_contents()
        assert len(axis) > 3
        assert "scores" in axis
        name, (wide, tall) = saved(
            page, lens.get_by_role("button", name="Save picture").click, tmp_path
        )
        assert name == "scores-at-0.5.png"
        assert wide > 2 * lens.locator(".stage").bounding_box()["width"]
        assert tall > 600
        press = page.get_by_role("button", name="Save picture of Metrics").click
        assert saved(page, press, tmp_path)[0] == "figures-at-0.5.png"


def test_plotly_saves_pictures_and_the_numbers_follow_the_theme(page, tmp_path):
    turn_to_classes(page)
    dark = (
        matrix(page)
        .locator(".annotation-text")
        .first.evaluate("node => getComputedStyle(node).fill")
    )
    matrix(page).hover(position={"x": 200, "y": 200})
    press = matrix(page).locator("[data-title='Download plot as a PNG']").click
    assert saved(page, press, tmp_path)[0] == "confusion-matrix.png"
    look_at(page, "dark", 1280)
    number = matrix(page).locator(".annotation-text").first
    expect(number).not_to_have_css("fill", dark)
    assert (
        int(number.evaluate("node => getComputedStyle(node).fill").split("(")[1].split(",")[0])
        > 200
    )


def test_a_lens_without_a_matrix_saves_its_number(page, tmp_path):
    open_metrics(page)
    press = page.locator(".lens").get_by_role("button", name="Save picture").click
    assert saved(page, press, tmp_path)[0] == "scores-at-0.5.png"

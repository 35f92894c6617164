"""The main job in a real browser: load, drag, read the cards, open a sample, upload, come back."""

from __future__ import annotations

import io
from itertools import product

import numpy as np
from playwright.sync_api import expect

from tests.browser.screen import (
    EDGE,
    LEFT,
    TEN_CLASSES,
    assert_nothing_is_cut_off,
    background,
    card,
    handle,
    idle,
    in_the_middle,
    look_at,
    open_metrics,
    parameter,
    still,
    value,
)

BOXES = "nodes => nodes.map(node => Object.values(node.getBoundingClientRect().toJSON()))"


def test_a_slider_press_changes_the_cards_the_cut_and_the_address(page):
    open_metrics(page)
    expect(value(page, "recall")).to_have_text("0.9394")
    handle(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(parameter("threshold", "0.55"))
    expect(value(page, "recall")).to_have_text("0.9091")
    expect(page.locator(".card[data-name=recall] .change")).to_have_text(
        "-0.0303 since the last move"
    )
    expect(page.locator(".strip .choice").nth(2)).to_have_text("> 0.55")
    expect(page.locator(".lens .label")).to_have_text("0.55")
    expect(page.locator(".lens .caption")).to_have_text("81 of 96 scores are above 0.55.")
    page.get_by_text("0.8656 is above 0.55, so class 1").wait_for()
    expect(page.get_by_text("Below is a worked example")).to_have_count(0)  # the door
    handle(page).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".card[data-name=recall] .change")).to_have_text(
        "+0.0303 since the last move"
    )
    expect(page.locator(".lens .caption")).to_have_text("83 of 96 scores are above 0.5.")


def test_the_cards_follow_a_drag_and_the_server_says_the_same_when_it_ends(page):
    open_metrics(page)
    slider = handle(page)
    box = in_the_middle(page.locator(".lens .stage"))
    left, room = box["x"] + LEFT, box["width"] - LEFT - EDGE
    page.mouse.move(left + room / 6, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(left + room * 0.4, box["y"] + 60, steps=6)
    expect(slider).to_have_attribute("aria-valuenow", "1.2")
    live = page.locator(".card .value").all_inner_texts()
    counts = page.locator(".card .count").all_inner_texts()
    assert "threshold" not in page.url
    page.mouse.up()
    expect(page).to_have_url(parameter("threshold", "1.2"))
    page.get_by_text("0.8656 is not above 1.2, so class 0").wait_for()
    idle(page)
    expect(page.locator(".card .value")).to_have_text(live)
    expect(page.locator(".card .count")).to_have_text(counts)


def test_a_typed_threshold_moves_the_slider(page):
    open_metrics(page)
    page.get_by_role("spinbutton", name="Threshold").fill("0.8")
    page.keyboard.press("Enter")
    expect(handle(page)).to_have_attribute("aria-valuetext", "59 of 96 scores are above 0.8.")
    expect(page.locator(".lens .caption")).to_have_text("59 of 96 scores are above 0.8.")


def test_what_is_set_is_in_the_address_and_the_link_shows_the_same_view(page, new_page):
    open_metrics(page)
    page.get_by_role("radio", name="sigmoid").click()
    expect(page).to_have_url(parameter("activation", "sigmoid"))
    card(page, "recall").click()
    expect(page).to_have_url(parameter("card", "recall"))
    idle(page)
    shown = page.locator(".card .value").all_inner_texts()
    other = open_metrics(new_page(), page.url)
    expect(card(other, "recall")).to_have_attribute("aria-pressed", "true")
    assert other.locator(".card .value").all_inner_texts() == shown
    open_metrics(page, page.url)
    assert page.locator(".card .value").all_inner_texts() == shown


def test_pointing_at_a_card_shows_its_steps_and_pointing_at_a_step_lights_its_cards(page):
    open_metrics(page)
    choices = page.locator(".strip .choice")
    expect(choices.nth(2)).to_have_text("> 0.5")
    card(page, "binary_accuracy_rounded").hover()
    expect(choices.nth(2)).to_have_text("round, halves to even")
    page.locator(".strip li").nth(2).hover()
    expect(choices.nth(2)).to_have_text("> 0.5")
    page.locator(".card.lit[data-name=recall]").wait_for()
    expect(page.locator(".card.lit[data-name=binary_accuracy_rounded]")).to_have_count(0)


def test_cards_keep_their_place_while_their_numbers_change(page):
    open_metrics(page)
    in_the_middle(page.get_by_role("radio", name="sigmoid"))
    boxes = page.locator(".card").evaluate_all(BOXES)
    page.get_by_role("radio", name="sigmoid").click()
    expect(page.locator(".card .badges").first).to_have_text("sigmoid changes the outputs")
    still(page.locator(".card").first)
    assert page.locator(".card").evaluate_all(BOXES) == boxes


def test_a_click_on_a_cell_opens_its_sample_under_its_variant(page):
    open_metrics(page)
    box = in_the_middle(page.get_by_test_id("stDataFrame").last)
    page.mouse.click(box["x"] + 530, box["y"] + 35 * 4 + 17)
    expect(page).to_have_url(parameter("sample", "3"))
    page.get_by_text("Sample 3: 0.4314 rounds to 0; the label is 1: wrong").wait_for()


def test_a_card_without_a_number_offers_the_conversion_that_gives_it_one(page):
    open_metrics(page, "/" + TEN_CLASSES)
    page.locator(".misfit[data-name=categorical_accuracy] .remedy").click()
    value(page, "categorical_accuracy").wait_for()
    expect(page).to_have_url(parameter("labels", "one-hot"))


def test_a_file_dropped_on_the_page_shows_its_cards_and_can_be_downloaded_again(page):
    open_metrics(page)
    page.get_by_role("radio", name="Upload").click()
    buffer = io.BytesIO()
    np.savez(buffer, y_true=[0, 1, 1, 0], y_pred=np.array([0.2, 0.7, 0.4, 0.1], "f4"))
    page.locator("input[type=file]").set_input_files(
        {"name": "mine.npz", "mimeType": "", "buffer": buffer.getvalue()}
    )
    page.get_by_role("button", name="Use these columns").click()
    expect(page.locator(".card[data-name=binary_accuracy] .count")).to_have_text("3 of 4")
    asked = page.request.get("/_stcore/metrics", headers={"Authorization": "Bearer figures"})
    kept = asked.text()
    assert asked.ok
    assert "UploadedFileManager" not in kept, "the raw bytes are still in the server"
    with page.expect_download() as waiting:
        page.get_by_role("button", name="samples as CSV").click()
    lines = waiting.value.path().read_text().splitlines()
    assert lines[0].startswith('"row","label","output"')
    assert len(lines) == 5


def test_nothing_is_cut_off_in_any_theme_and_width(page, tmp_path):
    open_metrics(page)
    light, dark = [255, 255, 255], [17, 22, 28]
    for (scheme, behind), width in product((("light", light), ("dark", dark)), (1440, 390)):
        look_at(page, scheme, width)
        assert_nothing_is_cut_off(page, ".card")
        assert background(page) == behind
        picture = page.screenshot(path=tmp_path / f"metrics-{scheme}-{width}.png")
        assert len(picture) > 20_000, "the page is all but empty"


def test_a_visitor_who_drops_a_spoiled_file_reads_one_sentence(page):
    page.goto("/?data=upload")
    page.locator("input[type=file]").set_input_files(
        {"name": "bad.parquet", "mimeType": "", "buffer": b"PAR1 no PAR1"}
    )
    expect(page.get_by_role("alert")).to_contain_text("must")
    expect(page.get_by_text("Traceback")).to_have_count(0)

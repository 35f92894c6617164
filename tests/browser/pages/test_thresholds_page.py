"""The Thresholds page in a real browser: the cut is dragged, and everything else follows."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from metrics_core.counting.counts import FIGURES, Counts
from metrics_core.generate import GeneratorSettings, generate
from tests.browser.screen import (
    BUTTON_AT_THE_END,
    assert_nothing_is_cut_off,
    eventually,
    frame,
    handle,
    idle,
    in_the_middle,
    look_at,
    on_the_lens,
    open_metrics,
    still,
    turn,
    value,
)

DATA = "/?data=generate"


def turn_to_thresholds(page: Page) -> Page:
    turn(page, "Thresholds", page.get_by_text("> or ≥").first)
    still(page.locator(".lens .stage"))
    return page


def open_page(page: Page, path: str = DATA) -> Page:
    open_metrics(page, path)
    return turn_to_thresholds(page)


def sample() -> tuple[np.ndarray, np.ndarray]:
    """The generated scores and labels, in the settings of the page's controls."""
    predictions = generate(GeneratorSettings())
    return predictions.y_pred.ravel(), predictions.y_true.ravel() == 1


def counts_at(threshold: float) -> Counts:
    """What numpy counts in the generated data."""
    scores, positive = sample()
    decided = scores > np.float32(threshold)
    sides = (decided & positive, decided & ~positive, ~decided & ~positive, ~decided & positive)
    return Counts(*(int(np.count_nonzero(side)) for side in sides))


def cut(page: Page) -> float:
    """Where the lens says that it stands."""
    return float(handle(page).get_attribute("aria-valuenow"))


def assert_browser_follows(page: Page) -> float:
    """Sentence, matrix, figures, the ROC's numbers and the strip are numpy's at the lens's cut."""
    threshold = cut(page)
    counts = counts_at(threshold)
    zeros = counts.true_negatives, counts.false_positives
    wanted = [f"{count:,}" for count in (*zeros, counts.false_negatives, counts.true_positives)]
    assert page.locator(".lens .amount").all_inner_texts() == wanted
    figures = page.locator(".lens .figure dd:not(.baseline)").all_inner_texts()
    values = [float(row.of(counts)) for row in FIGURES.values()]
    assert [float(text) for text in figures] == pytest.approx(values, abs=5.001e-5)
    roc = page.locator(".plot .numbers").first.inner_text()
    shares = [float(text) for text in re.findall(r"\d\.\d+", roc)]
    both = [counts.false_positive_rate, counts.recall]
    assert shares == pytest.approx([float(value) for value in both], abs=5.001e-5)
    step = page.locator(".strip .choice").nth(2).inner_text()
    assert float(step.removeprefix("> ")) == pytest.approx(threshold, rel=1e-5)
    assert headline(page, threshold).match(page.locator(".sentence").inner_text())
    return threshold


def headline(page: Page, threshold: float) -> re.Pattern[str]:
    counts = counts_at(threshold)
    right = counts.true_positives + counts.true_negatives
    return re.compile(rf"Accuracy {float(counts.accuracy):.4g}\d* \({right:,} of 1,000\)\.")


def assert_server_follows(page: Page, threshold: float) -> None:
    """Sentence, number and address are those of the threshold; the address has it once."""
    assert_server_says(page, threshold)
    expect(page).to_have_url(re.compile(rf"[?&]threshold={re.escape(repr(threshold))}(&|$)"))
    assert page.url.count("threshold=") == 1


def assert_server_says(page: Page, threshold: float) -> None:
    """The number that is typed is the threshold, and the sentence and the lens follow it."""
    typed = page.get_by_role("spinbutton", name="Threshold", exact=True)
    expect(typed).to_have_value(f"{threshold:.6g}")
    idle(page)

    def follows() -> None:
        assert assert_browser_follows(page) == threshold

    eventually(page, follows)


def test_a_drag_moves_all_figures_at_once_and_the_server_follows_when_it_ends(page):
    open_page(page)
    entries, before = page.evaluate("history.length"), page.url
    typed = page.get_by_role("spinbutton", name="Threshold", exact=True)
    stood = typed.input_value()
    page.mouse.move(*on_the_lens(page, 0.5))
    page.mouse.down()
    seen = []
    for share in (0.55, 0.8, 0.96, 0.1, 0.4):
        page.mouse.move(*on_the_lens(page, share), steps=4)
        frame(page)
        seen.append(assert_browser_follows(page))
    assert len(set(seen)) == 5
    assert seen[:3] == sorted(seen[:3])
    assert page.url == before
    assert typed.input_value() == stood
    page.mouse.up()
    assert_server_follows(page, seen[-1])
    assert page.evaluate("history.length") == entries


def test_keys_move_the_cut_and_the_server_follows_when_they_rest(new_page):
    page = new_page(apart=True)
    page.clock.install()
    open_page(page)
    entries = page.evaluate("history.length")
    handle(page).focus()
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))
    for key in ("ArrowRight", "PageUp", "PageUp", "ArrowLeft"):
        page.keyboard.press(key)
    page.clock.run_for(100)
    stops = np.unique(np.append(sample()[0], np.float32(0.5)))
    middle = int(np.searchsorted(stops, np.float32(0.5)))
    threshold = assert_browser_follows(page)
    page.clock.resume()
    assert np.searchsorted(stops, np.float32(threshold)) - middle == pytest.approx(20, abs=1)
    assert_server_follows(page, threshold)
    assert page.evaluate("history.length") == entries


def test_a_typed_threshold_moves_the_lens(page):
    open_page(page)
    page.get_by_role("spinbutton", name="Threshold", exact=True).fill("0.25")
    page.keyboard.press("Enter")
    assert_server_follows(page, 0.25)


def test_a_row_of_the_best_thresholds_moves_the_cut_there(page):
    open_page(page)
    box = in_the_middle(page.get_by_test_id("stDataFrame").first)
    page.mouse.click(box["x"] + 18, box["y"] + 35 * 3 + 17)
    expect(handle(page)).not_to_have_attribute("aria-valuenow", "0.5")
    idle(page)
    threshold = cut(page)
    stops = np.append(0.0, sample()[0])
    assert counts_at(threshold).recall == max(counts_at(stop).recall for stop in stops) == 1
    assert_server_follows(page, threshold)


def test_a_click_on_the_roc_curve_chooses_its_cut(page):
    open_page(page)
    box = in_the_middle(page.locator(".plot .stage").first)
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.25)
    frame(page)
    pointed = assert_browser_follows(page)
    assert pointed != 0.5
    page.mouse.down()
    page.mouse.up()
    assert_server_follows(page, pointed)


def test_the_cut_goes_along_to_another_page_back_and_with_the_address(page, new_page):
    open_page(page)
    page.mouse.click(*on_the_lens(page, 0.3))
    threshold = cut(page)
    assert_server_follows(page, threshold)
    address = "/?" + urlsplit(page.url).query
    turn(page, "Metrics", page.get_by_role("button", name=BUTTON_AT_THE_END))
    expect(handle(page)).to_have_attribute("aria-valuenow", f"{threshold}")
    expect(value(page, "binary_accuracy")).to_have_text(
        f"{float(counts_at(threshold).accuracy):.4f}"
    )
    turn_to_thresholds(page)
    assert_server_follows(page, threshold)
    assert_server_says(open_page(new_page(), address), threshold)


def test_nothing_is_cut_off_on_a_phone(phone_page):
    open_page(phone_page)
    for scheme in ("light", "dark"):
        look_at(phone_page, scheme, 390)
        assert_nothing_is_cut_off(
            phone_page, ".lens .cell, .lens .figure, .plot, .key, .strip .step"
        )

"""The Thresholds page in a real browser: the cut is dragged, and everything else follows."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from metrics_core.counting.counts import FIGURES, Counts
from metrics_core.generate import GeneratorSettings, generate

DATA = "/?data=Generate"
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
EDGE = 12  # pixels of the lens beside the first and the last threshold


def turn(page: Page, title: str, last: str) -> Page:
    """Follow a link of the navigation and wait until the page stands."""
    expand = page.get_by_test_id("stExpandSidebarButton")
    narrow = expand.count() > 0
    if narrow:
        expand.click()
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_text(last).first).to_be_attached()
    if narrow:
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    settle(page)
    return page


def settle(page: Page) -> None:
    """Wait until the script rests and nothing moves any more."""
    expect(page.locator(IDLE)).to_be_visible()
    stage, last = page.locator(".lens .stage"), None
    while (place := stage.bounding_box()) != last:
        last = place
        page.wait_for_timeout(200)


def open_page(page: Page, path: str = DATA) -> Page:
    page.goto(path)
    expect(page.locator(".card").first).to_be_visible()
    return turn(page, "Thresholds", "> or ≥")


def at(page: Page, share: float) -> tuple[float, float]:
    """A place in the lens, as a share of the way from its lowest to its highest threshold."""
    box = page.locator(".lens .stage").bounding_box()
    return box["x"] + EDGE + (box["width"] - 2 * EDGE) * share, box["y"] + 60


def sample() -> tuple[np.ndarray, np.ndarray]:
    """The generated scores and labels, in the settings of the page's controls."""
    made = generate(GeneratorSettings())
    return made.y_pred.ravel(), made.y_true.ravel() == 1


def counts_at(threshold: float) -> Counts:
    """What numpy counts in the generated data."""
    scores, positive = sample()
    decided = scores > np.float32(threshold)
    sides = (decided & positive, decided & ~positive, ~decided & ~positive, ~decided & positive)
    return Counts(*(int(np.count_nonzero(side)) for side in sides))


def cut(page: Page) -> float:
    """Where the lens says that it stands."""
    slider = page.get_by_role("slider", name="Threshold", exact=True)
    return float(slider.get_attribute("aria-valuenow"))


def assert_browser_follows(page: Page) -> float:
    """Matrix, figures, the ROC curve's numbers and the strip are numpy's at the lens's cut."""
    threshold = cut(page)
    counts = counts_at(threshold)
    four = counts.true_positives, counts.false_negatives, counts.false_positives
    wanted = [f"{count:,}" for count in (*four, counts.true_negatives)]
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
    """Sentence and number are those of the threshold, and the lens stands there."""
    sentence = page.locator(".st-key-headline").get_by_text("The best that any threshold gives")
    expect(sentence).to_have_text(headline(page, threshold))
    typed = page.get_by_role("spinbutton", name="Threshold", exact=True)
    expect(typed).to_have_value(f"{threshold:.6g}")
    settle(page)
    assert assert_browser_follows(page) == threshold


def test_a_drag_moves_all_figures_at_once_and_the_server_follows_when_it_ends(page):
    open_page(page)
    entries, before = page.evaluate("history.length"), page.url
    sentence = page.locator(".st-key-headline").inner_text()
    page.mouse.move(*at(page, 0.5))
    page.mouse.down()
    seen = []
    for share in (0.55, 0.8, 0.96, 0.1, 0.4):
        page.mouse.move(*at(page, share), steps=4)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        seen.append(assert_browser_follows(page))
    assert len(set(seen)) == 5
    assert seen[:3] == sorted(seen[:3])
    assert page.url == before
    assert page.locator(".st-key-headline").inner_text() == sentence
    page.mouse.up()
    assert_server_follows(page, seen[-1])
    assert page.evaluate("history.length") == entries


def test_keys_move_the_cut_and_the_server_follows_when_they_rest(page):
    open_page(page)
    entries = page.evaluate("history.length")
    page.get_by_role("slider", name="Threshold", exact=True).focus()
    for key in ("ArrowRight", "PageUp", "PageUp", "ArrowLeft"):
        page.keyboard.press(key)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    stops = np.unique(np.append(sample()[0], np.float32(0.5)))
    place = int(np.searchsorted(stops, np.float32(0.5)))
    threshold = assert_browser_follows(page)
    assert np.searchsorted(stops, np.float32(threshold)) - place == pytest.approx(20, abs=1)
    assert_server_follows(page, threshold)
    assert page.evaluate("history.length") == entries


def test_a_typed_threshold_moves_the_lens(page):
    open_page(page)
    page.get_by_role("spinbutton", name="Threshold", exact=True).fill("0.25")
    page.keyboard.press("Enter")
    assert_server_follows(page, 0.25)


def test_a_row_of_the_best_thresholds_moves_the_cut_there(page):
    open_page(page)
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    settle(page)
    box = table.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 * 3 + 17)
    slider = page.get_by_role("slider", name="Threshold", exact=True)
    expect(slider).not_to_have_attribute("aria-valuenow", "0.5")
    settle(page)
    threshold = cut(page)
    stops = np.append(0.0, sample()[0])
    assert counts_at(threshold).recall == max(counts_at(stop).recall for stop in stops) == 1
    assert_server_follows(page, threshold)


def test_a_click_on_the_roc_curve_chooses_its_cut(page):
    open_page(page)
    stage = page.locator(".plot .stage").first
    stage.scroll_into_view_if_needed()
    settle(page)
    box = stage.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.25)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    pointed = assert_browser_follows(page)
    assert pointed != 0.5
    page.mouse.down()
    page.mouse.up()
    assert_server_follows(page, pointed)


def test_the_cut_goes_along_to_another_page_back_and_with_the_address(page, new_page):
    open_page(page)
    page.mouse.click(*at(page, 0.3))
    threshold = cut(page)
    assert_server_follows(page, threshold)
    address = "/?" + urlsplit(page.url).query
    turn(page, "Metrics", "All metrics as JSON")
    assert cut(page) == threshold
    accuracy = page.locator(".card[data-name=binary_accuracy] .value")
    expect(accuracy).to_have_text(f"{float(counts_at(threshold).accuracy):.4f}")
    turn(page, "Thresholds", "> or ≥")
    assert_server_follows(page, threshold)
    assert_server_says(open_page(new_page(), address), threshold)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_on_a_phone(new_page, scheme):
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    open_page(page)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    for cell in page.locator(".lens .cell, .lens .figure, .plot, .key, .strip .step").all():
        assert cell.evaluate("node => node.scrollWidth - node.clientWidth") <= 1

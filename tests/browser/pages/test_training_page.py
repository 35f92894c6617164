"""The Training page in a real browser: two models that really train, and what becomes of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import (
    ELEMENT_WISE,
    assert_nothing_is_cut_off,
    eventually,
    open_metrics,
    turn,
    value,
)

pytestmark = pytest.mark.long

COLD = 300_000  # milliseconds until TensorFlow is there, on a machine that does other things too


def turn_to_training(page: Page) -> None:
    open_metrics(page)
    train = page.get_by_role("button", name="Train", exact=True)
    turn(page, "Training", train)
    expect(train).to_be_enabled()


def set_epochs(page: Page, epochs: int) -> None:
    page.get_by_text("Settings", exact=True).click()
    page.get_by_label("Epochs", exact=True).fill(str(epochs))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"run_epochs={epochs}"))


def title(page: Page, epoch: int) -> Locator:
    return page.get_by_text(f"Ten sigmoid units, binary cross-entropy, epoch {epoch}", exact=True)


def metric(page: Page, position: int) -> str:
    return page.get_by_test_id("stMetricValue").nth(position).inner_text()


@pytest.mark.keras
def test_the_outputs_of_a_run_open_elsewhere(page, server):
    pytest.importorskip("keras")
    turn_to_training(page)
    page.evaluate("window.staysTheSame = true")
    ours = page.get_by_test_id("stMain")  # Streamlit has a button to stop a script, above it
    train, stop = (ours.get_by_role("button", name=name, exact=True) for name in ("Train", "Stop"))
    set_epochs(page, 2)
    expect(stop).to_be_disabled()
    train.click()
    expect(page.get_by_text(re.compile("^Done: 2 epochs"))).to_have_count(2, timeout=COLD)
    expect(stop).to_be_disabled()
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    title(page, 0).wait_for()
    slider.press("ArrowRight")
    title(page, 1).wait_for()

    def parted() -> str:
        assert float(metric(page, 0)) == pytest.approx(0.9, abs=0.005)
        assert float(metric(page, 1)) < 0.2
        return metric(page, 1)

    categorical = eventually(page, parted)
    named = page.get_by_text(f"Doctor (serious): {ELEMENT_WISE}")
    named.first.wait_for()
    assert "tensorflow" not in Path(f"/proc/{server.pid}/maps").read_text()
    page.get_by_role("button", name="Open in Metrics").first.click()
    expect(value(page, "categorical_accuracy")).to_have_text(categorical)
    assert "data=training" in page.url
    page.get_by_role("link", name="Back to the run").click()
    title(page, 1).wait_for()
    assert page.evaluate("window.staysTheSame")
    page.get_by_role("button", name="Open in Metrics").first.click()
    expect(value(page, "categorical_accuracy")).to_have_text(categorical)
    expect(page).to_have_url(re.compile(r"/\?data=training&trained=ten-sigmoids%2F1%2F1"))
    page.reload()
    page.get_by_text("No outputs of this training run").wait_for()
    expect(page.get_by_role("button", name="Train it again")).to_be_enabled()


@pytest.mark.keras
def test_a_long_run_goes_on_elsewhere_and_is_stopped_on_a_phone(phone_page):
    pytest.importorskip("keras")
    page = phone_page
    turn_to_training(page)
    set_epochs(page, 200)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text(re.compile("^Epoch [1-9]")).first).to_be_visible(timeout=COLD)
    turn(page, "Doctor", page.get_by_role("button", name="Mute").first)
    page.get_by_text("A training run goes on.").wait_for()
    page.get_by_role("link", name="Back to the run").click()
    page.get_by_test_id("stMain").get_by_role("button", name="Stop", exact=True).click()
    page.get_by_text("You stopped this run.").first.wait_for()
    assert_nothing_is_cut_off(page)


def test_experiments_have_titles_in_the_list_and_names_in_the_address(page):
    turn_to_training(page)
    page.get_by_role("combobox", name="Experiment").click()
    page.get_by_role("option", name="One class is rare").click()
    asked = page.get_by_text("Is 0.91 a good accuracy?", exact=True)
    asked.wait_for()
    expect(page).to_have_url(re.compile(r"/training\?experiment=rare-class$"))
    page.reload()
    asked.wait_for()
    expect(page.get_by_role("combobox", name="Experiment")).to_have_value("One class is rare")
    page.get_by_text("The Training page has data of its own.").wait_for()
    expect(page.get_by_role("combobox", name="Scenario")).to_have_count(0)

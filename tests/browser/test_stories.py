"""What brings people here, with no more than three clicks to the answer."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Page, expect

from metrics_core.scenarios import scenario
from tests.browser.screen import idle, open_metrics


class Clicks:
    """Counts the clicks of a visitor."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.count += 1
        idle(self.page)


def asked(page: Page) -> None:
    """Type what was printed, and what was computed by argmax."""
    page.get_by_label("Number that was printed").fill("0.90")
    page.keyboard.press("Enter")
    page.get_by_label("Number you computed yourself").fill("0.10")
    page.keyboard.press("Enter")


def told(page: Page) -> None:
    text = "0.90 is Binary accuracy, 0.10 is Categorical accuracy"
    expect(page.get_by_text(text, exact=False).first).to_be_visible()
    decided = "They differ in the decision step: > 0.5 against highest output"
    expect(page.get_by_text(decided, exact=False).first).to_be_visible()


def test_evaluate_says_90_and_argmax_10_with_own_outputs(page, tmp_path):
    data = scenario("ten-sigmoid-units").predictions()
    np.savez(tmp_path / "outputs.npz", y_true=data.y_true, y_pred=data.y_pred)
    page.goto("/explain_a_number")
    idle(page)
    clicks = Clicks(page)
    clicks.on("button", "Load your own outputs")
    page.set_input_files("input[type=file]", tmp_path / "outputs.npz")
    clicks.on("button", "Use these columns")
    expect(page.get_by_text("outputs.npz").first).to_be_visible()
    asked(page)
    told(page)
    assert clicks.count <= 3


def test_evaluate_says_90_and_argmax_10_with_the_example(page):
    open_metrics(page)
    clicks = Clicks(page)
    clicks.on("link", "Explain a number")
    clicks.on("combobox", "Scenario")
    clicks.on("option", "Ten sigmoid units")
    asked(page)
    told(page)
    assert clicks.count <= 3

"""What brings people here, with no more than three clicks to the answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from playwright.sync_api import Page

from metrics_core.scenarios import scenario
from tests.browser.screen import idle, open_metrics

pytestmark = pytest.mark.long


class Clicks:
    """Counts the clicks of a visitor."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.count += 1
        idle(self.page)


@dataclass(frozen=True)
class Story:
    """The outputs, what was printed, what was computed by hand, and what the page says of it."""

    scenario: str
    printed: str
    own: str
    told: tuple[str, ...]

    def show(self, page: Page) -> None:
        """Type the numbers, and read the headline."""
        for label, number in (
            ("Number that was printed", self.printed),
            ("Number you computed yourself", self.own),
        ):
            page.get_by_role("textbox", name=label, exact=True).fill(number)
            page.keyboard.press("Enter")
        for sentence in self.told:
            page.get_by_text(sentence, exact=False).first.wait_for()


TEN_UNITS = Story(
    "ten-sigmoid-units", "0.90", "0.10",
    ("0.90 is Binary accuracy, 0.10 is Categorical accuracy",
     "They differ in the decision step: > 0.5 against highest output"),
)  # fmt: skip
WITHOUT_SIGMOID = Story(
    "no-activation", "0.6771", "0.7396",
    ("0.6771 is Binary accuracy by rounding, 0.7396 is Binary accuracy",
     "They differ in the decision step: round, halves to even against > 0.5"),
)  # fmt: skip
WITH_SIGMOID = Story("with-sigmoid", "0.5729", "", ("0.5729 is Binary accuracy: very likely",))
"""Ten points less than by rounding without the sigmoid."""


@pytest.mark.parametrize("story", [TEN_UNITS, WITHOUT_SIGMOID, WITH_SIGMOID])
def test_a_story_is_told_of_own_outputs(page, tmp_path, story):
    data = scenario(story.scenario).predictions()
    np.savez(tmp_path / "outputs.npz", y_true=data.y_true, y_pred=data.y_pred)
    page.goto("/explain_a_number")
    idle(page)
    clicks = Clicks(page)
    clicks.on("button", "Load your own outputs")
    page.set_input_files("input[type=file]", tmp_path / "outputs.npz")
    clicks.on("button", "Use these columns")
    page.get_by_text("outputs.npz").first.wait_for()
    story.show(page)
    assert clicks.count <= 3


def test_evaluate_says_90_and_argmax_10_with_the_example(page):
    open_metrics(page)
    clicks = Clicks(page)
    clicks.on("link", "Explain a number")
    clicks.on("combobox", "Scenario")
    clicks.on("option", "Ten sigmoid units")
    TEN_UNITS.show(page)
    assert clicks.count <= 3


def test_accuracy_falls_by_ten_points_with_a_sigmoid_with_the_example(page):
    open_metrics(page)
    clicks = Clicks(page)
    clicks.on("link", "Explain a number")
    WITHOUT_SIGMOID.show(page)
    clicks.on("combobox", "Scenario")
    clicks.on("option", "96 outputs with a sigmoid")
    WITH_SIGMOID.show(page)
    assert clicks.count <= 3

"""A lesson in the browser: predicted, locked, revealed, left, taken up again, and finished."""

from __future__ import annotations

from playwright.sync_api import Page

from metrics_core.lessons.checks import fresh
from metrics_core.lessons.parts.lesson import Check
from metrics_core.lessons.parts.values import number
from metrics_core.lessons.rows import lesson
from metrics_core.lessons.workings import Workings
from tests.browser.screen import idle, still, threshold_field

LESSON = "six-probabilities"
ROW, TICK = 35, 22  # pixels: the height of a row of a table, and where its tick is


def press(page: Page, key: str) -> None:
    """Press a button of the lesson by its key at rest, and let the page come to rest again."""
    idle(page)  # a button that is drawn anew between press and release is not pressed
    page.locator(f".st-key-{key} button").click()
    idle(page)


def type_in(page: Page, answer: str) -> None:
    """Answer a question that asks for a number, and lock it in."""
    field = page.get_by_role("textbox", name="Your prediction")
    field.fill(answer)
    field.press("Enter")
    idle(page)
    press(page, "lesson_lock")


def test_a_lesson_is_taken_left_and_finished_by_another_visit(page: Page) -> None:
    page.goto(f"/lessons?lesson={LESSON}")
    page.get_by_text("Step 1 of 9: read").wait_for()
    press(page, "lesson_next")
    page.get_by_text("Step 2 of 9").wait_for()  # the step before has a table, too
    idle(page)
    table = page.locator(".st-key-lesson_step .stDataFrameGlideDataEditor").first
    table.locator("[role=gridcell]").first.wait_for(state="attached")  # it is drawn
    still(table)
    table.click(position={"x": TICK, "y": ROW * 3 + ROW // 2})
    page.get_by_text("Marked: row 2").wait_for()
    press(page, "lesson_lock")
    page.get_by_text("✓ Right.").wait_for()
    press(page, "lesson_next")
    type_in(page, "2/3")
    page.get_by_text("✗ Not right.").wait_for()
    page.get_by_text("Your number is called precision.").wait_for()

    page.goto("/lessons")  # the address knows nothing of it; the browser does
    row = page.locator(f".st-key-lesson_row_{LESSON}")
    row.get_by_text("Step 5 of 9").wait_for()
    press(page, f"lesson_open_{LESSON}")
    page.get_by_text("Your prediction: 2/3").wait_for()

    press(page, "lesson_next")
    page.get_by_text("Balanced accuracy: the mean of the accuracies").click()
    idle(page)
    press(page, "lesson_lock")
    page.get_by_text("✓ Right.").wait_for()
    press(page, "lesson_next")
    page.get_by_text("○ right: 5; wanted: 6").wait_for()
    threshold_field(page).fill("0.65")
    threshold_field(page).press("Enter")
    page.get_by_text("✓ Reached.").wait_for()
    press(page, "lesson_next")
    page.get_by_text("other data, drawn from seed").wait_for()
    workings = Workings(lesson(LESSON))
    check = workings.lesson.steps[-1]
    assert isinstance(check, Check)
    there, _ = fresh(workings, check, 1)
    question = there.lesson.questions[check.of]
    type_in(page, f"{number(question.truth, there):.2f}")  # type: ignore[union-attr]
    page.get_by_text("✓ Right.").wait_for()
    press(page, "lesson_next")
    page.get_by_text("Accuracy is a count divided by a count").wait_for()
    press(page, "lesson_all")
    row.get_by_text("✓ Finished").wait_for()

"""The Compare page in a real browser: the threshold is dragged under a lens of A or of B."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Page, expect

from accuracy_lens.view.control_table.table import View
from metrics_core.generate import GeneratorSettings, generate
from tests.browser.screen import LEFT, frame, idle, in_the_middle, parameter

PATH = "/compare?data=generate&n=400"
SIDES = {"A": GeneratorSettings.separability, "B": View.b_separability.default}


def drag(page: Page, side: int, share: float) -> None:
    """Take the handle of a lens and hold it at a share of the way."""
    box = in_the_middle(page.locator(".lens .stage").nth(side))
    page.mouse.move(box["x"] + LEFT + 20, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + LEFT + (box["width"] - LEFT) * share, box["y"] + 60, steps=6)
    frame(page)


def assert_exact(page: Page, side: str) -> float:
    """The counts of a lens are numpy's at the threshold that it names, which is given."""
    place = list(SIDES).index(side)
    threshold = float(page.locator(".lens .handle").nth(place).get_attribute("aria-valuenow") or "")
    data = generate(GeneratorSettings(n_samples=400, separability=SIDES[side]))
    positive, predicted = data.y_true == 1, data.outputs > np.float32(threshold)
    cells = [(~positive & ~predicted), (~positive & predicted), (positive & ~predicted)]
    wanted = [str(np.count_nonzero(cell)) for cell in (*cells, positive & predicted)]
    assert page.locator(".lens").nth(place).locator(".amount").all_inner_texts() == wanted
    return threshold


def test_one_threshold_is_dragged_under_either_lens_or_one_each(page):
    page.goto(PATH)
    page.get_by_text("One sample in A and in B").wait_for()
    idle(page)
    drag(page, 0, 0.3)
    both = [assert_exact(page, side) for side in SIDES]
    assert both[0] == both[1] != 0.5
    assert "threshold=" not in page.url
    page.mouse.up()
    field = page.get_by_role("spinbutton", name="Threshold", exact=True)
    expect(field).to_have_value(f"{both[0]:.6g}")
    expect(page).to_have_url(parameter("threshold", repr(both[0])))
    idle(page)
    page.get_by_text("B has settings of its own").click()
    field_of_b = page.get_by_role("spinbutton", name="Threshold of B")
    expect(field_of_b).to_have_value("0.5")
    idle(page)
    drag(page, 1, 0.7)
    of_b = assert_exact(page, "B")
    shown = [page.locator(".strip .choice").nth(place).inner_text() for place in (2, 7)]
    assert shown == [f"> {both[0]:g}", f"> {of_b:.6g}"]
    page.mouse.up()
    expect(field_of_b).to_have_value(f"{of_b:.6g}")
    expect(page).to_have_url(parameter("b_threshold", repr(of_b)))
    assert assert_exact(page, "A") == both[0] != of_b
    expect(field).to_have_value(f"{both[0]:.6g}")

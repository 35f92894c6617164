"""A data set that the operator named, in a real browser: read, dragged over, and left."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from playwright.sync_api import expect

from metrics_core.datasets.places.named import SOURCES
from metrics_core.sweep import Sweep
from tests.browser.conftest import DESK, serving
from tests.browser.screen import handle, idle, in_the_middle, on_the_lens, value

pytestmark = pytest.mark.long
ROWS = 40_000


@pytest.fixture
def sweep(tmp_path, monkeypatch):
    """The sweep of all rows of a data set of four files that the server is told of."""
    random = np.random.default_rng(4)
    scores = random.random(ROWS, np.float32)
    labels = random.random(ROWS) < scores
    folder = tmp_path / "data" / "churn"
    folder.mkdir(parents=True)
    for part, rows in enumerate(np.split(np.arange(ROWS), 4)):
        table = pa.table({"label": labels[rows].astype(np.int8), "score": scores[rows]})
        pq.write_table(table, folder / f"part-{part}.parquet")
    monkeypatch.setenv(SOURCES, str(folder.parent))
    return Sweep.of(scores, labels)


def test_a_data_set_is_read_and_its_threshold_dragged(browser, sweep, tmp_path):
    with serving("accuracy_lens.serve.server", tmp_path) as server:
        context = browser.new_context(base_url=server.url, viewport=DESK, reduced_motion="reduce")
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("radio", name="Data set").click()
        page.get_by_text("4 files are to be read, of these columns only.").wait_for()
        page.get_by_role("button", name="Read").click()
        expect(value(page, "binary_accuracy")).to_have_text(f"{sweep.at(0.5).accuracy:.4f}")
        page.get_by_text(f"Rows read: {ROWS:,}. Files: 4.").wait_for()

        page.get_by_role("link", name="Thresholds", exact=True).click()
        idle(page)
        in_the_middle(page.locator(".lens .stage"))
        x, y = on_the_lens(page, 0.5)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(on_the_lens(page, 0.25)[0], y, steps=5)
        page.mouse.up()
        page.wait_for_url(re.compile("threshold=0"))
        idle(page)
        threshold = float(handle(page).get_attribute("aria-valuenow") or "")
        assert threshold != 0.5
        accuracy = sweep.at(float(np.float32(threshold))).accuracy
        page.get_by_text(f"Accuracy {accuracy:.4f}", exact=False).first.wait_for()

        page.get_by_role("link", name="Compare", exact=True).click()
        page.get_by_text("never held", exact=False).wait_for()
        expect(page.get_by_text("Something went wrong")).to_have_count(0)
        context.close()

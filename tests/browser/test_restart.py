"""The server is started again under a visitor."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port, serving

MODULE = "accuracy_lens.serve.server"


@pytest.mark.long
def test_a_visitor_is_told_at_once_that_the_file_is_gone_with_the_server(browser, tmp_path):
    port = free_port()
    page = browser.new_page()
    try:
        with serving(MODULE, tmp_path, port) as server:
            page.goto(f"{server.url}/?data=upload")
            page.locator("input[type=file]").first.set_input_files(
                {"name": "mine.csv", "mimeType": "", "buffer": b"y_true,y_pred\n1,0.7\n0,0.2\n"}
            )
            page.get_by_role("button", name="Use these columns").click()
            page.locator(".card").first.wait_for()
        with serving(MODULE, tmp_path, port):
            told = page.get_by_text("This link is of the view on mine.csv (2 rows)")
            expect(told).to_be_visible(timeout=30_000)
    finally:
        page.close()

"""The server is started again under a visitor; of several servers, another takes the visitor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from accuracy_lens.serve.several import proxy
from tests.browser.conftest import ROOT, free_port, serving

MODULE = "accuracy_lens.serve.server"


def drop_a_file(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(
        {"name": "mine.csv", "mimeType": "", "buffer": b"y_true,y_pred\n1,0.7\n0,0.2\n"}
    )
    page.get_by_role("button", name="Use these columns").click()
    page.locator(".card").first.wait_for()


@pytest.mark.long
def test_a_visitor_is_told_at_once_that_the_file_is_gone_with_the_server(browser, tmp_path):
    port = free_port()
    page = browser.new_page()
    try:
        with serving(MODULE, tmp_path, port) as server:
            page.goto(f"{server.url}/?data=upload")
            drop_a_file(page)
        with serving(MODULE, tmp_path, port):
            told = page.get_by_text("This link is of the view on mine.csv (2 rows)")
            expect(told).to_be_visible(timeout=30_000)
    finally:
        page.close()


@pytest.mark.long
@pytest.mark.skipif(proxy.found() is None, reason="no nginx: several servers are not tested")
def test_a_visitor_of_a_server_that_is_killed_is_told_on_another_and_goes_on(browser, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "accuracy_lens", "serve", "--workers=2", f"--port={port}"]
    environment = os.environ | {"ACCURACY_LENS_STORE": str(tmp_path)}
    page = browser.new_page()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as servers:
        try:
            assert "ready" in servers.stdout.readline()
            page.goto(f"http://127.0.0.1:{port}/?data=upload")
            drop_a_file(page)
            number = server_of(page)
            asked = ["pgrep", "-f", rf"port {port} .*/{number}\.sock"]
            process = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
            os.kill(int(process), signal.SIGKILL)
            told = page.get_by_text("This link is of the view on mine.csv (2 rows)")
            expect(told).to_be_visible(timeout=30_000)
            assert server_of(page) != number
            drop_a_file(page)
        finally:
            page.close()
            servers.terminate()


def server_of(page: Page) -> str:
    return next(c["value"] for c in page.context.cookies() if c["name"] == proxy.COOKIE)

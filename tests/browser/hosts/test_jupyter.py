"""A notebook in a real Jupyter server, which is installed into an environment of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT
from tests.browser.screen import threshold_field

pytestmark = pytest.mark.long
WANTED = ("notebook>=7,<8", "ipykernel>=6,<8")
LAUNCH = """import accuracy_lens
lens = accuracy_lens.launch([0, 1] * 50, [0.2, 0.7, 0.4, 0.6] * 25, height=820)"""
READ = 'print("the threshold is", lens.settings.threshold)'


def skipped_loudly(why: str) -> None:
    warnings.warn(f"NOT TESTED in a Jupyter server: {why}", stacklevel=2)
    pytest.skip(why)


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory) -> Path:
    """The folder of programs of an environment that has Jupyter and nothing of this project."""
    folder = tmp_path_factory.mktemp("jupyter")
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    command = [str(programs / "python"), "-m", "pip", "install", "--quiet", *WANTED]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except subprocess.TimeoutExpired:
        skipped_loudly("pip took more than ten minutes")
    if run.returncode:
        skipped_loudly(f"pip could not install it: {run.stderr.strip()[-300:]}")
    return programs


@pytest.fixture
def notebook(jupyter: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a notebook in a server; its kernel finds this project as an installed one."""
    kernel = tmp_path / "share/kernels/lens"
    kernel.mkdir(parents=True)
    program = {
        "argv": [str(jupyter / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Lens",
        "language": "python",
        "env": {"PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_paths()["purelib"]])},
    }
    (kernel / "kernel.json").write_text(json.dumps(program))
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    content = {
        "cells": [
            {**cell, "id": f"cell-{n}", "source": text} for n, text in enumerate((LAUNCH, READ))
        ],
        "metadata": {"kernelspec": {"name": "lens", "display_name": "Lens"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "try.ipynb").write_text(json.dumps(content))
    log = tmp_path / "jupyter.log"
    command = [
        str(jupyter / "jupyter"), "notebook", "--no-browser", "--allow-root",
        "--ServerApp.port=0", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    environment = {
        "PATH": f"{jupyter}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "JUPYTER_PATH": str(tmp_path / "share"),
    }
    with (
        log.open("w") as out,
        subprocess.Popen(command, env=environment, stdout=out, stderr=out) as server,
    ):
        try:
            url, token = _started(log, server)
            yield f"{url}/notebooks/try.ipynb?token={token}"
            request = urllib.request.Request(
                f"{url}/api/shutdown", method="POST", headers={"Authorization": f"token {token}"}
            )
            with contextlib.suppress(OSError):
                urllib.request.urlopen(request, timeout=10).close()
        finally:
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.terminate()


def _started(log: Path, server: subprocess.Popen[bytes]) -> tuple[str, str]:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", log.read_text())
        if found:
            return found[1], found[2]
        time.sleep(0.2)
    pytest.fail(f"Jupyter did not start:\n{log.read_text()[-2000:]}")


@pytest.mark.skipif(sys.platform == "win32", reason="an environment's programs lie elsewhere")
def test_a_cell_shows_the_pages_and_the_next_reads_what_they_are_set_to(
    browser: Browser, notebook: str
):
    page = browser.new_page(viewport={"width": 1440, "height": 1300})
    page.set_default_timeout(90_000)
    page.goto(notebook)
    first = page.locator(".jp-CodeCell").first
    first.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    frame = first.frame_locator("iframe")
    expect(frame.get_by_text("100 samples").first).to_be_visible(timeout=90_000)
    field = threshold_field(frame)
    field.fill("0.65")
    field.press("Enter")
    expect(frame.get_by_text("above 0.65").first).to_be_visible()
    second = page.locator(".jp-CodeCell").nth(1)
    second.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(second.locator(".jp-OutputArea")).to_contain_text("the threshold is 0.65")
    page.close()

"""Find a Chromium to drive; run as a module, install one where there is none.

``ACCURACY_LENS_CHROMIUM`` names the program; else the usual names on PATH count, then Playwright's
own copy. ``python -m tests.browser.chromium`` asks Playwright and then apt-get to install one, and
never fails: without a browser the tests that need one say so at the end of the run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

NAMED = "ACCURACY_LENS_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = f"no Chromium: set {NAMED}, or install chromium"


def find() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    named = os.environ.get(NAMED)
    if named:
        return named if _starts(named) else None
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in [*found, own] if path and _starts(path)), None)


def install() -> None:
    """Try the ways to get a Chromium, in turn, until one starts."""
    apt = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        ways += [["apt-get", "update"], apt]
    for command in ways:
        print("No Chromium yet; trying:", " ".join(command), flush=True)
        try:
            subprocess.run(command, timeout=300, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(error, flush=True)
        if find():
            return


def _starts(path: str) -> bool:
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


if __name__ == "__main__":
    if not find() and not os.environ.get(NAMED):
        install()
    print("Browser tests:", find() or f"skipped, {MISSING}")

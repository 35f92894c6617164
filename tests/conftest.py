"""What all tests share: one process for TensorFlow, and no silence about what did not run."""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what needs TensorFlow in one process: it takes seconds and memory to load."""
    for item in items:
        if item.get_closest_marker("keras"):
            item.add_marker(pytest.mark.xdist_group("keras"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End the run with a banner if the browser tests could not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    without_browser = [report for report in skipped if "no Chromium" in str(report.longrepr)]
    if without_browser:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(without_browser)} tests: {without_browser[0].longrepr[-1]}")

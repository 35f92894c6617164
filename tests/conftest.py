"""What all tests share: no silence about what did not run."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End the run with a banner if the browser tests could not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    without_browser = [report for report in skipped if "no Chromium" in str(report.longrepr)]
    if without_browser:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(without_browser)} tests: {without_browser[0].longrepr[-1]}")

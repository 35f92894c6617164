"""What all tests share: who runs what, and no silence about what did not run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

# Read when TensorFlow is first imported. With oneDNN, which it takes on some processors, softmax
# gives other last bits, and a NaN spoils its own output alone.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

ROOT = Path(__file__).parents[1]
LONG_FIRST = (
    "keras", "browser", "tests/accuracy_lens/jobs/", "tests/app/", "tests/core/reverse/",
    "tests/accuracy_lens/",
)  # fmt: skip


@cache
def group_of(file: str) -> str:
    """The tests that one process runs, by their file.

    One process imports TensorFlow, two have a server and a Chromium each, one searches the told
    stories; else a file stays together.
    """
    if file.startswith("tests/browser/"):
        return "browser pages" if file.startswith("tests/browser/pages/") else "browser"
    path = ROOT / file
    if not file.startswith("tests/") or path == Path(__file__):
        return file
    text = path.read_text(encoding="utf-8")
    if "mark.keras" in text:
        return "keras"
    return "tests/core/reverse/stories/told" if "reverse.stories.told" in text else file


def order_of(group: str) -> int:
    """What takes long comes first, so that no process is left alone with it at the end."""
    ranks = (rank for rank, start in enumerate(LONG_FIRST) if group.startswith(start))
    return next(ranks, len(LONG_FIRST))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests for several processes."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: order_of(group_of(item.nodeid.partition("::")[0])))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out groups where files are asked for."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Groups(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(super()._split_scope(nodeid))

    config.option.loadscopereorder = False
    return Groups(config, log)


@pytest.fixture(scope="session", autouse=True)
def streamlit_does_no_more_than_it_must() -> Iterator[None]:
    """Spare every visit under test what Streamlit does anew for each.

    Where a process has Keras it is cleared after every run (0.7 seconds). A visit looks a thousand
    times a second whether its script has ended, which takes the script an eighth of its time.
    """
    with pytest.MonkeyPatch.context() as patch:
        if runner := sys.modules.get("streamlit.runtime.scriptrunner.script_runner"):
            patch.setattr(runner, "_clean_problem_modules", lambda: None, raising=False)
        if visit := sys.modules.get("streamlit.testing.v1.local_script_runner"):
            look = visit.require_widgets_deltas

            def wait(runner: Any, timeout: float) -> None:
                runner._script_thread.join(timeout)
                look(runner, min(timeout, 1))

            patch.setattr(visit, "require_widgets_deltas", wait)
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases of real questions hold, and whether the browser tests could not run."""
    held, failed = (
        sum(
            "::test_case_of_a_question[" in each.nodeid for each in terminalreporter.getreports(how)
        )
        for how in ("passed", "failed")
    )
    if held + failed:
        terminalreporter.line(f"Cases of real questions: {held} of {held + failed} hold")
    skipped = terminalreporter.stats.get("skipped", [])
    without_proxy = sum("no nginx" in str(report.longrepr) for report in skipped)
    if without_proxy:
        terminalreporter.section("SEVERAL SERVERS WERE NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{without_proxy} tests: no nginx; install it (apt install nginx)")
    without_browser = [report for report in skipped if "no Chromium" in str(report.longrepr)]
    if without_browser:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(without_browser)} tests: {without_browser[0].longrepr[-1]}")

"""The page's script alone, run in this process by Streamlit's AppTest: no socket, no browser."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks import samples
from benchmarks.process import ROOT
from benchmarks.report import Measure

MOVES = 15
_ALARM = "streamlit.runtime.scriptrunner_utils.script_run_context"  # there is no server here


def measure() -> Iterator[Measure]:
    """Threshold moves on a million rows."""
    logging.getLogger(_ALARM).disabled = True
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["data"] = "upload"
    app.run()
    with tempfile.TemporaryDirectory() as folder:
        path = samples.binary_file(Path(folder)).path
        app.file_uploader[0].set_value((path.name, path.read_bytes(), "application/octet-stream"))
    app.run()
    app.button(key="use").click()
    app.run()
    taken = []
    for move in range(1, MOVES + 1):
        app.number_input(key="threshold").set_value(0.5 + 0.01 * move)
        start = time.perf_counter()
        app.run()
        taken.append(1000 * (time.perf_counter() - start))
    if app.exception or app.error:
        raise RuntimeError(f"the page did not run: {[*app.exception, *app.error]}")
    yield Measure("threshold: script in this process (AppTest)", taken, "ms")

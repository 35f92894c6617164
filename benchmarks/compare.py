"""The Compare page on a million rows, run in this process by Streamlit's AppTest."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator

import numpy as np
from streamlit.testing.v1 import AppTest

from benchmarks import samples
from benchmarks.process import ROOT
from benchmarks.report import Measure

MOVES, TURNS = 10, 3
_ALARM = "streamlit.runtime.scriptrunner_utils.script_run_context"  # there is no server here
_PAGES = ("pages/explore/compare.py", "pages/explore/thresholds.py")


def measure() -> Iterator[Measure]:
    """Turning to the page, and threshold moves beside those of Thresholds."""
    logging.getLogger(_ALARM).disabled = True
    turned = [_turn(_opened(seed), _PAGES[0]) for seed in range(TURNS)]
    yield Measure("compare, 1,000,000 rows: turning to the page", turned, "s", 2)
    app = _opened(TURNS)
    moves = {}
    for page in _PAGES:
        _turn(app, page)
        moves[page] = [_move(app, 0.5 + 0.01 * move) for move in range(1, MOVES + 1)]
    compare, thresholds = moves.values()
    yield Measure("compare, 1,000,000 rows: threshold move", compare, "ms")
    yield Measure("thresholds, 1,000,000 rows: threshold move", thresholds, "ms")


def _opened(seed: int) -> AppTest:
    """A visit with a file of two groups of outputs in view."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 2, samples.ROWS)
    first, second = (
        1 / (1 + np.exp(-random.normal(1.5 * (2 * labels - 1), spread))) for spread in (1.5, 1.7)
    )
    file = io.BytesIO()
    np.savez(file, y_true=labels, prob_a=first.astype("f4"), prob_b=second.astype("f4"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["data"] = "upload"
    app.run()
    app.file_uploader[0].set_value(("two.npz", file.getvalue(), "application/octet-stream"))
    app.run()
    app.button(key="use").click()
    app.run()
    return app


def _turn(app: AppTest, page: str) -> float:
    app.switch_page(page)
    start = time.perf_counter()
    app.run()
    if app.exception or app.error:
        raise RuntimeError(f"the page did not run: {[*app.exception, *app.error]}")
    return time.perf_counter() - start


def _move(app: AppTest, threshold: float) -> float:
    app.number_input(key="threshold").set_value(threshold)
    start = time.perf_counter()
    app.run()
    return 1000 * (time.perf_counter() - start)

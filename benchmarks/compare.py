"""The Compare page on a million rows: turning to it in this process, moves at the real server."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator

import numpy as np
from streamlit.testing.v1 import AppTest

from benchmarks import samples
from benchmarks.process import ROOT, serve
from benchmarks.report import Measure
from benchmarks.visits.mover import Mover
from benchmarks.visits.moves import MILLION, taken

TURNS = 3
_ALARM = "streamlit.runtime.scriptrunner_utils.script_run_context"  # there is no server here


def measure() -> Iterator[Measure]:
    """Turning to the page, and threshold moves beside those of Thresholds."""
    logging.getLogger(_ALARM).disabled = True
    turned = [_turn(_opened(seed)) for seed in range(TURNS)]
    yield Measure("compare, 1,000,000 rows: turning to the page", turned, "s", 2)
    with serve("accuracy_lens.serve.server") as server:
        for page, bar in (("compare", 150), ("thresholds", None)):
            moves = taken(Mover(server, page, MILLION))
            cpu, answered = zip(*((move.cpu, 1000 * move.seconds) for move in moves), strict=True)
            yield Measure(f"{page}, 1,000,000 rows: threshold move", answered, "ms", bar)
            yield Measure(f"{page}, 1,000,000 rows: processor time of a move", cpu, "ms")


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


def _turn(app: AppTest) -> float:
    app.switch_page("pages/explore/compare.py")
    start = time.perf_counter()
    app.run()
    if app.exception or app.error:
        raise RuntimeError(f"the page did not run: {[*app.exception, *app.error]}")
    return time.perf_counter() - start

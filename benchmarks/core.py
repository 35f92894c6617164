"""The core alone, on arrays in memory: no page, no browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from benchmarks import samples, threads
from benchmarks.report import Measure
from metrics_core.catalog.rows import CATALOG, misfit
from metrics_core.catalog.variant import Variant
from metrics_core.doctor import examine
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

REPEATS = 7


def measure() -> Iterator[Measure]:
    """All variants, then a move of the threshold, for each kind of predictions; two threads."""
    for kind, data in samples.predictions().items():
        yield from _measure_kind(kind, data)
    yield from threads.measure()


def _measure_kind(kind: str, data: Predictions) -> Iterator[Measure]:
    shape = " x ".join(f"{side:,}" for side in data.y_pred.shape)
    rows = [row for row in CATALOG.values() if misfit(row, data.kind) is None]
    first = _repeat(lambda _: _run(data, rows, Steps(data), 0.5))
    yield Measure(f"core: {len(rows)} variants, {kind} {shape}", first, "ms")
    yield Measure(f"doctor: {kind} {shape}", _repeat(lambda _: examine(data)), "ms")
    moving = [row for row in rows if "threshold" in row.uses(data.kind)]
    if moving:
        shared = Steps(data)
        _run(data, rows, shared, 0.5)
        later = _repeat(lambda turn: _run(data, moving, shared, 0.505 + 0.005 * turn))
        yield Measure(f"core: threshold move, {len(moving)} variants, {kind} {shape}", later, "ms")


def _run(
    data: Predictions, rows: Iterable[Variant], steps: Steps, threshold: float
) -> list[Evaluation]:
    settings = Settings(threshold=threshold)
    return [evaluate(data, row.name, settings, steps=steps) for row in rows]


def _repeat(work: Callable[[int], object]) -> list[float]:
    taken = []
    for turn in range(REPEATS):
        start = time.perf_counter()
        work(turn)
        taken.append(1000 * (time.perf_counter() - start))
    return taken

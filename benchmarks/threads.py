"""One thread against two in the same run: the time that passes, and the memory of two."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks import samples
from benchmarks.peers.binary import loaded
from benchmarks.peers.contests import class_arrays
from benchmarks.peers.measures import COUNTS_MEBIBYTES, MEBIBYTE
from benchmarks.process import Server
from benchmarks.report import Measure
from metrics_core.counting.top_k import TopK
from metrics_core.evaluation import evaluate
from metrics_core.numeric.threads import each_block

LEAST = 1.7
"""So many times the time of two threads one has to take, at the least."""
_SECONDS = 3.0

Work = Callable[[int], object]


def measure() -> Iterator[Measure]:
    """Each task on arrays for which it pays; the lowest times are compared.

    Two sorts in the cache come first: what two cores give here, as others keep them busy.
    """
    parts = np.random.default_rng(1).random((2, 100_000))
    taken, times = _alternate(lambda n: each_block(np.sort, list(parts), n))
    yield Measure("two sorts: two threads, the machine", taken[2], "ms")
    yield Measure("two sorts: one thread", taken[1], "ms", times=times, limit=True)
    labels, outputs = samples.binary_arrays(samples.LARGE_ROWS)
    data = loaded(labels, outputs)
    yield from _measure(
        "accuracy, binary 1e7",
        lambda n: evaluate(data, "binary_accuracy", threads=n).result,
        kept=len(labels),
    )
    for rows, classes in ((1_000_000, 10), (100_000, 100), (100_000, 1000)):
        yield from _of_classes(rows, classes)


def _of_classes(rows: int, classes: int) -> Iterator[Measure]:
    labels, outputs = class_arrays(rows, classes)
    data = loaded(labels, outputs)
    shape = f"{rows:,} x {classes:,}"
    yield from _measure(
        f"argmax accuracy, {shape}",
        lambda n: evaluate(data, "sparse_categorical_accuracy", threads=n).result,
        kept=8 * rows,
    )
    yield from _measure(f"top k, {shape}", lambda n: TopK.of(labels, outputs, threads=n))


def _measure(what: str, work: Work, *, kept: int = 0) -> Iterator[Measure]:
    """`kept` are bytes of the answer."""
    peak = _peak(work) - kept
    taken, times = _alternate(work)
    yield Measure(f"{what}: two threads", taken[2], "ms")
    yield Measure(f"{what}: one thread", taken[1], "ms", LEAST, "times", times=times)
    memory = f"{what}: memory of two threads beyond the inputs"
    yield Measure(memory, [max(0, peak) / MEBIBYTE], "MiB", COUNTS_MEBIBYTES)


def _alternate(work: Work) -> tuple[dict[int, list[float]], float]:
    """Milliseconds with one and with two threads, and how many times as long one takes."""
    taken: dict[int, list[float]] = {1: [], 2: []}
    start = time.perf_counter()
    while len(taken[2]) < 5 or time.perf_counter() - start < _SECONDS:
        for n, times in taken.items():
            begun = time.perf_counter()
            work(n)
            times.append(1000 * (time.perf_counter() - begun))
    return taken, min(taken[1]) / min(taken[2])


def _peak(work: Work) -> int:
    """How far the resident memory rises with two threads, which have worked before."""
    work(2)
    here = Server("", os.getpid())
    ctypes.CDLL(None).malloc_trim(0)
    here.forget_peak()
    before = here.memory()
    work(2)
    return here.memory("VmHWM") - before

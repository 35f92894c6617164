"""Accuracy Lens beside other libraries: the same arrays, the same process, one thread."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.peers.contest import OURS
from benchmarks.peers.contests import SWEPT, Timed
from benchmarks.process import ROOT
from benchmarks.report import Measure

MEBIBYTE = 1 << 20
COUNTS_MEBIBYTES = 4
SWEEP_TIMES_INPUTS = 1.5
SWEPT_MICROSECONDS = 10
_ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "MKL_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "TF_NUM_INTRAOP_THREADS",
        "TF_NUM_INTEROP_THREADS",
    ),
    "1",
)
_QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}


def measure() -> Iterator[Measure]:
    """All tasks on all arrays, in a process of their own that may use one thread."""
    for line in _child():
        timed = Timed(**json.loads(line))
        if timed.task == SWEPT:
            bar = SWEPT_MICROSECONDS if timed.field == "binary 1e7" else None
            yield Measure(f"{timed.field}, {timed.task}", timed.taken, "us", bar)
        else:
            yield _time(timed)
            if timed.name.startswith(OURS):
                yield from _memory(timed)


def _time(timed: Timed) -> Measure:
    return Measure(
        f"{timed.field}, {timed.task}: {timed.name}",
        timed.taken,
        "ms cpu",
        timed.least,
        "times",
        memory=timed.peak,
        times=timed.times,
        limit=timed.limit,
    )


def _memory(timed: Timed) -> Iterator[Measure]:
    beyond = "inputs and result" if timed.result else "the inputs"
    what = f"{timed.field}, {timed.task}: memory beyond {beyond}"
    if timed.task == "ROC, AUC":
        yield Measure(f"{what} / inputs", [timed.peak / timed.inputs], "x", SWEEP_TIMES_INPUTS)
    elif not timed.task.startswith("ROC"):
        yield Measure(what, [max(0, timed.peak - timed.result) / MEBIBYTE], "MiB", COUNTS_MEBIBYTES)


def _child() -> Iterator[str]:
    """The lines that ``python -m benchmarks.peers.contests`` prints, as they come."""
    command = [sys.executable, "-m", "benchmarks.peers.contests"]
    setting = os.environ | _ONE_THREAD | _QUIET
    with subprocess.Popen(
        command, cwd=ROOT, env=setting, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        yield from child.stdout
    if child.returncode:
        raise RuntimeError(f"benchmarks.peers.contests ended with {child.returncode}")

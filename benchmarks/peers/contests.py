"""All tasks on all arrays.

``python -m benchmarks.peers.contests`` times them, one line of JSON a row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks import samples
from benchmarks.peers import binary, classes
from benchmarks.peers.contest import OURS, Contest, relative, run
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.threads import limit_threads

SWEPT = "one threshold after the sweep"


@dataclass(frozen=True)
class Field:
    """A pair of arrays, and what is done with it.

    Attributes
    ----------
    name : str
    make : callable
        Gives labels and outputs.
    contests : sequence of Contest
    """

    name: str
    make: Callable[[], tuple[Array, Array]]
    contests: Sequence[Contest]


@dataclass(frozen=True)
class Timed:
    """What one contestant took in one contest.

    Attributes
    ----------
    field, task, name : str
    taken : list of float
        Milliseconds by round; microseconds for `SWEPT`.
    times : float
        How many times our time: the median over the rounds.
    peak, inputs, result : int
        Bytes: at the peak beyond the inputs, of the inputs, of the result.
    least : float or None
        What `times` has to be at the least.
    limit : bool
        Whether it is what the machine can do, and no rival.
    """

    field: str
    task: str
    name: str
    taken: list[float]
    times: float = 1.0
    peak: int = 0
    inputs: int = 0
    result: int = 0
    least: float | None = None
    limit: bool = False


def class_arrays(rows: int, n_classes: int) -> tuple[Array, Array]:
    """Class indices (int64) and scores (float32), the true class's higher by a half."""
    draw = np.random.default_rng(2025)
    outputs = draw.random((rows, n_classes), np.float32)
    labels = draw.integers(0, n_classes, rows)
    outputs[np.arange(rows), labels] += np.float32(0.5)
    return labels, outputs


def _bool_arrays() -> tuple[Array, Array]:
    labels, outputs = samples.binary_arrays(10_000_000)
    return labels == 1, outputs


FIELDS = (
    Field("binary 1e6", lambda: samples.binary_arrays(1_000_000), binary.contests(False)),
    Field("binary 1e7", lambda: samples.binary_arrays(10_000_000), binary.contests(True)),
    Field("binary 1e7, bool labels", _bool_arrays, binary.bool_contests()),
    Field("1e6 x 10", lambda: class_arrays(1_000_000, 10), classes.contests(True)),
    Field("1e5 x 100", lambda: class_arrays(100_000, 100), classes.contests(False)),
    Field("1e5 x 1000", lambda: class_arrays(100_000, 1000), classes.contests(False)),
)
"""In the order of the table. Labels are int64 where nothing else is said."""


def main() -> None:
    """Time every task on every pair of arrays, in this one process and on one thread."""
    limit_threads(1)
    for field in FIELDS:
        for timed in _timed(field):
            print(json.dumps(asdict(timed)), flush=True)


def _timed(field: Field) -> Iterator[Timed]:
    labels, outputs = field.make()
    inputs = labels.nbytes + outputs.nbytes
    for contest in field.contests:
        turns = run(contest, labels, outputs)
        for turn, times in zip(turns, relative(turns), strict=True):
            who = turn.contestant
            yield Timed(
                field.name,
                contest.what,
                who.name,
                turn.taken,
                times,
                turn.peak,
                inputs,
                contest.kept_bytes(outputs),
                who.least,
                who.limit,
            )
    if field.name.startswith("binary"):
        yield Timed(field.name, SWEPT, OURS, binary.threshold_after_sweep(labels, outputs))


if __name__ == "__main__":
    main()

"""Threshold moves at the real server, without a browser: processor time, and what is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.process import Server, serve
from benchmarks.report import Measure
from benchmarks.visits.mover import Move, Mover

MOVES = 20
MILLION = {"data": "generate", "n": "1000000"}
EXAMPLE = {"scenario": "no-activation"}
PAGES = (
    ("metrics, the default example", "", EXAMPLE, 30.0),
    ("metrics, 1,000,000 rows", "", MILLION, 40.0),
    ("thresholds, the default example", "thresholds", EXAMPLE, None),
    ("thresholds, 1,000,000 rows", "thresholds", MILLION, None),
    ("compare, the default example", "compare", EXAMPLE, None),
    ("compare, 1,000,000 rows", "compare", MILLION, None),
)
MOST_SENT = 15.0
KIBIBYTE = 1024


def measure() -> Iterator[Measure]:
    """Each page in turns with an empty app, so that what else the machine does meets both."""
    with (
        serve("accuracy_lens.serve.server") as server,
        serve("benchmarks.visits.empty_server") as empty,
    ):
        for name, page, query, bar in PAGES:
            yield from _moves(name, Mover(server, page, query), empty, bar)


def taken(mover: Mover, beside: Callable[[], object] = lambda: None) -> list[Move]:
    """Some moves, each followed by what is measured beside it."""
    mover.open()
    moves = []
    for move in range(1, MOVES + 1):
        moves.append(mover.move(0.5 + 0.01 * move))
        beside()
    mover.close()
    return moves


def _moves(name: str, mover: Mover, empty: Server, bar: float | None) -> Iterator[Measure]:
    other, runs = Mover(empty), list[Move]()
    other.open()
    moves = taken(mover, lambda: runs.append(other.again()))
    other.close()
    cpu = [move.cpu for move in moves]
    yield Measure(f"{name}: processor time of the server a move", cpu, "ms", bar)
    ratios = [move.cpu / run.cpu for move, run in zip(moves, runs, strict=True)]
    yield Measure(f"{name}: the same / a run of the empty app", ratios, "x")
    yield Measure(f"{name}: move to answer", [1000 * move.seconds for move in moves], "ms")
    most = MOST_SENT if bar is not None else None
    yield Measure(f"{name}: sent a move", [move.sent / KIBIBYTE for move in moves], "KiB", most)

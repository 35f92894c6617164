"""Students who each move the threshold once in five seconds, arrive at once, and move at once."""

from __future__ import annotations

import random
import statistics
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from benchmarks.process import Server, serve
from benchmarks.report import Measure
from benchmarks.visits.mover import Move, Mover
from benchmarks.visits.moves import EXAMPLE, KIBIBYTE, MOST_SENT

BETWEEN = 5.0
LESSON, SOME_TIME = 600.0, 120.0
MEGABYTE = 1e6


def measure() -> Iterator[Measure]:
    """A class of thirty, of a hundred, and of two hundred with two servers, beside an empty app."""
    with serve("accuracy_lens.serve.server") as server:
        _warm(server)
        with crowd(server, 30) as thirty:
            thirty.at_once(Mover.open)
            moves = thirty.now_and_then(LESSON)
            yield thirty.late("a move", moves, 0.15)
            sent = [move.sent / KIBIBYTE for move in moves]
            yield Measure("30 students: sent a move", sent, "KiB", MOST_SENT)
            storm = [max(thirty.at_once(moved)) for _ in range(5)]
            yield Measure("30 students: all move at once, the last answer", storm, "s", 0.8)
        before = server.memory()
        with crowd(server, 100) as hundred:
            yield hundred.arrive("100 students: all arrive at once", 2.5)
            each = (server.memory() - before) / MEGABYTE / len(hundred.movers)
            yield Measure("100 students: memory of each", [each], "MB", 3)
            yield hundred.late("a move", hundred.now_and_then(SOME_TIME), 0.6)
    with serve("accuracy_lens", "serve", "--workers", "2") as servers:
        _warm(servers)
        _warm(servers)  # the other one
        with crowd(servers, 100) as hundred:
            yield hundred.arrive("100 students, two servers: all arrive at once")
        with crowd(servers, 200) as both:
            both.at_once(Mover.open)
            yield both.late("a move, two servers", both.now_and_then(SOME_TIME), 1.0)
    with serve("benchmarks.visits.empty_server") as empty, crowd(empty, 30) as others:
        others.at_once(Mover.open)
        yield others.late("a run of the empty app", others.now_and_then(SOME_TIME, Mover.again))


def moved(mover: Mover) -> Move:
    """Any threshold."""
    return mover.move(round(random.uniform(0.1, 0.9), 2))


class Crowd:
    """Visitors without browsers, each in a thread of its own.

    Attributes
    ----------
    movers : list of Mover
    """

    def __init__(self, server: Server, n: int) -> None:
        self.movers = [Mover(server, "", EXAMPLE, cookie=_cookie(server.url)) for _ in range(n)]
        self._pool = ThreadPoolExecutor(n)

    def at_once(self, act: Callable[[Mover], Move]) -> list[float]:
        """Seconds from a common beginning until each has done something."""
        gate = threading.Barrier(len(self.movers))

        def wait_and_act(mover: Mover) -> float:
            gate.wait()
            start = time.monotonic()
            act(mover)
            return time.monotonic() - start - mover.rest

        return list(self._pool.map(wait_and_act, self.movers))

    def now_and_then(self, seconds: float, act: Callable[[Mover], Move] = moved) -> list[Move]:
        """What each does now and then, for some time."""
        end = time.monotonic() + seconds

        def of_one(mover: Mover) -> list[Move]:
            due, acts = time.monotonic() + random.uniform(0, BETWEEN), []
            while due < end:
                time.sleep(max(0.0, due - time.monotonic()))
                acts.append(act(mover))
                due += BETWEEN
            return acts

        return [each for acts in self._pool.map(of_one, self.movers) for each in acts]

    def arrive(self, what: str, bar: float | None = None) -> Measure:
        """How long it takes from a common beginning until each has the first page."""
        return Measure(what, self.at_once(Mover.open), "s", bar, "highest")

    def late(self, what: str, acts: list[Move], bar: float | None = None) -> Measure:
        """What 19 of 20 stay below."""
        name = f"{len(self.movers)} students, each once in 5 s: {what}, 19 of 20"
        seconds = statistics.quantiles((each.seconds for each in acts), n=20)[-1]
        return Measure(name, [seconds], "s", bar)

    def leave(self) -> None:
        """All close their pages."""
        self._pool.shutdown()
        for mover in self.movers:
            mover.close()


@contextmanager
def crowd(server: Server, n: int) -> Iterator[Crowd]:
    """So many visitors, until the block ends."""
    visitors = Crowd(server, n)
    try:
        yield visitors
    finally:
        visitors.leave()


def _warm(server: Server) -> None:
    """A first visit loads what all share."""
    first = Mover(server, "", EXAMPLE)
    first.open()
    moved(first)
    first.close()


def _cookie(url: str) -> str:
    """What a browser is given with the page: it names one of several servers."""
    with urllib.request.urlopen(url, timeout=60) as page:
        return "; ".join(
            each.partition(";")[0] for each in page.headers.get_all("Set-Cookie") or []
        )

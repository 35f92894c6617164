"""Several libraries, one task, the same arrays: the time and the memory that each answer takes.

The answers have to agree, or there is no comparison.
"""

from __future__ import annotations

import ctypes
import importlib.util
import math
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.process import Server
from metrics_core.numeric.arrays import Array

OURS = "Accuracy Lens"
ROUNDS = 7
"""So many repetitions each; where they are quick as many more as fit into `_SECONDS`."""
_MOST_ROUNDS = 25
_SECONDS = 1.0
_SLOW_SECONDS = 3.0
_SLOW_ROUNDS = 3
WARM_ROWS = 20_000

Answer = Callable[[], float]


@dataclass(frozen=True)
class Contestant:
    """A library that takes part.

    Attributes
    ----------
    name : str
    prepare : callable
        From labels and outputs to the work that is timed. Imports, settings and views that copy
        nothing belong here; what it returns gives its answer as a number.
    needs : str
        The module without which it stays away.
    least : float or None
        So many times the time of Accuracy Lens it has to take, at the least.
    close : float or None
        How far its answer may be from ours; None for one that answers another question.
    limit : bool
        Whether it is what the machine can do, and no rival.
    """

    name: str
    prepare: Callable[[Array, Array], Answer]
    needs: str = "numpy"
    least: float | None = None
    close: float | None = 1e-12
    limit: bool = False

    @property
    def is_there(self) -> bool:
        """Whether its module is installed."""
        return importlib.util.find_spec(self.needs) is not None


@dataclass(frozen=True)
class Contest:
    """One task on one pair of arrays.

    Attributes
    ----------
    what : str
    contestants : sequence of Contestant
        The first is Accuracy Lens.
    kept_bytes : callable
        From the outputs to the size of what our answer leaves behind, which is no temporary: a
        table of classes by classes, or the decisions that every other card reads.
    """

    what: str
    contestants: Sequence[Contestant]
    kept_bytes: Callable[[Array], int] = lambda _: 0

    def present(self) -> list[Contestant]:
        """Those whose library is installed."""
        return [each for each in self.contestants if each.is_there]


@dataclass
class Turn:
    """What one contestant did.

    Attributes
    ----------
    contestant : Contestant
    work : callable
    answer : float
    taken : list of float
        Milliseconds of processor time by round.
    peak : int
        Bytes that it took beyond those of its inputs, in the first round.
    """

    contestant: Contestant
    work: Answer
    answer: float = math.nan
    taken: list[float] = field(default_factory=list)
    peak: int = 0

    def take(self) -> None:
        """Answer once."""
        start = time.process_time()
        self.answer = self.work()
        self.taken.append(1000 * (time.process_time() - start))

    def take_first(self) -> None:
        """Answer once, and see how far the resident memory rises.

        Every allocator's memory counts, not only numpy's. What others have freed and the C library
        has kept is given back before, so that it cannot hide anything; the kernel's own counting
        is exact to about half a MiB.
        """
        here = Server("", os.getpid())
        ctypes.CDLL(None).malloc_trim(0)
        here.forget_peak()
        before = here.memory()
        self.take()
        self.peak = here.memory("VmHWM") - before

    @property
    def is_slow(self) -> bool:
        """Whether it is excused from more rounds."""
        return len(self.taken) >= _SLOW_ROUNDS and min(self.taken) > 1000 * _SLOW_SECONDS


def run(contest: Contest, labels: Array, outputs: Array) -> list[Turn]:
    """Let all answer in turns, so that whatever else the machine does meets all of them.

    What is taken is processor time: in one thread on an idle machine the same as the time that
    passes, and on a busy one without the time that others take, which would strike the slow most.
    Every contestant answers once on few rows first, which loads and compiles what it needs. Those
    that take more than three seconds stop after three rounds.

    Raises
    ------
    RuntimeError
        Where an answer differs from ours: times of different answers cannot be compared.
    """
    turns = []
    for contestant in contest.present():
        contestant.prepare(labels[:WARM_ROWS], outputs[:WARM_ROWS])()
        turns.append(Turn(contestant, contestant.prepare(labels, outputs)))
    start, rounds = time.process_time(), 1
    for turn in turns:
        turn.take_first()
    while rounds < ROUNDS or (rounds < _MOST_ROUNDS and time.process_time() - start < _SECONDS):
        for turn in turns:
            if not turn.is_slow:
                turn.take()
        rounds += 1
    for turn in turns[1:]:
        _check(contest, turns[0], turn)
    return turns


def relative(turns: Sequence[Turn]) -> list[float]:
    """How many times our time each takes: the median over the rounds."""
    ours = turns[0].taken
    return [
        statistics.median(taken / mine for taken, mine in zip(turn.taken, ours, strict=False))
        for turn in turns
    ]


def _check(contest: Contest, ours: Turn, turn: Turn) -> None:
    close = turn.contestant.close
    if close is not None and not math.isclose(turn.answer, ours.answer, rel_tol=0, abs_tol=close):
        raise RuntimeError(
            f"{contest.what}: {turn.contestant.name} says {turn.answer}, we say {ours.answer}"
        )

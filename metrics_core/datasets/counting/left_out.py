"""How many rows of sharded data are left out because they lack a cell."""

from __future__ import annotations

from dataclasses import dataclass
from operator import add

from metrics_core.datasets.blocks import blocks_of
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.running import Runner, Tell
from metrics_core.datasets.shards import Measured, Shard
from metrics_core.messages import Message


@dataclass(frozen=True)
class Remaining:
    """A file whose rows are counted that lack nothing."""

    shard: Shard
    asked: Asked


def count_remaining(task: Remaining) -> int:
    """Count the rows of one file."""
    return sum(len(block.scores) for block in blocks_of(task.shard, task.asked))


def left_out_words(n_rows: int) -> list[Message]:
    """What is said of rows that are left out; nothing of none.

    Examples
    --------
    >>> print(*left_out_words(1))
    1 row with a missing cell or NaN is left out.
    """
    if not n_rows:
        return []
    return [
        Message(
            "{n:,} row with a missing cell or NaN is left out.",
            {"n": n_rows},
            plural="{n:,} rows with a missing cell or NaN are left out.",
        )
    ]


def left_out(asked: Asked, measured: Measured, runner: Runner, tell: Tell) -> int:
    """How many rows of all files are left out; none is read where none may be.

    Raises
    ------
    InputError
        See `blocks_of`.
    """
    if not asked.drop_missing:
        return 0
    tasks = [Remaining(shard, asked) for shard in measured.shards]
    remaining: int = runner.merged(count_remaining, tasks, add, tell)
    return measured.n_rows - remaining

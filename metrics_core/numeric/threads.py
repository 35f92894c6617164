"""Blocks of large arrays on several threads: numpy leaves the interpreter free while it works."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import TypeVar

from metrics_core.errors import InputError

LARGE = 500_000
"""From so many numbers on a second thread pays."""
_USUAL = 4
_cores = getattr(os, "process_cpu_count", os.cpu_count)() or 1
_limit = [sys.maxsize]
_Block = TypeVar("_Block")
_Result = TypeVar("_Result")


def limit_threads(most: int | None) -> None:
    """Let no work of this process take more threads than that; None lifts the limit.

    Work that goes on keeps its threads.

    Examples
    --------
    >>> limit_threads(1)
    >>> threads_for(10_000_000, 4)
    1
    >>> limit_threads(None)
    >>> threads_for(10_000_000, 4)
    4
    """
    _limit[0] = sys.maxsize if most is None else most


def threads_for(size: int, threads: int | None = None) -> int:
    """How many threads work on so many numbers takes.

    Parameters
    ----------
    size : int
    threads : int, optional
        So many, whatever the size. None is one for each core from `LARGE` on, four at most, and one
        below.

    Raises
    ------
    InputError
        If `threads` is below 1 or not a whole number.

    Examples
    --------
    >>> threads_for(96), threads_for(96, 2)
    (1, 2)
    """
    if threads is None:
        if size < LARGE:
            return 1
        threads = min(_USUAL, _cores)
    elif threads < 1 or threads != int(threads):
        raise InputError("threads", "must be a whole number above 0", threads, "Leave it out.")
    return min(threads, _limit[0])


def cut(n_rows: int, size: int) -> list[slice]:
    """Cut rows into blocks of a size; the last may be smaller.

    Examples
    --------
    >>> [(rows.start, rows.stop) for rows in cut(5, 2)]
    [(0, 2), (2, 4), (4, 5)]
    """
    return [slice(start, min(start + size, n_rows)) for start in range(0, n_rows, size)]


def each_block(
    work: Callable[[_Block], _Result], blocks: Sequence[_Block], threads: int = 1
) -> list[_Result]:
    """Do the same with each of some blocks, and give the results in their order.

    Parameters
    ----------
    work : callable
        From a block to a result; several run at once. Each sees the context variables of the
        caller, and so numpy's settings for errors.
    blocks : sequence
        Each is taken by whichever thread is free. The caller's is one of them: where the others
        are busy it does all the work.
    threads : int
        See `threads_for`.

    Raises
    ------
    Exception
        What `work` raises; of several blocks that fail, what the first of them raises.

    Examples
    --------
    >>> each_block(lambda rows: rows.stop, [slice(0, 5), slice(5, 8)], threads=2)
    [5, 8]
    """
    n_threads = min(threads, len(blocks))
    if n_threads < 2:
        return [work(block) for block in blocks]
    waiting = deque(enumerate(blocks))
    done: dict[int, _Result] = {}
    failed: dict[int, BaseException] = {}

    def take_turns() -> None:
        while True:
            try:
                number, block = waiting.popleft()
            except IndexError:
                return
            try:
                done[number] = work(block)
            except BaseException as error:  # noqa: BLE001 - raised below
                failed[number] = error
                waiting.clear()

    helpers = [_pool().submit(copy_context().run, take_turns) for _ in range(n_threads - 1)]
    take_turns()
    for helper in helpers:
        if not helper.cancel():
            helper.result()
    try:
        if failed:
            raise failed[min(failed)]
    finally:
        failed.clear()  # its frames hold this one
    return [done[number] for number in range(len(blocks))]


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(_USUAL, _cores), "blocks")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)

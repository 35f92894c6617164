"""How far long work is: a bar on a terminal, beside what is printed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from time import perf_counter

import click

_PATIENCE = 0.5


@contextlib.contextmanager
def progress(title: str) -> Iterator[Callable[[float], None]]:
    """A bar on standard error where that is a terminal and the work takes longer than a moment.

    Parameters
    ----------
    title : str

    Yields
    ------
    callable
        To be told the share that is done, from 0 to 1.

    Examples
    --------
    >>> with progress("Looking") as tell:
    ...     tell(0.5)
    """
    start, bar = perf_counter(), None

    def tell(done: float) -> None:
        nonlocal bar
        if bar is None and sys.stderr.isatty() and perf_counter() - start > _PATIENCE:
            bar = click.progressbar(length=100, label=title, file=sys.stderr)
        if bar is not None:
            bar.update(int(100 * done) - bar.pos)

    try:
        yield tell
    finally:
        if bar is not None:
            bar.render_finish()

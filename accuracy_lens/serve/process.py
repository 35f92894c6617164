"""The process of a server: its memory, its files, and with whom it ends."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import threading
import time

from metrics_core.errors import InputError

PARENT = "ACCURACY_LENS_PARENT"
"""The process without which the server is of no use: a notebook, or what watches over servers."""
NUMBER = "ACCURACY_LENS_NUMBER"
"""Which of several servers behind a proxy this one is, from 1."""
DRAIN = "ACCURACY_LENS_DRAIN"
"""Seconds that a server which is told to end waits for its visitors to leave; 0 by default."""
_M_ARENA_MAX = -8
_MOST_FILES = 65_536


def share_one_arena() -> None:
    """Let all threads take memory from one arena (glibc only).

    Every script run has a thread of its own; with an arena each, freed arrays of some tens of
    megabytes stay behind in all of them.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back_memory() -> None:
    """Hand pages that hold nothing any more back to the system (glibc only).

    Freed memory between arrays that are still there stays with the process otherwise.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def raise_limit_of_files() -> None:
    """Let the server open as many files as the system allows; a visitor takes about four."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = hard if hard != resource.RLIM_INFINITY else _MOST_FILES
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, wanted), _MOST_FILES), hard))


def end_with_parent() -> None:
    """End when the process that `PARENT` names has ended, however it did."""
    if parent := os.environ.get(PARENT):
        threading.Thread(target=_end_with, args=(int(parent),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def drain_seconds() -> float:
    """What `ACCURACY_LENS_DRAIN` says.

    Raises
    ------
    InputError
        For what is no number of seconds.

    Examples
    --------
    >>> drain_seconds()
    0.0
    """
    text = os.environ.get(DRAIN, "") or "0"
    if not text.isdecimal():
        raise InputError(DRAIN, "must be a whole number of seconds", text, "Use 0 to 3600.")
    return float(text)

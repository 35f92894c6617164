"""A run as its queue sees it: handed over, asked for news, ended; wherever it is carried out."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from metrics_core.errors import InputError

Report = Callable[[object], None]
Job = Callable[[Any, Report], None]
"""``job(settings, report)``: importable, and calls `report` with what can be pickled."""
Failure = Literal["time", "memory", "died", "unreachable", "slow_start", "error"]
Outcome = tuple[Failure | InputError | None, str]
"""Why a run failed, None where it did not, and the traceback of an unforeseen error."""


@dataclass(frozen=True)
class News:
    """What came from a run since it was last asked.

    Attributes
    ----------
    started : bool
        Whether the job has begun, now or before.
    reports : tuple of (object, int)
        New reports in order, and the bytes that each one takes.
    outcome : Outcome or None
        None while it goes on. A run that was told to stop has the outcome of success.
    """

    started: bool
    reports: tuple[tuple[object, int], ...] = ()
    outcome: Outcome | None = None


class Task(Protocol):
    """A run that was handed over; one thread asks."""

    def poll(self) -> News:
        """What is new; does not wait for more."""

    def stop(self) -> None:
        """End it; `poll` says when it has ended."""


class Executor(Protocol):
    """What carries runs out."""

    def slots(self) -> int:
        """Runs at the same time."""

    def submit(self, job: Job, settings: object) -> Task:
        """Take a run on; the caller keeps to `slots`."""

    def warm(self) -> None:
        """Prepare for the first run."""

    def close(self) -> None:
        """End all runs; a later one starts anew."""


def outcome_of(job: Job, settings: object, report: Report) -> Outcome:
    """Do the job; what it raises becomes plain values.

    An exception of a library would make the server import that library to read it.

    Examples
    --------
    >>> outcome_of(lambda settings, report: report(settings), 1, print)
    1
    (None, '')
    """
    try:
        job(settings, report)
    except InputError as error:
        return error, ""
    except MemoryError:
        return "memory", ""
    except Exception:  # noqa: BLE001 - whatever a job raises is told to whoever asked for it
        return "error", traceback.format_exc()
    return None, ""

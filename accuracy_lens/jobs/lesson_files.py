"""A lesson that a visitor wrote, read in a child process with little time and memory."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from typing import Any

from accuracy_lens.jobs import lesson_job
from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.workers import Reason, WorkerError, Workers
from metrics_core.errors import InputError
from metrics_core.messages import Message

LIMITS = WorkerLimits(
    workers=1,
    seconds=10.0,
    memory=2**30,
    wait_seconds=20.0,
    setup="accuracy_lens.jobs.lesson_job:prepare",
    environment={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
)
READERS = Workers(LIMITS)
"""The process that the program keeps; it starts with the first lesson."""
atexit.register(READERS.end)
_SAID: Mapping[Reason, tuple[Message, Message, Message]] = {
    "time": (
        Message("must be computed within {seconds:g} seconds", {"seconds": LIMITS.seconds}),
        Message("a lesson that takes longer, so it was stopped"),
        Message("Take fewer samples."),
    ),
    "memory": (
        Message("must be computed within the memory allowed for one lesson"),
        Message("a lesson that needs more, so it was stopped"),
        Message("Take fewer samples."),
    ),
    "died": (
        Message("must leave the process that reads it alive"),
        Message("a lesson that ended it"),
        Message("Change it; the next one gets a new process."),
    ),
    "busy": (
        Message("must wait until other lessons are read"),
        Message("too many at once"),
        Message("Try again in a minute."),
    ),
}


def read_lesson(content: bytes, workers: Workers | None = None) -> dict[str, Any]:
    """A lesson as plain values, for `metrics_core.lessons.parsing.parse_lesson`.

    Parameters
    ----------
    content : bytes
        JSON or YAML.
    workers : Workers, optional
        By default the process that the program keeps.

    Raises
    ------
    InputError
        Where it is none, does not hold, or takes too much.
    """
    if len(content) > lesson_job.MOST_BYTES:
        lesson_job.plain_values(content)  # which refuses it
    try:
        return (workers or READERS).run(lesson_job.read, content)
    except WorkerError as error:
        rule: Message
        hint: Message
        rule, received, hint = _SAID[error.reason]
        raise InputError("lesson", rule, received, hint) from None

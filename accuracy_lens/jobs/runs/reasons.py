"""Why a run did not go to its end, in sentences."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import replace

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.task import Failure, Outcome
from accuracy_lens.words.text import error_words
from metrics_core.messages import Message

STOPPED = Message("You stopped this run.")
GONE = Message("This run was stopped because nothing more was heard from the browser.")
Reasons = Mapping[Failure, Message]
TRAINING: Reasons = {
    "time": Message(
        "This run took longer than {seconds} seconds and was stopped. Use fewer epochs or a "
        "smaller network."
    ),
    "memory": Message(
        "This run needed more memory than one run may use ({gigabytes} GB) and was stopped. Use "
        "smaller batches or a smaller network."
    ),
    "died": Message(
        "The process that trained this model ended before the run was over. Train again: a new "
        "process is started. If it ends again, use a smaller network."
    ),
    "unreachable": Message(
        "The computers that train the models do not answer. Try again in a minute."
    ),
    "slow_start": Message(
        "No process was ready to train this model in time. Try again in a minute."
    ),
    "error": Message(
        "Something went wrong on our side, and this run could not be finished. Train again; if "
        "it happens again, report the error number {error_id}."
    ),
}

logger = logging.getLogger("accuracy_lens")


def why(outcome: Outcome, limits: WorkerLimits, reasons: Reasons = TRAINING) -> Message | None:
    """The sentence for an outcome, None for success; an unforeseen error goes to the log.

    Examples
    --------
    >>> print(why(("time", ""), WorkerLimits(seconds=600)))
    This run took longer than 600 seconds and was stopped. Use fewer epochs or a smaller network.
    """
    failure, trace = outcome
    if failure is None:
        return None
    if not isinstance(failure, str):
        return error_words(failure)
    values: dict[str, object] = {}
    if failure == "time":
        values["seconds"] = f"{limits.seconds:g}"
    elif failure == "memory":
        values["gigabytes"] = f"{limits.memory / 1024**3:.3g}"
    elif failure == "error":
        values["error_id"] = secrets.token_hex(4)
        logger.error("Error %s in a run\n%s", values["error_id"], trace)
    return replace(reasons[failure], values=values)

"""What carries runs out, and what they may take there."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.task import Executor
from accuracy_lens.view.quotas import quotas
from metrics_core.datasets.cluster import SCHEDULER
from metrics_core.errors import InputError
from metrics_core.messages import Message

TRAINERS = WorkerLimits(
    workers=quotas().trainers,
    seconds=600.0,
    memory=quotas().trainer_bytes,
    setup="metrics_core.live_keras:prepare",
    environment={
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
    },
    niceness=10,
)
"""Processes with TensorFlow, which leave the pages the right of way."""


@dataclass(frozen=True)
class RunLimits:
    """What runs may take.

    Attributes
    ----------
    worker : WorkerLimits
        Of the processes that train; `seconds` and `memory` are for one run.
    start_seconds : float
        How long a run that was handed to a process may take to begin.
    silence_seconds : float
        A run ends where its page was not heard of for so long. It is counted in the turns of
        the thread that watches, so that a server which was held up ends nobody's run.
    elsewhere_seconds : float
        The same for a visitor who was on another page when last heard of: that page need not ask.
    waiting : int
        Runs in the queue.
    run_bytes, total_bytes : int
        Of the reports that are kept of one run, and of all that visitors watch or watched.
    shared, shared_bytes : int
        Runs that are done and their reports, kept for those who choose the same settings.
    kept_seconds : float
        How long the reports of a run that ended are kept after its page was last heard of.
    """

    worker: WorkerLimits = TRAINERS
    start_seconds: float = 120.0
    silence_seconds: float = 90.0
    elsewhere_seconds: float = 1200.0
    waiting: int = 200
    run_bytes: int = 64 * 1024**2
    total_bytes: int = 384 * 1024**2
    shared: int = 100
    shared_bytes: int = 128 * 1024**2
    kept_seconds: float = 1800.0


def scheduler() -> str:
    """The address of the cluster that the environment names; empty where it names none.

    Raises
    ------
    InputError
        Where it names one and the package for it is missing.
    """
    address = os.environ.get(SCHEDULER, "")
    if address and importlib.util.find_spec("distributed") is None:
        raise InputError(
            SCHEDULER,
            "needs the package distributed",
            Message("a server without it"),
            "Install it where the server runs, or unset the variable.",
        )
    return address


def chosen_executor(limits: WorkerLimits) -> Executor:
    """Processes of this machine, or the cluster that the environment names.

    Raises
    ------
    InputError
        Where it names one and the package for it is missing.
    """
    address = scheduler()
    if not address:
        return Pool(limits)
    from accuracy_lens.jobs.runs.cluster import Cluster  # noqa: PLC0415 - for those who ask for it only

    return Cluster(address, limits)

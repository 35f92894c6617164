"""Looks at an operator's data sets, in a child process or on the cluster that trains models."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.runs.executor import RunLimits, scheduler
from accuracy_lens.jobs.runs.pool import Pool
from accuracy_lens.jobs.runs.reasons import Reasons
from accuracy_lens.jobs.runs.registry import Runs
from accuracy_lens.jobs.runs.task import Report
from accuracy_lens.jobs.workers import WorkerError, Workers
from accuracy_lens.view.caches import Size, shared_cache
from metrics_core.datasets.cluster import chosen_runner
from metrics_core.datasets.columns.asked import Asked
from metrics_core.datasets.columns.meaning import Meaning, meaning_of
from metrics_core.datasets.guessing import first_rows, guess, numeric_names, words_in
from metrics_core.datasets.looking import Question, cheapest_of, look
from metrics_core.datasets.places.named import SOURCES, Named, named, without_files
from metrics_core.datasets.samples import Cell, Looking, Worst, most_wrong, of_cell
from metrics_core.datasets.shards import Shard
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.reading import Roles

LOOKERS = WorkerLimits(
    workers=1,
    seconds=6 * 3600.0,
    memory=4 * 1024**3,
    setup="metrics_core.reading.spool:prepare",
    niceness=10,
)
"""One process, which leaves the pages the right of way."""
_FAILED: Reasons = {
    "time": Message("Reading took longer than {seconds} seconds and was stopped."),
    "memory": Message(
        "Reading needed more memory than it may use ({gigabytes} GB) and was stopped. Write files "
        "with smaller row groups."
    ),
    "died": Message("The process that read the files ended before it was done. Read again."),
    "unreachable": Message("The computers that read the files do not answer. Try again."),
    "slow_start": Message("No process was ready to read the files in time. Try again."),
    "error": Message(
        "Something went wrong on our side, and the files could not be read to their end. Read "
        "again; if it happens again, report the error number {error_id}."
    ),
}
LOOKS = Runs(RunLimits(worker=LOOKERS, waiting=50), executor=Pool, reasons=_FAILED)
"""The looks of all visitors; those who ask the same of the same files watch one."""
_GUESSERS = Workers(WorkerLimits(workers=1, seconds=60.0))
_LISTERS = Workers(WorkerLimits(workers=1, seconds=60.0))
atexit.register(LOOKS.close)
atexit.register(_GUESSERS.end)
atexit.register(_LISTERS.end)

T = TypeVar("T")
logger = logging.getLogger("accuracy_lens")


@dataclass(frozen=True)
class SampleQuestion:
    """Rows that a second look finds.

    Attributes
    ----------
    shards : tuple of Shard
    asked : Asked
    cell : Cell or None
        None for the most wrong of all.
    first, most : int
        A page: how many come before it, and how many it has.
    even : float
        See `Looking`.
    """

    shards: tuple[Shard, ...]
    asked: Asked
    cell: Cell | None
    first: int
    most: int
    even: float = 0.5


def data_sets() -> Mapping[str, Named]:
    """The operator's data sets by their names; none where the variable is not set.

    Raises
    ------
    InputError
        Where they cannot be listed.
    """
    sources = os.environ.get(SOURCES, "")
    found = _listed(sources) if sources else {}
    if isinstance(found, InputError):
        raise found
    return found


@shared_cache(entries=1, size=Size(fixed=1 << 26), ttl=30)
def _listed(sources: str) -> Mapping[str, Named] | InputError:
    """Also a refusal is kept: who waits for a server that does not answer waits once."""
    try:
        found = _far(sources) if "://" in sources else named(sources)
    except InputError as error:
        logger.exception("%s", SOURCES)
        return InputError(error.argument, error.rule, error.received, error.hint)
    if empty := without_files(sources, found):
        logger.warning("%s: no Parquet file for %s", SOURCES, ", ".join(empty))
    return found


@shared_cache(entries=1, size=Size(fixed=1 << 26), ttl=300)
def _far(sources: str) -> Mapping[str, Named]:
    """What a child process lists elsewhere, within its time and memory."""
    try:
        return _LISTERS.run(named, sources)
    except WorkerError as error:
        raise InputError(
            SOURCES, "must name places that can be listed within {seconds:g} seconds",
            Message("one that takes longer"), "Name folders with fewer files.",
            seconds=_LISTERS.limits.seconds,
        ) from error  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """The columns of a data set that hold numbers or classes, and what they seem to be for.

    Attributes
    ----------
    numeric : tuple of str
    words : mapping of str to tuple of str
        Of the columns that can name classes, what their first rows hold.
    roles : Roles
    usual : Meaning or InputError
        What is chosen at first, or why nothing is.
    """

    numeric: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    roles: Roles
    usual: Meaning | InputError


@shared_cache(entries=20, size=Size(fixed=1 << 20), ttl=600)
def guessed(name: str, version: str, _shards: tuple[Shard, ...]) -> Guess:
    """What a child process makes of the first rows of some files.

    Raises
    ------
    InputError
        Where a file cannot be read.
    """
    return _of_first_rows(name, _guess, name, _shards)


@shared_cache(entries=20, size=Size(fixed=1 << 20), ttl=600)
def meant(
    name: str,
    version: str,
    labels: tuple[str, ...],
    outputs: tuple[str, ...],
    weight: str | None,
    words: tuple[str, ...] | None,
    decided: bool | None,
    _shards: tuple[Shard, ...],
) -> Meaning:
    """What a child process makes of the columns and words that a visitor chose, by the same rows.

    Raises
    ------
    InputError
        Where a file cannot be read, or the columns cannot be used.
    """
    chosen = Roles(labels=labels, outputs=outputs, weight=weight, chosen=True)
    return _of_first_rows(name, _meaning, name, _shards, chosen, words, decided)


def _of_first_rows(name: str, job: Callable[..., T], *given: object) -> T:
    try:
        return _GUESSERS.run(job, *given)
    except WorkerError as error:
        if error.reason == "time":
            raise InputError(
                name, "must show its first rows within {seconds:g} seconds",
                Message("a file that takes longer"), "Write files with smaller row groups.",
                seconds=_GUESSERS.limits.seconds,
            ) from error  # fmt: skip
        raise InputError(
            name, "must be readable", Message("a file that ended the process reading it"),
            "Write the file again, and check that it opens in the program that wrote it.",
        ) from error  # fmt: skip


def _guess(name: str, shards: tuple[Shard, ...]) -> Guess:
    table, roles = guess(shards)
    try:
        usual: Meaning | InputError = meaning_of(name, table, roles)
    except InputError as error:
        usual = error
    return Guess(tuple(numeric_names(table)), words_in(table), roles, usual)


def _meaning(
    name: str,
    shards: tuple[Shard, ...],
    roles: Roles,
    words: tuple[str, ...] | None,
    decided: bool | None,
) -> Meaning:
    return meaning_of(name, first_rows(shards), roles, words, decided=decided)


def look_job(question: Question, report: Report) -> None:
    """Look at all rows; reports the share that is done, and at last what was found."""
    report(look(question, chosen_runner(scheduler()), report))


def cost_job(question: Question, report: Report) -> None:
    """Find the cheapest threshold; reports the share that is done, and at last a `Best`."""
    report(cheapest_of(question, chosen_runner(scheduler()), report))


def samples_job(question: SampleQuestion, report: Report) -> None:
    """Find single rows; reports the share that is done, and at last a tuple of them."""
    shards, asked = question.shards, question.asked
    if question.cell is not None:
        rows = of_cell(shards, asked, question.cell, question.first, question.most, report)
        report(tuple(rows))
        return
    most = question.first + question.most
    tasks = [Looking(shard, asked, most, question.even) for shard in shards]
    found = chosen_runner(scheduler()).merged(most_wrong, tasks, partial(_worse, most=most), report)
    report(found.samples[question.first :])


def _worse(one: Worst, two: Worst, *, most: int) -> Worst:
    return one.merge(two, most)

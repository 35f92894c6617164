"""The visitor's formula, computed in a child process that has two seconds and bounded memory."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from accuracy_lens.jobs import formula_job
from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.folders import folder_of_job
from accuracy_lens.jobs.formula_job import Batched
from accuracy_lens.jobs.workers import Reason, WorkerError, Workers
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.formula import Formula, Result, Traced, values_of
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array

MOST_GIVEN = 50_000_000
"""Numbers in all arrays that a formula is handed."""
MOST_MADE = 10_000_000
"""Values per sample that all metrics of a formula give together."""
LIMITS = WorkerLimits(
    seconds=2.0,
    wait_seconds=20.0,
    setup="accuracy_lens.jobs.formula_job:prepare",
    environment={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
)
FORMULAS = Workers(LIMITS)
"""The pool that the program keeps; it starts with the first formula."""
atexit.register(FORMULAS.end)
_SAID: dict[Reason, tuple[Message, Message, Message]] = {
    "time": (
        Message("must be computed within {seconds:g} seconds"),
        Message("a formula that takes longer, so it was stopped"),
        Message("Shorten it, or take fewer samples."),
    ),
    "memory": (
        Message("must be computed within {memory} GB of memory"),
        Message("a formula that needs more, so it was stopped"),
        Message("Shorten it, or take fewer samples."),
    ),
    "died": (
        Message("must leave the process that computes it alive"),
        Message("a formula that ended it"),
        Message("Change it; the next one gets a new process."),
    ),
    "busy": (
        Message("must wait until other formulas are computed"),
        Message("too many at once"),
        Message("Try again in a minute."),
    ),
}


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the visitor's formula gave.

    Attributes
    ----------
    formula : Formula
    variant : str
        Name of the card whose decisions and matches it used.
    weighted : bool
        Whether values per sample were weighted.
    results : mapping of str to Result
        By the name of the metric.
    batch_size : int
    batches : mapping of str to Batched
    """

    formula: Formula
    variant: str
    weighted: bool
    results: Mapping[str, Result]
    batch_size: int
    batches: Mapping[str, Batched]

    @property
    def title(self) -> str:
        """The text of the formula on one line."""
        return " ".join(self.formula.text.split())

    def columns(self) -> dict[str, Array]:
        """The values per sample as columns of a table: ``your_<name of the metric>``."""
        made = self.results.items()
        return {f"your_{name}": one.samples for name, one in made if one.samples is not None}


def outcome(
    formula: Formula, evaluation: Evaluation, batch_size: int, *, workers: Workers | None = None
) -> Outcome:
    """Compute a formula over all samples of an evaluation, and batch by batch.

    Parameters
    ----------
    formula : Formula
    evaluation : Evaluation
        Of the card in view; its settings decide the scores, decisions, matches and weights.
    batch_size : int
        1 or more.
    workers : Workers, optional
        By default the pool that the program keeps.

    Raises
    ------
    InputError
        A `FormulaError` where the formula does not fit the data, otherwise where it takes more than
        `MOST_GIVEN`, `MOST_MADE` or the limits of the process allow.
    """
    results = values(formula, evaluation, workers=workers)
    batches = _ask(formula_job.by_batches, formula, evaluation, batch_size, workers=workers)
    return Outcome(
        formula,
        evaluation.variant.name,
        _weights(evaluation) is not None,
        results,
        batch_size,
        batches,
    )


def values(
    formula: Formula, evaluation: Evaluation, *, workers: Workers | None = None
) -> dict[str, Result]:
    """Compute a formula over all samples of an evaluation; parameters as in `outcome`."""
    made = evaluation.predictions.n_samples * sum(not top.single for _, top in formula.metrics)
    if made > MOST_MADE:
        raise InputError(
            "formula",
            "must give at most {most} values in total over all samples",
            f"{made:,}",
            "Take the mean of each metric, or fewer metrics.",
            most=f"{MOST_MADE:,}",
        )
    found: dict[str, Result] = _ask(formula_job.whole, formula, evaluation, workers=workers)
    return found


def followed(
    formula: Formula, evaluation: Evaluation, index: int, *, workers: Workers | None = None
) -> dict[str, Traced]:
    """Follow the sample at a row through a formula; other parameters as in `outcome`."""
    found: dict[str, Traced] = _ask(formula_job.traced, formula, evaluation, index, workers=workers)
    return found


def _weights(evaluation: Evaluation) -> Array | None:
    return evaluation.predictions.sample_weight if evaluation.settings.weighted else None


def _ask(
    job: Callable[..., Any],
    formula: Formula,
    evaluation: Evaluation,
    *more: object,
    workers: Workers | None,
) -> Any:
    """Hand the arrays over in files, which the child maps, and wait for what it says."""
    pool = workers or FORMULAS
    arrays, numbers = _apart(formula, evaluation)
    given = sum(array.size for array in arrays.values())
    if given > MOST_GIVEN:
        raise InputError(
            "formula",
            "must be given at most {most} numbers",
            f"{given:,}",
            "Take fewer samples, or leave a name out.",
            most=f"{MOST_GIVEN:,}",
        )
    with folder_of_job() as made:
        folder = str(made)
        formula_job.store(folder, arrays)
        try:
            said = pool.run(job, folder, formula, numbers, *more)
        except WorkerError as error:
            rule: Message
            hint: Message
            rule, received, hint = _SAID[error.reason]
            limits = {"seconds": pool.limits.seconds, "memory": pool.limits.memory // 1024**3}
            rule = replace(rule, values=limits)
            raise InputError("formula", rule, received, hint) from None
        return formula_job.collect(folder, said) if job is formula_job.whole else said


def _apart(formula: Formula, evaluation: Evaluation) -> tuple[dict[str, Array], dict[str, float]]:
    """What the names of a formula stand for: the arrays, and the single numbers."""
    arrays, numbers = {}, {}
    for name, value in values_of(evaluation, formula.names).items():
        array = np.asarray(value)
        if array.ndim:
            arrays[name] = array
        else:
            numbers[name] = float(array)
    weights = _weights(evaluation)
    if weights is not None:
        arrays[formula_job.WEIGHTS] = weights
    return arrays, numbers

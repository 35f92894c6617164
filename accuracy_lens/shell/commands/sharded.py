"""Parquet files of any size -> their sweep, as the command asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accuracy_lens.jobs.runs.executor import scheduler
from accuracy_lens.shell import data
from accuracy_lens.shell.progress import progress
from accuracy_lens.words.text import say
from metrics_core.counting.counts import CostMatrix
from metrics_core.datasets.cluster import chosen_runner
from metrics_core.datasets.columns import asked as of_files
from metrics_core.datasets.columns.meaning import Meaning, meaning_of
from metrics_core.datasets.counting.left_out import left_out, left_out_words
from metrics_core.datasets.guessing import guess
from metrics_core.datasets.places.finding import shards_at, shown
from metrics_core.datasets.shards import Shard, measure
from metrics_core.datasets.sweeping.found import Found, cheapest, sweep_data
from metrics_core.datasets.sweeping.whole import Work
from metrics_core.errors import InputError
from metrics_core.steps.activation import Activation
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.sweep.optimum.best import EVEN_COST

__all__ = ["Found", "Wanted", "keep", "sweep"]

STATE = ".npz"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the options say.

    Attributes
    ----------
    columns : Columns
        What is not said is guessed.
    words : tuple of str
        Of the classes; none are guessed.
    activation : {"none", "sigmoid", "softmax"}
    class_index : int or None
    weighted, drop_missing : bool
    threshold : float
        At which the counts are to be exact.
    cost : CostMatrix or None
        None for 1 for each wrong prediction, or what a state was kept with.
    """

    columns: data.Columns
    words: tuple[str, ...]
    activation: Activation
    class_index: int | None
    weighted: bool
    drop_missing: bool
    threshold: float
    cost: CostMatrix | None = None


def sweep(patterns: Sequence[str], wanted: Wanted) -> tuple[Found, Mapping[str, object]]:
    """Sweep the files, or read a state back; and what was read, in plain values.

    Raises
    ------
    InputError
        Where a pattern names nothing, or the columns leave a doubt.
    """
    if len(patterns) == 1 and patterns[0].endswith(STATE):
        return _of_state(Path(patterns[0]), wanted.cost), {"state": Path(patterns[0]).name}
    shards = shards_at(patterns)
    meaning = _meaning(shards, wanted)
    columns = meaning.columns
    asked = of_files.Asked(
        columns=columns,
        activation=wanted.activation,
        class_index=_class_index(wanted.class_index, len(columns.y_pred)),
        weighted=wanted.weighted and columns.sample_weight is not None,
        drop_missing=wanted.drop_missing,
        cost=wanted.cost or EVEN_COST,
    )
    measured = measure(shards, columns)
    limit = float(effective_threshold(wanted.threshold, measured.dtype))
    runner = chosen_runner(scheduler())
    with progress(say("Looking for missing cells")) as tell:
        n_left_out = left_out(asked, measured, runner, tell)
    with progress(say("Sweeping the scores")) as tell:
        work = Work(
            asked=asked, measured=measured, runner=runner, tell=tell,
            thresholds=(limit,),
        )  # fmt: skip
        found = sweep_data(work)
    return found, {
        "patterns": [shown(pattern) for pattern in patterns],
        "files": len(shards),
        "rows": measured.n_rows,
        "left_out": n_left_out,
        "bytes": measured.n_bytes,
        "columns": asked.names,
        "classes": list(columns.classes),
        "turned": columns.turned,
        "notes": [
            *(say(note) for note in meaning.told),
            *(say(note) for note in left_out_words(n_left_out)),
        ],
        "activation": asked.activation,
        "class_index": asked.class_index,
        "weighted": asked.weighted,
    }


def _of_state(path: Path, cost: CostMatrix | None) -> Found:
    found = Found.load(path)
    if cost is None or cost == found.cost:
        return found
    cheap = cheapest(found, cost)
    if cheap is None:
        raise InputError(
            "--cost",
            "must be asked for when the files are swept, where not every threshold is kept",
            path.name,
            "Sweep the files again with it.",
        )
    return replace(found, best=(*found.best[:-1], cheap), cost=cost)


def keep(found: Found, path: Path) -> None:
    """Write the state.

    Raises
    ------
    InputError
        Where it cannot be written, or would not be taken for a state later.
    """
    if path.suffix != STATE:
        raise InputError("--output", "must end with .npz", path.name, "Write `-o state.npz`.")
    try:
        found.save(path)
    except OSError as error:
        raise InputError(
            "--output", "must name a file that can be written", path, "Choose another folder."
        ) from error


def _meaning(shards: Sequence[Shard], wanted: Wanted) -> Meaning:
    table, roles = guess(shards)
    roles = data.chosen_roles(roles, wanted.columns)
    if not (roles.sure or roles.chosen):
        raise data.ask(table, roles)
    return meaning_of(shards[0].name, table, roles, wanted.words or None)


def _class_index(asked: int | None, n_outputs: int) -> int | None:
    if asked is None or (n_outputs == 1 and asked == 1):
        return None
    if n_outputs > 1 and 0 <= asked < n_outputs:
        return asked
    raise InputError(
        "--class-index",
        "must be a class from 0 to {last}, of several outputs",
        asked,
        "Leave it out to take all outputs together.",
        last=max(1, n_outputs - 1),
    )

"""What a run reported, as frames, lines and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from accuracy_lens.jobs.runs.visit import RunState
from accuracy_lens.words.text import amount, figure, say
from metrics_core.catalog.rows import CATALOG, applicable
from metrics_core.distribution import Distribution, distribution
from metrics_core.doctor import Report
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.live_keras import EpochReport, RunSettings
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

AT_ZERO = "binary_accuracy, threshold=0"
"""What binary accuracy above 0 is called, the figure for logits."""
Where = Literal["printed", "training", "validation"]
WHERE: Mapping[Where, str] = {
    "printed": "printed while training",
    "training": "evaluate, training samples",
    "validation": "evaluate, validation samples",
}
LOSS = "loss"
_CARDS: Mapping[str, tuple[str, ...]] = {
    "one_hot": ("binary_accuracy", "categorical_accuracy"),
    "sparse": ("sparse_categorical_accuracy", "balanced_accuracy"),
    "binary": ("binary_accuracy", AT_ZERO, "balanced_accuracy"),
}


@dataclass(frozen=True)
class Counted:
    """An accuracy variant of the kept outputs of one epoch.

    Attributes
    ----------
    name : str
        As the catalogue has it, or `AT_ZERO`.
    title : str
    value : float
    of : str
        The count behind it.
    """

    name: str
    title: str
    value: float
    of: str


@dataclass(frozen=True)
class Line:
    """One line of a chart: a figure by epoch."""

    name: str
    where: Where
    epochs: tuple[int, ...]
    values: tuple[float, ...]


def at_epoch(reports: Sequence[EpochReport], epoch: int) -> EpochReport:
    """The report of an epoch; of the last one before it where there is none yet, or no longer."""
    return max((one for one in reports if one.epoch <= epoch), key=lambda one: one.epoch)


def progress(run: RunState) -> tuple[float, Message]:
    """How far a run is, from 0 to 1, and where it stands in words; a failure's reason is apart."""
    epochs = run.settings.epochs if isinstance(run.settings, RunSettings) else 1
    last = run.reports[-1] if run.reports else None
    done = last.epoch if isinstance(last, EpochReport) else 0
    values: dict[str, object] = {"done": done, "epochs": epochs}
    share = min(1.0, done / epochs)
    if run.phase == "queued":
        return share, Message("Waiting: place {place} in the queue", {"place": run.place})
    if run.phase == "failed":
        return share, Message("Ended after epoch {done} of {epochs}", values)
    if run.phase == "stopped":
        return share, Message("Stopped after epoch {done} of {epochs}", values)
    if isinstance(last, EpochReport):
        values["seconds"] = f"{last.seconds:.1f}"
        if run.phase == "done":
            return share, Message("Done: {epochs} epochs in {seconds} s", values)
        return share, Message("Epoch {done} of {epochs}, {seconds} s", values)
    return share, Message("Starting TensorFlow (about ten seconds the first time)")


def printed_lines(reports: Sequence[EpochReport], *, loss: bool) -> list[Line]:
    """Every figure of Keras by epoch: the losses, or all the others.

    What is printed while an epoch trains is a mean over its batches; the others are those of the
    weights at its end.
    """
    made = []
    for name in printed_names(reports):
        if (name == LOSS) != loss:
            continue
        for where in WHERE:
            points = [(one.epoch, _figures(one, where).get(name)) for one in reports]
            known = [(epoch, value) for epoch, value in points if value is not None]
            if known:
                epochs, values = zip(*known, strict=True)
                made.append(Line(name, where, epochs, values))
    return made


def printed_names(reports: Sequence[EpochReport]) -> list[str]:
    """The names under which Keras reports its figures."""
    return list(reports[-1].val) if reports else []


def _figures(report: EpochReport, where: Where) -> Mapping[str, float]:
    return {"printed": report.logs, "training": report.train, "validation": report.val}[where]


def counted_lines(by_epoch: Mapping[int, Sequence[Counted]]) -> list[Line]:
    """Every variant by epoch, counted in the outputs for the validation samples."""
    names = dict.fromkeys(one.name for figures in by_epoch.values() for one in figures)
    made = []
    for name in names:
        points = [
            (epoch, one.value)
            for epoch, figures in by_epoch.items()
            for one in figures
            if one.name == name
        ]
        epochs, values = zip(*points, strict=True)
        made.append(Line(name, "validation", epochs, values))
    return made


def value_range(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the axis begins and ends: 0 and 1 where all values are within."""
    values = np.array([value for line in lines for value in line.values], np.float64)
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    return (0.0 if low >= 0 else low), high


def counted(report: EpochReport) -> tuple[Counted, ...]:
    """Every accuracy of the catalogue that fits the outputs of an epoch, at Keras's defaults.

    Where some outputs of a single unit are no probabilities, the threshold 0 is counted too.
    """
    data = report.predictions()
    steps = Steps(data)
    made = []
    for row in applicable(data):
        if not row.is_accuracy:
            continue
        try:
            found = evaluate(data, row.name, Settings(), steps=steps)
        except InputError:  # labels of -1 fit fewer variants
            continue
        made.append(Counted(row.name, say(row.title), found.result, _of(found)))
        outside = data.kind == "binary" and bool((data.y_pred < 0).any())
        if row.name == "binary_accuracy" and outside:
            at_zero = evaluate(data, row.name, Settings(threshold=0.0), steps=steps)
            title = say("Binary accuracy, above 0")
            made.append(Counted(AT_ZERO, title, at_zero.result, _of(at_zero)))
    return tuple(made)


def _of(made: Evaluation) -> str:
    if made.variant.aggregation.by_class:
        return say("mean of {count} classes", count=amount(made.count))
    return say("{total} of {count}", total=amount(made.total), count=amount(made.count))


def cards(kind: str, figures: Sequence[Counted]) -> list[Counted]:
    """The two variants that are most often taken for one another."""
    known = {one.name: one for one in figures}
    return [known[name] for name in _CARDS[kind] if name in known][:2]


def printed_frame(report: EpochReport) -> pd.DataFrame:
    """Keras's figures at one epoch: a row a name, a column a way to come by it."""
    frame = {say("name"): printed_names([report])}
    for where, title in WHERE.items():
        found = _figures(report, where)
        frame[say(title)] = [figure(found[n]) if n in found else "" for n in frame[say("name")]]
    return pd.DataFrame(frame)


def counted_frame(figures: Sequence[Counted]) -> pd.DataFrame:
    """The variants at one epoch."""
    return pd.DataFrame(
        {
            say("variant"): [one.title for one in figures],
            say("value"): [figure(one.value) for one in figures],
            say("counted"): [one.of for one in figures],
        }
    )


def doctor_lines(found: Report) -> list[Message]:
    """What the doctor names: everything serious and every warning, with its number."""
    named = [*found.of_severity("serious"), *found.of_severity("warning")]
    if not named:
        return [Message("The doctor finds nothing serious in these outputs and has no warning.")]
    lines = []
    for one in named:
        values: dict[str, object] = {"title": one.title, "grade": Message(one.severity)}
        template = "The doctor names it ({grade}): {title}."
        if one.counterfactual is not None:
            template = "The doctor names it ({grade}): {title}; {number}."
            values["number"] = one.counterfactual
        lines.append(Message(template, values))
    return lines


def spread(report: EpochReport) -> Distribution:
    """How the outputs are spread, those of the labelled class apart from the others."""
    data = report.predictions()
    if data.kind == "sparse":
        classes = np.arange(data.n_outputs)
        return distribution(data.outputs, data.labels[:, None] == classes)
    return distribution(data.outputs, data.labels == 1)


def sides(report: EpochReport) -> tuple[str, str]:
    """What the two sides of `spread` are called."""
    if report.kind == "sparse":
        return say("outputs of the true class"), say("outputs of the other classes")
    if report.outputs.shape[1] > 1:
        return say("outputs with label 1"), say("outputs with label 0")
    return say("label 1"), say("the other label")


def cut_on_plane(boundary: Array, settings: RunSettings) -> tuple[Array, tuple[float, ...]]:
    """The number that decides at each point of the plane, and where it is cut.

    Of one unit its output: cut at 0.5, and for a unit without activation at 0 as well. Of two
    units how far the second is above the first.

    Examples
    --------
    >>> cut_on_plane(np.zeros((2, 2, 1)), RunSettings())[1]
    (0.5,)
    """
    if boundary.shape[-1] > 1:
        return boundary[..., 1] - boundary[..., 0], (0.0,)
    cuts = (0.5, 0.0) if settings.output_activation == "none" else (0.5,)
    return boundary[..., 0], cuts


def class_of_label(report: EpochReport) -> Array:
    """The class that each label names, as class indices; -1 is class 0.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    labels = report.labels
    if labels.ndim == 2 and labels.shape[1] > 1:
        return np.asarray(np.argmax(labels, axis=1))
    return np.asarray(labels.reshape(len(labels)) > 0, np.int64)


def in_words(table: pa.Table) -> pa.Table:
    """A table of samples whose verdicts are words under the titles of their variants.

    Examples
    --------
    >>> in_words(pa.table({"right_recall": [1.0, 0.5, 0.0]})).to_pydict()
    {'Recall': ['right', 'partly', 'wrong']}
    """
    prefix = "right_"
    for place, name in enumerate(table.column_names):
        if name.startswith(prefix):
            words = [
                say("right" if value == 1 else "wrong" if value == 0 else "partly")
                for value in table[name].to_pylist()
            ]
            title = say(CATALOG[name.removeprefix(prefix)].title)
            table = table.set_column(place, title, pa.array(words))
    return table


def called(settings: RunSettings, caption: Message, epoch: int) -> Message:
    """What outputs are called on the other pages."""
    values: dict[str, object] = {"data": settings.dataset, "run": caption, "epoch": epoch}
    return Message("{data}, {run}, epoch {epoch}", values)

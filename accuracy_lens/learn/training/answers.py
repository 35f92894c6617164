"""One epoch of a run, as frames and sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from accuracy_lens.frame.called import choice
from accuracy_lens.learn.training.by_epoch import WHERE, printed_names, values_at
from accuracy_lens.learn.training.variants import Counted
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import CATALOG
from metrics_core.doctor import Report
from metrics_core.live_keras import EpochReport, RunSettings
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.overview.distribution import Distribution, distribution


def printed_frame(report: EpochReport) -> pd.DataFrame:
    """Keras's metrics at one epoch: one row per name, one column per way to compute them."""
    frame = {say("name"): printed_names([report])}
    for where in WHERE:
        found = values_at(report, where)
        frame[say(WHERE[where])] = [
            figure(found[n]) if n in found else "" for n in frame[say("name")]
        ]
    return pd.DataFrame(frame)


def counted_frame(variants: Sequence[Counted]) -> pd.DataFrame:
    """The variants at one epoch."""
    return pd.DataFrame(
        {
            say("variant"): [say(each.title) for each in variants],
            say("value"): [figure(each.value) for each in variants],
            say("counted"): [say(each.of) for each in variants],
        }
    )


def doctor_lines(found: Report) -> list[Message]:
    """What the doctor names: everything serious and every warning, with its number."""
    named = [*found.of_severity("serious"), *found.of_severity("warning")]
    if not named:
        return [Message("The doctor finds nothing serious in these outputs and has no warning.")]
    lines = []
    for finding in named:
        values: dict[str, object] = {"title": finding.title, "number": finding.counterfactual}
        serious, counted = finding.severity == "serious", finding.counterfactual is not None
        if serious and counted:
            line = Message("Doctor (serious): {title}; {number}.", values)
        elif serious:
            line = Message("Doctor (serious): {title}.", values)
        elif counted:
            line = Message("Doctor (warning): {title}; {number}.", values)
        else:
            line = Message("Doctor (warning): {title}.", values)
        lines.append(line)
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


def thresholds_on_plane(boundary: Array, settings: RunSettings) -> tuple[Array, tuple[float, ...]]:
    """The number that predicts the class at each point of the plane, and its thresholds.

    Of one unit its output: the threshold is 0.5, and for a unit without activation 0 as well. Of
    two units how far the second is above the first.

    Examples
    --------
    >>> thresholds_on_plane(np.zeros((2, 2, 1)), RunSettings())[1]
    (0.5,)
    """
    if boundary.shape[-1] > 1:
        return boundary[..., 1] - boundary[..., 0], (0.0,)
    thresholds = (0.5, 0.0) if settings.output_activation == "none" else (0.5,)
    return boundary[..., 0], thresholds


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
    for position, name in enumerate(table.column_names):
        if name.startswith(prefix):
            words = [
                say("right") if value == 1 else say("wrong") if value == 0 else say("partly")
                for value in table[name].to_pylist()
            ]
            title = say(CATALOG[name.removeprefix(prefix)].title)
            table = table.set_column(position, title, pa.array(words))
    return table


def called(settings: RunSettings, caption: Message, epoch: int) -> Message:
    """The name of the outputs of an epoch on the other pages."""
    values: dict[str, object] = {"data": choice(settings.dataset), "run": caption, "epoch": epoch}
    return Message("{data}, {run}, epoch {epoch}", values)

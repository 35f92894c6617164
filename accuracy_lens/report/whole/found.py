"""What a report is about, and everything that is computed for it, once for all languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from accuracy_lens.report.evaluated import evaluate_all
from metrics_core.catalog.rows import Misfit
from metrics_core.counting.confusion import MOST_CLASSES, Confusion
from metrics_core.counting.counts import Counts
from metrics_core.doctor import Report, examine
from metrics_core.doctor.case import MAIN
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.overview.distribution import Distribution, distribution
from metrics_core.predictions import Predictions
from metrics_core.releases import RELEASES, CompiledAccuracy, KerasRefusal, Loss, for_predictions
from metrics_core.settings import Settings
from metrics_core.steps.decision.threshold import effective_threshold
from metrics_core.steps.shared import Steps
from metrics_core.sweep import Sweep, sweep_of

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a report is about.

    Attributes
    ----------
    predictions : Predictions
    title : Message or str
        What the data are called; may hold the name of a file.
    origin : mapping
        Where they came from, in plain values.
    settings : Settings
    notes, story : tuple of Message
        What was assumed or left out; what a scenario tells.
    card : str or None
        The variant that comes first; by default the main accuracy of the kind.
    positive : int or None
        Of two classes with an output each; None for each on its own.
    muted : collection of str
        Codes of findings that are left out.
    loss : str
        What the model was compiled with.
    link : str
        The address, or the query alone, that shows the same again.
    n_rows : int
        How many samples are listed; 0 for none.
    """

    predictions: Predictions
    title: Message | str
    origin: Mapping[str, object]
    settings: Settings
    loss: Loss
    notes: tuple[Message, ...] = ()
    story: tuple[Message, ...] = ()
    card: str | None = None
    positive: int | None = 1
    muted: Collection[str] = ()
    link: str = ""
    n_rows: int = 0


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was computed.

    Attributes
    ----------
    subject : Subject
    evaluations, misfits : mapping
        By name of the variant.
    main : Evaluation
        The one that comes first.
    spread : Distribution or None
        Of the scores, by label; None where there are no scores.
    positive : int or None
        Of two classes with an output each, the one that curves and threshold are of.
    sweep : Sweep or None
        None where no threshold can be moved.
    counts : Counts or None
        At the threshold.
    confusion : Confusion or None
    report : Report
    releases : mapping
        By name, what each prints, or its refusal.
    """

    subject: Subject
    evaluations: Mapping[str, Evaluation]
    misfits: Mapping[str, Misfit]
    main: Evaluation
    spread: Distribution | None
    positive: int | None
    sweep: Sweep | None
    counts: Counts | None
    confusion: Confusion | None
    report: Report
    releases: Mapping[str, CompiledAccuracy | KerasRefusal]


def find_out(subject: Subject, *, progress: Callable[[float], None] | None = None) -> Found:
    """Compute all that a report says.

    Parameters
    ----------
    subject : Subject
    progress : callable, optional
        Told again and again which share of the work is done, from 0 to 1.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 1], [0.2, 0.7, 0.4])
    >>> given = {"title": "x.csv", "origin": {}, "loss": "binary_crossentropy"}
    >>> found = find_out(Subject(predictions=data, settings=Settings(), **given))
    >>> round(found.main.result, 4), found.counts.true_positives
    (0.6667, 1)
    """
    data, settings = subject.predictions, subject.settings
    tell = progress or (lambda _: None)
    evaluations, misfits = evaluate_all(
        data, settings, subject.positive, progress=lambda done: tell(0.4 * done)
    )
    card = subject.card if subject.card in evaluations else MAIN[data.kind]
    main = evaluations[card]
    steps = Steps(data, settings.activation)
    two = data.n_outputs == 2 and data.kind in ("one_hot", "sparse")
    positive = subject.positive if two else None
    sweep = _tried(partial(sweep_of, steps, positive, weighted=settings.weighted))
    counts = None
    if sweep is not None:
        limit = float(effective_threshold(settings.threshold, np.dtype(sweep.dtype)))
        counts = sweep.at(limit)
    return Found(
        subject=subject,
        evaluations=evaluations,
        misfits=misfits,
        main=main,
        spread=_spread(main.steps),
        positive=positive,
        sweep=sweep,
        counts=counts,
        confusion=_tried(partial(_confusion, steps, settings)),
        report=examine(
            data, settings=settings, steps=steps, progress=lambda done: tell(0.4 + 0.5 * done)
        ).without(subject.muted),
        releases={name: _asked(data, name, subject.loss) for name in RELEASES},
    )


def _tried(action: partial[Result]) -> Result | None:
    """What an action gives; None where these data do not allow it."""
    try:
        return action()
    except InputError:
        return None


def _spread(steps: Steps) -> Distribution | None:
    data = steps.predictions
    if data.kind == "class_indices":
        return None
    if data.kind == "sparse":
        classes = np.arange(data.n_outputs, dtype=np.int64)
        return distribution(steps.scores, steps.true_class[:, None] == classes)
    return distribution(steps.scores, steps.positive)


def _confusion(steps: Steps, settings: Settings) -> Confusion | None:
    data = steps.predictions
    if data.kind == "multi_label" or data.n_classes > MOST_CLASSES:
        return None
    if data.kind == "class_indices":
        predicted = data.outputs
    elif data.kind == "binary":
        predicted = steps.scores > effective_threshold(settings.threshold, steps.scores.dtype)
    else:
        predicted = steps.argmax
    weight = data.sample_weight if settings.weighted else None
    return Confusion.of(steps.true_class, predicted.astype(np.int64), data.n_classes, weight)


def _asked(data: Predictions, release: str, loss: Loss) -> CompiledAccuracy | KerasRefusal:
    try:
        return for_predictions(data, release=release, loss=loss)
    except KerasRefusal as refusal:
        return refusal.with_traceback(None)

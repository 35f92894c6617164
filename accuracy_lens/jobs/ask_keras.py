"""Questions to the installed Keras, put in a child process; TensorFlow never enters the server."""

from __future__ import annotations

import atexit
import importlib.util
from dataclasses import dataclass, replace
from functools import partial

from accuracy_lens.jobs.confined import WorkerLimits
from accuracy_lens.jobs.workers import Reason, WorkerError, Workers
from metrics_core.errors import InputError
from metrics_core.live_keras import evaluate_accuracy
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.releases import Loss

ROWS = 200_000
"""The most samples that are handed over; the first ones are taken."""
LIMITS = WorkerLimits(
    workers=1,
    seconds=120.0,
    memory=8 * 1024**3,
    wait_seconds=120.0,
    setup="metrics_core.live_keras:prepare",
    environment={
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    },
)
"""One process with TensorFlow; its first answer waits for the import."""
KERAS = Workers(LIMITS)
atexit.register(KERAS.end)
_SAID: dict[Reason, tuple[Message, Message]] = {
    "time": (
        Message("must be answered by Keras within {seconds} seconds"),
        Message("Take a larger batch size."),
    ),
    "memory": (
        Message("must fit into {memory} GB together with TensorFlow"),
        Message("Take fewer samples."),
    ),
    "died": (
        Message("must leave the process that runs Keras alive"),
        Message("Ask again; a new process is started."),
    ),
    "busy": (
        Message("must find the process that runs Keras free"),
        Message("Ask again in a minute."),
    ),
}


MISSING: Message = Message(
    "TensorFlow is not installed here. `pip install 'accuracy-lens[train]'` brings it; everything "
    "else works without."
)
"""Said where it is needed."""


@dataclass(frozen=True)
class KerasAnswer:
    """What the installed Keras said.

    Attributes
    ----------
    version, backend : str
    value : float or None
        What ``evaluate`` returned for the metric.
    reported_name : str or None
        What stands before it.
    refused : str or None
        The line that says why, of the error that it raised instead.
    """

    version: str
    backend: str
    value: float | None
    reported_name: str | None
    refused: str | None


def installed() -> bool:
    """Whether there is a Keras to ask; nothing is imported to find out."""
    return all(importlib.util.find_spec(name) for name in ("keras", "tensorflow"))


def first_rows(predictions: Predictions) -> Predictions:
    """The samples that are handed over: all, or the first `ROWS`.

    Examples
    --------
    >>> first_rows(Predictions.of([0, 1], [0.2, 0.7])).n_samples
    2
    """
    if predictions.n_samples <= ROWS:
        return predictions
    weight, ids = predictions.sample_weight, predictions.sample_ids
    return replace(
        predictions,
        y_true=predictions.y_true[:ROWS],
        y_pred=predictions.y_pred[:ROWS],
        sample_weight=None if weight is None else weight[:ROWS],
        sample_ids=None if ids is None else ids[:ROWS],
    )


def ask(
    predictions: Predictions, *, loss: Loss, metric: str, batch_size: int, weighted: bool
) -> KerasAnswer:
    """Compile and evaluate in the child process.

    Parameters
    ----------
    predictions : Predictions
        At most `ROWS` samples, see `first_rows`.
    loss, metric, batch_size, weighted
        As in `metrics_core.live_keras.evaluate_accuracy`.

    Raises
    ------
    InputError
        For more samples, and where the limits end the run.
    """
    if predictions.n_samples > ROWS:
        raise InputError(
            "predictions",
            "must have at most {rows} samples",
            predictions.n_samples,
            "Take the first of them.",
            rows=ROWS,
        )
    question = partial(
        evaluate_accuracy,
        loss=loss,
        metric=metric,
        batch_size=batch_size,
        sample_weight=predictions.sample_weight,
        weighted=weighted,
    )
    try:
        said = KERAS.run(question, predictions.y_true, predictions.y_pred)
    except WorkerError as error:
        rule: Message
        remedy: Message
        rule, remedy = _SAID[error.reason]
        limits = {"seconds": int(LIMITS.seconds), "memory": LIMITS.memory // 1024**3}
        rule = replace(rule, values=limits)
        raise InputError(
            "predictions",
            rule,
            Message("{n} sample", {"n": predictions.n_samples}, plural="{n} samples"),
            remedy,
        ) from None
    return KerasAnswer(**said)  # type: ignore[arg-type]

"""Metrics compiled beside accuracy in the selected release, on the data in view (no streamlit)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from accuracy_lens.words.text import figure, say
from metrics_core.counting.confusion import MOST_CLASSES
from metrics_core.errors import InputError
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.releases import KerasRefusal, Loss, beside_ran, metric_beside
from metrics_core.steps.shared import Steps
from metrics_core.sweep import auc, sweep_of
from metrics_core.sweep.binned import THRESHOLDS

_ASKED: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("Precision", {}),
    ("Recall", {}),
    ("AUC", {}),
    ("AUC", {"curve": "PR"}),
    ("AUC", {"from_logits": True}),
    ("AUC", {"multi_label": True}),
    ("PrecisionAtRecall", {"recall": 0.8}),
    ("F1Score", {"average": "macro"}),
    ("F1Score", {"average": "micro", "threshold": 0.5}),
    ("FBetaScore", {"average": "macro", "beta": 2.0, "threshold": 0.5}),
    ("BinaryIoU", {}),
)


@dataclass(frozen=True)
class Beside:
    """A metric as it is written in ``compile``, and what it prints or why it does not.

    A metric that an earlier release, which was run, did not have may have come meanwhile: it is
    missing, and not `known` to be.
    """

    code: str
    value: float | None
    why: Message | None
    missing: bool = False
    known: bool = True


def ask_beside(
    predictions: Predictions, release: str, *, loss: Loss, batch_size: int, weighted: bool
) -> tuple[tuple[Beside, ...], float | None]:
    """Every metric in one release, and the exact AUC, where there is one.

    Examples
    --------
    >>> data = Predictions.of([0, 1, 0, 1], [0.501, 0.502, 0.1, 0.9])
    >>> asked = {"loss": "binary_crossentropy", "batch_size": 32, "weighted": False}
    >>> found, exact = ask_beside(data, "keras-3.15.1", **asked)
    >>> found[2].code, found[2].value, exact
    ('AUC()', 0.875, 1.0)
    """
    found = []
    known = beside_ran(release) == release
    asked, overlap = list(_ASKED), _overlap(predictions)
    if overlap is not None and overlap[1]["num_classes"] <= MOST_CLASSES:
        asked.append(overlap)
    for name, options in asked:
        given = ", ".join(f"{option}={value!r}" for option, value in options.items())
        value, why, missing = None, None, False
        try:
            value = float(
                metric_beside(
                    name,
                    predictions.y_true,
                    predictions.y_pred,
                    release=release,
                    loss=loss,
                    batch_size=batch_size,
                    sample_weight=predictions.sample_weight,
                    weighted=weighted,
                    **options,
                )
            )
        except KerasRefusal as refusal:
            missing = refusal.stage == "missing"
            why = refusal.message if known or not missing else None
        found.append(Beside(f"{name}({given})", value, why, missing, known))
    return tuple(found), _exact(predictions, weighted=weighted)


def beside_columns(found: tuple[Beside, ...]) -> dict[str, list[str]]:
    """The table: the metric, the number, why there is none."""
    columns = {
        say("metric"): [each.code for each in found],
        say("prints"): [_printed(each) for each in found],
    }
    if any(each.why for each in found):
        columns[say("why refused")] = [say(each.why) if each.why else "" for each in found]
    return columns


def _printed(each: Beside) -> str:
    if each.value is not None:
        return figure(each.value)
    if not each.missing:
        return say("refused")
    return say("not there") if each.known else say("not run")


def binned_sentence(found: tuple[Beside, ...], exact: float | None) -> Message | None:
    """Say what the thresholds of AUC do to it, where it was computed."""
    binned = next((each.value for each in found if each.code == "AUC()"), None)
    if binned is None or exact is None:
        return None
    return Message(
        "AUC compares the scores with {count} thresholds from 0 to 1, so scores between two of "
        "them count as tied, and so do all below 0 or above 1: it prints {binned}; with every "
        "score as a threshold it is {exact}.",
        {"count": THRESHOLDS, "binned": figure(binned), "exact": figure(exact)},
    )


def _overlap(predictions: Predictions) -> tuple[str, Mapping[str, Any]] | None:
    """Mean IoU with the arguments that these labels need; None where a label is not finite."""
    classes = max(predictions.n_outputs, 2)
    match predictions.kind:
        case "one_hot" | "multi_label":
            options = {"num_classes": classes, "sparse_y_true": False, "sparse_y_pred": False}
        case "sparse":
            options = {"num_classes": classes, "sparse_y_pred": False}
        case _:
            highest = predictions.labels.max()
            if not np.isfinite(highest):
                return None
            options = {"num_classes": int(max(highest, classes - 1)) + 1}
    return "MeanIoU", options


def _exact(predictions: Predictions, *, weighted: bool) -> float | None:
    try:
        sweep = sweep_of(Steps(predictions), weighted=weighted)
    except InputError:
        return None
    return auc(sweep) if sweep and sweep.positives and sweep.negatives else None

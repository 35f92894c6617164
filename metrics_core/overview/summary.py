"""What a set of predictions looks like, in numbers and in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics_core.kinds import KIND_WORDS
from metrics_core.messages import Message
from metrics_core.predictions import Predictions

Form = Literal["classes", "probabilities", "logits"]
_BLOCK = 262_144


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The numbers of the description line.

    Attributes
    ----------
    n_samples, n_classes : int
    low, high : float
        Lowest and highest finite output; NaN where there is none.
    n_nan, n_infinite : int
        Outputs that are not finite.
    form : {"classes", "probabilities", "logits"}
        ``probabilities`` where every finite output lies within 0 and 1; ``classes`` for class
        indices; everything else is called logits.
    rows_sum_to_one : bool or None
        For several outputs within 0 and 1: whether every row sums to 1 within 1e-3.
    line : Message
        All of it in one line.
    """

    n_samples: int
    n_classes: int
    low: float
    high: float
    n_nan: int
    n_infinite: int
    form: Form
    rows_sum_to_one: bool | None
    line: Message


def summarize(predictions: Predictions) -> Summary:
    """Read the numbers of the description line from the outputs, block by block.

    Examples
    --------
    >>> summary = summarize(Predictions.of([0, 1], [0.25, 2.5]))
    >>> summary.form, str(summary.line)
    ('logits', '2 samples, one output per sample, outputs from 0.25 to 2.5: not probabilities')
    """
    outputs = predictions.outputs
    rows = max(1, _BLOCK // predictions.n_outputs)
    low, high, n_nan, n_infinite, sums_to_one = np.inf, -np.inf, 0, 0, True
    for start in range(0, predictions.n_samples, rows):
        block = outputs[start : start + rows]
        finite = block
        if block.dtype.kind == "f" and not np.isfinite(block).all():
            finite = block[np.isfinite(block)]
            n_nan += int(np.isnan(block).sum())
            n_infinite += int(np.isinf(block).sum())
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
        if sums_to_one and block.ndim == 2:
            with np.errstate(invalid="ignore"):
                sums = block.sum(axis=1, dtype=np.float64)
            sums_to_one = bool(np.all(np.abs(sums - 1) <= 1e-3))
    form: Form = "probabilities" if low >= 0 and high <= 1 else "logits"
    if predictions.kind == "class_indices":
        form = "classes"
    several = form == "probabilities" and predictions.n_outputs > 1
    numbers = Summary(
        n_samples=predictions.n_samples,
        n_classes=predictions.n_classes,
        low=low if low <= high else float("nan"),
        high=high if low <= high else float("nan"),
        n_nan=n_nan,
        n_infinite=n_infinite,
        form=form,
        rows_sum_to_one=sums_to_one if several else None,
        line=Message(""),
    )
    return Summary(**{**numbers.__dict__, "line": _line(predictions, numbers)})


def _line(predictions: Predictions, numbers: Summary) -> Message:
    values: dict[str, object] = {
        "n": numbers.n_samples,
        "classes": numbers.n_classes,
        "kind": KIND_WORDS[predictions.kind],
        "low": f"{numbers.low:.4g}",
        "high": f"{numbers.high:.4g}",
        "form": _form(numbers),
    }
    line = Message(
        "{n:,} sample, {kind}, outputs from {low} to {high}: {form}",
        values,
        plural="{n:,} samples, {kind}, outputs from {low} to {high}: {form}",
    )
    if predictions.n_outputs > 1:
        line = Message(
            "{n:,} sample, {classes} classes, {kind}, outputs from {low} to {high}: {form}",
            values,
            plural="{n:,} samples, {classes} classes, {kind}, outputs from {low} to {high}: {form}",
        )
    if not numbers.n_nan and not numbers.n_infinite:
        return line
    return Message(
        "{line}; {nan:,} NaN, {infinite:,} infinite",
        {"line": line, "nan": numbers.n_nan, "infinite": numbers.n_infinite},
    )


def _form(numbers: Summary) -> Message:
    if numbers.rows_sum_to_one is False:
        return Message("between 0 and 1, but rows do not sum to 1")
    if numbers.form == "classes":
        return Message("compared as they are")
    return (
        Message("probabilities")
        if numbers.form == "probabilities"
        else Message("not probabilities")
    )

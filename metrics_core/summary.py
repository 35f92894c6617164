"""What a set of predictions looks like, in figures and in one line."""

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
    """The figures of the description line.

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
    """Read the figures of the description line from the outputs, block by block.

    Examples
    --------
    >>> made = summarize(Predictions.of([0, 1], [0.25, 2.5]))
    >>> made.form, str(made.line)
    ('logits', '2 samples, one output a sample, outputs from 0.25 to 2.5: not probabilities')
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
    figures = Summary(
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
    return Summary(**{**figures.__dict__, "line": _line(predictions, figures)})


def _line(predictions: Predictions, figures: Summary) -> Message:
    template = "{samples} samples, {kind}, outputs from {low} to {high}: {form}"
    if predictions.n_outputs > 1:
        template = (
            "{samples} samples, {classes} classes, {kind}, outputs from {low} to {high}: {form}"
        )
    forms = {
        "classes": Message("compared as they are"),
        "probabilities": Message("probabilities"),
        "logits": Message("not probabilities"),
    }
    form = forms[figures.form]
    if figures.rows_sum_to_one is False:
        form = Message("within 0 and 1, but rows do not sum to 1")
    values: dict[str, object] = {
        "samples": f"{figures.n_samples:,}",
        "classes": figures.n_classes,
        "kind": Message(KIND_WORDS[predictions.kind]),
        "low": f"{figures.low:.4g}",
        "high": f"{figures.high:.4g}",
        "form": form,
    }
    if figures.n_nan or figures.n_infinite:
        template += "; {nan} NaN, {infinite} infinite"
        values |= {"nan": f"{figures.n_nan:,}", "infinite": f"{figures.n_infinite:,}"}
    return Message(template, values)

"""A softmax over the samples in place of the classes."""

from __future__ import annotations

import numpy as np

from metrics_core.doctor.case import VISIBLE, Case, share
from metrics_core.doctor.finding import Finding
from metrics_core.messages import Message

_NEAR = 1e-3


def columns_sum(case: Case) -> int | None:
    """The whole number that every column sums to: 1, or the number of batches; None otherwise.

    Only for outputs within 0 and 1 whose rows do not sum to 1.
    """
    if case.summary.rows_sum_to_one is not False or case.decided or case.constant:
        return None
    sums = case.raw.sum(axis=0, dtype=np.float64)
    whole = round(float(sums.mean())) if np.isfinite(sums).all() else 0
    if whole < 1 or case.n < 2 * whole or len(sums) < 2:
        return None
    return whole if bool((np.abs(sums - whole) <= _NEAR * whole).all()) else None


def softmax_over_samples(case: Case) -> Finding | None:
    """Columns that sum to 1 in place of rows, or logits that would part if it were done."""
    whole = columns_sum(case)
    if whole is not None:
        return _found(case, whole)
    several = case.kind in ("one_hot", "sparse")
    if not several or not case.logits_in_view or not np.isfinite(case.raw).all():
        return None
    logits = case.raw.astype(np.float64)
    logits -= logits.max(axis=0)
    logits -= np.log(np.exp(logits).sum(axis=0))
    wrong = float((logits.argmax(axis=1) == case.true_class).mean())
    if abs(wrong - case.accuracy) < VISIBLE:
        return None
    return Finding(
        severity="note",
        title=Message("A softmax over the wrong axis would change the number"),
        seen=Message(
            "These are logits. With a softmax over the samples (axis 0) before argmax, the "
            "accuracy would be {wrong}; by the highest logit it is {now}.",
            {"wrong": share(wrong), "now": share(case.accuracy)},
        ),
        consistent_with=Message(
            "`softmax(dim=0)` on a batch, in a number that was computed elsewhere."
        ),
        sure="possible",
        remedy=Message("Apply the softmax along the classes, which is the last axis."),
        code="y_pred = keras.ops.softmax(logits, axis=-1)",
        counterfactual=Message(
            "over the samples: {wrong}; over the classes: {now}",
            {"wrong": share(wrong), "now": share(case.accuracy)},
        ),
    )


def _found(case: Case, whole: int) -> Finding:
    sums = case.raw.sum(axis=1, dtype=np.float64)
    return Finding(
        severity="serious",
        title=Message("Softmax over the samples in place of the classes"),
        seen=Message(
            "Each of the {columns} columns sums to {whole}, but the rows sum to anything from "
            "{low} to {high}.",
            {
                "columns": case.predictions.n_outputs,
                "whole": whole,
                "low": f"{sums.min():.4g}",
                "high": f"{sums.max():.4g}",
            },
        ),
        consistent_with=Message("A softmax along axis 0, over all samples at once.")
        if whole == 1
        else Message("A softmax along axis 0, in each of {batches} batches.", {"batches": whole}),
        sure="certain",
        remedy=Message(
            "Apply the softmax to the logits along the last axis. These outputs do not tell the "
            "logits, so predict again."
        ),
        code="y_pred = keras.ops.softmax(logits, axis=-1)",
    )

"""The fraction behind a number, in words: "91 of 96"."""

from __future__ import annotations

from accuracy_lens.words.text import amount
from metrics_core.catalog.variant import Variant
from metrics_core.evaluation import Evaluation
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.aggregation.batches import BatchMeans
from metrics_core.steps.aggregation.per_class import PerClassMean


def count_words(evaluation: Evaluation) -> Message:
    """The fraction behind the number, in words: "91 of 96"."""
    if evaluation.one_value and not isinstance(evaluation.state, BatchMeans):
        return Message(
            "one value for {n:,} sample",
            {"n": evaluation.predictions.n_samples},
            plural="one value for {n:,} samples",
        )
    return fraction_words(
        evaluation.variant,
        evaluation.predictions,
        evaluation.settings,
        evaluation.total,
        evaluation.count,
        per_class=isinstance(evaluation.state, PerClassMean),
    )


def fraction_words(
    row: Variant,
    predictions: Predictions,
    settings: Settings,
    total: float,
    count: float,
    *,
    per_class: bool | None = None,
) -> Message:
    """A fraction in words, by what its parts count.

    Parameters
    ----------
    total, count : float
    per_class : bool, optional
        Whether the parts are classes; by default where the variant's own averaging is.
    """
    groups: dict[str, object] = {"n": round(count)}
    if row.aggregation.by_class if per_class is None else per_class:
        return Message("mean of {n:,} class", groups, plural="mean of {n:,} classes")
    if settings.aggregation == "batch_means":
        return Message("mean of {n:,} batch", groups, plural="mean of {n:,} batches")
    nothing = row.aggregation.nothing
    if not count and nothing is not None:
        return nothing
    values: dict[str, object] = {"total": amount(total), "count": amount(count)}
    counted = row.aggregation.fraction(amount(total), amount(count))
    if not row.is_accuracy and counted is None:
        return Message("sum {total} over {count}", values)
    if settings.weighted and predictions.sample_weight is not None:
        return Message("weight {total} of {count}", values)
    if counted is not None:
        return counted
    if predictions.n_outputs > 1 and row.comparison.by_element:
        return Message("{total} of {count} elements", values)
    return Message("{total} of {count}", values)

"""Metrics of rows with several true labels: top k, and means over the samples."""

from __future__ import annotations

from dataclasses import replace

from metrics_core.messages import Message
from metrics_core.reverse.recipes.metrics.count_metrics import SHARE, CountMetric
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.steps.choices.decision.rank import RANK
from metrics_core.steps.choices.decision.threshold import THRESHOLD

_AMONG = Message("true labels among the {k} highest outputs")
_TOP_K = {
    "any_in_top_k": (
        Message("Any true label in the top {k}"),
        Message("any true label among the {k} highest outputs"),
        Message("mean"),
        ("result = float(np.average(hits.any(axis=1), weights=w))",),
    ),
    "precision_at_k": (
        Message("Precision at {k}"),
        _AMONG,
        Message("mean of their share of {k}"),
        ("result = float(np.average(hits.sum(axis=1) / {k}, weights=w))",),
    ),
    "recall_at_k": (
        Message("Recall at {k}"),
        _AMONG,
        Message("mean of their share of all true labels"),
        (
            "each = hits.sum(axis=1) / np.maximum((y_true == 1).sum(axis=1), 1)",
            "result = float(np.average(each, weights=w))",
        ),
    ),
}


def top_k(name: str, k: int) -> Metric:
    """Of the true labels: whether any is among the k highest outputs, or how many are.

    Parameters
    ----------
    name : {"any_in_top_k", "precision_at_k", "recall_at_k"}
    k : int

    Examples
    --------
    >>> str(top_k("precision_at_k", 3).title)
    'Precision at 3'
    """
    title, compared, averaged, lines = _TOP_K[name]
    shown: dict[str, object] = {"k": k}
    return Metric(
        name=name,
        title=replace(title, values=shown),
        compared=replace(compared, values=shown),
        averaged=replace(averaged, values=shown),
        decision=RANK,
        labels="elements",
        numpy=(
            f"top = np.argsort(-y_pred, axis=1, kind='stable')[:, :{k}]",
            "hits = np.take_along_axis(y_true == 1, top, axis=1)",
            *(line.format(k=k) for line in lines),
        ),
    )


def of_samples(counted: CountMetric) -> Metric:
    """A metric of the labels of each sample, then the mean over the samples."""
    library: tuple[str, ...] = ()
    if counted.sklearn:
        taken = "y_true.astype(int), decided.astype(int)"
        arguments = f'{taken}, {counted.more}average="samples", zero_division=0{{weight}}'
        library = (
            f"from sklearn.metrics import {counted.sklearn}",
            "",
            f"result = float({counted.sklearn}({arguments}))",
        )
    return Metric(
        name=f"{counted.name}_samples",
        title=Message("{metric}, mean over the samples", {"metric": counted.title}),
        compared=Message("the labels of each sample"),
        averaged=Message("figure of each sample, then their mean"),
        decision=THRESHOLD,
        labels="elements",
        numpy=(
            SHARE,
            "yes, hit = y_true == 1, decided == 1",
            "tp, fp = (yes & hit).sum(axis=1), (~yes & hit).sum(axis=1)",
            "fn, tn = (yes & ~hit).sum(axis=1), (~yes & ~hit).sum(axis=1)",
            f"result = float(np.average({counted.code}, weights=w))",
        ),
        library=library,
    )


HAMMING = Metric(
    name="hamming_loss",
    title=Message("Hamming loss"),
    compared=Message("each element different from the label"),
    averaged=Message("mean"),
    decision=THRESHOLD,
    labels="elements",
    numpy=("result = float(np.average((decided != (y_true == 1)).mean(axis=1), weights=w))",),
)

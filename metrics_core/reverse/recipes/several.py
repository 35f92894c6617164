"""Metrics of rows with several true labels: top k, and means over the samples."""

from __future__ import annotations

from metrics_core.messages import Message
from metrics_core.reverse.recipes.figures import SHARE, Figure
from metrics_core.reverse.recipes.metric import Metric
from metrics_core.steps.choices.decision import RANK, THRESHOLD

_TOP = (
    "top = np.argsort(-y_pred, axis=1, kind='stable')[:, :{k}]",
    "hits = np.take_along_axis(y_true == 1, top, axis=1)",
)


def any_in_top(k: int) -> Metric:
    """Whether any true label is among the k highest outputs."""
    return Metric(
        name="any_in_top_k",
        title=Message("Any true label in the top {k}", {"k": k}),
        compared=Message("any true label among the {k} highest outputs", {"k": k}),
        averaged=Message("mean"),
        decision=RANK,
        labels="elements",
        numpy=(*_lines(k), "result = float(np.average(hits.any(axis=1), weights=w))"),
    )


def precision_at(k: int) -> Metric:
    """The share of true labels among the k highest outputs."""
    return Metric(
        name="precision_at_k",
        title=Message("Precision at {k}", {"k": k}),
        compared=Message("true labels among the {k} highest outputs", {"k": k}),
        averaged=Message("mean of their share of {k}", {"k": k}),
        decision=RANK,
        labels="elements",
        numpy=(*_lines(k), f"result = float(np.average(hits.sum(axis=1) / {k}, weights=w))"),
    )


def recall_at(k: int) -> Metric:
    """The share of the true labels that are among the k highest outputs."""
    return Metric(
        name="recall_at_k",
        title=Message("Recall at {k}", {"k": k}),
        compared=Message("true labels among the {k} highest outputs", {"k": k}),
        averaged=Message("mean of their share of all true labels"),
        decision=RANK,
        labels="elements",
        numpy=(
            *_lines(k),
            "each = hits.sum(axis=1) / np.maximum((y_true == 1).sum(axis=1), 1)",
            "result = float(np.average(each, weights=w))",
        ),
    )


def _lines(k: int) -> tuple[str, ...]:
    return tuple(line.format(k=k) for line in _TOP)


def of_samples(figure: Figure) -> Metric:
    """A figure of the labels of each sample, then the mean over the samples."""
    library: tuple[str, ...] = ()
    if figure.sklearn:
        taken = "y_true.astype(int), decided.astype(int)"
        arguments = f'{taken}, {figure.more}average="samples", zero_division=0{{weight}}'
        library = (
            f"from sklearn.metrics import {figure.sklearn}",
            "",
            f"result = float({figure.sklearn}({arguments}))",
        )
    return Metric(
        name=f"{figure.name}_samples",
        title=Message("{figure}, mean over the samples", {"figure": figure.title}),
        compared=Message("the labels of each sample"),
        averaged=Message("figure of each sample, then their mean"),
        decision=THRESHOLD,
        labels="elements",
        numpy=(
            SHARE,
            "yes, hit = y_true == 1, decided == 1",
            "tp, fp = (yes & hit).sum(axis=1), (~yes & hit).sum(axis=1)",
            "fn, tn = (yes & ~hit).sum(axis=1), (~yes & ~hit).sum(axis=1)",
            f"result = float(np.average({figure.code}, weights=w))",
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

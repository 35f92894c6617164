"""The accuracies of the kept outputs of one epoch, each counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accuracy_lens.words.text import amount
from metrics_core.catalog.rows import applicable
from metrics_core.errors import InputError
from metrics_core.evaluation import Evaluation, evaluate
from metrics_core.live_keras import EpochReport
from metrics_core.messages import Message
from metrics_core.settings import Settings
from metrics_core.steps.shared import Steps

AT_ZERO = "binary_accuracy, threshold=0"
"""The name of binary accuracy above 0, the number for logits."""
_CARDS: Mapping[str, tuple[str, ...]] = {
    "one_hot": ("binary_accuracy", "categorical_accuracy"),
    "sparse": ("sparse_categorical_accuracy", "balanced_accuracy"),
    "binary": ("binary_accuracy", AT_ZERO, "balanced_accuracy"),
}


@dataclass(frozen=True)
class Counted:
    """An accuracy variant of the kept outputs of one epoch.

    Attributes
    ----------
    name : str
        As the catalogue has it, or `AT_ZERO`.
    title : Message
    value : float
    of : Message
        The count behind it.
    """

    name: str
    title: Message
    value: float
    of: Message


def counted(report: EpochReport) -> tuple[Counted, ...]:
    """Every accuracy of the catalogue that fits the outputs of an epoch, at Keras's defaults.

    Where some outputs of a single unit are not probabilities, the threshold 0 is counted too.
    """
    data = report.predictions()
    steps = Steps(data)
    variants = []
    for row in applicable(data):
        if not row.is_accuracy:
            continue
        try:
            found = evaluate(data, row.name, Settings(), steps=steps)
        except InputError:  # labels of -1 fit fewer variants
            continue
        variants.append(Counted(row.name, row.title, found.result, _of(found)))
        outside = data.kind == "binary" and bool((data.y_pred < 0).any())
        if row.name == "binary_accuracy" and outside:
            at_zero = evaluate(data, row.name, Settings(threshold=0.0), steps=steps)
            title = Message("Binary accuracy, above 0")
            variants.append(Counted(AT_ZERO, title, at_zero.result, _of(at_zero)))
    return tuple(variants)


def _of(evaluation: Evaluation) -> Message:
    if evaluation.variant.aggregation.by_class:
        n = int(evaluation.count)
        return Message("mean of {n:,} class", {"n": n}, plural="mean of {n:,} classes")
    total, count = amount(evaluation.total), amount(evaluation.count)
    return Message("{total} of {count}", {"total": total, "count": count})


def cards(kind: str, variants: Sequence[Counted]) -> list[Counted]:
    """The two variants that are most often taken for one another."""
    known = {each.name: each for each in variants}
    return [known[name] for name in _CARDS[kind] if name in known][:2]

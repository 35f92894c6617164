"""Metrics that follow from the four counts, each with its code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from metrics_core.counting.counts import FIGURES, Amount, Counts, share
from metrics_core.messages import Message

SHARE = "share = lambda a, b: np.divide(a, b, out=np.zeros(np.shape(b)), where=b != 0)"


@dataclass(frozen=True, kw_only=True)
class CountMetric:
    """A metric that follows from the four counts.

    Attributes
    ----------
    name : str
    title : Message
    of : callable
        From `Counts` to the metric; arrays give one a class or threshold.
    code : str
        The same in numpy, from `tp`, `fp`, `fn`, `tn` and `share`.
    sklearn, more : str
        The function of `sklearn.metrics` that takes ``average``, and its other arguments.
    """

    name: str
    title: Message
    of: Callable[[Counts], Amount]
    code: str
    sklearn: str = ""
    more: str = ""


def _shown(name: str, code: str, sklearn: str = "") -> CountMetric:
    """A metric that the pages show as well: its title and how it follows from the counts."""
    row = FIGURES[name]
    title = row.title
    return CountMetric(name=name, title=title, of=row.of, code=code, sklearn=sklearn)


def _kappa(counts: Counts) -> Amount:
    tp, fp, tn, fn = (1.0 * part for part in counts.parts)
    chance = (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn)
    return share(2 * (tp * tn - fp * fn), chance)


_ROWS = (
    _shown("accuracy", "share(tp + tn, tp + tn + fp + fn)"),
    _shown("precision", "share(tp, tp + fp)", "precision_score"),
    _shown("recall", "share(tp, tp + fn)", "recall_score"),
    _shown("f1", "share(2 * tp, 2 * tp + fp + fn)", "f1_score"),
    CountMetric(
        name="f2",
        title=Message("F2"),
        of=lambda c: c.f_beta(2.0),
        code="share(5 * tp, 5 * tp + 4 * fn + fp)",
        sklearn="fbeta_score",
        more="beta=2.0, ",
    ),
    CountMetric(
        name="f05",
        title=Message("F0.5"),
        of=lambda c: c.f_beta(0.5),
        code="share(1.25 * tp, 1.25 * tp + 0.25 * fn + fp)",
        sklearn="fbeta_score",
        more="beta=0.5, ",
    ),
    _shown("specificity", "share(tn, tn + fp)"),
    CountMetric(
        name="fallout",
        title=Message("False positive rate"),
        of=lambda c: c.false_positive_rate,
        code="share(fp, tn + fp)",
    ),
    CountMetric(
        name="negative_precision",
        title=Message("Negative predictive value"),
        of=lambda c: share(c.true_negatives, c.true_negatives + c.false_negatives),
        code="share(tn, tn + fn)",
    ),
    CountMetric(
        name="iou",
        title=Message("IoU (Jaccard)"),
        of=lambda c: share(c.true_positives, c.positives + c.false_positives),
        code="share(tp, tp + fp + fn)",
        sklearn="jaccard_score",
    ),
    CountMetric(
        name="predicted_share",
        title=Message("Share predicted positive"),
        of=lambda c: c.predicted_share,
        code="share(tp + fp, tp + fp + tn + fn)",
    ),
    _shown(
        "balanced_accuracy",
        "(share(tp, tp + fn) + share(tn, tn + fp)) / ((tp + fn > 0) * 1 + (tn + fp > 0))",
    ),
    _shown("youden", "share(tp, tp + fn) + share(tn, tn + fp) - 1"),
    CountMetric(
        name="geometric_mean",
        title=Message("Geometric mean of recall and specificity"),
        of=lambda c: np.sqrt(c.recall * c.specificity),
        code="np.sqrt(share(tp, tp + fn) * share(tn, tn + fp))",
    ),
    _shown(
        "matthews",
        "share(tp * tn - fp * fn, np.sqrt((tp + fp) * (tn + fn)) * np.sqrt((tp + fn) * (tn + fp)))",
    ),
    CountMetric(
        name="kappa",
        title=Message("Cohen's kappa"),
        of=_kappa,
        code="share(2 * (tp * tn - fp * fn), (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn))",
    ),
)
COUNT_METRICS: dict[str, CountMetric] = {row.name: row for row in _ROWS}
"""Every metric of one class against the rest, by its name."""
AVERAGED = ("precision", "recall", "f1", "f2", "f05", "specificity", "iou", "accuracy")
"""Those of which people take the mean over the classes."""

"""Step 5: each way to make one number of the matches, and who counts in it."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.shared import Steps

Parts = tuple[tuple[float, Array | None], ...]
"""Factors and who counts with each; None is everybody."""


class CountsByLabel(Protocol):
    """Counts at many thresholds, ``(m,)`` each; `metrics_core.counting.counts.Counts` has them."""

    @property
    def true_positives(self) -> Array | float:
        """Labels 1 that are predicted 1."""

    @property
    def true_negatives(self) -> Array | float:
        """Labels 0 that are predicted 0."""

    @property
    def positives(self) -> Array | float:
        """Labels that are 1."""

    @property
    def negatives(self) -> Array | float:
        """Labels that are 0."""

    @property
    def predicted_positive(self) -> Array | float:
        """Scores above the threshold."""

    @property
    def recall(self) -> Array | float:
        """The share of labels 1 that are predicted 1."""

    @property
    def specificity(self) -> Array | float:
        """The share of labels 0 that are predicted 0."""


class Aggregation:
    """A choice at the aggregation step; this one is the mean over all samples or elements.

    Attributes
    ----------
    name : str
    uses : tuple of str
        The settings that can change the number.
    by_class, by_batch : bool
        Whether there is one mean per true class, or per batch, and then their mean.
    counted : tuple of str
        For a mean over some only: the hits and the counts in numpy.
    """

    name: str = "mean"
    uses: tuple[str, ...] = ()
    by_class: bool = False
    by_batch: bool = False
    counted: tuple[str, ...] = ()

    def parts(self, steps: Steps, decision: Decision, settings: Settable) -> Parts:
        """Who counts, before weights."""
        return ((1.0, None),)

    def words(self, settings: Settable) -> Message:
        """The choice in a few words."""
        return Message("mean")

    def fraction(self, total: str, count: str) -> Message | None:
        """The fraction behind the number; None where the plain one serves."""
        return None

    @property
    def nothing(self) -> Message | None:
        """What it means that nobody counts, where the mean is over some only."""
        return None

    def keras_metric(self, threshold: float, settings: Settable) -> str:
        """The Keras metric that counts like this; empty where there is none."""
        return ""

    def from_counts(self, at: CountsByLabel, settings: Settable) -> tuple[Array, Array] | None:
        """Totals and counts at many thresholds; None where the counts by label do not tell them."""
        right = _wide(at.true_positives) + _wide(at.true_negatives)
        return right, _wide(at.positives) + _wide(at.negatives)


class _PerClass(Aggregation):
    name = "per_class"
    by_class = True

    def words(self, settings: Settable) -> Message:
        return Message("mean of each class, then of the classes")

    def from_counts(self, at: CountsByLabel, settings: Settable) -> tuple[Array, Array] | None:
        classes = np.not_equal(at.positives, 0) * 1.0 + np.not_equal(at.negatives, 0)
        return np.asarray(at.recall + at.specificity), classes


class _BatchMeans(Aggregation):
    name = "batch_means"
    by_batch = True

    def words(self, settings: Settable) -> Message:
        size = {"batch_size": settings.batch_size}
        return Message("mean of batches of {batch_size}, then of the batches", size)

    def from_counts(self, at: CountsByLabel, settings: Settable) -> tuple[Array, Array] | None:
        return None


class _PredictedPositive(Aggregation):
    name = "predicted_positive"
    counted = ("{d} & positive", "{d}")

    def parts(self, steps: Steps, decision: Decision, settings: Settable) -> Parts:
        return ((1.0, decision.decide(steps, settings)),)

    def words(self, settings: Settable) -> Message:
        return Message("mean over those predicted 1")

    def fraction(self, total: str, count: str) -> Message | None:
        return Message("{total} of {count} predicted 1", {"total": total, "count": count})

    @property
    def nothing(self) -> Message | None:
        return Message("0 of 0: nothing was predicted 1")

    def keras_metric(self, threshold: float, settings: Settable) -> str:
        return f"Precision(thresholds={threshold!r})"

    def from_counts(self, at: CountsByLabel, settings: Settable) -> tuple[Array, Array] | None:
        return _wide(at.true_positives), _wide(at.predicted_positive)


class _ActualPositive(Aggregation):
    name = "actual_positive"
    counted = ("{d} & positive", "positive")

    def parts(self, steps: Steps, decision: Decision, settings: Settable) -> Parts:
        return ((1.0, steps.positive),)

    def words(self, settings: Settable) -> Message:
        return Message("mean over those labelled 1")

    def fraction(self, total: str, count: str) -> Message | None:
        return Message("{total} of {count} labelled 1", {"total": total, "count": count})

    @property
    def nothing(self) -> Message | None:
        return Message("0 of 0: no sample is 1")

    def keras_metric(self, threshold: float, settings: Settable) -> str:
        return f"Recall(thresholds={threshold!r})"

    def from_counts(self, at: CountsByLabel, settings: Settable) -> tuple[Array, Array] | None:
        return _wide(at.true_positives), _wide(at.positives)


class _FBeta(Aggregation):
    name = "f_beta"
    uses = ("beta",)
    counted = ("(1 + {b}**2) * ({d} & positive)", "{d} + {b}**2 * positive")

    def parts(self, steps: Steps, decision: Decision, settings: Settable) -> Parts:
        decisions = decision.decide(steps, settings)
        return ((1.0, decisions), (settings.beta**2, steps.positive))

    def words(self, settings: Settable) -> Message:
        return Message("mean over those predicted 1, and those labelled 1 times beta²")

    def fraction(self, total: str, count: str) -> Message | None:
        return Message("{total} of {count}, with beta", {"total": total, "count": count})

    @property
    def nothing(self) -> Message | None:
        return Message("0 of 0: no sample is 1, and nothing was predicted 1")

    def keras_metric(self, threshold: float, settings: Settable) -> str:
        beta = float(settings.beta)
        return f'FBetaScore(average="micro", beta={beta!r}, threshold={threshold!r})'

    def from_counts(self, at: CountsByLabel, settings: Settable) -> tuple[Array, Array] | None:
        square = settings.beta**2
        counts = _wide(at.predicted_positive) + square * _wide(at.positives)
        return (1 + square) * _wide(at.true_positives), counts


MEAN = Aggregation()
PER_CLASS = _PerClass()
BATCH_MEANS = _BatchMeans()
PREDICTED_POSITIVE = _PredictedPositive()
ACTUAL_POSITIVE = _ActualPositive()
F_BETA = _FBeta()

AVERAGES: dict[str, Aggregation] = {choice.name: choice for choice in (PER_CLASS, BATCH_MEANS)}
"""The choices that may take the place of a variant's own, by the name that settings give them."""


def _wide(counts: Array | float) -> Array:
    return np.asarray(counts, np.float64)

"""True classes: predicted, or in the top k."""

from __future__ import annotations

from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.numeric.arrays import Array
from metrics_core.steps import comparison as compare
from metrics_core.steps.choices.comparison.choice import Comparison, filled
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.settable import Settable
from metrics_core.steps.decision.rank import in_top
from metrics_core.steps.shared import Steps


class _EqualClass(Comparison):
    name = "equal_class"
    by_class = True

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return compare.equal(steps.true_class, decision.decide(steps, settings))

    def words(self, settings: Settable) -> Message:
        return Message("equal to the true class")

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        return filled(decision.keras_accuracy, kind, settings)


class _InTopK(Comparison):
    name = "in_top_k"
    numpy = ("matches = higher < {k}",)

    def compare(self, steps: Steps, decision: Decision, settings: Settable) -> Array:
        return in_top(decision.decide(steps, settings), settings.k)

    def words(self, settings: Settable) -> Message:
        return Message("true class in the top {k}", {"k": settings.k})

    def keras_metric(self, decision: Decision, kind: Kind, settings: Settable) -> str:
        return filled("{sparse}TopKCategoricalAccuracy(k={k})", kind, settings)


EQUAL_CLASS = _EqualClass()
IN_TOP_K = _InTopK()

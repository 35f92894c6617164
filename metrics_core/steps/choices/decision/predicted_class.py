"""The class that the outputs name, by whatever fits the kind of predictions."""

from __future__ import annotations

from metrics_core.kinds import Kind
from metrics_core.steps.choices.decision.argmax import ARGMAX
from metrics_core.steps.choices.decision.choice import NO_DECISION, Decision
from metrics_core.steps.choices.decision.threshold import THRESHOLD


class _PredictedClass(Decision):
    """The class that the outputs name: by threshold, by argmax, or the output itself."""

    name = "class"

    def for_kind(self, kind: Kind) -> Decision:
        by_kind: dict[Kind, Decision] = {"binary": THRESHOLD, "class_indices": NO_DECISION}
        return by_kind.get(kind, ARGMAX)


PREDICTED_CLASS = _PredictedClass()

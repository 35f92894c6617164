"""The five steps and their numbers, the same everywhere."""

from __future__ import annotations

from enum import IntEnum

from metrics_core.messages import Message


class Step(IntEnum):
    """A step of the recipe.

    Examples
    --------
    >>> [step.name.lower() for step in Step]
    ['outputs', 'activation', 'decision', 'comparison', 'aggregation']
    >>> int(Step.DECISION)
    3
    """

    OUTPUTS = 1
    ACTIVATION = 2
    DECISION = 3
    COMPARISON = 4
    AGGREGATION = 5

    @property
    def title(self) -> Message:
        """What a reader calls it."""
        return {
            Step.OUTPUTS: Message("Outputs"),
            Step.ACTIVATION: Message("Activation"),
            Step.DECISION: Message("Decision"),
            Step.COMPARISON: Message("Comparison"),
            Step.AGGREGATION: Message("Aggregation"),
        }[self]

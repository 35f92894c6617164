"""The five steps and their numbers, the same everywhere."""

from __future__ import annotations

from enum import IntEnum


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

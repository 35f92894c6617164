"""The samples that a question asks for: the wrong ones, those exactly at the threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from metrics_core.evaluation import Evaluation
from metrics_core.numeric.arrays import Array


class Evaluating(Protocol):
    """What evaluates a recipe by its name."""

    def evaluation(self, name: str) -> Evaluation:
        """The recipe applied to its data."""


def _by_sample(values: Array) -> Array:
    """One value per sample: True where any element is."""
    return np.asarray(values if values.ndim == 1 else values.any(axis=1))


def _at_threshold(found: Evaluation) -> Array:
    return _by_sample(found.scores == np.float32(found.settings.threshold))


def _tied(found: Evaluation) -> Array:
    if found.scores.ndim == 1:
        return np.zeros(len(found.scores), bool)
    best = found.scores.max(axis=1, keepdims=True)
    return np.asarray((found.scores == best).sum(axis=1) > 1)


def _missed(found: Evaluation) -> Array:
    predicted, labels = found.decisions == 1, found.predictions.labels == 1
    if predicted.shape != labels.shape:
        return np.zeros(len(labels), bool)
    return _by_sample(~predicted & labels)


HOW: dict[str, Callable[[Evaluation], Array]] = {
    "wrong": lambda found: found.sample_values() < 1,
    "right": lambda found: found.sample_values() >= 1,
    "predicted": lambda found: _by_sample(found.decisions == 1),
    "labelled": lambda found: _by_sample(found.predictions.labels == 1),
    "missed": _missed,
    "at_threshold": _at_threshold,
    "tied": _tied,
}
"""Properties of a sample under a recipe, and which samples have them."""


@dataclass(frozen=True)
class Marked:
    """The samples with a property under a recipe.

    Attributes
    ----------
    how : str
        A key of `HOW`, or ``differs``: right under one of two recipes and wrong under the other.
    recipe : str
    other : str
        The second recipe of ``differs``.
    """

    how: str
    recipe: str
    other: str = ""

    def rows(self, workings: Evaluating) -> Array:
        """Which samples, ``(n,)``."""
        found = workings.evaluation(self.recipe)
        if self.how == "differs":
            ours, theirs = found.sample_values(), workings.evaluation(self.other).sample_values()
            if len(ours) != len(theirs):
                return np.zeros(len(ours), bool)
            return np.asarray(ours != theirs)
        return HOW[self.how](found)

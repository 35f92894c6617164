"""What one choice at steps 1 to 4 leaves: the matches of each sample."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.kinds import Kind
from metrics_core.numeric.arrays import Array
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.readings import Reading


@dataclass(frozen=True, eq=False, kw_only=True)
class Hits:
    """What one choice at steps 1 to 4 leaves.

    Attributes
    ----------
    reading, activations, variant, kind, threshold, k
        As in `Recipe`.
    cost : int
        Of these steps.
    hits : ndarray of bool or int, shape (n,)
        How many elements of each sample match.
    width : int
        Elements per sample.
    true_class : ndarray, shape (n,), or None
        For the mean of the classes; None where there is none.
    metric : Metric or None
        What is computed instead of a row of the catalogue.
    """

    reading: Reading
    activations: tuple[str, ...]
    variant: str
    kind: Kind
    cost: int
    hits: Array
    width: int = 1
    threshold: float = 0.5
    k: int = 5
    true_class: Array | None = None
    metric: Metric | None = None

"""Which classes are taken for one another most often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics_core.counting.confusion import Confusion


@dataclass(frozen=True)
class Mixup:
    """How often one class was taken for another.

    Attributes
    ----------
    true_class, predicted_class : int
        Two different classes.
    count : int or float
        Samples, or the sum of their weights.
    share : float
        Of all samples of the true class.
    """

    true_class: int
    predicted_class: int
    count: float
    share: float


def largest_mixups(confusion: Confusion, most: int = 20) -> tuple[Mixup, ...]:
    """Find the pairs of classes that were taken for one another most often.

    Parameters
    ----------
    confusion : Confusion
    most : int
        How many pairs at most.

    Returns
    -------
    tuple of Mixup
        The most frequent first; of equal ones the lower classes first. Pairs that never
        occurred are left out.

    Examples
    --------
    >>> pairs = largest_mixups(Confusion.of([0, 1, 1], [1, 0, 0], 2))
    >>> [(pair.true_class, pair.count) for pair in pairs]
    [(1, 2), (0, 1)]
    """
    wrong = confusion.counts.copy()
    np.fill_diagonal(wrong, 0)
    flat, support = wrong.reshape(-1), confusion.support
    cells = np.flatnonzero(flat)
    cells = cells[np.argsort(-flat[cells], kind="stable")][: max(most, 0)]
    pairs = zip(*np.divmod(cells, confusion.n_classes), flat[cells], strict=True)
    return tuple(
        Mixup(int(true), int(predicted), count.item(), float(count / support[true]))
        for true, predicted, count in pairs
    )

"""What a matrix of classes alone tells the rules of the doctor."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from metrics_core.counting.confusion import Confusion
from metrics_core.datasets.examining.known import Known, NeedsRowsError, Tally
from metrics_core.datasets.looking import Decided, Look
from metrics_core.doctor.case import MAIN, Case
from metrics_core.doctor.labels import LabelValues
from metrics_core.numeric.arrays import Array
from metrics_core.settings import Settings


class MatrixCase(Case):
    """A `Case` that knows counts; what it does not know raises `NeedsRowsError`.

    Parameters
    ----------
    read : Look or Decided
    settings : Settings
        The view.
    sizes : tuple of int
        How many classes, and how many outputs of each sample.
    has_weights : bool
        Whether there are weights, which were not looked at.
    """

    holds_rows = False

    def __init__(
        self, read: Look | Decided, settings: Settings, sizes: tuple[int, int], *, has_weights: bool
    ) -> None:
        self.settings, self.has_weights = settings, has_weights
        self.kind, self.main, self.n = read.kind, MAIN[read.kind], read.n_rows
        without: dict[str, object] = {} if has_weights else {"sample_weight": None}
        self.predictions: Any = Known(
            kind=self.kind, n_samples=self.n, n_classes=sizes[0], n_outputs=sizes[1], **without
        )

    @cached_property
    def matrix(self) -> Confusion:
        """Who is taken for whom under the settings in view."""
        raise NeedsRowsError

    @cached_property
    def confusion(self) -> Array | None:
        """See `Case`."""
        return None if self.kind == "multi_label" else self.matrix.counts

    @property
    def accuracy(self) -> float:
        """See `Case`."""
        return self.matrix.accuracy

    @property
    def seen(self) -> Any:
        """The main accuracy, and how many are right."""
        right = Tally(int(self.matrix.hits.sum()), self.n)
        return Known(result=self.accuracy, matches=right, sample_values=lambda: right)

    @cached_property
    def label_values(self) -> LabelValues:
        """See `Case`."""
        return values_of(self.matrix.support)

    def value_less_one(self) -> float:
        """See `Case`."""
        return float(np.trace(self.matrix.counts, offset=-1)) / self.n

    def of(self, variant: str, **changes: object) -> Any:
        """The balanced accuracy under the settings in view."""
        if variant != "balanced_accuracy" or changes:
            raise NeedsRowsError
        return Known(result=self.matrix.balanced_accuracy)


def values_of(support: Array) -> LabelValues:
    """The classes that occur, and how often."""
    seen = np.flatnonzero(support)
    return LabelValues(seen.astype(np.float64), support[seen], 0)


def needs_rows(*_: object) -> Any:
    """Stand in for what only single rows tell."""
    raise NeedsRowsError


for _name in ("raw", "scores", "steps", "true_class", "predicted_class"):
    setattr(MatrixCase, _name, property(needs_rows))
for _name in ("under", "steps_under", "with_labels", "value_with", "value_of_rows", "as_kind"):
    setattr(MatrixCase, _name, needs_rows)

"""Predicted classes that were counted, as a case for the rules of the doctor."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from metrics_core.counting.confusion import Confusion
from metrics_core.datasets.examining.known import Known, NeedsRowsError
from metrics_core.datasets.examining.matrix import MatrixCase
from metrics_core.datasets.looking import Decided
from metrics_core.numeric.arrays import Array
from metrics_core.settings import Settings


class DecidedCase(MatrixCase):
    """Which class was taken for which, and no scores."""

    def __init__(self, found: Decided, settings: Settings, *, has_weights: bool) -> None:
        super().__init__(found, settings, (found.confusion.n_classes, 1), has_weights=has_weights)
        self._found = found

    @property
    def matrix(self) -> Confusion:
        """See `MatrixCase`."""
        return self._found.confusion

    @property
    def _outputs(self) -> Array:
        """The classes that were predicted; -1 is among them where a sample has none."""
        some = np.flatnonzero(self.matrix.predicted)
        return some if not self.matrix.unanswered.any() else np.append(-1, some)

    @cached_property
    def constant(self) -> bool:
        """See `Case`."""
        return len(self._outputs) == 1 and self.n > 1

    @property
    def first(self) -> Array:
        """See `Case`; known where all are the same."""
        if not self.constant:
            raise NeedsRowsError
        return self._outputs

    @cached_property
    def summary(self) -> Any:
        """See `Case`."""
        low, high = (float(end) for end in (self._outputs.min(), self._outputs.max()))
        known = {"low": low, "high": high, "form": "classes", "n_nan": 0, "n_infinite": 0}
        return Known(**known, rows_sum_to_one=None)

    @cached_property
    def scale(self) -> float | None:
        """See `Case`; only beside labels 0 and 1 a class can be a share."""
        if self.label_values.are(0, 1):
            raise NeedsRowsError
        return None

"""Outputs that were counted, as a case for the rules of the doctor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from metrics_core.catalog.rows import CATALOG
from metrics_core.counting.confusion import Confusion
from metrics_core.counting.counts import Counts
from metrics_core.datasets.examining.known import Known, NeedsRowsError, Tally
from metrics_core.datasets.examining.matrix import MatrixCase, needs_rows, values_of
from metrics_core.datasets.looking import Look
from metrics_core.doctor.case import Case
from metrics_core.doctor.labels import LabelValues
from metrics_core.doctor.output_scale import scale_up_to
from metrics_core.numeric.arrays import Array
from metrics_core.overview.threshold_ladder import ladder_results
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.decision.threshold import effective_threshold


class CountedCase(MatrixCase):
    """Scores that were counted at thresholds.

    Parameters
    ----------
    look : Look
        Without weights.
    settings : Settings
        The view.
    has_weights : bool
        Whether there are weights, which were not looked at.
    """

    def __init__(self, look: Look, settings: Settings, *, has_weights: bool) -> None:
        n = look.n_outputs
        super().__init__(look, settings, (max(n, 2), n), has_weights=has_weights)
        self.look = look

    def under(self, data: Predictions, changes: Mapping[str, object]) -> CountedCase:
        """See `Case`; these outputs alone, under another threshold."""
        if data is not self.predictions or changes.keys() - {"threshold", "activation"}:
            raise NeedsRowsError
        settings = self.settings.changed(**changes)
        if settings.activation != "none":
            raise NeedsRowsError
        return CountedCase(self.look, settings, has_weights=self.has_weights)

    @cached_property
    def matrix(self) -> Confusion:
        """See `MatrixCase`."""
        if self.look.classes is not None:
            return self.look.classes.confusion
        if self.kind != "binary":
            raise NeedsRowsError
        return Confusion.of_table(self._counts(self.settings.threshold).table)

    @property
    def accuracy(self) -> float:
        """See `Case`."""
        if self.kind == "multi_label":
            return float(np.asarray(self._counts(self.settings.threshold).accuracy).item())
        return super().accuracy

    @property
    def seen(self) -> Any:
        """The main accuracy, and how many are right."""
        if self.kind == "multi_label":
            return self.of(self.main)
        return super().seen

    @cached_property
    def constant(self) -> bool:
        """See `Case`; of several outputs, which sample has the same ones is not known."""
        if self.look.classes is not None and np.count_nonzero(self.matrix.predicted) > 1:
            return False
        self._must_be_one_output()
        return self.look.found.distinct == 1 and self.n > 1

    @property
    def first(self) -> Array:
        """See `Case`; known where all are the same."""
        if not self.constant:
            raise NeedsRowsError
        return np.array([self.look.found.low])

    def between(self, low: float, high: float) -> tuple[int, Callable[[], Array]]:
        """See `Case`; which ones they are needs rows."""
        above = [np.asarray(self._counts(limit).predicted_positive) for limit in (low, high)]
        return int(np.subtract(*above).item()), needs_rows

    @property
    def ones(self) -> float | None:
        """See `Case`."""
        if self.kind in ("binary", "multi_label"):
            counts = self._counts(self.settings.threshold)
            return float(np.asarray(counts.predicted_positive).item()) / self.size
        shares = self.matrix.predicted / self.n
        return float(shares[1]) if len(shares) == 2 else None

    def changed(self, after: Case) -> int:
        """See `Case`: each score between both thresholds."""
        low, high = sorted((self.settings.threshold, after.settings.threshold))
        return self.between(low, high)[0]

    @property
    def share_found(self) -> float:
        """See `Case`."""
        return float(np.asarray(self._counts(self.settings.threshold).recall).item())

    @cached_property
    def decided(self) -> bool:
        """See `Case`."""
        self._must_be_one_output()
        found = self.look.found
        return (found.distinct, found.low, found.high) == (2, 0.0, 1.0)

    @cached_property
    def label_values(self) -> LabelValues:
        """See `Case`."""
        if self.look.labels is None:
            return super().label_values
        every = self.look.labels.elements(0)
        return values_of(np.concatenate([every.negatives, every.positives]))

    @cached_property
    def summary(self) -> Any:
        """Range and form of one output; of several, whether rows sum to 1 is not known."""
        every = self.look.found.n == self.size
        range_of = self.look.found if every else self.look.labels
        if range_of is None or not (np.isfinite(range_of.low) and np.isfinite(range_of.high)):
            raise NeedsRowsError
        inside = range_of.low >= 0 and range_of.high <= 1
        form = "probabilities" if inside else "logits"
        known = {"low": range_of.low, "high": range_of.high, "form": form}
        known |= {"n_nan": 0, "n_infinite": 0}
        if self.kind == "binary" or not inside:
            known["rows_sum_to_one"] = None
        return Known(**known)

    @cached_property
    def scale(self) -> float | None:
        """See `Case`; of classes that share a row only where the range tells that there is none."""
        if self.summary.form == "probabilities" or self.summary.low < 0:
            return None
        if self.kind in ("one_hot", "sparse"):
            raise NeedsRowsError
        if not self.label_values.are(0, 1):
            return None
        return scale_up_to(self.summary.high, self._are_whole)

    def of(self, variant: str, **changes: object) -> Any:
        """A variant whose number follows from counts."""
        settings = self.settings.changed(**changes)
        changed = changes.keys() - {"threshold", "activation", "k"}
        if changed or settings.activation != "none":
            raise NeedsRowsError
        if self.look.classes is not None and variant.endswith("top_k_categorical_accuracy"):
            return Known(result=self.look.classes.top_k.accuracy(settings.k))
        if self.kind == "sparse" or (self.kind == "one_hot" and variant == "balanced_accuracy"):
            return super().of(variant)
        at = Counts(*map(np.atleast_1d, self._counts(settings.threshold).parts))
        results = ladder_results(CATALOG[variant], self.kind, at, settings)
        if results is None:
            raise NeedsRowsError
        right = Tally(int(results.totals[0]), int(results.counts[0]))
        return Known(result=float(results.results[0]), matches=right)

    def _counts(self, threshold: float) -> Counts:
        limit = float(effective_threshold(threshold, self.look.found.dtype))
        if self.look.labels is not None:
            place = self.look.labels.place(limit)
            if self.look.labels.thresholds[place] != limit:
                raise NeedsRowsError
            return self.look.labels.elements(place)
        if not self.look.found.exact_at(limit):
            raise NeedsRowsError
        return self.look.found.sweep.at(limit)

    def _are_whole(self) -> bool:
        found = self.look.found
        if not found.complete:
            raise NeedsRowsError
        stops = found.stops  # some are no scores, and no row lies there
        held = np.diff(stops.ones + stops.zeros, prepend=0) > 0
        return bool((stops.scores == np.floor(stops.scores))[held].all())

    def _must_be_one_output(self) -> None:
        if self.kind != "binary":
            raise NeedsRowsError

"""The arrays that the steps leave behind, each computed once and shared by all variants."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from metrics_core.errors import InputError
from metrics_core.numeric.arrays import Array
from metrics_core.numeric.class_rows import ClassRows, class_rows_of
from metrics_core.numeric.large_arrays import compared
from metrics_core.numeric.threads import cut, threads_for
from metrics_core.predictions import Predictions
from metrics_core.steps.activation import Activation, activate
from metrics_core.steps.decision.argmax import argmax
from metrics_core.steps.decision.rank import rank_of_true_class
from metrics_core.steps.decision.rounding import round_half_even
from metrics_core.steps.decision.threshold import above


class Steps:
    """The arrays of the steps for one set of predictions and one activation.

    Evaluations of several variants share one `Steps`: what is expensive (scores, argmax, ranks) is
    computed once and kept, and so are the decisions at the last threshold; what one pass over the
    scores gives (rounding) is computed where it is asked for and not kept.
    """

    def __init__(
        self,
        predictions: Predictions,
        activation: Activation = "none",
        *,
        column: int | None = None,
        scores: Array | None = None,
        threads: int | None = None,
        shared: bool = True,
    ) -> None:
        """`column` and `scores` are those of one class, see `metrics_core.steps.one_class`.

        `threads` work on what is computed, see `metrics_core.numeric.threads.threads_for`. Where
        one variant alone asks, and they are not `shared`, decisions at a threshold are made of each
        part and not kept.
        """
        self.predictions = predictions
        self.activation = activation
        self.column = column
        self._threads = threads
        self._shared = shared
        self._kept: dict[str, Array] = {} if scores is None else {"scores": scores}
        self._places: ClassRows | None = None
        self._above_last: tuple[float, Array] | None = None
        self._custom: dict[str, tuple[object, Array | InputError]] = {}
        self._part_of: tuple[Steps, slice | Array] | None = None

    def serve(self, predictions: Predictions, activation: Activation) -> bool:
        """Whether these are the steps of such predictions under such an activation."""
        same = self.predictions is predictions or self.predictions.digest == predictions.digest
        return self.activation == activation and same

    def only(self, rows: slice | Array) -> Steps:
        """The steps of some samples: parts of these arrays, which are made first where needed.

        Parameters
        ----------
        rows : slice or ndarray
            A slice, row numbers ``(m,)``, or a mask ``(n,)``.

        Examples
        --------
        >>> Steps(Predictions.of([0, 1, 1], [0.2, 0.7, 0.4])).only(slice(1, 3)).scores.tolist()
        [0.7, 0.4]
        """
        part = Steps(self.predictions.only(rows), self.activation, column=self.column)
        part._part_of = self, rows
        return part

    def blocks(self, n_rows: int) -> Iterator[Steps]:
        """All samples in order, some rows at a time."""
        return (self.only(rows) for rows in cut(self.predictions.n_samples, n_rows))

    @property
    def threads(self) -> int:
        """How many threads work on these samples."""
        return threads_for(self.predictions.y_pred.size, self._threads)

    def _once(self, name: str, make: Callable[[], Array]) -> Array:
        if name not in self._kept:
            if self._part_of is None:
                self._kept[name] = make()
            else:
                whole, rows = self._part_of
                self._kept[name] = getattr(whole, name)[rows]
        return self._kept[name]

    @property
    def scores(self) -> Array:
        """After the activation: ``(n,)`` or ``(n, C)``."""
        return self._once(
            "scores", lambda: activate(self.predictions.outputs, self.activation, self.threads)
        )

    @property
    def rounded(self) -> Array:
        """The scores, rounded half to even."""
        return round_half_even(self.scores)

    @property
    def argmax(self) -> Array:
        """The class of the highest score of each row."""
        return self._once("argmax", lambda: argmax(self.scores, threads=self.threads))

    @property
    def true_class(self) -> Array:
        """The class of each label: its index, or argmax of a one-hot row."""
        labels = self.predictions.labels
        if labels.ndim == 1:
            return labels
        return self._once("true_class", lambda: argmax(labels, threads=self.threads))

    @property
    def places(self) -> ClassRows:
        """Which classes occur among the labels, and where each sample's class stands."""
        if self._places is None:
            self._places = class_rows_of(self.true_class)
        return self._places

    @property
    def positive(self) -> Array:
        """Where the label is not 0."""
        return self._once("positive", lambda: _positive(self.predictions.labels, self.threads))

    @property
    def decided_labels(self) -> Array:
        """The labels as they are compared with bool decisions: bool where that is the same."""
        whole = self if self._part_of is None else self._part_of[0]
        labels = self.predictions.labels
        if not whole.predictions.labels_are_01:
            return labels
        return self.positive if whole.has_positive else _positive(labels, self.threads)

    @property
    def has_positive(self) -> bool:
        """Whether `positive` is made already."""
        return "positive" in self._kept

    @property
    def rank(self) -> Array:
        """How many scores are above that of the true class, see `rank_of_true_class`."""
        return self._once(
            "rank", lambda: rank_of_true_class(self.scores, self.true_class, self.threads)
        )

    def above(self, threshold: float) -> Array:
        """Where a score is above the threshold; those of the last threshold are kept."""
        if self._part_of is not None:
            whole, rows = self._part_of
            if not whole.keeps_decisions:
                return above(self.scores, threshold)
            part: Array = whole.above(threshold)[rows]
            return part
        last = self._above_last
        if last is None or last[0] != threshold:
            last = self._above_last = threshold, above(self.scores, threshold, self.threads)
        return last[1]

    @property
    def keeps_decisions(self) -> bool:
        """Whether decisions at a threshold are made of all samples, and kept."""
        return self._shared or self._above_last is not None

    def custom(self, name: str, key: object, make: Callable[[Steps], Array]) -> Array:
        """What a custom function gives: ``(n,)``, or ``()`` where one value is for all.

        It is made of all samples at once, also where these are the steps of some; what it gave, or
        why it failed, is kept as long as `key` stays the same.
        """
        if self._part_of is not None:
            whole, rows = self._part_of
            values = whole.custom(name, key, make)
            return values[rows] if values.ndim else values
        last = self._custom.get(name)
        if last is None or last[0] != key:
            try:
                last = key, make(self)
            except InputError as error:
                last = key, error
            self._custom[name] = last
        if isinstance(last[1], InputError):
            raise last[1].with_traceback(None)
        return last[1]


def _positive(labels: Array, threads: int) -> Array:
    return labels if labels.dtype.kind == "b" else compared(np.not_equal, labels, 0, threads)

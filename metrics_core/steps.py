"""The arrays that the steps leave behind, each made once and shared by all variants."""

from __future__ import annotations

from collections.abc import Callable

from metrics_core import decision as decide
from metrics_core.activation import Activation, activate
from metrics_core.aggregation import Places, places_of
from metrics_core.arrays import Array
from metrics_core.predictions import Predictions
from metrics_core.variant import Variant


class Steps:
    """The arrays of the steps for one set of predictions and one activation, each made once.

    Evaluations of several variants share one `Steps`, so that argmax, ranks and rounding are not
    computed again while only the threshold moves.
    """

    def __init__(self, predictions: Predictions, activation: Activation = "none") -> None:
        self.predictions = predictions
        self.activation = activation
        self._made: dict[str, Array] = {}
        self._places: Places | None = None
        self._above_last: tuple[float, Array] | None = None

    def serve(self, predictions: Predictions, activation: Activation) -> bool:
        """Whether these are the steps of such predictions under such an activation."""
        same = self.predictions is predictions or self.predictions.digest == predictions.digest
        return self.activation == activation and same

    def _once(self, name: str, make: Callable[[], Array]) -> Array:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @property
    def scores(self) -> Array:
        """After the activation: ``(n,)`` or ``(n, C)``."""
        return self._once("scores", lambda: activate(self.predictions.outputs, self.activation))

    @property
    def rounded(self) -> Array:
        """The scores, rounded half to even."""
        return self._once("rounded", lambda: decide.round_half_even(self.scores))

    @property
    def argmax(self) -> Array:
        """The class of the highest score of each row."""
        return self._once("argmax", lambda: decide.argmax(self.scores))

    @property
    def true_class(self) -> Array:
        """The class of each label: its index, or argmax of a one-hot row."""
        labels = self.predictions.labels
        if labels.ndim == 1:
            return labels
        return self._once("true_class", lambda: decide.argmax(labels))

    @property
    def places(self) -> Places:
        """Which classes occur among the labels, and where each sample's class stands."""
        if self._places is None:
            self._places = places_of(self.true_class)
        return self._places

    @property
    def positive(self) -> Array:
        """Where the label is not 0."""
        return self._once("positive", lambda: self.predictions.labels != 0)

    @property
    def rank(self) -> Array:
        """How many scores are above that of the true class, see `rank_of_true_class`."""
        return self._once("rank", lambda: decide.rank_of_true_class(self.scores, self.true_class))

    def _above(self, threshold: float) -> Array:
        last = self._above_last
        if last is None or last[0] != threshold:
            last = self._above_last = threshold, decide.above(self.scores, threshold)
        return last[1]

    def decisions(self, row: Variant, threshold: float) -> Array:
        """Step 2 of a row of the catalogue."""
        match row.decision_for(self.predictions.kind):
            case "threshold":
                return self._above(threshold)
            case "round":
                return self.rounded
            case "argmax":
                return self.argmax
            case "rank":
                return self.rank
            case _:
                return self.scores

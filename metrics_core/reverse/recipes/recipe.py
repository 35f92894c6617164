"""A recipe: the choice at each of the five steps that gives one number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from metrics_core.catalog.rows import CATALOG
from metrics_core.catalog.variant import Variant
from metrics_core.kinds import Kind
from metrics_core.messages import Message
from metrics_core.reverse.recipes import words
from metrics_core.reverse.recipes.facts import computed_by, counted_by
from metrics_core.reverse.recipes.interval import Interval
from metrics_core.reverse.recipes.metrics.metric import Metric
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.settings import Settings
from metrics_core.steps.choices.aggregation import AVERAGES

Averaging = Literal[
    "pooled",
    "batch_means",
    "tail_dropped",
    "by_length",
    "within_batches",
    "per_class",
    "broadcast",
    "broadcast_sum",
    "broadcast_batches",
    "per_batch",
    "per_full_batch",
    "per_batch_size",
    "batch_sum",
    "number",
]
IN_BATCHES: tuple[Averaging, ...] = (
    "batch_means",
    "tail_dropped",
    "by_length",
    "within_batches",
    "broadcast_batches",
    "per_batch",
    "per_full_batch",
    "per_batch_size",
    "batch_sum",
)
"""Averages that depend on the batch size."""
_NOWHERE = ("by_length", *IN_BATCHES[3:], "broadcast_sum", "number")
Weighting = Literal["ignored", "used", "by_count"]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One way to compute a number, found by `search`.

    Attributes
    ----------
    source : Kind
        The kind of the predictions that were searched.
    reading : Reading
        Step 1: how labels and outputs are read.
    activations : tuple of str
        Step 2: what is applied to the outputs, in order.
    variant : str
        The row of the catalogue that the rest follows, or the name of `metric`.
    metric : Metric or None
        What is computed where that is in no row of the catalogue.
    kind : Kind
        What the predictions are for that row.
    threshold, k : float, int
        Step 3, where the row uses them.
    averaging : str
        One of `Averaging`.
    weighting : {"ignored", "used", "by_count"}
        Step 5.
    batch_size : int
        The most ordinary of `batch_sizes`; 32 where batches do not matter.
    batch_sizes : tuple of int
        All tried sizes that give the reported number this way.
    thresholds : tuple of Interval
        For a free threshold: all that give the number; `threshold` is one of them.
    value : float
        What it gives, exactly.
    rounded : str
        The same at the digits that were typed.
    cost : int
        How unusual it is: see `metrics_core.reverse.recipes.costs`.
    rank : int
        1 for the most ordinary; 0 for a recipe that does not give the number.
    chance : float
        Of the numbers nearby, the share that some other recipe as ordinary as this gives too: near
        0 the hit means something, near 1 it says nothing.
    """

    source: Kind
    reading: Reading
    activations: tuple[str, ...]
    variant: str
    kind: Kind
    metric: Metric | None = None
    threshold: float = 0.5
    k: int = 5
    averaging: Averaging = "pooled"
    weighting: Weighting = "ignored"
    batch_size: int = 32
    batch_sizes: tuple[int, ...] = ()
    thresholds: tuple[Interval, ...] = ()
    value: float = float("nan")
    rounded: str = ""
    cost: int = 0
    rank: int = 0
    chance: float = 0.0

    @property
    def row(self) -> Variant:
        """The row of the catalogue, or the metric as one."""
        return CATALOG[self.variant] if self.metric is None else self.metric.row

    @property
    def settings(self) -> Settings:
        """The settings with which the row is evaluated on what steps 1 and 2 leave."""
        last = self.activations[-1:]
        how = "batch_means" if self.weighting == "by_count" else self.averaging
        return Settings().changed(
            activation=last[0] if self._activates_last else "none",
            threshold=self.threshold,
            k=self.k,
            weighted=self.weighting != "ignored",
            aggregation=how if how in ("batch_means", "per_class") else None,
            batch_size=self.batch_size,
        )

    @property
    def _activates_last(self) -> bool:
        """Whether the code of the row applies the last activation."""
        plain = self.activations[-1:] in (("sigmoid",), ("softmax",))
        return plain and self.metric is None and self.reading.column is None

    @property
    def before(self) -> tuple[str, ...]:
        """The activations that come before the one in `settings`."""
        return self.activations if self.settings.activation == "none" else self.activations[:-1]

    @property
    def releases(self) -> tuple[str, ...]:
        """The Keras releases that compute like this, see `computed_by`."""
        if self.metric is not None and self.averaging == "pooled" and not self.activations:
            plain = self.reading.name == "as_is" and self.reading.column is None
            return counted_by(self.metric.name) if plain else ()
        if self.metric is not None or self.reading.column is not None:
            return ()
        if self.activations == ("softmax_samples",) or self.averaging in _NOWHERE:
            return ()
        decision = self.row.decision_for(self.kind).name
        averaging = "pooled" if self.weighting == "by_count" else self.averaging
        if averaging == "batch_means" and decision == "threshold" and self.kind != "binary":
            return ()
        return computed_by(decision, self.threshold, self.variant, averaging, self.weighting)

    @property
    def steps(self) -> tuple[Message, Message, Message, Message, Message]:
        """The choice at each of the five steps, in their order."""
        row, settings = self.row, self.settings
        decision = row.decision_for(self.kind).words(settings)
        if self.thresholds:
            decision = words.free_threshold(self.threshold, self.thresholds)
        compared = row.comparison.words(settings)
        if self.metric is not None:
            compared = self.metric.compared
        elif row.comparison.by_element and self.kind in ("one_hot", "multi_label"):
            compared = Message("each element equal to the label")
        values = {"batch_size": self.batch_size}
        how = AVERAGES.get(self.averaging, row.aggregation)
        average = how.words(settings) if self.metric is None else self.metric.averaged
        if self.metric is not None and self.averaging == "batch_means":
            average = AVERAGES["batch_means"].words(settings)
        if self.averaging in words.AVERAGES:
            average = replace(words.AVERAGES[self.averaging], values=values)
        return (
            self.reading.words,
            words.ACTIVATIONS[self.activations],
            decision,
            compared,
            replace(words.WEIGHTED[self.weighting], values={"average": average, **values}),
        )

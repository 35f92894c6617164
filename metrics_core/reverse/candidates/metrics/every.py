"""All metrics that are tried beside the means over matches."""

from __future__ import annotations

from collections.abc import Iterator

from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.reverse.candidates.batches import Means, Tried
from metrics_core.reverse.candidates.metrics.above_one import above_one
from metrics_core.reverse.candidates.metrics.areas_of_classes import areas_of_classes
from metrics_core.reverse.candidates.metrics.batches import of_batches
from metrics_core.reverse.candidates.metrics.batches_of_others import (
    auc_of_batches,
    classes_of_batches,
)
from metrics_core.reverse.candidates.metrics.binary.at_best import at_best
from metrics_core.reverse.candidates.metrics.binary.free import free_of_elements, free_of_view
from metrics_core.reverse.candidates.metrics.binary.of_scores import scores_of_rows, scores_of_view
from metrics_core.reverse.candidates.metrics.binary.single import of_view
from metrics_core.reverse.candidates.metrics.left_out import MOST_SWEPT, left_out
from metrics_core.reverse.candidates.metrics.matrix.classes import of_classes
from metrics_core.reverse.candidates.metrics.of_libraries import of_libraries
from metrics_core.reverse.candidates.metrics.of_rows.row_areas import row_areas
from metrics_core.reverse.candidates.metrics.of_rows.rows import of_rows
from metrics_core.reverse.candidates.metrics.of_rows.samples_axis import over_samples
from metrics_core.reverse.candidates.metrics.of_rows.top import of_top
from metrics_core.reverse.candidates.metrics.views import View, views
from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.chance import Attainable
from metrics_core.reverse.reported import Reported


class Metrics:
    """All metrics of some predictions; each view is sorted once for all of them.

    Parameters
    ----------
    data : Predictions

    Examples
    --------
    >>> metrics = Metrics(Predictions.of([0, 1, 1], [0.2, 0.6, 0.1]))
    >>> len({tried.choice.variant for tried in metrics.tried(Means(3, None))}) > 20
    True
    """

    def __init__(self, data: Predictions) -> None:
        self.data = data
        self.views: list[View] = list(views(data))

    def tried(self, means: Means) -> Iterator[Tried]:
        """Every value of every metric."""
        for view in self.views:
            yield from of_view(view)
            yield from scores_of_view(view)
            yield from auc_of_batches(view)
            if self.data.outputs.size <= MOST_SWEPT:
                yield from at_best(view)
        yield from areas_of_classes(self.data, self.views)
        yield from of_classes(self.data)
        yield from of_rows(self.data)
        yield from row_areas(self.data)
        yield from scores_of_rows(self.data)
        yield from of_batches(self.data)
        yield from classes_of_batches(self.data)
        yield from of_top(self.data, means)
        yield from over_samples(self.data)
        yield from of_libraries(self.data)

    def above_one(self) -> Iterator[Tried]:
        """What is tried beside these for a number above 1."""
        return above_one(self.data)

    def free(self, reported: Reported, near: Attainable) -> Iterator[FreeThreshold]:
        """Every counted at every threshold."""
        if self.data.outputs.size <= MOST_SWEPT:
            for view in self.views:
                yield from free_of_view(view, reported, near)
            yield from free_of_elements(self.data, reported, near)

    @property
    def left_out(self) -> tuple[Message, ...]:
        """What is not tried for its size."""
        return tuple(left_out(self.data))

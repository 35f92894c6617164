"""What the Thresholds page has whatever the threshold is, and where it draws the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from streamlit.delta_generator import DeltaGenerator

from accuracy_lens.components import curves
from accuracy_lens.components.moving import Json
from accuracy_lens.components.threshold_lens.grid import Grid
from accuracy_lens.components.threshold_lens.lens import Drawing, show_lens, threshold_boundary
from accuracy_lens.explore.thresholds import answers
from accuracy_lens.explore.thresholds.sweeps import Intervals, SweepKey, Swept
from accuracy_lens.view.control_table.controls import move_to_lens, move_to_point
from accuracy_lens.words.language import current
from metrics_core.counting.counts import CostMatrix
from metrics_core.messages import Message
from metrics_core.sweep import Best, Reliability


@dataclass(eq=False, kw_only=True)
class Still:
    """What no move of the threshold changes.

    Attributes
    ----------
    view : SweepKey
    found : Swept
    rows : tuple of Best
        The best threshold for each metric and the cost.
    cost : CostMatrix
    intervals : Intervals or None
    asked : bool
        Whether intervals are shown.
    lens, table, ties : DeltaGenerator
        Where what follows the threshold is drawn: the lens, the best thresholds, and the scores
        that equal it.
    """

    view: SweepKey
    found: Swept
    rows: tuple[Best, ...]
    cost: CostMatrix
    intervals: Intervals | None
    asked: bool
    lens: DeltaGenerator
    table: DeltaGenerator
    ties: DeltaGenerator

    @cached_property
    def best(self) -> dict[str, Best]:
        """The best threshold for each metric, by its name."""
        return {row.name: row for row in self.rows}

    @cached_property
    def marked(self) -> list[float]:
        """The thresholds at which lens and curves count exactly, besides their own."""
        return [0.5, *(row.threshold for row in self.rows if row.threshold is not None)]

    @cached_property
    def stops(self) -> Grid:
        """Where the threshold of the lens stops."""
        return self.found.stops.including(self.found.sweep, self.marked)

    @cached_property
    def following(self) -> Json:
        """Whom the curves follow."""
        ends = None if self.intervals is None else self.intervals.areas
        return curves.followed_by_curves(self.view, self.cost, ends, current())

    def show_lens(self, sides: tuple[Message, Message], tied: Message, threshold: float) -> None:
        """Draw the lens: what lies above and below its line, and what is said of ties."""
        sweep = self.found.sweep
        drawing = Drawing(
            self.found.spread,
            threshold_boundary(threshold),
            sides,
            tied,
            threshold=threshold,
            grid=self.stops,
            here=(
                answers.at_threshold(sweep, threshold),
                answers.at_threshold(sweep, threshold, inclusive=True),
            ),
        )
        show_lens(drawing, on_threshold=move_to_lens)

    def show_curves(self, stops: Grid, calibration: Reliability | None) -> None:
        """Draw the curves, which `accuracy_lens.components.curves.tell_curves` moves."""
        sweep = self.found.sweep
        drawn = curves.Linked(
            stops.including(sweep, self.marked),
            0.5,
            curves.standard_plots(
                float(sweep.positives / (sweep.positives + sweep.negatives)),
                self.best,
                None if self.intervals is None else self.intervals.band,
            ),
            self.cost,
            calibration,
            labels=answers.plot_labels(self.found.areas),
        )
        curves.show_still_curves(drawn, self.following, on_threshold=move_to_point)

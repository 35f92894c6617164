"""The plots of the thresholds: which curve each shows, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from accuracy_lens.components.curves.thin import COST, THRESHOLD
from metrics_core.counting.counts import FIGURES
from metrics_core.messages import Message
from metrics_core.sweep import Band, Best

Guide = tuple[tuple[float, float], tuple[float, float]]
_DIAGONAL: Guide = ((0.0, 0.0), (1.0, 1.0))


class Line(NamedTuple):
    """A curve of a plot: a name in `coordinates`, and how it is called."""

    name: str
    title: Message


@dataclass(frozen=True, eq=False)
class Plot:
    """One small plot whose points are thresholds.

    Attributes
    ----------
    name : str
    title, caption : Message
        The caption is one line.
    x : str
        What is across: ``"threshold"`` or a name in
        `accuracy_lens.components.curves.thin.coordinates`.
    lines : tuple of Line
        What is drawn up; several have a legend to choose from.
    x_title : Message
    shown : tuple of str
        The lines that are drawn at first; all where empty.
    guide : pair of points or None
        A faint line to compare with.
    predicted : bool
        Leave out thresholds above every score, where the curve is not defined.
    best : tuple of Best
        Marked on the line of their name, or on the only line.
    band : Band or None
        Limits of the line, drawn behind it.
    """

    name: str
    title: Message
    caption: Message
    x: str
    lines: tuple[Line, ...]
    x_title: Message
    shown: tuple[str, ...] = ()
    guide: Guide | None = None
    predicted: bool = False
    best: tuple[Best, ...] = ()
    band: Band | None = None

    @property
    def curves(self) -> list[tuple[str, str]]:
        """What `thresholds_to_draw` needs to know."""
        return [(self.x, name) for name, _ in self.lines]


def _roc() -> Plot:
    return Plot(
        "roc",
        Message("ROC"),
        Message("The diagonal is chance; ◆ is the best of Youden's J."),
        "false_positive_rate",
        (Line("recall", Message("recall")),),
        Message("false positive rate"),
        guide=_DIAGONAL,
    )


def _precision_recall(base_rate: float) -> Plot:
    return Plot(
        "precision_recall",
        Message("Precision and recall"),
        Message("The flat line is the share of label 1; ◆ is the best F1."),
        "recall",
        (Line("precision", Message("precision")),),
        Message("recall"),
        guide=((0.0, base_rate), (1.0, base_rate)),
        predicted=True,
    )


def _figures() -> Plot:
    return Plot(
        "figures",
        Message("Metrics"),
        Message("Every metric at every threshold; ◆ is the best of each."),
        THRESHOLD,
        tuple(Line(row.name, row.title) for row in FIGURES.values()),
        Message("threshold"),
        shown=("accuracy", "precision", "recall", "f1"),
    )


def _cost() -> Plot:
    return Plot(
        "cost",
        Message("Cost"),
        Message("The mean cost per sample; ◆ is the lowest."),
        THRESHOLD,
        (Line(COST, Message("mean cost")),),
        Message("threshold"),
    )


def _gain() -> Plot:
    return Plot(
        "gain",
        Message("Gain"),
        Message("How much of label 1 is found; the diagonal is chance."),
        "predicted_share",
        (Line("recall", Message("recall")),),
        Message("share predicted positive"),
        guide=_DIAGONAL,
    )


def _lift() -> Plot:
    return Plot(
        "lift",
        Message("Lift"),
        Message("How many times more frequent label 1 is than overall; 1 is chance."),
        "predicted_share",
        (Line("lift", Message("lift")),),
        Message("share predicted positive"),
        guide=((0.0, 1.0), (1.0, 1.0)),
        predicted=True,
    )


def standard_plots(
    base_rate: float, best: Mapping[str, Best] | None = None, band: Band | None = None
) -> tuple[Plot, ...]:
    """ROC, precision and recall, metrics, cost, gain and lift.

    Parameters
    ----------
    base_rate : float
        The share of label 1. Where it is 0 or 1, only metrics and cost are defined.
    best : mapping of str to Best, optional
        By name, as `metrics_core.sweep.optimum.best.best_thresholds` finds them.
    band : Band, optional
        Limits of the ROC curve.

    Examples
    --------
    >>> [plot.name for plot in standard_plots(0.5)]
    ['roc', 'precision_recall', 'figures', 'cost', 'gain', 'lift']
    """
    found = best or {}
    marks = {
        "roc": ["youden"],
        "precision_recall": ["f1"],
        "figures": list(FIGURES),
        "cost": [COST],
    }
    plots = [_figures(), _cost()]
    if 0 < base_rate < 1:
        plots = [_roc(), _precision_recall(base_rate), *plots, _gain(), _lift()]
    return tuple(
        replace(
            plot,
            best=tuple(found[name] for name in marks.get(plot.name, ()) if name in found),
            band=band if plot.name == "roc" else None,
        )
        for plot in plots
    )

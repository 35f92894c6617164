"""Small plots whose points are thresholds, linked with each other and with the threshold lens.

They follow the window's ``accuracy-lens-threshold`` events (see
`accuracy_lens.components.threshold_lens`), and
send them, with the source ``curves``, while a point is pointed at. After a click the address
carries the threshold and Python gets the trigger ``threshold`` of the key ``cut_curves``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from accuracy_lens.components.curves.plots import Plot, standard_plots
from accuracy_lens.components.curves.thin import PLAIN_COST, thresholds_to_draw
from accuracy_lens.components.mounting import component
from accuracy_lens.components.moving import FOLLOWING_JS, Json, follows, take, tell
from accuracy_lens.components.threshold_lens.grid import Grid
from accuracy_lens.components.threshold_lens.lens import SHARED_JS, plain_counts, threshold_address
from accuracy_lens.words.text import amount, figure, say
from metrics_core.counting.counts import CostMatrix, Counts
from metrics_core.messages import Message
from metrics_core.sweep import Best, Reliability

__all__ = [
    "Linked",
    "Plot",
    "curves_data",
    "followed_by_curves",
    "show_curves",
    "show_still_curves",
    "standard_plots",
    "tell_curves",
    "thresholds_to_draw",
]

_HERE = Path(__file__).parent
_FILES = (
    FOLLOWING_JS,
    *SHARED_JS,
    _HERE.parent / "roving.js",
    *(_HERE / name for name in ("drawing.js", "table.js", "curves.js")),
)


_KEY = "cut_curves"


@dataclass(frozen=True, eq=False)
class Linked:
    """What the plots draw.

    Attributes
    ----------
    stops : Grid
        From `thresholds_to_draw`; every plot draws all of them.
    threshold : float
    plots : tuple of Plot
    cost : CostMatrix
        What the line ``cost`` means.
    reliability : Reliability or None
        Drawn as the last plot, which does not follow the threshold; None where the scores
        are not between 0 and 1.
    counts : Counts or None
        At the threshold; None where it is one of the stops.
    labels : mapping of str to Message
        What a screen reader calls a plot, by its name, where it says more than the title.
    """

    stops: Grid
    threshold: float
    plots: tuple[Plot, ...]
    cost: CostMatrix = PLAIN_COST
    reliability: Reliability | None = None
    counts: Counts | None = None
    labels: Mapping[str, Message] = field(default_factory=dict)


def show_curves(linked: Linked, *, on_threshold: Callable[[], None]) -> None:
    """Draw the plots.

    Parameters
    ----------
    linked : Linked
    on_threshold : callable
        Called after a point was chosen; its threshold is then the trigger ``threshold`` of the
        key ``cut_curves``.
    """
    _mount(curves_data(linked), on_threshold)


def followed_by_curves(*view: object) -> Json:
    """What `show_still_curves` and `tell_curves` ask for, of all that the plots follow from."""
    return follows(_KEY, *view)


def show_still_curves(linked: Linked, following: Json, *, on_threshold: Callable[[], None]) -> None:
    """Draw the plots without the threshold, for who draws them no more when it moves.

    Parameters
    ----------
    linked, on_threshold :
        See `show_curves`.
    following : dict
        From `followed_by_curves`.
    """
    data = curves_data(linked)
    take(data, [("threshold",), ("counts",)])
    _mount(data | {"follows": following}, on_threshold)


def tell_curves(following: Json, threshold: float, counts: Counts) -> None:
    """Tell plots that stand still where the threshold is, and what is counted there."""
    tell(following, {"threshold": threshold, "counts": plain_counts(counts)})


def _mount(data: Json, on_threshold: Callable[[], None]) -> None:
    mount = component("curves", *_FILES, style=_HERE / "curves.css")
    mount(key=_KEY, data=data, on_threshold_change=on_threshold)


def curves_data(linked: Linked) -> Json:
    """The stops as one table, and the words of each plot."""
    cost = linked.cost
    stops = linked.stops.table(ties=False)
    return {
        "stops": stops,
        "version": _version(stops),
        "totals": [linked.stops.positives, linked.stops.negatives],
        "threshold": linked.threshold,
        "counts": None if linked.counts is None else plain_counts(linked.counts),
        "plots": [_plot(plot, linked.labels.get(plot.name, plot.title)) for plot in linked.plots],
        "cost": {"tp": cost.tp, "fp": cost.fp, "tn": cost.tn, "fn": cost.fn},
        "reliability": None if linked.reliability is None else _bins(linked.reliability),
        "address": threshold_address(),
        "words": {
            "unknown": say("not counted at this threshold"),
            "nothing": say("nothing was predicted 1"),
            "at": say("threshold {threshold}", threshold="{threshold}"),
            "named": say("{name}: {value}", name="{name}", value="{value}"),
            "save": say("Save picture"),
            "table": say("Table"),
            "threshold": say("threshold"),
        },
    }


def _version(table: pa.Table) -> str:
    """What tells the browser that the stops are those that it has drawn."""
    digest = hashlib.blake2b(digest_size=16)
    for column in table.columns:
        for chunk in column.chunks:
            digest.update(chunk.buffers()[1])
    return digest.hexdigest()


def _plot(plot: Plot, label: Message) -> dict[str, object]:
    band = plot.band
    return {
        "name": plot.name,
        "title": say(plot.title),
        "label": say(label),
        "table": say("Table of {title}", title=plot.title),
        "caption": say(plot.caption),
        "save": say("Save picture of {title}", title=plot.title),
        "file": f"{plot.name.replace('_', '-')}-at-{{threshold}}",
        "x": plot.x,
        "xTitle": say(plot.x_title),
        "lines": [
            {
                "name": line.name,
                "title": say(line.title),
                "shown": not plot.shown or line.name in plot.shown,
            }
            for line in plot.lines
        ],
        "guide": plot.guide,
        "predicted": plot.predicted,
        "best": [_mark(best) for best in plot.best],
        "band": None
        if band is None
        else [band.false_positive_rate.tolist(), band.low.tolist(), band.high.tolist()],
    }


def _mark(best: Best) -> dict[str, object]:
    return {"line": best.name, "threshold": best.threshold, "counts": plain_counts(best.counts)}


def _bins(reliability: Reliability) -> dict[str, object]:
    filled = np.asarray(reliability.weight) > 0
    weights = np.asarray(reliability.weight)[filled]
    return {
        "title": say("Calibration"),
        "label": say("Calibration, error {ece}", ece=figure(reliability.ece)),
        "table": say("Table of {title}", title=Message("Calibration")),
        "countTitle": say("scores"),
        "save": say("Save picture of {title}", title=Message("Calibration")),
        "file": "calibration",
        "caption": say(
            "Where the dots leave the diagonal, scores are not calibrated probabilities."
        ),
        "xTitle": say("mean score"),
        "yTitle": say("share of label 1"),
        "numbers": say(
            "calibration error {ece}, Brier {brier}, log loss {loss}",
            ece=figure(reliability.ece),
            brier=figure(reliability.brier),
            loss=figure(reliability.log_loss),
        ),
        "score": np.asarray(reliability.mean_score)[filled].tolist(),
        "share": np.asarray(reliability.share_positive)[filled].tolist(),
        "weight": weights.tolist(),
        "edges": np.asarray(reliability.edges, np.float64).tolist(),
        "left": np.flatnonzero(filled).tolist(),
        "notes": [
            say(
                "{count} with mean score {score}: {share} label 1",
                count=amount(float(weight)),
                score=figure(float(score)),
                share=figure(float(share)),
            )
            for weight, score, share in zip(
                weights,
                np.asarray(reliability.mean_score)[filled],
                np.asarray(reliability.share_positive)[filled],
                strict=True,
            )
        ],
    }

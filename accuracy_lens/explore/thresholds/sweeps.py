"""Sweeps and what follows from them, computed once per visitor; none moves with the threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accuracy_lens.components.curves import standard_plots, thresholds_to_draw
from accuracy_lens.components.threshold_lens.grid import Grid, grid_for
from accuracy_lens.explore.thresholds.answers import spread_of
from accuracy_lens.explore.thresholds.tables import Ties, ties_of
from accuracy_lens.view import prepared
from accuracy_lens.view.caches import Size, session_cache
from metrics_core.counting.counts import CostMatrix
from metrics_core.doctor.case import MAIN
from metrics_core.evaluation import evaluate
from metrics_core.messages import Message
from metrics_core.overview.distribution import Distribution
from metrics_core.steps.activation import Activation
from metrics_core.steps.shared import Steps
from metrics_core.sweep import (
    Band,
    Best,
    Reliability,
    Sweep,
    auc,
    average_precision,
    best_thresholds,
    bootstrap,
    reliability,
    roc_band,
    sweep_of,
)

AREAS = {"auc": auc, "average_precision": average_precision}
BINS = 15
BAND_POINTS = 201

SweepKey = tuple[str, Activation, int | None, bool]
"""Digest of the data, activation, class against the rest, and whether weights count."""


@dataclass(frozen=True, eq=False)
class Swept:
    """A sweep and what follows from it alone.

    Attributes
    ----------
    sweep : Sweep
    areas : dict of str to float
        Under the ROC and the precision-recall curve; empty where only one label occurs.
    stops : Grid
        Where the threshold of the lens stops.
    spread : Distribution
        The histogram under the lens.
    """

    sweep: Sweep
    areas: dict[str, float]
    stops: Grid
    spread: Distribution


@dataclass(frozen=True, eq=False)
class Beside:
    """What also follows from a sweep, and stands below the lens.

    Attributes
    ----------
    ties : DataFrame
        The scores that the most samples share.
    calibration : Reliability or None
        None where a score lies outside 0 to 1.
    """

    ties: Ties
    calibration: Reliability | None


@dataclass(frozen=True, eq=False)
class Intervals:
    """Bootstrap intervals of the areas, and the band of the ROC curve."""

    areas: dict[str, tuple[float, float]]
    band: Band


@session_cache(
    entries=2,
    size=Size(output=16, fixed=1 << 17),
    spinner=Message("Sorting the scores"),
    examples=16,
)
def swept(view: SweepKey, _steps: Steps) -> Swept | None:
    """Sort the scores in view; None where the labels are neither 0 nor 1."""
    sweep = _sweep(view, _steps)
    if sweep is None:
        return None
    both = bool(sweep.positives and sweep.negatives)
    return Swept(
        sweep,
        {name: area(sweep) for name, area in AREAS.items()} if both else {},
        grid_for(sweep),
        spread_of(sweep),
    )


def _sweep(view: SweepKey, steps: Steps) -> Sweep | None:
    """That of the Metrics page, where every output counts and no score is NaN, which is refused."""
    digest, activation, class_index, weighted = view
    scores = steps.scores
    several = class_index is not None or steps.predictions.kind == "sparse"
    if several or (scores.dtype.kind == "f" and np.isnan(scores.min())):
        return sweep_of(steps, class_index, weighted=weighted)
    return prepared.swept(digest, activation, weighted, steps)


@session_cache(entries=2, examples=16)
def beside(view: SweepKey, _sweep: Sweep) -> Beside:
    """List ties, and measure calibration."""
    probabilities = _sweep.low >= 0 and _sweep.high <= 1
    return Beside(ties_of(_sweep), reliability(_sweep, BINS) if probabilities else None)


@session_cache(entries=4, examples=16)
def highest(digest: str, activation: Activation, weighted: bool, _steps: Steps) -> float:
    """The accuracy by the highest output of each row."""
    name = MAIN[_steps.predictions.kind]
    return evaluate(
        _steps.predictions, name, activation=activation, weighted=weighted, steps=_steps
    ).result


@session_cache(entries=4, spinner=Message("Trying every threshold"), examples=16)
def best(view: SweepKey, cost: CostMatrix, _sweep: Sweep) -> tuple[Best, ...]:
    """The best threshold for each metric and the cost."""
    return best_thresholds(_sweep, cost=cost)


@session_cache(
    entries=4, size=Size(fixed=1 << 19), spinner=Message("Trying every threshold"), examples=16
)
def drawn(view: SweepKey, cost: CostMatrix, _sweep: Sweep) -> Grid:
    """The thresholds that the curves need."""
    pairs = [pair for plot in standard_plots(0.5) for pair in plot.curves]
    return thresholds_to_draw(_sweep, pairs, cost)


@session_cache(entries=4, spinner=Message("Drawing 200 bootstrap samples"))
def intervals(view: SweepKey, seed: int, _sweep: Sweep) -> Intervals:
    """Draw the samples again with replacement; both labels must occur."""
    areas = {name: bootstrap(_sweep, name, seed=seed) for name in AREAS}
    return Intervals(areas, roc_band(_sweep, BAND_POINTS, seed=seed))

"""Every threshold at once: an exact sweep over the scores, and the figures that follow from it."""

from metrics_core.sweep.best import Best, best_thresholds, cost_curve, figure_curve
from metrics_core.sweep.bounds import Band, bootstrap, roc_band
from metrics_core.sweep.calibration import Reliability, reliability
from metrics_core.sweep.ranking import (
    Curve,
    auc,
    average_precision,
    gain,
    lift,
    precision_recall,
    roc,
)
from metrics_core.sweep.state import Cuts, Sweep, SweepResult
from metrics_core.sweep.views import sweep_of

__all__ = [
    "Band",
    "Best",
    "Curve",
    "Cuts",
    "Reliability",
    "Sweep",
    "SweepResult",
    "auc",
    "average_precision",
    "best_thresholds",
    "bootstrap",
    "cost_curve",
    "figure_curve",
    "gain",
    "lift",
    "precision_recall",
    "reliability",
    "roc",
    "roc_band",
    "sweep_of",
]

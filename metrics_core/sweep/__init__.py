"""Every threshold at once: an exact sweep over the scores, and the metrics that follow from it."""

from metrics_core.sweep.calibration import Reliability, bin_means, reliability
from metrics_core.sweep.optimum.best import Best, best_thresholds, cost_curve, metric_curve
from metrics_core.sweep.ranking import (
    Curve,
    auc,
    average_precision,
    gain,
    lift,
    precision_recall,
    roc,
)
from metrics_core.sweep.state import DistinctScores, Sweep, SweepResult
from metrics_core.sweep.uncertainty.bounds import Band, bootstrap, roc_band
from metrics_core.sweep.views import sweep_of

__all__ = [
    "Band",
    "Best",
    "Curve",
    "DistinctScores",
    "Reliability",
    "Sweep",
    "SweepResult",
    "auc",
    "average_precision",
    "best_thresholds",
    "bin_means",
    "bootstrap",
    "cost_curve",
    "gain",
    "lift",
    "metric_curve",
    "precision_recall",
    "reliability",
    "roc",
    "roc_band",
    "sweep_of",
]

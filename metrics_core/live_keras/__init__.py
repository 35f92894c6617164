"""Real Keras: asked for the number that the table of releases predicts, and trained on real data.

Importing this package imports neither Keras nor TensorFlow.
"""

from typing import Any

from metrics_core.live_keras.datasets import DATASETS, Dataset, dataset
from metrics_core.live_keras.experiments import EXPERIMENTS, Experiment, experiment
from metrics_core.live_keras.images import from_npz
from metrics_core.live_keras.log_predictions import log_predictions_class
from metrics_core.live_keras.oracle import evaluate_accuracy, prepare
from metrics_core.live_keras.runs.code import training_code
from metrics_core.live_keras.runs.effort import effort
from metrics_core.live_keras.runs.reports import EpochReport, boundary_points
from metrics_core.live_keras.runs.settings import RunSettings
from metrics_core.live_keras.runs.training import train

__all__ = [
    "DATASETS",
    "EXPERIMENTS",
    "Dataset",
    "EpochReport",
    "Experiment",
    "LogPredictions",
    "RunSettings",
    "boundary_points",
    "dataset",
    "effort",
    "evaluate_accuracy",
    "experiment",
    "from_npz",
    "prepare",
    "train",
    "training_code",
]


def __getattr__(name: str) -> Any:
    """`LogPredictions` is made when it is first asked for: it derives from a class of Keras."""
    if name == "LogPredictions":
        return log_predictions_class()
    raise AttributeError(name)

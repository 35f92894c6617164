"""The Keras that is installed, asked for the number that the table of releases predicts."""

from metrics_core.live_keras.oracle import evaluate_accuracy, prepare

__all__ = ["evaluate_accuracy", "prepare"]

"""Files of model outputs: file -> raw columns -> roles -> `Predictions`."""

from __future__ import annotations

from metrics_core.reading.columns.epochs import Epochs
from metrics_core.reading.columns.roles import Roles, guess_roles
from metrics_core.reading.detect import read_columns
from metrics_core.reading.limits import LIMITS, Limits
from metrics_core.reading.loading import Loaded, to_predictions
from metrics_core.reading.table import Column, RawTable

__all__ = [
    "LIMITS",
    "Column",
    "Epochs",
    "Limits",
    "Loaded",
    "RawTable",
    "Roles",
    "guess_roles",
    "read_columns",
    "to_predictions",
]

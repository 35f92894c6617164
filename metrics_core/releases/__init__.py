"""What nine releases of Keras compute under the name ``accuracy``: one row of rules for each."""

from metrics_core.releases.calls import call_function, run_class
from metrics_core.releases.compiled import (
    CompiledAccuracy,
    compiled_accuracy,
    for_predictions,
)
from metrics_core.releases.refusal import KerasRefusal
from metrics_core.releases.release import Loss, LossForm, Release
from metrics_core.releases.resolve import Resolved, resolve
from metrics_core.releases.table import RELEASES

__all__ = [
    "RELEASES",
    "CompiledAccuracy",
    "KerasRefusal",
    "Loss",
    "LossForm",
    "Release",
    "Resolved",
    "call_function",
    "compiled_accuracy",
    "for_predictions",
    "resolve",
    "run_class",
]

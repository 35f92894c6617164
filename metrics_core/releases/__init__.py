"""What releases of Keras compute under the name ``accuracy``: one row for those alike."""

from metrics_core.releases.beside import metric_beside
from metrics_core.releases.calls import call_function, run_class
from metrics_core.releases.compiled import (
    CompiledAccuracy,
    compiled_accuracy,
    for_predictions,
)
from metrics_core.releases.names import (
    find_release,
    lines,
    ranges,
    release_names,
    row_of,
    short_title,
    stands_for,
)
from metrics_core.releases.ran_beside import beside_ran, counting_of
from metrics_core.releases.resolve import Resolved, resolve
from metrics_core.releases.rules.refusal import KerasRefusal
from metrics_core.releases.rules.release import Loss, LossForm, Release, Run
from metrics_core.releases.table import RELEASES

__all__ = [
    "RELEASES",
    "CompiledAccuracy",
    "KerasRefusal",
    "Loss",
    "LossForm",
    "Release",
    "Resolved",
    "Run",
    "beside_ran",
    "call_function",
    "compiled_accuracy",
    "counting_of",
    "find_release",
    "for_predictions",
    "lines",
    "metric_beside",
    "ranges",
    "release_names",
    "resolve",
    "row_of",
    "run_class",
    "short_title",
    "stands_for",
]

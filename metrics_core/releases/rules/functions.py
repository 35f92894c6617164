"""The metric functions by name, and the rows of our catalogue that they correspond to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from metrics_core.numeric.arrays import Array
from metrics_core.releases.rules import arithmetic, batch_scores
from metrics_core.releases.rules.arithmetic import Computed
from metrics_core.releases.rules.refusal import KerasRefusal
from metrics_core.releases.rules.release import Release

_PLAIN: dict[str, Callable[..., Computed]] = {
    "accuracy": arithmetic.accuracy,
    "binary_accuracy": arithmetic.binary_accuracy,
    "categorical_accuracy": arithmetic.categorical_accuracy,
    "sparse_categorical_accuracy": arithmetic.sparse_categorical_accuracy,
    "top_k_categorical_accuracy": arithmetic.top_k_categorical_accuracy,
    "sparse_top_k_categorical_accuracy": arithmetic.sparse_top_k_categorical_accuracy,
    "mean_absolute_error": arithmetic.mean_absolute_error,
    "mean_squared_error": arithmetic.mean_squared_error,
    "mean_pred": arithmetic.mean_pred,
    "precision": batch_scores.precision,
    "recall": batch_scores.recall,
    "fbeta_score": batch_scores.fbeta_score,
    "fmeasure": batch_scores.fmeasure,
    "matthews_correlation": batch_scores.matthews_correlation,
}
FUNCTIONS = MappingProxyType(_PLAIN)
"""Every metric function that is modelled."""
CLASS_FUNCTIONS = MappingProxyType(
    {
        "Accuracy": "accuracy",
        "BinaryAccuracy": "binary_accuracy",
        "CategoricalAccuracy": "categorical_accuracy",
        "SparseCategoricalAccuracy": "sparse_categorical_accuracy",
        "TopKCategoricalAccuracy": "top_k_categorical_accuracy",
        "SparseTopKCategoricalAccuracy": "sparse_top_k_categorical_accuracy",
        "MeanAbsoluteError": "mean_absolute_error",
        "MeanSquaredError": "mean_squared_error",
    }
)
"""The function inside each metric class."""
WRITTEN_BY_USERS = frozenset({"mean_pred"})
_OWN_TOP_K = re.compile(r"(sparse_)?top(\d+)_categorical_accuracy")
_VARIANTS = {name: name for name in _PLAIN if name not in batch_scores.ONE_NUMBER} | {
    "mean_pred": "mean_prediction"
}


@dataclass(frozen=True)
class Metric:
    """A metric function with its options.

    Attributes
    ----------
    name : str
        What a release calls it, or what its user called it.
    function : str
        A key of `FUNCTIONS`, or a class beside accuracy, which counts over all batches.
    options : dict
        Keyword arguments of the function.
    """

    name: str
    function: str
    options: dict[str, float] = field(default_factory=dict)

    def compute(self, labels: Array, outputs: Array, row: Release) -> Computed:
        """Ask the function of a release."""
        return FUNCTIONS[self.function](labels, outputs, row, **self.options)

    def compute_in_class(self, labels: Array, outputs: Array, row: Release) -> Computed:
        """Ask the function as the class of that name calls it."""
        computed = self.compute(labels, outputs, row)
        if self.function == "binary_accuracy":
            return replace(computed, returns=row.binary_class_returns)
        return computed

    def variant(self, row: Release) -> str | None:
        """The row of our catalogue with the same decision and comparison, or None.

        Examples
        --------
        >>> from metrics_core.releases import RELEASES
        >>> Metric("binary_accuracy", "binary_accuracy").variant(RELEASES["keras-1.2.2"])
        'binary_accuracy_rounded'
        """
        if self.function == "binary_accuracy" and row.rounds:
            return "binary_accuracy_rounded"
        return _VARIANTS.get(self.function)


def named(name: str, row: Release) -> Metric | None:
    """The metric function of that name, with the ``topN`` functions that users write, or None.

    Raises
    ------
    KerasRefusal
        If the release lacks the function inside a ``topN`` function.

    Examples
    --------
    >>> from metrics_core.releases import RELEASES
    >>> named("top3_categorical_accuracy", RELEASES["keras-1.2.2"]).options
    {'k': 3}
    """
    if name in row.functions or name in WRITTEN_BY_USERS:
        return Metric(name, name)
    own = _OWN_TOP_K.fullmatch(name)
    if own is None:
        return None
    inner = f"{own[1] or ''}top_k_categorical_accuracy"
    if inner not in row.functions:
        raise missing("function", inner, row)
    return Metric(name, inner, {"k": int(own[2])})


def missing(what: str, name: str, row: Release) -> KerasRefusal:
    """The refusal of a release that lacks a function, class or loss class."""
    named = {"release": row.title, "name": name}
    match what:
        case "function":
            return KerasRefusal("missing", "{release} has no metric function `{name}`.", **named)
        case "class":
            return KerasRefusal("missing", "{release} has no metric class `{name}`.", **named)
        case _:
            return KerasRefusal("missing", "{release} has no loss class `{name}`.", **named)

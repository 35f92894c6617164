"""The catalogue: one row an accuracy variant, its choice at each step and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metrics_core.catalog.variant import Variant
from metrics_core.errors import InputError
from metrics_core.kinds import KIND_WORDS, KINDS, Kind
from metrics_core.messages import Message
from metrics_core.predictions import Predictions

ELEMENTS: tuple[Kind, ...] = ("binary", "one_hot", "multi_label")
SAME_SHAPE: tuple[Kind, ...] = (*ELEMENTS, "class_indices")

_ROWS = (
    Variant(
        "binary_accuracy",
        "Binary accuracy",
        ELEMENTS,
        "threshold",
        "equal",
        "mean",
        r"\frac{1}{n}\sum_{i} \left[\, y_i = [\,s_i > t\,] \,\right]",
        "keras.metrics.binary_accuracy",
        "Each output above the threshold becomes 1, the others 0; the share that equals its label.",
    ),
    Variant(
        "binary_accuracy_rounded",
        "Binary accuracy by rounding",
        ELEMENTS,
        "round",
        "equal",
        "mean",
        r"\frac{1}{n}\sum_{i} \left[\, y_i = \mathrm{round}(s_i) \,\right]",
        "keras.metrics.binary_accuracy, keras 1.0 to 2.3",
        "Each output is rounded, halves to the even number; 1.6 becomes 2 and equals no label.",
    ),
    Variant(
        "accuracy",
        "Accuracy (exact equality)",
        SAME_SHAPE,
        "none",
        "equal",
        "mean",
        r"\frac{1}{n}\sum_{i} \left[\, y_i = s_i \,\right]",
        "keras.metrics.Accuracy",
        "The output itself must equal the label: for class indices, not for probabilities.",
    ),
    Variant(
        "categorical_accuracy",
        "Categorical accuracy",
        ("one_hot",),
        "argmax",
        "equal_class",
        "mean",
        r"\frac{1}{n}\sum_{i} \left[\, \arg\max_c y_{ic} = \arg\max_c s_{ic} \,\right]",
        "keras.metrics.categorical_accuracy",
        "The class with the highest output against the class of the one-hot label.",
    ),
    Variant(
        "sparse_categorical_accuracy",
        "Sparse categorical accuracy",
        ("sparse",),
        "argmax",
        "equal_class",
        "mean",
        r"\frac{1}{n}\sum_{i} \left[\, y_i = \arg\max_c s_{ic} \,\right]",
        "keras.metrics.sparse_categorical_accuracy",
        "The class with the highest output against the label, which is a class index.",
    ),
    Variant(
        "top_k_categorical_accuracy",
        "Top-k categorical accuracy",
        ("one_hot",),
        "rank",
        "in_top_k",
        "mean",
        r"\frac{1}{n}\sum_{i} \left[\, \#\{c : s_{ic} > s_{i\,\arg\max y_i}\} < k \,\right]",
        "keras.metrics.top_k_categorical_accuracy",
        "Fewer than k outputs are higher than that of the true class (one-hot label).",
    ),
    Variant(
        "sparse_top_k_categorical_accuracy",
        "Sparse top-k categorical accuracy",
        ("sparse",),
        "rank",
        "in_top_k",
        "mean",
        r"\frac{1}{n}\sum_{i} \left[\, \#\{c : s_{ic} > s_{i y_i}\} < k \,\right]",
        "keras.metrics.sparse_top_k_categorical_accuracy",
        "Fewer than k outputs are higher than that of the true class (a class index).",
    ),
    Variant(
        "element_accuracy",
        "Multi-label accuracy, by element",
        ("multi_label", "one_hot"),
        "threshold",
        "equal",
        "mean",
        r"\frac{1}{nC}\sum_{i,c} \left[\, y_{ic} = [\,s_{ic} > t\,] \,\right]",
        "keras.metrics.BinaryAccuracy",
        "Every label of every sample counts by itself: 1 minus the Hamming loss.",
    ),
    Variant(
        "subset_accuracy",
        "Multi-label accuracy, exact match",
        ("multi_label", "one_hot"),
        "threshold",
        "all_equal",
        "mean",
        r"\frac{1}{n}\sum_{i} \prod_{c} \left[\, y_{ic} = [\,s_{ic} > t\,] \,\right]",
        "none; sklearn.metrics.accuracy_score",
        "A sample counts only where all its labels are right at once.",
    ),
    Variant(
        "balanced_accuracy",
        "Balanced accuracy",
        ("binary", "one_hot", "sparse", "class_indices"),
        "class",
        "equal_class",
        "per_class",
        r"\frac{1}{C}\sum_{c} \frac{1}{n_c}\sum_{i : y_i = c} \left[\, \hat y_i = y_i \,\right]",
        "none; sklearn.metrics.balanced_accuracy_score",
        "The accuracy within each true class, then the mean over the classes that occur.",
    ),
    Variant(
        "precision",
        "Precision",
        ELEMENTS,
        "threshold",
        "equal_as_positive",
        "decided_positive",
        r"\frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FP}}",
        "keras.metrics.Precision",
        "Of those decided 1, the share whose label is 1.",
        False,
    ),
    Variant(
        "recall",
        "Recall",
        ELEMENTS,
        "threshold",
        "equal_as_positive",
        "actual_positive",
        r"\frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FN}}",
        "keras.metrics.Recall",
        "Of those whose label is 1, the share decided 1.",
        False,
    ),
    Variant(
        "f_beta",
        "F-beta",
        ELEMENTS,
        "threshold",
        "equal_as_positive",
        "f_beta",
        r"\frac{(1+\beta^2)\,\mathrm{TP}}"
        r"{(1+\beta^2)\,\mathrm{TP} + \beta^2\,\mathrm{FN} + \mathrm{FP}}",
        "keras.metrics.FBetaScore(average='micro')",
        "Precision and recall in one number; beta says how many times recall matters more.",
        False,
    ),
    Variant(
        "mean_absolute_error",
        "Mean absolute error",
        SAME_SHAPE,
        "none",
        "absolute_error",
        "mean",
        r"\frac{1}{n}\sum_{i} \lvert s_i - y_i \rvert",
        "keras.metrics.mean_absolute_error",
        "How far the scores are from the labels; nothing is decided.",
        False,
    ),
    Variant(
        "mean_squared_error",
        "Mean squared error",
        SAME_SHAPE,
        "none",
        "squared_error",
        "mean",
        r"\frac{1}{n}\sum_{i} (s_i - y_i)^2",
        "keras.metrics.mean_squared_error",
        "The square of that distance; for probabilities the Brier score.",
        False,
    ),
    Variant(
        "mean_prediction",
        "Mean prediction",
        KINDS,
        "none",
        "none",
        "mean",
        r"\frac{1}{n}\sum_{i} s_i",
        "keras.ops.mean(y_pred), a custom metric",
        "The mean of the scores; the labels do not matter.",
        False,
    ),
)

CATALOG: dict[str, Variant] = {row.name: row for row in _ROWS}


@dataclass(frozen=True)
class Misfit:
    """Why a variant cannot be computed on some predictions, and what would make it fit.

    Attributes
    ----------
    reason : Message
    conversion : {"one_hot", "sparse"} or None
        How the labels could be written instead, where that changes nothing else.
    """

    reason: Message
    conversion: Literal["one_hot", "sparse"] | None


def variant(name: str) -> Variant:
    """The row of this name.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> variant("recall").aggregation
    'actual_positive'
    """
    if name not in CATALOG:
        raise InputError(
            "variant",
            "must be one of {names}",
            repr(name),
            "Choose a row of the catalogue.",
            names=", ".join(CATALOG),
        )
    return CATALOG[name]


def misfit(row: Variant, kind: Kind) -> Misfit | None:
    """Say why a row does not fit a kind of predictions; None where it does.

    Examples
    --------
    >>> found = misfit(CATALOG["categorical_accuracy"], "sparse")
    >>> str(found.reason), found.conversion
    ('needs one-hot labels; these are class indices as labels', 'one_hot')
    """
    if kind in row.needs:
        return None
    wanted = [Message(KIND_WORDS[need]) for need in row.needs]
    needed = wanted[0]
    for other in wanted[1:]:
        needed = Message("{first} or {second}", {"first": needed, "second": other})
    reason = Message(
        "needs {needed}; these are {came}", {"needed": needed, "came": Message(KIND_WORDS[kind])}
    )
    if kind == "sparse" and "one_hot" in row.needs:
        return Misfit(reason, "one_hot")
    if kind == "one_hot" and "sparse" in row.needs:
        return Misfit(reason, "sparse")
    return Misfit(reason, None)


def applicable(predictions: Predictions) -> list[Variant]:
    """The rows that fit, in the order of the catalogue."""
    return [row for row in CATALOG.values() if predictions.kind in row.needs]

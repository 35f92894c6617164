"""The catalogue: one row per accuracy variant, its choice at each step and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metrics_core.catalog.variant import Variant
from metrics_core.errors import InputError
from metrics_core.kinds import KIND_WORDS, Kind
from metrics_core.messages import Message
from metrics_core.predictions import Predictions
from metrics_core.steps.choices.aggregation import (
    ACTUAL_POSITIVE,
    F_BETA,
    MEAN,
    PER_CLASS,
    PREDICTED_POSITIVE,
)
from metrics_core.steps.choices.comparison.choice import NO_COMPARISON
from metrics_core.steps.choices.comparison.classes import EQUAL_CLASS, IN_TOP_K
from metrics_core.steps.choices.comparison.errors import ABSOLUTE_ERROR, SQUARED_ERROR
from metrics_core.steps.choices.comparison.labels import (
    ALL_EQUAL,
    EQUAL,
    EQUAL_AS_POSITIVE,
    EQUAL_OUTPUT,
)
from metrics_core.steps.choices.decision.argmax import ARGMAX
from metrics_core.steps.choices.decision.choice import NO_DECISION
from metrics_core.steps.choices.decision.predicted_class import PREDICTED_CLASS
from metrics_core.steps.choices.decision.rank import RANK
from metrics_core.steps.choices.decision.rounding import ROUND
from metrics_core.steps.choices.decision.threshold import THRESHOLD

ELEMENTS: tuple[Kind, ...] = ("binary", "one_hot", "multi_label")
SAME_SHAPE: tuple[Kind, ...] = (*ELEMENTS, "class_indices")
_NO_DISTANCE: tuple[tuple[Kind, Message], ...] = (
    ("class_indices", Message("the names of classes have no distance")),
)
_NO_MEAN: tuple[tuple[Kind, Message], ...] = (
    ("class_indices", Message("the names of classes have no mean")),
)


_ROWS = (
    Variant(
        name="binary_accuracy",
        title=Message("Binary accuracy"),
        needs=ELEMENTS,
        decision=THRESHOLD,
        comparison=EQUAL,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \left[\, y_i = [\,s_i > t\,] \,\right]",
        keras="keras.metrics.binary_accuracy",
        words=Message(
            "Each output above the threshold becomes 1, the others 0; "
            "the share that equals its label."
        ),
    ),
    Variant(
        name="binary_accuracy_rounded",
        title=Message("Binary accuracy by rounding"),
        needs=ELEMENTS,
        decision=ROUND,
        comparison=EQUAL,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \left[\, y_i = \mathrm{round}(s_i) \,\right]",
        keras="keras.metrics.binary_accuracy, keras 1.0 to 2.3",
        words=Message(
            "Each output is rounded, halves to the even number; 1.6 becomes 2 and equals no label."
        ),
    ),
    Variant(
        name="accuracy",
        title=Message("Accuracy (exact equality)"),
        needs=SAME_SHAPE,
        decision=NO_DECISION,
        comparison=EQUAL_OUTPUT,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \left[\, y_i = s_i \,\right]",
        keras="keras.metrics.Accuracy",
        words=Message(
            "The output itself must equal the label: for class indices, not for probabilities."
        ),
    ),
    Variant(
        name="categorical_accuracy",
        title=Message("Categorical accuracy"),
        needs=("one_hot",),
        decision=ARGMAX,
        comparison=EQUAL_CLASS,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \left[\, \arg\max_c y_{ic} = \arg\max_c s_{ic} \,\right]",
        keras="keras.metrics.categorical_accuracy",
        words=Message("The class with the highest output against the class of the one-hot label."),
    ),
    Variant(
        name="sparse_categorical_accuracy",
        title=Message("Sparse categorical accuracy"),
        needs=("sparse",),
        decision=ARGMAX,
        comparison=EQUAL_CLASS,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \left[\, y_i = \arg\max_c s_{ic} \,\right]",
        keras="keras.metrics.sparse_categorical_accuracy",
        words=Message(
            "The class with the highest output against the label, which is a class index."
        ),
    ),
    Variant(
        name="top_k_categorical_accuracy",
        title=Message("Top-k categorical accuracy"),
        needs=("one_hot",),
        decision=RANK,
        comparison=IN_TOP_K,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} "
        r"\left[\, \#\{c : s_{ic} > s_{i\,\arg\max y_i}\} < k \,\right]",
        keras="keras.metrics.top_k_categorical_accuracy",
        words=Message(
            "Fewer than k outputs are higher than that of the true class (one-hot label)."
        ),
    ),
    Variant(
        name="sparse_top_k_categorical_accuracy",
        title=Message("Sparse top-k categorical accuracy"),
        needs=("sparse",),
        decision=RANK,
        comparison=IN_TOP_K,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \left[\, \#\{c : s_{ic} > s_{i y_i}\} < k \,\right]",
        keras="keras.metrics.sparse_top_k_categorical_accuracy",
        words=Message(
            "Fewer than k outputs are higher than that of the true class (a class index)."
        ),
    ),
    Variant(
        name="element_accuracy",
        title=Message("Multi-label accuracy, by element"),
        needs=("multi_label", "one_hot"),
        decision=THRESHOLD,
        comparison=EQUAL,
        aggregation=MEAN,
        formula=r"\frac{1}{nC}\sum_{i,c} \left[\, y_{ic} = [\,s_{ic} > t\,] \,\right]",
        keras="keras.metrics.BinaryAccuracy",
        words=Message("Every label of every sample counts separately: 1 minus the Hamming loss."),
    ),
    Variant(
        name="subset_accuracy",
        title=Message("Multi-label accuracy, exact match"),
        needs=("multi_label", "one_hot"),
        decision=THRESHOLD,
        comparison=ALL_EQUAL,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \prod_{c} \left[\, y_{ic} = [\,s_{ic} > t\,] \,\right]",
        keras="none; sklearn.metrics.accuracy_score",
        words=Message("A sample counts only if all its labels are right."),
    ),
    Variant(
        name="balanced_accuracy",
        title=Message("Balanced accuracy"),
        needs=("binary", "one_hot", "sparse", "class_indices"),
        decision=PREDICTED_CLASS,
        comparison=EQUAL_CLASS,
        aggregation=PER_CLASS,
        formula=r"\frac{1}{C}\sum_{c} \frac{1}{n_c}\sum_{i : y_i = c} "
        r"\left[\, \hat y_i = y_i \,\right]",
        keras="none; sklearn.metrics.balanced_accuracy_score",
        words=Message(
            "The accuracy within each true class, then the mean over the classes that occur."
        ),
    ),
    Variant(
        name="precision",
        title=Message("Precision"),
        needs=ELEMENTS,
        decision=THRESHOLD,
        comparison=EQUAL_AS_POSITIVE,
        aggregation=PREDICTED_POSITIVE,
        formula=r"\frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FP}}",
        keras="keras.metrics.Precision",
        words=Message("Of those predicted 1, the share whose label is 1."),
        is_accuracy=False,
    ),
    Variant(
        name="recall",
        title=Message("Recall"),
        needs=ELEMENTS,
        decision=THRESHOLD,
        comparison=EQUAL_AS_POSITIVE,
        aggregation=ACTUAL_POSITIVE,
        formula=r"\frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FN}}",
        keras="keras.metrics.Recall",
        words=Message("Of those whose label is 1, the share predicted 1."),
        is_accuracy=False,
    ),
    Variant(
        name="f_beta",
        title=Message("F-beta"),
        needs=ELEMENTS,
        decision=THRESHOLD,
        comparison=EQUAL_AS_POSITIVE,
        aggregation=F_BETA,
        formula=(
            r"\frac{(1+\beta^2)\,\mathrm{TP}}"
            r"{(1+\beta^2)\,\mathrm{TP} + \beta^2\,\mathrm{FN} + \mathrm{FP}}"
        ),
        keras="keras.metrics.FBetaScore(average='micro')",
        words=Message(
            "Precision and recall in one number; beta says how many times recall matters more."
        ),
        is_accuracy=False,
    ),
    Variant(
        name="mean_absolute_error",
        title=Message("Mean absolute error"),
        needs=ELEMENTS,
        refuses=_NO_DISTANCE,
        decision=NO_DECISION,
        comparison=ABSOLUTE_ERROR,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} \lvert s_i - y_i \rvert",
        keras="keras.metrics.mean_absolute_error",
        words=Message("How far the scores are from the labels; no class is predicted."),
        is_accuracy=False,
    ),
    Variant(
        name="mean_squared_error",
        title=Message("Mean squared error"),
        needs=ELEMENTS,
        refuses=_NO_DISTANCE,
        decision=NO_DECISION,
        comparison=SQUARED_ERROR,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} (s_i - y_i)^2",
        keras="keras.metrics.mean_squared_error",
        words=Message(
            "The square of the distance from the labels; for probabilities, the Brier score."
        ),
        is_accuracy=False,
    ),
    Variant(
        name="mean_prediction",
        title=Message("Mean prediction"),
        needs=(*ELEMENTS, "sparse"),
        refuses=_NO_MEAN,
        decision=NO_DECISION,
        comparison=NO_COMPARISON,
        aggregation=MEAN,
        formula=r"\frac{1}{n}\sum_{i} s_i",
        keras="keras.ops.mean(y_pred), a custom metric",
        words=Message("The mean of the scores; the labels do not matter."),
        is_accuracy=False,
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
    >>> variant("recall").aggregation.name
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
    wanted = [KIND_WORDS[need] for need in row.needs]
    needed = wanted[0]
    for other in wanted[1:]:
        needed = Message("{first} or {second}", {"first": needed, "second": other})
    for refused, why in row.refuses:
        if refused == kind:
            needed = Message("{needed}, as {why}", {"needed": needed, "why": why})
    reason = Message(
        "needs {needed}; these are {came}", {"needed": needed, "came": KIND_WORDS[kind]}
    )
    if kind == "sparse" and "one_hot" in row.needs:
        return Misfit(reason, "one_hot")
    if kind == "one_hot" and "sparse" in row.needs:
        return Misfit(reason, "sparse")
    return Misfit(reason, None)


def applicable(predictions: Predictions) -> list[Variant]:
    """The rows that fit, in the order of the catalogue."""
    return [row for row in CATALOG.values() if predictions.kind in row.needs]

"""How unusual each choice is. The cost of a recipe is the sum over its five steps.

0 is what `compile(metrics=["accuracy"])` and `evaluate` do by themselves. 1 is an ordinary choice
that one line of code makes, 2 to 3 are choices that are taken on purpose or found in other
releases, 4 and more are mistakes. One more means: met about `RARER` times less often. What a
choice costs more or less on some data (no one compares probabilities with 0) is added by
`metrics_core.reverse.habits`.
"""

from __future__ import annotations

RARER = 4
"""How many times less often a recipe is met for each unit of cost."""

READING = {
    "as_is": 0,
    "signs": 1,
    "minus_one": 5,
    "plus_one": 5,
    "flipped": 4,
    "permuted": 5,
    "one_column": 3,
    "one_unit": 2,
    "one_unit_both": 3,
    "one_class": 0,
}
"""Step 1, the data: how labels and outputs are read."""

ACTIVATION = {
    (): 0,
    ("sigmoid",): 2,
    ("softmax",): 2,
    ("logit",): 4,
    ("sigmoid", "sigmoid"): 5,
    ("softmax", "softmax"): 5,
    ("softmax_samples",): 4,
}
"""Step 2: what is done to the outputs before a class is predicted."""

DECISION = {"argmax": 0, "threshold": 0, "round": 1, "none": 3, "rank": 3}
ZERO_THRESHOLD = 1
FREE_THRESHOLD = 3
DEFAULT_K = 2
"""Step 3: thresholds other than 0.5 cost more, and k = 5 of the top-k costs less than another."""

COMPARISON = {"usual": 0, "elements_of_classes": 1, "class_of_many_labels": 1, "subset": 2}
"""Step 4: what is compared with what."""

AVERAGING = {
    "pooled": 0,
    "batch_means": 2,
    "tail_dropped": 3,
    "by_length": 3,
    "within_batches": 1,
    "per_class": 2,
    "broadcast": 4,
    "broadcast_sum": 4,
    "broadcast_batches": 4,
    "per_batch": 4,
    "per_full_batch": 4,
    "per_batch_size": 4,
    "batch_sum": 4,
    "number": 4,
}
WEIGHTING = {"ignored": 0, "used": 1, "by_count": 2}
OTHER_METRIC = 2
OTHER_OF_TWO = 3
"""Step 5: the mean, its weights, and metrics that are not accuracies. Who compares two numbers
has accuracies most often: any other metric costs `OTHER_OF_TWO` more there."""

METRIC = {
    "accuracy": 0,
    "precision": 1,
    "recall": 1,
    "f1": 1,
    "f2": 3,
    "f05": 3,
    "specificity": 2,
    "fallout": 3,
    "negative_precision": 3,
    "iou": 2,
    "predicted_share": 4,
    "balanced_accuracy": 1,
    "youden": 3,
    "geometric_mean": 3,
    "matthews": 2,
    "kappa": 2,
    "kappa_linear": 3,
    "kappa_quadratic": 2,
    "f1_of_means": 3,
    "error_rate": 4,
    "confidence_error": 3,
    "hamming_loss": 2,
    "auc": 1,
    "average_precision": 2,
    "keras_auc": 1,
    "keras_auc_pr": 2,
    "precision_at_recall_50": 3,
    "precision_at_recall_80": 3,
    "precision_at_recall_90": 3,
    "precision_trapezoids": 2,
    "gini": 3,
    "auc_swapped": 3,
    "one_minus_mae": 3,
    "one_minus_mse": 3,
    "root_mse": 3,
    "r_squared": 3,
    "soft_dice": 3,
    "soft_iou": 3,
    "true_score": 3,
    "highest_score": 3,
    "within_one": 3,
    "log_loss": 2,
    "cross_entropy": 2,
    "brier": 2,
    "calibration_error": 3,
    "any_in_top_k": 2,
    "precision_at_k": 2,
    "recall_at_k": 2,
    "accuracy_without": 3,
    "share_without": 4,
}
"""Metrics that are no row of the catalogue: 1 is what people print by one line of a library."""
AVERAGE = {
    "single": 0,
    "macro": 1,
    "weighted": 1,
    "micro": 1,
    "all_classes": 1,
    "samples": 2,
    "pairs": 2,
}
BEST_THRESHOLD = 2
"""A threshold chosen because a metric is highest there."""
LIBRARY = 2
LIBRARY_BY_NAME = 1
"""A call of a library as people write it first, and what it costs more with further arguments."""
LABEL_0 = 2
ONE_OF_MANY = 3
WITHOUT = 2
OF_PAIRS = 1
"""How the metrics of several classes become one; label 0 as the positive one; one of several
classes; one class left out; two classes at a time."""


def batch_size(size: int, common: frozenset[int]) -> int:
    """Cost of a batch size: 0 for Keras's 32, 1 for a power of two, 2 if common, 5 for any other.

    Examples
    --------
    >>> [batch_size(size, frozenset({100})) for size in (32, 64, 100, 77)]
    [0, 1, 2, 5]
    """
    if size == 32:
        return 0
    if 8 <= size <= 1024 and size & (size - 1) == 0:
        return 1
    return 2 if size in common else 5


def threshold_digits(threshold: float) -> int:
    """Cost of a free threshold: 0 for one digit, 1 for two, 3 for more; it comes on top.

    0 and 0.5 stand for any other: as such they are no free thresholds.

    Examples
    --------
    >>> [threshold_digits(threshold) for threshold in (0.3, -2.0, 0.25, 0.2768, 0.5)]
    [0, 0, 1, 3, 3]
    """
    digits = f"{abs(threshold):.12g}".partition("e")[0].replace(".", "").strip("0")
    return 3 if threshold in (0, 0.5) else (0, 0, 1, 3)[min(len(digits), 3)]

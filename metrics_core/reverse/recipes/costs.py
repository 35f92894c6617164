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
}
"""Step 1, the data: how labels and outputs are read."""

ACTIVATION = {
    (): 0,
    ("sigmoid",): 2,
    ("softmax",): 2,
    ("logit",): 4,
    ("sigmoid", "sigmoid"): 5,
    ("softmax", "softmax"): 5,
}
"""Step 2: what is done to the outputs before a class is predicted."""

DECISION = {"argmax": 0, "threshold": 0, "round": 1, "none": 3, "rank": 3}
ZERO_THRESHOLD = 1
FREE_THRESHOLD = 3
DEFAULT_K = 2
"""Step 3: thresholds other than 0.5 cost more, and k = 5 of the top-k costs less than another."""

COMPARISON = {"usual": 0, "elements_of_classes": 1, "class_of_many_labels": 1, "subset": 2}
"""Step 4: what is compared with what."""

AVERAGING = {"pooled": 0, "batch_means": 2, "tail_dropped": 3, "per_class": 2, "broadcast": 4}
WEIGHTING = {"ignored": 0, "used": 1, "by_count": 2}
OTHER_METRIC = 2
"""Step 5: the mean, its weights, and metrics that are not accuracies."""


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

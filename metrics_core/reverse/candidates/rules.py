"""The thresholds that are tried, and the variants whose matches are counted under them."""

from __future__ import annotations

from metrics_core.reverse.recipes import costs

RULES: tuple[float | None, ...] = (0.5, 0.0, None)
"""Thresholds that are tried; None is rounding."""
SEARCHED = frozenset(
    {
        "accuracy",
        "balanced_accuracy",
        "binary_accuracy",
        "binary_accuracy_rounded",
        "categorical_accuracy",
        "element_accuracy",
        "sparse_categorical_accuracy",
        "sparse_top_k_categorical_accuracy",
        "subset_accuracy",
        "top_k_categorical_accuracy",
    }
)
"""Variants whose matches are counted here, under every reading and activation."""


def rule_choice(
    threshold: float | None, variant: str = "binary_accuracy"
) -> tuple[str, float, int]:
    """The variant, its threshold and the cost of one of `RULES`.

    Examples
    --------
    >>> rule_choice(0.0), rule_choice(None)
    (('binary_accuracy', 0.0, 1), ('binary_accuracy_rounded', 0.5, 1))
    """
    if threshold is None:
        return f"{variant}_rounded", 0.5, costs.DECISION["round"]
    cost = costs.DECISION["threshold"] + (costs.ZERO_THRESHOLD if threshold == 0 else 0)
    return variant, threshold, cost

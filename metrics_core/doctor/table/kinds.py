"""The kinds of predictions that several rules apply to."""

from __future__ import annotations

from metrics_core.kinds import Kind

ONE_UNIT: tuple[Kind, ...] = ("binary",)
SEVERAL: tuple[Kind, ...] = ("one_hot", "sparse")
SCORED: tuple[Kind, ...] = (*ONE_UNIT, *SEVERAL)
"""Scores of which one class is predicted."""
ONE_CLASS: tuple[Kind, ...] = (*SCORED, "class_indices")
"""Those of which each sample has one class."""
SHARES: tuple[Kind, ...] = (*SCORED, "multi_label")
"""All that have scores."""
THRESHOLDED: tuple[Kind, ...] = ("binary", "multi_label")
HOT: tuple[Kind, ...] = ("binary", "one_hot", "multi_label")
"""Those of whose labels 1 says yes."""
INDICES: tuple[Kind, ...] = ("binary", "sparse")
"""Those of scores whose labels are class indices."""

"""Thresholds between two scores, all of which give the same number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """Thresholds that give a number: from `low` up to `high` (exclusive).

    Attributes
    ----------
    low, high : float
        Scores, or infinite. A score equal to the threshold is class 0, so that `low` belongs to
        the interval and `high` does not. Keras turns a threshold into float32 first: what counts is
        the float32 next to the number that was typed.
    threshold : float
        One of them with few decimals.
    value : float
        What it gives.
    """

    low: float
    high: float
    threshold: float
    value: float

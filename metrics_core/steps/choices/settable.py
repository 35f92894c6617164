"""What a choice may ask of the settings of an evaluation."""

from __future__ import annotations

from typing import Protocol


class Settable(Protocol):
    """The settings that choices read; `metrics_core.settings.Settings` has them."""

    @property
    def threshold(self) -> float:
        """What scores are compared with."""

    @property
    def k(self) -> int:
        """The k of top-k."""

    @property
    def beta(self) -> float:
        """The beta of F-beta."""

    @property
    def weighted(self) -> bool:
        """Whether sample weights count."""

    @property
    def class_weight(self) -> tuple[tuple[int, float], ...] | None:
        """Weights of classes."""

    @property
    def batch_size(self) -> int:
        """Samples per batch."""

"""A threshold that was chosen for a metric: where that is highest."""

from __future__ import annotations

from dataclasses import dataclass

from metrics_core.messages import Message
from metrics_core.reverse.recipes.words import shown_score
from metrics_core.steps.choices.decision.choice import Decision
from metrics_core.steps.choices.settable import Settable


@dataclass(frozen=True)
class AtBest(Decision):
    """Above the threshold at which a metric is highest.

    Attributes
    ----------
    metric : Message
        Its title.
    low, high : float
        Every threshold from `low` up to `high` (exclusive) gives it.

    Examples
    --------
    >>> from metrics_core.settings import Settings
    >>> str(AtBest(Message("F1"), 0.25, 0.5).words(Settings(threshold=0.3)))
    '> 0.3 (from 0.25 up to 0.5), where F1 is highest'
    """

    metric: Message
    low: float
    high: float

    name = "threshold"
    uses = ("threshold",)
    numpy = ("decided = {s} > {t}",)

    def words(self, settings: Settable) -> Message:
        """The choice in a few words."""
        return Message(
            "> {threshold:g} (from {low} up to {high}), where {metric} is highest",
            {
                "threshold": settings.threshold,
                "low": shown_score(self.low),
                "high": shown_score(self.high),
                "metric": self.metric,
            },
        )

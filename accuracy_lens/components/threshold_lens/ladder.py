"""Round steps at which the lens stops, and what follows it there."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ladder:
    """Everything that follows the slider, in plain values.

    Attributes
    ----------
    stops : tuple of float
        Ascending.
    texts : tuple of str
        The stops as they are shown.
    captions : tuple of str
        How many scores are above each stop; empty where labels are neither 0 nor 1.
    cards : dict
        By variant: ``values`` and ``counts`` in words and ``results`` as numbers, one per stop.
    """

    stops: tuple[float, ...]
    texts: tuple[str, ...]
    captions: tuple[str, ...] = ()
    cards: dict[str, dict[str, list[object]]] = field(default_factory=dict)

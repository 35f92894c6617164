"""The cards of the board as plain values, whatever their numbers come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from accuracy_lens.words.text import figure, say
from metrics_core.catalog.variant import Variant
from metrics_core.messages import Message

Json = dict[str, object]


def number_card(
    row: Variant, result: float, count: Message, change: str = "", badges: Sequence[str] = ()
) -> Json:
    """One card with its number.

    Parameters
    ----------
    row : Variant
    result : float
    count : Message
        What the number is made of: ``91 of 96``.
    change : str
        Since the last move, already in words.
    badges : sequence of str
        Short remarks, already in words.
    """
    return {
        "name": row.name,
        "title": say(row.title),
        "words": say(row.words),
        "value": figure(result),
        "result": result if np.isfinite(result) else None,
        "count": say(count),
        "change": change,
        "badges": list(badges),
        "accuracy": row.is_accuracy,
    }


def board_of(
    cards: Sequence[Json],
    *,
    selected: str = "",
    threshold: float = 0.5,
    live: Mapping[str, object] | None = None,
) -> Json:
    """Cards with numbers, for `accuracy_lens.components.board.show_board`.

    Parameters
    ----------
    cards : sequence of dict
    selected : str
        The name of the card in view.
    threshold : float
    live : mapping, optional
        What cards say while the threshold moves, see `accuracy_lens.explore.metrics.ladder`.
    """
    words = {
        "accuracies": say("Accuracies"),
        "others": say("Other metrics"),
        "misfits": "",
        "change": say("{change} since the last move", change="{change}"),
    }
    return {
        "selected": selected,
        "cards": list(cards),
        "misfits": [],
        "words": words,
        "live": dict(live or {}),
        "threshold": threshold,
    }

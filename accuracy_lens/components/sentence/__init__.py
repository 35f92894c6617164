"""A sentence of what is counted at the threshold; its numbers move while a lens or a plot does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from accuracy_lens.components.mounting import component
from accuracy_lens.components.moving import FOLLOWING_JS, Json, parted
from accuracy_lens.components.threshold_lens.lens import SHARED_JS, plain_counts, threshold_address
from accuracy_lens.words.text import say_all
from metrics_core.counting.counts import Counts
from metrics_core.messages import Message

_HERE = Path(__file__).parent
_MOVING = ("accuracy", "right")
"""Values of a message that the browser puts in."""


def show_sentence(lines: Sequence[Message], counts: Counts, threshold: float, key: str) -> None:
    """Draw the sentences as one paragraph.

    Parameters
    ----------
    lines : sequence of Message
        Where one has the value ``accuracy`` or ``right``, this follows the threshold.
    counts : Counts
        At the threshold.
    threshold : float
    key : str
    """
    mount = component(
        "sentence", FOLLOWING_JS, *SHARED_JS, _HERE / "sentence.js", style=_HERE / "sentence.css"
    )
    data = sentence_data(lines, counts, threshold)
    mount(key=key, data=parted(key, data, [("counts",), ("threshold",)]))


def sentence_data(lines: Sequence[Message], counts: Counts, threshold: float) -> Json:
    """What the browser needs to say it: the text with places for what moves, and the counts.

    Examples
    --------
    >>> line = Message("Accuracy {accuracy}, best {best}.", {"accuracy": "0.5000", "best": "0.75"})
    >>> sentence_data([line], Counts(1, 1, 1, 1), 0.5)["text"]
    'Accuracy {accuracy}, best 0.75.'
    """
    places = {name: f"{{{name}}}" for name in _MOVING}
    texts = [
        replace(line, values={name: places.get(name, value) for name, value in line.values.items()})
        for line in lines
    ]
    return {
        "text": say_all(texts),
        "counts": plain_counts(counts),
        "threshold": threshold,
        "address": threshold_address(),
    }

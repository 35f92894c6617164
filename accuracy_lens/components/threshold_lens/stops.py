"""The thresholds that the slider stops at, and what every card says at each of them.

The browser shows these while the slider moves; they are exact, counted by
`metrics_core.overview.threshold_ladder`, and the server's own evaluation follows when the slider is
let go.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from accuracy_lens.components.fractions import fraction_words
from accuracy_lens.components.threshold_lens.ladder import Ladder
from accuracy_lens.words.text import figure, say
from metrics_core.catalog.rows import applicable
from metrics_core.overview.threshold_ladder import counts_at, ladder_results, sweep_elements
from metrics_core.settings import Settings
from metrics_core.steps.choices.decision.threshold import scores_above
from metrics_core.steps.shared import Steps
from metrics_core.sweep.state import Sweep

_FEWEST = 60
_WIDEST = 1e38
"""Thresholds are compared as float32, of which none is much further away."""


def stops_for(low: float, high: float) -> tuple[float, ...]:
    """60 to 150 thresholds in round steps that cover the scores; from 0 to 1 at least.

    Examples
    --------
    >>> stops_for(0.02, 0.97)[:3], len(stops_for(0.02, 0.97))
    ((0.0, 0.01, 0.02), 101)
    >>> stops_for(-2.6, 3.5)[0], stops_for(-2.6, 3.5)[1], stops_for(-2.6, 3.5)[-1]
    (-3.0, -2.9, 4.0)
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        low, high = 0.0, 1.0
    low, high = max(min(0.0, low), -_WIDEST), min(max(1.0, high), _WIDEST)
    whole = max(_round_step(high - low), 1.0)
    first, last = math.floor(low / whole) * whole, math.ceil(high / whole) * whole
    step = _round_step(last - first)
    n_steps = round((last - first) / step)
    return tuple(float(f"{first + index * step:.10g}") for index in range(n_steps + 1))


def _round_step(width: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that goes into the width often enough."""
    room = width / _FEWEST * (1 + 1e-9)
    power = 10.0 ** math.floor(math.log10(room))
    return max(factor for factor in (1, 2, 5) if factor * power <= room) * power


def ladder(
    steps: Steps,
    settings: Settings,
    low: float,
    high: float,
    swept: Callable[[Steps, bool], Sweep | None] = sweep_elements,
    *,
    names: Sequence[str] | None = None,
) -> Ladder:
    """Count what every card says at each stop of the slider.

    Parameters
    ----------
    steps : Steps
    settings : Settings
        The threshold in them does not matter.
    low, high : float
        The range of the scores.
    swept : callable
        From the steps, and whether they are weighted, to the sweep; a cache of it, for example.
    names : sequence of str, optional
        The variants that are computed on these steps; by default all that fit.
    """
    stops = stops_for(low, high)
    texts = tuple(f"{stop:g}" for stop in stops)
    weighted = settings.weighted and steps.predictions.sample_weight is not None
    plain, weighed = swept(steps, False), swept(steps, True) if weighted else None
    if plain is None:
        return Ladder(stops, texts)
    counted = counts_at(plain, stops)
    at = counts_at(weighed, stops) if weighed else counted
    n, above = steps.scores.size, np.asarray(counted.predicted_positive)
    captions = tuple(
        say(scores_above(count, n, text)) for count, text in zip(above.tolist(), texts, strict=True)
    )
    cards: dict[str, dict[str, list[object]]] = {}
    for row in applicable(steps.predictions):
        if names is not None and row.name not in names:
            continue
        results = ladder_results(row, steps.predictions.kind, at, settings)
        if results is None:
            continue
        cards[row.name] = {
            "values": [figure(result) for result in results.results],
            "counts": [
                say(fraction_words(row, steps.predictions, settings, float(t), float(c)))
                for t, c in zip(results.totals, results.counts, strict=True)
            ],
            "results": results.results.tolist(),
        }
    return Ladder(stops, texts, captions, cards)

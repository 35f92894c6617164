"""The tables of recipes, of two recipes step by step, and of thresholds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from accuracy_lens.components.strip import STEPS
from accuracy_lens.explain.number.words import chance_words, release_words
from accuracy_lens.words.feedback import plain
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG
from metrics_core.reverse import STEPS as STEP_NAMES
from metrics_core.reverse import FreeThreshold, Interval, Recipe, Search, differing_steps, title_of


def recipe_frame(recipes: Sequence[Recipe]) -> pd.DataFrame:
    """One row per recipe; those that do not give the number have no rank and no chance."""
    rows = []
    for recipe in recipes:
        row: dict[str, object] = {say("rank"): recipe.rank} if recipe.rank else {}
        row |= {say("exact value"): repr(recipe.value), say("variant"): say(title_of(recipe))}
        row |= dict(zip(map(say, STEPS), map(say, recipe.steps), strict=True))
        row[say("releases")] = release_words(recipe)
        if recipe.rank:
            row[say("by chance")] = chance_words(recipe.chance)
        rows.append(row)
    return pd.DataFrame(rows)


def pair_frame(pair: tuple[Recipe, Recipe]) -> pd.DataFrame:
    """The five steps of two recipes side by side, and where they differ, as Markdown."""
    names, (first, second) = differing_steps(*pair), pair
    compared = [say("differs") if name in names else say("same") for name in STEP_NAMES]
    return pd.DataFrame(
        {
            say("step"): list(map(say, STEPS)),
            say("compared"): compared,
            say("printed"): [plain(say(step)) for step in first.steps],
            say("computed yourself"): [plain(say(step)) for step in second.steps],
        }
    )


def threshold_frame(found: Search) -> pd.DataFrame:
    """Thresholds that give the number; where no recipe does, those that come nearest.

    Those of one class of several are listed where no others are.
    """
    given = [
        (swept, interval)
        for swept in found.thresholds
        for interval in (swept.intervals if found.recipes else swept.nearest)
    ]
    whole = [pair for pair in given if pair[0].reading.column is None]
    rows = [_interval_row(*pair) for pair in whole or given]
    return pd.DataFrame(rows)


def _interval_row(swept: FreeThreshold, interval: Interval) -> dict[str, object]:
    together = swept.variant == "subset_accuracy"
    row = swept.metric or CATALOG[swept.variant]
    return {
        say("metric"): say(row.title),
        say("from"): _end_words(interval.low),
        say("up to (exclusive)"): _end_words(interval.high),
        say("such as"): repr(interval.threshold),
        say("gives"): repr(interval.value),
        say("elements"): say("all of a sample together") if together else say("each by itself"),
        say("Activation"): ", ".join(swept.activations) or say("none"),
        say("Outputs"): say(swept.reading.words),
        say("weights"): say("used") if swept.weighting == "used" else say("ignored"),
    }


def _end_words(end: float) -> str:
    """The end of an interval, exactly: with the digits of a float32 where it is one."""
    if not np.isfinite(end):
        return say("unbounded")
    single = np.float32(end)
    return str(single) if float(single) == end else repr(end)

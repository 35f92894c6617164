"""Explain a number: which recipes give it, how ordinary they are, and where two of them differ."""

from __future__ import annotations

from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.differences import STEPS, differences, differing_steps, title_of
from metrics_core.reverse.kinds_tried import Kinds
from metrics_core.reverse.recipes.code import keras_recipe, numpy_recipe
from metrics_core.reverse.recipes.facts import computed_by
from metrics_core.reverse.recipes.interval import Interval
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.reported import Reported, Typed, parse_reported, typed_readings
from metrics_core.reverse.search import Search, Trials, search
from metrics_core.reverse.stories import Story, stories

__all__ = [
    "STEPS",
    "FreeThreshold",
    "Interval",
    "Kinds",
    "Reading",
    "Recipe",
    "Reported",
    "Search",
    "Story",
    "Trials",
    "Typed",
    "computed_by",
    "differences",
    "differing_steps",
    "keras_recipe",
    "numpy_recipe",
    "parse_reported",
    "search",
    "stories",
    "title_of",
    "typed_readings",
]

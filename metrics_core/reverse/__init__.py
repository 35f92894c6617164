"""Explain a number: which recipes give it, how ordinary they are, and where two of them part."""

from __future__ import annotations

from metrics_core.reverse.candidates.sweeps import FreeThreshold
from metrics_core.reverse.parting import STEPS, closest, part, parted
from metrics_core.reverse.recipes.code import keras_recipe, numpy_recipe
from metrics_core.reverse.recipes.facts import computed_by
from metrics_core.reverse.recipes.interval import Interval
from metrics_core.reverse.recipes.readings import Reading
from metrics_core.reverse.recipes.recipe import Recipe
from metrics_core.reverse.reported import Reported, parse_reported
from metrics_core.reverse.search import Search, search

__all__ = [
    "STEPS",
    "FreeThreshold",
    "Interval",
    "Reading",
    "Recipe",
    "Reported",
    "Search",
    "closest",
    "computed_by",
    "keras_recipe",
    "numpy_recipe",
    "parse_reported",
    "part",
    "parted",
    "search",
]

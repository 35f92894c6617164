"""What a card's badge says where an activation makes scores equal."""

from __future__ import annotations

import re

import numpy as np

from accuracy_lens.explore.metrics import cards
from accuracy_lens.words.text import say
from metrics_core.catalog.rows import CATALOG
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps

MOVED_ARGMAX = [40.0, 50.0, 1.0], 2
"""In float32 sigmoid gives 1 for both; the first is the argmax then, and class 2 is third still."""
MOVED_RANK = [50.0, 40.0, 1.0], 1
"""The argmax is the first before and after, but nothing is above class 1 any more."""


def count_in_badge(name, rows):
    data = Predictions.of([label for _, label in rows], np.array([row for row, _ in rows], "f4"))
    badges = cards.badges(CATALOG[name], data, Steps(data, "sigmoid"), Steps(data))
    return [int(count) for badge in badges for count in re.findall(r"\d+", say(badge))]


def test_each_card_counts_the_samples_that_change_for_it():
    rows = [MOVED_ARGMAX] * 3 + [MOVED_RANK] * 2
    assert count_in_badge("sparse_categorical_accuracy", rows) == [3]
    assert count_in_badge("sparse_top_k_categorical_accuracy", rows) == [2]


def test_a_badge_counts_nothing_where_only_the_other_card_changes():
    assert count_in_badge("sparse_categorical_accuracy", [MOVED_RANK] * 2) == []
    assert count_in_badge("sparse_top_k_categorical_accuracy", [MOVED_ARGMAX] * 2) == []

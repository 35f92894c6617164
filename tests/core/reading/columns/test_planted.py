"""What is taken as sure is right, in tables of which the answer is known.

PLANTED_TABLES sets how many; 4,000 take a minute.
"""

from __future__ import annotations

import os
from collections import Counter

import numpy as np

from metrics_core.reading import guess_roles, read_columns, to_predictions
from tests.core.reading.columns.planted import planted

TABLES = int(os.environ.get("PLANTED_TABLES", "240"))


def accuracy_of(data, middle):
    outputs, labels = data.outputs, data.labels
    if data.kind == "class_indices":
        return (outputs == labels).mean()
    if outputs.ndim == 1 or outputs.shape[1] == 1:
        return ((outputs.reshape(-1) > middle) == (labels.reshape(-1) > 0.5)).mean()
    return (outputs.argmax(axis=1) == labels).mean()


def test_what_is_sure_is_right_and_most_first_guesses_are():
    seen, wrong = Counter(), []
    for seed in range(TABLES):
        true = planted(seed)
        table = read_columns(true.content, "table.csv")
        found = guess_roles(table)
        right = found.labels == (true.labels,) and frozenset(found.outputs) == true.outputs
        sure = found.sure and not found.doubts
        seen[sure, right] += 1
        if sure:
            made = accuracy_of(to_predictions(table, found).predictions, true.middle)
            if not right or not np.isclose(made, true.accuracy):
                wrong.append((seed, found.labels, found.outputs, made, true.accuracy))
    assert not wrong
    assert seen[True, True] > TABLES / 4
    assert seen[True, True] + seen[False, True] > 0.9 * TABLES

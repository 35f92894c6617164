"""One sample's way through a formula."""

from __future__ import annotations

import numpy as np
import pytest

from metrics_core.errors import InputError
from metrics_core.formula import evaluate, parse, trace

GIVEN = {"y_true": [1, 0, 1], "y_pred": [0.75, 0.5, 0.25], "threshold": 0.5}


def rows(node, depth=0):
    yield depth, node.source, node.level, node.values
    for part in node.parts:
        yield from rows(part, depth + 1)


def test_every_part_shows_its_value_for_the_sample():
    made = trace(parse("mean(abs(y_true - y_pred)) + 1"), GIVEN, 2)["metric"]
    assert list(rows(made)) == [
        (0, "mean(abs(y_true - y_pred)) + 1", "number", (1.5,)),
        (1, "mean(abs(y_true - y_pred))", "number", (0.5,)),
        (2, "abs(y_true - y_pred)", "sample", (0.75,)),
        (3, "y_true - y_pred", "sample", (0.75,)),
        (4, "y_true", "sample", (1.0,)),
        (4, "y_pred", "sample", (0.25,)),
        (1, "1", "number", (1.0,)),
    ]
    assert str(made.parts[0].words) == "the mean"


def test_a_row_shows_all_its_classes():
    wide = {"y_pred": [[0.25, 0.75], [0.5, 0.5]]}
    made = trace(parse("max(y_pred, -1) > 0.5"), wide, 0)["metric"]
    assert made.truth
    assert [(node[1], node[3]) for node in rows(made)] == [
        ("max(y_pred, -1) > 0.5", (1.0,)),
        ("max(y_pred, -1)", (0.75,)),
        ("y_pred", (0.25, 0.75)),
        ("0.5", (0.5,)),
    ]


def test_a_chain_is_traced_comparison_by_comparison():
    made = trace(parse("0.25 < y_pred <= threshold"), GIVEN, 0)["metric"]
    assert [(part.source, part.values) for part in made.parts] == [
        ("0.25 < y_pred", (1.0,)),
        ("y_pred <= threshold", (0.0,)),
    ]


def test_every_metric_of_a_dictionary_is_traced_and_agrees_with_its_samples():
    formula = parse("{'gap': abs(y_true - y_pred), 'hit': (y_pred > threshold) == y_true}")
    results = evaluate(formula, GIVEN)
    for index in range(3):
        for name, top in trace(formula, GIVEN, index).items():
            assert np.mean(top.values) == results[name].samples[index]
            assert formula.text[top.column : top.end] == top.source


@pytest.mark.parametrize("index", [-1, 3])
def test_a_row_that_is_not_there_is_refused(index):
    with pytest.raises(InputError, match="from 0 to 2"):
        trace(parse("y_pred"), GIVEN, index)

"""Which rows the table shows."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy_lens.components.sample_rows import (
    PAGE,
    chosen_rows,
    page_of,
    sort_keys,
    sort_values,
    whole_matches,
)
from metrics_core.evaluation import evaluate
from metrics_core.predictions import Predictions
from metrics_core.steps.shared import Steps

BINARY = Predictions.of([0, 1, 1, 0], np.array([0.2, 1.6, 0.4, 0.9], "f4"))
SEVERAL = Predictions.of([[1, 0], [0, 1]], [[0.9, 0.8], [0.1, 0.7]])


def evaluations(data, *names):
    return {name: evaluate(data, name) for name in names}


def test_the_filters_split_the_samples_by_the_card_in_view():
    made = evaluations(BINARY, "binary_accuracy", "binary_accuracy_rounded")
    chosen = made["binary_accuracy"]
    assert chosen_rows("wrong", chosen, made).tolist() == [False, False, True, True]
    assert chosen_rows("right", chosen, made).tolist() == [True, True, False, False]
    assert chosen_rows("all", chosen, made) is None


def test_variants_disagree_where_a_logit_rounds_to_2():
    made = evaluations(BINARY, "binary_accuracy", "binary_accuracy_rounded")
    mask = chosen_rows("disagree", made["binary_accuracy"], made)
    assert mask.tolist() == [False, True, False, False]


def test_a_sample_of_several_elements_is_right_only_as_a_whole():
    made = evaluate(SEVERAL, "binary_accuracy", threshold=0.5)
    assert made.matches.tolist() == [[True, False], [True, True]]
    assert whole_matches(made).tolist() == [False, True]


def test_figures_that_are_not_accuracies_have_no_wrong_samples():
    made = evaluations(BINARY, "mean_absolute_error")
    assert not chosen_rows("wrong", made["mean_absolute_error"], made).any()


def test_pages_go_through_all_rows_once_in_order():
    mask = np.ones(2 * PAGE + 3, bool)
    mask[5] = False
    pages = [page_of(len(mask), mask, None, descending=False, page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 2]
    assert np.concatenate(pages).tolist() == np.flatnonzero(mask).tolist()
    assert len(page_of(len(mask), mask, None, descending=False, page=4)) == 0


@pytest.mark.parametrize("descending", [False, True])
def test_without_a_filter_the_pages_are_those_of_a_filter_that_keeps_all(descending):
    n = PAGE + 7
    for page in (1, 2, 3):
        kept = page_of(n, np.ones(n, bool), None, descending=descending, page=page)
        assert page_of(n, None, None, descending=descending, page=page).tolist() == kept.tolist()
    order = np.arange(n)[::-1]
    assert page_of(n, None, order, descending=descending, page=1)[0] == (0 if descending else n - 1)


def test_an_order_is_kept_under_a_filter_and_turned_round():
    order = np.array([3, 0, 2, 1])
    mask = np.array([True, True, False, True])
    assert page_of(4, mask, order, descending=False, page=1).tolist() == [3, 0, 1]
    assert page_of(4, mask, order, descending=True, page=1).tolist() == [1, 0, 3]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("ordered", [False, True])
def test_pages_of_many_samples_are_parts_of_the_whole_order(descending, ordered):
    draw = np.random.default_rng(3)
    n = 200_000
    mask, order = draw.random(n) < 0.001, draw.permutation(n).astype(np.uint32)
    whole = order[mask[order]] if ordered else np.flatnonzero(mask)
    whole = whole[::-1] if descending else whole
    for page in (1, 2, 4):
        rows = page_of(n, mask, order if ordered else None, descending=descending, page=page)
        assert rows.dtype == np.int64
        assert rows.tolist() == whole[(page - 1) * PAGE : page * PAGE].tolist()


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (BINARY, ["row", "label", "score", "distance"]),
        (SEVERAL.as_kind("multi_label"), ["row", "score"]),
        (SEVERAL, ["row", "label", "score", "rank"]),
    ],
)
def test_only_columns_that_mean_something_can_be_sorted_by(data, keys):
    steps = Steps(data)
    assert sort_keys(steps.predictions) == keys
    for key in keys[1:]:
        assert sort_values(steps, key, 0.5).shape == (data.n_samples,)
    assert sort_values(steps, "row", 0.5) is None

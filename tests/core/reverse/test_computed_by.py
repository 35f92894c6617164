"""The releases that compute like a recipe."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from metrics_core.predictions import Predictions
from metrics_core.releases import RELEASES, table
from metrics_core.reverse import computed_by, search


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("round", 0.5, "binary_accuracy_rounded", "pooled", "ignored"),
         {"keras-1.2.2", "keras-2.0.8", "keras-2.2.4", "keras-2.3.1"}),
        (("threshold", 0.5, "binary_accuracy", "pooled", "ignored"),
         {"tf.keras-1.13.1", "tf.keras-2.0.0", "tf.keras-2.2.0", "tf.keras-2.15.0",
          "keras-3.15.1"}),
        (("threshold", 0.3, "binary_accuracy", "pooled", "used"),
         {"tf.keras-1.13.1", "keras-2.3.1", "tf.keras-2.0.0", "tf.keras-2.2.0",
          "tf.keras-2.15.0", "keras-3.15.1"}),
        (("round", 0.5, "binary_accuracy_rounded", "pooled", "by_count"),
         {"keras-2.0.8", "keras-2.2.4"}),
        (("argmax", 0.5, "categorical_accuracy", "pooled", "ignored"), set(RELEASES)),
        (("argmax", 0.5, "categorical_accuracy", "batch_means", "ignored"), set()),
        (("rank", 0.5, "top_k_categorical_accuracy", "batch_means", "ignored"),
         {"tf.keras-1.13.1"}),
        (("rank", 0.5, "sparse_top_k_categorical_accuracy", "pooled", "ignored"),
         set(RELEASES) - {"keras-1.2.2", "tf.keras-1.13.1"}),
        (("threshold", 0.5, "subset_accuracy", "pooled", "ignored"), set()),
        (("threshold", 0.5, "binary_accuracy", "broadcast", "ignored"),
         {"tf.keras-1.13.1", "tf.keras-2.0.0", "tf.keras-2.2.0", "tf.keras-2.15.0"}),
    ],
)  # fmt: skip
def test_the_releases_that_compute_like_a_recipe(asked, expected):
    assert set(computed_by(*asked)) == expected


def test_a_release_added_to_the_table_is_named_by_the_search(monkeypatch):
    added = replace(RELEASES["keras-2.3.1"], name="new", rounds=False)
    asked = Predictions.of([0, 1, 1, 1], [0.2, 0.6, 0.7, 0.3])
    assert "new" not in search(asked, 0.75, digits=4).recipes[0].releases
    monkeypatch.setattr(table, "RELEASES", MappingProxyType({**RELEASES, "new": added}))
    recipes = search(asked, 0.75, digits=4).recipes
    assert recipes[0].variant == "binary_accuracy"
    assert recipes[0].releases[-1] == "new"
    rounded = next(each for each in recipes if each.variant == "binary_accuracy_rounded")
    assert rounded.releases == ("keras-1.2.2", "keras-2.0.8", "keras-2.2.4", "keras-2.3.1")

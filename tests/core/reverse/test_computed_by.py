"""The releases that compute like a recipe."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from metrics_core.predictions import Predictions
from metrics_core.releases import RELEASES, metric_beside, table
from metrics_core.reverse import computed_by, search

OLDEST = {"keras-1.0.8", "keras-1.2.2", "keras-2.0.0", "keras-2.0.2"}
ROUNDING = OLDEST | {
    "keras-2.0.8", "keras-2.2.4", "keras-2.2.5", "keras-2.3.1", "tf.keras-1.8.0",
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("round", 0.5, "binary_accuracy_rounded", "pooled", "ignored"),
         ROUNDING),
        (("threshold", 0.5, "binary_accuracy", "pooled", "ignored"), set(RELEASES) - ROUNDING),
        (("threshold", 0.3, "binary_accuracy", "pooled", "used"),
         (set(RELEASES) - ROUNDING - {"tf.keras-1.12.0"}) | {"keras-2.3.1"}),
        (("round", 0.5, "binary_accuracy_rounded", "pooled", "by_count"),
         {"keras-2.0.8", "keras-2.2.4", "keras-2.2.5", "tf.keras-1.8.0"}),
        (("argmax", 0.5, "categorical_accuracy", "pooled", "ignored"), set(RELEASES)),
        (("argmax", 0.5, "categorical_accuracy", "batch_means", "ignored"), set()),
        (("rank", 0.5, "top_k_categorical_accuracy", "batch_means", "ignored"),
         {"tf.keras-1.13.1"}),
        (("rank", 0.5, "sparse_top_k_categorical_accuracy", "pooled", "ignored"),
         set(RELEASES) - OLDEST - {"tf.keras-1.13.1"}),
        (("threshold", 0.5, "subset_accuracy", "pooled", "ignored"), set()),
        (("threshold", 0.5, "binary_accuracy", "broadcast", "ignored"),
         {name for name in set(RELEASES) - ROUNDING if not name.startswith("keras-3")}),
        (("threshold", 0.5, "binary_accuracy", "batch_means", "ignored"), {"keras-3.0.0"}),
    ],
)  # fmt: skip
def test_the_releases_that_compute_like_a_recipe(asked, expected):
    assert set(computed_by(*asked)) == expected


def test_a_metric_beside_accuracy_is_named_with_the_releases_that_were_run_with_it():
    asked = Predictions.of([0, 1, 0, 1, 0, 1, 1], [0.2, 0.6, 0.7, 0.3, 0.55, 0.9, 0.5])
    number = metric_beside(
        "PrecisionAtRecall", asked.y_true, asked.y_pred, release="keras-3.15.1",
        loss="binary_crossentropy", recall=0.9,
    )  # fmt: skip
    recipes = search(asked, float(number), digits=6).recipes
    found = next(each for each in recipes if each.variant == "precision_at_recall_90")
    assert "keras-3.15.1" in found.releases
    assert "tf.keras-1.14.0" not in found.releases


def test_a_release_added_to_the_table_is_named_by_the_search(monkeypatch):
    added = replace(RELEASES["keras-2.3.1"], name="new", rounds=False)
    asked = Predictions.of([0, 1, 1, 1], [0.2, 0.6, 0.7, 0.3])
    assert "new" not in search(asked, 0.75, digits=4).recipes[0].releases
    monkeypatch.setattr(table, "RELEASES", MappingProxyType({**RELEASES, "new": added}))
    recipes = search(asked, 0.75, digits=4).recipes
    assert recipes[0].variant == "binary_accuracy"
    assert recipes[0].releases[-1] == "new"
    rounded = next(each for each in recipes if each.variant == "binary_accuracy_rounded")
    assert set(rounded.releases) == ROUNDING

"""The rows of the catalogue: whole, unique, documented, and honest about what they fit."""

from __future__ import annotations

import string

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG, applicable, misfit, variant
from metrics_core.errors import InputError
from metrics_core.kinds import KIND_WORDS, KINDS
from metrics_core.predictions import Predictions
from metrics_core.settings import Settings
from metrics_core.steps.choices.aggregation import Aggregation
from metrics_core.steps.choices.comparison.choice import Comparison
from metrics_core.steps.choices.decision.choice import Decision
from tests.every import every

ROWS = [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]]
DATA = {
    "binary": Predictions.of([0, 1], [0.2, 0.7]),
    "one_hot": Predictions.of([[0, 0, 1], [1, 0, 0]], ROWS),
    "sparse": Predictions.of([2, 0], ROWS),
    "multi_label": Predictions.of([[0, 1, 1], [1, 0, 0]], ROWS),
    "class_indices": Predictions.of([0, 2], [1, 2]),
}
FITS = {
    "binary_accuracy": "binary one_hot multi_label",
    "binary_accuracy_rounded": "binary one_hot multi_label",
    "accuracy": "binary one_hot multi_label class_indices",
    "categorical_accuracy": "one_hot",
    "sparse_categorical_accuracy": "sparse",
    "top_k_categorical_accuracy": "one_hot",
    "sparse_top_k_categorical_accuracy": "sparse",
    "element_accuracy": "one_hot multi_label",
    "subset_accuracy": "one_hot multi_label",
    "balanced_accuracy": "binary one_hot sparse class_indices",
    "precision": "binary one_hot multi_label",
    "recall": "binary one_hot multi_label",
    "f_beta": "binary one_hot multi_label",
    "mean_absolute_error": "binary one_hot multi_label",
    "mean_squared_error": "binary one_hot multi_label",
    "mean_prediction": "binary one_hot sparse multi_label",
}


def test_every_row_is_classified_here_by_what_it_fits():
    assert {name: set(row.needs) for name, row in CATALOG.items()} == {
        name: set(kinds.split()) for name, kinds in FITS.items()
    }
    assert set(DATA) == set(KIND_WORDS) == set(KINDS)


@every("row", CATALOG.values(), ids=CATALOG)
def test_a_row_is_complete(row):
    assert CATALOG[row.name] is variant(row.name) is row
    assert isinstance(row.decision, Decision)
    assert isinstance(row.comparison, Comparison)
    assert isinstance(row.aggregation, Aggregation)
    for kind in row.needs:
        assert row.decision_for(kind).name != "class"
        choices = (row.decision_for(kind), row.comparison, row.aggregation)
        assert all(str(choice.words(Settings())) for choice in choices)
    assert row.formula.count("{") == row.formula.count("}") > 0
    assert row.formula.count(r"\left") == row.formula.count(r"\right")
    assert str(row.words).endswith(".")
    assert str(row.title)[0].isupper()
    assert row.keras.startswith(("keras.", "none; sklearn.metrics."))
    assert row.is_accuracy == ("accuracy" in row.name)
    assert row.needs == tuple(dict.fromkeys(row.needs))


def test_names_titles_and_words_are_unique():
    for field in ("name", "title", "words"):
        assert len({getattr(row, field) for row in CATALOG.values()}) == len(CATALOG)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_applicable_is_what_has_no_misfit_in_the_order_of_the_catalogue(kind):
    names = [row.name for row in applicable(DATA[kind])]
    assert names == [name for name, row in CATALOG.items() if misfit(row, kind) is None]
    assert names == [name for name, kinds in FITS.items() if kind in kinds.split()]


@every("kind", KINDS)
@every("row", CATALOG.values(), ids=CATALOG)
def test_a_misfit_gives_a_reason_and_its_conversion_really_makes_it_fit(row, kind):
    found = misfit(row, kind)
    if kind in row.needs:
        assert found is None
        return
    text = str(found.reason)
    assert text.startswith("needs ")
    assert text.endswith(f"; these are {KIND_WORDS[kind]}")
    assert all(str(KIND_WORDS[need]) in text for need in row.needs)
    assert not set("{}") & set(text)
    if found.conversion is not None:
        assert misfit(row, getattr(DATA[kind], f"to_{found.conversion}")().kind) is None
    plain = {"sparse": "one_hot", "one_hot": "sparse"}.get(kind)
    assert found.conversion == (plain if plain in row.needs else None)


def test_the_reason_of_sparse_labels_for_a_one_hot_row():
    found = misfit(CATALOG["categorical_accuracy"], "sparse")
    assert str(found.reason) == "needs one-hot labels; these are class indices as labels"


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(InputError) as caught:
        variant("acuracy")
    assert all(name in str(caught.value) for name in CATALOG)


@pytest.mark.parametrize(
    ("kind", "decision", "uses"),
    [
        ("binary", "threshold", ("threshold",)),
        ("class_indices", "none", ()),
        ("one_hot", "argmax", ()),
        ("sparse", "argmax", ()),
    ],
)
def test_balanced_accuracy_decides_the_class_as_the_kind_asks(kind, decision, uses):
    row = CATALOG["balanced_accuracy"]
    assert row.decision_for(kind).name == decision
    assert row.uses(kind) == uses


def test_templates_name_no_position():
    for row in CATALOG.values():
        for need in KINDS:
            found = misfit(row, need)
            if found is not None:
                fields = [part[1] for part in string.Formatter().parse(found.reason.template)]
                assert all(name.isidentifier() for name in fields if name is not None)
    assert np.all([str(KIND_WORDS[kind]) for kind in KINDS])

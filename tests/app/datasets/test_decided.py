"""A data set of predicted classes: what its pages show, and that it can be said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.datasets.places.named import SOURCES
from tests.app.datasets.reading import read, wait

RNG = np.random.default_rng(6)
TRUE = RNG.integers(0, 4, 900)
CHOSEN = np.where(RNG.random(900) < 0.8, TRUE, RNG.integers(0, 4, 900))
PETS = np.array(["cat", "dog", "fox", "owl"])


@pytest.fixture
def named(tmp_path, monkeypatch):
    """Name a table as the data set."""

    def named(**columns):
        pq.write_table(pa.table(columns), tmp_path / "some.parquet")
        monkeypatch.setenv(SOURCES, str(tmp_path))

    return named


def test_words_on_both_sides_are_compared(visit, named):
    named(pet=PETS[TRUE], prediction=PETS[CHOSEN])
    lens = read(visit(data="dataset"))
    right = int((TRUE == CHOSEN).sum())
    assert f"accuracy {right / 900:.4f} ({right} of 900)" in lens.texts
    assert lens.values == {
        "accuracy": f"{right / 900:.4f}",
        "balanced_accuracy": f"{np.mean([(c == CHOSEN)[c == TRUE].mean() for c in range(4)]):.4f}",
    }
    assert "prediction is the predicted class; it is compared with the label" in lens.texts
    assert not lens.app.number_input
    lens.app.switch_page("pages/explore/classes.py")
    lens = wait(lens.run())
    assert (
        f"Accuracy {right / 900:.4f} over 4 classes, each output equal to its label" in lens.texts
    )
    lens = wait(lens.set(true=1, decided=2, dataset_rows=True))
    rows = lens.table()
    assert rows["row"].tolist() == np.flatnonzero((TRUE == 1) & (CHOSEN == 2))[:20].tolist()
    assert set(rows["label"]) == {"dog"}
    assert set(rows["predicted"]) == {"fox"}
    lens.app.switch_page("pages/explore/thresholds.py")
    lens = wait(lens.run())
    (said,) = lens.app.info
    assert "there are no scores, and no threshold to move" in said.value
    lens.app.switch_page("pages/explain/doctor.py")
    lens = wait(lens.run())
    assert "0 findings by the rules that need no single rows" in lens.texts


def test_labels_from_one_are_named_above_the_accuracy(visit, named):
    named(label=TRUE + 1, prediction=CHOSEN)
    lens = read(visit(data="dataset"))
    assert "AL004: Labels that start at 1\n" in lens.texts
    lens.app.switch_page("pages/explain/doctor.py")
    lens = wait(lens.run())
    assert "with 1 subtracted from the labels" in lens.texts


def test_numbers_are_scores_until_it_is_said_that_they_are_classes(visit, named):
    """As where the first rows have class 0 and 1 alone."""
    named(label=np.sort(np.minimum(TRUE, 1)), prediction=CHOSEN)
    lens = read(visit(data="dataset"))
    assert "binary_accuracy" in lens.values
    lens = read(lens.set(**{"dataset_decided-some-prediction": True}))
    assert lens.values.keys() == {"accuracy", "balanced_accuracy"}

"""What the columns of a data set mean, which rows are left out, and what is wrong with them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics_core.datasets.places.named import SOURCES
from tests.app.datasets.reading import read, wait


@pytest.fixture
def pets(tmp_path, monkeypatch):
    """Labels that are words, in two files."""
    rng = np.random.default_rng(5)
    score = rng.random(900).astype(np.float32)
    is_cat = rng.random(900) < score
    folder = tmp_path / "pets"
    folder.mkdir()
    for part, rows in enumerate((slice(0, 400), slice(400, 900))):
        words = np.where(is_cat[rows], "cat", "dog")
        pq.write_table(
            pa.table({"pet": words, "score": score[rows]}), folder / f"part-{part}.parquet"
        )
    monkeypatch.setenv(SOURCES, str(tmp_path))
    return score, is_cat


def test_words_are_classes_in_an_order_that_can_be_turned(visit, pets):
    score, is_cat = pets
    lens = visit(data="dataset", dataset="pets")
    lens.app.multiselect(key="dataset_labels-pets").set_value(["pet"])
    lens.app.multiselect(key="dataset_outputs-pets").set_value(["score"])
    lens = read(lens.run())
    order = next(each for each in lens.app.multiselect if each.key.startswith("dataset_order"))
    assert order.value == ["dog", "cat"]  # cats have the higher scores
    assert "The words stand for classes in this order: 0 = dog, 1 = cat." in lens.texts
    assert lens.values["binary_accuracy"] == f"{((score > 0.5) == is_cat).mean():.4f}"
    lens = read(lens.click("turn_dataset"))
    assert "0 = cat, 1 = dog." in lens.texts
    assert lens.values["binary_accuracy"] == f"{((score > 0.5) != is_cat).mean():.4f}"
    lens.app.switch_page("pages/explore/classes.py")
    lens = wait(lens.run())
    assert lens.table("Classes")["class"].tolist() == ["cat", "dog"]


def test_a_word_that_the_first_rows_lack_is_named_and_can_be_typed(visit, tmp_path, monkeypatch):
    cells = ["ham"] * 5000 + ["spam"] * 5000
    score = np.linspace(0, 1, 10_000)
    pq.write_table(pa.table({"mail": cells, "score": score}), tmp_path / "mail.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = visit(data="dataset")
    lens.app.multiselect(key="dataset_labels-mail").set_value(["mail"])
    lens.app.multiselect(key="dataset_outputs-mail").set_value(["score"])
    lens.run()
    assert any("must be 2 different ones" in said for said in lens.errors)
    order = next(each for each in lens.app.multiselect if each.key.startswith("dataset_order"))
    order.set_value(["ham", "spam"])
    lens = read(lens.run())
    assert not lens.errors
    assert lens.values["binary_accuracy"] == "1.0000"


def test_outputs_of_class_0_are_turned_and_it_is_told(visit, tmp_path, monkeypatch):
    score = np.linspace(0, 1, 1000)
    table = pa.table({"label": (score > 0.5).astype(int), "prob_0": 1 - score})
    pq.write_table(table, tmp_path / "zero.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = read(visit(data="dataset"))
    assert "prob_0 is the probability of class 0" in lens.texts
    assert lens.values["binary_accuracy"] == "1.0000"


def test_rows_that_lack_a_cell_are_refused_and_can_be_left_out(visit, tmp_path, monkeypatch):
    score = np.linspace(0, 1, 1000)
    label = pa.array((score > 0.5).astype(int), mask=np.arange(1000) % 100 == 7)
    pq.write_table(pa.table({"label": label, "score": score}), tmp_path / "holes.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = read(visit(data="dataset"))
    assert any("a missing cell in row 7 of holes.parquet" in said for said in lens.errors)
    lens = wait(lens.click("drop_dataset_rows"))
    assert not lens.errors
    assert lens.app.toggle(key="dataset_drop-holes").value
    assert "Rows read: 1,000." in lens.texts
    assert "10 rows with a missing cell or NaN are left out." in lens.texts
    assert lens.values["binary_accuracy"] == "1.0000"
    lens.app.switch_page("pages/explain/doctor.py")
    lens = wait(lens.run())
    assert "10 rows with a missing cell or NaN are left out." in lens.texts


def test_a_serious_finding_is_named_above_the_numbers_it_spoils(visit, tmp_path, monkeypatch):
    score = np.linspace(0, 100, 1000)
    table = pa.table({"label": (score > 50).astype(int), "score": score})
    pq.write_table(table, tmp_path / "hundred.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = read(visit(data="dataset"))
    assert "AL035: Outputs in per cent\n" in lens.texts
    assert lens.values["binary_accuracy"] == "0.5050"
    lens.set(threshold=50.0)
    assert "AL035" not in lens.texts
    assert lens.values["binary_accuracy"] == "1.0000"
    lens.set(threshold=0.5)
    lens.app.switch_page("pages/explain/doctor.py")
    lens = wait(lens.run())
    assert "compared with 50: 1.0000 instead of 0.5050" in lens.texts
    lens = read(visit(data="dataset", muted="al035"))
    assert lens.values["binary_accuracy"] == "0.5050"
    assert "AL035: Outputs in per cent\n" not in lens.texts


def test_logits_are_named_on_each_page_and_the_remedy_is_one_click(visit, tmp_path, monkeypatch):
    rng = np.random.default_rng(3)
    score = rng.normal(size=2000) * 3
    table = pa.table({"label": (score > 0).astype(int), "logit": score})
    pq.write_table(table, tmp_path / "logits.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = read(visit(data="dataset"))
    wrong = int(((score > 0) & (score <= 0.5)).sum())
    assert lens.values["binary_accuracy"] == f"{1 - wrong / 2000:.4f}"
    assert "AL012: Logits compared with 0.5\n" in lens.texts
    lens.app.switch_page("pages/explain/doctor.py")
    lens = wait(lens.run())
    assert f"{wrong} of 2,000 lie between 0 and 0.5 and are predicted as 0." in lens.texts
    assert f"| accuracy | {1 - wrong / 2000:.4f} | 1.0000 |" in lens.texts
    lens.click("doctor_mute_logits-cut")
    assert "lie between 0 and 0.5" not in lens.texts
    lens.click("doctor_unmute_logits-cut")
    lens = wait(lens.click("doctor_apply_logits-cut"))
    assert lens.values["binary_accuracy"] == "1.0000"
    assert "AL012" not in lens.texts


def test_classes_in_another_order_are_named_above_the_accuracy(visit, tmp_path, monkeypatch):
    rng = np.random.default_rng(4)
    label = rng.integers(0, 3, 600)
    scores = np.eye(3)[(label + 1) % 3] * 0.9 + rng.random((600, 3)) * 0.05
    outputs = {f"out_{place}": scores[:, place] for place in range(3)}
    pq.write_table(pa.table({"label": label, **outputs}), tmp_path / "turned.parquet")
    monkeypatch.setenv(SOURCES, str(tmp_path))
    lens = read(visit(data="dataset"))
    assert lens.values["sparse_categorical_accuracy"] == "0.0000"
    assert "AL010: Classes in another order\n" in lens.texts
    lens.app.switch_page("pages/explain/doctor.py")
    lens = wait(lens.run())
    assert "in the other order: 1.0000 instead of 0.0000" in lens.texts

"""Two columns of probabilities are a binary problem; the highest output stands beside it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from metrics_core.catalog.rows import CATALOG
from metrics_core.codegen.numpy_code import numpy_code
from metrics_core.codegen.of_one_class import of_one_class
from metrics_core.settings import Settings

FILE = Path(__file__).parents[2] / "data" / "cases" / "files" / "two_columns.csv"
THRESHOLDS = "pages/explore/thresholds.py"
CLASS_1 = {
    "binary_accuracy": "0.9225", "sparse_categorical_accuracy": "0.9225", "precision": "0.8636",
    "recall": "0.7215",
}  # fmt: skip


def dropped(visit, name=FILE.name, content=None):
    return visit(data="upload").drop(name, content or FILE.read_bytes()).click("use")


def in_columns(one_hot=False, logits=False, n=200):
    random = np.random.default_rng(5)
    ones = random.random(n)
    labels = (random.random(n) < ones).astype(np.int64)
    y_pred = np.stack([1 - ones, ones], axis=1).astype("f4")
    if logits:
        y_pred = np.log(y_pred) + 1
    buffer = io.BytesIO()
    np.savez(buffer, y_true=np.eye(2, dtype=np.int64)[labels] if one_hot else labels, y_pred=y_pred)
    return buffer.getvalue(), labels, ones.astype("f4")


def shown(lens, names):
    return {name: lens.values[name] for name in names}


def test_class_1_is_positive_on_metrics_and_on_thresholds(visit):
    lens = dropped(visit)
    assert shown(lens, CLASS_1) == CLASS_1
    assert lens.cards["precision"]["badges"] == ["positive class: 1"]
    assert lens.cards["precision"]["count"] == "57 of 66 predicted 1"
    assert "Class 1 is label 1 and class 0 is label 0" in lens.texts
    lens.app.switch_page(THRESHOLDS)
    lens.run()
    said = "Class 1 against class 0, by the output of class 1. Accuracy 0.9225 (369 of 400)."
    assert said in lens.texts
    assert "Area under the ROC curve 0.9061, average precision 0.8182." in lens.texts
    assert "By the highest of the 2 outputs" in lens.texts


def test_the_other_class_can_be_positive_on_every_page(visit):
    lens = dropped(visit).set(against=0)
    assert lens.values["recall"] == "0.9720"
    assert lens.cards["recall"]["count"] == "312 of 321 labelled 1"
    assert lens.values["sparse_categorical_accuracy"] == "0.9225"
    table = lens.table()
    assert (table["thresholded"].astype(int).astype(str) == table["argmax"].astype(str)).all()
    lens.app.switch_page(THRESHOLDS)
    lens.run()
    assert lens.app.selectbox(key="against").value == 0
    assert "Class 0 against class 1, by the output of class 0." in lens.texts


def test_one_hot_labels_say_the_same_and_can_be_taken_output_by_output(visit):
    content, labels, ones = in_columns(one_hot=True)
    lens = dropped(visit, "outputs.npz", content).set(threshold=0.3)
    right = ((ones > np.float32(0.3)) == labels).mean()
    assert lens.values["binary_accuracy"] == f"{right:.4f}"
    both = ((np.stack([1 - ones, ones], 1) > np.float32(0.3)) == np.eye(2)[labels]).mean()
    assert lens.values["element_accuracy"] == f"{both:.4f}"
    lens.set(labels="class-indices")
    assert lens.values["binary_accuracy"] == f"{right:.4f}"
    lens.set(labels="as-they-came", against=-1)
    assert lens.values["binary_accuracy"] == f"{both:.4f}"


def test_a_softmax_is_one_over_both_outputs(visit):
    content, labels, ones = in_columns(logits=True)
    lens = dropped(visit, "outputs.npz", content)
    assert "The two outputs do not sum to 1 in every row" in lens.texts
    assert "predicts otherwise in" in lens.texts
    lens.set(activation="softmax")
    right = ((ones > 0.5) == labels).mean()
    assert lens.values["binary_accuracy"] == f"{right:.4f}"
    assert lens.values["sparse_categorical_accuracy"] == f"{right:.4f}"
    assert "do not sum to 1" not in lens.texts


@pytest.mark.parametrize("one_hot", [False, True])
@pytest.mark.parametrize("activation", ["none", "softmax", "sigmoid"])
def test_the_code_of_a_card_gives_its_number(visit, one_hot, activation):
    content, *_ = in_columns(one_hot=one_hot, logits=True)
    lens = dropped(visit, "outputs.npz", content).set(activation=activation, card="precision")
    kind = "one_hot" if one_hot else "sparse"
    code = numpy_code(CATALOG["precision"], "binary", Settings(), has_weight=False)
    arrays = np.load(io.BytesIO(content))
    scope = {"y_true": arrays["y_true"], "y_pred": arrays["y_pred"]}
    exec(of_one_class(code, kind, 1, activation), scope)
    assert f"{scope['result']:.4f}" == lens.values["precision"]


def test_what_is_0_of_0_is_said(visit):
    lens = visit(threshold=9.0).set(card="precision")
    assert lens.cards["precision"]["count"] == "0 of 0: nothing was predicted 1"
    told = lens.component("threshold", "lens")["words"]["numbers"]
    assert told == ["Precision: 0.0000 (0 of 0: nothing was predicted 1)"]
    lens.app.switch_page(THRESHOLDS)
    lens.run()
    best = lens.table("Best thresholds").set_index("Metric")
    assert best.loc["Precision", "At this threshold"] == "0 of 0: nothing was predicted 1"


def test_a_k_above_the_classes_is_said(visit):
    lens = visit(scenario="Top-k accuracy", k=5)
    assert "all 3 classes are in the top 5" in lens.cards["top_k_categorical_accuracy"]["badges"]


def test_names_of_classes_have_no_distance(visit):
    lens = visit(scenario="Class indices against class indices")
    assert (
        "as the names of classes have no distance" in lens.misfits["mean_absolute_error"]["reason"]
    )
